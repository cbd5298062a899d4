/** Tests of the simulated cloud over HTTP, as its users see it. */
@NullMarked
package org.openstack.oaktree.simcloud;

import org.jspecify.annotations.NullMarked;
