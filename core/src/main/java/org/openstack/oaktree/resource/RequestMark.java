package org.openstack.oaktree.resource;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.resource.json.JsonPath;
import org.openstack.oaktree.resource.json.Options;
import org.openstack.oaktree.rest.Param;
import org.openstack.oaktree.v1.ErrorReason;

/**
 * The request_id of a Create, written by its POST into the resource itself, so that every oaktree finds it again: as tags, by which
 * the cloud filters lists, where it knows tags for new resources, else as two entries of a map, or as {@link Signature} of a text. A hash of
 * the request goes with it.
 */
final class RequestMark {
    static final String ID = "oaktree_request_id";
    static final String HASH = "oaktree_request_hash";
    private static final int HASH_BYTES = 8;

    private final ResourceType type;
    private final FieldDescriptor place;
    private final String id;
    private final String hash;

    private RequestMark(ResourceType type, FieldDescriptor place, String id, String hash) {
        this.type = type;
        this.place = place;
        this.id = id;
        this.hash = hash;
    }

    /** The mark of a request with an ID, in the first of the declared places that the cloud knows. */
    static RequestMark of(ResourceType type, Draft draft, Message request) {
        return new RequestMark(type, place(type, draft, request), Requests.requestId(request), hash(request));
    }

    /** Marks what a request without an ID makes as oaktree's own, where the place for the ID is a text. */
    static void sign(ResourceType type, Draft draft, Message request) {
        FieldDescriptor place = place(type, draft, request);
        if (!place.isRepeated()) {
            new RequestMark(type, place, "", "").write(draft.members());
        }
    }

    /** The field of the resource with the mark: the first of the declared places that the cloud knows. */
    private static FieldDescriptor place(ResourceType type, Draft draft, Message request) {
        for (JsonPath path : JsonPath.alternatives(type.options().getRequestId().getPlace())) {
            if (draft.knows(field(request, path.member()))) {
                return field(type.prototype(), path.member());
            }
        }
        throw new IllegalStateException(type.message() + " has no place for a request_id");
    }

    private static FieldDescriptor field(Message message, String member) {
        return message.getDescriptorForType().getFields().stream()
                .filter(field -> Options.paths(field).stream()
                        .anyMatch(path -> path.member().equals(member)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        message.getDescriptorForType().getFullName() + " has no field for " + member));
    }

    /** Whatever a repeat may do otherwise is left out: how long it waits. */
    static String hash(Message request) {
        Message.Builder essence = request.toBuilder();
        for (int number : List.of(2, 4, 5)) {
            FieldDescriptor field = request.getDescriptorForType().findFieldByNumber(number);
            if (field != null) {
                essence.clearField(field);
            }
        }
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.useDeterministicSerialization();
            essence.build().writeTo(out);
            out.flush();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String member() {
        return Options.paths(place).getFirst().member();
    }

    private boolean isTag() {
        return place.isRepeated() && !place.isMapField();
    }

    private boolean isText() {
        return !place.isRepeated();
    }

    /** Adds the mark to the members of the resource. */
    @SuppressWarnings("unchecked") // The declared place is a text, a list of texts or a map.
    void write(Map<String, @Nullable Object> members) {
        if (isText()) {
            String text = Objects.toString(members.get(member()), "");
            members.put(member(), Signature.of(id, hash).below(text));
        } else if (isTag()) {
            List<Object> tags =
                    new ArrayList<>((List<Object>) Objects.requireNonNullElse(members.get(member()), List.of()));
            tags.add(tag(ID, id));
            tags.add(tag(HASH, hash));
            members.put(member(), tags);
        } else {
            Map<String, Object> entries = new LinkedHashMap<>(
                    (Map<String, Object>) Objects.requireNonNullElse(members.get(member()), Map.of()));
            entries.put(ID, id);
            entries.put(HASH, hash);
            members.put(member(), entries);
        }
    }

    private static String tag(String name, String value) {
        return name + ":" + value;
    }

    /**
     * The resource that an earlier call with this ID made, as the cloud knows it now, or null. One list.
     *
     * @throws OaktreeException REQUEST_ID_REUSED when that call asked for something else
     */
    @Nullable
    Message earlier(Cloud cloud, Lists lists) {
        List<Param> narrowed = isTag() ? List.of(new Param(member(), tag(ID, id))) : List.of();
        for (Message resource : lists.get(cloud, type, narrowed, Instant.now()).resources()) {
            if (id.equals(read(resource, ID))) {
                if (!hash.equals(read(resource, HASH))) {
                    throw reused(cloud, type, id, type.id(resource));
                }
                return resource;
            }
        }
        return null;
    }

    private @Nullable String read(Message resource, String name) {
        if (isText()) {
            Optional<Signature> signature =
                    Signature.read(resource.getField(place).toString());
            return signature
                    .map(name.equals(ID) ? Signature::id : Signature::hash)
                    .orElse(null);
        }
        for (int i = 0; i < resource.getRepeatedFieldCount(place); i++) {
            Object element = resource.getRepeatedField(place, i);
            if (element instanceof Message entry) {
                FieldDescriptor key = entry.getDescriptorForType().findFieldByNumber(1);
                FieldDescriptor value = entry.getDescriptorForType().findFieldByNumber(2);
                if (name.equals(entry.getField(key))) {
                    return entry.getField(value).toString();
                }
            } else if (element.toString().startsWith(name + ":")) {
                return element.toString().substring(name.length() + 1);
            }
        }
        return null;
    }

    static OaktreeException reused(Cloud cloud, ResourceType type, String requestId, String resourceId) {
        return type.error(
                        cloud,
                        ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
                        "request_id `" + requestId + "` made " + type.words() + " " + resourceId
                                + " from another request; choose a new one")
                .resource(type.message(), resourceId)
                .field("request_id", "was used before with other arguments")
                .build();
    }
}
