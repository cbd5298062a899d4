package org.openstack.oaktree.cli;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.HashMap;
import java.util.Map;
import org.openstack.oaktree.cli.client.CallFailure;
import org.openstack.oaktree.cli.client.Client;
import org.openstack.oaktree.cli.output.Value;

/** Finds names by listing all resources of a kind, once, at the first question. */
final class NameIndex implements Names {
    private final Context context;
    private final Client client;
    private final ConnectionOptions connection;
    private final Map<String, Map<String, String>> names = new HashMap<>();

    NameIndex(Context context, Client client, ConnectionOptions connection) {
        this.context = context;
        this.client = client;
        this.connection = connection;
    }

    @Override
    public String name(String noun, String id) {
        String name = names.computeIfAbsent(noun, this::list).getOrDefault(id, "");
        return name.isEmpty() ? id : name;
    }

    private Map<String, String> list(String noun) {
        Noun listed = context.nouns().get(noun);
        MethodDescriptor method = listed == null ? null : listed.methods().get(Verb.LIST);
        if (listed == null || method == null) {
            return Map.of();
        }
        FieldDescriptor location = method.getInputType().findFieldByNumber(Fields.LOCATION);
        DynamicMessage.Builder request = DynamicMessage.newBuilder(method.getInputType());
        request.setField(location, RequestOptions.convert(location.getMessageType(), connection.location()));
        Map<String, String> found = new HashMap<>();
        try {
            for (Message resource :
                    Pages.fetch(client, method, request, Integer.MAX_VALUE).resources()) {
                found.put(text(resource, "id"), text(resource, "name"));
            }
        } catch (CallFailure e) {
            // Names are a kindness: what the command is about has been answered. The IDs stand for them.
            return Map.of();
        }
        return found;
    }

    private static String text(Message resource, String field) {
        return FieldPath.of(resource.getDescriptorForType(), field)
                                .map(path -> path.read(resource))
                                .orElse(Value.NOTHING)
                        instanceof Value.Text(String text)
                ? text
                : "";
    }
}
