package org.openstack.oaktree.app.contract;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.image.v1.CreateImageRequest;
import org.openstack.oaktree.image.v1.CreateImageResponse;
import org.openstack.oaktree.image.v1.CreateImageSpec;

/** One CreateImage as a client makes it that heeds flow control: sends no more than is wanted. For one thread. */
final class Upload {
    private final ClientCall<Message, Message> call;
    private final Semaphore awake = new Semaphore(0);
    private volatile @Nullable End end;
    private volatile @Nullable Message answer;
    private long sent;

    Upload(Client client, CreateImageSpec spec) {
        call = client.begin("CreateImage", 120);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onReady() {
                        awake.release();
                    }

                    @Override
                    public void onMessage(Message message) {
                        answer = message;
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        end = new End(status, trailers);
                        awake.release();
                    }
                },
                new Metadata());
        call.request(2);
        call.sendMessage(CreateImageRequest.newBuilder().setSpec(spec).build());
    }

    /** Sends a chunk when there is room for it; false when the call is over, or there was no room for so long. */
    boolean send(ByteString chunk, int seconds) throws InterruptedException {
        while (end == null && !call.isReady()) {
            if (!awake.tryAcquire(seconds, TimeUnit.SECONDS)) {
                return false;
            }
        }
        if (end != null) {
            return false;
        }
        call.sendMessage(CreateImageRequest.newBuilder()
                .setChunk(chunk)
                .setOffsetBytes(sent)
                .build());
        sent += chunk.size();
        return true;
    }

    /** Sends a message as it is. */
    void send(CreateImageRequest request) {
        call.sendMessage(request);
    }

    /** How many bytes were sent. */
    long sent() {
        return sent;
    }

    /** Ends the stream and waits for the answer. */
    CreateImageResponse finish() throws InterruptedException {
        if (end == null) {
            call.halfClose();
        }
        return answer();
    }

    /** Waits for the answer, and sends nothing. */
    CreateImageResponse answer() throws InterruptedException {
        End ended;
        while ((ended = end) == null) {
            awake.acquire();
        }
        if (!ended.status().isOk()) {
            throw ended.status().asRuntimeException(ended.trailers());
        }
        if (answer instanceof CreateImageResponse response) {
            return response;
        }
        throw new IllegalStateException("the call ended well without an answer");
    }

    /** Leaves in the middle. */
    void cancel() {
        call.cancel("the test leaves", null);
    }

    private record End(Status status, Metadata trailers) {}
}
