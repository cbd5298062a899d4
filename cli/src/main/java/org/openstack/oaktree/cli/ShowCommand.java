package org.openstack.oaktree.cli;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.List;
import org.openstack.oaktree.cli.client.Client;
import org.openstack.oaktree.cli.output.Format;
import picocli.CommandLine.Model.OptionSpec;

/** {@code oaktree NOUN show NAME}: one resource. */
final class ShowCommand extends ResourceCommand {
    ShowCommand(Context context, Noun noun) {
        super(context, noun, Verb.SHOW);
    }

    @Override
    List<OptionSpec> options() {
        FieldDescriptor wanted = method.getInputType().findFieldByNumber(Fields.RESOURCE);
        if (wanted != null) {
            command.addPositional(
                    Options.argument(Labels.of(noun), context.api().comment(wanted))
                            .build());
        }
        return maxAgeOption();
    }

    @Override
    void addGroups() {
        OutputOptions.addToOne(command);
    }

    @Override
    int run(Client client, ConnectionOptions connection) {
        OutputOptions output = new OutputOptions(command, context.environment());
        Format format = output.format(Format.CSV);
        DynamicMessage.Builder request = request(connection);
        FieldDescriptor wanted = method.getInputType().findFieldByNumber(Fields.RESOURCE);
        if (wanted != null) {
            request.setField(wanted, given.argument());
        }
        fillDuration(request, Fields.MAX_AGE, "--max-age");
        Message resource = answered(client.call(method, request.build()));
        print(new OneResource(this, output).text(resource, format, new NameIndex(context, client, connection)));
        return ExitCode.OK;
    }
}
