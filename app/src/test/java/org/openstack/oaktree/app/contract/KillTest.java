package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.app.program.RunningProgram;
import org.openstack.oaktree.app.program.Shell;
import org.openstack.oaktree.simcloud.faults.Fault;
import org.openstack.oaktree.simcloud.faults.FaultRule;
import org.openstack.oaktree.simcloud.faults.Faults;

/**
 * A reachable server is being created, and oaktree or its client is killed while the cloud does one of the steps, before its effect or after it. The
 * same request_id again ends with exactly what there would be otherwise.
 */
@Tag("program")
class KillTest {
    /** Also in the steps that only read. */
    private static final boolean EVERY_STEP = Boolean.getBoolean("oaktree.test.kills.every");

    private static final Operation OPERATION = Operation.CREATE_REACHABLE;

    private enum Victim {
        OAKTREE,
        CLIENT
    }

    /** {@code oaktree serve} before the scene's cloud, and a client of it. */
    private static final class Program implements AutoCloseable {
        private final RunningProgram running;
        private final Client client;

        Program(Path home) throws IOException {
            running = Shell.in(home).serve("--listen", "127.0.0.1:0", "--http-listen", "127.0.0.1:0");
            client = newClient();
        }

        private Client newClient() throws IOException {
            String address = running.address();
            int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
            return new Client(
                    port, Files.readString(Path.of(running.tokenFile())).strip());
        }

        /** Begins to create it. */
        Thread begin() {
            return Thread.ofVirtual().start(() -> {
                try {
                    client.call("CreateServer", Operation.reachable(), 60);
                } catch (StatusRuntimeException e) {
                    // So it is told: its server, or it itself, has been killed.
                }
            });
        }

        void kill(Victim victim) {
            if (victim == Victim.OAKTREE) {
                running.close();
            } else {
                client.close();
            }
        }

        @Override
        public void close() {
            client.close();
            running.close();
        }
    }

    /** What was wrong; empty when nothing was. */
    private static String endure(Step step, boolean afterEffect, Victim victim, Path folder) throws Exception {
        try (Scene scene = new Scene(folder)) {
            Path home = Files.createTempDirectory(folder, "home");
            Path configuration = Files.createDirectories(home.resolve(".config/openstack"));
            Files.writeString(configuration.resolve("clouds.yaml"), scene.cloud.cloudsYaml());
            String before = scene.state();
            FaultRule hangs = step.suffers(new Fault.Hang());
            Faults.Active fault = scene.cloud.faults().add(afterEffect ? hangs.afterEffect() : hangs);
            String left;
            try (Program program = new Program(home)) {
                Thread call = program.begin();
                StockApi.until(step + " is sent", () -> fault.struck() > 0);
                program.kill(victim);
                scene.cloud.faults().clear();
                call.join();
                left = Scene.change(before, scene.state());
                if (victim == Victim.CLIENT) {
                    try (Client next = program.newClient()) {
                        next.call("CreateServer", Operation.reachable(), 60);
                    }
                }
            }
            if (victim == Victim.OAKTREE) {
                try (Program next = new Program(home)) {
                    next.client.call("CreateServer", Operation.reachable(), 60);
                }
            }
            String end = Scene.change(before, scene.state());
            String row = OPERATION + " x " + step + " x " + victim + " killed "
                    + (afterEffect ? "after" : "before") + ": left " + (left.isEmpty() ? "as before" : left)
                    + "; again: " + end;
            System.out.println("kill: " + row);
            return end.equals(OPERATION.change()) ? "" : row;
        }
    }

    @Test
    void theSameRequestAgainEndsWithExactlyOneServerAndItsAddress(@TempDir Path folder) throws Exception {
        List<String> wrong = new ArrayList<>();
        int kills = 0;
        for (Step step : Step.of(OPERATION, folder)) {
            for (boolean afterEffect : step.writes() ? new boolean[] {false, true} : new boolean[] {false}) {
                if (!step.writes() && !EVERY_STEP) {
                    continue;
                }
                for (Victim victim : Victim.values()) {
                    wrong.add(endure(step, afterEffect, victim, folder));
                    kills++;
                }
            }
        }
        System.out.println("kills: " + kills + " of oaktree or its client in the steps of " + OPERATION
                + "; each time the same request_id again ended with " + OPERATION.change());
        assertThat(wrong.stream().filter(what -> !what.isEmpty())).isEmpty();
        assertThat(kills).isPositive();
    }
}
