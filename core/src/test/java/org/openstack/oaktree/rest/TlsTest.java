package org.openstack.oaktree.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_CLOUD_MISCONFIGURED;
import static org.openstack.oaktree.v1.ErrorReason.ERROR_REASON_CLOUD_UNREACHABLE;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

/** Whom connections trust, and what becomes of those that break while both sides shake hands. */
class TlsTest {
    private static final String ANSWER = "HTTP/1.1 200 X\r\nContent-Length: 2\r\n\r\n{}";

    @TempDir
    static Path folder;

    /** What the other side does with a connection. */
    private interface Behaviour {
        void meet(Socket socket) throws IOException;
    }

    @BeforeAll
    static void makeKeys() throws Exception {
        keytool("-genkeypair", "-alias", "right", "-dname", "CN=right", "-ext", "san=ip:127.0.0.1", "-keyalg", "EC");
        keytool(
                "-genkeypair",
                "-alias",
                "other",
                "-dname",
                "CN=other",
                "-ext",
                "san=dns:other.example",
                "-keyalg",
                "EC");
        for (String alias : List.of("right", "other")) {
            keytool("-exportcert", "-rfc", "-alias", alias, "-file", pem(alias).toString());
        }
    }

    private static Path pem(String alias) {
        return folder.resolve(alias + ".pem");
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", folder.resolve("keys").toString(), "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", "changeit"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static ServerSocket secure(String alias) throws Exception {
        KeyStore all = KeyStore.getInstance("PKCS12");
        char[] password = "changeit".toCharArray();
        try (InputStream in = Files.newInputStream(folder.resolve("keys"))) {
            all.load(in, password);
        }
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, password);
        one.setKeyEntry(alias, all.getKey(alias, password), password, all.getCertificateChain(alias));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(one, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static ServerSocket plain() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static void answer(Socket socket) throws IOException {
        if (socket.getInputStream().read(new byte[16 * 1024]) > 0) {
            socket.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }
    }

    private static void closeInTheHandshake(Socket socket) throws IOException {
        assertThat(socket.getInputStream().read()).isPositive();
    }

    private static void resetInTheHandshake(Socket socket) throws IOException {
        closeInTheHandshake(socket);
        socket.setSoLinger(true, 0);
    }

    /** What came of a request to this server: nothing when it was answered. */
    private record Outcome(Optional<ErrorReason> reason, int connections) {}

    private static Outcome send(ServerSocket server, Tls tls, Behaviour behaviour) throws Exception {
        AtomicInteger connections = new AtomicInteger();
        Thread accepting = Thread.startVirtualThread(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    connections.incrementAndGet();
                    behaviour.meet(socket);
                } catch (IOException clientIsGone) {
                    // The client's side of it is what the test looks at.
                }
            }
        });
        Rest.Settings settings = new Rest.Settings(tls, Optional.empty(), (region, service) -> Rest.Limits.NONE);
        Retries retries = new Retries(Clock.systemUTC(), () -> 0.5, Duration.ofMillis(4));
        try (server;
                Rest rest = new Rest(settings, CallObserver.NONE, retries)) {
            URI url = URI.create("https://127.0.0.1:" + server.getLocalPort());
            Target target = new Target("cloud", "north", "identity", url, Authorization.NONE, "me");
            Request request = Request.get("/").operation("Look").build();
            Throwable failed = catchThrowable(() ->
                    Call.begin("test", Duration.ofMinutes(5)).run(() -> rest.send(target, request, Answer::status)));
            return new Outcome(
                    Optional.ofNullable((OaktreeException) failed).map(OaktreeException::reason), connections.get());
        } finally {
            accepting.join();
        }
    }

    private static Tls trusting(String alias) {
        return new Tls(true, Optional.of(pem(alias)), Optional.empty(), Optional.empty());
    }

    @Test
    void aConnectionThatBreaksInTheHandshakeIsTriedAgain() throws Exception {
        assertThat(send(plain(), Tls.DEFAULT, TlsTest::closeInTheHandshake))
                .isEqualTo(new Outcome(Optional.of(ERROR_REASON_CLOUD_UNREACHABLE), Retries.MAX_ATTEMPTS));
        assertThat(send(plain(), Tls.DEFAULT, TlsTest::resetInTheHandshake))
                .isEqualTo(new Outcome(Optional.of(ERROR_REASON_CLOUD_UNREACHABLE), Retries.MAX_ATTEMPTS));
    }

    @Test
    void aServiceThatDoesNotSpeakTlsIsTheConfigurationsFault() throws Exception {
        assertThat(send(plain(), Tls.DEFAULT, TlsTest::answer))
                .isEqualTo(new Outcome(Optional.of(ERROR_REASON_CLOUD_MISCONFIGURED), 1));
    }

    @Test
    void aCertificateOfNobodyKnownIsTheConfigurationsFault() throws Exception {
        assertThat(send(secure("right"), Tls.DEFAULT, TlsTest::answer))
                .isEqualTo(new Outcome(Optional.of(ERROR_REASON_CLOUD_MISCONFIGURED), 1));
        assertThat(send(secure("right"), trusting("right"), TlsTest::answer))
                .isEqualTo(new Outcome(Optional.empty(), 1));
    }

    @Test
    void aCertificateForAnotherNameIsTheConfigurationsFault() throws Exception {
        assertThat(send(secure("other"), trusting("other"), TlsTest::answer))
                .isEqualTo(new Outcome(Optional.of(ERROR_REASON_CLOUD_MISCONFIGURED), 1));
        Tls believing = new Tls(false, Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(send(secure("other"), believing, TlsTest::answer)).isEqualTo(new Outcome(Optional.empty(), 1));
    }
}
