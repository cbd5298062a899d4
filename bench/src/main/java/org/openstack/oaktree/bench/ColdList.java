package org.openstack.oaktree.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** P2, real cloud: cold lists of servers through oaktree, against curl that sends the very requests that oaktree sends for them. */
final class ColdList implements Benchmark {
    private static final double BOUND = 1.1;
    private static final int ROUNDS = 7;
    private static final int WARM_UP_ROUNDS = 3;

    @Override
    public boolean run(Path folder, PrintStream out) throws IOException, InterruptedException {
        if (!Curl.isInstalled()) {
            throw new CannotRunException("curl is missing");
        }
        TestCloud cloud = TestCloud.find(folder);
        cloud.fill();
        boolean met = true;
        for (TestCloud.Project project : TestCloud.Project.values()) {
            List<Recorder.Request> requests = cloud.requests(project);
            out.printf(
                    Locale.ROOT,
                    "P2: cold list (max_age 0) of %,d servers %s of the real cloud, against curl of%n",
                    project.servers,
                    project.addressed ? "with addresses" : "without networks");
            requests.forEach(request -> out.println("      " + request.url().getRawPath()
                    + (request.url().getRawQuery() == null
                            ? ""
                            : "?" + request.url().getRawQuery())));
            Curl curl = new Curl(requests, folder.resolve("curl-" + project.project));
            try (ServedOaktree oaktree = cloud.serve();
                    Lister lister = new Lister(oaktree)) {
                met &= compare(project, requests.size(), oaktree, lister, curl, out);
            }
        }
        return met;
    }

    private static boolean compare(
            TestCloud.Project project, int requests, ServedOaktree oaktree, Lister lister, Curl curl, PrintStream out)
            throws IOException, InterruptedException {
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            list(lister, project);
            curl.run();
        }
        UpstreamCalls before = oaktree.upstream();
        List<Double> ofOaktree = new ArrayList<>();
        List<Double> ofCurl = new ArrayList<>();
        out.println("round       oaktree          curl    ratio");
        for (int i = 0; i < ROUNDS; i++) {
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
        if (sent.total() != requests * ROUNDS) {
            throw new IllegalStateException("oaktree did not send what curl sent: " + sent);
        }
        Series all = new Series(ofOaktree);
        Series bare = new Series(ofCurl);
        out.println("Medians (least .. most):");
        out.println("  oaktree  " + all.summary("%.0f") + " ms");
        out.println("  curl     " + bare.summary("%.0f") + " ms");
        out.println("  calls to the cloud in " + ROUNDS + " rounds: " + sent + "; by curl " + requests * ROUNDS);
        return Verdict.atMost("P2 " + project.project + ", oaktree / curl", all.over(bare), BOUND, out);
    }

    private static Duration list(Lister lister, TestCloud.Project project) {
        return lister.list(project.project, project.servers, project.addressed);
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }
}
