package org.openstack.oaktree.simcloud.http;

import java.util.List;

/**
 * The range of microversions that a service speaks, and how a client asks for one.
 *
 * @param service the word before the version in OpenStack-API-Version: compute, volume
 */
public record Microversions(String service, Microversion min, Microversion max) {
    static final String HEADER = "OpenStack-API-Version";

    /**
     * The version that the call asks for; the lowest when it asks for none.
     *
     * @throws ApiException 400 when it cannot be read
     */
    public Microversion asked(Call call, String legacyHeader) {
        String text = legacyHeader.isEmpty() ? "" : call.header(legacyHeader);
        for (String part : List.of(call.header(HEADER).split(",", -1))) {
            String[] words = part.strip().split("\\s+", -1);
            if (words.length == 2 && words[0].equalsIgnoreCase(service)) {
                text = words[1];
            }
        }
        if (text.isEmpty()) {
            return min;
        }
        return text.equalsIgnoreCase("latest") ? max : Microversion.parse(text);
    }

    /** The version that the call asks for; the lowest also when it cannot be read. */
    public Microversion askedOrLowest(Call call, String legacyHeader) {
        try {
            return asked(call, legacyHeader);
        } catch (ApiException unreadable) {
            return min;
        }
    }

    /** Refuses what is out of the range. */
    public void require(Microversion asked) {
        if (asked.compareTo(min) < 0 || asked.compareTo(max) > 0) {
            throw new ApiException(
                    406,
                    "Version " + asked + " is not supported by the API. Minimum is " + min + " and maximum is " + max
                            + ".");
        }
    }
}
