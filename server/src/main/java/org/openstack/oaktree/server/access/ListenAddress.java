package org.openstack.oaktree.server.access;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a server with personal access may listen: a loopback address, or a unix socket. */
public sealed interface ListenAddress {
    /** For Java's and Netty's sockets. */
    SocketAddress socketAddress();

    /**
     * A TCP port that only this machine reaches.
     *
     * @param address a loopback address; port 0 means any free one
     */
    record Loopback(InetSocketAddress address) implements ListenAddress {
        @Override
        public SocketAddress socketAddress() {
            return address;
        }

        /** As people write it: {@code 127.0.0.1:50051}, {@code [::1]:50051}. */
        @Override
        public String toString() {
            String host = address.getAddress().getHostAddress();
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
        }
    }

    /**
     * A socket in the file system.
     *
     * @param path absolute
     */
    record UnixSocket(Path path) implements ListenAddress {
        @Override
        public SocketAddress socketAddress() {
            return UnixDomainSocketAddress.of(path);
        }

        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    /**
     * Reads {@code HOST:PORT}, {@code [IPv6]:PORT} or {@code unix:PATH}.
     *
     * @throws IllegalArgumentException when it is neither, or reaches beyond this machine; the message says what would do
     */
    static ListenAddress parse(String text) {
        return text.startsWith("unix:") ? unixSocket(text.substring("unix:".length())) : loopback(text);
    }

    /**
     * Reads {@code HOST:PORT} or {@code [IPv6]:PORT}.
     *
     * @throws IllegalArgumentException as {@link #parse}
     */
    static Loopback loopback(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.contains(":")) {
            host = "";
        }
        int port = port(text.substring(colon + 1));
        if (host.isEmpty() || port < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no address to listen on: give HOST:PORT, for example 127.0.0.1:50051");
        }
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + host + "' is no known host; give 127.0.0.1 or localhost", e);
        }
        if (!address.isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "'" + text + "' can be reached from other machines, and this server acts with"
                            + " the credentials of its user: give a loopback address (127.0.0.1, ::1, localhost) or unix:PATH");
        }
        return new Loopback(new InetSocketAddress(address, port));
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port <= 65_535 ? port : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static UnixSocket unixSocket(String text) {
        Path path;
        try {
            path = Path.of(text).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + text + "' is no path for a unix socket", e);
        }
        if (text.isEmpty() || path.getFileName() == null) {
            throw new IllegalArgumentException("give the path of the unix socket: unix:PATH");
        }
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > UnixSocketFile.MAX_PATH_BYTES) {
            throw new IllegalArgumentException("the path of the unix socket is longer than "
                    + UnixSocketFile.MAX_PATH_BYTES + " bytes, more than systems take: '" + path + "'");
        }
        return new UnixSocket(path);
    }
}
