package org.openstack.oaktree.simcloud.neutron;

import java.util.List;
import java.util.stream.StreamSupport;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Python;

/** {@code /{resources}/{id}/tags} of one kind of resource. */
final class TagApi {
    private final ResourceApi resources;

    TagApi(ResourceApi resources) {
        this.resources = resources;
    }

    void addTo(Router router) {
        String path = "/v2.0/" + resources.type().path() + "/{id}/tags";
        router.add("GET", path, call -> Answer.json(200, view(resources.find(call))))
                .add("PUT", path, this::replace)
                .add("DELETE", path, this::clear)
                .add("PUT", path + "/{tag}", this::add)
                .add("DELETE", path + "/{tag}", this::remove);
    }

    private Answer replace(Call call) {
        Item item = resources.findOwn(call, "update");
        List<String> tags = StreamSupport.stream(call.jsonObject().list("tags").spliterator(), false)
                .map(Python::str)
                .distinct()
                .toList();
        item.tags().clear();
        item.tags().addAll(tags);
        item.touch(resources.networks().now());
        return Answer.json(200, view(item));
    }

    private Answer clear(Call call) {
        Item item = resources.findOwn(call, "update");
        item.tags().clear();
        item.touch(resources.networks().now());
        return Answer.empty(204);
    }

    private Answer add(Call call) {
        Item item = resources.findOwn(call, "update");
        if (!item.tags().contains(call.variable("tag"))) {
            item.tags().add(call.variable("tag"));
            item.touch(resources.networks().now());
        }
        return Answer.json(201, null);
    }

    private Answer remove(Call call) {
        Item item = resources.findOwn(call, "update");
        if (!item.tags().remove(call.variable("tag"))) {
            throw new ApiException(404, "TagNotFound", "Tag " + call.variable("tag") + " could not be found.");
        }
        item.touch(resources.networks().now());
        return Answer.empty(204);
    }

    private static JsonObject view(Item item) {
        return JsonObject.of("tags", List.copyOf(item.tags()));
    }
}
