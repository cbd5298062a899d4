package org.openstack.oaktree.simcloud.keystone;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.ApiService;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.world.Ids;
import org.openstack.oaktree.simcloud.world.Times;
import org.openstack.oaktree.simcloud.world.World;

/** {@code /v3/users/{id}/application_credentials}. */
final class ApplicationCredentialApi {
    private static final String PATH = "/v3/users/{user_id}/application_credentials";

    private final World world;
    private final Directory directory;
    private final Tokens tokens;

    ApplicationCredentialApi(World world, Directory directory, Tokens tokens) {
        this.world = world;
        this.directory = directory;
        this.tokens = tokens;
    }

    void addTo(Router router) {
        router.add("GET", PATH, this::list)
                .add("POST", PATH, this::create)
                .add("GET", PATH + "/{id}", this::show)
                .add("DELETE", PATH + "/{id}", this::delete);
    }

    private Answer list(Call call) {
        List<JsonObject> credentials =
                mine(call).stream().map(credential -> view(call, credential)).toList();
        return Answer.json(
                200,
                JsonObject.of("application_credentials", credentials)
                        .put(
                                "links",
                                JsonObject.of("next", null)
                                        .put("self", call.serviceUrl() + call.path())
                                        .put("previous", null)));
    }

    private Answer create(Call call) {
        requireSelf(call, "create_application_credential");
        JsonObject wanted = call.jsonObject().object("application_credential");
        String name = wanted.text("name");
        if (name.isEmpty()) {
            throw new ApiException(400, "'name' is a required property");
        }
        if (mine(call).stream().anyMatch(credential -> credential.name().equals(name))) {
            throw new ApiException(
                    409,
                    "Conflict occurred attempting to store application_credential - Duplicate entry found with name "
                            + name + ".");
        }
        Project project = directory.projectById(call.caller().projectId()).orElseThrow(ApiService::unauthenticated);
        User user = directory.userById(call.caller().userId()).orElseThrow(ApiService::unauthenticated);
        ApplicationCredential credential = new ApplicationCredential(
                Ids.hex(),
                name,
                wanted.get("description") instanceof String text ? text : null,
                wanted.text("secret", Ids.letters(86)),
                user,
                project,
                directory.roles(user, project),
                wanted.flag("unrestricted", false),
                expiry(wanted));
        directory.credentials().add(credential);
        JsonObject view = view(call, credential);
        view.remove("links").put("secret", credential.secret()).put("links", self(call, credential));
        return Answer.json(201, JsonObject.of("application_credential", view));
    }

    private Answer show(Call call) {
        return Answer.json(200, JsonObject.of("application_credential", view(call, find(call))));
    }

    private Answer delete(Call call) {
        ApplicationCredential credential = find(call);
        requireSelf(call, "delete_application_credential");
        directory.credentials().remove(credential);
        tokens.revokeOf(credential);
        return Answer.empty(204);
    }

    private ApplicationCredential find(Call call) {
        String id = call.variable("id");
        return mine(call).stream()
                .filter(credential -> credential.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ApiException(404, "Could not find Application Credential: " + id + "."));
    }

    private List<ApplicationCredential> mine(Call call) {
        if (!call.caller().isAdmin()) {
            requireSelf(call, "list_application_credentials");
        }
        Instant now = world.now();
        return directory.credentials().stream()
                .filter(credential -> credential.user().id().equals(call.variable("user_id")))
                .filter(credential -> credential.expiresAt() == null || now.isBefore(credential.expiresAt()))
                .toList();
    }

    private static void requireSelf(Call call, String action) {
        if (!call.caller().userId().equals(call.variable("user_id"))) {
            throw Keystone.forbidden(action);
        }
    }

    private static @Nullable Instant expiry(JsonObject wanted) {
        String text = wanted.text("expires_at");
        try {
            return text.isEmpty()
                    ? null
                    : LocalDateTime.parse(text.replace("Z", "")).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new ApiException(400, "Unable to parse date string " + text, e);
        }
    }

    private static JsonObject view(Call call, ApplicationCredential credential) {
        return JsonObject.of("id", credential.id())
                .put("name", credential.name())
                .put("description", credential.description())
                .put("user_id", credential.user().id())
                .put("project_id", credential.project().id())
                .put("system", null)
                .put("expires_at", Times.microsOrNull(credential.expiresAt()))
                .put("unrestricted", credential.isUnrestricted() ? true : null)
                .put("roles", credential.roles().stream().map(Role::view).toList())
                .put("links", self(call, credential));
    }

    private static JsonObject self(Call call, ApplicationCredential credential) {
        return JsonObject.of("self", call.serviceUrl() + "/v3/application_credentials/" + credential.id());
    }
}
