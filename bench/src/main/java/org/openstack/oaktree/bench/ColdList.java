package org.openstack.oaktree.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openstack.oaktree.simcloud.SimCloud;
import org.openstack.oaktree.simcloud.SimOptions;

/** P2, real cloud: cold lists of servers through oaktree, against curl that sends the very requests that oaktree sends for them. */
final class ColdList implements Benchmark {
    private static final double BOUND = 1.1;
    private static final int WARM_UP_ROUNDS = 3;
    private static final String WARM_UP = "warm-up";
    private static final int WARM_UP_SERVERS = 1_000;
    private static final int WARM_UP_LISTS = 50;

    @Override
    public boolean run(Path folder, PrintStream out) throws IOException, InterruptedException {
        if (!Curl.isInstalled()) {
            throw new CannotRunException("curl is missing");
        }
        TestCloud cloud = TestCloud.find(folder);
        cloud.fill();
        boolean met = true;
        try (SimCloud simulated = SimCloud.start(SimOptions.defaults().withServers(WARM_UP_SERVERS));
                ServedOaktree oaktree = cloud.serve(WARM_UP, simulated);
                Lister lister = new Lister(oaktree)) {
            // A program that has just been started spends more time on compiling itself than on a list; curl has no
            // such time.
            for (int i = 0; i < WARM_UP_LISTS; i++) {
                lister.list(WARM_UP, WARM_UP_SERVERS, true);
            }
            for (TestCloud.Project project : TestCloud.Project.values()) {
                met &= compare(project, cloud.requests(project), oaktree, lister, folder, out);
            }
        }
        return met;
    }

    private static boolean compare(
            TestCloud.Project project,
            List<Recorder.Request> pages,
            ServedOaktree oaktree,
            Lister lister,
            Path folder,
            PrintStream out)
            throws IOException, InterruptedException {
        out.printf(
                Locale.ROOT,
                "P2: cold list (max_age 0) of %,d servers %s of the real cloud, against curl of%n",
                project.servers,
                project.addressed ? "with addresses" : "without networks");
        pages.forEach(page -> out.println("      " + page.pathAndQuery()));
        int requests = pages.size();
        Curl curl = new Curl(pages, folder.resolve("curl-" + project.project));
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            list(lister, project);
            curl.run();
        }
        UpstreamCalls before = oaktree.upstream();
        List<Double> ofOaktree = new ArrayList<>();
        List<Double> ofCurl = new ArrayList<>();
        out.println("round       oaktree          curl    ratio");
        for (int i = 0; i < project.rounds; i++) {
            // By turns the first: what warms the cloud's caches helps both.
            if (i % 2 == 0) {
                ofOaktree.add(millis(list(lister, project)));
                ofCurl.add(millis(curl.run()));
            } else {
                ofCurl.add(millis(curl.run()));
                ofOaktree.add(millis(list(lister, project)));
            }
            double oaktreeMillis = ofOaktree.get(i);
            double curlMillis = ofCurl.get(i);
            out.printf(
                    Locale.ROOT,
                    "%5d   %8.0f ms   %8.0f ms    %.3f%n",
                    i + 1,
                    oaktreeMillis,
                    curlMillis,
                    oaktreeMillis / curlMillis);
        }
        UpstreamCalls sent = oaktree.upstream().since(before);
        if (sent.total() != requests * project.rounds) {
            throw new IllegalStateException("oaktree did not send what curl sent: " + sent);
        }
        Series all = new Series(ofOaktree);
        Series bare = new Series(ofCurl);
        out.println("Medians (least .. most):");
        out.println("  oaktree  " + all.summary("%.0f") + " ms");
        out.println("  curl     " + bare.summary("%.0f") + " ms");
        out.println("  calls to the cloud in " + project.rounds + " rounds: " + sent + "; by curl "
                + requests * project.rounds);
        return Verdict.atMost("P2 " + project.project + ", oaktree / curl", all.over(bare), BOUND, out);
    }

    private static Duration list(Lister lister, TestCloud.Project project) {
        return lister.list(project.project, project.servers, project.addressed);
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }
}
