package org.openstack.oaktree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.rpc.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.cli.CannedOaktree.Run;
import org.openstack.oaktree.compute.v1.CreateKeypairRequest;
import org.openstack.oaktree.compute.v1.CreateKeypairResponse;
import org.openstack.oaktree.compute.v1.DeleteKeypairRequest;
import org.openstack.oaktree.compute.v1.DeleteKeypairResponse;
import org.openstack.oaktree.compute.v1.Flavor;
import org.openstack.oaktree.compute.v1.FlavorsGrpc;
import org.openstack.oaktree.compute.v1.GetFlavorResponse;
import org.openstack.oaktree.compute.v1.GetKeypairRequest;
import org.openstack.oaktree.compute.v1.GetKeypairResponse;
import org.openstack.oaktree.compute.v1.Keypair;
import org.openstack.oaktree.compute.v1.KeypairsGrpc;
import org.openstack.oaktree.v1.Location;

class OneResourceTest {
    private static final Location HERE = Location.getDefaultInstance();
    private static final Keypair KEY = Keypair.newBuilder()
            .setId("k")
            .setName("k")
            .setFingerprint("aa:bb")
            .setPublicKey("ssh-ed25519 AAAA")
            .setType("ssh")
            .setUserId("u1")
            .setCreatedAt(Timestamp.newBuilder().setSeconds(1795375825))
            .build();
    private static final String PRIVATE =
            "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----\n";

    @TempDir
    private Path home;

    private CannedOaktree oaktree;

    @BeforeEach
    void start() {
        oaktree = new CannedOaktree(home, new FlavorsGrpc.FlavorsImplBase() {}, new KeypairsGrpc.KeypairsImplBase() {})
                .answer(
                        "GetFlavor",
                        GetFlavorResponse.newBuilder()
                                .setFlavor(Flavor.newBuilder()
                                        .setId("1")
                                        .setName("$(tiny) \"x\"")
                                        .setRamMib(512)
                                        .setRxtxFactor(1)
                                        .putExtraSpecs("b", "2")
                                        .putExtraSpecs("a", "it's")
                                        .setProperties(Struct.newBuilder()
                                                .putFields(
                                                        "acme:rack",
                                                        Value.newBuilder()
                                                                .setNumberValue(7)
                                                                .build())))
                                .build())
                .answer(
                        "GetKeypair",
                        GetKeypairResponse.newBuilder().setKeypair(KEY).build());
    }

    @AfterEach
    void stop() {
        oaktree.close();
    }

    @Test
    void table() {
        assertThat(oaktree.run("keypair", "show", "k")).isEqualTo(new Run(0, """
                                +-------------+----------------------+
                                | Field       | Value                |
                                +-------------+----------------------+
                                | created_at  | 2026-11-22T19:30:25Z |
                                | fingerprint | aa:bb                |
                                | id          | k                    |
                                | name        | k                    |
                                | type        | ssh                  |
                                | user_id     | u1                   |
                                +-------------+----------------------+
                                """, ""));
        assertThat(oaktree.requests())
                .containsExactly(GetKeypairRequest.newBuilder()
                        .setLocation(HERE)
                        .setKeypair("k")
                        .build());
    }

    @Test
    void namesOfTheClientFieldsAndWhateverElseTheCloudSays() {
        assertThat(oaktree.run("flavor", "show", "1").out()).isEqualTo("""
                        +----------------------------+-----------------+
                        | Field                      | Value           |
                        +----------------------------+-----------------+
                        | OS-FLV-DISABLED:disabled   | False           |
                        | OS-FLV-EXT-DATA:ephemeral  | 0               |
                        | acme:rack                  | 7               |
                        | description                |                 |
                        | disk                       | 0               |
                        | id                         | 1               |
                        | name                       | $(tiny) "x"     |
                        | os-flavor-access:is_public | None            |
                        | properties                 | a='it's', b='2' |
                        | ram                        | 512             |
                        | rxtx_factor                | 1.0             |
                        | swap                       | 0               |
                        | vcpus                      | 0               |
                        +----------------------------+-----------------+
                        """);
    }

    @Test
    void jsonYamlValueAndShell() {
        String[] columns = {"-c", "id", "-c", "properties", "-c", "os-flavor-access:is_public", "-c", "name"};

        assertThat(show("json", columns)).isEqualTo("""
                        {
                          "id": "1",
                          "name": "$(tiny) \\"x\\"",
                          "os-flavor-access:is_public": null,
                          "properties": {
                            "b": "2",
                            "a": "it's"
                          }
                        }
                        """);
        assertThat(show("yaml", columns)).isEqualTo("""
                        id: '1'
                        name: $(tiny) "x"
                        os-flavor-access:is_public: null
                        properties:
                          a: it's
                          b: '2'
                        """);
        assertThat(show("value", columns)).isEqualTo("""
                        1
                        $(tiny) "x"
                        None
                        {'b': '2', 'a': "it's"}
                        """);
        assertThat(show("shell", columns)).isEqualTo("""
                        id="1"
                        name="\\$(tiny) \\"x\\""
                        os_flavor_access_is_public="None"
                        properties="{'b': '2', 'a': \\"it's\\"}"
                        """);
        assertThat(oaktree.run("flavor", "show", "1", "-f", "shell", "--prefix", "my_", "-c", "id")
                        .out())
                .isEqualTo("my_id=\"1\"\n");
    }

    private String show(String format, String... columns) {
        String[] arguments = new String[5 + columns.length];
        System.arraycopy(new String[] {"flavor", "show", "1", "-f", format}, 0, arguments, 0, 5);
        System.arraycopy(columns, 0, arguments, 5, columns.length);
        return oaktree.run(arguments).out();
    }

    @Test
    void hiddenFieldByItsName() {
        assertThat(oaktree.run("keypair", "show", "k", "-f", "value", "-c", "public_key")
                        .out())
                .isEqualTo("ssh-ed25519 AAAA\n");
    }

    @Test
    void createPrintsThePrivateKeyAlone() {
        oaktree.answer(
                "CreateKeypair",
                CreateKeypairResponse.newBuilder()
                        .setKeypair(KEY)
                        .setCreated(true)
                        .setPrivateKey(PRIVATE)
                        .build());

        assertThat(oaktree.run("keypair", "create", "k", "--type", "ssh")).isEqualTo(new Run(0, PRIVATE, ""));
        assertThat(oaktree.requests())
                .containsExactly(CreateKeypairRequest.newBuilder()
                        .setLocation(HERE)
                        .setName("k")
                        .setType("ssh")
                        .build());
    }

    @Test
    void createWritesThePrivateKeyToANewFileOfTheUserAlone() throws IOException {
        oaktree.answer(
                "CreateKeypair",
                CreateKeypairResponse.newBuilder()
                        .setKeypair(KEY)
                        .setPrivateKey(PRIVATE)
                        .build());
        Path file = home.resolve("key");

        Run run = oaktree.run("keypair", "create", "k", "--private-key", file.toString(), "-f", "value", "-c", "name");

        assertThat(run).isEqualTo(new Run(0, "k\n", ""));
        assertThat(file).hasContent(PRIVATE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void createNeverOverwritesAFileAndThenAsksNothing() throws IOException {
        Path file = Files.writeString(home.resolve("key"), "mine");

        Run run = oaktree.run("keypair", "create", "k", "--private-key", file.toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("Error: --private-key: the file " + file
                        + " is there already; it is not overwritten\nSee 'oaktree keypair create --help'.\n");
        assertThat(file).hasContent("mine");
        assertThat(oaktree.requests()).isEmpty();
    }

    @Test
    void failedCreateLeavesNoFile() {
        oaktree.fail("CreateKeypair", Code.ALREADY_EXISTS, "RESOURCE_EXISTS", "There is a keypair 'k'.");
        Path file = home.resolve("key");

        Run run = oaktree.run("keypair", "create", "k", "--private-key", file.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(file).doesNotExist();
    }

    @Test
    void anEmptyPublicKeyIsNoWishForANewPair() throws IOException {
        Path file = Files.writeString(home.resolve("key.pub"), "\n");

        Run run = oaktree.run("keypair", "create", "k", "--public-key", file.toString());

        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).startsWith("Error: --public-key: the file " + file + " is empty\n");
        assertThat(oaktree.requests()).isEmpty();
    }

    @Test
    void createImportsAPublicKeyFromAFile() throws IOException {
        oaktree.answer(
                "CreateKeypair",
                CreateKeypairResponse.newBuilder().setKeypair(KEY).build());
        Path file = Files.writeString(home.resolve("key.pub"), "ssh-ed25519 AAAA\n");

        Run run = oaktree.run(
                "keypair", "create", "k", "--public-key", file.toString(), "-f", "value", "-c", "fingerprint");

        assertThat(run).isEqualTo(new Run(0, "aa:bb\n", ""));
        assertThat(oaktree.requests())
                .containsExactly(CreateKeypairRequest.newBuilder()
                        .setLocation(HERE)
                        .setName("k")
                        .setPublicKey("ssh-ed25519 AAAA\n")
                        .build());
    }

    @Test
    void deletesEach() {
        oaktree.answer(
                        "DeleteKeypair",
                        DeleteKeypairResponse.newBuilder().setDeleted(true).build())
                .fail("DeleteKeypair", Code.PERMISSION_DENIED, "FORBIDDEN_BY_POLICY", "Policy says no.")
                .answer("DeleteKeypair", DeleteKeypairResponse.getDefaultInstance());

        Run run = oaktree.run("keypair", "delete", "a", "b", "c");

        assertThat(run).isEqualTo(new Run(1, "", """
                                Error: Policy says no. (PERMISSION_DENIED, FORBIDDEN_BY_POLICY)
                                  at cloud devstack, region RegionOne
                                There was no keypair 'c'.
                                1 of 3 failed.
                                """));
        assertThat(oaktree.requests())
                .extracting(request -> ((DeleteKeypairRequest) request).getKeypair())
                .containsExactly("a", "b", "c");
    }
}
