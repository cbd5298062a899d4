package org.openstack.oaktree.cli;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import java.util.List;
import java.util.Locale;
import org.openstack.oaktree.cli.client.Client;
import picocli.CommandLine.Model.OptionSpec;

/** {@code oaktree server add|remove floating ip SERVER IP}: prints nothing, but an address that oaktree chose. */
final class FloatingIpCommand extends ResourceCommand {
    FloatingIpCommand(Context context, Noun noun, Verb verb) {
        super(context, noun, verb, Fields.OWN);
    }

    private FieldDescriptor floatingIp() {
        return method.getInputType().findFieldByNumber(Fields.OWN);
    }

    @Override
    List<OptionSpec> options() {
        command.addPositional(Options.argument(
                        subject().getName().toUpperCase(Locale.ROOT),
                        context.api().comment(subject()))
                .build());
        boolean several = floatingIp().isRepeated();
        command.addPositional(Options.argument("IP", context.api().comment(floatingIp()))
                .index("1")
                .arity(several ? "0..1" : "1")
                .required(!several)
                .build());
        return waitOptions();
    }

    @Override
    void addGroups() {}

    @Override
    int run(Client client, ConnectionOptions connection) {
        DynamicMessage.Builder request = request(connection).setField(subject(), given.argument());
        given.argument(1).ifPresent(address -> {
            if (floatingIp().isRepeated()) {
                request.addRepeatedField(floatingIp(), address);
            } else {
                request.setField(floatingIp(), address);
            }
        });
        fillWait(request);
        DynamicMessage answer = called(client, request.build(), given.argument());
        FieldDescriptor told = method.getOutputType().findFieldByNumber(Fields.OWN);
        if (Boolean.FALSE.equals(answer.getField(told))) {
            warn("The floating ip does not lead to the server.");
        }
        if (told.isRepeated() && given.argument(1).isEmpty()) {
            for (Object floatingIp : (List<?>) answer.getField(told)) {
                DynamicMessage message = (DynamicMessage) floatingIp;
                print(message.getField(message.getDescriptorForType().findFieldByName("floating_ip_address")) + "\n");
            }
        }
        return ExitCode.OK;
    }
}
