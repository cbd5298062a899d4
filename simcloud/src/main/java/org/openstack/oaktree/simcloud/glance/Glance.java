package org.openstack.oaktree.simcloud.glance;

import java.util.ArrayList;
import java.util.List;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.ApiService;
import org.openstack.oaktree.simcloud.http.Authenticator;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.MalformedJsonException;
import org.openstack.oaktree.simcloud.world.World;

/** The image API v2; its refusals are pages of HTML. */
public final class Glance extends ApiService {
    private static final int NEWEST_MINOR = 16;
    private static final String UNAUTHORIZED =
            "This server could not verify that you are authorized to access the document"
                    + " you requested. Either you supplied the wrong credentials (e.g., bad password), or your browser does not"
                    + " understand how to supply the credentials required.";

    private final Router router = new Router();

    /**
     * The service over this state.
     *
     * @param maxLimit how many images a page has at most
     */
    public Glance(World world, Authenticator authenticator, Images images, int maxLimit) {
        super("image", world, authenticator);
        new ImageListApi(images, maxLimit).addTo(router);
        new ImageApi(images).addTo(router);
        new ImageDataApi(images).addTo(router);
        new MemberApi(images).addTo(router);
    }

    static ApiException notFound(String id) {
        return new ApiException(404, "No image found with ID " + id);
    }

    /** The body, which must be a JSON object. */
    static JsonObject object(Call call) {
        if (!(call.json() instanceof JsonObject object)) {
            throw new ApiException(400, "Expected JSON object in request body.");
        }
        return object;
    }

    @Override
    protected Answer answer(Call call) {
        String path = call.path().replaceAll("/+$", "");
        if (path.isEmpty() || path.equals("/versions")) {
            return Answer.json(path.isEmpty() ? 300 : 200, JsonObject.of("versions", versions(call)));
        }
        Call known = authenticated(call);
        Router.Match match = router.match(known).orElse(null);
        if (match == null) {
            List<String> methods = router.methods(known);
            if (methods.isEmpty()) {
                throw new ApiException(404, "The resource could not be found.");
            }
            return page(405, "The method " + call.method() + " is not allowed for this resource. ")
                    .with("Allow", String.join(", ", methods));
        }
        try {
            return run(match);
        } catch (MalformedJsonException e) {
            throw new ApiException(400, "Malformed JSON in request body.", e);
        }
    }

    @Override
    protected Answer refuse(Call call, ApiException refusal) {
        if (refusal.status() == 401) {
            String identity = call.serviceUrl().replaceAll("/image$", "/identity");
            return page(401, UNAUTHORIZED).with("WWW-Authenticate", "Keystone uri=\"" + identity + "\"");
        }
        return page(refusal.status(), refusal.message());
    }

    private static Answer page(int status, String message) {
        String title = status + " " + reason(status);
        return Answer.html(status, """
                <html>
                 <head>
                  <title>%s</title>
                 </head>
                 <body>
                  <h1>%s</h1>
                  %s<br /><br />



                 </body>
                </html>""".formatted(title, title, message.replace("'", "&#x27;")));
    }

    private static String reason(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 413 -> "Request Entity Too Large";
            case 415 -> "Unsupported Media Type";
            case 416 -> "Requested Range Not Satisfiable";
            default -> "Error";
        };
    }

    private static List<JsonObject> versions(Call call) {
        List<JsonObject> versions = new ArrayList<>();
        for (int minor = NEWEST_MINOR; minor >= 0; minor--) {
            versions.add(JsonObject.of("id", "v2." + minor)
                    .put("status", minor == NEWEST_MINOR ? "CURRENT" : "SUPPORTED")
                    .put("links", List.of(JsonObject.of("rel", "self").put("href", call.serviceUrl() + "/v2/"))));
        }
        return versions;
    }
}
