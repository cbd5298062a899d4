package org.openstack.oaktree.simcloud.neutron;

import java.util.List;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** {@code /extensions}: what this neutron can do beyond the core; and the quotas and agents that users may ask for. */
final class ExtensionApi {
    private static final List<String> ALIASES = List.of(
            "allowed-address-pairs",
            "availability_zone",
            "empty-string-filtering",
            "external-net",
            "extra_dhcp_opt",
            "extraroute",
            "filter-validation",
            "fip-port-details",
            "net-mtu",
            "network_availability_zone",
            "pagination",
            "binding",
            "port-security",
            "project-id",
            "provider",
            "quotas",
            "revision-if-match",
            "router",
            "ext-gw-mode",
            "security-group",
            "security-groups-normalized-cidr",
            "service-type",
            "sorting",
            "standard-attr-description",
            "standard-attr-revisions",
            "standard-attr-tag",
            "standard-attr-timestamp",
            "stateful-security-group",
            "subnet-service-types");

    private final Networks networks;

    ExtensionApi(Networks networks) {
        this.networks = networks;
    }

    void addTo(Router router) {
        router.add("GET", "/v2.0/extensions", call -> list())
                .add("GET", "/v2.0/extensions/{alias}", ExtensionApi::show)
                .add("GET", "/v2.0/quotas/{project_id}", this::quota)
                .add("GET", "/v2.0/availability_zones", call -> none("availability_zones"))
                .add("GET", "/v2.0/agents", call -> none("agents"))
                .add("GET", "/v2.0/rbac-policies", call -> none("rbac_policies"))
                .add("GET", "/v2.0/subnetpools", call -> none("subnetpools"));
    }

    private static Answer list() {
        return Answer.json(
                200,
                JsonObject.of(
                        "extensions", ALIASES.stream().map(ExtensionApi::view).toList()));
    }

    private static Answer show(Call call) {
        String alias = call.variable("alias");
        if (!ALIASES.contains(alias)) {
            throw new ApiException(404, "HTTPNotFound", "Extension with alias " + alias + " does not exist");
        }
        return Answer.json(200, JsonObject.of("extension", view(alias)));
    }

    private Answer quota(Call call) {
        JsonObject quota = JsonObject.of();
        for (String name : List.of(
                "network",
                "subnet",
                "subnetpool",
                "port",
                "router",
                "floatingip",
                "security_group",
                "security_group_rule")) {
            quota.put(name, networks.quotas().limit(name));
        }
        return Answer.json(200, JsonObject.of("quota", quota));
    }

    private static Answer none(String name) {
        return Answer.json(200, JsonObject.of(name, List.of()));
    }

    private static JsonObject view(String alias) {
        return JsonObject.of("name", alias)
                .put("alias", alias)
                .put("description", "The extension " + alias + ".")
                .put("updated", "2012-07-20T10:00:00-00:00")
                .put("links", List.of());
    }
}
