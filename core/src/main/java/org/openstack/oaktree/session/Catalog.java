package org.openstack.oaktree.session;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.openstack.oaktree.rest.Json;

/**
 * Where the services of a cloud are, as a token's catalog says.
 *
 * @param entries in the catalog's order
 */
record Catalog(List<Entry> entries) {
    static final Catalog EMPTY = new Catalog(List.of());

    /** One endpoint of one service. */
    record Entry(String type, String name, String region, String face, String url) {}

    Catalog {
        entries = List.copyOf(entries);
    }

    /** Reads {@code token.catalog}. */
    static Catalog of(Json catalog) {
        List<Entry> entries = new ArrayList<>();
        for (Json service : catalog.elements()) {
            for (Json endpoint : service.at("endpoints").elements()) {
                String region = endpoint.at("region_id").text();
                entries.add(new Entry(
                        service.at("type").text(),
                        service.at("name").text(),
                        region.isEmpty() ? endpoint.at("region").text() : region,
                        face(endpoint.at("interface").text()),
                        endpoint.at("url").text()));
            }
        }
        return new Catalog(entries);
    }

    /**
     * The URL of a service.
     *
     * @param types names of the service, the best first: all endpoints of a better name go before those of another
     * @param name name that the service has in the catalog, where it has one; empty for any
     * @param region empty for any
     * @param faces interfaces, the best first
     */
    Optional<URI> find(List<String> types, String name, String region, List<String> faces) {
        for (String type : types) {
            for (String face : faces) {
                Optional<URI> found = entries.stream()
                        .filter(entry -> entry.type.equalsIgnoreCase(type))
                        .filter(entry -> name.isEmpty() || entry.name.isEmpty() || entry.name.equals(name))
                        .filter(entry -> region.isEmpty() || entry.region.equals(region))
                        .filter(entry -> entry.face.equals(face(face)))
                        .flatMap(entry -> EndpointUrls.parse(entry.url).stream())
                        .findFirst();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** Names of the regions that something is in. */
    SortedSet<String> regions() {
        return entries.stream()
                .map(Entry::region)
                .filter(region -> !region.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Keystone v2 said {@code publicURL} where v3 says {@code public}. */
    private static String face(String name) {
        return name.endsWith("URL") ? name.substring(0, name.length() - "URL".length()) : name;
    }
}
