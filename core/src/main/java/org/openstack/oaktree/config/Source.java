package org.openstack.oaktree.config;

import java.util.List;

/**
 * One place that configuration was read from, and what it said; never a value.
 *
 * @param kind what the place is for
 * @param location the file's path, or {@code environment}
 * @param keys dotted names of the settings found there, such as {@code clouds.devstack.auth.password}; for the environment, the variables' names
 */
public record Source(Kind kind, String location, List<String> keys) {

    /** Copies its arguments. */
    public Source {
        keys = List.copyOf(keys);
    }

    /** What a source is for. */
    public enum Kind {
        /** clouds.yaml, .yml or .json, or the file that {@code OS_CLIENT_CONFIG_FILE} names. */
        CLOUDS,
        /** secure.yaml, .yml or .json, or the file that {@code OS_CLIENT_SECURE_FILE} names; laid over the clouds. */
        SECURE,
        /** clouds-public.yaml, .yml or .json: profiles that clouds refer to. */
        PROFILES,
        /** Variables {@code OS_*}. */
        ENVIRONMENT
    }
}
