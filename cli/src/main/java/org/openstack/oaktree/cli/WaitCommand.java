package org.openstack.oaktree.cli;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.List;
import org.openstack.oaktree.cli.client.Client;
import picocli.CommandLine.Model.OptionSpec;

/** {@code oaktree NOUN wait NAME...}: returns when each is ready; a terminal shows meanwhile how it goes. */
final class WaitCommand extends ResourceCommand {
    WaitCommand(Context context, Noun noun) {
        super(context, noun, Verb.WAIT);
    }

    private FieldDescriptor awaited() {
        return method.getInputType().findFieldByNumber(Fields.RESOURCE);
    }

    @Override
    List<OptionSpec> options() {
        command.addPositional(Options.arguments(Labels.of(noun), context.api().comment(awaited()))
                .build());
        return waitOptions();
    }

    @Override
    void addGroups() {}

    @Override
    int run(Client client, ConnectionOptions connection) {
        return each(given.arguments(), name -> {
            DynamicMessage.Builder request = request(connection).setField(awaited(), name);
            fillWait(request);
            try (LiveLine line = new LiveLine(context.environment(), noun.name() + " " + name)) {
                client.stream(
                        method, request.build(), news -> line.show(noun.name() + " " + name + ": " + state(news)));
            }
        });
    }

    /** The cloud's word for its state, and for what it does with it. */
    private String state(Message news) {
        Message resource = answered(news);
        return text(resource, "status_text")
                + (text(resource, "task_state").isEmpty() ? "" : ", ")
                + text(resource, "task_state");
    }

    private static String text(Message resource, String name) {
        FieldDescriptor field = resource.getDescriptorForType().findFieldByName(name);
        return field == null ? "" : (String) resource.getField(field);
    }
}
