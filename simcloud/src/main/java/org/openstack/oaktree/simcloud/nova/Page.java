package org.openstack.oaktree.simcloud.nova;

import java.util.List;
import java.util.Optional;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;

/**
 * The part of a list that a call asks for, by limit and marker.
 *
 * @param limit how many at most; 0 = none
 * @param marker what stands just before the page; "" = begin at the start
 */
record Page(int limit, String marker) {
    static Page of(Call call, int max) {
        Optional<String> limit = call.query().last("limit");
        limit.ifPresent(text -> digits("limit", text));
        int asked = limit.filter(text -> !text.isEmpty())
                .map(text -> clip(text, max))
                .orElse(max);
        return new Page(asked, call.query().value("marker"));
    }

    /** Where the page begins in the whole list, whose items' IDs these are. */
    int start(List<String> ids) {
        if (marker.isEmpty()) {
            return 0;
        }
        int index = ids.indexOf(marker);
        if (index < 0) {
            throw new ApiException(400, "marker [" + marker + "] not found");
        }
        return index + 1;
    }

    /** Whether nova gives a link to a next page: whenever this one is full, even if nothing follows. */
    boolean hasNext(int shown) {
        return shown > 0 && shown == limit;
    }

    private static void digits(String name, String value) {
        if (!value.matches("[0-9]*")) {
            throw new ApiException(
                    400,
                    "Invalid input for query parameters " + name + ". Value: " + value + ". '" + value
                            + "' does not match '^[0-9]*$'");
        }
    }

    private static int clip(String digits, int max) {
        return digits.length() > 9 ? max : Math.min(max, Integer.parseInt(digits));
    }
}
