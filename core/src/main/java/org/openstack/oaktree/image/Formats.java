package org.openstack.oaktree.image;

import java.util.Objects;
import org.openstack.oaktree.cloud.Cloud;

/** The formats of an image of which the caller says nothing. */
final class Formats {
    private Formats() {}

    static String disk(Cloud cloud, String asked) {
        return asked.isEmpty() ? Objects.toString(cloud.config().settings().get("image_format"), "qcow2") : asked;
    }

    static String container(String asked) {
        return asked.isEmpty() ? "bare" : asked;
    }
}
