package org.openstack.oaktree.resource.json;

import java.util.Arrays;

/** Text that a {@link MessageReader} found in one document beside its message. */
public final class Captured {
    private final String[] texts;
    private final int[] ranks;

    /** Room for that many texts. */
    public Captured(int size) {
        this.texts = new String[size];
        this.ranks = new int[size];
        Arrays.fill(texts, "");
    }

    /** The text of that index; empty when the document has none. */
    public String text(int index) {
        return texts[index];
    }

    /** Forgets everything, for the next document. */
    public void clear() {
        Arrays.fill(texts, "");
    }

    void offer(int index, int rank, String text) {
        if (texts[index].isEmpty() || rank < ranks[index]) {
            texts[index] = text;
            ranks[index] = rank;
        }
    }
}
