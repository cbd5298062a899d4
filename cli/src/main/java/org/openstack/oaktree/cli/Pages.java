package org.openstack.oaktree.cli;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import org.openstack.oaktree.cli.client.Client;

/**
 * The pages of a list, put together.
 *
 * @param resources of all pages
 * @param unreachable places that are missing ({@code oaktree.v1.Unreachable})
 */
record Pages(List<Message> resources, List<Message> unreachable) {
    /** Asks page by page until there are no more, or {@code limit} resources have come. */
    static Pages fetch(
            Client client,
            com.google.protobuf.Descriptors.MethodDescriptor method,
            DynamicMessage.Builder request,
            int limit) {
        FieldDescriptor token = method.getInputType().findFieldByNumber(Fields.PAGE_TOKEN);
        FieldDescriptor resources = method.getOutputType().findFieldByNumber(Fields.ANSWERED);
        FieldDescriptor next = method.getOutputType().findFieldByNumber(Fields.NEXT_PAGE_TOKEN);
        FieldDescriptor missing = method.getOutputType().findFieldByNumber(Fields.UNREACHABLE);
        Pages pages = new Pages(new ArrayList<>(), new ArrayList<>());
        while (true) {
            DynamicMessage page = client.call(method, request.build());
            add(page, resources, pages.resources());
            if (missing != null) {
                add(page, missing, pages.unreachable());
            }
            String following = next == null || token == null ? "" : (String) page.getField(next);
            if (pages.resources().size() >= limit) {
                return new Pages(pages.resources().subList(0, limit), pages.unreachable());
            }
            if (token == null || following.isEmpty()) {
                return pages;
            }
            request.setField(token, following);
        }
    }

    private static void add(Message page, FieldDescriptor field, List<Message> to) {
        for (Object item : (List<?>) page.getField(field)) {
            to.add((Message) item);
        }
    }
}
