package org.openstack.oaktree.compute;

import java.util.Comparator;
import java.util.List;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.compute.v1.Flavor;
import org.openstack.oaktree.compute.v1.GetFlavorByRamRequest;
import org.openstack.oaktree.compute.v1.GetFlavorByRamResponse;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.resource.Completion;
import org.openstack.oaktree.resource.ResourceAccess;
import org.openstack.oaktree.resource.Snapshot;
import org.openstack.oaktree.resource.json.Times;
import org.openstack.oaktree.v1.ErrorReason;

/** What is irregular about flavors: the choice of one by its size. Safe for use by many threads. */
public final class Flavors {
    private static final int LONGEST_NAME = 255;

    private final ResourceAccess flavors;
    private final Completion completion;

    /** Chooses among these flavors, and completes what it chose. */
    public Flavors(ResourceAccess flavors, Completion completion) {
        this.flavors = flavors;
        this.completion = completion;
    }

    /** {@code GetFlavorByRam}. */
    public GetFlavorByRamResponse getFlavorByRam(GetFlavorByRamRequest request) {
        if (request.getMinRamMib() < 0) {
            throw OaktreeException.invalidField("min_ram_mib", "must not be negative");
        }
        if (request.getNameContains().length() > LONGEST_NAME) {
            throw OaktreeException.invalidField("name_contains", "is longer than the name of any flavor");
        }
        Cloud cloud = flavors.cloud(request);
        Snapshot list = flavors.list(cloud, flavors.notBefore(cloud, request));
        Flavor chosen = list.resources(Flavor.class).stream()
                .filter(flavor -> flavor.getRamMib() >= request.getMinRamMib()
                        && flavor.getName().contains(request.getNameContains()))
                .min(Comparator.comparingInt(Flavor::getRamMib))
                .orElseThrow(() -> none(cloud, request));
        return GetFlavorByRamResponse.newBuilder()
                .setFlavor(completion.isWanted(request) ? completed(cloud, chosen, list) : chosen)
                .setAsOf(Times.timestamp(list.asOf()))
                .build();
    }

    private Flavor completed(Cloud cloud, Flavor flavor, Snapshot list) {
        Snapshot one = new Snapshot(List.of(flavor), any -> ((Flavor) any).getId(), list.asOf());
        return completion
                .complete(cloud, one, list.asOf())
                .resources(Flavor.class)
                .getFirst();
    }

    private OaktreeException none(Cloud cloud, GetFlavorByRamRequest request) {
        String name = request.getNameContains();
        return flavors.error(
                        cloud,
                        ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND,
                        "there is no flavor with at least " + request.getMinRamMib() + " MiB of memory"
                                + (name.isEmpty() ? "" : " and “" + name + "” in its name"))
                .build();
    }
}
