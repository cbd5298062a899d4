package org.openstack.oaktree.bench;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.StatusException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.openstack.oaktree.image.v1.CreateImageRequest;
import org.openstack.oaktree.image.v1.CreateImageResponse;
import org.openstack.oaktree.image.v1.CreateImageSpec;
import org.openstack.oaktree.image.v1.Image;
import org.openstack.oaktree.image.v1.ImagesGrpc;

/** A client that uploads images through oaktree. */
final class Uploader implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final ManagedChannel connection;
    private final ImagesGrpc.ImagesBlockingV2Stub images;
    private final String cloud;

    Uploader(ServedOaktree oaktree, String cloud) {
        connection =
                NettyChannelBuilder.forTarget(oaktree.address()).usePlaintext().build();
        images = ImagesGrpc.newBlockingV2Stub(connection)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(oaktree.headers()));
        this.cloud = cloud;
    }

    /** An image when it is active, and how long that took: from the first message to the answer. */
    record Uploaded(Image image, Duration took) {}

    /**
     * Uploads, no faster than is wanted. No hash is said, so oaktree computes one, by which it compares what Glance has.
     *
     * @param each called after each chunk
     */
    Uploaded upload(String name, ImageBytes bytes, Runnable each) throws InterruptedException, StatusException {
        CreateImageSpec.Builder spec =
                CreateImageSpec.newBuilder().setName(name).setDiskFormat("raw").setSizeBytes(bytes.size());
        spec.getLocationBuilder().setCloud(cloud);
        long begin = System.nanoTime();
        BlockingClientCall<CreateImageRequest, CreateImageResponse> call =
                images.withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS).createImage();
        boolean open = call.write(CreateImageRequest.newBuilder().setSpec(spec).build());
        for (Iterator<ByteString> chunks = bytes.chunks(); open && chunks.hasNext(); ) {
            open = call.write(
                    CreateImageRequest.newBuilder().setChunk(chunks.next()).build());
            each.run();
        }
        call.halfClose();
        CreateImageResponse answer = call.read();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        if (answer == null) {
            throw new IllegalStateException("CreateImage ended without an answer");
        }
        return new Uploaded(answer.getImage(), took);
    }

    @Override
    public void close() {
        connection.shutdownNow();
    }
}
