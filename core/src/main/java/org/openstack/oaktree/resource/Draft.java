package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.json.JsonTree;
import org.openstack.oaktree.resource.json.MessageWriter;
import org.openstack.oaktree.resource.json.Options;
import org.openstack.oaktree.resource.json.Structs;
import org.openstack.oaktree.rest.Body;
import org.openstack.oaktree.rest.Microversion;
import org.openstack.oaktree.rest.Request;
import org.openstack.oaktree.rest.Service;
import org.openstack.oaktree.v1.ErrorReason;

/** A Create request as the body of a POST: what its declaration says; a class may add to it before it is sent. For one thread. */
public final class Draft {
    private static final int PROPERTIES = 99;

    private final Cloud cloud;
    private final ResourceType type;
    private final Message request;
    private final String microversion;
    private final Map<String, @Nullable Object> inside = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> outside = new LinkedHashMap<>();

    /**
     * The draft of a request whose references are IDs.
     *
     * @throws OaktreeException FEATURE_MISSING when the cloud does not know a field that is set; INVALID_FIELD for properties that a field names
     */
    Draft(Cloud cloud, ResourceType type, Service service, Message request) {
        this.cloud = cloud;
        this.type = type;
        this.request = request;
        this.microversion = Lists.microversion(service, type);
        Parts.visit(request, (path, field, value) -> checkKnown(cloud, type, microversion, path, field));
        MessageWriter.create(request, inside, outside);
        inside.putAll(properties(request));
    }

    /**
     * Refuses a field that the cloud does not know.
     *
     * @param path of the field's name, below the request
     * @throws OaktreeException FEATURE_MISSING
     */
    static void checkKnown(Cloud cloud, ResourceType type, String microversion, String path, FieldDescriptor field) {
        if (!knows(microversion, field)) {
            throw missing(cloud, type, path, field);
        }
    }

    /**
     * What a request sends as it is.
     *
     * @throws OaktreeException INVALID_FIELD for a member that a field of the request names, and for numbers that JSON has no text for
     */
    static Map<String, @Nullable Object> properties(Message request) {
        FieldDescriptor field = request.getDescriptorForType().findFieldByNumber(PROPERTIES);
        if (field == null) {
            return Map.of();
        }
        Map<String, @Nullable Object> members;
        try {
            members = Structs.json(Requests.part(request, field, Struct.getDefaultInstance()));
        } catch (NumberFormatException e) {
            throw OaktreeException.invalidField("properties", "hold a number that JSON has no text for");
        }
        for (String key : members.keySet()) {
            if (MessageWriter.isMapped(request.getDescriptorForType(), key)) {
                throw OaktreeException.invalidField(
                        "properties", "must not hold `" + key + "`: a field of the request names it");
            }
        }
        return members;
    }

    /** Where it will be sent. */
    public Cloud cloud() {
        return cloud;
    }

    /** The request, with IDs for all references. */
    public Message request() {
        return request;
    }

    /** Whether the microversion that will be spoken includes that one. */
    public boolean speaks(String needed) {
        return includes(microversion, needed);
    }

    static boolean includes(String microversion, String needed) {
        return Microversion.parse(microversion)
                .flatMap(spoken -> Microversion.parse(needed).map(spoken::includes))
                .orElse(false);
    }

    /** Whether the cloud knows the field. */
    boolean knows(FieldDescriptor field) {
        return knows(microversion, field);
    }

    private static boolean knows(String microversion, FieldDescriptor field) {
        String needed = Options.of(field).getMinMicroversion();
        return needed.isEmpty() || includes(microversion, needed);
    }

    /** The members of the resource, to be added to. */
    public Map<String, @Nullable Object> members() {
        return inside;
    }

    /** The request that creates it. */
    public Request post(String operation) {
        Map<String, @Nullable Object> body = inside;
        if (!type.options().getSingular().isEmpty()) {
            body = new LinkedHashMap<>(outside);
            body.put(type.options().getSingular(), inside);
        }
        return Request.post(type.options().getPath())
                .microversion(microversion)
                .operation(operation)
                .body(Body.json(JsonTree.write(body)))
                .build();
    }

    private static OaktreeException missing(Cloud cloud, ResourceType type, String path, FieldDescriptor field) {
        String service = type.options().getServiceType();
        Optional<Microversion> needed = Microversion.parse(Options.of(field).getMinMicroversion());
        return type.error(
                        cloud,
                        ErrorReason.ERROR_REASON_FEATURE_MISSING,
                        "`" + path + "` needs microversion "
                                + needed.map(Microversion::toString).orElse("") + " of the cloud's " + service
                                + " service")
                .field(path, "is not known to this cloud")
                .build();
    }
}
