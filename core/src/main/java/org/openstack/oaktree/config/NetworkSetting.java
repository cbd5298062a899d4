package org.openstack.oaktree.config;

/**
 * What the configuration says of one network of a cloud.
 *
 * @param name the network's name or ID
 * @param routesExternally whether addresses on it are reached from outside; what the IPv4 and IPv6 flags default to
 * @param routesIpv4Externally the same for IPv4 addresses
 * @param routesIpv6Externally the same for IPv6 addresses
 * @param natSource whether floating IPs are taken from it
 * @param natDestination whether floating IPs are attached to ports on it; at most one network
 * @param defaultInterface whether its address is the one to reach a server at; at most one network
 */
public record NetworkSetting(
        String name,
        boolean routesExternally,
        boolean routesIpv4Externally,
        boolean routesIpv6Externally,
        boolean natSource,
        boolean natDestination,
        boolean defaultInterface) {}
