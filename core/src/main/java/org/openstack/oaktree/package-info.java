/** shade in Java: clouds, their resources and the calls that oaktree answers. */
@NullMarked
package org.openstack.oaktree;

import org.jspecify.annotations.NullMarked;
