package org.openstack.oaktree.rest;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server that answers as a test says, down to the last byte: it can also reset, hang, drip and lie. */
public final class FakeServer implements AutoCloseable {
    /** What to do with one request. */
    @FunctionalInterface
    public interface Script {
        void answer(Received request, Wire wire) throws IOException, InterruptedException;
    }

    /** A request as it came in; header names in lower case. */
    public record Received(int number, String method, String target, Map<String, String> headers, String body) {
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }

        public String path() {
            return target.replaceFirst("\\?.*", "");
        }
    }

    /** The connection that a request came in by. */
    public static final class Wire {
        private final Socket socket;
        private final OutputStream out;
        private boolean closed;

        Wire(Socket socket) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
        }

        /** Answers as servers do. Headers read "Name: value". */
        public void answer(int status, String body, String... headers) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " X\r\nContent-Length: " + bytes.length);
            head.append(body.startsWith("<") ? "\r\nContent-Type: text/html" : "\r\nContent-Type: application/json");
            for (String header : headers) {
                head.append("\r\n").append(header);
            }
            out.write(head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            out.write(bytes);
            out.flush();
        }

        /** Exactly these bytes. */
        public void raw(String bytes) throws IOException {
            out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /** Ends the connection as if the machine had died. */
        public void reset() throws IOException {
            closed = true;
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Ends the connection in order. */
        public void close() throws IOException {
            closed = true;
            socket.close();
        }

        /** Says nothing more until the other side is gone. */
        public void hang() throws IOException {
            closed = true;
            try {
                socket.getInputStream().readAllBytes();
            } catch (IOException gone) {
                socket.close();
            }
        }

        /** Sends this text again and again, slowly, until the other side is gone. */
        public void drip(String text) throws IOException, InterruptedException {
            closed = true;
            try {
                while (true) {
                    raw(text);
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            } catch (IOException gone) {
                socket.close();
            }
        }
    }

    private final ServerSocket listener;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Map<Socket, Boolean> open = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final Semaphore arrivals = new Semaphore(0);
    private volatile Script script;

    @SuppressWarnings("NullAway.Init") // Started with the server.
    private Thread acceptor;

    private FakeServer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
    }

    public static FakeServer start(Script script) throws IOException {
        FakeServer server = new FakeServer(new ServerSocket(0, 1000, InetAddress.getLoopbackAddress()), script);
        server.acceptor = Thread.ofVirtual().start(server::accept);
        return server;
    }

    /** Answers these JSON texts with 200, one after the other, the last one again and again. */
    public static FakeServer answering(String... bodies) throws IOException {
        return start((request, wire) -> wire.answer(200, bodies[Math.min(request.number(), bodies.length) - 1]));
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    public List<Received> received() {
        return received;
    }

    public int connections() {
        return connections.get();
    }

    /** Most requests that were being answered at the same time. */
    public int mostAtOnce() {
        return mostAtOnce.get();
    }

    public void script(Script other) {
        this.script = other;
    }

    /** Waits until this many further requests have come in. */
    public void awaitArrivals(int count) throws InterruptedException {
        arrivals.acquire(count);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                open.put(socket, true);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Wire wire = new Wire(socket);
            while (!wire.closed) {
                Received request = read(in, wire);
                mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                arrivals.release();
                try {
                    script.answer(request, wire);
                } finally {
                    atOnce.decrementAndGet();
                }
            }
        } catch (IOException gone) {
            // The client went away, as some tests want it to.
            return;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private synchronized Received add(String method, String target, Map<String, String> headers, String body) {
        Received request = new Received(received.size() + 1, method, target, headers, body);
        received.add(request);
        return request;
    }

    private Received read(InputStream in, Wire wire) throws IOException {
        String[] first = line(in).split(" ", 3);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        if (headers.containsKey("expect")) {
            wire.raw("HTTP/1.1 100 Continue\r\n\r\n");
        }
        byte[] body;
        if (headers.containsKey("transfer-encoding")) {
            ByteArrayOutputStream chunks = new ByteArrayOutputStream();
            for (int size = size(in); size > 0; size = size(in)) {
                chunks.write(in.readNBytes(size));
                line(in);
            }
            line(in);
            body = chunks.toByteArray();
        } else {
            body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
        return add(first[0], first[1], headers, new String(body, StandardCharsets.UTF_8));
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        // Until whoever waits in accept() has left it, the port still takes connections.
        try {
            acceptor.join();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        for (Socket socket : open.keySet()) {
            socket.close();
        }
    }

    /** A gate that scripts can wait at until the test opens it. */
    public static final class Gate {
        private final CountDownLatch latch = new CountDownLatch(1);

        public void await() throws InterruptedException {
            latch.await();
        }

        public void open() {
            latch.countDown();
        }
    }
}
