package org.openstack.oaktree.simcloud.http;

import java.util.Optional;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.world.World;

/** One OpenStack service: takes a call through its own order of checks, and writes refusals in its own style. */
public abstract class ApiService {
    /** What oslo.middleware allows as a body unless it is told otherwise. */
    private static final int MAX_BODY_BYTES = 114_688;

    private final String type;
    private final World world;
    private final Authenticator authenticator;

    protected ApiService(String type, World world, Authenticator authenticator) {
        this.type = type;
        this.world = world;
        this.authenticator = authenticator;
    }

    /** The service type of the catalog: compute. */
    public final String type() {
        return type;
    }

    /** Answers the call, whatever happens. */
    public final Answer serve(Call call) {
        try {
            return finish(call, answer(call));
        } catch (ApiException e) {
            return refusal(call, e);
        }
    }

    final Answer refusal(Call call, ApiException refusal) {
        return finish(call, refuse(call, refusal));
    }

    /** Answers, or refuses with an {@link ApiException}. */
    protected abstract Answer answer(Call call);

    /** The refusal in the service's own style. */
    protected abstract Answer refuse(Call call, ApiException refusal);

    /** Adds what every answer of the service carries. */
    protected Answer finish(Call call, Answer answer) {
        return answer.with("X-Openstack-Request-Id", call.requestId());
    }

    /** The call with its caller, as the token in X-Auth-Token says. */
    protected final Call authenticated(Call call) {
        Optional<Caller> caller = world.locked(() -> authenticator.caller(call.header("X-Auth-Token")));
        return call.by(caller.orElseThrow(ApiService::unauthenticated));
    }

    /** Lets the route answer: body read first, then everything under the world's lock. */
    protected final Answer run(Router.Match match) {
        if (match.isStreaming()) {
            return match.handler().handle(match.call());
        }
        Call whole = match.call().withBody(match.call().read(MAX_BODY_BYTES));
        return world.locked(() -> {
            if (!isSafe(whole.method())) {
                world.changed();
            }
            return match.handler().handle(whole);
        });
    }

    /** The refusal of a call without a good token. */
    public static ApiException unauthenticated() {
        return new ApiException(401, "The request you have made requires authentication.");
    }

    /** What the token check in front of every service but keystone answers. */
    protected static Answer authenticationRequired(String identityUrl) {
        JsonObject error = JsonObject.of("code", 401)
                .put("title", "Unauthorized")
                .put("message", unauthenticated().message());
        return Answer.json(401, JsonObject.of("error", error))
                .with("WWW-Authenticate", "Keystone uri=\"" + identityUrl + "\"");
    }

    /** Whether calls of the method change nothing. */
    static boolean isSafe(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }
}
