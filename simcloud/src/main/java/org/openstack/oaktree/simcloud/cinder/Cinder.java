package org.openstack.oaktree.simcloud.cinder;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/** The block storage API v3. */
public final class Cinder extends ApiService {
    private static final Microversion MIN = new Microversion(3, 0);
    private static final Microversion MAX = new Microversion(3, 70);
    private static final Pattern WITH_PROJECT = Pattern.compile("/v3/([0-9a-f]{32})(/.*)");
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

    private final Microversions versions = new Microversions("volume", MIN, MAX);
    private final Router router = new Router();

    /**
     * The service over this state.
     *
     * @param maxLimit how many items a page has at most
     */
    public Cinder(World world, Authenticator authenticator, Volumes volumes, int maxLimit) {
        super("block-storage", world, authenticator);
        new VolumeApi(volumes, maxLimit).addTo(router);
        new VolumeCreation(volumes).addTo(router);
        new VolumeActionApi(volumes).addTo(router);
        new SnapshotApi(volumes, maxLimit).addTo(router);
        new TypeApi(volumes).addTo(router);
        new AttachmentApi(volumes).addTo(router);
        new CinderLimitsApi(volumes).addTo(router);
    }

    static ApiException notFound(String kind, String id) {
        return new ApiException(404, kind + " " + id + " could not be found.");
    }

    @Override
    protected Answer answer(Call call) {
        if (call.path().isEmpty() || call.path().equals("/")) {
            return Answer.json(300, JsonObject.of("versions", List.of(version(call))));
        }
        Call known = authenticated(call);
        if (call.path().equals("/v3/")) {
            return Answer.json(200, JsonObject.of("versions", List.of(version(call))));
        }
        if (call.path().equals("/v3")) {
            return Answer.empty(302).with("Location", call.serviceUrl() + "/v3/");
        }
        Router.Match match = router.match(routed(known)).orElse(null);
        if (match == null) {
            return Answer.html(404, NOT_FOUND_PAGE);
        }
        Microversion asked = versions.asked(call, "");
        versions.require(asked);
        try {
            return run(match.at(asked));
        } catch (MalformedJsonException e) {
            throw new ApiException(400, "Malformed request body", e);
        } catch (SchemaException e) {
            throw new ApiException(400, e.message(), e);
        }
    }

    /** The call without the project in its path, which must be the caller's own. */
    private static Call routed(Call call) {
        Matcher matcher = WITH_PROJECT.matcher(call.path());
        if (!matcher.matches()) {
            return call;
        }
        if (!matcher.group(1).equals(call.caller().projectId())) {
            throw new ApiException(400, "Malformed request url");
        }
        return call.routedBy("/v3" + matcher.group(2));
    }

    @Override
    protected Answer refuse(Call call, ApiException refusal) {
        if (refusal.status() == 401) {
            return authenticationRequired(call.serviceUrl().replaceAll("/volume$", "/identity"));
        }
        JsonObject error = JsonObject.of("code", refusal.status()).put("message", refusal.message());
        if (refusal.status() == 413) {
            Answer answer = Answer.json(413, JsonObject.of("overLimit", error.put("retryAfter", "0")));
            return answer.with("Retry-After", "0");
        }
        return Answer.json(refusal.status(), JsonObject.of(FaultNames.of(refusal.status()), error));
    }

    @Override
    protected Answer finish(Call call, Answer answer) {
        Answer finished = super.finish(call, answer).with("X-Compute-Request-Id", call.requestId());
        return answer.status() == 401
                ? finished
                : finished.with("OpenStack-API-Version", "volume " + versions.askedOrLowest(call, ""))
                        .with("Vary", "OpenStack-API-Version");
    }

    private static JsonObject version(Call call) {
        return JsonObject.of("id", "v3.0")
                .put("status", "CURRENT")
                .put("version", MAX.toString())
                .put("min_version", MIN.toString())
                .put("updated", "2022-08-31T00:00:00Z")
                .put(
                        "links",
                        List.of(
                                JsonObject.of("rel", "describedby")
                                        .put("type", "text/html")
                                        .put("href", "https://docs.openstack.org/"),
                                JsonObject.of("rel", "self").put("href", call.serviceUrl() + "/v3/")))
                .put(
                        "media-types",
                        List.of(JsonObject.of("base", "application/json")
                                .put("type", "application/vnd.openstack.volume+json;version=3")));
    }
}
