package org.openstack.oaktree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.cli.CannedOaktree.Run;
import org.openstack.oaktree.compute.v1.Flavor;
import org.openstack.oaktree.compute.v1.FlavorsGrpc;
import org.openstack.oaktree.compute.v1.Keypair;
import org.openstack.oaktree.compute.v1.KeypairsGrpc;
import org.openstack.oaktree.compute.v1.ListFlavorsRequest;
import org.openstack.oaktree.compute.v1.ListFlavorsResponse;
import org.openstack.oaktree.compute.v1.ListKeypairsResponse;
import org.openstack.oaktree.v1.Location;
import org.openstack.oaktree.v1.Query;
import org.openstack.oaktree.v1.Unreachable;

class ListCommandTest {
    private static final Flavor NANO = Flavor.newBuilder()
            .setLocation(Location.newBuilder().setCloud("devstack").setRegion("RegionOne"))
            .setId("42")
            .setName("m1.nano")
            .setIsPublic(true)
            .setRamMib(64)
            .setVcpus(1)
            .setDiskGib(1)
            .setRxtxFactor(1)
            .setProperties(Struct.newBuilder()
                    .putFields(
                            "acme:rack", Value.newBuilder().setStringValue("r1").build()))
            .build();
    private static final Flavor HUGE = Flavor.newBuilder()
            .setLocation(Location.newBuilder().setCloud("devstack").setRegion("RegionOne"))
            .setId("h 1")
            .setName("groß \"日本\"")
            .setIsPublic(false)
            .setRamMib(1048576)
            .setVcpus(128)
            .setRxtxFactor(2.5)
            .putExtraSpecs("hw:cpu_policy", "dedicated")
            .build();

    @TempDir
    private Path home;

    private CannedOaktree oaktree;

    @BeforeEach
    void start() {
        oaktree = new CannedOaktree(home, new FlavorsGrpc.FlavorsImplBase() {}, new KeypairsGrpc.KeypairsImplBase() {})
                .answer(
                        "ListFlavors",
                        ListFlavorsResponse.newBuilder()
                                .addFlavors(NANO)
                                .addFlavors(HUGE)
                                .build());
    }

    @AfterEach
    void stop() {
        oaktree.close();
    }

    @Test
    void table() {
        assertThat(oaktree.run("flavor", "list")).isEqualTo(new Run(0, """
                                +-----+-------------+---------+------+-----------+-------+-----------+
                                | ID  | Name        |     RAM | Disk | Ephemeral | VCPUs | Is Public |
                                +-----+-------------+---------+------+-----------+-------+-----------+
                                | 42  | m1.nano     |      64 |    1 |         0 |     1 | True      |
                                | h 1 | groß "日本" | 1048576 |    0 |         0 |   128 | False     |
                                +-----+-------------+---------+------+-----------+-------+-----------+
                                """, ""));
    }

    @Test
    void tableFitsTheTerminal() {
        oaktree.terminal(47);

        assertThat(oaktree.run("flavor", "list", "-c", "Name", "-c", "RAM", "-c", "extra_specs")
                        .out())
                .isEqualTo("""
                        +-------------+---------+---------------------+
                        | Name        |     RAM | extra_specs         |
                        +-------------+---------+---------------------+
                        | m1.nano     |      64 |                     |
                        | groß "日本" | 1048576 | hw:cpu_policy='dedi |
                        |             |         | cated'              |
                        +-------------+---------+---------------------+
                        """);
        assertThat(oaktree.run("flavor", "list", "-c", "Name", "-c", "extra_specs", "--max-width", "0")
                        .out())
                .isEqualTo("""
                        +-------------+---------------------------+
                        | Name        | extra_specs               |
                        +-------------+---------------------------+
                        | m1.nano     |                           |
                        | groß "日本" | hw:cpu_policy='dedicated' |
                        +-------------+---------------------------+
                        """);
    }

    @Test
    void value() {
        assertThat(oaktree.run("flavor", "list", "-f", "value").out()).isEqualTo("""
                        42 m1.nano 64 1 0 1 True
                        h 1 groß "日本" 1048576 0 0 128 False
                        """);
    }

    @Test
    void csv() {
        assertThat(oaktree.run("flavor", "list", "-f", "csv", "-c", "ID", "-c", "Name", "-c", "RAM", "-c", "Is Public")
                        .out())
                .isEqualTo("""
                        "ID","Name","RAM","Is Public"
                        "42","m1.nano",64,True
                        "h 1","groß ""日本""\",1048576,False
                        """);
        assertThat(oaktree.run("flavor", "list", "-f", "csv", "--quote", "minimal", "-c", "ID", "-c", "Name")
                        .out())
                .isEqualTo("""
                        ID,Name
                        42,m1.nano
                        h 1,"groß ""日本""\"
                        """);
        assertThat(oaktree.run("flavor", "list", "-f", "csv", "--quote", "none", "-c", "ID", "-c", "Name")
                        .out())
                .isEqualTo("""
                        ID,Name
                        42,m1.nano
                        h 1,groß \\"日本\\"
                        """);
    }

    @Test
    void json() {
        assertThat(oaktree.run("flavor", "list", "-f", "json", "--long").out()).isEqualTo("""
                        [
                          {
                            "ID": "42",
                            "Name": "m1.nano",
                            "RAM": 64,
                            "Disk": 1,
                            "Ephemeral": 0,
                            "VCPUs": 1,
                            "Is Public": true,
                            "Swap": 0,
                            "RXTX Factor": 1.0,
                            "Properties": {}
                          },
                          {
                            "ID": "h 1",
                            "Name": "gro\\u00df \\"\\u65e5\\u672c\\"",
                            "RAM": 1048576,
                            "Disk": 0,
                            "Ephemeral": 0,
                            "VCPUs": 128,
                            "Is Public": false,
                            "Swap": 0,
                            "RXTX Factor": 2.5,
                            "Properties": {
                              "hw:cpu_policy": "dedicated"
                            }
                          }
                        ]
                        """);
        assertThat(oaktree.run("flavor", "list", "-f", "json", "--noindent", "-c", "ID")
                        .out())
                .isEqualTo("[{\"ID\": \"42\"}, {\"ID\": \"h 1\"}]\n");
    }

    @Test
    void yaml() {
        assertThat(oaktree.run("flavor", "list", "-f", "yaml", "--long").out()).isEqualTo("""
                        - Disk: 1
                          Ephemeral: 0
                          ID: '42'
                          Is Public: true
                          Name: m1.nano
                          Properties: {}
                          RAM: 64
                          RXTX Factor: 1.0
                          Swap: 0
                          VCPUs: 1
                        - Disk: 0
                          Ephemeral: 0
                          ID: h 1
                          Is Public: false
                          Name: groß "日本"
                          Properties:
                            hw:cpu_policy: dedicated
                          RAM: 1048576
                          RXTX Factor: 2.5
                          Swap: 0
                          VCPUs: 128
                        """);
    }

    @Test
    void columnsKeepTheClientsOrderAndFieldsFollow() {
        assertThat(oaktree.run("flavor", "list", "-f", "value", "-c", "location.cloud", "-c", "Name", "-c", "ID")
                        .out())
                .isEqualTo("""
                        42 m1.nano devstack
                        h 1 groß "日本" devstack
                        """);
        assertThat(oaktree.run("flavor", "list", "-f", "value", "-c", "acme:rack", "-c", "extra_specs.hw:cpu_policy")
                        .out())
                .isEqualTo("""
                        r1 None
                        None dedicated
                        """);
    }

    @Test
    void unknownColumnIsToldAndTheOthersArePrinted() {
        Run run = oaktree.run("flavor", "list", "-f", "value", "-c", "ID", "-c", "Nmae");

        assertThat(run.out()).isEqualTo("42\nh 1\n");
        assertThat(run.err()).isEqualTo("Warning: no flavor has a column 'Nmae'.\n");
        assertThat(run.code()).isZero();
    }

    @Test
    void onlyUnknownColumnsAreWrong() {
        Run run = oaktree.run("flavor", "list", "-c", "Nmae");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("Error: No recognized column names in [Nmae]. There are [ID, Name, RAM,");
    }

    @Test
    void sorts() {
        assertThat(oaktree.run(
                                "flavor",
                                "list",
                                "-f",
                                "value",
                                "-c",
                                "ID",
                                "--sort-column",
                                "VCPUs",
                                "--sort-descending")
                        .out())
                .isEqualTo("h 1\n42\n");
        assertThat(oaktree.run("flavor", "list", "-f", "value", "-c", "ID", "--sort-column", "Name")
                        .out())
                .isEqualTo("h 1\n42\n");
    }

    @Test
    void emptyListIsOneEmptyLineAsATableAndNothingElsewhere() {
        oaktree.answer("ListKeypairs", ListKeypairsResponse.getDefaultInstance());

        assertThat(oaktree.run("keypair", "list").out()).isEqualTo("\n");
        assertThat(oaktree.run("keypair", "list", "-f", "value").out()).isEmpty();
        assertThat(oaktree.run("keypair", "list", "-f", "json").out()).isEqualTo("[]\n");
        assertThat(oaktree.run("keypair", "list", "-f", "yaml").out()).isEqualTo("[]\n");
        assertThat(oaktree.run("keypair", "list", "-f", "csv").out()).isEqualTo("\"Name\",\"Fingerprint\",\"Type\"\n");
        assertThat(oaktree.run("keypair", "list", "--print-empty").out()).isEqualTo("""
                        +------+-------------+------+
                        | Name | Fingerprint | Type |
                        +------+-------------+------+
                        """);
    }

    @Test
    void fetchesAllPagesUpToTheLimit() {
        for (int page = 1; page <= 3; page++) {
            oaktree.answer(
                    "ListKeypairs",
                    ListKeypairsResponse.newBuilder()
                            .addKeypairs(Keypair.newBuilder().setName("a" + page))
                            .addKeypairs(Keypair.newBuilder().setName("b" + page))
                            .setNextPageToken(page < 3 ? "token" + page : "")
                            .build());
        }

        assertThat(oaktree.run("keypair", "list", "-f", "value", "-c", "Name", "--page-size", "2", "--limit", "3")
                        .out())
                .isEqualTo("a1\nb1\na2\n");
        assertThat(oaktree.requests())
                .extracting(Object::toString)
                .containsExactly(
                        "location {\n}\npage_size: 2\n", "location {\n}\npage_size: 2\npage_token: \"token1\"\n");
    }

    @Test
    void optionsBecomeTheRequest() {
        oaktree.variable("OS_REGION_NAME", "two").variable("OS_PROJECT_DOMAIN_NAME", "Default");

        oaktree.run(
                "--os-cloud",
                "one",
                "flavor",
                "list",
                "--os-project-name",
                "demo",
                "--max-age",
                "1.5m",
                "--name",
                "m1.*",
                "--jmespath",
                "[?ram_mib > `1`]",
                "--filter",
                "name=42",
                "--filter",
                "ram_mib=64",
                "--filter",
                "location.project.id=7",
                "--filter",
                "extra_specs.hw:a.b=true",
                "--filter",
                "acme:rack=r1");

        assertThat(oaktree.requests())
                .containsExactly(ListFlavorsRequest.newBuilder()
                        .setLocation(Location.newBuilder()
                                .setCloud("one")
                                .setRegion("two")
                                .setProject(Location.Project.newBuilder()
                                        .setName("demo")
                                        .setDomainName("Default")))
                        .setQuery(Query.newBuilder()
                                .setNameOrId("m1.*")
                                .setJmespath("[?ram_mib > `1`]")
                                .setFilter(Struct.newBuilder()
                                        .putFields("name", text("42"))
                                        .putFields(
                                                "ram_mib",
                                                Value.newBuilder()
                                                        .setNumberValue(64)
                                                        .build())
                                        .putFields("location", nested("project", nested("id", text("7"))))
                                        .putFields(
                                                "extra_specs",
                                                nested(
                                                        "hw:a.b",
                                                        Value.newBuilder()
                                                                .setBoolValue(true)
                                                                .build()))
                                        .putFields("acme:rack", text("r1"))))
                        .setMaxAge(Duration.newBuilder().setSeconds(90))
                        .build());
    }

    @Test
    void severalPlacesAreToldApart() {
        oaktree.answer("ListFlavors", ListFlavorsResponse.getDefaultInstance())
                .answer(
                        "ListKeypairs",
                        ListKeypairsResponse.newBuilder()
                                .addKeypairs(Keypair.newBuilder()
                                        .setLocation(Location.newBuilder()
                                                .setCloud("one")
                                                .setRegion("west"))
                                        .setName("k"))
                                .addUnreachable(Unreachable.newBuilder()
                                        .setLocation(Location.newBuilder()
                                                .setCloud("two")
                                                .setRegion("east"))
                                        .setReason("CLOUD_UNREACHABLE")
                                        .setMessage("Nobody answers."))
                                .build());

        Run run = oaktree.run("keypair", "list", "--os-cloud", "*");

        assertThat(run)
                .isEqualTo(new Run(1, """
                                +-------+--------+------+-------------+------+
                                | Cloud | Region | Name | Fingerprint | Type |
                                +-------+--------+------+-------------+------+
                                | one   | west   | k    |             |      |
                                +-------+--------+------+-------------+------+
                                """, "Warning: two east is missing: Nobody answers. (CLOUD_UNREACHABLE)\n"));
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Value nested(String key, Value value) {
        return Value.newBuilder()
                .setStructValue(Struct.newBuilder().putFields(key, value))
                .build();
    }
}
