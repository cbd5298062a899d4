package org.openstack.oaktree.cli;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import org.openstack.oaktree.cli.client.Client;

/** {@code oaktree NOUN wait NAME...}: returns when each is ready; a terminal shows meanwhile how it goes. */
final class WaitCommand extends EachCommand {
    WaitCommand(Context context, Noun noun) {
        super(context, noun, Verb.WAIT);
    }

    @Override
    void call(Client client, Message request, String name) {
        String who = noun.name() + " " + name;
        try (LiveLine line = new LiveLine(context.environment(), who)) {
            client.stream(method, request, news -> line.show(who + ": " + state(news)));
        }
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
