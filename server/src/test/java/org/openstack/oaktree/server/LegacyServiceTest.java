package org.openstack.oaktree.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.DefaultInstances;
import org.openstack.oaktree.RpcService;
import org.openstack.oaktree.compute.v1.Flavor;
import org.openstack.oaktree.compute.v1.FlavorsOuterClass;
import org.openstack.oaktree.image.v1.Image;
import org.openstack.oaktree.image.v1.ImagesOuterClass;
import org.openstack.oaktree.network.v1.FloatingIp;
import org.openstack.oaktree.network.v1.FloatingIpStatus;
import org.openstack.oaktree.network.v1.FloatingIpsOuterClass;
import org.openstack.oaktree.network.v1.SecurityGroup;
import org.openstack.oaktree.network.v1.SecurityGroupRule;
import org.openstack.oaktree.network.v1.SecurityGroupRulesOuterClass;
import org.openstack.oaktree.network.v1.SecurityGroupsOuterClass;
import org.openstack.oaktree.server.legacy.LegacyService;
import org.openstack.oaktree.v1.Location;
import org.openstack.oaktree.v1.Query;
import org.openstack.oaktree.v1.Unreachable;

/** The API of 2016 as a client sees it that knows its paths and field numbers, and nothing else. */
class LegacyServiceTest {
    private static final int PROPERTIES = 99;

    @TempDir
    private Path folder;

    private final List<Message> asked = new CopyOnWriteArrayList<>();
    private final Map<String, List<? extends Message>> resources = new TreeMap<>();
    private final List<Unreachable> unreachable = new ArrayList<>();
    private RunningServer server;

    @BeforeEach
    void serve() throws IOException {
        List<RpcService> today = new ArrayList<>();
        for (FileDescriptor file : List.of(
                FlavorsOuterClass.getDescriptor(),
                ImagesOuterClass.getDescriptor(),
                FloatingIpsOuterClass.getDescriptor(),
                SecurityGroupsOuterClass.getDescriptor(),
                SecurityGroupRulesOuterClass.getDescriptor())) {
            ServiceDescriptor service = file.getServices().getFirst();
            today.add(new RpcService(
                    service,
                    service.getMethods().stream()
                            .map(method -> Waits.rpc(method, (request, responses) -> list(method, request, responses)))
                            .toList()));
        }
        server = RunningServer.start(folder, LegacyService.over(today));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Today's List: pages of two. */
    private void list(MethodDescriptor method, Message request, Consumer<? super Message> responses) {
        asked.add(request);
        Descriptor type = method.getOutputType();
        String token = (String) request.getField(method.getInputType().findFieldByNumber(4));
        int from = token.isEmpty() ? 0 : Integer.parseInt(token);
        List<? extends Message> all = resources.getOrDefault(method.getName(), List.of());
        int to = Math.min(from + 2, all.size());
        Message.Builder answer = DefaultInstances.of(type).newBuilderForType();
        for (Message resource : all.subList(from, to)) {
            answer.addRepeatedField(type.findFieldByNumber(1), resource);
        }
        answer.setField(type.findFieldByNumber(2), to < all.size() ? Integer.toString(to) : "");
        for (Message place : unreachable) {
            answer.addRepeatedField(type.findFieldByNumber(4), place);
        }
        responses.accept(answer.build());
    }

    private UnknownFieldSet call(String rpc, byte[] filter) throws IOException {
        io.grpc.MethodDescriptor.Marshaller<byte[]> bytes = new io.grpc.MethodDescriptor.Marshaller<>() {
            @Override
            public InputStream stream(byte[] value) {
                return new ByteArrayInputStream(value);
            }

            @Override
            public byte[] parse(InputStream stream) {
                try {
                    return stream.readAllBytes();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
        return UnknownFieldSet.parseFrom(ClientCalls.blockingUnaryCall(
                server.client(),
                io.grpc.MethodDescriptor.newBuilder(bytes, bytes)
                        .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName("oaktree.Oaktree/" + rpc)
                        .build(),
                RunningServer.patience(),
                filter));
    }

    // A Filter is 1 location {1 cloud, 2 region}, 2 name_or_id, 3 jmespath, 4 filter {1 key, 2 value}.
    private static byte[] filter(String cloud, String nameOrId, String jmespath, Map<String, String> fields)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        if (!cloud.isEmpty()) {
            out.writeByteArray(1, strings(Map.of(1, cloud, 2, "ca")));
        }
        out.writeString(2, nameOrId);
        out.writeString(3, jmespath);
        for (Map.Entry<String, String> field : fields.entrySet()) {
            out.writeByteArray(4, strings(Map.of(1, field.getKey(), 2, field.getValue())));
        }
        out.flush();
        return bytes.toByteArray();
    }

    private static byte[] strings(Map<Integer, String> fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        for (Map.Entry<Integer, String> field : fields.entrySet()) {
            out.writeString(field.getKey(), field.getValue());
        }
        out.flush();
        return bytes.toByteArray();
    }

    private static byte[] everything() throws IOException {
        return filter("", "", "", Map.of());
    }

    private static String text(UnknownFieldSet message, int number) {
        List<ByteString> values = message.getField(number).getLengthDelimitedList();
        return values.isEmpty() ? "" : values.getFirst().toStringUtf8();
    }

    private static long integer(UnknownFieldSet message, int number) {
        List<Long> values = message.getField(number).getVarintList();
        return values.isEmpty() ? 0 : values.getFirst();
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet message, int number) throws IOException {
        List<UnknownFieldSet> messages = new ArrayList<>();
        for (ByteString bytes : message.getField(number).getLengthDelimitedList()) {
            messages.add(UnknownFieldSet.parseFrom(bytes));
        }
        return messages;
    }

    private static UnknownFieldSet message(UnknownFieldSet message, int number) throws IOException {
        return messages(message, number).getFirst();
    }

    private static Map<String, String> properties(UnknownFieldSet message) throws IOException {
        Map<String, String> properties = new TreeMap<>();
        for (UnknownFieldSet entry : messages(message, PROPERTIES)) {
            properties.put(text(entry, 1), text(entry, 2));
        }
        return properties;
    }

    private static List<String> ids(UnknownFieldSet list) throws IOException {
        return messages(list, 1).stream().map(resource -> text(resource, 2)).toList();
    }

    private static Location place() {
        return Location.newBuilder()
                .setCloud("vexx")
                .setRegion("ca")
                .setProject(Location.Project.newBuilder()
                        .setId("p1")
                        .setName("demo")
                        .setDomainName("Default"))
                .build();
    }

    private static Value value(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Flavor flavor(int number) {
        return Flavor.newBuilder()
                .setLocation(place())
                .setId("f" + number)
                .setName("m1." + number)
                .setIsPublic(true)
                .setIsDisabled(true)
                .setRamMib(512 * number)
                .setVcpus(2)
                .setDiskGib(10)
                .setEphemeralGib(3)
                .setSwapMib(4)
                .setRxtxFactor(1.5)
                .setDescription("small")
                .putExtraSpecs("hw:cpu_policy", "dedicated")
                .setProperties(Struct.newBuilder()
                        .putFields("OS-X:colour", value("red"))
                        .putFields(
                                "weight", Value.newBuilder().setNumberValue(3).build()))
                .build();
    }

    @Test
    void flavors() throws Exception {
        resources.put("ListFlavors", List.of(flavor(1), flavor(2), flavor(3)));

        UnknownFieldSet list = call("ListFlavors", everything());
        assertThat(ids(list)).containsExactly("f1", "f2", "f3");
        UnknownFieldSet flavor = messages(list, 1).getFirst();
        assertThat(text(flavor, 3)).isEqualTo("m1.1");
        assertThat(integer(flavor, 4)).as("is_public").isEqualTo(1);
        assertThat(integer(flavor, 5)).as("disabled").isEqualTo(1);
        assertThat(integer(flavor, 6)).as("ram").isEqualTo(512);
        assertThat(integer(flavor, 7)).as("vcpus").isEqualTo(2);
        assertThat(integer(flavor, 8)).as("disk").isEqualTo(10);
        assertThat(integer(flavor, 9)).as("ephemeral").isEqualTo(3);
        assertThat(integer(flavor, 10)).as("swap").isEqualTo(4);
        assertThat(Float.intBitsToFloat(flavor.getField(11).getFixed32List().getFirst()))
                .as("rxtx_factor")
                .isEqualTo(1.5f);
        assertThat(properties(flavor))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "OS-X:colour", "red",
                        "weight", "3",
                        "description", "small",
                        "extra_specs", "{\"hw:cpu_policy\":\"dedicated\"}"));
        UnknownFieldSet location = message(flavor, 1);
        assertThat(text(location, 1)).isEqualTo("vexx");
        assertThat(text(location, 2)).isEqualTo("ca");
        UnknownFieldSet project = message(location, 4);
        assertThat(text(project, 1)).isEqualTo("p1");
        assertThat(project.hasField(2))
                .as("of ID and name there is room for one")
                .isFalse();
        assertThat(text(project, 4)).isEqualTo("Default");

        resources.put("ListFlavors", List.of(flavor(2)));
        assertThat(text(call("GetFlavor", everything()), 2)).isEqualTo("f2");
    }

    @Test
    void placeAndNameGoToTodaysList() throws Exception {
        resources.put("ListFlavors", List.of(flavor(1)));
        call("GetFlavor", filter("vexx", "m1.*", "", Map.of()));
        Message request = asked.getFirst();
        Descriptor type = request.getDescriptorForType();
        assertThat(request.getField(type.findFieldByName("location")))
                .isEqualTo(
                        Location.newBuilder().setCloud("vexx").setRegion("ca").build());
        assertThat(request.getField(type.findFieldByName("query")))
                .isEqualTo(Query.newBuilder().setNameOrId("m1.*").build());
    }

    @Test
    void filtersSpeakTheNamesOf2016() throws Exception {
        resources.put("ListFlavors", List.of(flavor(1), flavor(2), flavor(3)));
        assertThat(ids(call("ListFlavors", filter("", "", "[?ram > `512` && disabled]", Map.of()))))
                .containsExactly("f2", "f3");
        assertThat(ids(call("ListFlavors", filter("", "", "[?properties.weight == '3'] | [?ram < `1000`]", Map.of()))))
                .containsExactly("f1");
        assertThat(ids(call("ListFlavors", filter("", "", "", Map.of("ram", "1024", "is_public", "True")))))
                .containsExactly("f2");
        assertThat(text(call("GetFlavor", filter("", "", "", Map.of("name", "m1.3"))), 2))
                .isEqualTo("f3");
        for (byte[] wrong : List.of(
                filter("", "", "[?", Map.of()),
                filter("", "", "[?ram_mib > `1`]", Map.of()),
                filter("", "", "", Map.of("ram", "much")),
                filter("", "", "", Map.of("is_public", "perhaps")),
                filter("", "", "", Map.of("colour", "red")))) {
            Failure failure = Failure.of(() -> call("ListFlavors", wrong));
            assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(failure.reason()).isEqualTo("oaktree/INVALID_FIELD");
        }
    }

    @Test
    void getIsTheOneMatch() throws Exception {
        resources.put("ListFlavors", List.of(flavor(1), flavor(2), flavor(3)));
        Failure several = Failure.of(() -> call("GetFlavor", everything()));
        assertThat(several.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(several.reason()).isEqualTo("oaktree/AMBIGUOUS_NAME");
        Failure none = Failure.of(() -> call("GetFlavor", filter("", "", "", Map.of("name", "m9"))));
        assertThat(none.code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(none.reason()).isEqualTo("oaktree/RESOURCE_NOT_FOUND");
    }

    @Test
    void aListThatCannotBeWholeFails() throws Exception {
        resources.put("ListFlavors", List.of(flavor(1)));
        unreachable.add(Unreachable.newBuilder()
                .setLocation(place())
                .setCode(14)
                .setReason("CLOUD_UNREACHABLE")
                .setMessage("Cloud vexx does not answer.")
                .build());
        Failure failure = Failure.of(() -> call("ListFlavors", everything()));
        assertThat(failure.code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(failure.message()).isEqualTo("Cloud vexx does not answer.");
    }

    @Test
    void floatingIps() throws Exception {
        FloatingIp up = FloatingIp.newBuilder()
                .setLocation(place())
                .setId("ip1")
                .setIsAttached(true)
                .setFixedIpAddress("10.0.0.2")
                .setFloatingIpAddress("203.0.113.9")
                .setNetworkId("net")
                .setPortId("port")
                .setRouterId("router")
                .setStatus(FloatingIpStatus.FLOATING_IP_STATUS_ACTIVE)
                .setStatusText("ACTIVE")
                .build();
        FloatingIp down = up.toBuilder().setId("ip2").setStatusText("DOWN").build();
        FloatingIp broken = up.toBuilder().setId("ip3").setStatusText("ERROR").build();
        FloatingIp odd = up.toBuilder().setId("ip4").setStatusText("MELTING").build();
        resources.put("ListFloatingIps", List.of(up, down, broken, odd));

        UnknownFieldSet list = call("ListFloatingIPs", everything());
        assertThat(ids(list)).containsExactly("ip1", "ip2", "ip3", "ip4");
        UnknownFieldSet first = messages(list, 1).getFirst();
        assertThat(integer(first, 3)).as("is_attached").isEqualTo(1);
        assertThat(text(first, 4)).as("fixed_ip_address").isEqualTo("10.0.0.2");
        assertThat(text(first, 5)).as("floating_ip_address").isEqualTo("203.0.113.9");
        assertThat(text(first, 6)).as("network").isEqualTo("net");
        assertThat(text(first, 7)).as("port").isEqualTo("port");
        assertThat(properties(first)).isEqualTo(Map.of("router_id", "router"));
        assertThat(messages(list, 1)).extracting(ip -> integer(ip, 8)).containsExactly(0L, 1L, 2L, 0L);
        UnknownFieldSet last = messages(list, 1).getLast();
        assertThat(last.hasField(8)).as("a status that cannot be said").isFalse();
        assertThat(properties(last)).containsEntry("status", "MELTING");
        assertThat(ids(call("ListFloatingIPs", filter("", "", "[?status=='down']", Map.of()))))
                .containsExactly("ip2");
        assertThat(text(call("GetFloatingIP", filter("", "", "", Map.of("id", "ip3"))), 2))
                .isEqualTo("ip3");
    }

    @Test
    void images() throws Exception {
        Image image = Image.newBuilder()
                .setLocation(place())
                .setId("i1")
                .setName("debian")
                .setMinRamMib(1)
                .setMinDiskGib(2)
                .setSizeBytes(3_000_000_000L)
                .setVirtualSizeBytes(4_000_000_000L)
                .setContainerFormat("ovf")
                .setDiskFormat("vmdk")
                .setChecksum("c0ffee")
                .setCreatedAt(Timestamps.fromSeconds(1_500_000_000))
                .setUpdatedAt(Timestamps.fromSeconds(1_600_000_000))
                .setVisibility("public")
                .setIsProtected(true)
                .setStatusText("deactivated")
                .addTags("a")
                .addTags("b")
                .setProperties(Struct.newBuilder()
                        .putFields("os_distro", value("debian"))
                        .putFields("direct_url", value("rbd://x")))
                .build();
        Image odd = Image.newBuilder()
                .setId("i2")
                .setStatusText("importing")
                .setDiskFormat("ploop")
                .setVisibility("shared")
                .build();
        resources.put("ListImages", List.of(image, odd));

        UnknownFieldSet list = call("ListImages", everything());
        UnknownFieldSet first = messages(list, 1).getFirst();
        assertThat(text(first, 3)).isEqualTo("debian");
        assertThat(integer(first, 4)).as("min_ram").isEqualTo(1);
        assertThat(integer(first, 5)).as("min_disk").isEqualTo(2);
        assertThat(integer(first, 6)).as("size").isEqualTo(3_000_000_000L);
        assertThat(integer(first, 7)).as("virtual_size").isEqualTo(4_000_000_000L);
        assertThat(integer(first, 8)).as("container_format ovf").isEqualTo(2);
        assertThat(integer(first, 9)).as("disk_format vmdk").isEqualTo(4);
        assertThat(text(first, 10)).as("checksum").isEqualTo("c0ffee");
        assertThat(text(first, 11)).as("created_at").isEqualTo("2017-07-14T02:40:00Z");
        assertThat(text(first, 12)).as("updated_at").isEqualTo("2020-09-13T12:26:40Z");
        assertThat(text(first, 13)).as("owner").isEqualTo("p1");
        assertThat(integer(first, 14)).as("is_public").isEqualTo(1);
        assertThat(integer(first, 15)).as("is_protected").isEqualTo(1);
        assertThat(integer(first, 16)).as("status deactivated").isEqualTo(6);
        assertThat(text(first, 18)).as("direct_url").isEqualTo("rbd://x");
        assertThat(first.getField(19).getLengthDelimitedList())
                .as("tags")
                .containsExactly(ByteString.copyFromUtf8("a"), ByteString.copyFromUtf8("b"));
        assertThat(properties(first)).isEqualTo(Map.of("os_distro", "debian", "visibility", "public"));

        UnknownFieldSet second = messages(list, 1).getLast();
        assertThat(second.hasField(16)).isFalse();
        assertThat(properties(second))
                .isEqualTo(Map.of("status", "importing", "disk_format", "ploop", "visibility", "shared"));
        assertThat(text(call("GetImage", filter("", "", "[?is_public]", Map.of())), 2))
                .isEqualTo("i1");
    }

    @Test
    void securityGroupsAndRules() throws Exception {
        SecurityGroupRule in = SecurityGroupRule.newBuilder()
                .setLocation(place())
                .setId("r1")
                .setSecurityGroupId("g1")
                .setDirection("ingress")
                .setEthertype("IPv4")
                .setProtocol("tcp")
                .setPortRangeMin(22)
                .setPortRangeMax(23)
                .setRemoteIpPrefix("10.0.0.0/8")
                .setRemoteGroupId("g2")
                .setDescription("ssh")
                .build();
        SecurityGroupRule out =
                in.toBuilder().setId("r2").setDirection("egress").build();
        resources.put("ListSecurityGroupRules", List.of(in, out));
        resources.put(
                "ListSecurityGroups",
                List.of(SecurityGroup.newBuilder()
                        .setLocation(place())
                        .setId("g1")
                        .setName("web")
                        .setDescription("for web")
                        .addRules(in)
                        .addRules(out)
                        .setIsStateful(true)
                        .build()));

        UnknownFieldSet group = call("GetSecurityGroup", filter("", "web", "", Map.of()));
        assertThat(text(group, 2)).isEqualTo("g1");
        assertThat(text(group, 3)).isEqualTo("web");
        assertThat(text(group, 4)).isEqualTo("for web");
        assertThat(properties(group)).isEqualTo(Map.of("is_stateful", "true"));
        assertThat(ids(call("ListSecurityGroups", everything()))).containsExactly("g1");

        UnknownFieldSet rules = call("ListSecurityGroupRules", everything());
        assertThat(ids(rules)).containsExactly("r1", "r2");
        for (UnknownFieldSet rule :
                List.of(messages(group, 5).getFirst(), messages(rules, 1).getFirst())) {
            assertThat(text(rule, 2)).isEqualTo("r1");
            assertThat(integer(rule, 3)).as("ingress").isZero();
            assertThat(text(rule, 4)).as("ethertype").isEqualTo("IPv4");
            assertThat(integer(rule, 5)).as("port_range_min").isEqualTo(22);
            assertThat(integer(rule, 6)).as("port_range_max").isEqualTo(23);
            assertThat(text(rule, 7)).as("protocol").isEqualTo("tcp");
            assertThat(text(rule, 8)).as("remote_ip_prefix").isEqualTo("10.0.0.0/8");
            assertThat(text(rule, 9)).as("security_group_id").isEqualTo("g1");
            assertThat(text(rule, 10)).as("remote_group_id").isEqualTo("g2");
            assertThat(properties(rule)).isEqualTo(Map.of("description", "ssh"));
        }
        UnknownFieldSet egress = call("GetSecurityGroupRule", filter("", "", "[?direction=='egress']", Map.of()));
        assertThat(text(egress, 2)).isEqualTo("r2");
        assertThat(integer(egress, 3)).isEqualTo(1);
    }
}
