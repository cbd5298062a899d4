package org.openstack.oaktree.cli;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import java.util.List;
import org.openstack.oaktree.cli.client.Client;
import picocli.CommandLine.Model.OptionSpec;

/** {@code oaktree NOUN delete|start|stop|... NAME...}: one call each; what fails does not keep the others. */
final class EachCommand extends ResourceCommand {
    EachCommand(Context context, Noun noun, Verb verb) {
        super(context, noun, verb);
    }

    @Override
    List<OptionSpec> options() {
        FieldDescriptor unwanted = method.getInputType().findFieldByNumber(Fields.RESOURCE);
        command.addPositional(Options.arguments(Labels.of(noun), context.api().comment(unwanted))
                .build());
        return waitOptions();
    }

    @Override
    void addGroups() {}

    @Override
    int run(Client client, ConnectionOptions connection) {
        return each(given.arguments(), name -> {
            DynamicMessage.Builder request = request(connection);
            request.setField(method.getInputType().findFieldByNumber(Fields.RESOURCE), name);
            fillWait(request);
            DynamicMessage answer = called(client, request.build(), name);
            FieldDescriptor deleted = method.getOutputType().findFieldByNumber(Fields.ANSWERED);
            if (deleted != null && Boolean.FALSE.equals(answer.getField(deleted))) {
                warn("There was no " + noun.name() + " '" + name + "'.");
            }
        });
    }
}
