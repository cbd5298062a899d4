package org.openstack.oaktree.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** {@code bench/run NAME...}: runs benchmarks. Exit status: 0 every bound met; 1 one is not; 2 one could not be run. */
public final class Main {
    private static final Map<String, List<Benchmark>> BENCHMARKS = new LinkedHashMap<>();

    static {
        BENCHMARKS.put("P1", List.of(new CachedList()));
        BENCHMARKS.put(
                "image", List.of(new ImageUpload(Integer.getInteger("oaktree.bench.mib", ImageUpload.USUAL_SIZE))));
        BENCHMARKS.put("P2", List.of(new ManyServers(), new ColdList()));
    }

    private Main() {}

    /** The program. */
    public static void main(String[] names) throws IOException, InterruptedException {
        boolean met = true;
        boolean ran = true;
        for (String name : names) {
            for (Benchmark benchmark : Objects.requireNonNull(BENCHMARKS.get(name), name)) {
                try {
                    met &= run(benchmark, System.out);
                } catch (Benchmark.CannotRunException e) {
                    System.err.println("bench: a part of " + name + " cannot be run: " + e.getMessage());
                    ran = false;
                }
            }
        }
        System.exit(!met ? 1 : ran ? 0 : 2);
    }

    private static boolean run(Benchmark benchmark, PrintStream out) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("oaktree-bench");
        try {
            return benchmark.run(folder, out);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted((a, b) -> b.compareTo(a))
                        .forEach(file -> file.toFile().delete());
            }
        }
    }
}
