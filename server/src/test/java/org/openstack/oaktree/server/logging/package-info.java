/** Tests of what is logged, and of what is not. */
@NullMarked
package org.openstack.oaktree.server.logging;

import org.jspecify.annotations.NullMarked;
