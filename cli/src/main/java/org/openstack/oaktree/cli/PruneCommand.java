package org.openstack.oaktree.cli;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import org.openstack.oaktree.cli.client.Client;
import org.openstack.oaktree.cli.output.Cell;
import org.openstack.oaktree.cli.output.Format;
import org.openstack.oaktree.cli.output.Rows;
import picocli.CommandLine.Model.OptionSpec;

/** {@code oaktree NOUN prune}: deletes what nobody uses, and lists what it was. */
final class PruneCommand extends ResourceCommand {
    PruneCommand(Context context, Noun noun) {
        super(context, noun, Verb.PRUNE);
    }

    @Override
    List<OptionSpec> options() {
        return List.of();
    }

    @Override
    void addGroups() {
        OutputOptions.addToList(command);
    }

    @Override
    int run(Client client, ConnectionOptions connection) {
        OutputOptions output = new OutputOptions(command, context.environment());
        Format format = output.format(Format.SHELL);
        DynamicMessage answer = client.call(method, request(connection).build());
        FieldDescriptor deleted = method.getOutputType().findFieldByNumber(Fields.OWN);
        List<Message> resources = new ArrayList<>();
        ((List<?>) answer.getField(deleted)).forEach(resource -> resources.add((Message) resource));
        List<Column> chosen = output.columns().isEmpty()
                ? columns.list(false, resources)
                : columns.list(output.columns(), resources, new ArrayList<>());
        NameIndex names = new NameIndex(context, client, connection);
        List<List<Cell>> rows = resources.stream()
                .map(resource -> chosen.stream()
                        .map(column -> column.cell(resource, names))
                        .toList())
                .toList();
        print(format.list(new Rows(chosen.stream().map(Column::title).toList(), rows), output.layout()));
        return ExitCode.OK;
    }
}
