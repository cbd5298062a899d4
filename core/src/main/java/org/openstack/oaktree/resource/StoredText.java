package org.openstack.oaktree.resource;

import org.openstack.oaktree.error.OaktreeException;

/** What the databases behind OpenStack's services can keep of a text. */
public final class StoredText {
    private StoredText() {}

    /**
     * Refuses characters that a service takes and its database cannot keep: nova never builds such a server, neutron answers 500.
     *
     * @param field of the request
     * @throws OaktreeException INVALID_FIELD
     */
    public static void check(String field, String text) {
        if (text.codePoints().anyMatch(Character::isSupplementaryCodePoint)) {
            throw OaktreeException.invalidField(
                    field, "must have no characters beyond U+FFFF: the cloud cannot keep them");
        }
    }
}
