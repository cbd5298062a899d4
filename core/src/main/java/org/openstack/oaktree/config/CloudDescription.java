package org.openstack.oaktree.config;

import java.util.ArrayList;
import java.util.List;

/**
 * A cloud in words for its owner. Without secrets.
 *
 * @param regions what would be asked, where, and as whom, of each region that can be used; those of which the same is true in one
 * @param warnings what is odd
 * @param errors why the cloud, or one of its regions, cannot be used; empty when everything can
 */
public record CloudDescription(List<RegionFacts> regions, List<String> warnings, List<String> errors) {
    public CloudDescription {
        regions = List.copyOf(regions);
        warnings = List.copyOf(warnings);
        errors = List.copyOf(errors);
    }

    /**
     * What is true of regions.
     *
     * @param names of the regions; one empty name when the configuration knows none
     * @param facts each {@code name: what it is}
     */
    public record RegionFacts(List<String> names, List<String> facts) {
        public RegionFacts {
            names = List.copyOf(names);
            facts = List.copyOf(facts);
        }
    }

    /** All of it, line by line: {@code name: what it is}. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (RegionFacts region : regions) {
            if (!region.names().equals(List.of(""))) {
                lines.add((region.names().size() == 1 ? "region: " : "regions: ") + String.join(", ", region.names()));
            }
            lines.addAll(region.facts());
        }
        warnings.forEach(warning -> lines.add("warning: " + warning));
        errors.forEach(error -> lines.add("error: " + error));
        return List.copyOf(lines);
    }
}
