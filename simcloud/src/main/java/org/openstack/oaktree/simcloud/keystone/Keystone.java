package org.openstack.oaktree.simcloud.keystone;

import java.util.List;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.ApiService;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.MalformedJsonException;
import org.openstack.oaktree.simcloud.world.World;

/** The identity API v3. */
public final class Keystone extends ApiService {
    private static final String NOT_FOUND_PAGE = """
            <!doctype html>
            <html lang=en>
            <title>404 Not Found</title>
            <h1>Not Found</h1>
            <p>The requested URL was not found on the server. If you entered the URL manually please check your spelling and try \
            again.</p>
            """;
    private static final String MALFORMED =
            " The server could not comply with the request since it is either malformed or"
                    + " otherwise incorrect. The client is assumed to be in error.";

    private final Router router = new Router();

    /** The service over these users and tokens. */
    public Keystone(World world, Directory directory, Tokens tokens, Catalog catalog) {
        super("identity", world, tokens);
        router.add("GET", "/", Keystone::versions).add("GET", "/v3", Keystone::version);
        new TokenApi(directory, tokens, catalog).addTo(router);
        new ProjectApi(directory).addTo(router);
        new ApplicationCredentialApi(world, directory, tokens).addTo(router);
    }

    /** The refusal of a body in which something is missing. */
    static ApiException expected(String what) {
        return new ApiException(400, "Expecting to find " + what + "." + MALFORMED);
    }

    static ApiException forbidden(String action) {
        return new ApiException(
                403, "You are not authorized to perform the requested action: identity:" + action + ".");
    }

    @Override
    protected Answer answer(Call call) {
        Router.Match match = router.match(call).orElse(null);
        if (match == null) {
            return router.methods(call).isEmpty()
                    ? Answer.html(404, NOT_FOUND_PAGE)
                    : Answer.json(405, JsonObject.of("message", "The method is not allowed for the requested URL."))
                            .with("Allow", String.join(", ", router.methods(call)));
        }
        try {
            boolean isPublic = call.path().isEmpty()
                    || call.path().matches("/|/v3/?")
                    || (call.path().equals("/v3/auth/tokens") && call.method().equals("POST"));
            return run(isPublic ? match : match.by(authenticated(call).caller()));
        } catch (MalformedJsonException e) {
            throw expected("valid JSON in request body");
        }
    }

    @Override
    protected Answer refuse(Call call, ApiException refusal) {
        JsonObject error = JsonObject.of("code", refusal.status())
                .put("message", refusal.message())
                .put("title", title(refusal.status()));
        Answer answer = Answer.json(refusal.status(), JsonObject.of("error", error));
        return refusal.status() == 401
                ? answer.with("WWW-Authenticate", "Keystone uri=\"" + call.serviceUrl() + "/v3\"")
                : answer;
    }

    @Override
    protected Answer finish(Call call, Answer answer) {
        return super.finish(call, answer).with("Vary", "X-Auth-Token");
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 409 -> "Conflict";
            case 413 -> "Request Entity Too Large";
            default -> "Error";
        };
    }

    private static Answer versions(Call call) {
        JsonObject values = JsonObject.of("values", List.of(v3(call)));
        return Answer.json(300, JsonObject.of("versions", values)).with("Location", call.serviceUrl() + "/v3/");
    }

    private static Answer version(Call call) {
        return Answer.json(200, JsonObject.of("version", v3(call)));
    }

    private static JsonObject v3(Call call) {
        return JsonObject.of("id", "v3.14")
                .put("status", "stable")
                .put("updated", "2020-04-07T00:00:00Z")
                .put("links", List.of(JsonObject.of("rel", "self").put("href", call.serviceUrl() + "/v3/")))
                .put(
                        "media-types",
                        List.of(JsonObject.of("base", "application/json")
                                .put("type", "application/vnd.openstack.identity-v3+json")));
    }
}
