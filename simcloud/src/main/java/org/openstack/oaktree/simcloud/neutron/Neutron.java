package org.openstack.oaktree.simcloud.neutron;

import java.util.List;
import java.util.stream.Stream;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.ApiService;
import org.openstack.oaktree.simcloud.http.Authenticator;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.world.World;

/** The network API v2.0. */
public final class Neutron extends ApiService {
    private static final String MALFORMED =
            "The server could not comply with the request since it is either malformed or otherwise incorrect.";

    private final Router router = new Router();

    /**
     * The service over this state.
     *
     * @param maxLimit how many items a page has at most; 0 = any number
     */
    public Neutron(World world, Authenticator authenticator, Networks networks, int maxLimit) {
        super("network", world, authenticator);
        SecurityGroupRuleApi rules = new SecurityGroupRuleApi(networks, maxLimit);
        Stream.of(
                        new NetworkApi(networks, maxLimit),
                        new SubnetApi(networks, maxLimit),
                        new PortApi(networks, maxLimit),
                        new RouterApi(networks, maxLimit),
                        new SecurityGroupApi(networks, rules, maxLimit),
                        rules,
                        new FloatingIpApi(networks, maxLimit))
                .forEach(resources -> {
                    resources.addTo(router);
                    new TagApi(resources).addTo(router);
                });
        new ExtensionApi(networks).addTo(router);
    }

    @Override
    protected Answer answer(Call call) {
        if (call.path().isEmpty() || call.path().equals("/")) {
            return Answer.json(200, JsonObject.of("versions", List.of(version(call))));
        }
        Call known = authenticated(call);
        if (call.path().equals("/v2.0/")) {
            return Answer.json(200, JsonObject.of("resources", List.of(resource(call, "network"))));
        }
        Router.Match match = router.match(known).orElse(null);
        if (match == null) {
            throw router.methods(known).isEmpty()
                    ? new ApiException(404, "HTTPNotFound", "The resource could not be found.")
                    : new ApiException(405, "HTTPMethodNotAllowed", MALFORMED);
        }
        return run(match);
    }

    @Override
    protected Answer refuse(Call call, ApiException refusal) {
        if (refusal.status() == 401) {
            return authenticationRequired(call.serviceUrl().replaceAll("/network$", "/identity"));
        }
        JsonObject error = JsonObject.of("type", refusal.type().isEmpty() ? "HTTPBadRequest" : refusal.type())
                .put("message", refusal.message())
                .put("detail", "");
        return Answer.json(refusal.status(), JsonObject.of("NeutronError", error));
    }

    private static JsonObject version(Call call) {
        return JsonObject.of("id", "v2.0")
                .put("status", "CURRENT")
                .put("links", List.of(JsonObject.of("rel", "self").put("href", call.serviceUrl() + "/v2.0/")));
    }

    private static JsonObject resource(Call call, String name) {
        return JsonObject.of("name", name)
                .put("collection", name + "s")
                .put(
                        "links",
                        List.of(JsonObject.of("rel", "self").put("href", call.serviceUrl() + "/v2.0/" + name + "s")));
    }
}
