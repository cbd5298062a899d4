package org.openstack.oaktree.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.cli.Cli;
import org.openstack.oaktree.cli.Environment;
import org.openstack.oaktree.cli.client.Client;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.config.ConfigEnvironment;
import org.openstack.oaktree.server.ServerOptions;
import org.openstack.oaktree.server.access.ListenAddress;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;
import org.openstack.oaktree.simcloud.faults.Fault;
import org.openstack.oaktree.simcloud.faults.FaultRule;
import org.openstack.oaktree.simcloud.faults.Faults;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code oaktree image create --file}, {@code image save} and {@code oaktree limits show} through a server that serves a simulated cloud. */
class ImageBytesTest {
    @TempDir
    private Path folder;

    /** What a test does with a running oaktree. */
    private interface Work {
        void with(SimCloud cloud, String address) throws Exception;
    }

    private void serving(Work work) throws Exception {
        try (SimCloud cloud = SimCloud.start(SimOptions.defaults())) {
            Path clouds = Files.writeString(folder.resolve("clouds.yaml"), cloud.cloudsYaml());
            ConfigEnvironment environment =
                    new ConfigEnvironment(Map.of(), folder, folder, List.of()).withCloudsFile(clouds);
            ServerOptions options = new ServerOptions(
                    ListenAddress.parse("127.0.0.1:0"),
                    ListenAddress.loopback("127.0.0.1:0"),
                    Optional.of(folder.resolve("token")));
            try (Serving serving = Serving.start(CloudsConfiguration.load(environment), options)) {
                work.with(cloud, serving.server().address().toString());
            }
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void theCloudHasTheBytesOfTheFileAndGivesThemBack() throws Exception {
        byte[] bytes = random((24 << 20) + 13);
        Path file = Files.write(folder.resolve("disk.raw"), bytes);
        String md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        String wrong = "0".repeat(md5.length());
        serving((cloud, address) -> {
            assertThat(run(
                            address,
                            0,
                            "image",
                            "create",
                            "whole",
                            "--disk-format",
                            "raw",
                            "--file",
                            file.toString(),
                            "-f",
                            "value",
                            "-c",
                            "checksum",
                            "-c",
                            "size_bytes",
                            "-c",
                            "status_text"))
                    .contains(md5, Integer.toString(bytes.length), "active");
            run(address, 1, "image", "create", "broken", "--md5", wrong, "--file", file.toString());
            assertThat(run(address, 0, "image", "list", "--max-age", "0", "-f", "value", "-c", "Name"))
                    .contains("whole")
                    .doesNotContain("broken");
            assertThat(run(address, 0, "limits", "show", "-f", "value", "-c", "Name")
                            .lines())
                    .contains("maxTotalInstances", "maxTotalVolumes");

            Path saved = folder.resolve("saved.raw");
            run(address, 0, "image", "save", "--file", saved.toString(), "whole");
            assertThat(saved).hasBinaryContent(bytes);
            Path old = Files.writeString(folder.resolve("old.raw"), "old");
            Faults.Active fault = cloud.faults()
                    .add(FaultRule.on("image", new Fault.CloseEarly(8 << 20))
                            .method("GET")
                            .path("/v2/images/*/file"));
            run(address, 1, "image", "save", "--file", old.toString(), "whole");
            fault.remove();
            assertThat(old).hasContent("old");
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
            }
        });
    }

    /** A pipe without an end into a cloud that takes nothing: what was read lies in buffers on the way. */
    @Test
    void aPipeIsReadNoFasterThanTheCloudTakesIt() throws Exception {
        InputStream before = System.in;
        Endless endless = new Endless();
        System.setIn(endless);
        try {
            serving((cloud, address) -> {
                Faults.Active fault = cloud.faults()
                        .add(FaultRule.on("image", new Fault.Hang())
                                .method("PUT")
                                .path("/v2/images/*/file"));
                Future<String> upload =
                        ForkJoinPool.commonPool().submit(() -> run(address, 1, "image", "create", "x", "--file", "-"));
                long read = -1;
                for (long now = endless.read.get(); now != read || now == 0; now = endless.read.get()) {
                    read = now;
                    Thread.sleep(2000);
                }
                System.out.println("images: a stalled glance stalls the command line after " + read / 1024 + " KiB");
                assertThat(read).isBetween(1L << 10, 5L << 20);
                assertThat(upload.isDone()).isFalse();
                fault.remove();
                upload.get(60, TimeUnit.SECONDS);
                assertThat(run(address, 0, "image", "list", "--max-age", "0", "-f", "value", "-c", "Name"))
                        .doesNotContain("x\n");
            });
        } finally {
            System.setIn(before);
        }
    }

    /** Zeros for ever, and how many of them were read. */
    private static final class Endless extends InputStream {
        private final AtomicLong read = new AtomicLong();

        @Override
        public int read() {
            read.incrementAndGet();
            return 0;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            Arrays.fill(into, offset, offset + length, (byte) 0);
            read.addAndGet(length);
            return length;
        }
    }

    private String run(String address, int code, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        Map<String, String> variables = Map.of(
                "OAKTREE_ADDRESS",
                address,
                "OAKTREE_TOKEN_FILE",
                folder.resolve("token").toString(),
                "OS_CLOUD",
                "simcloud");
        CommandLine program = new CommandLine(CommandSpec.create().name("oaktree"));
        Cli.of(
                        new Environment(
                                variables,
                                folder,
                                out,
                                new PrintWriter(err, true),
                                OptionalInt.empty(),
                                OptionalInt.empty()),
                        Client::connect)
                .addTo(program);
        assertThat(program.execute(words)).as("%s: %s", List.of(words), err).isEqualTo(code);
        return out.toString(StandardCharsets.UTF_8);
    }
}
