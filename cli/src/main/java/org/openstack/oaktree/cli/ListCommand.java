package org.openstack.oaktree.cli;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.openstack.oaktree.cli.client.Client;
import org.openstack.oaktree.cli.output.Cell;
import org.openstack.oaktree.cli.output.Format;
import org.openstack.oaktree.cli.output.Rows;
import org.openstack.oaktree.v1.Location;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** {@code oaktree NOUN list}: all pages of a list. */
final class ListCommand extends ResourceCommand {
    ListCommand(Context context, Noun noun) {
        super(context, noun, Verb.LIST);
    }

    @Override
    List<OptionSpec> options() {
        List<OptionSpec> options = new ArrayList<>();
        if (method.getInputType().findFieldByNumber(Fields.QUERY) != null) {
            options.addAll(QueryOptions.options());
        }
        options.addAll(ifThere(
                Fields.PAGE_SIZE,
                Options.number(
                        "--page-size",
                        "NUMBER",
                        "Resources per call to oaktree, at most 1000; all pages are fetched. Default: 500.")));
        options.add(
                Options.number("--limit", "NUMBER", "Print at most so many.").build());
        options.add(Options.flag("--long", "Print more columns.").build());
        options.addAll(maxAgeOption());
        return options;
    }

    @Override
    void addGroups() {
        OutputOptions.addToList(command);
    }

    @Override
    int run(Client client, ConnectionOptions connection) {
        OutputOptions output = new OutputOptions(command, context.environment());
        Format format = output.format(Format.SHELL);
        int limit = positive("--limit", Integer.MAX_VALUE);
        DynamicMessage.Builder request = request(connection);
        fillQuery(request);
        if (given.value("--page-size").isPresent()) {
            request.setField(method.getInputType().findFieldByNumber(Fields.PAGE_SIZE), positive("--page-size", 0));
        }
        fillDuration(request, Fields.MAX_AGE, "--max-age");

        Pages pages = Pages.fetch(client, method, request, limit);
        List<Column> chosen = columns(output, pages.resources(), connection.location());
        NameIndex names = new NameIndex(context, client, connection);
        List<Message> sorted = sorted(output, pages.resources(), names);
        List<List<Cell>> rows = new ArrayList<>();
        for (Message resource : sorted) {
            rows.add(chosen.stream().map(column -> column.cell(resource, names)).toList());
        }
        print(format.list(new Rows(chosen.stream().map(Column::title).toList(), rows), output.layout()));
        pages.unreachable().forEach(this::warnOfMissing);
        return pages.unreachable().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private void fillQuery(DynamicMessage.Builder request) {
        FieldDescriptor field = method.getInputType().findFieldByNumber(Fields.QUERY);
        if (field != null) {
            new QueryOptions(command, noun.resource())
                    .query()
                    .ifPresent(query -> request.setField(field, RequestOptions.convert(field.getMessageType(), query)));
        }
    }

    private List<Column> columns(OutputOptions output, List<Message> resources, Location location) {
        if (output.columns().isEmpty()) {
            List<Column> chosen = new ArrayList<>();
            if (location.getCloud().equals("*") || location.getRegion().equals("*")) {
                // Several places in one list: without these nobody could tell equal names apart.
                FieldPath.of(noun.resource(), "location.cloud")
                        .ifPresent(path -> chosen.add(new Column("Cloud", path, Form.PLAIN)));
                FieldPath.of(noun.resource(), "location.region")
                        .ifPresent(path -> chosen.add(new Column("Region", path, Form.PLAIN)));
            }
            chosen.addAll(columns.list(given.flag("--long"), resources));
            return chosen;
        }
        List<String> unknown = new ArrayList<>();
        List<Column> chosen = columns.list(output.columns(), resources, unknown);
        if (chosen.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    "No recognized column names in " + unknown + ". There are "
                            + columns.titled().stream().map(Column::title).toList()
                            + ", and every field of the resource.");
        }
        unknown.forEach(name -> warn("Warning: no " + noun.name() + " has a column '" + name + "'."));
        return chosen;
    }

    private List<Message> sorted(OutputOptions output, List<Message> resources, Names names) {
        List<Message> sorted = new ArrayList<>(resources);
        for (String title : output.sortColumns().reversed()) {
            List<Column> column = columns.list(List.of(title), resources, new ArrayList<>());
            if (!column.isEmpty()) {
                Comparator<Message> order = Comparator.comparing(
                        resource -> column.getFirst().cell(resource, names).value(), ValueOrder.INSTANCE);
                sorted.sort(output.descending() ? order.reversed() : order);
            }
        }
        return sorted;
    }

    private int positive(String option, int otherwise) {
        int number = given.number(option).orElse(otherwise);
        if (number < (given.value(option).isPresent() ? 1 : 0)) {
            throw new ParameterException(command.commandLine(), option + ": " + number + " is less than 1");
        }
        return number;
    }

    private void warnOfMissing(Message unreachable) {
        warn("Warning: " + text(unreachable, "location.cloud") + " " + text(unreachable, "location.region")
                + " is missing: " + text(unreachable, "message") + " (" + text(unreachable, "reason") + ")");
    }

    private static String text(Message message, String path) {
        return FieldPath.of(message.getDescriptorForType(), path)
                .map(way -> Cell.of(way.read(message)).human())
                .orElse("");
    }
}
