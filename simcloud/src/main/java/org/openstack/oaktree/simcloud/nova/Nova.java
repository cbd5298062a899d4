package org.openstack.oaktree.simcloud.nova;

import java.time.Duration;
import java.util.List;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.ApiService;
import org.openstack.oaktree.simcloud.http.Authenticator;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.FaultNames;
import org.openstack.oaktree.simcloud.http.Microversion;
import org.openstack.oaktree.simcloud.http.Microversions;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.MalformedJsonException;
import org.openstack.oaktree.simcloud.json.SchemaException;
import org.openstack.oaktree.simcloud.world.World;

/** The compute API v2.1. */
public final class Nova extends ApiService {
    private static final Microversion MIN = new Microversion(2, 1);
    private static final String LEGACY_HEADER = "X-OpenStack-Nova-API-Version";
    private static final String NOT_FOUND_PAGE = """
            <html>
             <head>
              <title>404 Not Found</title>
             </head>
             <body>
              <h1>404 Not Found</h1>
              The resource could not be found.<br /><br />



             </body>
            </html>""";

    private final Microversions versions;
    private final Router router = new Router();

    /**
     * The service over this state.
     *
     * @param population the servers that are there at the start
     * @param max the newest microversion it speaks, at most 2.93
     * @param buildTime of a server
     * @param taskTime of everything else that servers do
     */
    public Nova(
            World world,
            Authenticator authenticator,
            Compute compute,
            Backends backends,
            Population population,
            Microversion max,
            Duration buildTime,
            Duration taskTime) {
        super("compute", world, authenticator);
        versions = new Microversions("compute", MIN, max);
        ServerNetworks networks = new ServerNetworks(backends.ports());
        ServerVolumes volumes = new ServerVolumes(world, backends.volumes(), taskTime);
        population.addTo(compute, networks, world.now());
        Lifecycle lifecycle = new Lifecycle(world, networks, volumes, buildTime, taskTime);
        ServerView view = new ServerView(world, networks);
        new FlavorApi(compute).addTo(router);
        new KeypairApi(world, compute).addTo(router);
        new ServerApi(compute, view, networks, lifecycle).addTo(router);
        new ServerCreation(compute, networks, new BootDisks(backends.images(), volumes), lifecycle).addTo(router);
        new ServerActionApi(compute, backends.images(), networks, view, lifecycle).addTo(router);
        new ServerMetadataApi(compute, lifecycle).addTo(router);
        new ServerPartsApi(compute, networks).addTo(router);
        new VolumeAttachmentApi(compute, volumes).addTo(router);
        new ConsoleApi(compute).addTo(router);
        new ServerGroupApi(compute).addTo(router);
        new ZoneApi(lifecycle).addTo(router);
        new LimitsApi(compute).addTo(router);
    }

    @Override
    protected Answer answer(Call call) {
        String path = call.path().replaceAll("/+$", "");
        if (path.isEmpty()) {
            return Answer.json(200, JsonObject.of("versions", List.of(legacyVersion(call), version(call))));
        }
        if (path.equals("/v2.1") && call.method().equals("GET")) {
            return Answer.json(200, JsonObject.of("version", rootVersion(call)));
        }
        if (!path.startsWith("/v2.1/")) {
            return Answer.json(300, JsonObject.of("choices", List.of(choice(call))));
        }
        Call known = authenticated(call);
        Router.Match match = router.match(known).orElse(null);
        if (match == null) {
            return Answer.html(404, NOT_FOUND_PAGE);
        }
        Microversion asked = versions.asked(call, LEGACY_HEADER);
        versions.require(asked);
        try {
            return run(match.at(asked));
        } catch (MalformedJsonException e) {
            throw new ApiException(400, "Malformed request body", e);
        } catch (SchemaException e) {
            throw new ApiException(400, e.message(), e);
        }
    }

    @Override
    protected Answer refuse(Call call, ApiException refusal) {
        if (refusal.status() == 401) {
            return authenticationRequired(call.serviceUrl().replaceAll("/compute$", "/identity"));
        }
        if (refusal.status() == 413) {
            return Answer.html(
                    413,
                    NOT_FOUND_PAGE
                            .replace("404 Not Found", "413 Request Entity Too Large")
                            .replace("The resource could not be found.", refusal.message()));
        }
        JsonObject error = JsonObject.of("code", refusal.status()).put("message", refusal.message());
        return Answer.json(refusal.status(), JsonObject.of(FaultNames.of(refusal.status()), error));
    }

    @Override
    protected Answer finish(Call call, Answer answer) {
        Answer finished = super.finish(call, answer).with("X-Compute-Request-Id", call.requestId());
        if (answer.status() == 401) {
            return finished;
        }
        Microversion asked = versions.askedOrLowest(call, LEGACY_HEADER);
        return finished.with("OpenStack-API-Version", "compute " + asked)
                .with(LEGACY_HEADER, asked.toString())
                .with("Vary", "OpenStack-API-Version, " + LEGACY_HEADER);
    }

    /** The refusal of what the caller's roles do not allow. */
    static ApiException forbidden(String rule) {
        return new ApiException(403, "Policy doesn't allow os_compute_api:" + rule + " to be performed.");
    }

    private static JsonObject legacyVersion(Call call) {
        return JsonObject.of("id", "v2.0")
                .put("status", "SUPPORTED")
                .put("version", "")
                .put("min_version", "")
                .put("updated", "2011-01-21T11:33:21Z")
                .put("links", List.of(JsonObject.of("rel", "self").put("href", call.serviceUrl() + "/v2/")));
    }

    private JsonObject version(Call call) {
        return JsonObject.of("id", "v2.1")
                .put("status", "CURRENT")
                .put("version", versions.max().toString())
                .put("min_version", versions.min().toString())
                .put("updated", "2013-07-23T11:33:21Z")
                .put("links", List.of(JsonObject.of("rel", "self").put("href", call.serviceUrl() + "/v2.1/")));
    }

    private JsonObject rootVersion(Call call) {
        return version(call)
                .put(
                        "links",
                        List.of(
                                JsonObject.of("rel", "self").put("href", call.serviceUrl() + "/v2.1/"),
                                JsonObject.of("rel", "describedby")
                                        .put("type", "text/html")
                                        .put("href", "http://docs.openstack.org/")))
                .put("media-types", List.of(mediaType()));
    }

    private static JsonObject choice(Call call) {
        return JsonObject.of("id", "v2.1")
                .put("status", "CURRENT")
                .put(
                        "links",
                        List.of(JsonObject.of("rel", "self").put("href", call.serviceUrl() + "/v2.1" + call.path())))
                .put("media-types", List.of(mediaType()));
    }

    private static JsonObject mediaType() {
        return JsonObject.of("base", "application/json")
                .put("type", "application/vnd.openstack.compute+json;version=2.1");
    }
}
