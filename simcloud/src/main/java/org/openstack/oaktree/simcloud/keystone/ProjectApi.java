package org.openstack.oaktree.simcloud.keystone;

import java.util.List;
import java.util.function.Function;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Query;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** {@code /v3/auth/projects}, and what an admin may list: projects, users, roles, domains. */
final class ProjectApi {
    private final Directory directory;

    ProjectApi(Directory directory) {
        this.directory = directory;
    }

    void addTo(Router router) {
        router.add("GET", "/v3/auth/projects", this::mine)
                .add("GET", "/v3/auth/domains", call -> list(call, "domains", List.of(domain(call))))
                .add("GET", "/v3/users/{id}/projects", this::ofUser)
                .add("GET", "/v3/projects", this::projects)
                .add("GET", "/v3/projects/{id}", this::project)
                .add("GET", "/v3/users", this::users)
                .add("GET", "/v3/users/{id}", this::user)
                .add("GET", "/v3/roles", this::roles)
                .add("GET", "/v3/domains", this::domains);
    }

    private Answer mine(Call call) {
        return list(call, "projects", projectsOf(call, call.caller().userId()));
    }

    private Answer ofUser(Call call) {
        if (!call.variable("id").equals(call.caller().userId())) {
            requireAdmin(call, "list_user_projects");
        }
        return list(call, "projects", projectsOf(call, call.variable("id")));
    }

    private List<JsonObject> projectsOf(Call call, String userId) {
        User user = directory.userById(userId).orElseThrow(() -> notFound("user", userId));
        return directory.projectsOf(user).stream()
                .map(project -> view(call, project))
                .toList();
    }

    private Answer projects(Call call) {
        requireAdmin(call, "list_projects");
        return list(
                call,
                "projects",
                named(call, directory.projects(), Project::name).stream()
                        .map(project -> view(call, project))
                        .toList());
    }

    private Answer project(Call call) {
        String id = call.variable("id");
        if (!id.equals(call.caller().projectId())) {
            requireAdmin(call, "get_project");
        }
        Project project = directory.projectById(id).orElseThrow(() -> notFound("project", id));
        return Answer.json(200, JsonObject.of("project", view(call, project)));
    }

    private Answer users(Call call) {
        requireAdmin(call, "list_users");
        return list(
                call,
                "users",
                named(call, directory.users(), User::name).stream()
                        .map(user -> view(call, user))
                        .toList());
    }

    private Answer user(Call call) {
        String id = call.variable("id");
        if (!id.equals(call.caller().userId())) {
            requireAdmin(call, "get_user");
        }
        User user = directory.userById(id).orElseThrow(() -> notFound("user", id));
        return Answer.json(200, JsonObject.of("user", view(call, user)));
    }

    private Answer roles(Call call) {
        requireAdmin(call, "list_roles");
        return list(
                call,
                "roles",
                named(call, directory.roles(), Role::name).stream()
                        .map(role -> role.view().put("links", self(call, "roles", role.id())))
                        .toList());
    }

    private Answer domains(Call call) {
        requireAdmin(call, "list_domains");
        return list(call, "domains", List.of(domain(call)));
    }

    private static <T> List<T> named(Call call, List<T> all, Function<T, String> name) {
        Query query = call.query();
        return all.stream()
                .filter(item -> query.last("name").map(name.apply(item)::equals).orElse(true))
                .toList();
    }

    private static void requireAdmin(Call call, String action) {
        if (!call.caller().isAdmin()) {
            throw Keystone.forbidden(action);
        }
    }

    private static ApiException notFound(String kind, String id) {
        return new ApiException(404, "Could not find " + kind + ": " + id + ".");
    }

    private static JsonObject domain(Call call) {
        return JsonObject.of("id", Directory.DOMAIN_ID)
                .put("name", Directory.DOMAIN_NAME)
                .put("description", "The default domain")
                .put("enabled", true)
                .put("tags", List.of())
                .put("options", JsonObject.of())
                .put("links", self(call, "domains", Directory.DOMAIN_ID));
    }

    private static JsonObject view(Call call, Project project) {
        return JsonObject.of("id", project.id())
                .put("name", project.name())
                .put("domain_id", Directory.DOMAIN_ID)
                .put("description", "")
                .put("enabled", true)
                .put("parent_id", Directory.DOMAIN_ID)
                .put("is_domain", false)
                .put("tags", List.of())
                .put("options", JsonObject.of())
                .put("links", self(call, "projects", project.id()));
    }

    private static JsonObject view(Call call, User user) {
        return JsonObject.of("id", user.id())
                .put("name", user.name())
                .put("domain_id", Directory.DOMAIN_ID)
                .put("enabled", true)
                .put("password_expires_at", null)
                .put("options", JsonObject.of())
                .put("links", self(call, "users", user.id()));
    }

    private static JsonObject self(Call call, String kind, String id) {
        return JsonObject.of("self", call.serviceUrl() + "/v3/" + kind + "/" + id);
    }

    private static Answer list(Call call, String name, List<JsonObject> items) {
        JsonObject links = JsonObject.of("next", null)
                .put("self", call.serviceUrl() + call.path())
                .put("previous", null);
        return Answer.json(200, JsonObject.of(name, items).put("links", links));
    }
}
