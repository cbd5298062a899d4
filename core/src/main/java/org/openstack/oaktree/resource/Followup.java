package org.openstack.oaktree.resource;

import com.google.protobuf.Message;
import java.time.Instant;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.error.OaktreeException;

/** What a regular WaitFor does besides when the resource is ready, if its request asks for that. Implementations are safe for use by many threads. */
public interface Followup {
    /** Whether the request asks for it. */
    boolean isWanted(Message request);

    /**
     * Begins before the wait does.
     *
     * @param request with IDs for all references
     * @throws OaktreeException INVALID_FIELD for a request that contradicts itself
     */
    Task begin(Message request);

    /** One call's part; closed when the call ends, however it ends. */
    interface Task extends AutoCloseable {
        /**
         * Does it; the resource is ready.
         *
         * @param until when the wait is over
         */
        void follow(Cloud cloud, String id, Instant until);

        @Override
        void close();
    }

    /** Nothing to do. */
    Followup NONE = new Followup() {
        @Override
        public boolean isWanted(Message request) {
            return false;
        }

        @Override
        public Task begin(Message request) {
            throw new IllegalStateException("nothing is wanted");
        }
    };
}
