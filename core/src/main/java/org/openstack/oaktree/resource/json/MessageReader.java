package org.openstack.oaktree.resource.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.json.JsonTree;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads JSON objects into messages of one type, by a plan made once from the options of its fields. Immutable.
 *
 * <p>The plan is a table from the name of a JSON member to the fields that read it. A document is streamed member by member; a member
 * becomes a small value, each of its fields takes from it what it wants, and a member of which something remains is put into
 * {@code properties} whole: nothing that the cloud says is lost, and nothing is said twice without need.
 */
public final class MessageReader {
    private final Message.Builder prototype;
    private final Map<String, Member> members = new HashMap<>();
    private final @Nullable FieldDescriptor keyField;
    private final @Nullable FieldDescriptor properties;
    private final boolean hasAlternatives;

    private record Member(List<FieldReader> fields, List<Capture> captures, Coverage coverage) {
        Member() {
            this(new ArrayList<>(), new ArrayList<>(), new Coverage());
        }
    }

    /** Text that is wanted of a document beside its message. */
    private record Capture(int index, int rank, List<JsonPath.Step> inner) {
        void read(@Nullable Object value, Captured captured) {
            Object found = value;
            for (JsonPath.Step step : inner) {
                found = found instanceof Map<?, ?> object && step instanceof JsonPath.Key key
                        ? object.get(key.name())
                        : null;
            }
            if (found instanceof String text && !text.isEmpty()) {
                captured.offer(index, rank, text);
            }
        }
    }

    /**
     * Compiles the plan of one message type, which nests others.
     *
     * @param type prototype of the message
     * @param silent JSON paths, by the full name of a message, of members that count as read though no field reads them
     * @param captures JSON paths whose text is wanted beside the message; an empty one is never found
     */
    public MessageReader(Message type, Function<String, List<String>> silent, List<String> captures) {
        this(type, silent, new HashMap<>());
        for (int index = 0; index < captures.size(); index++) {
            List<JsonPath> paths = alternatives(captures.get(index));
            for (int rank = 0; rank < paths.size(); rank++) {
                Member member = member(paths.get(rank).member());
                member.captures.add(new Capture(index, rank, paths.get(rank).inner()));
            }
        }
    }

    private MessageReader(Message type, Function<String, List<String>> silent, Map<String, MessageReader> known) {
        this.prototype = type.newBuilderForType();
        Descriptor descriptor = type.getDescriptorForType();
        known.put(descriptor.getFullName(), this);
        FieldDescriptor key = null;
        boolean alternatives = false;
        for (FieldDescriptor field : descriptor.getFields()) {
            if (Options.of(field).getKey()) {
                key = field;
            }
            List<JsonPath> paths = Options.paths(field);
            alternatives |= paths.size() > 1;
            for (int rank = 0; rank < paths.size(); rank++) {
                add(field, paths.get(rank), rank, silent, known);
            }
        }
        for (String text : silent.apply(descriptor.getFullName())) {
            for (JsonPath path : alternatives(text)) {
                member(path.member()).coverage.at(path.inner()).markWhole();
            }
        }
        this.keyField = key;
        this.hasAlternatives = alternatives;
        FieldDescriptor own = descriptor.findFieldByName("properties");
        this.properties = own != null && own.getNumber() == 99 ? own : null;
    }

    private static List<JsonPath> alternatives(String text) {
        return text.isEmpty() ? List.of() : JsonPath.alternatives(text);
    }

    private void add(
            FieldDescriptor field,
            JsonPath path,
            int rank,
            Function<String, List<String>> silent,
            Map<String, MessageReader> known) {
        MessageReader elements = isOwnMessage(field) ? reader(field, silent, known) : null;
        Member member = member(path.member());
        member.fields.add(new FieldReader(field, prototype, path, rank, elements));
        Coverage coverage = member.coverage.at(path.inner());
        if (elements == null) {
            coverage.markWhole();
        } else {
            boolean listed = field.isRepeated() && !path.steps().getLast().equals(new JsonPath.Every());
            (listed ? coverage.at(List.of(new JsonPath.Every())) : coverage).markMessage(elements);
        }
    }

    private Member member(String name) {
        return members.computeIfAbsent(name, any -> new Member());
    }

    private MessageReader reader(
            FieldDescriptor field, Function<String, List<String>> silent, Map<String, MessageReader> known) {
        MessageReader reader = known.get(field.getMessageType().getFullName());
        if (reader != null) {
            return reader;
        }
        Message type = prototype.newBuilderForField(field).getDefaultInstanceForType();
        return new MessageReader(type, silent, known);
    }

    private static boolean isOwnMessage(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && !field.isMapField()
                && !field.getMessageType().getFile().getPackage().equals("google.protobuf");
    }

    @Nullable
    FieldDescriptor keyField() {
        return keyField;
    }

    /** Whether nothing of the member is lost: a field reads it, or the message's own properties keep it. */
    boolean covers(String name, @Nullable Object value) {
        Member member = members.get(name);
        return properties != null || (member != null && member.coverage.covers(value));
    }

    /** Reads the object that the parser is at the start of; leaves the parser at its end. */
    public void read(JsonParser parser, Message.Builder into, Captured captured) {
        Reading reading = new Reading(into, captured);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            reading.member(name, JsonTree.value(parser));
        }
        reading.end();
    }

    /** Reads an object. */
    public void read(Map<?, ?> object, Message.Builder into) {
        Reading reading = new Reading(into, new Captured(0));
        object.forEach((name, value) -> reading.member((String) name, value));
        reading.end();
    }

    /** The reading of one object. */
    private final class Reading {
        private final Message.Builder into;
        private final Captured captured;
        private final int @Nullable [] ranks;
        private Struct.@Nullable Builder rest;

        Reading(Message.Builder into, Captured captured) {
            this.into = into;
            this.captured = captured;
            this.ranks = hasAlternatives
                    ? new int[into.getDescriptorForType().getFields().size()]
                    : null;
        }

        void member(String name, @Nullable Object value) {
            Member member = members.get(name);
            boolean kept = member != null && member.coverage.covers(value);
            for (FieldReader field : member == null ? List.<FieldReader>of() : member.fields) {
                if (prefers(field)) {
                    kept &= read(field, value);
                }
            }
            if (member != null) {
                for (Capture capture : member.captures) {
                    capture.read(value, captured);
                }
            }
            if (properties != null && !kept) {
                rest = rest == null ? Struct.newBuilder() : rest;
                rest.putFields(name, Structs.value(value));
            }
        }

        /** Whether no better alternative has filled the field; forgets what a worse one put there. */
        private boolean prefers(FieldReader field) {
            return ranks == null
                    || ranks[field.field().getIndex()] == 0
                    || field.rank < ranks[field.field().getIndex()] - 1;
        }

        private boolean read(FieldReader field, @Nullable Object value) {
            if (ranks == null) {
                return field.read(value, into);
            }
            int index = field.field().getIndex();
            Object before = ranks[index] > 0 ? into.getField(field.field()) : null;
            if (before != null) {
                into.clearField(field.field());
            }
            boolean fits = field.read(value, into);
            boolean set = isSet(field.field());
            if (set) {
                ranks[index] = field.rank + 1;
            } else if (before != null) {
                into.setField(field.field(), before);
            }
            return fits;
        }

        private boolean isSet(FieldDescriptor field) {
            if (field.isRepeated()) {
                return into.getRepeatedFieldCount(field) > 0;
            }
            return field.hasPresence()
                    ? into.hasField(field)
                    : !into.getField(field).equals(field.getDefaultValue());
        }

        void end() {
            FieldDescriptor field = properties;
            if (rest != null && field != null) {
                into.setField(field, rest.build());
            }
        }
    }
}
