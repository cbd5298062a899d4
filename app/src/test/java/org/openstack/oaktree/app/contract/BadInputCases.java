package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.blockstorage.v1.Volume;
import org.openstack.oaktree.compute.v1.CreateServerRequest;
import org.openstack.oaktree.compute.v1.DetachIpFromServerRequest;
import org.openstack.oaktree.compute.v1.Server;
import org.openstack.oaktree.compute.v1.SetServerMetadataRequest;
import org.openstack.oaktree.compute.v1.WaitForServerRequest;
import org.openstack.oaktree.compute.v1.WaitForServerResponse;
import org.openstack.oaktree.image.v1.CreateImageFromVolumeRequest;
import org.openstack.oaktree.image.v1.CreateImageSnapshotRequest;
import org.openstack.oaktree.legacy.OaktreeOuterClass;
import org.openstack.oaktree.rest.v1.Rest;
import org.openstack.oaktree.v1.Location;
import org.openstack.oaktree.v1.Query;

/**
 * Every answer to nonsense, sent to every call, is right, or a refusal with the right code and reason; and the cloud is as it was. A
 * subclass says which cloud that is.
 */
abstract class BadInputCases {
    private static final String OK = "OK";
    private static final String INVALID = "INVALID_ARGUMENT INVALID_FIELD";
    private static final String REFUSED = "INVALID_ARGUMENT REFUSED_BY_CLOUD";
    private static final String NO_CLOUD = "INVALID_ARGUMENT UNKNOWN_CLOUD";
    private static final String NO_REGION = "INVALID_ARGUMENT UNKNOWN_REGION";
    private static final String NO_PROJECT = "INVALID_ARGUMENT UNKNOWN_PROJECT";
    private static final String CONFLICT = "ABORTED CONFLICT";
    private static final String ABSENT = "NOT_FOUND RESOURCE_NOT_FOUND";
    private static final String SEVERAL = "FAILED_PRECONDITION AMBIGUOUS_NAME";
    private static final String FORBIDDEN = "PERMISSION_DENIED FORBIDDEN_BY_POLICY";

    private static final String PUBLIC_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJX8kl0h4WzV0WmRUxGEYTQ4mGOg1Ixz9Gq1dHmJYd3P test";
    private static final int SECONDS = 300;
    private static final Set<FieldDescriptor.JavaType> NUMBERS = Set.of(
            FieldDescriptor.JavaType.INT,
            FieldDescriptor.JavaType.LONG,
            FieldDescriptor.JavaType.ENUM,
            FieldDescriptor.JavaType.BOOLEAN);
    private static final long SEED = 20261122;

    /** What an ordinary request says, and would hide what is odd about another field: what is on no network cannot be on an odd one. */
    private static final Map<String, String> INSTEAD_OF =
            Map.of("networks", "no_networks", "nics", "no_networks", "boot_volume", "image");

    private final TestCloud cloud;
    private final int atOnce;
    private final String name = "bad-input-" + UUID.randomUUID().toString().substring(0, 8);
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    @TempDir
    private Path folder;

    /** So many calls at once. */
    BadInputCases(TestCloud cloud, int atOnce) {
        this.cloud = cloud;
        this.atOnce = atOnce;
    }

    @Test
    void nonsenseIsAnsweredWithAReasonAndChangesNothing() throws Exception {
        Path file = cloud.cloudsYaml(folder);
        try (cloud;
                StockApi admin = user("admin");
                StockApi demo = user("demo");
                StockApi demo2 = user("demo2");
                StockApi alt = user("alt");
                Belongings ofDemo = Belongings.ofProject(demo, name);
                Belongings ofDemo2 = Belongings.ofUser(demo2, name);
                Served served = new Served(file, folder)) {
            assertThat(ofDemo2.services()).isNotEmpty();
            Inventory before = Inventory.atRest(admin, List.of(demo, demo2, alt));
            send(served.client(), ofDemo);
            Inventory after = Inventory.of(admin, List.of(demo, demo2, alt));
            assertThat(before.differences(after))
                    .as("what changed in the cloud")
                    .isEmpty();
            System.out.printf(
                    "bad input: %s %d calls, %d requests, %d refused, each with the right reason; all %d resources of the cloud as before%n",
                    cloud.name(), methods().size(), sent.get(), refused.get(), before.size());
        }
    }

    private StockApi user(String user) throws IOException {
        return new StockApi(cloud.cloudsYaml(folder), folder, cloud.cloud(user));
    }

    private static List<MethodDescriptor> methods() {
        Stream<MethodDescriptor> legacy =
                OaktreeOuterClass.getDescriptor().findServiceByName("Oaktree").getMethods().stream();
        return Stream.concat(Client.calls().values().stream(), legacy)
                .sorted(Comparator.comparing(MethodDescriptor::getFullName))
                .toList();
    }

    /** First what makes nothing, then each Create for itself: nothing with an odd name is there for another call to find. */
    private void send(Client client, Belongings belongings) throws InterruptedException {
        Map<Boolean, List<MethodDescriptor>> methods =
                methods().stream().collect(Collectors.partitioningBy(BadInputCases::makes));
        List<Runnable> first = requests(client, belongings, Objects.requireNonNull(methods.get(false)));
        first.addAll(foreignTokens(client));
        List<List<Runnable>> batches = new ArrayList<>(List.of(first));
        for (MethodDescriptor create : Objects.requireNonNull(methods.get(true))) {
            batches.add(requests(client, belongings, List.of(create)));
        }
        for (List<Runnable> requests : batches) {
            // Not one call after the other: each would hit the same service with all its requests.
            Collections.shuffle(requests, new Random(SEED));
            AtOnce.run(requests, atOnce);
        }
    }

    private List<Runnable> requests(Client client, Belongings belongings, List<MethodDescriptor> methods) {
        List<Runnable> requests = new ArrayList<>();
        for (MethodDescriptor method : methods) {
            Message ordinary = ordinary(method, belongings);
            for (BadInput.Variant variant : variants(ordinary)) {
                Message request = orders(variant) ? ofNothing(variant.request()) : variant.request();
                requests.add(() -> expect(
                        right(method, variant),
                        method.getName() + " with " + variant,
                        () -> answer(client, method, request)));
            }
            unknownNames(method, ordinary)
                    .forEach(request -> requests.add(() -> expect(
                            Set.of(INVALID),
                            method.getName() + ": " + request,
                            () -> answer(client, method, request))));
            requests.addAll(bytes(client, method, ordinary));
        }
        return requests;
    }

    private static List<BadInput.Variant> variants(Message ordinary) {
        List<BadInput.Variant> variants = new ArrayList<>(BadInput.of(ordinary));
        Map<FieldDescriptor, Set<String>> without = new LinkedHashMap<>();
        INSTEAD_OF.forEach((odd, other) -> {
            FieldDescriptor field = ordinary.getDescriptorForType().findFieldByName(other);
            if (field != null && ordinary.getDescriptorForType().findFieldByName(odd) != null) {
                without.computeIfAbsent(field, any -> new HashSet<>()).add(odd);
            }
        });
        without.forEach((field, odd) -> {
            variants.removeIf(variant -> odd.contains(outermost(variant)));
            BadInput.of(ordinary.toBuilder().clearField(field).build()).stream()
                    .filter(variant -> odd.contains(outermost(variant)))
                    .forEach(variants::add);
        });
        return variants;
    }

    /** Whether it makes a call change what is there that otherwise would not. */
    private static boolean orders(BadInput.Variant variant) {
        return outermost(variant).equals("reach") && variant.request() instanceof WaitForServerRequest;
    }

    /** The request about what is not there. */
    private static Message ofNothing(Message request) {
        return request.toBuilder()
                .setField(request.getDescriptorForType().findFieldByNumber(2), "no-such-thing")
                .build();
    }

    private static String outermost(BadInput.Variant variant) {
        return variant.field().replaceFirst("\\..*", "");
    }

    /** Sends it and holds the outcome against what is right. */
    private void expect(Set<String> right, String what, Runnable request) {
        sent.incrementAndGet();
        String outcome = OK;
        String message = "";
        try {
            request.run();
        } catch (StatusRuntimeException failure) {
            refused.incrementAndGet();
            outcome = Client.reason(failure);
            message = failure.getMessage();
        }
        assertThat(outcome).as("%s: %s", what, message).isIn(right);
    }

    private void answer(Client client, MethodDescriptor method, Message request) {
        if (method.isServerStreaming()) {
            client.stream(method, request, SECONDS).forEachRemaining(message -> {});
            return;
        }
        Message answer = client.call(method, named(request), SECONDS);
        FieldDescriptor created = method.getOutputType().findFieldByName("created");
        if (created != null && answer.getField(created).equals(true)) {
            Message made = (Message) answer.getField(method.getOutputType().findFieldByNumber(1));
            List<String> volumes = request instanceof CreateServerRequest server && server.getBootFromVolume()
                    ? volumes(client, (Server) made)
                    : List.of();
            remove(client, method.getName().replaceFirst("Create|Acquire", ""), made);
            volumes.forEach(
                    id -> remove(client, "Volume", Volume.newBuilder().setId(id).build()));
        }
    }

    /** An ordinary name is for one request alone: another one's may be taken away while this one is answered. */
    private Message named(Message request) {
        FieldDescriptor field = request.getDescriptorForType().findFieldByName("name");
        if (field == null || !request.getField(field).toString().startsWith(name + "-")) {
            return request;
        }
        return request.toBuilder()
                .setField(field, name + "-" + UUID.randomUUID())
                .build();
    }

    /** The volumes that the cloud makes for a server, which would stay when it goes; it has them when it runs. */
    private List<String> volumes(Client client, Server made) {
        List<Server> states = new ArrayList<>();
        client.<WaitForServerResponse>stream(
                        "WaitForServer",
                        WaitForServerRequest.newBuilder()
                                .setLocation(Location.newBuilder().setCloud(cloud.cloud("demo")))
                                .setServer(made.getId())
                                .build(),
                        SECONDS)
                .forEachRemaining(state -> states.add(state.getServer()));
        return states.getLast().getVolumeIdsList();
    }

    /** Takes away what was made, and sees it go. */
    private void remove(Client client, String noun, Message made) {
        MethodDescriptor delete = Objects.requireNonNull(Client.calls().get("Delete" + noun));
        String id = Contract.text(made, "id");
        Message.Builder request = Client.empty(delete.getInputType()).toBuilder()
                .setField(
                        delete.getInputType().findFieldByName("location"),
                        Location.newBuilder().setCloud(cloud.cloud("demo")).build())
                .setField(delete.getInputType().findFieldByNumber(2), id.isEmpty() ? Contract.text(made, "name") : id);
        FieldDescriptor wait = delete.getInputType().findFieldByName("wait");
        if (wait != null) {
            request.setField(wait, true);
        }
        Message gone = client.call(delete, request.build(), SECONDS);
        assertThat(gone.getField(delete.getOutputType().findFieldByName("deleted")))
                .isEqualTo(true);
    }

    /**
     * A request that is answered: of something that is there, or to make something; only what is to be deleted or changed is not
     * there.
     */
    private Message ordinary(MethodDescriptor method, Belongings belongings) {
        return ordinary(Client.empty(method.getInputType()).toBuilder(), method, belongings);
    }

    private Message ordinary(Message.Builder request, MethodDescriptor method, Belongings belongings) {
        String service = method.getService().getName();
        for (FieldDescriptor field : request.getDescriptorForType().getFields()) {
            switch (field.getName()) {
                // The first message of a stream.
                case "spec" -> request.setField(field, ordinary(request.newBuilderForField(field), method, belongings));
                case "location" -> {
                    Message.Builder location = request.newBuilderForField(field);
                    location.setField(location.getDescriptorForType().findFieldByName("cloud"), cloud.cloud("demo"));
                    request.setField(field, location.build());
                }
                case "name" -> request.setField(field, name + "-" + UUID.randomUUID());
                case "public_key" -> request.setField(field, PUBLIC_KEY);
                case "image" ->
                    request.setField(field, isSubject(field) ? subject(method, service, belongings) : "tiny");
                case "flavor" -> request.setField(field, "m1.nano");
                case "no_networks" -> request.setField(field, true);
                case "keys" -> request.addRepeatedField(field, "team");
                case "metadata" -> {
                    if (isRequired(field, method)) {
                        request.setField(
                                field,
                                SetServerMetadataRequest.newBuilder()
                                        .putMetadata("team", "x")
                                        .build()
                                        .getField(field));
                    }
                }
                default -> {
                    if (isOrigin(field)) {
                        request.setField(field, "no-such-thing");
                    } else if (isSubject(field)) {
                        request.setField(field, subject(method, service, belongings));
                    }
                }
            }
        }
        return request.build();
    }

    /** Whether it names what else the call is about: of what something is made, or what is taken away; here it is not there. */
    private static boolean isOrigin(FieldDescriptor field) {
        return Set.of(
                        CreateImageSnapshotRequest.getDescriptor().getFullName() + ".server",
                        CreateImageFromVolumeRequest.getDescriptor().getFullName() + ".volume",
                        DetachIpFromServerRequest.getDescriptor().getFullName() + ".floating_ip")
                .contains(field.getFullName());
    }

    /** Whether a call that is about a server's metadata needs it. */
    private static boolean isRequired(FieldDescriptor field, MethodDescriptor method) {
        return field.isRepeated() && method.getName().endsWith("ServerMetadata");
    }

    /** Whether it says what the call is about. */
    private static boolean isSubject(FieldDescriptor field) {
        return field.getNumber() == 2
                && field.getJavaType() == FieldDescriptor.JavaType.STRING
                && !field.getName().equals("request_id");
    }

    private String subject(MethodDescriptor method, String service, Belongings belongings) {
        if (changes(method)) {
            return "no-such-thing";
        }
        if (service.equals("Oaktree")) {
            return "";
        }
        if (service.equals("Flavors")) {
            return "m1.nano";
        }
        return service.equals("SecurityGroupRules") ? belongings.id(service) : belongings.name(service);
    }

    /** Whether it changes something that is there. */
    private static boolean changes(MethodDescriptor method) {
        return !makes(method)
                && Stream.of("List", "Get", "WaitFor", "Download").noneMatch(method.getName()::startsWith);
    }

    /** Whether it may make something. */
    private static boolean makes(MethodDescriptor method) {
        return Stream.of("Create", "Acquire").anyMatch(method.getName()::startsWith);
    }

    /** Whether it is content with what is not there: it would have taken it away. */
    private static boolean deletes(MethodDescriptor method) {
        return method.getName().startsWith("Delete") && !method.getName().equals("DeleteServerMetadata");
    }

    /** What is answered when nothing is odd. */
    private static String ordinarily(MethodDescriptor method) {
        boolean needsWhatIsNotThere = (changes(method) && !deletes(method))
                || method.getInputType().getFields().stream().anyMatch(BadInputCases::isOrigin);
        return needsWhatIsNotThere ? ABSENT : OK;
    }

    /** What may be answered to it. */
    private static Set<String> right(MethodDescriptor method, BadInput.Variant variant) {
        boolean lists = method.getName().startsWith("List");
        boolean every = variant.value().equals("*") && lists;
        if (method.getService().getName().equals("Oaktree")) {
            return legacy(variant, lists);
        }
        if (orders(variant)) {
            return Set.of(ABSENT, INVALID);
        }
        boolean places = method.getName().equals("ListClouds");
        return switch (variant.field().replaceFirst("^spec\\.", "")) {
            case "location.cloud" -> Set.of(every ? OK : variant.value().equals("*") ? INVALID : NO_CLOUD);
            case "location.region" ->
                Set.of(places ? INVALID : every ? OK : variant.value().equals("*") ? INVALID : NO_REGION);
            case "location.zone" ->
                // A zone with a colon means a host, which is not for everybody to choose.
                method.getName().startsWith("Create")
                        ? Set.of(INVALID, REFUSED, FORBIDDEN)
                        : Set.of(lists && hasZones(method) ? OK : INVALID);
            case "location.project.id", "location.project.name" ->
                places ? Set.of(INVALID) : Set.of(NO_PROJECT, INVALID);
            case "location.project.domain_id",
                    "location.project.domain_name",
                    "query.jmespath",
                    "query.filter",
                    "page_token",
                    "max_age",
                    "timeout",
                    "update_mask",
                    "offset_bytes",
                    "chunk",
                    "size_bytes",
                    "md5",
                    "sha256",
                    "request_id" -> Set.of(INVALID);
            case "query.name_or_id" -> Set.of(tooLong(variant) ? INVALID : OK);
            case "page_size" -> Set.of((int) variant.value() < 0 ? INVALID : OK);
            case "bare", "wait", "with_extra_specs" -> Set.of(ordinarily(method));
            case "all_projects" -> Set.of(OK, FORBIDDEN);
            // Who may not choose is told so before the address is looked at.
            case "floating_ip_address" -> Set.of(FORBIDDEN, REFUSED);
            case "type", "public_key" -> Set.of(INVALID, REFUSED);
            case "properties" ->
                ordinarily(method).equals(OK) ? Set.of(INVALID, REFUSED) : Set.of(ABSENT, INVALID, REFUSED);
            default -> isSubject(variant.declared()) ? subject(method) : own(method, variant);
        };
    }

    /** Of a field that only this call has: what it points to is not there; about the rest the cloud decides. */
    private static Set<String> own(MethodDescriptor method, BadInput.Variant variant) {
        // What is chosen by its properties may not be there.
        return variant.pointsToResource() || method.getName().equals("GetFlavorByRam")
                ? Set.of(ABSENT, INVALID, REFUSED)
                : Set.of(ordinarily(method), INVALID, REFUSED);
    }

    private static boolean hasZones(MethodDescriptor method) {
        return !method.getService()
                .getOptions()
                .getExtension(Rest.resource)
                .getZone()
                .isEmpty();
    }

    private static Set<String> subject(MethodDescriptor method) {
        return deletes(method) ? Set.of(OK, INVALID) : Set.of(ABSENT, INVALID);
    }

    /** In 2016 a Get was a search that must find one. */
    private static Set<String> legacy(BadInput.Variant variant, boolean lists) {
        Set<String> found = lists ? Set.of(OK) : Set.of(OK, ABSENT, SEVERAL);
        return switch (variant.field()) {
            case "location.cloud" -> variant.value().equals("*") ? found : Set.of(NO_CLOUD);
            case "location.region" -> variant.value().equals("*") ? found : Set.of(NO_REGION);
            case "location.zone" -> union(found, INVALID);
            case "name_or_id" -> tooLong(variant) ? Set.of(INVALID) : found;
            case "jmespath", "filter.key" -> Set.of(INVALID);
            case "filter.value" -> found;
            default -> Set.of(NO_PROJECT, INVALID);
        };
    }

    private static Set<String> union(Set<String> outcomes, String more) {
        return Stream.concat(outcomes.stream(), Stream.of(more)).collect(Collectors.toSet());
    }

    private static boolean tooLong(BadInput.Variant variant) {
        return variant.value().toString().length() > 1024;
    }

    /** Queries that name what no resource has. */
    private static List<Message> unknownNames(MethodDescriptor method, Message ordinary) {
        FieldDescriptor query = method.getInputType().findFieldByName("query");
        if (query == null) {
            return List.of();
        }
        Value one = Value.newBuilder().setNumberValue(1).build();
        Struct inLocation = Struct.newBuilder().putFields("nosuch", one).build();
        return Stream.of(
                        Query.newBuilder().setFilter(Struct.newBuilder().putFields("nosuch", one)),
                        Query.newBuilder()
                                .setFilter(Struct.newBuilder()
                                        .putFields(
                                                "location",
                                                Value.newBuilder()
                                                        .setStructValue(inLocation)
                                                        .build())),
                        Query.newBuilder().setJmespath("[?nosuch == `1`]"),
                        Query.newBuilder().setJmespath("[?location.nosuch == `1`]"),
                        Query.newBuilder().setJmespath("[?unknown_function(id)]"),
                        Query.newBuilder().setJmespath("[].id"),
                        Query.newBuilder().setJmespath("length(@)"),
                        Query.newBuilder().setJmespath("[?id == 'x'" + " || id == 'x'".repeat(400) + "]"),
                        Query.newBuilder().setJmespath("(".repeat(4_000)))
                .<Message>map(wrong ->
                        ordinary.toBuilder().setField(query, wrong.build()).build())
                .toList();
    }

    /** Page tokens of another list, of the same list with another question, and broken ones. */
    private List<Runnable> foreignTokens(Client client) {
        List<Runnable> requests = new ArrayList<>();
        String another = token(client, "ListFlavors", "");
        for (MethodDescriptor list : Contract.lists().toList()) {
            String own = token(client, list.getName(), "*");
            for (String wrong : List.of(
                    list.getName().equals("ListFlavors") ? token(client, "ListImages", "") : another,
                    own,
                    another.substring(1),
                    another + "A",
                    swapped(another),
                    "A".repeat(another.length()))) {
                if (!wrong.isEmpty()) {
                    Message request = Contract.with(page(list, ""), "page_token", wrong);
                    requests.add(() -> expect(
                            Set.of(INVALID),
                            list.getName() + " with token " + wrong,
                            () -> client.call(list.getName(), request, SECONDS)));
                }
            }
        }
        return requests;
    }

    /** The token with one character in its middle changed. */
    private static String swapped(String token) {
        int middle = token.length() / 2;
        char other = token.charAt(middle) == 'A' ? 'B' : 'A';
        return token.substring(0, middle) + other + token.substring(middle + 1);
    }

    /** First of pages of one; of those whose name matches the pattern, if there is one. */
    private Message page(MethodDescriptor list, String pattern) {
        Message request = Contract.with(
                Client.empty(list.getInputType()),
                "location",
                Location.newBuilder().setCloud(cloud.cloud("demo")).build());
        return Contract.with(
                Contract.with(
                        request,
                        "query",
                        Query.newBuilder().setNameOrId(pattern).build()),
                "page_size",
                1);
    }

    private String token(Client client, String list, String pattern) {
        MethodDescriptor method = Objects.requireNonNull(Client.calls().get(list));
        return Contract.text(client.call(list, page(method, pattern), SECONDS), "next_page_token");
    }

    /** Bytes that are no message of the type, or one whose fields have other types than they should. */
    private List<Runnable> bytes(Client client, MethodDescriptor method, Message ordinary) {
        String path = method.getService().getFullName() + "/" + method.getName();
        List<Runnable> requests = new ArrayList<>();
        Map<String, byte[]> unreadable = Map.of(
                "a length beyond the end", new byte[] {0x0a, 0x7f, 1},
                "a number without end", new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff},
                "field number 0", new byte[] {0, 0},
                "an end without a begin", new byte[] {0x0c},
                "wire type 7", new byte[] {0x0f},
                "a location that is none", new byte[] {0x0a, 2, 0x0a, 0x7f},
                "half a message", Arrays.copyOf(ordinary.toByteArray(), ordinary.getSerializedSize() - 1),
                "HTML", "<html>hello</html>".getBytes(StandardCharsets.UTF_8),
                "text that is not UTF-8", new byte[] {0x0a, 4, 0x0a, 2, (byte) 0xc3, 0x28});
        unreadable.forEach((what, bytes) -> requests.add(
                () -> expect(Set.of(INVALID), method.getName() + " with " + what, () -> client.call(path, bytes))));
        for (FieldDescriptor field : method.getInputType().getFields()) {
            // Protobuf takes a field of another wire type for one that it does not know: the request is as if it were
            // not there.
            UnknownFieldSet.Field wrong = NUMBERS.contains(field.getJavaType())
                    ? UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(ByteString.copyFromUtf8("no number"))
                            .build()
                    : UnknownFieldSet.Field.newBuilder().addVarint(5).build();
            Message request = ordinary.toBuilder()
                    .clearField(field)
                    .setUnknownFields(UnknownFieldSet.newBuilder()
                            .addField(field.getNumber(), wrong)
                            .build())
                    .build();
            requests.add(() -> expect(
                    withoutField(field, method),
                    method.getName() + " with a wrong type of " + field.getName(),
                    () -> answer(client, method, request)));
        }
        return requests;
    }

    /** What may be answered to an ordinary request that lacks the field. */
    private static Set<String> withoutField(FieldDescriptor field, MethodDescriptor method) {
        return switch (field.getName()) {
            // Several clouds are configured, and none is the default.
            case "location" -> Set.of(method.getName().equals("ListClouds") ? OK : NO_CLOUD);
            case "name", "image", "flavor", "spec" ->
                Set.of(method.getName().startsWith("Update") && field.getNumber() >= 10 ? ABSENT : INVALID);
            case "request_id" -> Set.of(ordinarily(method));
            case "keys", "metadata" -> Set.of(isRequired(field, method) ? INVALID : ordinarily(method));
            // Several networks could be meant.
            case "no_networks" -> Set.of(CONFLICT);
            case "name_or_id", "jmespath", "filter" ->
                method.getName().startsWith("List") ? Set.of(OK) : Set.of(OK, SEVERAL);
            default -> isSubject(field) || isOrigin(field) ? Set.of(INVALID) : Set.of(ordinarily(method));
        };
    }
}
