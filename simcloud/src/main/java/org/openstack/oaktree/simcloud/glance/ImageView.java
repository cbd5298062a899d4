package org.openstack.oaktree.simcloud.glance;

import java.util.List;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.world.Times;

/** Images as glance shows them. */
final class ImageView {
    private ImageView() {}

    static JsonObject of(Image image) {
        JsonObject view = JsonObject.of();
        image.properties().forEach(view::put);
        view.putAll(image.attributes());
        String path = "/v2/images/" + image.id();
        return view.put("id", image.id())
                .put("created_at", Times.seconds(image.createdAt()))
                .put("updated_at", Times.seconds(image.updatedAt()))
                .put("tags", List.copyOf(image.tags()))
                .put("self", path)
                .put("file", path + "/file")
                .put("schema", "/v2/schemas/image");
    }
}
