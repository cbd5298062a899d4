package org.openstack.oaktree.simcloud.cinder;

import java.util.List;
import java.util.function.Function;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** The part of a list that a call asks for, by limit, offset and marker. */
final class CinderPage {
    private final Call call;
    private final int limit;
    private final int offset;

    CinderPage(Call call, int max) {
        this.call = call;
        this.limit = Math.min(number("limit", max), max);
        this.offset = number("offset", 0);
    }

    private int number(String name, int fallback) {
        String text = call.query().value(name);
        if (text.isEmpty()) {
            return fallback;
        }
        if (!text.matches("-?[0-9]{1,9}")) {
            throw new ApiException(400, name + " param must be an integer");
        }
        int number = Integer.parseInt(text);
        if (number < 0) {
            throw new ApiException(400, name + " param must be positive");
        }
        return number;
    }

    /**
     * The answer: the page and, when it is full, a link to the next one.
     *
     * @param name as in the body: volumes
     */
    <T> JsonObject answer(
            String name, List<T> fitting, Function<T, String> id, Function<T, JsonObject> view, String kind) {
        String marker = call.query().value("marker");
        int start = offset;
        if (!marker.isEmpty()) {
            start = fitting.stream().map(id).toList().indexOf(marker) + 1;
            if (start == 0) {
                throw new ApiException(404, kind + " " + marker + " could not be found.");
            }
        }
        List<T> page = fitting.stream().skip(start).limit(limit).toList();
        JsonObject answer = JsonObject.of(name, page.stream().map(view).toList());
        if (!page.isEmpty() && page.size() == limit) {
            String next = call.serviceUrl() + call.path() + "?"
                    + call.query().with("marker", id.apply(page.getLast())).encoded();
            answer.put(name + "_links", List.of(JsonObject.of("rel", "next").put("href", next)));
        }
        return answer;
    }
}
