package org.openstack.oaktree.simcloud.neutron;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.MalformedJsonException;
import org.openstack.oaktree.simcloud.world.Times;

/** The calls that every kind of resource has; what is special about one stands in its subclass. */
abstract class ResourceApi {
    private static final Pattern REVISION = Pattern.compile("revision_number=([0-9]{1,18})");

    private final Networks networks;
    private final Table table;
    private final int maxLimit;

    ResourceApi(Networks networks, Table table, int maxLimit) {
        this.networks = networks;
        this.table = table;
        this.maxLimit = maxLimit;
    }

    final void addTo(Router router) {
        String path = "/v2.0/" + type().path();
        router.add("GET", path, this::list)
                .add("POST", path, this::create)
                .add("GET", path + "/{id}", this::show)
                .add("PUT", path + "/{id}", this::update)
                .add("DELETE", path + "/{id}", this::delete);
        addMoreTo(router);
    }

    /** Adds calls that only this kind has. */
    void addMoreTo(Router router) {}

    final Networks networks() {
        return networks;
    }

    final Table table() {
        return table;
    }

    final ResourceType type() {
        return table.type();
    }

    /** Makes one; the attributes have been checked one by one. */
    abstract Item make(Caller caller, String projectId, JsonObject attributes);

    /** Changes one; the attributes have been checked one by one. */
    void change(Caller caller, Item item, JsonObject changed) {
        item.attributes().putAll(changed);
        item.touch(networks.now());
    }

    /** Removes one with all that belongs to it. */
    void remove(Item item) {
        table.remove(item);
    }

    boolean isVisible(Item item, Caller caller) {
        return caller.sees(item.projectId());
    }

    /** Fills in what is not kept in the resource itself. */
    void complete(Item item, Caller caller, JsonObject view) {}

    final Item find(Call call) {
        String id = call.variable("id");
        return table.find(id).filter(item -> isVisible(item, call.caller())).orElseThrow(() -> type().notFound(id));
    }

    /** One that the caller may change. */
    final Item findOwn(Call call, String verb) {
        Item item = find(call);
        if (!call.caller().sees(item.projectId()) || !call.caller().isMember()) {
            throw ResourceType.forbidden("rule:" + verb + "_" + type().name());
        }
        return item;
    }

    final JsonObject view(Item item, Caller caller) {
        JsonObject view = JsonObject.of("id", item.id());
        for (Attribute attribute : type().attributes()) {
            if (!attribute.isForAdmins() || caller.isAdmin()) {
                view.put(attribute.name(), item.attributes().get(attribute.name()));
            }
        }
        view.put("tenant_id", item.projectId());
        if (view.has("tags")) {
            view.put("tags", List.copyOf(item.tags()));
        }
        view.put("created_at", Times.seconds(item.createdAt()))
                .put("updated_at", Times.seconds(item.updatedAt()))
                .put("revision_number", item.revision())
                .put("project_id", item.projectId());
        complete(item, caller, view);
        return view;
    }

    private Answer list(Call call) {
        Listing listing = new Listing(call, type());
        List<JsonObject> views =
                visible(call).stream().map(item -> view(item, call.caller())).toList();
        return Answer.json(200, listing.answer(views, maxLimit));
    }

    private List<Item> visible(Call call) {
        prepare(call.caller());
        return table.all().stream()
                .filter(item -> isVisible(item, call.caller()))
                .toList();
    }

    /** Called before the caller's resources are listed. */
    void prepare(Caller caller) {}

    private Answer show(Call call) {
        JsonObject view = view(find(call), call.caller());
        return Answer.json(200, JsonObject.of(type().name(), new Listing(call, type()).selected(view)));
    }

    private Answer create(Call call) {
        if (!call.caller().isMember()) {
            throw ResourceType.forbidden("rule:create_" + type().name());
        }
        JsonObject wanted = wanted(call);
        JsonObject attributes = type().forPost(wanted, call.caller());
        String projectId =
                wanted.text("project_id", wanted.text("tenant_id", call.caller().projectId()));
        if (!call.caller().sees(projectId)) {
            String rule = "create_" + type().name();
            throw ResourceType.forbidden("(rule:" + rule + " and rule:" + rule + ":tenant_id)");
        }
        networks.requireRoom(table, projectId);
        Item item = make(call.caller(), projectId, attributes);
        return Answer.json(201, JsonObject.of(type().name(), view(item, call.caller())));
    }

    private Answer update(Call call) {
        Item item = findOwn(call, "update");
        JsonObject changed = type().forPut(wanted(call), call.caller());
        requireRevision(call, item);
        change(call.caller(), item, changed);
        return Answer.json(200, JsonObject.of(type().name(), view(item, call.caller())));
    }

    private Answer delete(Call call) {
        Item item = findOwn(call, "delete");
        requireRevision(call, item);
        remove(item);
        return Answer.empty(204);
    }

    private JsonObject wanted(Call call) {
        try {
            Object body = call.json();
            if (body != null && !(body instanceof JsonObject)) {
                throw ResourceType.bad("Body contains invalid data");
            }
        } catch (MalformedJsonException e) {
            throw ResourceType.bad("Body contains invalid data");
        }
        if (!(call.jsonObject().get(type().name()) instanceof JsonObject wanted)) {
            throw ResourceType.bad("Unable to find '" + type().name() + "' in request body");
        }
        return wanted;
    }

    private static void requireRevision(Call call, Item item) {
        Matcher matcher = REVISION.matcher(call.header("If-Match"));
        if (matcher.matches() && Long.parseLong(matcher.group(1)) != item.revision()) {
            throw new ApiException(
                    412,
                    "RevisionNumberConstraintFailed",
                    "Constrained to " + matcher.group(1) + ", but current revision is " + item.revision());
        }
    }
}
