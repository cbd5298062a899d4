package org.openstack.oaktree.simcloud.nova;

import java.time.Duration;

/**
 * What servers are built with.
 *
 * @param buildTime from the answer to a POST until a server is ACTIVE
 * @param taskTime that reboots, stops and deletions take
 * @param population the servers that are there at the start
 */
public record Backing(ServerImages images, Duration buildTime, Duration taskTime, Population population) {}
