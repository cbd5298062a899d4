package org.openstack.oaktree.cli;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.List;
import org.openstack.oaktree.cli.client.CallFailure;
import org.openstack.oaktree.cli.client.Client;
import picocli.CommandLine.Model.OptionSpec;

/** {@code oaktree NOUN delete|set|start|stop|... NAME...}: one call each; what fails does not keep the others. */
class EachCommand extends ResourceCommand {
    EachCommand(Context context, Noun noun, Verb verb) {
        super(context, noun, verb);
    }

    @Override
    List<OptionSpec> options() {
        command.addPositional(Options.arguments(Labels.of(noun), context.api().comment(subject()))
                .build());
        return waitOptions();
    }

    @Override
    final void addGroups() {}

    @Override
    final int run(Client client, ConnectionOptions connection) {
        List<String> names = given.arguments();
        int failed = 0;
        for (String name : names) {
            DynamicMessage.Builder request = request(connection).setField(subject(), name);
            fillWait(request);
            try {
                call(client, request.build(), name);
            } catch (CallFailure e) {
                if (e.kind() == CallFailure.Kind.UNREACHABLE) {
                    throw e;
                }
                warn("Error: " + e.getMessage());
                failed++;
            }
        }
        if (failed > 0 && names.size() > 1) {
            warn(failed + " of " + names.size() + " failed.");
        }
        return failed == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    /** The call about one of them. */
    void call(Client client, Message request, String name) {
        DynamicMessage answer = called(client, request, name);
        FieldDescriptor deleted = method.getOutputType().findFieldByNumber(Fields.ANSWERED);
        if (deleted != null && Boolean.FALSE.equals(answer.getField(deleted))) {
            warn("There was no " + noun.name() + " '" + name + "'.");
        }
    }
}
