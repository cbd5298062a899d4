package org.openstack.oaktree.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.resource.json.Times;
import org.openstack.oaktree.resource.query.ResourceQuery;
import org.openstack.oaktree.v1.Query;
import org.openstack.oaktree.v1.Unreachable;

/** The answer to one List request while it is being put together: what is wanted of each place's list, as far as the page goes. */
public final class Listing {
    private static final int QUERY = 2;
    private static final int PAGE_SIZE = 3;
    private static final int PAGE_TOKEN = 4;
    private static final int DEFAULT_PAGE_SIZE = 500;
    private static final int LARGEST_PAGE_SIZE = 1000;
    /** A default gRPC client refuses messages above 4 MiB. */
    private static final int LARGEST_PAGE_BYTES = 3 << 20;

    private final Message request;
    private final Message response;
    private final Function<Message, String> id;
    private final ResourceQuery query;
    private final PageToken from;
    private final ListPage page;
    private final Message.Builder answer;
    private Instant begun;
    private Instant asOf = Instant.MAX;

    /**
     * Begins an answer.
     *
     * @param request of the regular shape
     * @param response prototype of the response
     * @param id the resource's field {@code id}
     * @param name the field that people call the resource by
     * @throws org.openstack.oaktree.error.OaktreeException INVALID_FIELD for a wrong query, page size, page token or age
     */
    public Listing(Message request, Message response, FieldDescriptor id, FieldDescriptor name) {
        this.request = request;
        this.response = response;
        this.id = resource -> resource.getField(id).toString();
        Query wanted = Requests.part(request, Requests.field(request, QUERY), Query.getDefaultInstance());
        this.query = new ResourceQuery(wanted, id, name);
        String token = request.getField(Requests.field(request, PAGE_TOKEN)).toString();
        this.from = token.isEmpty() ? PageToken.FIRST : PageToken.read(token, bound());
        this.begun = token.isEmpty() ? Instant.now() : from.begun();
        this.page = new ListPage(pageSize(), LARGEST_PAGE_BYTES);
        this.answer = response.newBuilderForType();
        // Whether the list is fetched for it or not, a wrong age is refused.
        Requests.maxAge(request);
    }

    private int pageSize() {
        int size = (int) request.getField(Requests.field(request, PAGE_SIZE));
        if (size < 0) {
            throw OaktreeException.invalidField("page_size", "must not be negative");
        }
        return size == 0 ? DEFAULT_PAGE_SIZE : Math.min(size, LARGEST_PAGE_SIZE);
    }

    /** What of the request must stay the same from page to page. */
    private Message bound() {
        return request.toBuilder()
                .clearField(Requests.field(request, PAGE_SIZE))
                .clearField(Requests.field(request, PAGE_TOKEN))
                .build();
    }

    /** Where the page begins. */
    PageToken from() {
        return from;
    }

    /** When the first page was asked for. */
    Instant begun() {
        return begun;
    }

    /** Takes another time for that, on the first page: so that the answer depends on nothing but what it is made of. */
    void begun(Instant other) {
        begun = other;
    }

    /** Whether nothing more fits. */
    boolean isFull() {
        return page.isFull();
    }

    /**
     * Adds what is wanted of a place's list, as far as it fits.
     *
     * @param list ordered by ID
     * @param place index of the place among those of the request
     * @param fetched when the list was fetched
     */
    public void add(List<? extends Message> list, int place, Instant fetched) {
        asOf = fetched.isBefore(asOf) ? fetched : asOf;
        page.add(query.apply(list), id, place == from.place() ? from.lastId() : "", place, begun);
    }

    /** Names a place whose list is missing. */
    void add(Unreachable place) {
        answer.addRepeatedField(Requests.field(response, 4), place);
    }

    /** The response. */
    public Message answer() {
        FieldDescriptor resources = Requests.field(response, 1);
        page.resources().forEach(resource -> answer.addRepeatedField(resources, resource));
        PageToken next = page.next();
        if (next != null) {
            answer.setField(Requests.field(response, 2), next.text(bound()));
        }
        if (!asOf.equals(Instant.MAX)) {
            answer.setField(Requests.field(response, 3), Times.timestamp(asOf));
        }
        return answer.build();
    }
}
