package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.resource.Api;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;

/**
 * A resource that is there by a proto file and recorded answers alone, {@code core/src/test/proto}, works through the whole path. Not
 * even generated Java knows it: requests are written as text, answers are read by the names of their fields.
 */
class AddedResourceTest {
    private static final Path DESCRIPTORS = Path.of("../core/target/example.binpb");
    private static final int SECONDS = 60;

    private final Api api = api();
    private final ServiceDescriptor service = api.services().stream()
            .filter(candidate -> candidate.getFullName().equals("oaktree.example.v1.VolumeTypes"))
            .findFirst()
            .orElseThrow();

    private static Api api() {
        try (InputStream descriptors = Files.newInputStream(DESCRIPTORS)) {
            return Api.load().with(descriptors);
        } catch (IOException e) {
            throw new IllegalStateException("core's test descriptors are not built: mvn -pl core test-compile", e);
        }
    }

    @Test
    void worksOnTheSimulatedCloud(@TempDir Path folder) throws IOException {
        try (SimCloud cloud = SimCloud.start(SimOptions.defaults())) {
            Path file = Files.writeString(folder.resolve("clouds.yaml"), cloud.cloudsYaml());
            try (Served served = new Served(api, file, folder)) {
                new Life(served.client(), "simcloud-admin", "simcloud").run();
            }
        }
        say("simcloud");
    }

    @Test
    @Tag("real")
    void worksOnARealCloud(@TempDir Path folder) throws IOException {
        Path file = Path.of(Objects.requireNonNull(System.getProperty("oaktree.test.clouds"), "oaktree.test.clouds"));
        try (Served served = new Served(api, file, folder)) {
            new Life(served.client(), "admin", "demo").run();
        }
        say("a real cloud");
    }

    private static void say(String where) {
        System.out.println("table: a resource by proto and golden JSON alone: list, get, create, delete on " + where);
    }

    /** The life of one resource, as the administrator of a cloud and another user of it see it. */
    private final class Life {
        private final Client client;
        private final String admin;
        private final String user;
        private final String name = "example-" + UUID.randomUUID().toString().substring(0, 8);

        Life(Client client, String admin, String user) {
            this.client = client;
            this.admin = admin;
            this.user = user;
        }

        void run() {
            List<Object> before = list(admin, "");
            assertThat(before).contains("__DEFAULT__").doesNotContain(name);
            String id = "";
            try {
                id = create();
                isFound(id);
                isListed(before);
                isMadeOnce(id);
            } finally {
                Message deleted = call("DeleteVolumeType", admin, "volume_type: '" + name + "'");
                assertThat(field(deleted, "deleted")).isEqualTo(true);
                assertThat(field(deleted, "id")).isEqualTo(id);
            }
            assertThat(list(admin, "")).isEqualTo(before);
            assertThat(field(call("DeleteVolumeType", admin, "volume_type: '" + name + "'"), "deleted"))
                    .isEqualTo(false);
            fails("NOT_FOUND RESOURCE_NOT_FOUND", "GetVolumeType", admin, "volume_type: '" + name + "'");
        }

        private String declaration(String description) {
            return "name: '" + name + "' description: '" + description + "' is_public: false"
                    + " extra_specs { key: 'volume_backend_name' value: 'first' }"
                    + " extra_specs { key: 'multiattach' value: '<is> True' }";
        }

        private String create() {
            Message made = call("CreateVolumeType", admin, declaration("Flash"));
            assertThat(field(made, "created")).isEqualTo(true);
            Message type = (Message) field(made, "volume_type");
            assertThat(field((Message) field(type, "location"), "cloud")).isEqualTo(admin);
            assertThat(field(type, "name")).isEqualTo(name);
            assertThat(field(type, "description")).isEqualTo("Flash");
            assertThat(field(type, "is_public")).isEqualTo(false);
            assertThat((List<?>) field(type, "extra_specs")).hasSize(2);
            assertThat(type.hasField(descriptor(type, "properties"))).isFalse();
            return field(type, "id").toString();
        }

        private void isFound(String id) {
            Object byId = field(call("GetVolumeType", admin, "volume_type: '" + id + "'"), "volume_type");
            Object byName =
                    field(call("GetVolumeType", admin, "volume_type: '" + name + "' max_age {}"), "volume_type");
            assertThat(byName).isEqualTo(byId);
            assertThat(field((Message) byName, "id")).isEqualTo(id);
            fails("NOT_FOUND RESOURCE_NOT_FOUND", "GetVolumeType", user, "volume_type: '" + id + "'");
        }

        private void isListed(List<Object> before) {
            assertThat(list(admin, "")).containsAll(before).contains(name).hasSize(before.size() + 1);
            assertThat(list(user, "")).doesNotContain(name);
            assertThat(list(
                            admin,
                            "query { name_or_id: 'example-*' filter { fields { key: 'description' value {"
                                    + " string_value: 'Flash' } } } }"))
                    .contains(name)
                    .doesNotContain("__DEFAULT__");
            assertThat(list(admin, "query { jmespath: \"[?!is_public && name == '" + name + "']\" }"))
                    .containsExactly(name);
            List<Object> paged = new ArrayList<>();
            String token = "";
            do {
                Message page = call("ListVolumeTypes", admin, "page_size: 2 page_token: '" + token + "'");
                paged.addAll(names(page));
                token = field(page, "next_page_token").toString();
            } while (!token.isEmpty());
            assertThat(paged).isEqualTo(list(admin, ""));
        }

        private void isMadeOnce(String id) {
            Message again = call("CreateVolumeType", admin, declaration("Flash"));
            assertThat(field(again, "created")).isEqualTo(false);
            assertThat(field((Message) field(again, "volume_type"), "id")).isEqualTo(id);
            fails("ALREADY_EXISTS RESOURCE_EXISTS", "CreateVolumeType", admin, declaration("Slow"));
            fails("PERMISSION_DENIED FORBIDDEN_BY_POLICY", "CreateVolumeType", user, "name: '" + name + "-2'");
        }

        private List<Object> list(String cloud, String request) {
            return names(call("ListVolumeTypes", cloud, request));
        }

        private List<Object> names(Message page) {
            return ((List<?>) field(page, "volume_types"))
                    .stream().map(type -> field((Message) type, "name")).toList();
        }

        private void fails(String reason, String method, String cloud, String request) {
            assertThatThrownBy(() -> call(method, cloud, request))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            failure -> assertThat(Client.reason(failure)).isEqualTo(reason));
        }

        private Message call(String name, String cloud, String request) {
            MethodDescriptor method = Objects.requireNonNull(service.findMethodByName(name));
            Message.Builder built = api.prototype(method.getInputType()).newBuilderForType();
            try {
                TextFormat.merge("location { cloud: '" + cloud + "' } " + request, built);
            } catch (TextFormat.ParseException e) {
                throw new IllegalArgumentException(request, e);
            }
            return client.call(method, built.build(), SECONDS);
        }

        private static FieldDescriptor descriptor(Message message, String name) {
            return Objects.requireNonNull(message.getDescriptorForType().findFieldByName(name), name);
        }

        private static Object field(Message message, String name) {
            return message.getField(descriptor(message, name));
        }
    }
}
