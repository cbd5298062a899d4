package org.openstack.oaktree.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.app.contract.FaultyCloud.How;
import org.openstack.oaktree.app.contract.FaultyCloud.Question;
import org.openstack.oaktree.app.contract.FaultyCloud.Upstream;

/**
 * Every List and every Get, while one of the requests that it costs fails, each in every way: its caller is told the right code and
 * reason and never waits longer than his deadline, and the next call has the right answer.
 */
class FaultsTest {
    /** Most of the time is pauses between repeats, and waiting for deadlines; each has a cloud of its own. */
    private static final int AT_A_TIME = 48;

    private record Cell(
            Question question, Upstream upstream, Misfortune misfortune, boolean afterEffect, boolean sitsOut) {
        @Override
        public String toString() {
            return question + ", " + upstream + ", " + misfortune + (afterEffect ? " after the effect" : "");
        }
    }

    @Test
    void everyFaultOfEveryRequestHasItsReasonAndPasses(@TempDir Path folder) throws Exception {
        // Those that take a minute first, so that it passes while the others come and go.
        Queue<Cell> cells = new ConcurrentLinkedQueue<>(cells(folder).stream()
                .sorted(Comparator.comparing(Cell::sitsOut).reversed())
                .toList());
        int count = cells.size();
        int upstream = (int) cells.stream()
                .map(cell -> List.of(cell.question(), cell.upstream()))
                .distinct()
                .count();
        long questions = cells.stream().map(Cell::question).distinct().count();
        List<String> wrong = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> all = new ArrayList<>();
            for (int i = 0; i < AT_A_TIME; i++) {
                Path own = Files.createDirectory(folder.resolve("cloud-" + i));
                all.add(threads.submit(() -> endure(own, cells)));
            }
            for (Future<List<String>> one : all) {
                wrong.addAll(result(one));
            }
        }
        System.out.println("faults: " + questions + " kinds of List and Get, " + upstream + " requests to clouds x "
                + Misfortune.values().length + " faults = " + count + " cells, " + (count - wrong.size())
                + " with the right reason in time and the right answer next");
        assertThat(wrong).isEmpty();
    }

    private static List<String> result(Future<List<String>> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static List<String> endure(Path folder, Queue<Cell> cells) throws IOException {
        List<String> wrong = new ArrayList<>();
        try (FaultyCloud cloud = new FaultyCloud(folder)) {
            for (Cell cell = cells.poll(); cell != null; cell = cells.poll()) {
                Optional<String> what = cloud.endure(
                        cell.question(), cell.upstream(), cell.misfortune(), cell.afterEffect(), cell.sitsOut());
                if (what.isPresent()) {
                    wrong.add(cell + ": " + what.get());
                }
            }
        }
        return wrong;
    }

    private static List<Cell> cells(Path folder) throws IOException {
        List<Cell> cells = new ArrayList<>();
        try (FaultyCloud cloud = new FaultyCloud(Files.createDirectory(folder.resolve("first")))) {
            Set<List<Object>> known = new HashSet<>();
            Set<List<Object>> satOut = new HashSet<>();
            for (Question question : cloud.questions()) {
                for (Upstream upstream : cloud.upstream(question)) {
                    // Before a Get by name, which comes behind the Get by ID, the same happens as before that.
                    boolean isNew = known.add(List.of(question.method(), upstream));
                    if (isNew || question.how() != How.BY_NAME) {
                        addCells(cells, question, upstream, satOut);
                    }
                }
            }
        }
        return cells;
    }

    /** Each kind of pause of each service is sat out once: which call met it makes no difference to the service's budget. */
    private static void addCells(List<Cell> cells, Question question, Upstream upstream, Set<List<Object>> satOut) {
        for (Misfortune misfortune : Misfortune.values()) {
            boolean sitsOut = misfortune.isPause() && satOut.add(List.of(upstream.service(), misfortune));
            cells.add(new Cell(question, upstream, misfortune, false, sitsOut));
            // Of what only reads there is no effect; other faults look the same before and after it.
            if (upstream.method().equals("POST") && misfortune.fault().spoilsAnswer()) {
                cells.add(new Cell(question, upstream, misfortune, true, false));
            }
        }
    }
}
