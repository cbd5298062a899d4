/** Networks, subnets, ports, floating IPs: what oaktree knows of OpenStack's network service. */
@NullMarked
package org.openstack.oaktree.network;

import org.jspecify.annotations.NullMarked;
