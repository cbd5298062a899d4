package org.openstack.oaktree.simcloud.nova;

import org.openstack.oaktree.simcloud.cinder.Volumes;
import org.openstack.oaktree.simcloud.glance.Images;
import org.openstack.oaktree.simcloud.neutron.ServerPorts;

/** The other services that nova uses. */
public record Backends(Images images, ServerPorts ports, Volumes volumes) {}
