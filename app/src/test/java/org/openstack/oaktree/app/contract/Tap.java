package org.openstack.oaktree.app.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Stands before a service and counts the bytes that its client takes. Its own system keeps few of them for a client that takes none. */
final class Tap implements AutoCloseable {
    private static final int BUFFER = 64 << 10;

    private final URI service;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicInteger left = new AtomicInteger();

    Tap(URI service) throws IOException {
        this.service = service;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** Where the service is behind it. */
    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + service.getPath());
    }

    /** How many bytes went to the client so far. */
    long taken() {
        return taken.get();
    }

    /** How many connections the client has closed so far. */
    int left() {
        return left.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                client.setSendBufferSize(BUFFER);
                Socket upstream = new Socket(service.getHost(), service.getPort());
                sockets.add(client);
                sockets.add(upstream);
                Thread.ofVirtual().start(() -> {
                    pass(client, upstream, new AtomicLong());
                    left.incrementAndGet();
                });
                Thread.ofVirtual().start(() -> pass(upstream, client, taken));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void pass(Socket from, Socket to, AtomicLong count) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[BUFFER];
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                out.write(bytes, 0, length);
                count.addAndGet(length);
            }
        } catch (IOException closed) {
            // By either side: the other one is told by closing its connection too.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
