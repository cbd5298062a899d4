package org.openstack.oaktree.resource;

import com.google.protobuf.Message;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.error.OaktreeException;

/** What a regular Delete takes away first, if its request asks for that. Implementations are safe for use by many threads. */
public interface Cleanup {
    /** Whether the request asks for it. */
    boolean isWanted(Message request);

    /**
     * Does it.
     *
     * @param id of the resource that is to be deleted then
     * @throws OaktreeException when something could not be taken away: then the resource stays
     */
    void before(Cloud cloud, String id);

    /** Nothing to do. */
    Cleanup NONE = new Cleanup() {
        @Override
        public boolean isWanted(Message request) {
            return false;
        }

        @Override
        public void before(Cloud cloud, String id) {}
    };
}
