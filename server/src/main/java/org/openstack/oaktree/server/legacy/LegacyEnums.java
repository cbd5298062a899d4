package org.openstack.oaktree.server.legacy;

import com.google.protobuf.ProtocolMessageEnum;
import java.util.Optional;

/** Enums of 2016: their values are called as clouds say them, and the first, 0, is a word like the others. */
final class LegacyEnums {
    private LegacyEnums() {}

    /** The value for a cloud's word, whatever the case of its letters; empty when there is none. */
    static <E extends Enum<E> & ProtocolMessageEnum> Optional<E> find(E[] values, String word) {
        for (E value : values) {
            if (value.name().equalsIgnoreCase(word)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
