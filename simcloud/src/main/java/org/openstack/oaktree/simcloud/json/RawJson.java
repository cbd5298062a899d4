package org.openstack.oaktree.simcloud.json;

import java.nio.charset.StandardCharsets;

/** A part of a tree that was rendered before: what makes a page of a thousand unchanged servers cheap. */
public final class RawJson {
    private final String text;

    public RawJson(Object tree) {
        this.text = Json.text(tree);
    }

    String text() {
        return text;
    }

    /** How many bytes this part takes in an answer. */
    public int size() {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
