package org.openstack.oaktree.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which credentials each kind of authentication takes, as keystoneauth names and demands them. */
final class AuthOptions {

    /** Kinds that oaktree can authenticate with. Others are read and kept, and fail when they are used. */
    static final Set<String> SUPPORTED =
            Set.of("password", "v3password", "token", "v3token", "v3applicationcredential", "none", "admin_token");

    private static final List<Option> SCOPE = List.of(
            required("auth_url"),
            optional("system_scope"),
            optional("domain_id"),
            optional("domain_name"),
            optional("project_id", "tenant_id"),
            optional("project_name", "tenant_name"),
            optional("project_domain_id"),
            optional("project_domain_name"),
            optional("trust_id"));
    private static final List<Option> SCOPE_V2 =
            List.of(required("auth_url"), optional("tenant_id"), optional("tenant_name"), optional("trust_id"));
    private static final List<Option> DEFAULT_DOMAIN =
            List.of(optional("default_domain_id"), optional("default_domain_name"));
    private static final List<Option> USER = List.of(
            optional("user_id"),
            optional("username", "user_name"),
            optional("user_domain_id"),
            optional("user_domain_name"));
    private static final List<Option> PROVIDER = List.of(required("identity_provider"), required("protocol"));
    private static final List<Option> OPENID = List.of(
            optional("client_id"),
            optional("client_secret"),
            new Option("scope", List.of("openid_scope"), false),
            optional("access_token_endpoint"),
            optional("discovery_endpoint"),
            optional("access_token_type"));

    private static final Map<String, List<Option>> BY_TYPE = Map.ofEntries(
            Map.entry("none", List.of(optional("endpoint"))),
            Map.entry("admin_token", List.of(required("endpoint", "url"), required("token"))),
            Map.entry(
                    "http_basic",
                    List.of(optional("username", "user_name"), optional("password"), optional("endpoint"))),
            Map.entry("password", join(SCOPE, DEFAULT_DOMAIN, USER, List.of(optional("password")))),
            Map.entry("token", join(SCOPE, DEFAULT_DOMAIN, List.of(optional("token")))),
            Map.entry(
                    "v2password",
                    join(
                            SCOPE_V2,
                            List.of(optional("username", "user_name"), optional("user_id"), optional("password")))),
            Map.entry("v2token", join(SCOPE_V2, List.of(optional("token")))),
            Map.entry("v3password", join(SCOPE, USER, List.of(optional("password")))),
            Map.entry("v3token", join(SCOPE, List.of(optional("token")))),
            Map.entry("v3totp", join(SCOPE, USER, List.of(optional("passcode")))),
            Map.entry(
                    "v3multifactor",
                    join(
                            SCOPE,
                            USER,
                            List.of(
                                    required("auth_methods"),
                                    optional("password"),
                                    optional("passcode"),
                                    optional("token")))),
            Map.entry(
                    "v3applicationcredential",
                    join(
                            SCOPE,
                            USER,
                            List.of(
                                    required("application_credential_secret"),
                                    optional("application_credential_id"),
                                    optional("application_credential_name")))),
            Map.entry(
                    "v3oidcpassword",
                    join(
                            SCOPE,
                            PROVIDER,
                            OPENID,
                            List.of(required("username"), required("password"), optional("idp_otp_key")))),
            Map.entry("v3oidcclientcredentials", join(SCOPE, PROVIDER, OPENID)),
            Map.entry(
                    "v3oidcauthcode",
                    join(
                            SCOPE,
                            PROVIDER,
                            OPENID,
                            List.of(optional("redirect_uri"), required("code", "authorization_code")))),
            Map.entry(
                    "v3oidcdeviceauthz",
                    join(
                            SCOPE,
                            PROVIDER,
                            OPENID,
                            List.of(optional("device_authorization_endpoint"), optional("code_challenge_method")))),
            Map.entry("v3oidcaccesstoken", join(SCOPE, PROVIDER, List.of(required("access_token")))));

    /** Kinds of v3 that say themselves whose the names are. */
    private static final Set<String> V3_USER =
            Set.of("v3password", "v3totp", "v3applicationcredential", "v3multifactor");

    private AuthOptions() {}

    /** The kind's name: none for its old spellings. */
    static String type(@Nullable Object configured) {
        String type = configured == null ? "" : PythonText.of(configured);
        return switch (type) {
            case "", "None" -> "none";
            case "token_endpoint" -> "admin_token";
            default -> type;
        };
    }

    /**
     * Moves every option of the kind into {@code auth}, where what stands inside wins, and demands those that are needed.
     *
     * @param settings of one cloud, with {@code auth_type} and {@code auth}; changed
     */
    static void gather(String cloud, Map<String, @Nullable Object> settings, Consumer<String> warnings) {
        String type = type(settings.get("auth_type"));
        settings.put("auth_type", type);
        String of = "cloud '" + cloud + "': ";
        if (!SUPPORTED.contains(type)) {
            warnings.accept(of + "auth_type '" + type + "' is not supported; calls to the cloud will fail");
        }
        List<Option> options = BY_TYPE.get(type);
        if (options == null) {
            return;
        }
        Map<String, @Nullable Object> auth = Fixups.auth(settings);
        Set<String> unknown = new TreeSet<>(auth.keySet());
        for (Option option : options) {
            unknown.removeAll(option.spellings());
            unknown.remove(option.name());
            Object value = option.find(auth).or(() -> option.find(settings)).orElse(null);
            for (String spelling : option.spellings()) {
                auth.remove(spelling);
                settings.remove(spelling);
            }
            if (value != null) {
                auth.put(option.name(), value);
            }
        }
        if (!unknown.isEmpty()) {
            warnings.accept(
                    of + "auth_type '" + type + "' does not know " + String.join(", ", unknown) + " in auth; ignored");
        }
        demand(cloud, type, options, auth);
    }

    private static void demand(String cloud, String type, List<Option> options, Map<String, @Nullable Object> auth) {
        if (V3_USER.contains(type)
                && has(auth, "username")
                && !has(auth, "user_domain_id")
                && !has(auth, "user_domain_name")) {
            throw Problems.misconfigured(cloud, "auth has a username but neither user_domain_id nor user_domain_name");
        }
        if (type.startsWith("v3")
                && has(auth, "project_name")
                && !has(auth, "project_domain_id")
                && !has(auth, "project_domain_name")) {
            throw Problems.misconfigured(
                    cloud, "auth has a project_name but neither project_domain_id nor project_domain_name");
        }
        List<String> missing = new ArrayList<>();
        for (Option option : options) {
            if (option.required() && !has(auth, option.name())) {
                missing.add("auth." + option.name());
            }
        }
        if (type.equals("v3applicationcredential")
                && !has(auth, "application_credential_id")
                && !has(auth, "application_credential_name")) {
            missing.add("auth.application_credential_id");
        }
        if (!missing.isEmpty()) {
            throw Problems.misconfigured(cloud, "auth_type '" + type + "' needs " + String.join(", ", missing));
        }
    }

    private static boolean has(Map<String, @Nullable Object> auth, String key) {
        return PythonText.isTrue(auth.get(key));
    }

    private static Option required(String name, String... oldNames) {
        return option(name, true, oldNames);
    }

    private static Option optional(String name, String... oldNames) {
        return option(name, false, oldNames);
    }

    private static Option option(String name, boolean required, String... oldNames) {
        List<String> spellings = new ArrayList<>();
        spellings.add(name);
        spellings.addAll(List.of(oldNames));
        return new Option(name, spellings, required);
    }

    @SafeVarargs
    private static List<Option> join(List<Option>... parts) {
        List<Option> all = new ArrayList<>();
        for (List<Option> part : parts) {
            all.addAll(part);
        }
        return List.copyOf(all);
    }

    /**
     * @param name what it is called in the result
     * @param spellings what it may be called in the configuration, the best first
     * @param required whether the kind does not work without
     */
    private record Option(String name, List<String> spellings, boolean required) {

        /** The value under the first spelling that is there, unless that is empty. */
        Optional<Object> find(Map<String, @Nullable Object> place) {
            for (String spelling : spellings) {
                if (place.containsKey(spelling)) {
                    return Optional.ofNullable(place.get(spelling)).filter(PythonText::isTrue);
                }
            }
            return Optional.empty();
        }
    }
}
