package org.openstack.oaktree.simcloud.neutron;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Query;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Python;

/** What a list call asks for: filters, fields, order and page. */
final class Listing {
    private static final Set<String> NOT_FILTERS = Set.of(
            "fields",
            "limit",
            "marker",
            "page_reverse",
            "sort_key",
            "sort_dir",
            "tags",
            "tags-any",
            "not-tags",
            "not-tags-any");

    private final Call call;
    private final ResourceType type;
    private final Query query;

    Listing(Call call, ResourceType type) {
        this.call = call;
        this.type = type;
        this.query = call.query();
        List<String> unknown = query.parameters().stream()
                .map(Query.Parameter::name)
                .filter(name -> !NOT_FILTERS.contains(name) && !type.knows(name))
                .distinct()
                .toList();
        if (!unknown.isEmpty()) {
            throw ResourceType.bad(Python.repr(unknown) + " is invalid attribute for filtering");
        }
    }

    /**
     * The answer: one page of the resources that fit.
     *
     * @param all the caller's view of all resources that he may see, in the order of their IDs
     * @param maxLimit how many there are on a page at most; 0 = any number
     */
    JsonObject answer(List<JsonObject> all, int maxLimit) {
        int limit = limit(maxLimit);
        boolean isReverse = query.value("page_reverse").equalsIgnoreCase("true");
        List<JsonObject> fitting =
                new ArrayList<>(all.stream().filter(this::fits).toList());
        order(fitting);
        if (isReverse) {
            Collections.reverse(fitting);
        }
        List<JsonObject> page = new ArrayList<>(afterMarker(fitting, all));
        if (limit > 0 && page.size() > limit) {
            page = new ArrayList<>(page.subList(0, limit));
        }
        if (isReverse) {
            Collections.reverse(page);
        }
        JsonObject answer =
                JsonObject.of(type.plural(), page.stream().map(this::selected).toList());
        if (limit > 0) {
            answer.put(type.plural() + "_links", links(page, limit));
        }
        return answer;
    }

    /** Only the members that the call wants. */
    JsonObject selected(JsonObject view) {
        Set<String> fields =
                query.all("fields").filter(field -> !field.isEmpty()).collect(Collectors.toSet());
        if (fields.isEmpty()) {
            return view;
        }
        JsonObject selected = JsonObject.of();
        view.forEach((name, value) -> selected.putIf(fields.contains(name), name, value));
        return selected;
    }

    private int limit(int maxLimit) {
        String text = query.value("limit");
        if (!text.isEmpty() && !text.matches("[0-9]{1,9}")) {
            throw new ApiException(
                    400,
                    "BadRequest",
                    "Bad limit request: Limit must be an integer 0 or greater and not '" + text + "'.");
        }
        int asked = text.isEmpty() ? 0 : Integer.parseInt(text);
        return asked == 0 || (maxLimit > 0 && asked > maxLimit) ? maxLimit : asked;
    }

    private List<JsonObject> afterMarker(List<JsonObject> ordered, List<JsonObject> all) {
        String marker = query.value("marker");
        if (marker.isEmpty()) {
            return ordered;
        }
        if (all.stream().noneMatch(view -> view.text("id").equals(marker))) {
            throw type.notFound(marker);
        }
        List<String> ids = ordered.stream().map(view -> view.text("id")).toList();
        return ordered.subList(ids.indexOf(marker) + 1, ordered.size());
    }

    private List<JsonObject> links(List<JsonObject> page, int limit) {
        List<JsonObject> links = new ArrayList<>();
        Query base = query.without("marker").without("page_reverse");
        if (page.size() == limit) {
            links.add(link("next", base.with("marker", page.getLast().text("id"))));
        }
        Query previous =
                page.isEmpty() ? base : base.with("marker", page.getFirst().text("id"));
        links.add(link("previous", previous.with("page_reverse", "True")));
        return links;
    }

    private JsonObject link(String relation, Query parameters) {
        return JsonObject.of("rel", relation).put("href", call.serviceUrl() + call.path() + "?" + parameters.encoded());
    }

    private void order(List<JsonObject> views) {
        List<String> keys = query.all("sort_key").toList();
        List<String> directions = query.all("sort_dir").toList();
        if (keys.size() != directions.size()) {
            throw ResourceType.bad("The number of sort_keys and sort_dirs must be same");
        }
        for (int i = keys.size() - 1; i >= 0; i--) {
            String key = keys.get(i);
            if (!type.knows(key)) {
                throw ResourceType.bad("['" + key + "'] is invalid attribute for sort_keys");
            }
            Comparator<JsonObject> order = Comparator.comparing(view -> Python.str(view.get(key)));
            views.sort(directions.get(i).equals("desc") ? order.reversed() : order);
        }
    }

    private boolean fits(JsonObject view) {
        return query.parameters().stream()
                        .map(Query.Parameter::name)
                        .filter(name -> !NOT_FILTERS.contains(name))
                        .distinct()
                        .allMatch(name -> fits(name, view.get(name)))
                && fitsTags(view);
    }

    /** Whether any of the values asked for under this name fits. */
    private boolean fits(String name, @Nullable Object value) {
        boolean isFlag = type.attribute(name)
                .filter(attribute -> attribute.kind() == Attribute.Kind.FLAG)
                .isPresent();
        return query.all(name).anyMatch(wanted -> {
            if (isFlag) {
                return value instanceof Boolean flag && flag == Attribute.flag(wanted);
            }
            if (value instanceof Iterable<?> list) {
                return StreamSupport.stream(list.spliterator(), false).anyMatch(entry -> fitsEntry(entry, wanted));
            }
            return value == null ? wanted.isEmpty() : Python.str(value).equals(wanted);
        });
    }

    /** An entry of a list: the text itself, or name=value of an object ({@code fixed_ips=ip_address=10.0.0.1}). */
    private static boolean fitsEntry(Object entry, String wanted) {
        if (entry instanceof JsonObject object) {
            int equals = wanted.indexOf('=');
            return equals > 0 && object.text(wanted.substring(0, equals)).equals(wanted.substring(equals + 1));
        }
        return Python.str(entry).equals(wanted);
    }

    private boolean fitsTags(JsonObject view) {
        List<String> tags = StreamSupport.stream(view.list("tags").spliterator(), false)
                .map(Python::str)
                .toList();
        return query.all("tags").allMatch(wanted -> tags.containsAll(List.of(wanted.split(",", -1))))
                && query.all("tags-any").allMatch(wanted -> !Collections.disjoint(tags, List.of(wanted.split(",", -1))))
                && query.all("not-tags").noneMatch(wanted -> tags.containsAll(List.of(wanted.split(",", -1))))
                && query.all("not-tags-any")
                        .allMatch(wanted -> Collections.disjoint(tags, List.of(wanted.split(",", -1))));
    }
}
