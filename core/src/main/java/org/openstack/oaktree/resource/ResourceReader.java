package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.json.JsonTree;
import org.openstack.oaktree.resource.json.Captured;
import org.openstack.oaktree.resource.json.MessageReader;
import org.openstack.oaktree.rest.UnreadableAnswerException;
import org.openstack.oaktree.rest.v1.Resource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads answers about one kind of resource: lists page by page, and single documents. Immutable. */
final class ResourceReader {
    private static final int ZONE = 0;
    private static final int PROJECT = 1;

    private final Resource options;
    private final Message prototype;
    private final MessageReader reader;

    /**
     * One page of a list.
     *
     * @param documents its resources
     * @param next link to the next page, as the cloud wrote it; empty: this is the last
     */
    record Page(List<Document> documents, String next) {}

    ResourceReader(Resource options, Message prototype, Function<String, List<String>> silent) {
        this.options = options;
        this.prototype = prototype;
        this.reader = new MessageReader(prototype, silent, List.of(options.getZone(), options.getProject()));
    }

    /** Reads one page of a list: an object with the list in it, or the bare list. */
    Page page(InputStream body) {
        try (JsonParser parser = JsonTree.parser(body)) {
            List<Document> documents = null;
            String next = "";
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_ARRAY) {
                return new Page(documents(parser), "");
            }
            while (first == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String member = parser.currentName();
                JsonToken value = parser.nextToken();
                if (member.equals(options.getPlural()) && value == JsonToken.START_ARRAY) {
                    documents = documents(parser);
                } else if (isLink(member)) {
                    next = next(JsonTree.value(parser), next);
                } else {
                    parser.skipChildren();
                }
            }
            if (documents == null) {
                throw new UnreadableAnswerException("holds no list `" + options.getPlural() + "`");
            }
            return new Page(documents, next);
        }
    }

    private boolean isLink(String member) {
        return member.equals("next") || member.equals("links") || member.equals(options.getPlural() + "_links");
    }

    /** The three ways in which OpenStack's services point to the next page. */
    private static String next(@Nullable Object links, String otherwise) {
        if (links instanceof String next) {
            return next;
        }
        if (links instanceof Map<?, ?> named && named.get("next") instanceof String next) {
            return next;
        }
        if (links instanceof List<?> list) {
            for (Object link : list) {
                if (link instanceof Map<?, ?> named
                        && "next".equals(named.get("rel"))
                        && named.get("href") instanceof String next) {
                    return next;
                }
            }
        }
        return otherwise;
    }

    private List<Document> documents(JsonParser parser) {
        List<Document> documents = new ArrayList<>();
        Captured captured = new Captured(2);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new UnreadableAnswerException(
                        "holds something else than objects in `" + options.getPlural() + "`");
            }
            documents.add(options.getWrappedItems() ? wrapped(parser, captured) : document(parser, captured));
        }
        return documents;
    }

    /** Reads one document: the resource, wrapped as the cloud wraps it. */
    Document single(byte[] body) {
        try (JsonParser parser = JsonTree.parser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadableAnswerException("is no JSON object");
            }
            Captured captured = new Captured(2);
            Document document =
                    options.getSingular().isEmpty() ? document(parser, captured) : wrapped(parser, captured);
            FieldDescriptor id = prototype.getDescriptorForType().findFieldByName("id");
            if (id != null && document.resource().getField(id).toString().isEmpty()) {
                throw new UnreadableAnswerException("describes something without an ID");
            }
            return document;
        }
    }

    private Document wrapped(JsonParser parser, Captured captured) {
        Document document = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String member = parser.currentName();
            if (parser.nextToken() == JsonToken.START_OBJECT && member.equals(options.getSingular())) {
                document = document(parser, captured);
            } else {
                parser.skipChildren();
            }
        }
        if (document == null) {
            throw new UnreadableAnswerException("holds no object `" + options.getSingular() + "`");
        }
        return document;
    }

    private Document document(JsonParser parser, Captured captured) {
        captured.clear();
        Message.Builder resource = prototype.newBuilderForType();
        reader.read(parser, resource, captured);
        return new Document(resource.build(), captured.text(ZONE), captured.text(PROJECT));
    }
}
