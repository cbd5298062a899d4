package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openstack.oaktree.compute.v1.CreateKeypairRequest;
import org.openstack.oaktree.compute.v1.CreateKeypairResponse;
import org.openstack.oaktree.compute.v1.CreateServerRequest;
import org.openstack.oaktree.compute.v1.CreateServerResponse;
import org.openstack.oaktree.compute.v1.Keypair;
import org.openstack.oaktree.compute.v1.ListKeypairsRequest;
import org.openstack.oaktree.compute.v1.ListKeypairsResponse;
import org.openstack.oaktree.compute.v1.ListServersRequest;
import org.openstack.oaktree.compute.v1.ListServersResponse;
import org.openstack.oaktree.compute.v1.Server;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;
import org.openstack.oaktree.simcloud.faults.Fault;
import org.openstack.oaktree.simcloud.faults.FaultRule;
import org.openstack.oaktree.v1.Location;

/** The cloud has made what was asked for, and its answer cannot be read: the caller is told so, and a repeat finds it. */
class LostAnswersTest {
    private static final String PUBLIC_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJX8kl0h4WzV0WmRUxGEYTQ4mGOg1Ixz9Gq1dHmJYd3P test";
    private static final Location HERE =
            Location.newBuilder().setCloud("simcloud").build();

    private final SimCloud cloud = SimCloud.start(SimOptions.defaults());

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Started before each test.
    private Served served;

    @BeforeEach
    void serve() throws IOException {
        served = new Served(Files.writeString(folder.resolve("clouds.yaml"), cloud.cloudsYaml()), folder);
    }

    @AfterEach
    void close() {
        served.close();
        cloud.close();
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of("another document", new Fault.WrongBody("application/json", "{}")),
                Arguments.of("an empty one", new Fault.WrongBody("application/json", "")),
                Arguments.of("a page", new Fault.WrongBody("text/html", "<html></html>")),
                Arguments.of("the half", new Fault.Truncate(40)),
                Arguments.of("a part", new Fault.CloseEarly(40)));
    }

    private void lose(String path, Fault fault) {
        cloud.faults()
                .add(FaultRule.on("compute", fault).method("POST").path(path).afterEffect());
    }

    private void isUnknown(Runnable call) {
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call::run);
        assertThat(Client.reason(failure)).isEqualTo("ABORTED OUTCOME_UNKNOWN");
        assertThat(Client.metadata(failure))
                .containsEntry("cloud", "simcloud")
                .containsEntry("region", "RegionOne")
                .containsEntry("service", "compute")
                .containsKeys("http_status", "openstack_request_id");
        cloud.faults().clear();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void aKeypairIsThere(String name, Fault fault) {
        CreateKeypairRequest request = CreateKeypairRequest.newBuilder()
                .setLocation(HERE)
                .setName("lost")
                .setPublicKey(PUBLIC_KEY)
                .build();
        ListKeypairsRequest list =
                ListKeypairsRequest.newBuilder().setLocation(HERE).build();
        assertThat(served.client()
                        .<ListKeypairsResponse>call("ListKeypairs", list)
                        .getKeypairsList())
                .isEmpty();
        lose("/v2.1/os-keypairs", fault);

        isUnknown(() -> served.client().call("CreateKeypair", request));

        assertThat(served.client()
                        .<ListKeypairsResponse>call("ListKeypairs", list)
                        .getKeypairsList())
                .extracting(Keypair::getName)
                .containsExactly("lost");
        CreateKeypairResponse again = served.client().call("CreateKeypair", request);
        assertThat(again.getCreated()).isFalse();
        assertThat(again.getKeypair().getName()).isEqualTo("lost");
    }

    private List<Server> servers() {
        ListServersRequest list =
                ListServersRequest.newBuilder().setLocation(HERE).build();
        return served.client().<ListServersResponse>call("ListServers", list).getServersList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void aServerIsThere(String name, Fault fault) {
        CreateServerRequest request = server();
        lose("/v2.1/servers", fault);

        isUnknown(() -> served.client().call("CreateServer", request));

        assertThat(servers()).hasSize(1);
        CreateServerResponse again = served.client().call("CreateServer", request);
        assertThat(again.getCreated()).isFalse();
        assertThat(servers())
                .extracting(Server::getId)
                .containsExactly(again.getServer().getId());
    }

    @Test
    void aServerThatCannotBeLookedAtIsMade() {
        cloud.faults()
                .add(FaultRule.on("compute", Fault.status(500, "{}"))
                        .method("GET")
                        .path("/v2.1/servers/*-*"));

        CreateServerResponse made = served.client().call("CreateServer", server());
        cloud.faults().clear();

        assertThat(made.getCreated()).isTrue();
        assertThat(servers())
                .extracting(Server::getId)
                .containsExactly(made.getServer().getId());
    }

    private static CreateServerRequest server() {
        return CreateServerRequest.newBuilder()
                .setLocation(HERE)
                .setRequestId("lost-1")
                .setName("lost")
                .setImage("tiny")
                .setFlavor("m1.nano")
                .addNetworks("private-demo")
                .build();
    }
}
