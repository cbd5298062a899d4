package org.openstack.oaktree.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./check} does not pass when what it is there to prove was not proved: {@code .ci/judge} reads its logs. */
class JudgeTest {
    private static final String GOOD = "Tests run: 110, Failures: 0, Errors: 0, Skipped: 0\n";

    @TempDir
    private Path logs;

    private record Judgement(int status, String words) {}

    private void log(String phase, String text) throws IOException {
        Files.writeString(logs.resolve(phase + ".log"), text);
    }

    private Judgement judge() throws IOException, InterruptedException {
        Process judge = new ProcessBuilder("../.ci/judge", logs.toString())
                .redirectErrorStream(true)
                .start();
        judge.getOutputStream().close();
        String words = new String(judge.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Judgement(judge.waitFor(), words);
    }

    @Test
    void asManyCasesOnBothCloudsAreWell() throws Exception {
        log("build", "contract: sim 110\n[INFO] " + GOOD);
        log("real", "contract: real 110\n[INFO] " + GOOD);
        assertThat(judge()).isEqualTo(new Judgement(0, "contract: real 110, sim 110, skipped 0\n"));
    }

    @Test
    void withoutTheRealCloudTheSimulatedOneIsEnough() throws Exception {
        log("build", "contract: sim 110\n[INFO] " + GOOD);
        assertThat(judge()).isEqualTo(new Judgement(0, "contract: real none, sim 110, skipped 0\n"));
    }

    @Test
    void phasesWithoutAContractProveNone() throws Exception {
        log("api", "");
        assertThat(judge()).isEqualTo(new Judgement(0, "contract: real none, sim none, skipped 0\n"));
    }

    @Test
    void aCloudWithoutCasesFails() throws Exception {
        log("build", "contract: sim 110\n");
        log("real", "[INFO] BUILD SUCCESS\n");
        assertThat(judge().status()).isEqualTo(1);
        assertThat(judge().words()).contains("no contract case ran on the real cloud");
        log("real", "contract: real 110\n");
        log("build", "[INFO] BUILD SUCCESS\n");
        assertThat(judge().status()).isEqualTo(1);
        assertThat(judge().words()).contains("no contract case ran on the simulated cloud");
    }

    @Test
    void otherCasesOnOneCloudFail() throws Exception {
        log("build", "contract: sim 110\n");
        log("real", "contract: real 109\n");
        assertThat(judge().status()).isEqualTo(1);
        assertThat(judge().words()).contains("real 109, sim 110").contains("not held to the same cases");
    }

    @Test
    void aTestThatWasLeftOutFails() throws Exception {
        log("build", "contract: sim 110\n[INFO] " + GOOD + "[WARNING] " + GOOD.replace("Skipped: 0", "Skipped: 2"));
        log("real", "contract: real 110\n[WARNING] " + GOOD.replace("Skipped: 0", "Skipped: 1"));
        assertThat(judge().status()).isEqualTo(1);
        assertThat(judge().words()).contains("skipped 3").contains("3 tests were left out");
    }
}
