package org.openstack.oaktree.server.legacy;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import org.openstack.oaktree.compute.v1.Flavor;
import org.openstack.oaktree.image.v1.Image;
import org.openstack.oaktree.legacy.ContainerFormat.ContainerFormatChoice;
import org.openstack.oaktree.legacy.DiskFormat.DiskFormatChoice;
import org.openstack.oaktree.legacy.FloatingIP;
import org.openstack.oaktree.network.v1.FloatingIp;
import org.openstack.oaktree.network.v1.SecurityGroup;
import org.openstack.oaktree.network.v1.SecurityGroupRule;

/**
 * Today's resources as messages of 2016. What those have no field for stands in their {@code properties}, under today's name, as text; so
 * does a word that their enums do not have.
 */
final class Translation {
    private Translation() {}

    static org.openstack.oaktree.legacy.Flavor flavor(Flavor flavor) {
        return org.openstack.oaktree.legacy.Flavor.newBuilder()
                .setLocation(Places.legacy(flavor.getLocation()))
                .setId(flavor.getId())
                .setName(flavor.getName())
                .setIsPublic(flavor.getIsPublic())
                .setDisabled(flavor.getIsDisabled())
                .setRam(flavor.getRamMib())
                .setVcpus(flavor.getVcpus())
                .setDisk(flavor.getDiskGib())
                .setEphemeral(flavor.getEphemeralGib())
                .setSwap(flavor.getSwapMib())
                .setRxtxFactor((float) flavor.getRxtxFactor())
                .putAllProperties(Leftovers.of(flavor)
                        .without(
                                Flavor.IS_PUBLIC_FIELD_NUMBER,
                                Flavor.IS_DISABLED_FIELD_NUMBER,
                                Flavor.RAM_MIB_FIELD_NUMBER,
                                Flavor.VCPUS_FIELD_NUMBER,
                                Flavor.DISK_GIB_FIELD_NUMBER,
                                Flavor.EPHEMERAL_GIB_FIELD_NUMBER,
                                Flavor.SWAP_MIB_FIELD_NUMBER,
                                Flavor.RXTX_FACTOR_FIELD_NUMBER)
                        .asText())
                .build();
    }

    static FloatingIP floatingIp(FloatingIp ip) {
        Leftovers leftovers = Leftovers.of(ip)
                .without(
                        FloatingIp.IS_ATTACHED_FIELD_NUMBER,
                        FloatingIp.FIXED_IP_ADDRESS_FIELD_NUMBER,
                        FloatingIp.FLOATING_IP_ADDRESS_FIELD_NUMBER,
                        FloatingIp.NETWORK_ID_FIELD_NUMBER,
                        FloatingIp.PORT_ID_FIELD_NUMBER,
                        FloatingIp.STATUS_FIELD_NUMBER,
                        FloatingIp.STATUS_TEXT_FIELD_NUMBER);
        FloatingIP.Builder legacy = FloatingIP.newBuilder()
                .setLocation(Places.legacy(ip.getLocation()))
                .setId(ip.getId())
                .setIsAttached(ip.getIsAttached())
                .setFixedIpAddress(ip.getFixedIpAddress())
                .setFloatingIpAddress(ip.getFloatingIpAddress())
                .setNetwork(ip.getNetworkId())
                .setPort(ip.getPortId());
        LegacyEnums.find(FloatingIP.Status.values(), ip.getStatusText())
                .ifPresentOrElse(legacy::setStatus, () -> leftovers.put("status", ip.getStatusText()));
        return legacy.putAllProperties(leftovers.asText()).build();
    }

    static org.openstack.oaktree.legacy.Image image(Image image) {
        Leftovers leftovers = Leftovers.of(image)
                .without(
                        Image.MIN_RAM_MIB_FIELD_NUMBER,
                        Image.MIN_DISK_GIB_FIELD_NUMBER,
                        Image.SIZE_BYTES_FIELD_NUMBER,
                        Image.VIRTUAL_SIZE_BYTES_FIELD_NUMBER,
                        Image.CONTAINER_FORMAT_FIELD_NUMBER,
                        Image.DISK_FORMAT_FIELD_NUMBER,
                        Image.CHECKSUM_FIELD_NUMBER,
                        Image.CREATED_AT_FIELD_NUMBER,
                        Image.UPDATED_AT_FIELD_NUMBER,
                        Image.IS_PROTECTED_FIELD_NUMBER,
                        Image.STATUS_FIELD_NUMBER,
                        Image.STATUS_TEXT_FIELD_NUMBER,
                        Image.TAGS_FIELD_NUMBER);
        org.openstack.oaktree.legacy.Image.Builder legacy = org.openstack.oaktree.legacy.Image.newBuilder()
                .setLocation(Places.legacy(image.getLocation()))
                .setId(image.getId())
                .setName(image.getName())
                .setMinRam(image.getMinRamMib())
                .setMinDisk(image.getMinDiskGib())
                .setSize(image.getSizeBytes())
                .setVirtualSize(image.getVirtualSizeBytes())
                .setChecksum(image.getChecksum())
                .setCreatedAt(time(image.hasCreatedAt(), image.getCreatedAt()))
                .setUpdatedAt(time(image.hasUpdatedAt(), image.getUpdatedAt()))
                .setOwner(image.getLocation().getProject().getId())
                .setIsPublic(image.getVisibility().equals("public"))
                .setIsProtected(image.getIsProtected())
                .addAllTags(image.getTagsList());
        LegacyEnums.find(org.openstack.oaktree.legacy.Image.Status.values(), image.getStatusText())
                .ifPresentOrElse(legacy::setStatus, () -> leftovers.put("status", image.getStatusText()));
        LegacyEnums.find(ContainerFormatChoice.values(), image.getContainerFormat())
                .ifPresentOrElse(
                        legacy::setContainerFormat,
                        () -> leftovers.put("container_format", image.getContainerFormat()));
        LegacyEnums.find(DiskFormatChoice.values(), image.getDiskFormat())
                .ifPresentOrElse(legacy::setDiskFormat, () -> leftovers.put("disk_format", image.getDiskFormat()));
        leftovers.takeText("direct_url").ifPresent(legacy::setDirectUrl);
        legacy.addAllLocations(leftovers.takeTexts("locations", "url"));
        return legacy.putAllProperties(leftovers.asText()).build();
    }

    static org.openstack.oaktree.legacy.SecurityGroup securityGroup(SecurityGroup group) {
        return org.openstack.oaktree.legacy.SecurityGroup.newBuilder()
                .setLocation(Places.legacy(group.getLocation()))
                .setId(group.getId())
                .setName(group.getName())
                .setDescription(group.getDescription())
                .addAllRules(group.getRulesList().stream()
                        .map(Translation::securityGroupRule)
                        .toList())
                .putAllProperties(Leftovers.of(group)
                        .without(SecurityGroup.DESCRIPTION_FIELD_NUMBER, SecurityGroup.RULES_FIELD_NUMBER)
                        .asText())
                .build();
    }

    static org.openstack.oaktree.legacy.SecurityGroupRule securityGroupRule(SecurityGroupRule rule) {
        Leftovers leftovers = Leftovers.of(rule)
                .without(
                        SecurityGroupRule.DIRECTION_FIELD_NUMBER,
                        SecurityGroupRule.ETHERTYPE_FIELD_NUMBER,
                        SecurityGroupRule.PORT_RANGE_MIN_FIELD_NUMBER,
                        SecurityGroupRule.PORT_RANGE_MAX_FIELD_NUMBER,
                        SecurityGroupRule.PROTOCOL_FIELD_NUMBER,
                        SecurityGroupRule.REMOTE_IP_PREFIX_FIELD_NUMBER,
                        SecurityGroupRule.SECURITY_GROUP_ID_FIELD_NUMBER,
                        SecurityGroupRule.REMOTE_GROUP_ID_FIELD_NUMBER);
        org.openstack.oaktree.legacy.SecurityGroupRule.Builder legacy =
                org.openstack.oaktree.legacy.SecurityGroupRule.newBuilder()
                        .setLocation(Places.legacy(rule.getLocation()))
                        .setId(rule.getId())
                        .setEthertype(rule.getEthertype())
                        .setPortRangeMin(rule.getPortRangeMin())
                        .setPortRangeMax(rule.getPortRangeMax())
                        .setProtocol(rule.getProtocol())
                        .setRemoteIpPrefix(rule.getRemoteIpPrefix())
                        .setSecurityGroupId(rule.getSecurityGroupId())
                        .setRemoteGroupId(rule.getRemoteGroupId());
        LegacyEnums.find(org.openstack.oaktree.legacy.SecurityGroupRule.Direction.values(), rule.getDirection())
                .ifPresentOrElse(legacy::setDirection, () -> leftovers.put("direction", rule.getDirection()));
        return legacy.putAllProperties(leftovers.asText()).build();
    }

    private static String time(boolean known, Timestamp time) {
        return known ? Timestamps.toString(time) : "";
    }
}
