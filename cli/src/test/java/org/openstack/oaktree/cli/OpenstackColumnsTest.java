package org.openstack.oaktree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.blockstorage.v1.ListVolumesResponse;
import org.openstack.oaktree.blockstorage.v1.Volume;
import org.openstack.oaktree.blockstorage.v1.VolumeAttachment;
import org.openstack.oaktree.blockstorage.v1.VolumesGrpc;
import org.openstack.oaktree.cli.CannedOaktree.Run;
import org.openstack.oaktree.clouds.v1.CloudsGrpc;
import org.openstack.oaktree.clouds.v1.GetCurrentLocationResponse;
import org.openstack.oaktree.compute.v1.AvailabilityZone;
import org.openstack.oaktree.compute.v1.AvailabilityZonesGrpc;
import org.openstack.oaktree.compute.v1.GetServerResponse;
import org.openstack.oaktree.compute.v1.ListAvailabilityZonesResponse;
import org.openstack.oaktree.compute.v1.ListServerGroupsResponse;
import org.openstack.oaktree.compute.v1.ListServersResponse;
import org.openstack.oaktree.compute.v1.Server;
import org.openstack.oaktree.compute.v1.ServerAddress;
import org.openstack.oaktree.compute.v1.ServerFlavor;
import org.openstack.oaktree.compute.v1.ServerGroup;
import org.openstack.oaktree.compute.v1.ServerGroupsGrpc;
import org.openstack.oaktree.compute.v1.ServerStatus;
import org.openstack.oaktree.compute.v1.ServersGrpc;
import org.openstack.oaktree.image.v1.Image;
import org.openstack.oaktree.image.v1.ImagesGrpc;
import org.openstack.oaktree.image.v1.ListImagesResponse;
import org.openstack.oaktree.network.v1.FixedIp;
import org.openstack.oaktree.network.v1.FloatingIp;
import org.openstack.oaktree.network.v1.FloatingIpsGrpc;
import org.openstack.oaktree.network.v1.ListFloatingIpsResponse;
import org.openstack.oaktree.network.v1.ListNetworksResponse;
import org.openstack.oaktree.network.v1.ListPortsResponse;
import org.openstack.oaktree.network.v1.ListRoutersResponse;
import org.openstack.oaktree.network.v1.ListSecurityGroupRulesResponse;
import org.openstack.oaktree.network.v1.Network;
import org.openstack.oaktree.network.v1.NetworksGrpc;
import org.openstack.oaktree.network.v1.Port;
import org.openstack.oaktree.network.v1.PortsGrpc;
import org.openstack.oaktree.network.v1.Router;
import org.openstack.oaktree.network.v1.RoutersGrpc;
import org.openstack.oaktree.network.v1.SecurityGroupRule;
import org.openstack.oaktree.network.v1.SecurityGroupRulesGrpc;
import org.openstack.oaktree.v1.Location;

/** Expectations are what the openstack client 6.0 printed of the same resources on a real cloud. */
class OpenstackColumnsTest {
    private static final Location DEMO = Location.newBuilder()
            .setCloud("devstack")
            .setRegion("RegionOne")
            .setProject(Location.Project.newBuilder().setId("e58b").setName("demo"))
            .build();
    private static final Server ONE = Server.newBuilder()
            .setLocation(DEMO.toBuilder().setZone("nova"))
            .setId("8baee7d2")
            .setName("proto-1")
            .setStatus(ServerStatus.SERVER_STATUS_ACTIVE)
            .setStatusText("ACTIVE")
            .setVmState("active")
            .setPowerState(1)
            .setImageId("66877501")
            .setFlavor(ServerFlavor.newBuilder().setId("proto-1").setName("proto-flavor"))
            .setKeyName("proto-key")
            .addSecurityGroups("proto-web")
            .addAddresses(address("proto-net", "10.77.0.50"))
            .addAddresses(address("proto-net", "172.24.2.170"))
            .addAddresses(address("other", "10.1.0.7"))
            .setPublicV4("172.24.2.170")
            .putMetadata("role", "web")
            .putMetadata("note", "ünï")
            .addVolumeIds("98150dc4")
            .setHasConfigDrive(true)
            .setHostId("232c729f")
            .setUserId("6d75")
            .setCreatedAt(Timestamp.newBuilder().setSeconds(1795375884))
            .setDiskConfig("MANUAL")
            .build();
    private static final Server FROM_VOLUME = Server.newBuilder()
            .setLocation(DEMO)
            .setId("92af7411")
            .setName("proto-bfv")
            .setStatusText("BUILD")
            .setFlavor(ServerFlavor.newBuilder().setName("m1.nano"))
            .build();

    @TempDir
    private Path home;

    private CannedOaktree oaktree;

    @BeforeEach
    void start() {
        oaktree = new CannedOaktree(
                        home,
                        new ServersGrpc.ServersImplBase() {},
                        new ServerGroupsGrpc.ServerGroupsImplBase() {},
                        new AvailabilityZonesGrpc.AvailabilityZonesImplBase() {},
                        new ImagesGrpc.ImagesImplBase() {},
                        new VolumesGrpc.VolumesImplBase() {},
                        new NetworksGrpc.NetworksImplBase() {},
                        new PortsGrpc.PortsImplBase() {},
                        new RoutersGrpc.RoutersImplBase() {},
                        new SecurityGroupRulesGrpc.SecurityGroupRulesImplBase() {},
                        new FloatingIpsGrpc.FloatingIpsImplBase() {},
                        new CloudsGrpc.CloudsImplBase() {})
                .answer(
                        "ListServers",
                        ListServersResponse.newBuilder()
                                .addServers(ONE)
                                .addServers(FROM_VOLUME)
                                .build())
                .answer(
                        "GetServer",
                        GetServerResponse.newBuilder().setServer(ONE).build());
    }

    @AfterEach
    void stop() {
        oaktree.close();
    }

    private static ServerAddress address(String network, String address) {
        return ServerAddress.newBuilder()
                .setNetworkName(network)
                .setAddress(address)
                .build();
    }

    private void tiny() {
        oaktree.answer(
                "ListImages",
                ListImagesResponse.newBuilder()
                        .addImages(Image.newBuilder().setId("66877501").setName("tiny"))
                        .build());
    }

    @Test
    void serverListNamesImagesWithOneMoreCall() {
        tiny();

        assertThat(oaktree.run("server", "list").out()).isEqualTo("""
                        +----------+-----------+--------+----------------------------------------------------+--------------------------+--------------+
                        | ID       | Name      | Status | Networks                                           | Image                    | Flavor       |
                        +----------+-----------+--------+----------------------------------------------------+--------------------------+--------------+
                        | 8baee7d2 | proto-1   | ACTIVE | other=10.1.0.7; proto-net=10.77.0.50, 172.24.2.170 | tiny                     | proto-flavor |
                        | 92af7411 | proto-bfv | BUILD  |                                                    | N/A (booted from volume) | m1.nano      |
                        +----------+-----------+--------+----------------------------------------------------+--------------------------+--------------+
                        """);
        assertThat(oaktree.requests()).hasSize(2);
        assertThat(oaktree.run("server", "list", "-f", "value", "-c", "ID", "-c", "Networks")
                        .out())
                .isEqualTo("""
                        8baee7d2 {'proto-net': ['10.77.0.50', '172.24.2.170'], 'other': ['10.1.0.7']}
                        92af7411 {}
                        """);
        assertThat(oaktree.requests()).hasSize(3);
    }

    @Test
    void serverListWithoutImageServiceShowsIds() {
        oaktree.fail("ListImages", Status.UNAVAILABLE);

        assertThat(oaktree.run("server", "list", "-f", "value", "-c", "Image"))
                .isEqualTo(new Run(0, "66877501\nN/A (booted from volume)\n", ""));
    }

    @Test
    void serverListLong() {
        tiny();

        assertThat(oaktree.run("server", "list", "--long", "-f", "csv").out()).isEqualTo("""
                        "ID","Name","Status","Task State","Power State","Networks","Image Name","Image ID","Flavor Name","Flavor ID","Availability Zone","Properties"
                        "8baee7d2","proto-1","ACTIVE","",1,"{'proto-net': ['10.77.0.50', '172.24.2.170'], 'other': ['10.1.0.7']}","tiny","66877501","proto-flavor","proto-1","nova","{'role': 'web', 'note': 'ünï'}"
                        "92af7411","proto-bfv","BUILD","",0,"{}","N/A (booted from volume)","N/A (booted from volume)","m1.nano","","","{}"
                        """);
        assertThat(oaktree.run("server", "list", "-c", "Name", "-c", "Power State")
                        .out())
                .isEqualTo("""
                        +-----------+-------------+
                        | Name      | Power State |
                        +-----------+-------------+
                        | proto-1   | Running     |
                        | proto-bfv | NOSTATE     |
                        +-----------+-------------+
                        """);
    }

    @Test
    void serverShow() {
        tiny();

        assertThat(oaktree.run("server", "show", "proto-1").out())
                .contains("| OS-EXT-AZ:availability_zone | nova ")
                .contains("| OS-EXT-STS:power_state      | Running ")
                .contains("| OS-EXT-STS:task_state       | None ")
                .contains("| addresses                   | other=10.1.0.7; proto-net=10.77.0.50, 172.24.2.170 |")
                .contains("| config_drive                | True ")
                .contains("| created                     | 2026-11-22T19:31:24Z ")
                .contains("| flavor                      | proto-flavor (proto-1) ")
                .contains("| image                       | tiny (66877501) ")
                .contains("| key_name                    | proto-key ")
                .contains("| project_id                  | e58b ")
                .contains("| properties                  | note='ünï', role='web' ")
                .contains("| public_v4                   | 172.24.2.170 ")
                .contains("| security_groups             | name='proto-web' ")
                .contains("| status                      | ACTIVE ")
                .contains("| volumes_attached            | id='98150dc4' ")
                .doesNotContain("status_text", "metadata", "has_config_drive", "image_id", "volume_ids");
    }

    @Test
    void volumesNameTheServersTheyAreAttachedTo() {
        Volume boot = Volume.newBuilder()
                .setId("fd2cb38d")
                .setName("proto-boot")
                .setStatusText("in-use")
                .setSizeGib(1)
                .setVolumeType("__DEFAULT__")
                .setIsBootable(true)
                .addAttachments(VolumeAttachment.newBuilder()
                        .setAttachmentId("b52f")
                        .setVolumeId("fd2cb38d")
                        .setServerId("92af7411")
                        .setDevice("/dev/sda"))
                .build();
        oaktree.answer(
                "ListVolumes", ListVolumesResponse.newBuilder().addVolumes(boot).build());

        assertThat(oaktree.run("volume", "list").out()).isEqualTo("""
                        +----------+------------+--------+------+------------------------------------+
                        | ID       | Name       | Status | Size | Attached to                        |
                        +----------+------------+--------+------+------------------------------------+
                        | fd2cb38d | proto-boot | in-use |    1 | Attached to proto-bfv on /dev/sda  |
                        +----------+------------+--------+------+------------------------------------+
                        """);
        assertThat(oaktree.run("volume", "list", "--long", "-f", "value", "-c", "Type", "-c", "Bootable")
                        .out())
                .isEqualTo("__DEFAULT__ true\n");
    }

    @Test
    void portsShowOneAddressPerLine() {
        oaktree.answer(
                "ListPorts",
                ListPortsResponse.newBuilder()
                        .addPorts(Port.newBuilder()
                                .setId("29c9cca5")
                                .setMacAddress("fa:16:3e:99:d3:7b")
                                .addFixedIps(FixedIp.newBuilder()
                                        .setIpAddress("10.77.0.24")
                                        .setSubnetId("fdc4"))
                                .addFixedIps(FixedIp.newBuilder()
                                        .setIpAddress("fd00:77::1")
                                        .setSubnetId("b95d"))
                                .setStatusText("ACTIVE"))
                        .build());

        assertThat(oaktree.run("port", "list").out()).isEqualTo("""
                        +----------+------+-------------------+-------------------------------------------+--------+
                        | ID       | Name | MAC Address       | Fixed IP Addresses                        | Status |
                        +----------+------+-------------------+-------------------------------------------+--------+
                        | 29c9cca5 |      | fa:16:3e:99:d3:7b | ip_address='10.77.0.24', subnet_id='fdc4' | ACTIVE |
                        |          |      |                   | ip_address='fd00:77::1', subnet_id='b95d' |        |
                        +----------+------+-------------------+-------------------------------------------+--------+
                        """);
        assertThat(oaktree.run("port", "list", "-f", "yaml").out()).isEqualTo("""
                        - Fixed IP Addresses:
                          - ip_address: 10.77.0.24
                            subnet_id: fdc4
                          - ip_address: fd00:77::1
                            subnet_id: b95d
                          ID: 29c9cca5
                          MAC Address: fa:16:3e:99:d3:7b
                          Name: ''
                          Status: ACTIVE
                        """);
    }

    @Test
    void routersShowWhatOnlyAdministratorsSeeIfItIsThere() {
        Router router = Router.newBuilder()
                .setLocation(DEMO)
                .setId("0b9f")
                .setName("r")
                .setStatusText("ACTIVE")
                .setIsAdminStateUp(true)
                .build();

        assertThat(routers(router)).isEqualTo("""
                        +------+------+--------+-------+---------+
                        | ID   | Name | Status | State | Project |
                        +------+------+--------+-------+---------+
                        | 0b9f | r    | ACTIVE | UP    | e58b    |
                        +------+------+--------+-------+---------+
                        """);
        assertThat(routers(
                        router,
                        router.toBuilder().setIsHa(false).setIsDistributed(true).build()))
                .contains("| Project | Distributed | HA    |")
                .contains("| e58b    | None        | None  |")
                .contains("| e58b    | True        | False |");
    }

    private String routers(Router... routers) {
        Message answer = ListRoutersResponse.newBuilder()
                .addAllRouters(java.util.List.of(routers))
                .build();
        oaktree.forget("ListRouters").answer("ListRouters", answer);
        return oaktree.run("router", "list").out();
    }

    @Test
    void networksAndFloatingIpsAndZonesAndGroups() {
        oaktree.answer(
                        "ListNetworks",
                        ListNetworksResponse.newBuilder()
                                .addNetworks(Network.newBuilder()
                                        .setId("442477d2")
                                        .setName("n")
                                        .setIsAdminStateUp(true)
                                        .setIsExternal(true)
                                        .addSubnetIds("fdc4")
                                        .addSubnetIds("b95d"))
                                .build())
                .answer(
                        "ListFloatingIps",
                        ListFloatingIpsResponse.newBuilder()
                                .addFloatingIps(FloatingIp.newBuilder()
                                        .setLocation(DEMO)
                                        .setId("10c505b2")
                                        .setFloatingIpAddress("172.24.1.66")
                                        .setNetworkId("b7f4"))
                                .build())
                .answer(
                        "ListAvailabilityZones",
                        ListAvailabilityZonesResponse.newBuilder()
                                .addAvailabilityZones(AvailabilityZone.newBuilder()
                                        .setName("az2")
                                        .setIsAvailable(true))
                                .addAvailabilityZones(
                                        AvailabilityZone.newBuilder().setName("az3"))
                                .build())
                .answer(
                        "ListServerGroups",
                        ListServerGroupsResponse.newBuilder()
                                .addServerGroups(ServerGroup.newBuilder()
                                        .setId("f581")
                                        .setName("g")
                                        .setPolicy("anti-affinity"))
                                .build());

        assertThat(oaktree.run("network", "list").out()).isEqualTo("""
                        +----------+------+------------+
                        | ID       | Name | Subnets    |
                        +----------+------+------------+
                        | 442477d2 | n    | b95d, fdc4 |
                        +----------+------+------------+
                        """);
        assertThat(oaktree.run("network", "list", "-c", "State", "-c", "Router Type", "-c", "Network Type")
                        .out())
                .contains("| UP    | None         | External    |");
        assertThat(oaktree.run("network", "list", "-f", "value").out()).isEqualTo("442477d2 n ['fdc4', 'b95d']\n");
        assertThat(oaktree.run("floating", "ip", "list", "-f", "value").out())
                .isEqualTo("10c505b2 172.24.1.66 None None b7f4 e58b\n");
        assertThat(oaktree.run("availability", "zone", "list", "-f", "value").out())
                .isEqualTo("az2 available\naz3 not available\n");
        assertThat(oaktree.run("server", "group", "list", "-f", "value").out()).isEqualTo("f581 g anti-affinity\n");
    }

    @Test
    void securityGroupRules() {
        oaktree.answer(
                "ListSecurityGroupRules",
                ListSecurityGroupRulesResponse.newBuilder()
                        .addSecurityGroupRules(SecurityGroupRule.newBuilder()
                                .setId("1")
                                .setProtocol("tcp")
                                .setEthertype("IPv4")
                                .setPortRangeMin(80)
                                .setPortRangeMax(81)
                                .setDirection("ingress")
                                .setSecurityGroupId("g"))
                        .addSecurityGroupRules(SecurityGroupRule.newBuilder()
                                .setId("2")
                                .setProtocol("icmp")
                                .setEthertype("IPv6")
                                .setPortRangeMin(8)
                                .setPortRangeMax(3)
                                .setDirection("egress")
                                .setSecurityGroupId("g"))
                        .build());

        assertThat(oaktree.run("security", "group", "rule", "list", "-f", "value")
                        .out())
                .isEqualTo("""
                        1 tcp IPv4 0.0.0.0/0 80:81 ingress None None g
                        2 icmp IPv6 ::/0 type=8:code=3 egress None None g
                        """);
    }

    @Test
    void whatHasNoSectionInTheTable() {
        oaktree.answer(
                "GetCurrentLocation",
                GetCurrentLocationResponse.newBuilder().setLocation(DEMO).build());

        assertThat(oaktree.run("current", "location", "show", "-f", "yaml").out())
                .isEqualTo("""
                        cloud: devstack
                        project:
                          domain_id: ''
                          domain_name: ''
                          id: e58b
                          name: demo
                        region: RegionOne
                        zone: ''
                        """);
    }
}
