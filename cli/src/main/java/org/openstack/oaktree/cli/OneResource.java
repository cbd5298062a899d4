package org.openstack.oaktree.cli;

import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.openstack.oaktree.cli.output.Format;
import picocli.CommandLine.ParameterException;

/** Prints one resource as the user wants it. */
final class OneResource {
    private final ResourceCommand command;
    private final OutputOptions output;

    OneResource(ResourceCommand command, OutputOptions output) {
        this.command = command;
        this.output = output;
    }

    String text(Message resource, Format format, Names names) {
        return text(resource, List.of(), format, names);
    }

    /** The same, with columns of what was told beside the resource. */
    String text(Message resource, List<Column> told, Format format, Names names) {
        List<Column> columns = columns(resource, told);
        return format.one(
                columns.stream().map(Column::title).toList(),
                columns.stream().map(column -> column.cell(resource, names)).toList(),
                output.layout());
    }

    private List<Column> columns(Message resource, List<Column> told) {
        if (output.columns().isEmpty()) {
            List<Column> columns = new ArrayList<>(command.columns.show(resource));
            columns.addAll(told);
            columns.sort(Comparator.comparing(Column::title));
            return columns;
        }
        List<String> unknown = new ArrayList<>();
        List<Column> columns = command.columns.show(output.columns(), resource, unknown);
        told.stream().filter(column -> unknown.remove(column.title())).forEach(columns::add);
        if (columns.isEmpty()) {
            throw new ParameterException(
                    command.command.commandLine(),
                    "No recognized column names in " + unknown + ". There are "
                            + command.columns.show(resource).stream()
                                    .map(Column::title)
                                    .toList()
                            + ".");
        }
        unknown.forEach(
                name -> command.warn("Warning: this " + command.noun.name() + " has no column '" + name + "'."));
        return columns;
    }
}
