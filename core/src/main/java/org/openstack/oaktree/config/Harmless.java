package org.openstack.oaktree.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * What of a configuration everybody may read, in logs, errors and descriptions. It names what is harmless and not what is secret: a
 * password under a misspelt key, or one that a new kind of authentication brings, must not be shown because nobody knew of it.
 */
public final class Harmless {
    private static final Set<String> PARTS_OF_AUTH = Set.of(
            "auth_url",
            "default_domain_id",
            "default_domain_name",
            "domain_id",
            "domain_name",
            "endpoint",
            "project_domain_id",
            "project_domain_name",
            "project_id",
            "project_name",
            "system_scope",
            "tenant_id",
            "tenant_name",
            "trust_id",
            "user_domain_id",
            "user_domain_name",
            "user_id",
            "username",
            "application_credential_id",
            "application_credential_name");

    private Harmless() {}

    /** Whether the value of this key of {@code auth} is harmless; URLs are so as {@link #url} shows them. */
    public static boolean isPartOfAuth(String key) {
        return PARTS_OF_AUTH.contains(key);
    }

    /** The URL without what may be a secret in it: user, query and fragment. */
    public static String url(String text) {
        try {
            return url(new URI(text));
        } catch (URISyntaxException e) {
            return "(no URL)";
        }
    }

    /** The URL without what may be a secret in it: user, query and fragment. */
    public static String url(URI url) {
        return url.getRawAuthority() == null
                ? "(no URL)"
                : place(url) + (url.getRawPath() == null ? "" : url.getRawPath());
    }

    /** Scheme, host and port. */
    public static String place(URI url) {
        // Not getHost: it is not there for names that Java does not take for a host's, with an underscore for example.
        String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
        return url.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1);
    }
}
