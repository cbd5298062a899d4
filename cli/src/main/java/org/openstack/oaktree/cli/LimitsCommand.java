package org.openstack.oaktree.cli;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.openstack.oaktree.cli.client.Client;
import org.openstack.oaktree.cli.output.Cell;
import org.openstack.oaktree.cli.output.Format;
import org.openstack.oaktree.cli.output.Rows;
import org.openstack.oaktree.cli.output.Value;
import org.openstack.oaktree.rest.v1.Rest;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** {@code oaktree limits show}: the limits of every service that has some, one per row, in the services' own names as the openstack client has them. */
final class LimitsCommand implements Callable<Integer> {
    /** Last word of the nouns that are limits. */
    private static final String NOUN = "limits";

    /** Where the services' answers have them. */
    private static final String ABSOLUTE = "absolute";

    private static final List<String> TITLES = List.of("Name", "Value");

    private final Context context;
    private final CommandSpec command = CommandSpec.wrapWithoutInspection(this);
    private final Given given = new Given(command);

    LimitsCommand(Context context) {
        this.context = context;
    }

    /** Where the command stands. */
    static List<String> group() {
        return List.of(NOUN);
    }

    CommandSpec spec() {
        command.usageMessage()
                .description(
                        "Shows what a project may use of the cloud's services, and what it uses: one call of oaktree for each of "
                                + methods().stream()
                                        .map(MethodDescriptor::getName)
                                        .collect(Collectors.joining(", "))
                                + ". -1: there is no limit.")
                .abbreviateSynopsis(true);
        command.addOption(
                Options.flag("--absolute", "Accepted for the openstack client's sake: oaktree knows no other limits.")
                        .hidden(true)
                        .build());
        command.addOption(Options.value(
                        "--max-age",
                        "DURATION",
                        "Oldest answer wanted, for example 30s or 5m; 0: fresh. Default: as oaktree is configured.")
                .build());
        command.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Print this.")
                .build());
        OutputOptions.addToList(command);
        ConnectionOptions.addTo(command);
        command.usageMessage().exitCodeListHeading("Exit codes:%n").exitCodeList(ExitCode.list());
        return command;
    }

    private List<MethodDescriptor> methods() {
        return context.nouns().values().stream()
                .filter(noun ->
                        noun.words().getLast().equals(NOUN) && noun.methods().containsKey(Verb.SHOW))
                .map(noun -> noun.method(Verb.SHOW))
                // Compute first, as the openstack client has it.
                .sorted(Comparator.comparing(method -> !method.getFullName().contains(".compute.")))
                .toList();
    }

    @Override
    public Integer call() {
        ConnectionOptions connection = new ConnectionOptions(command, context.environment());
        OutputOptions output = new OutputOptions(command, context.environment());
        Format format = output.format(Format.SHELL);
        List<Integer> columns = columns(output);
        try (Client client = connection.connect(context.connector())) {
            List<List<Cell>> rows = new ArrayList<>();
            for (MethodDescriptor method : methods()) {
                rows.addAll(rows(client.call(method, request(method, connection))));
            }
            List<List<Cell>> printed = sorted(output, rows).stream()
                    .map(row -> columns.stream().map(row::get).toList())
                    .toList();
            List<String> titles = columns.stream().map(TITLES::get).toList();
            new Output(context.environment().out()).print(format.list(new Rows(titles, printed), output.layout()));
            return ExitCode.OK;
        }
    }

    private Message request(MethodDescriptor method, ConnectionOptions connection) {
        Descriptor type = method.getInputType();
        FieldDescriptor location = type.findFieldByNumber(Fields.LOCATION);
        DynamicMessage.Builder request = DynamicMessage.newBuilder(type)
                .setField(location, RequestOptions.convert(location.getMessageType(), connection.location()));
        given.text("--max-age").ifPresent(text -> {
            FieldDescriptor field = type.findFieldByNumber(Fields.MAX_AGE);
            java.time.Duration span = Durations.parse(command, "--max-age", text);
            Duration duration = Duration.newBuilder()
                    .setSeconds(span.getSeconds())
                    .setNanos(span.getNano())
                    .build();
            request.setField(field, RequestOptions.convert(field.getMessageType(), duration));
        });
        return request.build();
    }

    /** What the cloud tells: those that the message names in its order, then others by name. */
    private static List<List<Cell>> rows(Message answer) {
        Message limits = (Message) answer.getField(answer.getDescriptorForType().findFieldByNumber(Fields.ANSWERED));
        List<List<Cell>> rows = new ArrayList<>();
        for (FieldDescriptor field : limits.getDescriptorForType().getFields()) {
            String path = field.getOptions().getExtension(Rest.field).getJson();
            if (path.startsWith(ABSOLUTE + ".") && limits.hasField(field)) {
                rows.add(row(path.substring(ABSOLUTE.length() + 1), Values.of(limits, field)));
            }
        }
        FieldDescriptor rest = limits.getDescriptorForType().findFieldByNumber(Fields.PROPERTIES);
        if (Values.of(limits, rest) instanceof Value.Entries properties
                && properties.entries().get(ABSOLUTE) instanceof Value.Entries others) {
            Map<String, Value> byName = new TreeMap<>(others.entries());
            byName.forEach((name, value) -> rows.add(row(name, value)));
        }
        return rows;
    }

    private static List<Cell> row(String name, Value value) {
        return List.of(Cell.of(Value.text(name)), Cell.of(value));
    }

    private List<Integer> columns(OutputOptions output) {
        List<String> names = output.columns();
        if (names.isEmpty()) {
            return List.of(0, 1);
        }
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < TITLES.size(); i++) {
            if (names.contains(TITLES.get(i))) {
                columns.add(i);
            }
        }
        if (columns.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "No recognized column names in " + names + ". There are " + TITLES + ".");
        }
        return columns;
    }

    private static List<List<Cell>> sorted(OutputOptions output, List<List<Cell>> rows) {
        List<List<Cell>> sorted = new ArrayList<>(rows);
        for (String title : output.sortColumns().reversed()) {
            int column = TITLES.indexOf(title);
            if (column >= 0) {
                Comparator<List<Cell>> order =
                        Comparator.comparing(row -> row.get(column).value(), ValueOrder.INSTANCE);
                sorted.sort(output.descending() ? order.reversed() : order);
            }
        }
        return sorted;
    }
}
