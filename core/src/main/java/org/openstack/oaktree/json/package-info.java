/** JSON documents as trees of plain values: the one way in which oaktree reads and writes small ones. */
@NullMarked
package org.openstack.oaktree.json;

import org.jspecify.annotations.NullMarked;
