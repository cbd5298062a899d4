package org.openstack.oaktree.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.config.ConfigEnvironment;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.json.JsonTree;
import org.openstack.oaktree.rest.Body;
import org.openstack.oaktree.rest.CallObserver;
import org.openstack.oaktree.rest.Json;
import org.openstack.oaktree.rest.Microversion;
import org.openstack.oaktree.rest.Request;
import org.openstack.oaktree.rest.Service;
import org.openstack.oaktree.v1.ErrorReason;
import org.openstack.oaktree.v1.Location;

/** Against the clouds of the clouds.yaml that the system property {@code oaktree.test.clouds} names: admin and demo are needed. */
@Tag("real")
class RealCloudTest {
    private static final Path CLOUDS =
            Path.of(Objects.requireNonNullElse(System.getProperty("oaktree.test.clouds"), "clouds.yaml"));

    @TempDir
    Path folder;

    private Sessions sessions;
    private Call call;

    @BeforeEach
    void begin() {
        sessions = sessions(CLOUDS);
        call = Call.begin("test", Duration.ofSeconds(60));
    }

    @AfterEach
    void end() {
        sessions.close();
    }

    private static Sessions sessions(Path clouds) {
        return new Sessions(
                CloudsConfiguration.load(ConfigEnvironment.system().withCloudsFile(clouds)), CallObserver.NONE);
    }

    private Json get(Service service, String path) {
        return call.run(
                () -> service.send(Request.get(path).operation("Test").build(), answer -> Json.read(answer.body())));
    }

    @Test
    void aPasswordGivesAnIdentityForOneRequest() {
        Identity identity = call.run(() -> sessions.session("demo", "").identity());

        assertThat(identity.projectName()).isEqualTo("demo");
        assertThat(identity.userName()).isEqualTo("demo");
        assertThat(identity.projectDomainName()).isEqualTo("Default");
        assertThat(identity.projectId()).isNotEmpty();
        assertThat(identity.roles()).contains("member");
        assertThat(call.counters().upstreamRequestsByOperation()).isEqualTo(Map.of("identity Authenticate", 1L));
    }

    @ParameterizedTest
    @CsvSource({
        "compute, /flavors, flavors, 2.1",
        "image, /images, images, ''",
        "network, /networks, networks, ''",
        "block-storage, /volumes, volumes, 3.0",
        "volume, /volumes, volumes, 3.0",
        "placement, /, versions, 1.0",
        "identity, /auth/projects, projects, ''"
    })
    void everyServiceIsFoundWithoutAskingForItsVersions(
            String type, String path, String member, String oldestMicroversion) {
        Service service = call.run(() -> sessions.session("demo", "").service(type));

        assertThat(get(service, path).at(member).isPresent()).isTrue();
        assertThat(call.counters().upstreamRequests()).isEqualTo(2);

        var newest = call.run(service::maxMicroversion);
        if (oldestMicroversion.isEmpty()) {
            assertThat(newest).isEmpty();
            assertThat(call.counters().upstreamRequests()).isEqualTo(2);
        } else {
            assertThat(newest.orElseThrow()
                            .includes(Microversion.parse(oldestMicroversion).orElseThrow()))
                    .isTrue();
            assertThat(newest.orElseThrow())
                    .isNotEqualTo(Microversion.parse(oldestMicroversion).orElseThrow());
            Service again = call.run(() -> sessions.session("admin", "").service(type));
            assertThat(call.run(again::maxMicroversion)).isEqualTo(newest);
            // One more login, for the other cloud; the versions are known.
            assertThat(call.counters().upstreamRequestsByOperation())
                    .containsEntry("identity Authenticate", 2L)
                    .containsEntry(service.type() + " DiscoverVersions", 1L);
        }
    }

    @Test
    void objectStoreIsTakenAsTheCatalogHasIt() {
        Session session = sessions.session("demo", "");
        String project = call.run(session::identity).projectId();

        assertThat(call.run(() -> session.service("object-store").endpoint()).getPath())
                .endsWith("AUTH_" + project);
    }

    @Test
    void aTokenAndAnApplicationCredentialDoAsWell() throws IOException {
        Session session = sessions.session("demo", "");
        String user = call.run(session::identity).userId();
        String name = "rest-" + UUID.randomUUID();
        Service identity = call.run(() -> session.service("identity"));
        Json made = call.run(() -> identity.send(
                Request.post("/users/" + user + "/application_credentials")
                        .body(Body.json(JsonTree.write(Map.of("application_credential", Map.of("name", name)))))
                        .operation("CreateApplicationCredential")
                        .build(),
                answer -> Json.read(answer.body())));
        String id = made.at("application_credential", "id").text();
        try {
            String url = session.config().auth().get("auth_url");
            Path file = folder.resolve("clouds.yaml");
            Files.writeString(file, """
                    clouds:
                      by-id:
                        auth_type: v3applicationcredential
                        auth: {auth_url: %1$s, application_credential_id: %2$s, application_credential_secret: %3$s}
                      by-name:
                        auth_type: v3applicationcredential
                        auth: {auth_url: %1$s, application_credential_name: %4$s, application_credential_secret: %3$s,
                               username: demo, user_domain_name: Default}
                      by-token:
                        auth_type: token
                        auth: {auth_url: %1$s, token: %5$s, project_name: demo, project_domain_name: Default}
                    """.formatted(
                            url, id, made.at("application_credential", "secret").text(), name, tokenOf(session)));
            try (Sessions others = sessions(file)) {
                for (String cloud : List.of("by-id", "by-name", "by-token")) {
                    Session other = others.session(cloud, "");
                    assertThat(call.run(other::identity).projectName())
                            .as(cloud)
                            .isEqualTo("demo");
                    assertThat(get(call.run(() -> other.service("compute")), "/flavors")
                                    .at("flavors")
                                    .elements())
                            .as(cloud)
                            .isNotEmpty();
                }
                Session application = others.session("by-id", "");
                assertThatThrownBy(() -> application.rescoped(
                                Location.Project.newBuilder().setName("alt").build()))
                        .isInstanceOfSatisfying(
                                OaktreeException.class,
                                error ->
                                        assertThat(error.reason()).isEqualTo(ErrorReason.ERROR_REASON_UNKNOWN_PROJECT));
            }
        } finally {
            call.run(() -> identity.send(
                    Request.delete("/users/" + user + "/application_credentials/" + id)
                            .operation("DeleteApplicationCredential")
                            .build(),
                    answer -> answer.status()));
        }
    }

    /** A token as a user would get it with the stock client. */
    private String tokenOf(Session session) {
        Map<String, Object> login = Credential.of(session.config()).request();
        return call.run(() -> session.service("identity")
                .send(
                        Request.post("/auth/tokens")
                                .body(Body.json(JsonTree.write(login)))
                                .operation("Test")
                                .build(),
                        answer -> answer.header("x-subject-token").orElseThrow()));
    }

    @Test
    void anotherProjectHasItsOwnToken() {
        Session demo = sessions.session("demo", "");
        Session alt = demo.rescoped(Location.Project.newBuilder().setName("alt").build());

        assertThat(call.run(alt::identity).projectName()).isEqualTo("alt");
        assertThat(call.run(demo::identity).projectName()).isEqualTo("demo");
        assertThat(call.run(alt::scopeKey)).isNotEqualTo(call.run(demo::scopeKey));
        assertThat(demo.rescoped(Location.Project.newBuilder().setName("alt").build()))
                .isSameAs(alt);
        assertThat(call.counters().upstreamRequests()).isEqualTo(2);
    }

    @Test
    void aProjectThatIsNotOursIsUnknown() {
        Session nowhere = sessions.session("demo", "")
                .rescoped(
                        Location.Project.newBuilder().setName("no-such-project").build());

        assertThatThrownBy(() -> call.run(nowhere::identity)).isInstanceOfSatisfying(OaktreeException.class, error -> {
            assertThat(error.reason()).isEqualTo(ErrorReason.ERROR_REASON_UNKNOWN_PROJECT);
            assertThat(error).hasMessageContaining("no-such-project");
        });
    }
}
