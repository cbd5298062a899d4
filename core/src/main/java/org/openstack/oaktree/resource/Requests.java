package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.resource.json.Options;
import org.openstack.oaktree.rest.Param;
import org.openstack.oaktree.v1.Location;

/** The parts of requests that have the same numbers everywhere. */
final class Requests {
    private static final int LOCATION = 1;
    private static final int REQUEST_ID = 2;
    private static final int NAME = 3;
    private static final Pattern REQUEST_IDS = Pattern.compile("[A-Za-z0-9-]{0,36}");
    static final int RESOURCE = 2;
    private static final int MAX_AGE = 5;

    private Requests() {}

    static Location location(Message request) {
        return part(request, field(request, LOCATION), Location.getDefaultInstance());
    }

    /** The location of a request in which no zone has a meaning. */
    static Location zoneless(Message request) {
        Location where = location(request);
        if (!where.getZone().isEmpty()) {
            throw OaktreeException.invalidField(
                    "location.zone", "must be empty here: the resource or the call has no zone");
        }
        return where;
    }

    /** The name or ID of the resource that the request is about. */
    static String nameOrId(Message request) {
        FieldDescriptor field = field(request, RESOURCE);
        String text = request.getField(field).toString();
        checkNameOrId(field.getName(), text);
        return text;
    }

    /** Refuses what cannot be a name or ID. */
    static void checkNameOrId(String field, String text) {
        if (text.isBlank()) {
            throw OaktreeException.invalidField(field, "needs a name or ID");
        }
        if (text.length() > 1024) {
            throw OaktreeException.invalidField(field, "is longer than 1,024 characters: nothing has such a name");
        }
    }

    /** Refuses a Create request whose name, request_id or zone cannot be. */
    static void checkCreate(Message request, ResourceType type) {
        FieldDescriptor name = request.getDescriptorForType().findFieldByNumber(NAME);
        if (name != null && request.getField(name).toString().isBlank()) {
            throw OaktreeException.invalidField("name", "must not be empty");
        }
        requestId(request);
        checkZone(request, type);
        checkTexts(request);
    }

    /** Refuses texts that a service would take and its database cannot keep. */
    static void checkTexts(Message request) {
        Parts.visit(request, (path, field, value) -> {
            if (Options.of(field).getBasicPlane()) {
                texts(value).forEach(text -> checkBasicPlane(path, text));
            }
        });
    }

    /** Nova never builds a server with such a text, Glance refuses it when the rest is done, neutron answers 500. */
    private static void checkBasicPlane(String field, String text) {
        if (text.codePoints().anyMatch(Character::isSupplementaryCodePoint)) {
            throw OaktreeException.invalidField(
                    field, "must have no characters beyond U+FFFF: the cloud cannot keep them");
        }
    }

    /** The text itself, those of the list, or the values of the map. */
    private static Stream<String> texts(Object value) {
        return switch (value) {
            case List<?> several -> several.stream().flatMap(Requests::texts);
            case MapEntry<?, ?> entry -> texts(entry.getValue());
            default -> Stream.of((String) value);
        };
    }

    /** Refuses a zone where resources have none. */
    static void checkZone(Message request, ResourceType type) {
        if (!location(request).getZone().isEmpty() && type.options().getZone().isEmpty()) {
            throw OaktreeException.invalidField("location.zone", "must be empty: " + type.words() + "s have no zone");
        }
    }

    /** The request_id of a Create; empty: none, or no such Create has one. */
    static String requestId(Message request) {
        FieldDescriptor field = request.getDescriptorForType().findFieldByNumber(REQUEST_ID);
        String id = field == null ? "" : request.getField(field).toString();
        if (!REQUEST_IDS.matcher(id).matches()) {
            throw OaktreeException.invalidField("request_id", "takes at most 36 letters, digits and hyphens");
        }
        return id;
    }

    /** Earliest acceptable begin of a fetch, by {@code max_age}. */
    static Instant notBefore(Message request, Cloud cloud, ResourceType type) {
        return Lists.notBefore(Instant.now(), maxAge(request, cloud, type));
    }

    /** The oldest acceptable answer: what the request says, else the cloud's configuration, else the declaration. */
    static java.time.Duration maxAge(Message request, Cloud cloud, ResourceType type) {
        return maxAge(request).orElseGet(() -> type.maxAge(cloud.config()));
    }

    /** The oldest acceptable answer; empty when the request does not say. */
    static Optional<java.time.Duration> maxAge(Message request) {
        FieldDescriptor field = field(request, MAX_AGE);
        if (!request.hasField(field)) {
            return Optional.empty();
        }
        Duration age = (Duration) request.getField(field);
        if (!Durations.isValid(age) || Durations.isNegative(age)) {
            throw OaktreeException.invalidField("max_age", "must be a time of zero or more");
        }
        return Optional.of(java.time.Duration.ofSeconds(age.getSeconds(), age.getNanos()));
    }

    /** What the request's own fields ask of the cloud in the query. */
    static List<Param> arguments(Message request) {
        List<Param> arguments = new ArrayList<>();
        for (FieldDescriptor field : request.getDescriptorForType().getFields()) {
            String parameter = Options.of(field).getQuery();
            if (!parameter.isEmpty() && request.hasField(field)) {
                Object value = request.getField(field);
                // Python's spelling: some services know no other.
                arguments.add(new Param(parameter, value.equals(true) ? "True" : value.toString()));
            }
        }
        return arguments;
    }

    /** A message inside the request; the default instance when it is absent, for which the request may know no class. */
    @SuppressWarnings("unchecked") // A field holds messages of one type.
    static <M extends Message> M part(Message request, FieldDescriptor field, M absent) {
        return request.hasField(field) ? (M) request.getField(field) : absent;
    }

    static FieldDescriptor field(Message message, int number) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByNumber(number);
        if (field == null) {
            throw new IllegalStateException(message.getDescriptorForType().getFullName() + " has no field " + number);
        }
        return field;
    }
}
