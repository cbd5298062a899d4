package org.openstack.oaktree.simcloud.cinder;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kind of volume that users choose from.
 *
 * @param extraSpecs what the storage behind it must have
 */
public record VolumeType(
        String id, String name, @Nullable String description, boolean isPublic, Map<String, String> extraSpecs) {
    /** The type of volumes for which nobody chose one. */
    public static final String DEFAULT_NAME = "__DEFAULT__";

    public VolumeType {
        extraSpecs = Collections.unmodifiableMap(new LinkedHashMap<>(extraSpecs));
    }

    boolean isMultiattach() {
        return "<is> True".equals(extraSpecs.get("multiattach"));
    }

    boolean isDefault() {
        return name.equals(DEFAULT_NAME);
    }
}
