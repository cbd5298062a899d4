/** The simulated network service: networks, subnets, ports, routers, security groups and floating IPs (neutron v2.0). */
@NullMarked
package org.openstack.oaktree.simcloud.neutron;

import org.jspecify.annotations.NullMarked;
