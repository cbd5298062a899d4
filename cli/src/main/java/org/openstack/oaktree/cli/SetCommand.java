package org.openstack.oaktree.cli;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openstack.oaktree.cli.client.Client;
import picocli.CommandLine.Model.OptionSpec;

/** {@code oaktree NOUN set NAME...}: changes fields of a resource, and single entries of its metadata, which are a call of their own. */
final class SetCommand extends EachCommand {
    private record Metadata(MethodDescriptor method, RequestOptions entries) {}

    private final Optional<Metadata> metadata;

    SetCommand(Context context, Noun noun) {
        super(context, noun, Verb.SET);
        this.metadata = Optional.ofNullable(noun.methods().get(Verb.SET_METADATA))
                .map(of -> new Metadata(
                        of,
                        new RequestOptions(
                                command, of.getInputType(), context.table().section(noun.name()), 0)));
    }

    @Override
    List<OptionSpec> options() {
        List<OptionSpec> options = new ArrayList<>(super.options());
        metadata.ifPresent(more -> options.addAll(more.entries().options(context.api())));
        return options;
    }

    @Override
    void call(Client client, Message request, String name) {
        Optional<Metadata> wanted = metadata.filter(more -> more.entries().areGiven());
        if (wanted.isEmpty() || own.areGiven()) {
            super.call(client, request, name);
        }
        wanted.ifPresent(more -> client.call(more.method(), request(more, request)));
    }

    /** About the same resource at the same place. */
    private static Message request(Metadata more, Message request) {
        DynamicMessage.Builder entries = DynamicMessage.newBuilder(more.method().getInputType());
        for (int shared : List.of(Fields.LOCATION, Fields.RESOURCE)) {
            entries.setField(
                    entries.getDescriptorForType().findFieldByNumber(shared),
                    request.getField(request.getDescriptorForType().findFieldByNumber(shared)));
        }
        more.entries().fill(entries);
        return entries.build();
    }
}
