package org.openstack.oaktree.simcloud.glance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Query;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Python;

/** {@code GET /images}: pages of images. */
final class ImageListApi {
    private static final int DEFAULT_LIMIT = 25;
    private static final String PATH = "/v2/images";
    private static final List<String> SORT_KEYS =
            List.of("name", "status", "container_format", "disk_format", "size", "id", "created_at", "updated_at");

    private final Images images;
    private final int maxLimit;

    ImageListApi(Images images, int maxLimit) {
        this.images = images;
        this.maxLimit = maxLimit;
    }

    void addTo(Router router) {
        router.add("GET", PATH, this::list);
    }

    private Answer list(Call call) {
        int limit = limit(call.query());
        List<Image> fitting = images.all().stream()
                .filter(new ImageFilter(call))
                .sorted(order(call.query()))
                .toList();
        int start = start(call, fitting);
        List<Image> page = fitting.stream().skip(start).limit(limit).toList();
        JsonObject answer = JsonObject.of(
                        "images", page.stream().map(ImageView::of).toList())
                .put("first", link(call.query().without("marker")))
                .put("schema", "/v2/schemas/images");
        if (!page.isEmpty() && page.size() == limit) {
            answer.put("next", link(call.query().with("marker", page.getLast().id())));
        }
        return Answer.json(200, answer);
    }

    private int limit(Query query) {
        String text = query.value("limit");
        if (text.isEmpty()) {
            return Math.min(DEFAULT_LIMIT, maxLimit);
        }
        if (!text.matches("-?[0-9]{1,9}")) {
            throw new ApiException(400, "limit param must be an integer");
        }
        int asked = Integer.parseInt(text);
        if (asked < 0) {
            throw new ApiException(400, "limit param must be positive");
        }
        return Math.min(asked, maxLimit);
    }

    private int start(Call call, List<Image> fitting) {
        String marker = call.query().value("marker");
        if (marker.isEmpty()) {
            return 0;
        }
        if (images.visible(marker, call.caller()).isEmpty()) {
            throw new ApiException(400, "No image found with ID " + marker);
        }
        return fitting.stream().map(Image::id).toList().indexOf(marker) + 1;
    }

    private static Comparator<Image> order(Query query) {
        List<String> keys = new ArrayList<>();
        List<String> directions = new ArrayList<>();
        if (query.has("sort")) {
            for (String part : query.value("sort").split(",", -1)) {
                String[] words = part.split(":", 2);
                keys.add(words[0]);
                directions.add(words.length > 1 ? words[1] : "desc");
            }
        } else {
            query.all("sort_key").forEach(keys::add);
            query.all("sort_dir").forEach(directions::add);
        }
        Comparator<Image> order = null;
        for (int i = 0; i < keys.size(); i++) {
            String direction = directions.isEmpty() ? "desc" : directions.get(Math.min(i, directions.size() - 1));
            Comparator<Image> next = by(keys.get(i), direction);
            order = order == null ? next : order.thenComparing(next);
        }
        Comparator<Image> newest = by("created_at", "desc").thenComparing(by("id", "desc"));
        return order == null ? newest : order.thenComparing(newest);
    }

    private static Comparator<Image> by(String key, String direction) {
        if (!SORT_KEYS.contains(key)) {
            throw new ApiException(
                    400,
                    "Invalid sort key: " + key + ". It must be one of the following: " + String.join(", ", SORT_KEYS)
                            + ".");
        }
        Comparator<Image> order = key.equals("size")
                ? Comparator.comparingLong(image -> image.attributes().number("size", 0))
                : Comparator.comparing(image -> Python.str(ImageView.of(image).get(key)));
        return direction.equals("asc") ? order : order.reversed();
    }

    private static String link(Query query) {
        String encoded = query.encoded();
        return encoded.isEmpty() ? PATH : PATH + "?" + encoded;
    }
}
