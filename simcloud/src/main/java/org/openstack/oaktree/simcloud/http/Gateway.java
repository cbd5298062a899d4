package org.openstack.oaktree.simcloud.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.openstack.oaktree.simcloud.faults.Fault;
import org.openstack.oaktree.simcloud.faults.Faults;
import org.openstack.oaktree.simcloud.faults.Moment;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.world.Ids;

/** Where all calls arrive: finds the service by the first word of the path, keeps the record, and lets faults strike. */
public final class Gateway extends Handler.Abstract {
    private static final Answer STAND_IN =
            Answer.json(200, JsonObject.of("simcloud", "nothing was done" + ".".repeat(4000)));

    private final Map<String, ApiService> services;
    private final ControlApi control;
    private final Faults faults;
    private final CallLog log;
    private final Consumer<String> revoke;
    private final Clock clock;

    /**
     * Makes the entrance to these services.
     *
     * @param services by the first word of their paths
     * @param revoke makes a token worthless
     * @param clock dates the answers
     */
    public Gateway(
            Map<String, ApiService> services,
            ControlApi control,
            Faults faults,
            CallLog log,
            Consumer<String> revoke,
            Clock clock) {
        this.services = Map.copyOf(services);
        this.control = control;
        this.faults = faults;
        this.log = log;
        this.revoke = revoke;
        this.clock = clock;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        response.getHeaders().put(HttpHeader.DATE, DateGenerator.formatDate(clock.millis()));
        Wire wire = new Wire(request, response, callback);
        String path = URLDecoder.decode(request.getHttpURI().getPath().replace("+", "%2B"), StandardCharsets.UTF_8);
        String[] words = path.split("/", 3);
        String first = words.length > 1 ? words[1] : "";
        ApiService service = services.get(first);
        try {
            if (first.equals("sim")) {
                wire.send(control.answer(call(request, "sim", path)));
            } else if (service == null) {
                wire.send(Answer.html(404, "<html><body><h1>404 Not Found</h1></body></html>"));
            } else {
                serve(service, call(request, first, path), request, wire);
            }
        } catch (ApiException e) {
            wire.send(Answer.html(e.status(), "<html><body><h1>" + e.status() + "</h1></body></html>"));
        } catch (InterruptedException e) {
            wire.reset();
        }
        return true;
    }

    private void serve(ApiService service, Call call, Request request, Wire wire)
            throws IOException, InterruptedException {
        String query = request.getHttpURI().getQuery();
        CallLog.Entry entry = log.begin(new RecordedCall(
                service.type(),
                call.method(),
                call.path(),
                query == null ? "" : query,
                call.header("OpenStack-API-Version"),
                call.header("X-OpenStack-Request-ID"),
                call.requestId(),
                0,
                ""));
        Optional<Faults.Active> fault = faults.strike(service.type(), call.method(), call.path());
        if (fault.isEmpty()) {
            Answer answer = service.serve(call);
            entry.answered(answer.status());
            wire.send(answer);
            return;
        }
        Faults.Active active = fault.get();
        entry.struckBy(active.rule().fault().getClass().getSimpleName());
        boolean isDone = active.rule().moment() == Moment.AFTER_EFFECT
                || (active.rule().fault().spoilsAnswer() && ApiService.isSafe(call.method()));
        Answer answer = isDone ? service.serve(call) : STAND_IN;
        strike(active, isDone, answer, new Stage(service, call, wire, entry));
    }

    private record Stage(ApiService service, Call call, Wire wire, CallLog.Entry entry) {
        void send(Answer answer) throws IOException {
            entry.answered(answer.status());
            wire.send(answer);
        }
    }

    private void strike(Faults.Active active, boolean isDone, Answer answer, Stage stage)
            throws IOException, InterruptedException {
        switch (active.rule().fault()) {
            case Fault.Reply reply ->
                stage.send(new Answer(
                        reply.status(), reply.headers(), Body.of(reply.body().getBytes(StandardCharsets.UTF_8))));
            case Fault.Reset reset -> stage.wire().reset();
            case Fault.Hang hang -> {
                active.awaitRelease();
                stage.wire().reset();
            }
            case Fault.Delay delay -> {
                Thread.sleep(delay.duration());
                stage.send(isDone ? answer : stage.service().serve(stage.call()));
            }
            case Fault.TokenRevoked revoked -> {
                revoke.accept(stage.call().header("X-Auth-Token"));
                stage.send(stage.service().refusal(stage.call(), ApiService.unauthenticated()));
            }
            case Fault.WrongBody wrong ->
                stage.send(answer.withBody(
                        wrong.contentType(), Body.of(wrong.body().getBytes(StandardCharsets.UTF_8))));
            case Fault.Truncate cut -> {
                byte[] start = answer.body().source().open().readNBytes(cut.bytes());
                stage.send(new Answer(
                        answer.status(),
                        answer.headers(),
                        new Body(start.length, () -> new ByteArrayInputStream(start))));
            }
            case Fault.CloseEarly cut -> {
                stage.entry().answered(answer.status());
                stage.wire().sendStart(answer, cut.bytes());
            }
            case Fault.Drip drip -> {
                stage.entry().answered(answer.status());
                stage.wire().sendSlowly(answer, drip.bytesPerSecond());
            }
        }
    }

    private static Call call(Request request, String first, String path) {
        HttpFields headers = request.getHeaders();
        String query = request.getHttpURI().getQuery();
        return new Call(new Call.Incoming(
                request.getMethod(),
                path.substring(first.length() + 1),
                Query.parse(query == null ? "" : query),
                headers::get,
                Content.Source.asInputStream(request),
                request.getHttpURI().getScheme() + "://" + request.getHttpURI().getAuthority() + "/" + first,
                Ids.request()));
    }
}
