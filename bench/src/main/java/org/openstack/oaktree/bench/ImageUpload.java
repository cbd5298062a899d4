package org.openstack.oaktree.bench;

import io.grpc.StatusException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.openstack.oaktree.rest.Json;

/** image: CreateImage through oaktree with little memory to the real Glance, against curl straight to it. */
final class ImageUpload implements Benchmark {
    /** MiB of an image that is not asked for in another size. */
    static final int USUAL_SIZE = 4096;

    private static final double BOUND = 0.75;
    private static final long MOST_GROWTH = 64 << 10; // KiB
    private static final long MOST_WRITTEN = 1 << 20; // its log, which has a line per call
    /** The JVM's own performance counters lie in a file, whose pages are written to the disk again and again. */
    private static final String NO_COUNTERS = "-XX:+PerfDisableSharedMem";

    private static final int ROUNDS = 3;
    private static final int WARM_UP_SIZE = 256;
    private static final int WARM_UP_ROUNDS = 2;
    private static final int CHUNKS_PER_LOOK = 256;
    private static final String CLOUD = "real";
    private static final String NAME = "oaktree-bench-image";

    private final int size;

    /** So many MiB. */
    ImageUpload(int size) {
        this.size = size;
    }

    @Override
    public boolean run(Path folder, PrintStream out) throws IOException, InterruptedException {
        if (!Curl.isInstalled()) {
            throw new CannotRunException("curl is missing");
        }
        TestCloud cloud = TestCloud.find(folder);
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        try (Glance glance = new Glance(cloud.admin(), folder);
                ServedOaktree oaktree =
                        cloud.serveAdmin(CLOUD, "-Xmx256m", NO_COUNTERS, "-Djava.io.tmpdir=" + temporary);
                Uploader uploader = new Uploader(oaktree, CLOUD)) {
            glance.deleteNamed(NAME);
            try {
                return new Course(glance, uploader, oaktree.program(), temporary, out).run();
            } catch (StatusException e) {
                throw new IOException("CreateImage failed", e);
            } finally {
                glance.deleteNamed(NAME);
            }
        }
    }

    /** One run. */
    private final class Course {
        private final Glance glance;
        private final Uploader uploader;
        private final Program program;
        private final ProcessFiles oaktree;
        private final Path temporary;
        private final PrintStream out;
        private final ImageBytes bytes = new ImageBytes(size);
        private final Set<String> written = new TreeSet<>();
        private int chunks;

        Course(Glance glance, Uploader uploader, Program program, Path temporary, PrintStream out) {
            this.glance = glance;
            this.uploader = uploader;
            this.program = program;
            this.oaktree = program.files();
            this.temporary = temporary;
            this.out = out;
        }

        boolean run() throws IOException, InterruptedException, StatusException {
            out.printf(
                    Locale.ROOT,
                    "image: CreateImage of %,d MiB through oaktree (-Xmx256m, one checksum), against curl straight to the same Glance%n",
                    size);
            String hash = bytes.sha512();
            ImageBytes small = new ImageBytes(WARM_UP_SIZE);
            for (int i = 0; i < WARM_UP_ROUNDS; i++) {
                uploader.upload(NAME, small, () -> {});
                straight(small, small.sha512());
                glance.deleteNamed(NAME);
            }
            Set<String> before = oaktree.filesOpenForWriting();
            long writtenBefore = oaktree.writtenBytes();
            long memory = oaktree.memory();
            Duration busyBefore = program.processorTime();
            List<Double> ofOaktree = new ArrayList<>();
            List<Double> ofCurl = new ArrayList<>();
            out.println("round       oaktree          curl    ratio   (MiB/s)");
            for (int i = 0; i < ROUNDS; i++) {
                // By turns the first: what lies in the cloud's memory or on its way to the disk hinders both.
                if (i % 2 == 0) {
                    ofOaktree.add(through(hash, i == 0));
                    ofCurl.add(straight(bytes, hash));
                } else {
                    ofCurl.add(straight(bytes, hash));
                    ofOaktree.add(through(hash, false));
                }
                out.printf(
                        Locale.ROOT,
                        "%5d   %8.0f      %8.0f        %.3f%n",
                        i + 1,
                        ofOaktree.get(i),
                        ofCurl.get(i),
                        ofOaktree.get(i) / ofCurl.get(i));
            }
            Duration busy = program.processorTime().minus(busyBefore);
            out.printf(
                    Locale.ROOT,
                    "  oaktree's processor time: %.2f s a GiB%n",
                    busy.toMillis() / 1000.0 / (ROUNDS * size / 1024.0));
            long growth = oaktree.highestMemory() - memory;
            long more = oaktree.writtenBytes() - writtenBefore;
            written.removeAll(before);
            Set<String> left = left();
            boolean met = Verdict.atLeast(
                    "image, oaktree / curl", new Series(ofOaktree).over(new Series(ofCurl)), BOUND, out);
            met &= say(
                    "oaktree's memory grew by %.1f MiB (from %.1f MiB after images of %d MiB), must be at most 64"
                            .formatted(growth / 1024.0, memory / 1024.0, WARM_UP_SIZE),
                    growth <= MOST_GROWTH);
            met &= say(
                    "files that oaktree wrote while %,d MiB went through: %s; in its temporary folder: %s; bytes to disk: %,d, must be none and at most %,d"
                            .formatted(ROUNDS * size, written, left, more, MOST_WRITTEN),
                    written.isEmpty() && left.isEmpty() && more <= MOST_WRITTEN);
            out.println("image: Glance's hash of all " + 2 * ROUNDS
                    + " images, and the hash of a download, are those of the bytes that were sent");
            return met;
        }

        private boolean say(String what, boolean met) {
            out.println("image: " + what + ": " + (met ? "met" : "NOT MET"));
            return met;
        }

        /** MiB a second through oaktree. */
        private double through(String hash, boolean download)
                throws IOException, InterruptedException, StatusException {
            Uploader.Uploaded uploaded = uploader.upload(NAME, bytes, this::look);
            String id = uploaded.image().getId();
            check(id, bytes, hash);
            if (download && !glance.downloaded(id).equals(hash)) {
                throw new IllegalStateException("the image that was downloaded has other bytes than were sent");
            }
            glance.deleteNamed(NAME);
            return rate(bytes, uploaded.took());
        }

        private double straight(ImageBytes sent, String hash) throws IOException, InterruptedException {
            String id = glance.create(NAME);
            Duration took = glance.upload(id, sent);
            check(id, sent, hash);
            glance.deleteNamed(NAME);
            return rate(sent, took);
        }

        private static double rate(ImageBytes sent, Duration took) {
            return sent.size() / 1048576.0 / (took.toNanos() / 1e9);
        }

        private void check(String id, ImageBytes sent, String hash) throws IOException, InterruptedException {
            Json image = glance.show(id);
            if (!image.at("size").word().equals(String.valueOf(sent.size()))
                    || !image.at("os_hash_algo").text().equals("sha512")
                    || !image.at("os_hash_value").text().equals(hash)) {
                throw new IllegalStateException("Glance has other bytes than were sent");
            }
        }

        /** Now and then, what the server has open. */
        private void look() {
            if (++chunks % CHUNKS_PER_LOOK == 0) {
                try {
                    written.addAll(oaktree.filesOpenForWriting());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        private Set<String> left() throws IOException {
            try (Stream<Path> files = Files.list(temporary)) {
                return new TreeSet<>(
                        files.map(file -> file.getFileName().toString()).toList());
            }
        }
    }
}
