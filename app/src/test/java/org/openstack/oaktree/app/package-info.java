/** Tests of the whole program. */
@NullMarked
package org.openstack.oaktree.app;

import org.jspecify.annotations.NullMarked;
