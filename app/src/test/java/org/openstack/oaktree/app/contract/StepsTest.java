package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.simcloud.faults.Fault;
import org.openstack.oaktree.simcloud.faults.FaultRule;
import org.openstack.oaktree.simcloud.faults.Faults;

/**
 * Every operation that changes something, while one of its steps fails, before its effect and after it, and while nothing can be deleted
 * besides: what is in the cloud then, and after the same call came again.
 */
class StepsTest {
    private static final int AT_ONCE = 8;

    /** What happens to a step. */
    private enum Mishap {
        BEFORE(Fault.status(500, "{}"), false),
        AFTER(Fault.status(500, "{}"), true),
        CUT_OFF_BEFORE(new Fault.Reset(), false),
        CUT_OFF_AFTER(new Fault.Reset(), true),
        BEFORE_AND_NOTHING_CAN_BE_DELETED(Fault.status(500, "{}"), false),
        AFTER_AND_NOTHING_CAN_BE_DELETED(Fault.status(500, "{}"), true);

        @SuppressWarnings("ImmutableEnumChecker") // It does not change.
        final Fault fault;

        final boolean afterEffect;

        Mishap(Fault fault, boolean afterEffect) {
            this.fault = fault;
            this.afterEffect = afterEffect;
        }

        FaultRule rule(Step step) {
            FaultRule rule = step.suffers(fault);
            return afterEffect ? rule.afterEffect() : rule;
        }

        boolean isTwofold() {
            return this == BEFORE_AND_NOTHING_CAN_BE_DELETED || this == AFTER_AND_NOTHING_CAN_BE_DELETED;
        }

        /** Of what only reads there is no effect, and it is asked for again whatever happened to it. */
        boolean happensTo(Step step) {
            if (!step.writes()) {
                return this == BEFORE;
            }
            return !isTwofold() || !step.method().equals("DELETE");
        }

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
    }

    private record Cell(Operation operation, Step step, Mishap mishap) {
        /** Whether surely nothing was changed. */
        boolean isHarmless() {
            return step.written() == 0 && (!step.writes() || (!mishap.afterEffect && !operation.goesOn()));
        }
    }

    private static String told(Operation operation, Scene scene) throws InterruptedException {
        try {
            operation.call(scene);
            return "OK";
        } catch (StatusRuntimeException failure) {
            return Client.reason(failure);
        }
    }

    /** What was wrong; empty when nothing was. */
    private static String endure(Cell cell, Path folder) throws IOException, InterruptedException {
        Operation operation = cell.operation();
        Mishap mishap = cell.mishap();
        try (Scene scene = new Scene(folder)) {
            operation.prepare(scene);
            String before = scene.state();
            Faults.Active fault = scene.cloud.faults().add(mishap.rule(cell.step()));
            if (mishap.isTwofold()) {
                for (String service : List.of("compute", "network", "image", "block-storage")) {
                    scene.cloud
                            .faults()
                            .add(FaultRule.on(service, Fault.status(500, "{}")).method("DELETE"));
                }
            }
            String told = told(operation, scene);
            int struck = fault.struck();
            scene.cloud.faults().clear();
            String left = Scene.change(before, scene.state());
            String again = told(operation, scene);
            String end = Scene.change(before, scene.state());
            String row = operation + " x " + cell.step() + " x " + mishap + ": " + told + ", left "
                    + (left.isEmpty() ? "as before" : left) + "; again: " + again + ", "
                    + (end.isEmpty() ? "as before" : end);
            System.out.println("step: " + row);
            if (struck == 0) {
                return row + " (it was never sent)";
            }
            boolean right = isRight(cell, told, left)
                    && (again.equals("OK") || again.equals(operation.whenDone(left)))
                    && end.equals(operation.end(left));
            return right ? "" : row;
        }
    }

    private static boolean isRight(Cell cell, String told, String left) {
        String all = cell.operation().change();
        if (told.equals("OK")) {
            return left.equals(all);
        }
        if (cell.step().writes() && !told.equals("ABORTED OUTCOME_UNKNOWN")) {
            return false;
        }
        return left.isEmpty()
                || (!cell.isHarmless()
                        && (left.equals(all)
                                || cell.operation().halves().contains(left)
                                || cell.mishap().isTwofold()));
    }

    @Test
    void nothingIsLeftThatARepeatDoesNotFind(@TempDir Path folder) throws Exception {
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        Queue<Cell> cells = new ConcurrentLinkedQueue<>();
        List<Runnable> looks = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            looks.add(() -> cells.addAll(cells(operation, folder)));
        }
        AtOnce.run(looks, AT_ONCE);
        AtOnce.run(
                cells.stream()
                        .<Runnable>map(cell -> () -> wrong.add(outcome(cell, folder)))
                        .toList(),
                AT_ONCE);
        List<String> failed = wrong.stream().filter(what -> !what.isEmpty()).toList();
        System.out.println(
                "steps: " + Operation.values().length + " operations x their requests x what happens to them = "
                        + cells.size() + " cells, " + (cells.size() - failed.size())
                        + " left what is allowed, and ended well when they came again");
        assertThat(failed).isEmpty();
    }

    private static List<Cell> cells(Operation operation, Path folder) {
        try {
            List<Cell> cells = new ArrayList<>();
            List<Step> steps = Step.of(operation, folder);
            assertThat(steps).as(operation.name()).anyMatch(Step::writes);
            for (Step step : steps) {
                for (Mishap mishap : Mishap.values()) {
                    if (mishap.happensTo(step)) {
                        cells.add(new Cell(operation, step, mishap));
                    }
                }
            }
            return cells;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String outcome(Cell cell, Path folder) {
        try {
            return endure(cell, folder);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
