package org.openstack.oaktree.simcloud.keystone;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.ApiService;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** Checks what a POST to /v3/auth/tokens claims: who, proved how, and wanting which scope. */
final class AuthRequest {
    private static final List<String> METHODS =
            List.of("external", "password", "token", "oauth1", "mapped", "application_credential", "totp");

    private final Directory directory;
    private final Tokens tokens;
    private final JsonObject identity;
    private final JsonObject auth;

    AuthRequest(Directory directory, Tokens tokens, JsonObject body) {
        this.directory = directory;
        this.tokens = tokens;
        if (!body.has("auth")) {
            throw Keystone.expected("auth in request body");
        }
        this.auth = body.object("auth");
        this.identity = auth.object("identity");
    }

    Proof proof() {
        List<String> methods = new ArrayList<>();
        identity.list("methods").forEach(method -> methods.add(String.valueOf(method)));
        if (methods.isEmpty()) {
            throw new ApiException(400, "'identity' is a required property");
        }
        String method = methods.getFirst();
        if (!METHODS.contains(method)) {
            throw new ApiException(401, "Attempted to authenticate with an unsupported method.");
        }
        if (!(identity.get(method) instanceof JsonObject claim)) {
            throw Keystone.expected(method + " in identity");
        }
        return switch (method) {
            case "password" -> byPassword(claim.object("user"));
            case "token" -> byToken(claim.text("id"));
            case "application_credential" -> byCredential(claim);
            default -> throw ApiService.unauthenticated();
        };
    }

    /** The project asked for; empty when none was. */
    Optional<Project> scope(Proof proof) {
        if (proof.credential() != null) {
            if (auth.has("scope")) {
                throw new ApiException(
                        401,
                        "Error authenticating with application credential: Application credentials cannot request a scope.");
            }
            return Optional.of(proof.credential().project());
        }
        if (!(auth.get("scope") instanceof JsonObject scope) || scope.isEmpty()) {
            return Optional.empty();
        }
        if (!(scope.get("project") instanceof JsonObject wanted)) {
            throw new ApiException(403, "simcloud has no scope but projects");
        }
        Optional<Project> project = wanted.has("id")
                ? directory.projectById(wanted.text("id"))
                : directory.projectByName(wanted.text("name")).filter(found -> isDomain(wanted.object("domain")));
        return Optional.of(project.orElseThrow(ApiService::unauthenticated));
    }

    private Proof byPassword(JsonObject claim) {
        Optional<User> user = findUser(claim);
        return user.filter(found -> found.password().equals(claim.text("password")))
                .map(found -> new Proof("password", found, null, null))
                .orElseThrow(ApiService::unauthenticated);
    }

    private Proof byToken(String text) {
        Token token = tokens.find(text).orElseThrow(() -> new ApiException(404, "Could not recognize Fernet token"));
        if (token.credential() != null) {
            throw ApiService.unauthenticated();
        }
        return new Proof("token", token.user(), token, null);
    }

    private Proof byCredential(JsonObject claim) {
        ApplicationCredential credential = claim.has("id") ? credentialById(claim.text("id")) : credentialByName(claim);
        if (!credential.secret().equals(claim.text("secret")) || tokens.isPast(credential.expiresAt())) {
            throw ApiService.unauthenticated();
        }
        return new Proof("application_credential", credential.user(), null, credential);
    }

    private ApplicationCredential credentialById(String id) {
        return directory.credentials().stream()
                .filter(found -> found.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ApiException(404, "Could not find Application Credential: " + id + "."));
    }

    private ApplicationCredential credentialByName(JsonObject claim) {
        User user = findUser(claim.object("user")).orElseThrow(ApiService::unauthenticated);
        return directory.credentials().stream()
                .filter(found -> found.user().equals(user) && found.name().equals(claim.text("name")))
                .findFirst()
                .orElseThrow(ApiService::unauthenticated);
    }

    private Optional<User> findUser(JsonObject claim) {
        return claim.has("id")
                ? directory.userById(claim.text("id"))
                : directory.userByName(claim.text("name")).filter(found -> isDomain(claim.object("domain")));
    }

    private static boolean isDomain(JsonObject domain) {
        return domain.text("id").equals(Directory.DOMAIN_ID)
                || domain.text("name").equals(Directory.DOMAIN_NAME);
    }
}
