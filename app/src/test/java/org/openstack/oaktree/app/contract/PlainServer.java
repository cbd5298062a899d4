package org.openstack.oaktree.app.contract;

import java.util.Comparator;
import org.openstack.oaktree.compute.v1.CreateServerRequest;
import org.openstack.oaktree.compute.v1.Flavor;
import org.openstack.oaktree.compute.v1.ListFlavorsRequest;
import org.openstack.oaktree.compute.v1.ListFlavorsResponse;
import org.openstack.oaktree.image.v1.Image;
import org.openstack.oaktree.image.v1.ImageStatus;
import org.openstack.oaktree.image.v1.ListImagesRequest;
import org.openstack.oaktree.image.v1.ListImagesResponse;
import org.openstack.oaktree.network.v1.ListNetworksRequest;
import org.openstack.oaktree.network.v1.ListNetworksResponse;
import org.openstack.oaktree.network.v1.Network;
import org.openstack.oaktree.v1.Location;

/** The cheapest server that a project can have. */
final class PlainServer {
    private PlainServer() {}

    /** It on the project's own network, by the names of what it is made of; it has no name yet. */
    static CreateServerRequest request(Client client, Location where) {
        Flavor flavor = client
                .<ListFlavorsResponse>call(
                        "ListFlavors",
                        ListFlavorsRequest.newBuilder().setLocation(where).build())
                .getFlavorsList()
                .stream()
                .min(Comparator.comparingInt(Flavor::getRamMib))
                .orElseThrow();
        Image image = client
                .<ListImagesResponse>call(
                        "ListImages",
                        ListImagesRequest.newBuilder().setLocation(where).build())
                .getImagesList()
                .stream()
                .filter(candidate -> candidate.getStatus() == ImageStatus.IMAGE_STATUS_ACTIVE
                        && candidate.getVisibility().equals("public"))
                .min(Comparator.comparingLong(Image::getSizeBytes))
                .orElseThrow();
        Network network = client
                .<ListNetworksResponse>call(
                        "ListNetworks",
                        ListNetworksRequest.newBuilder().setLocation(where).build())
                .getNetworksList()
                .stream()
                .filter(candidate -> candidate.getName().startsWith("private-"))
                .findFirst()
                .orElseThrow();
        return CreateServerRequest.newBuilder()
                .setLocation(where)
                .setFlavor(flavor.getName())
                .setImage(image.getName())
                .addNetworks(network.getName())
                .build();
    }
}
