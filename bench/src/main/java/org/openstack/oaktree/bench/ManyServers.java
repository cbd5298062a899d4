package org.openstack.oaktree.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;

/** P2, simulated cloud: what a server costs in a cold list of 10,000, against in one of 1,000. */
final class ManyServers implements Benchmark {
    private static final double BOUND = 1.2;
    private static final int ROUNDS = 7;
    private static final int WARM_UP_ROUNDS = 5;
    private static final int FEW = 1_000;
    private static final int MANY = 10_000;

    @Override
    public boolean run(Path folder, PrintStream out) throws IOException, InterruptedException {
        try (SimCloud few = SimCloud.start(SimOptions.defaults().withServers(FEW));
                SimCloud many = SimCloud.start(SimOptions.defaults().withServers(MANY));
                ServedOaktree oaktree = ServedOaktree.start(
                        new CloudsFile().add("few", few).add("many", many).write(folder.resolve("sim.yaml")), folder);
                Lister lister = new Lister(oaktree)) {
            out.printf(
                    Locale.ROOT,
                    "P2: cold list (max_age 0) of %,d and of %,d servers with addresses of the simulated cloud%n",
                    FEW,
                    MANY);
            for (int i = 0; i < WARM_UP_ROUNDS; i++) {
                micros(lister, "few", FEW);
                micros(lister, "many", MANY);
            }
            return measure(oaktree, lister, out);
        }
    }

    private static boolean measure(ServedOaktree oaktree, Lister lister, PrintStream out)
            throws IOException, InterruptedException {
        UpstreamCalls before = oaktree.upstream();
        List<Double> ofFew = new ArrayList<>();
        List<Double> ofMany = new ArrayList<>();
        out.println("round    of 1,000   of 10,000   us a server, ratio");
        for (int i = 0; i < ROUNDS; i++) {
            ofFew.add(micros(lister, "few", FEW));
            ofMany.add(micros(lister, "many", MANY));
            double aFew = ofFew.get(i);
            double aMany = ofMany.get(i);
            out.printf(Locale.ROOT, "%5d    %8.1f    %8.1f    %.3f%n", i + 1, aFew, aMany, aMany / aFew);
        }
        Series few = new Series(ofFew);
        Series many = new Series(ofMany);
        out.println("Medians (least .. most):");
        out.println("  of 1,000   " + few.summary("%.1f") + " us a server");
        out.println("  of 10,000  " + many.summary("%.1f") + " us a server");
        out.println("  calls to the cloud in " + ROUNDS + " rounds: "
                + oaktree.upstream().since(before));
        return Verdict.atMost("P2 simcloud, a server of 10,000 / of 1,000", many.over(few), BOUND, out);
    }

    /** Microseconds a server. The short list is made as often as it takes to have as many servers. */
    private static double micros(Lister lister, String cloud, int servers) {
        long nanos = 0;
        for (int listed = 0; listed < MANY; listed += servers) {
            nanos += lister.list(cloud, servers, true).toNanos();
        }
        return nanos / 1e3 / MANY;
    }
}
