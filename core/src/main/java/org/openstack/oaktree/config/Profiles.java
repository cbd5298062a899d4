package org.openstack.oaktree.config;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Settings of public clouds that a cloud's {@code profile} refers to: those of clouds-public.yaml before the built-in ones. */
final class Profiles {

    private final Map<String, @Nullable Object> local;
    private final Map<String, Map<String, @Nullable Object>> builtIn;

    /**
     * @param local the section public-clouds of clouds-public.yaml
     * @param builtIn profiles that come with oaktree
     */
    Profiles(Map<String, @Nullable Object> local, Map<String, Map<String, @Nullable Object>> builtIn) {
        this.local = local;
        this.builtIn = builtIn;
    }

    /** The profile's settings, if it is known. */
    Optional<Map<String, @Nullable Object>> find(String name) {
        return switch (local.get(name)) {
            case null -> Optional.ofNullable(builtIn.get(name));
            case Map<?, ?> profile -> Optional.of(Tree.map(profile));
            default -> throw Problems.misconfigured("clouds-public: public-clouds." + name + " must be a mapping");
        };
    }
}
