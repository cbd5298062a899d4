package org.openstack.oaktree.simcloud.keystone;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.world.Ids;

/**
 * Which services there are and where.
 *
 * @param region the one region of the cloud
 */
public record Catalog(String region, List<Entry> entries) {
    private static final List<String> INTERFACES = List.of("internal", "public", "admin");

    /**
     * One service.
     *
     * @param path below the cloud's base URL; {project_id} stands for the caller's project
     */
    public record Entry(String type, String name, String path) {}

    public Catalog {
        entries = List.copyOf(entries);
    }

    /** The catalog as one project sees it. */
    List<JsonObject> view(String baseUrl, @Nullable Project project) {
        String projectId = project == null ? "" : project.id();
        return entries.stream()
                .map(entry -> JsonObject.of("endpoints", endpoints(baseUrl, entry, projectId))
                        .put("id", Ids.fixedHex("service " + entry.type()))
                        .put("type", entry.type())
                        .put("name", entry.name()))
                .toList();
    }

    private List<JsonObject> endpoints(String baseUrl, Entry entry, String projectId) {
        String url = baseUrl + entry.path().replace("{project_id}", projectId);
        return INTERFACES.stream()
                .map(kind -> JsonObject.of("id", Ids.fixedHex("endpoint " + entry.type() + " " + kind))
                        .put("interface", kind)
                        .put("region_id", region)
                        .put("url", url)
                        .put("region", region))
                .toList();
    }
}
