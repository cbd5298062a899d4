package org.openstack.oaktree.cli;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openstack.oaktree.v1.Query;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Options that say which resources of a list are wanted. */
final class QueryOptions {
    private final CommandSpec command;
    private final Given given;
    private final Descriptor resource;

    QueryOptions(CommandSpec command, Descriptor resource) {
        this.command = command;
        this.given = new Given(command);
        this.resource = resource;
    }

    static List<OptionSpec> options() {
        return List.of(
                Options.value(
                                "--name",
                                "PATTERN",
                                "Only those whose name or ID is this, or matches it (*, ?, [a-z], [!a-z]).")
                        .build(),
                Options.values(
                                "--filter",
                                "FIELD=VALUE",
                                "Only those whose field (ram_mib, flavor.name, or what else the cloud says of them) has this value."
                                        + " May be given several times; all must hold.")
                        .build(),
                Options.value(
                                "--jmespath",
                                "EXPRESSION",
                                "Only those that this JMESPath over the list yields, for example \"[?ram_mib > `512`]\".")
                        .build());
    }

    /** The query; empty if nothing was asked for. */
    Optional<Query> query() {
        Query.Builder query = Query.newBuilder();
        given.text("--name").ifPresent(query::setNameOrId);
        given.text("--jmespath").ifPresent(query::setJmespath);
        List<String> pairs = given.texts("--filter");
        if (!pairs.isEmpty()) {
            Struct.Builder filter = Struct.newBuilder();
            for (String pair : pairs) {
                Map.Entry<String, String> entry = RequestOptions.pair(pair)
                        .orElseThrow(() -> new ParameterException(
                                command.commandLine(), "--filter: '" + pair + "' is not FIELD=VALUE"));
                put(filter, entry.getKey(), value(entry.getKey(), entry.getValue()));
            }
            query.setFilter(filter);
        }
        return query.build().equals(Query.getDefaultInstance()) ? Optional.empty() : Optional.of(query.build());
    }

    /** Text for fields that are text, whatever it looks like: a server may be called 42. */
    private Value value(String field, String text) {
        Optional<FieldPath> path = FieldPath.of(resource, field);
        boolean isText = path.isPresent()
                && switch (path.get().fields().getLast().getJavaType()) {
                    case STRING, ENUM -> true;
                    default -> false;
                };
        return isText ? JsonWords.text(text) : JsonWords.value(text);
    }

    private void put(Struct.Builder filter, String path, Value value) {
        int dot = path.indexOf('.');
        FieldDescriptor field = dot < 0 ? null : resource.findFieldByName(path.substring(0, dot));
        if (field == null) {
            filter.putFields(path, value);
            return;
        }
        String name = path.substring(0, dot);
        Struct.Builder nested =
                filter.getFieldsOrDefault(name, Value.getDefaultInstance()).getStructValue().toBuilder();
        putNested(nested, path.substring(dot + 1), value, field);
        filter.putFields(name, Value.newBuilder().setStructValue(nested).build());
    }

    private static void putNested(Struct.Builder struct, String path, Value value, FieldDescriptor in) {
        int dot = path.indexOf('.');
        // Keys of maps and structs may have dots themselves.
        boolean keyed = in.isMapField() || in.getMessageType().getFullName().equals("google.protobuf.Struct");
        FieldDescriptor field = keyed || dot < 0 ? null : in.getMessageType().findFieldByName(path.substring(0, dot));
        if (field == null || field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            struct.putFields(path, value);
            return;
        }
        String name = path.substring(0, dot);
        Struct.Builder nested =
                struct.getFieldsOrDefault(name, Value.getDefaultInstance()).getStructValue().toBuilder();
        putNested(nested, path.substring(dot + 1), value, field);
        struct.putFields(name, Value.newBuilder().setStructValue(nested).build());
    }
}
