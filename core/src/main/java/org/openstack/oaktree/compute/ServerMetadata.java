package org.openstack.oaktree.compute;

import java.util.Map;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.compute.v1.DeleteServerMetadataRequest;
import org.openstack.oaktree.compute.v1.DeleteServerMetadataResponse;
import org.openstack.oaktree.compute.v1.SetServerMetadataRequest;
import org.openstack.oaktree.compute.v1.SetServerMetadataResponse;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.json.JsonTree;
import org.openstack.oaktree.resource.ResourceAccess;
import org.openstack.oaktree.rest.Body;
import org.openstack.oaktree.rest.Json;
import org.openstack.oaktree.rest.Reader;

/** Single entries of the metadata of servers. Safe for use by many threads. */
final class ServerMetadata {
    private static final String METADATA = "metadata";

    private final ResourceAccess servers;

    ServerMetadata(ResourceAccess servers) {
        this.servers = servers;
    }

    SetServerMetadataResponse set(SetServerMetadataRequest request) {
        servers.checkSubject(request);
        if (request.getMetadataCount() == 0) {
            throw OaktreeException.invalidField(METADATA, "must have an entry");
        }
        if (request.containsMetadata("")) {
            throw OaktreeException.invalidField(METADATA, "must have no empty key");
        }
        Cloud cloud = servers.cloud(request);
        String id = ((SetServerMetadataRequest) servers.resolved(cloud, request)).getServer();
        Json all = servers.write(
                cloud,
                servers.request("POST", id, METADATA)
                        .operation("SetServerMetadata")
                        .body(Body.json(JsonTree.write(Map.of(METADATA, request.getMetadataMap()))))
                        .build(),
                answer -> Json.read(answer.body()).at(METADATA));
        SetServerMetadataResponse.Builder response = SetServerMetadataResponse.newBuilder();
        all.names().forEach(key -> response.putMetadata(key, all.at(key).text()));
        return response.build();
    }

    DeleteServerMetadataResponse delete(DeleteServerMetadataRequest request) {
        servers.checkSubject(request);
        if (request.getKeysCount() == 0) {
            throw OaktreeException.invalidField("keys", "must name an entry");
        }
        if (request.getKeysList().contains("")) {
            throw OaktreeException.invalidField("keys", "must not be empty");
        }
        Cloud cloud = servers.cloud(request);
        String id = ((DeleteServerMetadataRequest) servers.resolved(cloud, request)).getServer();
        DeleteServerMetadataResponse.Builder deleted = DeleteServerMetadataResponse.newBuilder();
        for (String key : request.getKeysList()) {
            if (delete(cloud, id, key)) {
                deleted.addKeys(key);
            }
        }
        return deleted.build();
    }

    /** False: there was none. */
    private boolean delete(Cloud cloud, String id, String key) {
        try {
            servers.write(
                    cloud,
                    servers.request("DELETE", id, METADATA, key)
                            .operation("DeleteServerMetadata")
                            .build(),
                    Reader.ignoringBody());
            return true;
        } catch (OaktreeException e) {
            if (e.httpStatus() == 404) {
                return false;
            }
            throw e;
        }
    }
}
