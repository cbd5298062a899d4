package org.openstack.oaktree.rest;

import java.util.Optional;
import org.openstack.oaktree.v1.ErrorReason;

/** What a cloud's sentence about a resource that failed comes to, so that nobody has to search it for words. */
public final class FaultWords {
    private FaultWords() {}

    /** QUOTA_EXCEEDED or NO_CAPACITY when the sentence speaks of that, else RESOURCE_FAILED. */
    public static ErrorReason reason(String sentence) {
        CloudWords words = new CloudWords("", sentence, Optional.empty());
        if (words.speakOfQuota()) {
            return ErrorReason.ERROR_REASON_QUOTA_EXCEEDED;
        }
        return words.speakOfCapacity()
                ? ErrorReason.ERROR_REASON_NO_CAPACITY
                : ErrorReason.ERROR_REASON_RESOURCE_FAILED;
    }
}
