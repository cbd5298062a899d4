/** The simulated compute service: flavors, keypairs, servers and what belongs to them (nova, microversions 2.1 to 2.93). */
@NullMarked
package org.openstack.oaktree.simcloud.nova;

import org.jspecify.annotations.NullMarked;
