package org.openstack.oaktree.compute;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openstack.oaktree.call.Flights;
import org.openstack.oaktree.call.Fork;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.compute.v1.Flavor;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.resource.Completion;
import org.openstack.oaktree.resource.ResourceAccess;
import org.openstack.oaktree.resource.Snapshot;
import org.openstack.oaktree.rest.Json;

/**
 * Adds their extra specs to flavors of clouds whose lists are older than those. It takes one request per flavor, once for each list: who
 * asks again while that is kept gets the same ones, and who asks at the same time shares the requests.
 */
public final class FlavorCompletion implements Completion {
    /** First microversion whose lists tell them. */
    private static final String TOLD = "2.61";

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final ResourceAccess flavors;
    private final Flights<Snapshot, Snapshot> flights = new Flights<>(TIMEOUT);
    private final Cache<Snapshot, Snapshot> completed =
            Caffeine.newBuilder().weakKeys().maximumSize(1_000).build();

    /** Asks for what belongs to these flavors. */
    public FlavorCompletion(ResourceAccess flavors) {
        this.flavors = flavors;
    }

    @Override
    public boolean isWanted(Message request) {
        FieldDescriptor wanted = request.getDescriptorForType().findFieldByName("with_extra_specs");
        return wanted != null && request.getField(wanted).equals(true);
    }

    @Override
    public Snapshot complete(Cloud cloud, Snapshot raw, Instant notBefore) {
        if (flavors.speaks(cloud, TOLD)) {
            return raw;
        }
        Snapshot known = completed.getIfPresent(raw);
        if (known != null) {
            return known;
        }
        Snapshot made = flights.join(raw, () -> completed(cloud, raw));
        completed.put(raw, made);
        return made;
    }

    private Snapshot completed(Cloud cloud, Snapshot raw) {
        List<Flavor> all = Fork.all(raw.resources(Flavor.class), flavor -> completed(cloud, flavor));
        return new Snapshot(all, flavor -> ((Flavor) flavor).getId(), raw.asOf());
    }

    private Flavor completed(Cloud cloud, Flavor flavor) {
        // Some clouds tell them in lists by an extension of their own.
        return flavor.getExtraSpecsCount() > 0
                ? flavor
                : flavor.toBuilder()
                        .putAllExtraSpecs(extraSpecs(cloud, flavor.getId()))
                        .build();
    }

    private Map<String, String> extraSpecs(Cloud cloud, String id) {
        try {
            return flavors.read(
                    cloud,
                    flavors.request("GET", id, "os-extra_specs")
                            .operation("GetFlavorExtraSpecs")
                            .build(),
                    answer -> specs(Json.read(answer.body()).at("extra_specs")));
        } catch (OaktreeException e) {
            // The policy hides them, or the flavor has gone since it was listed.
            if (e.httpStatus() == 403 || e.httpStatus() == 404) {
                return Map.of();
            }
            throw e;
        }
    }

    private static Map<String, String> specs(Json told) {
        Map<String, String> specs = new LinkedHashMap<>();
        told.names().forEach(name -> specs.put(name, told.at(name).word()));
        return specs;
    }
}
