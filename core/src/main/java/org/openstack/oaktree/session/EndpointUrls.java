package org.openstack.oaktree.session;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Takes URLs apart that stand in configurations and catalogs. */
final class EndpointUrls {
    private EndpointUrls() {}

    /** An http or https URL with a host, without slashes at its end; empty for everything else. */
    static Optional<URI> parse(String text) {
        try {
            URI url = new URI(text.strip().replaceFirst("/+$", ""));
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            return http && url.getRawAuthority() != null ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException notAUrl) {
            return Optional.empty();
        }
    }

    /** The same place with another path. */
    static URI withPath(URI url, String path) {
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + path.replaceFirst("/+$", ""));
    }

    /** The path, without a slash at its end. */
    static String path(URI url) {
        return url.getRawPath() == null ? "" : url.getRawPath().replaceFirst("/+$", "");
    }
}
