package org.openstack.oaktree.simcloud.keystone;

import org.openstack.oaktree.simcloud.json.JsonObject;

/** What a user may be in a project. */
public record Role(String id, String name) {
    JsonObject brief() {
        return JsonObject.of("id", id).put("name", name);
    }

    JsonObject view() {
        return brief().put("domain_id", null).put("description", null).put("options", JsonObject.of("immutable", true));
    }
}
