package org.openstack.oaktree.cli;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import java.util.List;
import org.openstack.oaktree.cli.client.CallFailure;
import org.openstack.oaktree.cli.client.Client;
import picocli.CommandLine.Model.OptionSpec;

/** {@code oaktree NOUN delete|set|start|stop|... NAME...}: one call each; what fails does not keep the others. */
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
        List<String> names = given.arguments();
        int failed = 0;
        for (String name : names) {
            DynamicMessage.Builder request = request(connection);
            request.setField(method.getInputType().findFieldByNumber(Fields.RESOURCE), name);
            fillWait(request);
            try {
                DynamicMessage answer = client.call(method, request.build());
                FieldDescriptor deleted = method.getOutputType().findFieldByNumber(Fields.ANSWERED);
                if (deleted != null && Boolean.FALSE.equals(answer.getField(deleted))) {
                    warn("There was no " + noun.name() + " '" + name + "'.");
                }
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
}
