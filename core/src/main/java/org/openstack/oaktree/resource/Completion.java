package org.openstack.oaktree.resource;

import com.google.protobuf.Message;
import java.time.Instant;
import org.openstack.oaktree.cloud.Cloud;

/** What oaktree knows of resources beyond what their own service says. Implementations are safe for use by many threads. */
public interface Completion {
    /** Whether the request wants it. */
    boolean isWanted(Message request);

    /**
     * The same resources, completed.
     *
     * @param raw as their service described them
     * @param notBefore earliest acceptable begin of every fetch for it
     */
    Snapshot complete(Cloud cloud, Snapshot raw, Instant notBefore);

    /** Nothing to add. */
    Completion NONE = new Completion() {
        @Override
        public boolean isWanted(Message request) {
            return false;
        }

        @Override
        public Snapshot complete(Cloud cloud, Snapshot raw, Instant notBefore) {
            return raw;
        }
    };
}
