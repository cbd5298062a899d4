package org.openstack.oaktree.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;

/**
 * The connections to one cloud: sends one request once and hands its answer to a reader, and knows how far it came when that fails.
 *
 * <p>An exchange, from the wait for a connection to the last byte of the body, is over at its deadline whatever the other side does:
 * an alarm then closes the connection under it. Interrupting the thread, which has to be a virtual one, does the same. A connection
 * goes back to the pool only when its answer was read to the end.
 */
final class Transport implements AutoCloseable {
    /** Bound on all connections to one cloud, and on those to one of its hosts and ports. Budgets are smaller: it is what holds when they are set high. */
    private static final int MAX_CONNECTIONS = 512;

    private static final int MAX_CONNECTIONS_PER_ROUTE = 256;
    private static final Timeout CONNECT_TIMEOUT = Timeout.ofSeconds(5);
    /** Connections unused for this long may have been closed by the other side: they are tried before they are used. */
    private static final TimeValue CHECK_AFTER = TimeValue.ofSeconds(1);
    /** For services that do not say how long they keep connections. */
    private static final TimeValue KEEP_ALIVE = TimeValue.ofSeconds(30);

    private static final TimeValue LONGEST_KEEP_ALIVE = TimeValue.ofMinutes(2);
    private static final Duration SWEEP = Duration.ofSeconds(20);
    /** Rest of a body that is worth reading to keep its connection, and bound on what is read of a refusal. */
    private static final int SMALL_BODY = 64 * 1024;

    /** Names of TLS alerts that speak of certificates, or of what both sides can do. */
    private static final Pattern REFUSAL_OF_TRUST = Pattern.compile(
            "certificate|unknown_ca|access_denied|handshake_failure|protocol_version|unrecognized_name");

    /**
     * What the system may hold of a stream that its service, or its reader, does not take; it would be up to 4 MiB, or 6. Bounds what one stream carries to this
     * much in the time that it takes to there and back.
     */
    private static final int STREAM_BUFFER = 512 << 10;

    private static final String PROGRESS = "oaktree.progress";

    private final Alarms alarms;
    private final HostNames names = new HostNames();
    private final PoolingHttpClientConnectionManager pool;
    private final CloseableHttpClient client;
    private final Future<?> sweep;

    Transport(Tls tls, Alarms alarms) {
        this.alarms = alarms;
        this.pool = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(new QuietConnection.Factory())
                .setTlsSocketStrategy(tls.strategy())
                .setDnsResolver(names)
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.STRICT)
                .setConnPoolPolicy(PoolReusePolicy.LIFO)
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setMaxConnPerRoute(MAX_CONNECTIONS_PER_ROUTE)
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setTcpNoDelay(true)
                        .setSoKeepAlive(true)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT_TIMEOUT)
                        .setSocketTimeout(Timeout.DISABLED)
                        .setValidateAfterInactivity(CHECK_AFTER)
                        .build())
                .build();
        this.client = HttpClientBuilder.create()
                .setConnectionManager(pool)
                .setRequestExecutor(new WatchedExecutor())
                .setKeepAliveStrategy((response, context) -> keepAlive(response))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setProtocolUpgradeEnabled(false)
                        .setRedirectsEnabled(false)
                        .setAuthenticationEnabled(false)
                        .setContentCompressionEnabled(false)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableConnectionState()
                .disableDefaultUserAgent()
                .build();
        this.sweep = alarms.every(SWEEP, () -> {
            pool.closeExpired();
            pool.closeIdle(LONGEST_KEEP_ALIVE);
        });
    }

    /** How far an exchange has come. */
    private enum Progress {
        CONNECTING,
        SENT,
        ANSWERED,
        READING
    }

    /** One exchange under way. */
    private static final class Exchange {
        volatile Progress progress = Progress.CONNECTING;
        volatile @Nullable Answer answer;
        final AtomicBoolean late = new AtomicBoolean();
        final boolean streams;

        Exchange(boolean streams) {
            this.streams = streams;
        }
    }

    /** Notes when sending begins, and when an answer has begun to arrive: that decides what may be repeated. */
    private static final class WatchedExecutor extends HttpRequestExecutor {
        @Override
        public ClassicHttpResponse execute(
                ClassicHttpRequest request,
                HttpClientConnection connection,
                HttpResponseInformationCallback informed,
                HttpContext context)
                throws IOException, HttpException {
            Exchange exchange = (Exchange) context.getAttribute(PROGRESS);
            exchange.progress = Progress.SENT;
            if (exchange.streams && connection instanceof ManagedHttpClientConnection open) {
                open.getSocket().setSendBufferSize(STREAM_BUFFER);
                open.getSocket().setReceiveBufferSize(STREAM_BUFFER);
            }
            ClassicHttpResponse response = super.execute(request, connection, informed, context);
            exchange.progress = Progress.ANSWERED;
            return response;
        }
    }

    /** What came of an exchange that the service answered with 2xx. */
    record Success<T>(T value, Answer answer) {}

    /**
     * Sends a request once.
     *
     * @throws Failure when there was no good answer
     * @throws CancellationException when the thread was interrupted; it stays so
     */
    <T> Success<T> exchange(Request request, URI url, Map<String, String> headers, Instant deadline, Reader<T> reader)
            throws Failure {
        Exchange exchange = new Exchange(request.streams());
        Duration left = Duration.between(Instant.now(), deadline);
        if (left.isNegative() || left.isZero()) {
            throw new Failure(Failure.Kind.TOO_LATE, false, null, new IOException("The deadline has passed"));
        }
        HttpUriRequestBase message = new HttpUriRequestBase(request.method(), url);
        headers.forEach(message::setHeader);
        attach(message, request.body(), left);
        Future<?> alarm = alarms.after(left, () -> {
            exchange.late.set(true);
            // Closing may have to wait for the other side: not on the thread that serves all alarms.
            Thread.ofVirtual().name("abort").start(message::abort);
        });
        HttpContext context = HttpClientContext.create();
        context.setAttribute(PROGRESS, exchange);
        try {
            return ScopedValue.where(HostNames.DEADLINE, deadline)
                    .<Success<T>, Failure>call(() -> run(message, request.acceptsChoices(), context, exchange, reader));
        } finally {
            alarm.cancel(false);
        }
    }

    private <T> Success<T> run(
            HttpUriRequestBase request,
            boolean acceptsChoices,
            HttpContext context,
            Exchange exchange,
            Reader<T> reader)
            throws Failure {
        try {
            ClassicHttpResponse response = client.executeOpen(null, request, context);
            HttpEntity entity = response.getEntity();
            InputStream content = entity == null ? InputStream.nullInputStream() : entity.getContent();
            Map<String, List<String>> headers = headers(response);
            int status = response.getCode();
            if (status < 200 || status > (acceptsChoices ? 300 : 299)) {
                throw new Failure(refusal(status, headers, content));
            }
            Answer answer = new Answer(status, headers, new Borrowed(content));
            exchange.answer = answer;
            exchange.progress = Progress.READING;
            T value = reader.read(answer);
            // The end of a body that the reader left: with it the connection can be used again.
            content.readNBytes(SMALL_BODY);
            return new Success<>(value, answer);
        } catch (IOException | JacksonException | UnreadableAnswerException broken) {
            throw failure(exchange, broken);
        } finally {
            // What is left of a body is not read, however much it is, as closing the response would: its connection
            // ends. One whose body was
            // read to the end is back in the pool already, and this does nothing.
            request.abort();
        }
    }

    private static Failure failure(Exchange exchange, Exception broken) {
        if (Thread.currentThread().isInterrupted()) {
            CancellationException cancelled = new CancellationException("The call was cancelled");
            cancelled.initCause(broken);
            throw cancelled;
        }
        boolean reading = exchange.progress == Progress.READING;
        if (exchange.late.get()) {
            return new Failure(
                    exchange.progress == Progress.CONNECTING ? Failure.Kind.TOO_LATE : Failure.Kind.TOO_SLOW,
                    reading,
                    exchange.answer,
                    broken);
        }
        Failure.Kind kind = switch (exchange.progress) {
            case CONNECTING -> isDistrust(broken) ? Failure.Kind.NOT_TRUSTED : Failure.Kind.NOT_CONNECTED;
            case SENT -> Failure.Kind.NO_ANSWER;
            case ANSWERED -> Failure.Kind.BROKEN_ANSWER;
            case READING ->
                broken instanceof IOException || broken instanceof JacksonIOException
                        ? Failure.Kind.BROKEN_ANSWER
                        : Failure.Kind.UNREADABLE_ANSWER;
        };
        return new Failure(kind, reading, exchange.answer, broken);
    }

    /**
     * Whether the two sides do not want each other, so that it is no use to try again: not when the connection only broke while they shook
     * hands, as it does when a proxy is started anew.
     */
    private static boolean isDistrust(Exception broken) {
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof GeneralSecurityException || cause instanceof SSLPeerUnverifiedException) {
                return true;
            }
        }
        // Java has no other sign of what the other side says than its words.
        String words = broken instanceof SSLException && broken.getMessage() != null ? broken.getMessage() : "";
        return words.contains("Unsupported or unrecognized SSL message")
                || (words.contains("fatal alert")
                        && REFUSAL_OF_TRUST.matcher(words).find());
    }

    /** A body that its reader may close, as parsers do: what is done with its rest is not the reader's business. */
    private static final class Borrowed extends FilterInputStream {
        Borrowed(InputStream body) {
            super(body);
        }

        @Override
        public void close() {}
    }

    /** A refusal is told even when its body does not come whole. */
    private static Refusal refusal(int status, Map<String, List<String>> headers, InputStream content) {
        byte[] body;
        try {
            body = content.readNBytes(SMALL_BODY);
        } catch (IOException broken) {
            body = new byte[0];
        }
        String type = headers.getOrDefault("content-type", List.of("")).getFirst();
        return new Refusal(status, headers, CloudWords.read(body, type));
    }

    private static Map<String, List<String>> headers(HttpResponse response) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Header header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(header.getValue() == null ? "" : header.getValue());
        }
        return Collections.unmodifiableMap(headers);
    }

    private static void attach(HttpUriRequestBase request, Body body, Duration left) {
        RequestConfig.Builder config = RequestConfig.custom()
                .setProtocolUpgradeEnabled(false)
                .setRedirectsEnabled(false)
                .setAuthenticationEnabled(false)
                .setContentCompressionEnabled(false)
                .setConnectionRequestTimeout(Timeout.of(left))
                .setResponseTimeout(Timeout.DISABLED);
        switch (body) {
            case Body.None none -> {}
            case Body.Bytes bytes ->
                request.setEntity(new ByteArrayEntity(bytes.content(), ContentType.parse(bytes.contentType())));
            case Body.Stream stream -> {
                // The service may say no before it has been sent gigabytes.
                config.setExpectContinueEnabled(true);
                request.setEntity(new StreamEntity(stream, request::abort));
            }
        }
        request.setConfig(config.build());
    }

    /** A body whose source is opened when it is sent. */
    private static final class StreamEntity extends AbstractHttpEntity {
        private final Body.Stream stream;
        private final Runnable abort;

        StreamEntity(Body.Stream stream, Runnable abort) {
            super(stream.contentType(), null, stream.length() < 0);
            this.stream = stream;
            this.abort = abort;
        }

        @Override
        public long getContentLength() {
            return stream.length();
        }

        @Override
        public boolean isRepeatable() {
            return stream.repeatable();
        }

        @Override
        public boolean isStreaming() {
            return true;
        }

        @Override
        public InputStream getContent() throws IOException {
            return stream.open();
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            try (InputStream in = getContent()) {
                in.transferTo(out);
            } catch (IOException | RuntimeException broken) {
                // Whoever closes a chunked body writes its end: the service would take the part for the whole.
                abort.run();
                throw broken;
            }
        }

        @Override
        public void close() {}
    }

    /** What the service promises, less a second for the way. */
    private static TimeValue keepAlive(HttpResponse response) {
        var elements = MessageSupport.iterate(response, "Keep-Alive");
        while (elements.hasNext()) {
            var element = elements.next();
            if (element.getName().equalsIgnoreCase("timeout") && element.getValue() != null) {
                try {
                    long seconds = Long.parseLong(element.getValue().strip()) - 1;
                    return TimeValue.ofSeconds(Math.clamp(seconds, 0, LONGEST_KEEP_ALIVE.toSeconds()));
                } catch (NumberFormatException notANumber) {
                    return KEEP_ALIVE;
                }
            }
        }
        return KEEP_ALIVE;
    }

    /** Connections that are being used. */
    int leased() {
        return pool.getTotalStats().getLeased();
    }

    @Override
    public void close() {
        sweep.cancel(false);
        client.close(CloseMode.IMMEDIATE);
        names.close();
    }
}
