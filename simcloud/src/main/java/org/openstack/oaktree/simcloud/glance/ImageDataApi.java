package org.openstack.oaktree.simcloud.glance;

import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openstack.oaktree.simcloud.http.Answer;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Body;
import org.openstack.oaktree.simcloud.http.Call;
import org.openstack.oaktree.simcloud.http.Router;
import org.openstack.oaktree.simcloud.json.JsonObject;

/** {@code /images/{id}/file}: the bytes, which come and go as streams while others work. */
final class ImageDataApi {
    private static final String PATH = "/v2/images/{id}/file";
    private static final String OCTETS = "application/octet-stream";
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{0,18})");

    private final Images images;

    ImageDataApi(Images images) {
        this.images = images;
    }

    void addTo(Router router) {
        router.addStreaming("PUT", PATH, this::upload).add("GET", PATH, this::download);
    }

    private Answer upload(Call call) {
        if (!call.header("Content-Type").startsWith(OCTETS)) {
            throw new ApiException(415, "The image data must be " + OCTETS + ".");
        }
        Image image = images.world().locked(() -> begin(call));
        try {
            BlobStore.Stored stored = images.store().store(call.content());
            change(() -> images.fill(image, stored));
        } catch (UncheckedIOException e) {
            change(() -> image.attributes().put("status", "queued"));
            throw e;
        }
        return Answer.empty(204);
    }

    private void change(Runnable change) {
        images.world().locked(() -> {
            change.run();
            images.world().changed();
            return true;
        });
    }

    private Image begin(Call call) {
        Image image = find(call);
        if (!call.caller().sees(image.owner())) {
            throw new ApiException(403, "You do not own this image");
        }
        if (!image.status().equals("queued")) {
            throw new ApiException(409, "Image status transition from " + image.status() + " to saving is not allowed");
        }
        JsonObject attributes = image.attributes();
        if (attributes.get("disk_format") == null || attributes.get("container_format") == null) {
            throw new ApiException(400, "Properties disk_format, container_format must be set prior to saving data.");
        }
        attributes.put("status", "saving");
        images.world().changed();
        return image;
    }

    private Answer download(Call call) {
        Image image = find(call);
        if (image.data().isEmpty()) {
            return Answer.empty(204);
        }
        Blob data = image.data().get();
        Answer whole = new Answer(200, Map.of(), new Body(data.size(), data::open))
                .with("Content-Type", OCTETS)
                .with("Content-MD5", image.attributes().text("checksum"));
        Matcher range = RANGE.matcher(call.header("Range"));
        return range.matches() ? part(whole, data, range) : whole;
    }

    private static Answer part(Answer whole, Blob data, Matcher range) {
        long first = Long.parseLong(range.group(1));
        long last =
                range.group(2).isEmpty() ? data.size() - 1 : Math.min(Long.parseLong(range.group(2)), data.size() - 1);
        if (first > last) {
            throw new ApiException(416, "The range cannot be satisfied.");
        }
        Body part = new Body(last - first + 1, () -> {
            InputStream in = data.open();
            in.skipNBytes(first);
            return new LimitedInputStream(in, last - first + 1);
        });
        return whole.withBody(OCTETS, part)
                .withStatus(206)
                .with("Content-Range", "bytes " + first + "-" + last + "/" + data.size());
    }

    private Image find(Call call) {
        return images.visible(call.variable("id"), call.caller())
                .orElseThrow(() -> Glance.notFound(call.variable("id")));
    }
}
