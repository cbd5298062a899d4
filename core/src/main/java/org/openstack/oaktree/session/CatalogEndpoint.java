package org.openstack.oaktree.session;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openstack.oaktree.rest.Endpoint;
import org.openstack.oaktree.rest.Microversion;
import org.openstack.oaktree.rest.Rest;
import org.openstack.oaktree.rest.Target;

/** A service at the place that the catalog, or the configuration, gives for it. */
final class CatalogEndpoint implements Endpoint {
    /** A path with a version in it: what stands before, the version, what comes after. */
    private static final Pattern VERSIONED = Pattern.compile("(.*?)/v(\\d{1,3}(?:\\.\\d{1,3})?)((?:/.*)?)");

    private final Rest rest;
    private final Target target;
    private final Discovery discovery;
    private final ApiStyle style;
    private final URI given;

    /** The target's endpoint is what the catalog gives. */
    CatalogEndpoint(Rest rest, Target target, Discovery discovery) {
        this.rest = rest;
        this.target = target;
        this.discovery = discovery;
        this.style = ApiStyle.of(target.service());
        this.given = target.endpoint();
    }

    @Override
    public URI url() {
        String path = EndpointUrls.path(given);
        Matcher versioned = VERSIONED.matcher(path);
        boolean hasVersion = versioned.matches();
        if (style.major() == 0 || (hasVersion && isWanted(version(versioned)))) {
            return given;
        }
        String root = hasVersion ? versioned.group(1) : path;
        if (!style.segment().isEmpty()) {
            return EndpointUrls.withPath(given, root + "/" + style.segment());
        }
        String rest = hasVersion ? versioned.group(3) : "";
        return discovery
                .at(this.rest, target, EndpointUrls.withPath(given, root))
                .newest(style.major())
                .map(offer -> EndpointUrls.withPath(
                        given, (offer.path().isEmpty() ? root + "/v" + offer.version() : offer.path()) + rest))
                .orElse(given);
    }

    @Override
    public Optional<Microversion> maxMicroversion() {
        if (!style.hasMicroversions()) {
            return Optional.empty();
        }
        URI url = url();
        Matcher versioned = VERSIONED.matcher(EndpointUrls.path(url));
        if (!versioned.matches()) {
            return discovery
                    .at(rest, target, url)
                    .newest(style.major() == 0 ? 1 : style.major())
                    .flatMap(Versions.Offer::maxMicroversion);
        }
        Microversion version = version(versioned);
        URI unversioned = EndpointUrls.withPath(url, versioned.group(1));
        // Asked already when the catalog's URL had no version.
        URI asked = VERSIONED.matcher(EndpointUrls.path(given)).matches()
                ? EndpointUrls.withPath(url, versioned.group(1) + "/v" + versioned.group(2))
                : unversioned;
        Versions versions = discovery.at(rest, target, asked);
        return versions.exactly(version)
                .or(() -> versions.newest(version.major()))
                .flatMap(Versions.Offer::maxMicroversion);
    }

    /** Nova's v2 is the one without microversions; v2.1 is wanted. */
    private boolean isWanted(Microversion version) {
        return version.major() == style.major() && !(target.service().equals("compute") && version.minor() == 0);
    }

    private static Microversion version(Matcher versioned) {
        String text = versioned.group(2);
        return Microversion.parse(text.contains(".") ? text : text + ".0").orElseThrow();
    }
}
