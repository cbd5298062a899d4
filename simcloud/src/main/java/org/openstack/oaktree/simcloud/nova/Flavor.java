package org.openstack.oaktree.simcloud.nova;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.simcloud.http.Caller;

/**
 * A size of server.
 *
 * @param swapMib 0 = none
 * @param projects IDs of the projects that may use it when it is not public
 */
public record Flavor(
        String id,
        String name,
        int vcpus,
        int ramMib,
        int diskGib,
        int ephemeralGib,
        int swapMib,
        boolean isPublic,
        @Nullable String description,
        Map<String, String> extraSpecs,
        Set<String> projects) {
    public Flavor {
        extraSpecs = Collections.unmodifiableMap(new LinkedHashMap<>(extraSpecs));
        projects = Collections.unmodifiableSet(new LinkedHashSet<>(projects));
    }

    /** A public flavor without extras. */
    public static Flavor of(String id, String name, int vcpus, int ramMib, int diskGib) {
        return new Flavor(id, name, vcpus, ramMib, diskGib, 0, 0, true, null, Map.of(), Set.of());
    }

    /** A copy with these extra specs. */
    public Flavor withExtraSpecs(Map<String, String> changed) {
        return new Flavor(
                id, name, vcpus, ramMib, diskGib, ephemeralGib, swapMib, isPublic, description, changed, projects);
    }

    /** A private copy that these projects may use. */
    public Flavor onlyFor(Set<String> changed) {
        return new Flavor(
                id, name, vcpus, ramMib, diskGib, ephemeralGib, swapMib, false, description, extraSpecs, changed);
    }

    boolean isVisibleTo(Caller caller) {
        return isPublic || caller.isAdmin() || projects.contains(caller.projectId());
    }
}
