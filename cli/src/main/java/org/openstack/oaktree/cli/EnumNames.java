package org.openstack.oaktree.cli;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import java.util.Locale;

/** Words of enums on the command line: without the prefix that protobuf wants, in small letters. */
final class EnumNames {
    private EnumNames() {}

    /** For example {@code soft} for {@code REBOOT_TYPE_SOFT}. */
    static String word(EnumValueDescriptor value) {
        String prefix = value.getType()
                        .getName()
                        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
                        .toUpperCase(Locale.ROOT) + "_";
        String name = value.getName();
        return (name.startsWith(prefix) ? name.substring(prefix.length()) : name).toLowerCase(Locale.ROOT);
    }

    /**
     * The value of that word.
     *
     * @throws IllegalArgumentException naming the words there are
     */
    static EnumValueDescriptor value(EnumDescriptor type, String word) {
        for (EnumValueDescriptor value : type.getValues()) {
            if (value.getNumber() != 0 && word(value).equalsIgnoreCase(word)) {
                return value;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is none of "
                + type.getValues().stream()
                        .filter(value -> value.getNumber() != 0)
                        .map(EnumNames::word)
                        .toList());
    }
}
