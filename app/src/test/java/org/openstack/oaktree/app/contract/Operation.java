package org.openstack.oaktree.app.contract;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.openstack.oaktree.blockstorage.v1.DeleteVolumeRequest;
import org.openstack.oaktree.compute.v1.AddIpsToServerRequest;
import org.openstack.oaktree.compute.v1.CreateKeypairRequest;
import org.openstack.oaktree.compute.v1.CreateServerRequest;
import org.openstack.oaktree.compute.v1.DeleteKeypairRequest;
import org.openstack.oaktree.compute.v1.DeleteServerMetadataRequest;
import org.openstack.oaktree.compute.v1.DeleteServerRequest;
import org.openstack.oaktree.compute.v1.DetachIpFromServerRequest;
import org.openstack.oaktree.compute.v1.RebootServerRequest;
import org.openstack.oaktree.compute.v1.ServerNic;
import org.openstack.oaktree.compute.v1.ServerReach;
import org.openstack.oaktree.compute.v1.SetServerMetadataRequest;
import org.openstack.oaktree.compute.v1.StartServerRequest;
import org.openstack.oaktree.compute.v1.StopServerRequest;
import org.openstack.oaktree.compute.v1.UpdateServerRequest;
import org.openstack.oaktree.compute.v1.WaitForServerRequest;
import org.openstack.oaktree.image.v1.CreateImageFromVolumeRequest;
import org.openstack.oaktree.image.v1.CreateImageSnapshotRequest;
import org.openstack.oaktree.image.v1.CreateImageSpec;
import org.openstack.oaktree.image.v1.DeleteImageRequest;
import org.openstack.oaktree.image.v1.UpdateImageRequest;
import org.openstack.oaktree.network.v1.AcquireFloatingIpRequest;
import org.openstack.oaktree.network.v1.CreateFloatingIpRequest;
import org.openstack.oaktree.network.v1.DeleteFloatingIpRequest;
import org.openstack.oaktree.network.v1.DeleteUnattachedFloatingIpsRequest;

/** What is done in a {@link Scene}. Each can be done again when it has failed, and ends as if it had not. */
enum Operation {
    CREATE_SERVER("+ server made ACTIVE") {
        @Override
        void call(Scene scene) {
            scene.call("CreateServer", server().build());
        }
    },
    CREATE_REACHABLE("+ server made ACTIVE, + floating IP to made", "+ server made ACTIVE") {
        @Override
        void call(Scene scene) {
            scene.call("CreateServer", reachable());
        }
    },
    CREATE_REACHABLE_ON_NEW_VOLUME(
            "+ server made ACTIVE, + floating IP to made, + volume in-use", "+ server made ACTIVE, + volume in-use") {
        @Override
        void call(Scene scene) {
            scene.call(
                    "CreateServer",
                    reachable().toBuilder()
                            .setBootFromVolume(true)
                            .setVolumeSizeGib(1)
                            .build());
        }
    },
    CREATE_REACHED_BY_GIVEN("+ server made ACTIVE, + floating IP to made, - floating IP", "+ server made ACTIVE") {
        @Override
        void call(Scene scene) {
            scene.call(
                    "CreateServer",
                    server().setReach(ServerReach.newBuilder().addIps(scene.own.name("FloatingIps")))
                            .build());
        }
    },
    CREATE_AT_OWN_PORT_REACHED_BY_REUSED(
            "+ server made ACTIVE, + floating IP to made, - floating IP", "+ server made ACTIVE") {
        @Override
        void call(Scene scene) {
            scene.call(
                    "CreateServer",
                    server().clearNetworks()
                            .addNics(ServerNic.newBuilder().setPort(scene.own.id("Ports")))
                            .setReach(ServerReach.getDefaultInstance())
                            .build());
        }
    },
    WAIT_WITH_REACH("+ floating IP to steps") {
        @Override
        void call(Scene scene) {
            scene.served.client().stream(
                            "WaitForServer",
                            WaitForServerRequest.newBuilder()
                                    .setLocation(Scene.HERE)
                                    .setServer(Scene.NAME)
                                    .setReach(ServerReach.newBuilder().setReuseIps(false))
                                    .build(),
                            60)
                    .forEachRemaining(state -> {});
        }
    },
    DELETE_SERVER("- server steps ACTIVE") {
        @Override
        void call(Scene scene) {
            scene.call("DeleteServer", deletion().build());
        }
    },
    DELETE_SERVER_WITH_IPS(
            "- floating IP to steps, - server steps ACTIVE",
            "- floating IP to steps",
            "+ floating IP, - floating IP to steps") {
        @Override
        void prepare(Scene scene) {
            scene.lead();
        }

        @Override
        void call(Scene scene) {
            scene.call("DeleteServer", deletion().setDeleteIps(true).build());
        }
    },
    UPDATE_SERVER("+ server new ACTIVE, - server steps ACTIVE") {
        @Override
        void call(Scene scene) {
            scene.call(
                    "UpdateServer",
                    UpdateServerRequest.newBuilder()
                            .setLocation(Scene.HERE)
                            .setServer(scene.own.id("Servers"))
                            .setName("new")
                            .build());
        }
    },
    SET_METADATA("+ server steps ACTIVE {a=1 b=2}, - server steps ACTIVE") {
        @Override
        void call(Scene scene) {
            scene.call("SetServerMetadata", metadata().build());
        }
    },
    DELETE_METADATA(
            "+ server steps ACTIVE, - server steps ACTIVE {a=1 b=2}",
            "+ server steps ACTIVE {b=2}, - server steps ACTIVE {a=1 b=2}") {
        @Override
        void prepare(Scene scene) {
            scene.call("SetServerMetadata", metadata().build());
        }

        @Override
        void call(Scene scene) {
            scene.call(
                    "DeleteServerMetadata",
                    DeleteServerMetadataRequest.newBuilder()
                            .setLocation(Scene.HERE)
                            .setServer(Scene.NAME)
                            .addAllKeys(List.of("a", "b"))
                            .build());
        }
    },
    REBOOT("") {
        @Override
        void call(Scene scene) {
            scene.call(
                    "RebootServer",
                    RebootServerRequest.newBuilder()
                            .setLocation(Scene.HERE)
                            .setServer(Scene.NAME)
                            .setWait(true)
                            .build());
        }
    },
    STOP("+ server steps SHUTOFF, - server steps ACTIVE") {
        @Override
        void call(Scene scene) {
            scene.call(
                    "StopServer",
                    StopServerRequest.newBuilder()
                            .setLocation(Scene.HERE)
                            .setServer(Scene.NAME)
                            .setWait(true)
                            .build());
        }
    },
    START("+ server steps ACTIVE, - server steps SHUTOFF") {
        @Override
        void prepare(Scene scene) {
            scene.stop();
        }

        @Override
        void call(Scene scene) {
            scene.call(
                    "StartServer",
                    StartServerRequest.newBuilder()
                            .setLocation(Scene.HERE)
                            .setServer(Scene.NAME)
                            .setWait(true)
                            .build());
        }
    },
    CREATE_FLOATING_IP("+ floating IP to steps") {
        @Override
        void call(Scene scene) {
            scene.call(
                    "CreateFloatingIp",
                    CreateFloatingIpRequest.newBuilder()
                            .setLocation(Scene.HERE)
                            .setRequestId(Scene.MADE)
                            .setServer(Scene.NAME)
                            .setWait(true)
                            .build());
        }
    },
    ACQUIRE_FLOATING_IP("+ floating IP") {
        @Override
        void prepare(Scene scene) {
            scene.removeFloatingIp();
        }

        @Override
        void call(Scene scene) {
            scene.call(
                    "AcquireFloatingIp",
                    AcquireFloatingIpRequest.newBuilder()
                            .setLocation(Scene.HERE)
                            .setRequestId(Scene.MADE)
                            .build());
        }
    },
    DELETE_FLOATING_IP("- floating IP") {
        @Override
        void call(Scene scene) {
            scene.call(
                    "DeleteFloatingIp",
                    DeleteFloatingIpRequest.newBuilder()
                            .setLocation(Scene.HERE)
                            .setFloatingIp(scene.own.name("FloatingIps"))
                            .build());
        }
    },
    ADD_NEW_IP("+ floating IP to steps") {
        @Override
        void prepare(Scene scene) {
            scene.removeFloatingIp();
        }

        @Override
        void call(Scene scene) {
            scene.call("AddIpsToServer", addition().build());
        }
    },
    ADD_GIVEN_IP("+ floating IP to steps, - floating IP") {
        @Override
        void call(Scene scene) {
            scene.call(
                    "AddIpsToServer",
                    addition().addFloatingIps(scene.own.name("FloatingIps")).build());
        }
    },
    ADD_REUSED_IP("+ floating IP to steps, - floating IP") {
        @Override
        void call(Scene scene) {
            scene.call("AddIpsToServer", addition().setReuse(true).build());
        }
    },
    DETACH_IP("+ floating IP, - floating IP to steps") {
        @Override
        void prepare(Scene scene) {
            scene.lead();
        }

        @Override
        void call(Scene scene) {
            scene.call(
                    "DetachIpFromServer",
                    DetachIpFromServerRequest.newBuilder()
                            .setLocation(Scene.HERE)
                            .setServer(Scene.NAME)
                            .setFloatingIp(scene.own.name("FloatingIps"))
                            .build());
        }
    },
    PRUNE("- floating IP, - floating IP", "- floating IP") {
        @Override
        void prepare(Scene scene) {
            scene.lead();
            scene.addFloatingIp();
            scene.addFloatingIp();
        }

        @Override
        void call(Scene scene) {
            scene.call(
                    "DeleteUnattachedFloatingIps",
                    DeleteUnattachedFloatingIpsRequest.newBuilder()
                            .setLocation(Scene.HERE)
                            .setMinAge(Duration.getDefaultInstance())
                            .setIncludeForeign(true)
                            .build());
        }
    },
    CREATE_IMAGE("+ image made active") {
        @Override
        void call(Scene scene) throws InterruptedException {
            Upload upload = new Upload(
                    scene.served.client(),
                    CreateImageSpec.newBuilder()
                            .setLocation(Scene.HERE)
                            .setRequestId(Scene.MADE)
                            .setName(Scene.MADE)
                            .setDiskFormat("raw")
                            .build());
            upload.send(ByteString.copyFromUtf8("nobody boots this either"), 30);
            upload.finish();
        }
    },
    UPDATE_IMAGE("+ image new active, - image steps active") {
        @Override
        void call(Scene scene) {
            scene.call(
                    "UpdateImage",
                    UpdateImageRequest.newBuilder()
                            .setLocation(Scene.HERE)
                            .setImage(scene.own.id("Images"))
                            .setName("new")
                            .build());
        }
    },
    DELETE_IMAGE("- image steps active") {
        @Override
        void call(Scene scene) {
            scene.call(
                    "DeleteImage",
                    DeleteImageRequest.newBuilder()
                            .setLocation(Scene.HERE)
                            .setImage(Scene.NAME)
                            .build());
        }
    },
    CREATE_SNAPSHOT("+ image made active") {
        @Override
        void call(Scene scene) {
            scene.call(
                    "CreateImageSnapshot",
                    CreateImageSnapshotRequest.newBuilder()
                            .setLocation(Scene.HERE)
                            .setRequestId(Scene.MADE)
                            .setName(Scene.MADE)
                            .setServer(Scene.NAME)
                            .setWait(true)
                            .build());
        }
    },
    CREATE_IMAGE_FROM_VOLUME("+ image made active") {
        @Override
        void call(Scene scene) {
            scene.call(
                    "CreateImageFromVolume",
                    CreateImageFromVolumeRequest.newBuilder()
                            .setLocation(Scene.HERE)
                            .setName(Scene.MADE)
                            .setVolume(Scene.NAME)
                            .setWait(true)
                            .build());
        }

        // Nothing marks what the call before has made.
        @Override
        String end(String left) {
            return Scene.sorted(left.isEmpty() ? change() : left + ", " + change());
        }
    },
    DELETE_VOLUME("- volume steps available") {
        @Override
        void call(Scene scene) {
            scene.call(
                    "DeleteVolume",
                    DeleteVolumeRequest.newBuilder()
                            .setLocation(Scene.HERE)
                            .setVolume(Scene.NAME)
                            .setWait(true)
                            .build());
        }
    },
    DELETE_KEYPAIR("- keypair steps") {
        @Override
        void call(Scene scene) {
            scene.call(
                    "DeleteKeypair",
                    DeleteKeypairRequest.newBuilder()
                            .setLocation(Scene.HERE)
                            .setKeypair(Scene.NAME)
                            .build());
        }
    },
    CREATE_KEYPAIR("+ keypair made") {
        @Override
        void call(Scene scene) {
            scene.call(
                    "CreateKeypair",
                    CreateKeypairRequest.newBuilder()
                            .setLocation(Scene.HERE)
                            .setName(Scene.MADE)
                            .setPublicKey(PUBLIC_KEY)
                            .build());
        }
    };

    private static final String PUBLIC_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDZ0aGlydHktdHdvLWJ5dGVzLW9mLWEtcHVibGljLWtl steps";

    private final String change;

    @SuppressWarnings("ImmutableEnumChecker") // It is a copy.
    private final Set<String> halves;

    Operation(String change, String... halves) {
        this.change = Scene.sorted(change);
        this.halves = Arrays.stream(halves).map(Scene::sorted).collect(Collectors.toUnmodifiableSet());
    }

    /** What it changes. */
    String change() {
        return change;
    }

    /** What it may have changed when it has failed, beside nothing and everything. */
    Set<String> halves() {
        return halves;
    }

    /** What there is when it was done again after that was left. */
    String end(String left) {
        return change;
    }

    /** Makes the scene as it begins. */
    void prepare(Scene scene) {}

    /** Whether it does the rest when one step has failed. */
    boolean goesOn() {
        return this == PRUNE;
    }

    /** How it ends when all of this was done already; empty: as if it had done that. */
    String whenDone(String left) {
        boolean isSwitch = this == START || this == STOP;
        return isSwitch && left.equals(change) ? "FAILED_PRECONDITION WRONG_STATE" : "";
    }

    /** Does it. */
    abstract void call(Scene scene) throws InterruptedException;

    private static CreateServerRequest.Builder server() {
        return CreateServerRequest.newBuilder()
                .setLocation(Scene.HERE)
                .setRequestId(Scene.MADE)
                .setName(Scene.MADE)
                .setImage("tiny")
                .setFlavor("m1.tiny")
                .addNetworks(Scene.NAME)
                .setWait(true);
    }

    /** What makes a server that has a floating IP. */
    static CreateServerRequest reachable() {
        return server().setReach(ServerReach.newBuilder().setReuseIps(false)).build();
    }

    private static DeleteServerRequest.Builder deletion() {
        return DeleteServerRequest.newBuilder()
                .setLocation(Scene.HERE)
                .setServer(Scene.NAME)
                .setWait(true);
    }

    private static SetServerMetadataRequest.Builder metadata() {
        return SetServerMetadataRequest.newBuilder()
                .setLocation(Scene.HERE)
                .setServer(Scene.NAME)
                .putMetadata("a", "1")
                .putMetadata("b", "2");
    }

    private static AddIpsToServerRequest.Builder addition() {
        return AddIpsToServerRequest.newBuilder()
                .setLocation(Scene.HERE)
                .setServer(Scene.NAME)
                .setWait(true)
                .setTimeout(Duration.newBuilder().setSeconds(2));
    }
}
