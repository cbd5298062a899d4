package org.openstack.oaktree.simcloud.glance;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Python;
import org.openstack.oaktree.simcloud.world.Ids;

/** {@code /images} one by one: create, show, patch, delete, tags. */
final class ImageApi {
    private static final String ONE = "/v2/images/{id}";

    private final Images images;

    ImageApi(Images images) {
        this.images = images;
    }

    void addTo(Router router) {
        router.add("POST", "/v2/images", this::create)
                .add("GET", ONE, this::show)
                .add("PATCH", ONE, this::patch)
                .add("DELETE", ONE, this::delete)
                .add("PUT", ONE + "/tags/{tag}", this::addTag)
                .add("DELETE", ONE + "/tags/{tag}", this::removeTag);
    }

    private Answer create(Call call) {
        JsonObject wanted = Glance.object(call);
        String id = wanted.text("id", Ids.uuid());
        if (!Ids.isUuid(id)) {
            throw new ApiException(
                    400, "Provided object does not match schema 'image': " + Python.repr(id) + " is not a UUID");
        }
        if (images.wasEver(id)) {
            throw new ApiException(409, "Image ID " + id + " already exists!");
        }
        wanted.copy().remove("id").forEach((name, value) -> ImageRules.check(name, value, call.caller()));
        Image image = images.add(id, call.caller().projectId(), "");
        image.attributes().put("name", null);
        wanted.copy().remove("id").remove("tags").forEach((name, value) -> set(image, name, value));
        setTags(image, wanted.get("tags"));
        return Answer.json(201, ImageView.of(image))
                .with("Location", call.serviceUrl() + "/v2/images/" + id)
                .with("OpenStack-image-import-methods", "glance-direct");
    }

    private Answer show(Call call) {
        return Answer.json(200, ImageView.of(find(call)));
    }

    private Answer patch(Call call) {
        if (!call.header("Content-Type").startsWith("application/openstack-images-v2")) {
            throw new ApiException(415, "The patch must be application/openstack-images-v2.1-json-patch.");
        }
        Image image = findOwn(call);
        if (!(call.json() instanceof List<?> operations)) {
            throw new ApiException(400, "Request body must be a JSON array of operation objects.");
        }
        operations.forEach(operation -> check(call, image, operation));
        List<JsonObject> changes =
                operations.stream().map(JsonObject.class::cast).toList();
        changes.stream().filter(change -> !isOfTags(change)).forEach(change -> apply(image, change));
        changes.stream().filter(ImageApi::isOfTags).forEach(change -> setTags(image, change.get("value")));
        image.touch(images.now());
        return Answer.json(200, ImageView.of(image));
    }

    private static void check(Call call, Image image, Object operation) {
        if (!(operation instanceof JsonObject one) || !one.text("path").startsWith("/")) {
            throw new ApiException(400, "Operations must be JSON objects.");
        }
        String name = name(one);
        boolean isThere = ImageRules.isAttribute(name) || image.properties().containsKey(name);
        switch (one.text("op")) {
            case "add" -> ImageRules.check(name, one.get("value"), call.caller());
            case "replace" -> {
                ImageRules.check(name, one.get("value"), call.caller());
                requireProperty(isThere, name);
            }
            case "remove" -> {
                if (ImageRules.isAttribute(name)) {
                    throw new ApiException(403, "Property " + name + " may not be removed.");
                }
                requireProperty(isThere, name);
            }
            default -> throw new ApiException(400, "Operations must be one of: add, replace, remove.");
        }
    }

    private static void requireProperty(boolean isThere, String name) {
        if (!isThere) {
            throw new ApiException(
                    409,
                    "There was a conflict when trying to complete your request.<br /><br />\nProperty " + name
                            + " does not exist.");
        }
    }

    private static void apply(Image image, JsonObject operation) {
        if (operation.text("op").equals("remove")) {
            image.properties().remove(name(operation));
        } else {
            set(image, name(operation), operation.get("value"));
        }
    }

    private static void set(Image image, String name, @Nullable Object value) {
        if (ImageRules.isAttribute(name)) {
            image.attributes().put(name, value);
        } else {
            image.properties().put(name, Python.str(value));
        }
    }

    /** After everything else: a tag that is refused leaves the rest as it is then. */
    private static void setTags(Image image, @Nullable Object value) {
        List<String> tags = value instanceof List<?> several
                ? several.stream().map(Python::str).toList()
                : List.of();
        tags.forEach(ImageRules::checkTag);
        image.tags().clear();
        image.tags().addAll(tags);
    }

    private static boolean isOfTags(JsonObject operation) {
        return name(operation).equals("tags");
    }

    private static String name(JsonObject operation) {
        return operation.text("path").substring(1).replace("~1", "/").replace("~0", "~");
    }

    private Answer delete(Call call) {
        String id = call.variable("id");
        Image image = images.visible(id, call.caller())
                .orElseThrow(() -> new ApiException(404, "Failed to find image " + id + " to delete"));
        requireOwner(call, image);
        if (image.attributes().flag("protected", false)) {
            throw new ApiException(403, "Image " + id + " is protected and cannot be deleted.");
        }
        images.remove(image);
        return Answer.empty(204);
    }

    private Answer addTag(Call call) {
        Image image = findOwn(call);
        if (!image.tags().contains(call.variable("tag"))) {
            image.tags().add(call.variable("tag"));
            image.touch(images.now());
        }
        return Answer.empty(204);
    }

    private Answer removeTag(Call call) {
        Image image = findOwn(call);
        if (!image.tags().remove(call.variable("tag"))) {
            throw new ApiException(404, "Unable to find the tag " + call.variable("tag"));
        }
        image.touch(images.now());
        return Answer.empty(204);
    }

    private Image find(Call call) {
        return images.visible(call.variable("id"), call.caller())
                .orElseThrow(() -> Glance.notFound(call.variable("id")));
    }

    private Image findOwn(Call call) {
        Image image = find(call);
        requireOwner(call, image);
        return image;
    }

    private static void requireOwner(Call call, Image image) {
        if (!call.caller().sees(image.owner())) {
            throw new ApiException(403, "You do not own this image");
        }
    }
}
