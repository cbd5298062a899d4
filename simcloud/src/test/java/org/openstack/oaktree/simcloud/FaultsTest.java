package org.openstack.oaktree.simcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openstack.oaktree.simcloud.faults.Fault;
import org.openstack.oaktree.simcloud.faults.FaultRule;
import org.openstack.oaktree.simcloud.faults.Faults;
import org.openstack.oaktree.simcloud.http.RecordedCall;
import org.openstack.oaktree.simcloud.json.MalformedJsonException;

/** Each kind of fault, before and after the effect: what the client gets, and what the cloud did. */
class FaultsTest {
    private static final String KEYPAIRS = "/compute/v2.1/os-keypairs";

    private final SimCloud cloud = SimCloud.start(SimOptions.defaults().withControlToken("secret"));
    private final SimClient demo = SimClient.login(cloud, "demo", "demo");

    @AfterEach
    void close() {
        cloud.close();
    }

    private SimClient.Reply create(String name) {
        return demo.post(KEYPAIRS, "{\"keypair\": {\"name\": \"" + name + "\", \"public_key\": \"" + KEY + "\"}}");
    }

    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHrcTnRa9F3dCTuqT97eOaa1oZev0Exd6rHTO5DnXA93 somebody";

    private boolean exists(String name) {
        cloud.faults().clear();
        return SimClient.login(cloud, "demo", "demo").get(KEYPAIRS + "/" + name).status() == 200;
    }

    private static FaultRule creation(Fault fault) {
        return FaultRule.on("compute", fault).method("POST").path("/v2.1/os-keypairs");
    }

    @Test
    void aReplyTakesTheAnswersPlace() {
        cloud.faults().add(creation(Fault.retryAfter(429, "7")));
        SimClient.Reply reply = create("a");
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.header("Retry-After")).isEqualTo("7");
        assertThat(exists("a")).isFalse();

        cloud.faults().add(creation(Fault.html(500)).afterEffect());
        reply = create("b");
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.text()).startsWith("<html>");
        assertThat(exists("b")).isTrue();
    }

    @Test
    void aResetLosesTheAnswer() {
        cloud.faults().add(creation(new Fault.Reset()));
        assertThatThrownBy(() -> create("a")).isInstanceOf(UncheckedIOException.class);
        assertThat(exists("a")).isFalse();

        cloud.faults().add(creation(new Fault.Reset()).afterEffect());
        assertThatThrownBy(() -> create("b")).isInstanceOf(UncheckedIOException.class);
        assertThat(exists("b")).isTrue();
    }

    @Test
    void aHangLastsUntilItIsReleased() {
        Faults.Active before = cloud.faults().add(creation(new Fault.Hang()));
        assertHangs(before, "a");
        assertThat(exists("a")).isFalse();

        Faults.Active after = cloud.faults().add(creation(new Fault.Hang()).afterEffect());
        assertHangs(after, "b");
        assertThat(exists("b")).isTrue();
    }

    private void assertHangs(Faults.Active rule, String name) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<SimClient.Reply> reply = CompletableFuture.supplyAsync(() -> create(name), threads);
            while (rule.struck() == 0) {
                Thread.onSpinWait();
            }
            assertThat(reply).isNotDone();
            rule.remove();
            assertThatThrownBy(reply::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void aDripSendsEverythingSlowly() {
        String all = demo.get("/compute/v2.1/flavors").text();
        cloud.faults().add(FaultRule.on("compute", new Fault.Drip(20_000)));
        assertThat(demo.get("/compute/v2.1/flavors").text()).isEqualTo(all);
        assertThat(create("a").status()).isEqualTo(200);
        assertThat(exists("a")).isFalse();

        cloud.faults().add(creation(new Fault.Drip(20_000)).afterEffect());
        assertThat(create("b").json().object("keypair").text("name")).isEqualTo("b");
        assertThat(exists("b")).isTrue();
    }

    @Test
    void aWrongBodyKeepsTheStatus() {
        cloud.faults()
                .add(creation(new Fault.WrongBody("application/json", "[]")).afterEffect());
        SimClient.Reply reply = create("a");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("[]");
        assertThat(exists("a")).isTrue();

        cloud.faults().add(creation(new Fault.WrongBody("text/plain", "hello")));
        assertThat(create("b").text()).isEqualTo("hello");
        assertThat(exists("b")).isFalse();
    }

    @Test
    void aTruncatedBodyIsBrokenJsonInGoodHttp() {
        cloud.faults().add(creation(new Fault.Truncate(12)).afterEffect());
        SimClient.Reply reply = create("a");
        assertThat(reply.header("Content-Length")).isEqualTo("12");
        assertThatThrownBy(reply::json).isInstanceOf(MalformedJsonException.class);
        assertThat(exists("a")).isTrue();

        cloud.faults().add(creation(new Fault.Truncate(12)));
        assertThat(create("b").text()).hasSize(12);
        assertThat(exists("b")).isFalse();
    }

    @Test
    void anEarlyCloseBreaksHttp() {
        cloud.faults().add(creation(new Fault.CloseEarly(12)).afterEffect());
        assertThatThrownBy(() -> create("a")).hasCauseInstanceOf(IOException.class);
        assertThat(exists("a")).isTrue();

        cloud.faults().add(creation(new Fault.CloseEarly(12)));
        assertThatThrownBy(() -> create("b")).hasCauseInstanceOf(IOException.class);
        assertThat(exists("b")).isFalse();
    }

    @Test
    void aDelayChangesNothing() {
        cloud.faults().add(creation(new Fault.Delay(Duration.ofMillis(1))).times(1));
        cloud.faults().add(creation(new Fault.Delay(Duration.ofMillis(1))).afterEffect());
        assertThat(create("a").json().object("keypair").text("name")).isEqualTo("a");
        assertThat(create("b").json().object("keypair").text("name")).isEqualTo("b");
        assertThat(exists("a")).isTrue();
        assertThat(exists("b")).isTrue();
    }

    @Test
    void aTokenIsRevokedForGood() {
        cloud.faults().add(creation(new Fault.TokenRevoked()).times(1));
        assertThat(create("a").status()).isEqualTo(401);
        assertThat(demo.get(KEYPAIRS).status()).isEqualTo(401);
        assertThat(exists("a")).isFalse();
    }

    @Test
    void aTokenMayBeRevokedAfterTheEffect() {
        cloud.faults().add(creation(new Fault.TokenRevoked()).afterEffect());
        assertThat(create("b").status()).isEqualTo(401);
        assertThat(exists("b")).isTrue();
    }

    @Test
    void skipAndTimesCountOnlyCallsThatFit() {
        Faults.Active rule = cloud.faults()
                .add(FaultRule.on("compute", Fault.status(503, "busy"))
                        .method("GET")
                        .path("/v2.1/flavors/*")
                        .skip(1)
                        .times(2));
        assertThat(demo.get(KEYPAIRS).status()).isEqualTo(200);
        assertThat(demo.get("/compute/v2.1/flavors/42").status()).isEqualTo(200);
        assertThat(demo.get("/compute/v2.1/flavors/42/os-extra_specs").status()).isEqualTo(200);
        assertThat(demo.get("/compute/v2.1/flavors/42").status()).isEqualTo(503);
        assertThat(demo.get("/compute/v2.1/flavors/detail").status()).isEqualTo(503);
        assertThat(demo.get("/compute/v2.1/flavors/42").status()).isEqualTo(200);
        assertThat(rule.seen()).isEqualTo(4);
        assertThat(rule.struck()).isEqualTo(2);
    }

    @Test
    void chanceIsTheSameForTheSameSeed() {
        cloud.faults().add(FaultRule.on("", Fault.status(503, "")).probability(0.5));
        String first = pattern(demo);
        try (SimCloud other = SimCloud.start(SimOptions.defaults())) {
            SimClient user = SimClient.login(other, "demo", "demo");
            other.faults().add(FaultRule.on("", Fault.status(503, "")).probability(0.5));
            assertThat(pattern(user)).isEqualTo(first).contains("200", "503");
        }
    }

    private static String pattern(SimClient client) {
        StringBuilder statuses = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            statuses.append(client.get("/compute/v2.1/flavors").status()).append(' ');
        }
        return statuses.toString();
    }

    @Test
    void callsAreRecordedWithTheFaultThatStruck() {
        cloud.forgetCalls();
        cloud.faults().add(creation(new Fault.Reset()));
        demo.at("compute 2.2").get(KEYPAIRS + "?limit=3");
        assertThatThrownBy(() -> create("a")).isInstanceOf(UncheckedIOException.class);
        assertThat(cloud.calls())
                .extracting(
                        RecordedCall::service,
                        RecordedCall::method,
                        RecordedCall::path,
                        RecordedCall::query,
                        RecordedCall::microversion,
                        RecordedCall::status,
                        RecordedCall::fault)
                .containsExactly(
                        tuple("compute", "GET", "/v2.1/os-keypairs", "limit=3", "compute 2.2", 200, ""),
                        tuple("compute", "POST", "/v2.1/os-keypairs", "", "", 0, "Reset"));
    }

    @Test
    void faultsAndCallsAreControlledOverHttpWithTheControlToken() {
        SimClient anonymous = SimClient.anonymous(cloud);
        String rule = """
                {"service": "compute", "method": "GET", "path": "/v2.1/flavors", "count": 1, "when": "before",
                 "fault": {"kind": "status", "status": 503, "headers": {"Retry-After": "3"}, "body": "later"}}""";
        assertThat(anonymous.post("/sim/faults", rule).status()).isEqualTo(401);
        assertThat(control("POST", "/sim/faults", rule).status()).isEqualTo(201);
        SimClient.Reply struck = demo.get("/compute/v2.1/flavors");
        assertThat(struck.status()).isEqualTo(503);
        assertThat(struck.header("Retry-After")).isEqualTo("3");
        assertThat(control("GET", "/sim/faults", "").text()).contains("\"struck\":1");
        assertThat(control("GET", "/sim/calls", "").json().object("counts").number("compute GET /v2.1/flavors", 0))
                .isEqualTo(1);
        assertThat(control("DELETE", "/sim/faults", "").status()).isEqualTo(204);
        assertThat(cloud.faults().active()).isEmpty();
        assertThat(control("POST", "/sim/faults", "{\"fault\": {\"kind\": \"earthquake\"}}")
                        .status())
                .isEqualTo(400);
    }

    private SimClient.Reply control(String method, String path, String body) {
        return SimClient.anonymous(cloud).send(method, path, body, "Authorization", "Bearer secret");
    }
}
