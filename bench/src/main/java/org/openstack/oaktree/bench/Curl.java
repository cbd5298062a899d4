package org.openstack.oaktree.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** curl, as the barest client that there is: the same requests one after the other, over connections that are kept, nothing decoded. */
final class Curl {
    private final Path config;
    private final int requests;

    /**
     * Writes down the requests.
     *
     * @param config gets them, with the token that is in their headers
     */
    Curl(List<Recorder.Request> requests, Path config) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Recorder.Request request : requests) {
            text.append(text.isEmpty() ? "" : "next\n")
                    .append("silent\nshow-error\nnoproxy = \"*\"\noutput = \"/dev/null\"\n")
                    .append("write-out = \"%{http_code} %{time_total}\\n\"\n")
                    .append("url = ")
                    .append(quoted(request.url().toString()))
                    .append('\n');
            request.headers()
                    .forEach((name, value) -> text.append("header = ")
                            .append(quoted(name + ": " + value))
                            .append('\n'));
        }
        this.requests = requests.size();
        this.config = Files.writeString(config, text);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /**
     * Sends them all.
     *
     * @return how long that took, from the first connection to the last byte: without the start of curl itself
     * @throws IOException when one was not answered with 200
     */
    Duration run() throws IOException, InterruptedException {
        Process curl = new ProcessBuilder("curl", "--disable", "--config", config.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        List<String> lines = List.of(output.split("\n", -1));
        if (curl.waitFor() != 0 || lines.size() != requests) {
            throw new IOException("curl failed: " + output);
        }
        double seconds = 0;
        for (String line : lines) {
            if (!line.startsWith("200 ")) {
                throw new IOException("curl was not answered with 200 each time: " + output);
            }
            seconds += Double.parseDouble(line.substring(4));
        }
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    /** Whether there is a curl here. */
    static boolean isInstalled() throws InterruptedException {
        try {
            return new ProcessBuilder("curl", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
