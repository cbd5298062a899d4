/** Servers, flavors, keypairs: what oaktree knows of OpenStack's compute service. */
@NullMarked
package org.openstack.oaktree.compute;

import org.jspecify.annotations.NullMarked;
