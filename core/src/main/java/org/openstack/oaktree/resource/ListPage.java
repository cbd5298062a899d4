package org.openstack.oaktree.resource;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Fills one page with resources of one place after the other until it is full. Used by one thread. */
final class ListPage {
    private final int mostResources;
    private final int mostBytes;
    private final List<Message> resources = new ArrayList<>();
    private long bytes;
    private @Nullable PageToken next;

    ListPage(int mostResources, int mostBytes) {
        this.mostResources = mostResources;
        this.mostBytes = mostBytes;
    }

    /**
     * Adds what fits of a place's list.
     *
     * @param after ID behind which to begin; empty: at the start
     * @param place index of the place
     * @param begun when the first page was asked for
     */
    void add(List<? extends Message> list, Function<Message, String> id, String after, int place, Instant begun) {
        for (int i = firstAfter(list, id, after); i < list.size(); i++) {
            Message resource = list.get(i);
            int size = resource.getSerializedSize();
            long framed = bytes + size + CodedOutputStream.computeUInt32SizeNoTag(size) + 1;
            boolean fits = resources.size() < mostResources && (framed <= mostBytes || resources.isEmpty());
            if (!fits) {
                String last = i == 0 ? "" : id.apply(list.get(i - 1));
                next = new PageToken(place, begun, last);
                return;
            }
            resources.add(resource);
            bytes = framed;
        }
    }

    private static int firstAfter(List<? extends Message> list, Function<Message, String> id, String after) {
        int low = 0;
        int high = after.isEmpty() ? 0 : list.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (id.apply(list.get(middle)).compareTo(after) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Whether a resource was found that did not fit. */
    boolean isFull() {
        return next != null;
    }

    List<Message> resources() {
        return resources;
    }

    /** Where the next page begins; null: this is the last. */
    @Nullable
    PageToken next() {
        return next;
    }
}
