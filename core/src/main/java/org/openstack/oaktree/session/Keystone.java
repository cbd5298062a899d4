package org.openstack.oaktree.session;

import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_CLOUD_MISCONFIGURED;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_UNREADABLE_ANSWER;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.openstack.oaktree.config.Harmless;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.json.JsonTree;
import org.openstack.oaktree.rest.Authorization;
import org.openstack.oaktree.rest.Body;
import org.openstack.oaktree.rest.Json;
import org.openstack.oaktree.rest.Repeat;
import org.openstack.oaktree.rest.Request;
import org.openstack.oaktree.rest.Rest;
import org.openstack.oaktree.rest.Target;
import org.openstack.oaktree.rest.UnreadableAnswerException;

/**
 * Fetches tokens from Keystone v3.
 *
 * <p>An {@code auth_url} without version is first tried with {@code /v3} behind it, which is where Keystone is nearly everywhere; only
 * where that fails is it asked for its versions. What was found is kept.
 */
final class Keystone {
    private final Discovery discovery;
    private final Clock clock;
    private final ConcurrentMap<URI, URI> places = new ConcurrentHashMap<>();

    Keystone(Discovery discovery, Clock clock) {
        this.discovery = discovery;
        this.clock = clock;
    }

    /**
     * Presents a credential.
     *
     * @param identity the identity service, with the configured URL; its authorization is not used
     * @throws OaktreeException CLOUD_CREDENTIALS_REJECTED when Keystone says no, CLOUD_MISCONFIGURED when it is not there
     */
    Token authenticate(Rest rest, Target identity, Credential credential) {
        URI configured = identity.endpoint();
        URI known = places.get(configured);
        if (known != null) {
            return authenticate(rest, identity, known, credential);
        }
        URI likely = version3(configured);
        try {
            Token token = authenticate(rest, identity, likely, credential);
            places.put(configured, likely);
            return token;
        } catch (OaktreeException failed) {
            if (likely.equals(configured) || !isNotThere(failed)) {
                throw isNotThere(failed) ? notThere(configured, failed) : failed;
            }
            URI discovered = discovery
                    .at(rest, identity.at("identity", configured, Authorization.NONE), configured)
                    .newest(3)
                    .filter(offer -> !offer.path().isEmpty())
                    .map(offer -> EndpointUrls.withPath(configured, offer.path()))
                    .filter(place -> !place.equals(likely))
                    .orElseThrow(() -> notThere(configured, failed));
            Token token = authenticate(rest, identity, discovered, credential);
            places.put(configured, discovered);
            return token;
        }
    }

    private Token authenticate(Rest rest, Target identity, URI place, Credential credential) {
        Request.Builder request = Request.post("/auth/tokens")
                .body(Body.json(JsonTree.write(credential.request())))
                .operation("Authenticate")
                .repeat(Repeat.ALWAYS);
        credential.secrets().forEach(request::secret);
        Instant asked = clock.instant();
        return rest.send(identity.at("identity", place, Authorization.NONE), request.build(), answer -> {
            Json document = Json.read(answer.body());
            String value = answer.header("x-subject-token").orElse("");
            if (value.isEmpty() || !document.at("token").isPresent()) {
                throw new UnreadableAnswerException("is no token of Keystone v3");
            }
            return Token.read(value, document, asked);
        });
    }

    /** The URL itself when it names version 3, else with that version in the place of another or at its end. */
    private static URI version3(URI url) {
        String path = EndpointUrls.path(url);
        return path.endsWith("/v3") ? url : EndpointUrls.withPath(url, path.replaceFirst("/v2\\.0$", "") + "/v3");
    }

    /** Whether something else answered. */
    private static boolean isNotThere(OaktreeException failed) {
        return switch (failed.reason()) {
            case ERROR_REASON_RESOURCE_NOT_FOUND, ERROR_REASON_FEATURE_MISSING, ERROR_REASON_UNREADABLE_ANSWER -> true;
            // A redirection. What is wrong without any answer, a certificate for example, is not the URL.
            case ERROR_REASON_CLOUD_MISCONFIGURED -> failed.httpStatus() != 0;
            default -> false;
        };
    }

    private static OaktreeException notThere(URI configured, OaktreeException failed) {
        return failed.toBuilder()
                .reason(ERROR_REASON_CLOUD_MISCONFIGURED)
                .message("The cloud's auth_url " + Harmless.url(configured) + " does not lead to Keystone v3: "
                        + failed.getMessage())
                .build();
    }
}
