package org.openstack.oaktree.image;

import com.google.protobuf.Message;
import java.util.Iterator;
import java.util.function.Consumer;
import org.openstack.oaktree.image.v1.CreateImageFromVolumeRequest;
import org.openstack.oaktree.image.v1.CreateImageFromVolumeResponse;
import org.openstack.oaktree.image.v1.CreateImageRequest;
import org.openstack.oaktree.image.v1.CreateImageResponse;
import org.openstack.oaktree.image.v1.CreateImageSnapshotRequest;
import org.openstack.oaktree.image.v1.CreateImageSnapshotResponse;
import org.openstack.oaktree.image.v1.DownloadImageRequest;
import org.openstack.oaktree.resource.ResourceAccess;

/** The calls about images that no declaration makes. Safe for use by many threads. */
public final class Images {
    private final Downloads downloads;
    private final Snapshots snapshots;
    private final VolumeImages volumeImages;
    private final Uploads uploads;

    /** Works on these images, and on those servers and volumes for images of them. */
    public Images(ResourceAccess images, ResourceAccess servers, ResourceAccess volumes) {
        this.downloads = new Downloads(images);
        this.snapshots = new Snapshots(images, servers);
        this.volumeImages = new VolumeImages(images, volumes);
        this.uploads = new Uploads(images);
    }

    /** {@code CreateImage}. */
    public CreateImageResponse createImage(Iterator<CreateImageRequest> requests) {
        return uploads.create(requests);
    }

    /** {@code DownloadImage}. */
    public void downloadImage(DownloadImageRequest request, Consumer<Message> responses) {
        downloads.download(request, responses);
    }

    /** {@code CreateImageSnapshot}. */
    public CreateImageSnapshotResponse createImageSnapshot(CreateImageSnapshotRequest request) {
        return snapshots.create(request);
    }

    /** {@code CreateImageFromVolume}. */
    public CreateImageFromVolumeResponse createImageFromVolume(CreateImageFromVolumeRequest request) {
        return volumeImages.create(request);
    }
}
