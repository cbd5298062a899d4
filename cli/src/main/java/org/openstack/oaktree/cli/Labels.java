package org.openstack.oaktree.cli;

import java.util.Locale;

/** How help texts call an argument. */
final class Labels {
    private Labels() {}

    /** For example {@code SERVER_GROUP}. */
    static String of(Noun noun) {
        return noun.name().replace(' ', '_').toUpperCase(Locale.ROOT);
    }
}
