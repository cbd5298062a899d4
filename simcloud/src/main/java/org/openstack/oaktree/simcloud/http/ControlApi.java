package org.openstack.oaktree.simcloud.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openstack.oaktree.simcloud.faults.Fault;
import org.openstack.oaktree.simcloud.faults.FaultRule;
import org.openstack.oaktree.simcloud.faults.Faults;
import org.openstack.oaktree.simcloud.faults.Moment;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.MalformedJsonException;

/** {@code /sim}: what a test in another process or language needs: setting faults, and reading which calls came. */
public final class ControlApi {
    private static final int MAX_BODY_BYTES = 1_000_000;

    private final String token;
    private final Faults faults;
    private final CallLog log;
    private final Router router = new Router();

    /**
     * Makes the control end points.
     *
     * @param token that calls must carry as {@code Authorization: Bearer TOKEN}; "" = there are no control end points
     */
    public ControlApi(String token, Faults faults, CallLog log) {
        this.token = token;
        this.faults = faults;
        this.log = log;
        router.add("GET", "/faults", call -> list())
                .add("POST", "/faults", this::add)
                .add("DELETE", "/faults", call -> clear())
                .add("DELETE", "/faults/{id}", this::remove)
                .add("GET", "/calls", call -> calls())
                .add("DELETE", "/calls", call -> forget());
    }

    Answer answer(Call call) {
        if (token.isEmpty()) {
            return Answer.empty(404);
        }
        if (!MessageDigest.isEqual(bytes("Bearer " + token), bytes(call.header("Authorization")))) {
            return refused(401, "Authorization: Bearer with simcloud's control token is required.");
        }
        Optional<Router.Match> match = router.match(call);
        if (match.isEmpty()) {
            return refused(404, "simcloud's control knows no " + call.method() + " " + call.path());
        }
        try {
            return match.get().handler().handle(match.get().call().withBody(call.read(MAX_BODY_BYTES)));
        } catch (MalformedJsonException | IllegalArgumentException e) {
            return refused(400, String.valueOf(e.getMessage()));
        }
    }

    private Answer list() {
        List<JsonObject> rules = faults.active().stream().map(ControlApi::view).toList();
        return Answer.json(200, JsonObject.of("faults", rules));
    }

    private Answer add(Call call) {
        JsonObject wanted = call.jsonObject();
        FaultRule rule = new FaultRule(
                wanted.text("service"),
                wanted.text("method"),
                wanted.text("path"),
                (int) wanted.number("skip", 0),
                (int) wanted.number("count", 0),
                wanted.get("probability") instanceof Number number ? number.doubleValue() : 1.0,
                moment(wanted.text("when", "before")),
                fault(wanted.object("fault")));
        return Answer.json(201, view(faults.add(rule)));
    }

    private Answer clear() {
        faults.clear();
        return Answer.empty(204);
    }

    private Answer remove(Call call) {
        Optional<Faults.Active> found = faults.active().stream()
                .filter(active -> String.valueOf(active.id()).equals(call.variable("id")))
                .findFirst();
        found.ifPresent(Faults.Active::remove);
        return Answer.empty(found.isPresent() ? 204 : 404);
    }

    private Answer calls() {
        List<RecordedCall> calls = log.calls();
        Map<String, Integer> counts = new TreeMap<>();
        for (RecordedCall call : calls) {
            counts.merge(call.service() + " " + call.method() + " " + call.path(), 1, Integer::sum);
        }
        JsonObject countsView = JsonObject.of();
        counts.forEach(countsView::put);
        return Answer.json(
                200,
                JsonObject.of("calls", calls.stream().map(ControlApi::view).toList())
                        .put("counts", countsView));
    }

    private Answer forget() {
        log.clear();
        return Answer.empty(204);
    }

    private static Moment moment(String text) {
        return switch (text) {
            case "before" -> Moment.BEFORE_EFFECT;
            case "after" -> Moment.AFTER_EFFECT;
            default -> throw new IllegalArgumentException("when must be before or after: " + text);
        };
    }

    private static Fault fault(JsonObject wanted) {
        String kind = wanted.text("kind");
        return switch (kind) {
            case "status" ->
                new Fault.Reply(
                        (int) wanted.number("status", 503), headers(wanted.object("headers")), wanted.text("body"));
            case "reset" -> new Fault.Reset();
            case "hang" -> new Fault.Hang();
            case "drip" -> new Fault.Drip((int) wanted.number("bytes_per_second", 1));
            case "wrong_body" ->
                new Fault.WrongBody(wanted.text("content_type", "application/json"), wanted.text("body"));
            case "truncate" -> new Fault.Truncate((int) wanted.number("bytes", 10));
            case "close_early" -> new Fault.CloseEarly((int) wanted.number("bytes", 10));
            case "delay" -> new Fault.Delay(Duration.ofMillis(wanted.number("milliseconds", 1000)));
            case "token_revoked" -> new Fault.TokenRevoked();
            default -> throw new IllegalArgumentException("unknown kind of fault: " + kind);
        };
    }

    private static Map<String, String> headers(JsonObject wanted) {
        Map<String, String> headers = new LinkedHashMap<>();
        wanted.forEach((name, value) -> headers.put(name, String.valueOf(value)));
        return headers;
    }

    private static JsonObject view(Faults.Active active) {
        FaultRule rule = active.rule();
        return JsonObject.of("id", active.id())
                .put("service", rule.service())
                .put("method", rule.method())
                .put("path", rule.path())
                .put("skip", rule.skip())
                .put("count", rule.count())
                .put("probability", rule.probability())
                .put("when", rule.moment() == Moment.BEFORE_EFFECT ? "before" : "after")
                .put("fault", rule.fault().getClass().getSimpleName())
                .put("seen", active.seen())
                .put("struck", active.struck());
    }

    private static JsonObject view(RecordedCall call) {
        return JsonObject.of("service", call.service())
                .put("method", call.method())
                .put("path", call.path())
                .put("query", call.query())
                .put("microversion", call.microversion())
                .put("global_request_id", call.globalRequestId())
                .put("request_id", call.requestId())
                .put("status", call.status())
                .put("fault", call.fault());
    }

    private static Answer refused(int status, String message) {
        return Answer.json(
                status, JsonObject.of("error", JsonObject.of("code", status).put("message", message)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
