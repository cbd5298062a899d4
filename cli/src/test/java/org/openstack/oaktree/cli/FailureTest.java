package org.openstack.oaktree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openstack.oaktree.cli.CannedOaktree.Run;
import org.openstack.oaktree.compute.v1.Flavor;
import org.openstack.oaktree.compute.v1.FlavorsGrpc;
import org.openstack.oaktree.compute.v1.ListFlavorsResponse;

class FailureTest {
    @TempDir
    private Path home;

    private CannedOaktree oaktree;

    @BeforeEach
    void start() {
        oaktree = new CannedOaktree(home, new FlavorsGrpc.FlavorsImplBase() {});
    }

    @AfterEach
    void stop() {
        oaktree.close();
    }

    @Test
    void errorOfTheCloudSaysWhatWhereAndWhy() {
        oaktree.fail(
                "ListFlavors",
                Code.RESOURCE_EXHAUSTED,
                "RATE_LIMITED",
                "The cloud asks for fewer calls.",
                RetryInfo.newBuilder()
                        .setRetryDelay(Duration.newBuilder().setSeconds(7))
                        .build());

        assertThat(oaktree.run("flavor", "list")).isEqualTo(new Run(1, "", """
                                Error: The cloud asks for fewer calls. (RESOURCE_EXHAUSTED, RATE_LIMITED)
                                  at cloud devstack, region RegionOne
                                  Try again in 7 s.
                                """));
    }

    @Test
    void detailsAreListed() {
        oaktree.fail(
                "ListFlavors",
                Code.INVALID_ARGUMENT,
                "INVALID_FIELD",
                "The request is wrong.",
                BadRequest.newBuilder()
                        .addFieldViolations(BadRequest.FieldViolation.newBuilder()
                                .setField("query.filter.foo")
                                .setDescription("no flavor has it"))
                        .build(),
                PreconditionFailure.newBuilder()
                        .addViolations(PreconditionFailure.Violation.newBuilder()
                                .setSubject("f1")
                                .setDescription("flavor m1"))
                        .build(),
                QuotaFailure.newBuilder()
                        .addViolations(QuotaFailure.Violation.newBuilder()
                                .setSubject("cores")
                                .setDescription("20 of 20 used"))
                        .build());

        assertThat(oaktree.run("flavor", "list").err()).isEqualTo("""
                        Error: The request is wrong. (INVALID_ARGUMENT, INVALID_FIELD)
                          at cloud devstack, region RegionOne
                          query.filter.foo: no flavor has it
                          f1: flavor m1
                          cores: 20 of 20 used
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHENTICATED, TOKEN_MISSING, 3",
        "UNAUTHENTICATED, TOKEN_INVALID, 3",
        "UNAUTHENTICATED, TOKEN_EXPIRED, 3",
        "UNAVAILABLE, SHUTTING_DOWN, 3",
        "UNAVAILABLE, CLOUD_UNREACHABLE, 1",
        "NOT_FOUND, RESOURCE_NOT_FOUND, 1",
        "FAILED_PRECONDITION, CLOUD_CREDENTIALS_REJECTED, 1",
        "PERMISSION_DENIED, FORBIDDEN_BY_POLICY, 1"
    })
    void exitCodeByReason(Code code, String reason, int exitCode) {
        oaktree.fail("ListFlavors", code, reason, "No.");

        assertThat(oaktree.run("flavor", "list").code()).isEqualTo(exitCode);
    }

    @Test
    void tokenErrorsNameTheFile() throws IOException {
        oaktree.fail("ListFlavors", Code.UNAUTHENTICATED, "TOKEN_MISSING", "The call carries no token.");
        String where = "; oaktree names its file when it starts. Say which with --token-file or OAKTREE_TOKEN_FILE.\n";

        assertThat(oaktree.run("flavor", "list").err())
                .endsWith(
                        "  The token is read from " + home + "/.local/state/oaktree/token, which is not there" + where);
        Path file = Files.writeString(home.resolve("token"), "other");
        assertThat(oaktree.run("flavor", "list", "--token-file", file.toString())
                        .err())
                .endsWith("  The token is read from " + file + where);
    }

    @Test
    void filesThatCannotBeReadAreNamedInWords() {
        Path none = home.resolve("none");
        Run run = oaktree.run("keypair", "create", "k", "--public-key", none.toString());
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err())
                .startsWith(
                        "Error: --public-key: the file " + none + " cannot be read: there is no such file or folder\n");
    }

    @Test
    void nobodyListens() {
        oaktree.fail("ListFlavors", Status.UNAVAILABLE.withDescription("Connection refused"));

        assertThat(oaktree.run("flavor", "list")).isEqualTo(new Run(3, "", """
                                Error: Nothing answers at 127.0.0.1:50051 (Connection refused).
                                  Start oaktree with `oaktree serve` (or `oaktree demo`), or say where it is with --address or OAKTREE_ADDRESS.
                                """));
    }

    @Test
    void noAnswerInTime() {
        oaktree.fail("ListFlavors", Status.DEADLINE_EXCEEDED.withDescription("CallOptions deadline exceeded after 5s"));

        Run run = oaktree.run("flavor", "list", "--timeout", "5");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("Error: No answer within 5 s. Give it longer with --timeout, or ask for less.\n");
    }

    @Test
    void olderOaktree() {
        oaktree.fail("ListFlavors", Status.UNIMPLEMENTED.withDescription("Method not found"));

        Run run = oaktree.run("flavor", "list");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("does not know this call (Method not found)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "flavor list --max-age soon | --max-age: 'soon' is no span of time; give 90, 90s, 2m or 1h | oaktree flavor list",
                "flavor list --timeout soon | --timeout: 'soon' is no span of time; give 90, 90s, 2m or 1h | oaktree flavor list",
                "flavor list -f xml | --format: 'xml' is none of table, json, yaml, value, csv | oaktree flavor list",
                "flavor show 1 -f csv | --format: 'csv' is none of table, json, yaml, value, shell | oaktree flavor show",
                "flavor list --quote some | --quote: 'some' is none of all, minimal, none, nonnumeric | oaktree flavor list",
                "flavor list --filter ram_mib | --filter: 'ram_mib' is not FIELD=VALUE | oaktree flavor list",
                "flavor list --page-size 0 | --page-size: 0 is less than 1 | oaktree flavor list",
                "flavor list --page-size x | Invalid value for option '--page-size': 'x' is not an int | oaktree flavor list",
                "flavor list --address x | 'x' is no address: give HOST:PORT, https://HOST:PORT or unix:PATH | oaktree flavor list",
                "keypair delete | Missing required parameter: 'KEYPAIR' | oaktree keypair delete",
                "flavor show | Missing required parameter: 'FLAVOR' | oaktree flavor show",
                "flavor | Missing required subcommand | oaktree flavor",
                "flavour list | Unmatched arguments from index 0: 'flavour', 'list' | oaktree",
            })
    void wrongCommandLines(String line, String message, String command) {
        oaktree.answer("ListFlavors", ListFlavorsResponse.getDefaultInstance());

        Run run = oaktree.run(line.split(" ", -1));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("Error: " + message + "\n").endsWith("See '" + command + " --help'.\n");
    }

    @Test
    void closedPipeIsSilent() {
        oaktree.answer(
                        "ListFlavors",
                        ListFlavorsResponse.newBuilder()
                                .addFlavors(Flavor.newBuilder().setId("1"))
                                .build())
                .out(new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                });

        assertThat(oaktree.run("flavor", "list")).isEqualTo(new Run(141, "", ""));
    }

    @Test
    void fullDiskIsTold() {
        oaktree.answer(
                        "ListFlavors",
                        ListFlavorsResponse.newBuilder()
                                .addFlavors(Flavor.newBuilder().setId("1"))
                                .build())
                .out(new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("No space left on device");
                    }
                });

        assertThat(oaktree.run("flavor", "list")).isEqualTo(new Run(1, "", "Error: No space left on device\n"));
    }

    @Test
    void tokenGoesWithEachCallToThisMachineAndTls() throws IOException {
        oaktree.answer("ListFlavors", ListFlavorsResponse.getDefaultInstance());
        Path file = home.resolve(".local/state/oaktree/token");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "s3cret\n");
        Path other = Files.writeString(home.resolve("other"), "0ther");

        oaktree.run("flavor", "list");
        oaktree.run("flavor", "list", "--address", "unix:/run/oaktree.sock");
        oaktree.run("flavor", "list", "--address", "https://oaktree.example:443", "--token-file", other.toString());
        oaktree.variable("OAKTREE_TOKEN_FILE", other.toString()).run("flavor", "list");
        oaktree.variable("OAKTREE_TOKEN_FILE", home.resolve("none").toString()).run("flavor", "list");

        assertThat(oaktree.authorizations())
                .containsExactly("Bearer s3cret", "Bearer s3cret", "Bearer 0ther", "Bearer 0ther", "");
    }

    @Test
    void tokenIsNotSentInClearOverTheNetwork() throws IOException {
        Path file = Files.writeString(home.resolve("token"), "s3cret");
        oaktree.variable("OAKTREE_TOKEN_FILE", file.toString()).variable("OAKTREE_ADDRESS", "oaktree.example:50051");

        Run run = oaktree.run("flavor", "list");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err())
                .startsWith("Error: The token in " + file + " is not sent to oaktree.example:50051:")
                .doesNotContain("s3cret");
        assertThat(oaktree.requests()).isEmpty();
    }
}
