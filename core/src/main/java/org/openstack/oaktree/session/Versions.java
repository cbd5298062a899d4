package org.openstack.oaktree.session;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openstack.oaktree.rest.Answer;
import org.openstack.oaktree.rest.Json;
import org.openstack.oaktree.rest.Microversion;

/**
 * The versions of one service's API, as its own document offers them.
 *
 * @param offered those that may be used
 */
record Versions(List<Offer> offered) {
    static final Versions NONE = new Versions(List.of());

    private static final Set<String> UNUSABLE = Set.of("EXPERIMENTAL", "UNSUPPORTED");

    /**
     * One version.
     *
     * @param version such as 2.1 of {@code v2.1}
     * @param path where it is; empty when the document does not say
     * @param maxMicroversion newest microversion, if it has any
     */
    record Offer(Microversion version, String path, Optional<Microversion> maxMicroversion) {}

    Versions {
        offered = List.copyOf(offered);
    }

    static Versions read(Answer answer) throws IOException {
        return of(Json.read(answer.body()));
    }

    /** Reads {@code {"versions": […]}}, {@code {"versions": {"values": […]}}} or {@code {"version": {…}}}. */
    static Versions of(Json document) {
        List<Json> entries = new ArrayList<>(document.at("versions").elements());
        entries.addAll(document.at("versions", "values").elements());
        if (document.at("version", "id").isPresent()) {
            entries.add(document.at("version"));
        }
        List<Offer> offers = new ArrayList<>();
        for (Json entry : entries) {
            String id = entry.at("id").text();
            Optional<Microversion> version = Microversion.parse(id.contains(".") ? id : id + ".0");
            if (version.isPresent()
                    && !UNUSABLE.contains(entry.at("status").text().toUpperCase(java.util.Locale.ROOT))) {
                offers.add(new Offer(version.get(), path(entry), microversion(entry)));
            }
        }
        return new Versions(offers);
    }

    /** Only the path: services behind a proxy often give the host that they see themselves. */
    private static String path(Json entry) {
        return entry.at("links").elements().stream()
                .filter(link -> link.at("rel").text().equals("self"))
                .flatMap(link -> Optional.of(link.at("href").text()).stream())
                .flatMap(href -> EndpointUrls.parse(href).map(EndpointUrls::path).or(() -> relative(href)).stream())
                .findFirst()
                .orElse("");
    }

    private static Optional<String> relative(String href) {
        try {
            return href.startsWith("/") ? Optional.of(EndpointUrls.path(URI.create(href))) : Optional.empty();
        } catch (IllegalArgumentException notAUrl) {
            return Optional.empty();
        }
    }

    private static Optional<Microversion> microversion(Json entry) {
        return Microversion.parse(entry.at("max_version").text())
                .or(() -> Microversion.parse(entry.at("version").text()));
    }

    /** The newest of this major version. */
    Optional<Offer> newest(int major) {
        return offered.stream()
                .filter(offer -> offer.version().major() == major)
                .max(Comparator.comparing(Offer::version));
    }

    /** The one with this number. */
    Optional<Offer> exactly(Microversion version) {
        return offered.stream().filter(offer -> offer.version().equals(version)).findFirst();
    }
}
