package org.openstack.oaktree.simcloud.keystone;

import java.util.List;
import java.util.Optional;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.ApiService;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.world.Times;

/** {@code /v3/auth/tokens} and {@code /v3/auth/catalog}. */
final class TokenApi {
    private static final String SUBJECT = "X-Subject-Token";

    private final Directory directory;
    private final Tokens tokens;
    private final Catalog catalog;

    TokenApi(Directory directory, Tokens tokens, Catalog catalog) {
        this.directory = directory;
        this.tokens = tokens;
        this.catalog = catalog;
    }

    void addTo(Router router) {
        router.add("POST", "/v3/auth/tokens", this::issue)
                .add("GET", "/v3/auth/tokens", this::show)
                .add("DELETE", "/v3/auth/tokens", this::revoke)
                .add("GET", "/v3/auth/catalog", this::showCatalog);
    }

    private Answer issue(Call call) {
        if (call.body().length > 0 && !call.header("Content-Type").startsWith("application/json")) {
            throw Keystone.expected("application/json in Content-Type header");
        }
        if (call.body().length > 0 && !(call.json() instanceof JsonObject)) {
            throw Keystone.expected("valid JSON in request body");
        }
        AuthRequest request = new AuthRequest(directory, tokens, call.jsonObject());
        Proof proof = request.proof();
        Optional<Project> project = request.scope(proof);
        List<Role> roles = project.map(wanted -> rolesIn(proof, wanted)).orElse(List.of());
        Token token = tokens.issue(proof, project.orElse(null), roles);
        return answer(201, call, token);
    }

    private List<Role> rolesIn(Proof proof, Project project) {
        List<Role> roles = proof.credential() == null
                ? directory.roles(proof.user(), project)
                : proof.credential().roles();
        if (roles.isEmpty()) {
            throw ApiService.unauthenticated();
        }
        return roles;
    }

    private Answer show(Call call) {
        return answer(200, call, subject(call));
    }

    private Answer revoke(Call call) {
        tokens.revoke(subject(call).text());
        return Answer.empty(204);
    }

    /** Whose token is looked at: one's own, or for an admin anybody's. */
    private Token subject(Call call) {
        if (call.header(SUBJECT).isEmpty()) {
            throw Keystone.forbidden("validate_token");
        }
        Token token = tokens.find(call.header(SUBJECT))
                .orElseThrow(() -> new ApiException(404, "Could not recognize Fernet token"));
        if (!call.caller().isAdmin()
                && !call.caller().userId().equals(token.user().id())) {
            throw Keystone.forbidden("validate_token");
        }
        return token;
    }

    private Answer showCatalog(Call call) {
        Project project = directory.projectById(call.caller().projectId()).orElse(null);
        return Answer.json(
                200,
                JsonObject.of("catalog", catalog.view(baseUrl(call), project))
                        .put(
                                "links",
                                JsonObject.of("next", null)
                                        .put("self", call.serviceUrl() + "/v3/auth/catalog")
                                        .put("previous", null)));
    }

    private Answer answer(int status, Call call, Token token) {
        return Answer.json(status, JsonObject.of("token", view(call, token))).with(SUBJECT, token.text());
    }

    private JsonObject view(Call call, Token token) {
        JsonObject domain = JsonObject.of("id", Directory.DOMAIN_ID).put("name", Directory.DOMAIN_NAME);
        JsonObject view = JsonObject.of("methods", token.methods())
                .put(
                        "user",
                        JsonObject.of("domain", domain)
                                .put("id", token.user().id())
                                .put("name", token.user().name())
                                .put("password_expires_at", null))
                .put("audit_ids", token.auditIds())
                .put("expires_at", Times.microsZ(token.expiresAt()))
                .put("issued_at", Times.microsZ(token.issuedAt()));
        Project project = token.project();
        if (project != null) {
            view.put(
                            "project",
                            JsonObject.of("domain", domain)
                                    .put("id", project.id())
                                    .put("name", project.name()))
                    .put("is_domain", false)
                    .put("roles", token.roles().stream().map(Role::brief).toList())
                    .put("catalog", catalog.view(baseUrl(call), project));
        }
        ApplicationCredential credential = token.credential();
        if (credential != null) {
            view.put(
                    "application_credential",
                    JsonObject.of("id", credential.id())
                            .put("name", credential.name())
                            .put("restricted", !credential.isUnrestricted()));
        }
        return view;
    }

    private static String baseUrl(Call call) {
        return call.serviceUrl().substring(0, call.serviceUrl().lastIndexOf('/'));
    }
}
