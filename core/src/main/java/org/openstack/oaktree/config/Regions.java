package org.openstack.oaktree.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.error.OaktreeException;

/** The regions that a cloud's settings name, in order; none when they name none. */
record Regions(List<Region> known) {

    /**
     * Reads {@code regions}, else {@code region_name}, of the cloud itself, else of its profile.
     *
     * @param cloud the cloud's name, for messages
     * @param own what is configured of the cloud itself
     * @param profile what its profile says, or nothing
     */
    static Regions of(String cloud, Map<String, @Nullable Object> own, Map<String, @Nullable Object> profile) {
        Map<String, @Nullable Object> settings = Tree.normalized(own);
        if (settings.get("regions") == null && settings.get("region_name") == null) {
            settings = profile;
            if (!PythonText.isTrue(settings.get("regions")) && !PythonText.isTrue(settings.get("region_name"))) {
                return new Regions(List.of());
            }
        }
        List<Region> regions = new ArrayList<>();
        Object list = settings.get("regions");
        Object names = list == null ? settings.get("region_name") : list;
        if (list != null && !(list instanceof List)) {
            throw Problems.misconfigured(cloud, "regions must be a list");
        }
        if (names instanceof List<?> items) {
            for (Object item : items) {
                regions.add(region(cloud, item));
            }
        } else {
            for (String name : PythonText.of(names).split(",", -1)) {
                regions.add(new Region(name.strip(), Map.of()));
            }
        }
        return new Regions(List.copyOf(regions));
    }

    /** The names; one empty name when none are known. */
    List<String> names() {
        return known.isEmpty() ? List.of("") : known.stream().map(Region::name).toList();
    }

    /** The region of that name, the first for an empty name; null when the known ones do not have it. */
    @Nullable
    Region find(String name) {
        if (known.isEmpty()) {
            return new Region(name, Map.of());
        }
        if (name.isEmpty()) {
            return known.getFirst();
        }
        return known.stream()
                .filter(region -> region.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static Region region(String cloud, @Nullable Object item) {
        if (!(item instanceof Map<?, ?> map)) {
            if (item == null || item instanceof List) {
                throw wrongEntry(cloud);
            }
            return new Region(PythonText.of(item), Map.of());
        }
        Map<String, @Nullable Object> entry = Tree.map(map);
        Object name = entry.get("name");
        Object values = entry.get("values");
        if (name == null
                || name instanceof Map
                || name instanceof List
                || !Set.of("name", "values").containsAll(entry.keySet())
                || !(values == null || values instanceof Map)) {
            throw wrongEntry(cloud);
        }
        Map<String, @Nullable Object> settings =
                values instanceof Map<?, ?> below ? new LinkedHashMap<>(Tree.map(below)) : Map.of();
        return new Region(PythonText.of(name), settings);
    }

    private static OaktreeException wrongEntry(String cloud) {
        return Problems.misconfigured(
                cloud, "an entry of regions is a name, or a mapping with name and values and nothing else");
    }

    /**
     * @param name the region's name
     * @param values settings that hold in it only
     */
    record Region(String name, Map<String, @Nullable Object> values) {}
}
