package org.openstack.oaktree.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.openstack.oaktree.config.CloudConfig;
import org.openstack.oaktree.config.Harmless;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;
import org.openstack.oaktree.v1.Location;

/**
 * What a session presents to Keystone, and the scope that it asks for, under openstacksdk's names. Two equal ones share their tokens.
 * Its text shows no secret.
 *
 * @param type {@code password}, {@code v3applicationcredential}, ...
 * @param auth secret
 */
record Credential(String type, Map<String, String> auth) {
    private static final Set<String> SCOPE = Set.of(
            "project_id",
            "project_name",
            "project_domain_id",
            "project_domain_name",
            "domain_id",
            "domain_name",
            "system_scope",
            "trust_id");
    /** What clouds call the domain of everybody from before there were domains. */
    private static final String FIRST_DOMAIN = "default";

    Credential {
        auth = Map.copyOf(auth);
    }

    static Credential of(CloudConfig cloud) {
        return new Credential(cloud.authType(), cloud.auth());
    }

    boolean isPassword() {
        return type.equals("password") || type.equals("v3password");
    }

    boolean isToken() {
        return type.equals("token") || type.equals("v3token");
    }

    boolean isApplicationCredential() {
        return type.equals("v3applicationcredential");
    }

    /** Whether no token comes from Keystone. */
    boolean doesWithoutKeystone() {
        return type.equals("none") || type.equals("admin_token");
    }

    /** One part, or empty text. */
    String part(String name) {
        return auth.getOrDefault(name, "");
    }

    /** Texts that nobody may see: every part that is not known to be harmless. */
    Set<String> secrets() {
        return auth.entrySet().stream()
                .filter(part -> !Harmless.isPartOfAuth(part.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Who it is and for what, without asking Keystone and without secrets: of what may be one, only that it is there. */
    String label() {
        return auth.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(part -> part.getKey() + shown(part.getKey(), part.getValue()))
                .collect(Collectors.joining(",", type + ":", ""));
    }

    private static String shown(String key, String value) {
        if (!Harmless.isPartOfAuth(key)) {
            return "";
        }
        return "=" + (key.equals("auth_url") || key.equals("endpoint") ? Harmless.url(value) : value);
    }

    /** The same who, for another project. */
    Credential scopedTo(Location.Project project) {
        Map<String, String> other = new LinkedHashMap<>(auth);
        other.keySet().removeAll(SCOPE);
        if (!project.getId().isEmpty()) {
            other.put("project_id", project.getId());
            return new Credential(type, other);
        }
        other.put("project_name", project.getName());
        if (!project.getDomainId().isEmpty()) {
            other.put("project_domain_id", project.getDomainId());
        } else if (!project.getDomainName().isEmpty()) {
            other.put("project_domain_name", project.getDomainName());
        } else {
            copyIfPresent("project_domain_id", other);
            copyIfPresent("project_domain_name", other);
        }
        return new Credential(type, other);
    }

    private void copyIfPresent(String name, Map<String, String> other) {
        if (!part(name).isEmpty()) {
            other.put(name, part(name));
        }
    }

    /** Whether it is scoped to this project as far as its own words go. */
    boolean names(Location.Project project) {
        if (!project.getId().isEmpty()) {
            return project.getId().equals(part("project_id"));
        }
        Credential other = scopedTo(project);
        return !project.getName().isEmpty() && other.equals(new Credential(type, auth));
    }

    /**
     * The body of {@code POST /v3/auth/tokens}.
     *
     * @throws OaktreeException CLOUD_MISCONFIGURED for kinds that oaktree does not know
     */
    Map<String, Object> request() {
        Map<String, Object> identity = new LinkedHashMap<>();
        if (isPassword()) {
            Map<String, Object> user = user();
            user.put("password", part("password"));
            identity.put("methods", List.of("password"));
            identity.put("password", Map.of("user", user));
        } else if (isToken()) {
            identity.put("methods", List.of("token"));
            identity.put("token", Map.of("id", part("token")));
        } else if (isApplicationCredential()) {
            Map<String, Object> application = new LinkedHashMap<>();
            if (part("application_credential_id").isEmpty()) {
                application.put("name", part("application_credential_name"));
                application.put("user", user());
            } else {
                application.put("id", part("application_credential_id"));
            }
            application.put("secret", part("application_credential_secret"));
            identity.put("methods", List.of("application_credential"));
            identity.put("application_credential", application);
        } else {
            throw OaktreeException.of(
                            ErrorReason.ERROR_REASON_CLOUD_MISCONFIGURED,
                            "The cloud's setting auth_type is '" + type
                                    + "', which oaktree cannot use. It knows password, token, v3applicationcredential, none and admin_token.")
                    .build();
        }
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("identity", identity);
        Map<String, Object> scope = scope();
        // The scope of an application credential is its own; Keystone refuses to be told another.
        if (!scope.isEmpty() && !isApplicationCredential()) {
            request.put("scope", scope);
        }
        return Map.of("auth", request);
    }

    private Map<String, Object> user() {
        Map<String, Object> user = new LinkedHashMap<>();
        if (part("user_id").isEmpty()) {
            user.put("name", part("username"));
            user.put("domain", domain("user_domain_id", "user_domain_name"));
        } else {
            user.put("id", part("user_id"));
        }
        return user;
    }

    private Map<String, Object> scope() {
        if (!part("trust_id").isEmpty()) {
            return Map.of("OS-TRUST:trust", Map.of("id", part("trust_id")));
        }
        if (!part("project_id").isEmpty()) {
            return Map.of("project", Map.of("id", part("project_id")));
        }
        if (!part("project_name").isEmpty()) {
            return Map.of(
                    "project",
                    Map.of("name", part("project_name"), "domain", domain("project_domain_id", "project_domain_name")));
        }
        if (!part("domain_id").isEmpty()) {
            return Map.of("domain", Map.of("id", part("domain_id")));
        }
        if (!part("domain_name").isEmpty()) {
            return Map.of("domain", Map.of("name", part("domain_name")));
        }
        if (!part("system_scope").isEmpty()) {
            return Map.of("system", Map.of("all", true));
        }
        return Map.of();
    }

    /** A domain as it is configured, else the default one that is configured, else the first one, which is what Keystone v2 meant. */
    private Map<String, String> domain(String idKey, String nameKey) {
        for (List<String> key : List.of(
                List.of("id", idKey),
                List.of("name", nameKey),
                List.of("id", "default_domain_id"),
                List.of("name", "default_domain_name"))) {
            String value = part(key.getLast());
            if (!value.isEmpty()) {
                return Map.of(key.getFirst(), value);
            }
        }
        return Map.of("id", FIRST_DOMAIN);
    }

    @Override
    public String toString() {
        return label();
    }
}
