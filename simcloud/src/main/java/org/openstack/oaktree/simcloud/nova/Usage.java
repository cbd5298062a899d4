package org.openstack.oaktree.simcloud.nova;

import java.util.ArrayList;
import java.util.List;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.world.Quotas;

/** What a project's servers take of its quota. */
record Usage(long instances, long cores, long ramMib) {
    static Usage of(Compute compute, String projectId) {
        long instances = 0;
        long cores = 0;
        long ramMib = 0;
        for (Server server : compute.living(projectId)) {
            instances++;
            cores += server.flavor.vcpus();
            ramMib += server.flavor.ramMib();
        }
        return new Usage(instances, cores, ramMib);
    }

    /**
     * Makes sure that so many more servers may be had.
     *
     * @throws ApiException 403 in nova's words
     */
    void requireRoom(Quotas quotas, Flavor flavor, long count) {
        List<String> over = new ArrayList<>();
        List<String> requested = new ArrayList<>();
        List<String> used = new ArrayList<>();
        List<String> allowed = new ArrayList<>();
        long[][] amounts = {
            {cores, flavor.vcpus() * count}, {instances, count}, {ramMib, flavor.ramMib() * count},
        };
        String[] names = {"cores", "instances", "ram"};
        for (int i = 0; i < names.length; i++) {
            if (!quotas.allows(names[i], amounts[i][0], amounts[i][1])) {
                over.add(names[i]);
                requested.add(String.valueOf(amounts[i][1]));
                used.add(String.valueOf(amounts[i][0]));
                allowed.add(String.valueOf(quotas.limit(names[i])));
            }
        }
        if (!over.isEmpty()) {
            String what = String.join(", ", over);
            throw new ApiException(
                    403,
                    "Quota exceeded for " + what + ": Requested " + String.join(", ", requested) + ", but already used "
                            + String.join(", ", used) + " of " + String.join(", ", allowed) + " " + what);
        }
    }
}
