package org.openstack.oaktree.app.contract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.rest.Answer;
import org.openstack.oaktree.rest.Body;
import org.openstack.oaktree.rest.Json;
import org.openstack.oaktree.rest.Request;
import org.openstack.oaktree.session.Session;

/** OpenStack's own API as one user in one project has it: what tests make things with, and what they judge by. */
final class RawUser {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Session session;

    RawUser(Session session) {
        this.session = session;
    }

    Session session() {
        return session;
    }

    String projectId() {
        return session.identity().projectId();
    }

    String userId() {
        return session.identity().userId();
    }

    Json get(String service, String path) {
        return send(service, Request.get(path));
    }

    Json post(String service, String path, Object body) {
        return send(service, Request.post(path).body(Body.json(Json.write(body))));
    }

    Json put(String service, String path, Object body) {
        return send(service, Request.put(path).body(Body.json(Json.write(body))));
    }

    /** Sends a request whose answer has a document, or nothing. */
    Json send(String service, Request.Builder request) {
        return Call.begin("test", PATIENCE)
                .run(() ->
                        session.service(service).send(request.operation("Test").build(), RawUser::document));
    }

    private static Json document(Answer answer) throws IOException {
        byte[] body = answer.body().readAllBytes();
        return Json.read(new ByteArrayInputStream(body.length == 0 ? new byte[] {'{', '}'} : body));
    }

    /** Deletes what is there. */
    void delete(String service, String path) {
        try {
            send(service, Request.delete(path));
        } catch (OaktreeException e) {
            if (e.httpStatus() != 404) {
                throw e;
            }
        }
    }

    /** What the path leads to; empty when there is nothing. */
    Optional<Json> find(String service, String path) {
        try {
            return Optional.of(get(service, path));
        } catch (OaktreeException e) {
            if (e.httpStatus() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Asks until the answer is yes. */
    static void until(String what, Supplier<Boolean> holds) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!holds.get()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("after " + PATIENCE + " it did not hold that " + what);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
