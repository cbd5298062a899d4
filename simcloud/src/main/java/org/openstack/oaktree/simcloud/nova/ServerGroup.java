package org.openstack.oaktree.simcloud.nova;

import org.jspecify.annotations.Nullable;

/**
 * Servers that are to stand together or apart.
 *
 * @param maxServerPerHost of policy anti-affinity; null = 1
 */
record ServerGroup(
        String id,
        String name,
        String projectId,
        String userId,
        String policy,
        @Nullable Long maxServerPerHost) {}
