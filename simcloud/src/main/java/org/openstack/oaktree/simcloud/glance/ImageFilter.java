package org.openstack.oaktree.simcloud.glance;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.http.Query;
import org.openstack.oaktree.simcloud.json.JsonObject;
import org.openstack.oaktree.simcloud.json.Python;

/** Which images a list call wants. */
final class ImageFilter implements Predicate<Image> {
    private static final Set<String> NOT_FILTERS =
            Set.of("limit", "marker", "sort", "sort_key", "sort_dir", "visibility", "member_status", "os_hidden");
    private static final Set<String> VISIBILITIES = Set.of("", "all", "public", "private", "shared", "community");

    private final Query query;
    private final Caller caller;
    private final String visibility;

    ImageFilter(Call call) {
        query = call.query();
        caller = call.caller();
        visibility = query.value("visibility");
        if (!VISIBILITIES.contains(visibility)) {
            throw new ApiException(400, "Invalid visibility value: " + visibility);
        }
        String isProtected = query.value("protected");
        if (!isProtected.isEmpty() && !isProtected.equalsIgnoreCase("true") && !isProtected.equalsIgnoreCase("false")) {
            throw new ApiException(
                    400,
                    "Invalid value '" + isProtected + "' for 'protected' filter. Valid values are 'true' or 'false'.");
        }
    }

    @Override
    public boolean test(Image image) {
        boolean isHidden = image.attributes().flag("os_hidden", false);
        return isListed(image)
                && isHidden == query.value("os_hidden").equalsIgnoreCase("true")
                && query.parameters().stream()
                        .filter(parameter -> !NOT_FILTERS.contains(parameter.name()))
                        .allMatch(parameter -> fits(image, parameter.name(), parameter.value()));
    }

    /** Lists show what is one's own, public, or shared with one and accepted; community images only when asked for. */
    private boolean isListed(Image image) {
        String own = image.attributes().text("visibility");
        if (!visibility.isEmpty() && !visibility.equals("all") && !visibility.equals(own)) {
            return false;
        }
        Image.Member member = image.members().get(caller.projectId());
        String wanted = query.last("member_status").orElse("accepted");
        return caller.sees(image.owner())
                || own.equals("public")
                || (own.equals("community") && !visibility.isEmpty())
                || (own.equals("shared")
                        && member != null
                        && (wanted.equals("all") || member.status().equals(wanted)));
    }

    private static boolean fits(Image image, String name, String wanted) {
        return switch (name) {
            case "tag" -> image.tags().contains(wanted);
            case "size_min" -> image.attributes().number("size", 0) >= number(wanted);
            case "size_max" -> image.attributes().number("size", 0) <= number(wanted);
            case "created_at" -> fitsTime(image.createdAt(), wanted);
            case "updated_at" -> fitsTime(image.updatedAt(), wanted);
            default -> fitsText(value(image, name), wanted);
        };
    }

    private static @Nullable Object value(Image image, String name) {
        JsonObject view = ImageView.of(image);
        return view.get(name);
    }

    private static boolean fitsText(@Nullable Object value, String wanted) {
        if (value == null) {
            return false;
        }
        String text = value instanceof Boolean flag ? flag.toString() : Python.str(value);
        if (wanted.startsWith("in:")) {
            return List.of(wanted.substring(3).split(",", -1)).contains(text);
        }
        return value instanceof Boolean ? text.equalsIgnoreCase(wanted) : text.equals(wanted);
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new ApiException(400, "size param must be an integer");
        }
        return Long.parseLong(text);
    }

    private static boolean fitsTime(Instant time, String wanted) {
        int colon = wanted.indexOf(':');
        String operator = colon > 0 && colon <= 3 ? wanted.substring(0, colon) : "eq";
        String text = colon > 0 && colon <= 3 ? wanted.substring(colon + 1) : wanted;
        try {
            int order = time.compareTo(Instant.parse(text));
            return switch (operator) {
                case "gt" -> order > 0;
                case "gte" -> order >= 0;
                case "lt" -> order < 0;
                case "lte" -> order <= 0;
                case "neq" -> order != 0;
                default -> order == 0;
            };
        } catch (DateTimeParseException e) {
            throw new ApiException(400, "Invalid time format: " + text, e);
        }
    }
}
