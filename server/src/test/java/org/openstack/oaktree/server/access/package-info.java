/** Tests of who may call. */
@NullMarked
package org.openstack.oaktree.server.access;

import org.jspecify.annotations.NullMarked;
