package org.openstack.oaktree.simcloud.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Sends one answer over its connection, well or badly. */
final class Wire {
    private static final int CHUNK_BYTES = 65_536;
    private static final long STEPS_PER_SECOND = 20;

    private final Request request;
    private final Response response;
    private final Callback callback;

    Wire(Request request, Response response, Callback callback) {
        this.request = request;
        this.response = response;
        this.callback = callback;
    }

    void send(Answer answer) throws IOException {
        start(answer);
        copy(answer, CHUNK_BYTES, 0);
    }

    /** Sends so many bytes a second; a client that leaves ends it. */
    void sendSlowly(Answer answer, int bytesPerSecond) throws IOException {
        start(answer);
        long steps = Math.min(STEPS_PER_SECOND, bytesPerSecond);
        copy(answer, (int) (bytesPerSecond / steps), 1000 / steps);
    }

    /** Promises the whole body, sends its first bytes and closes the connection. */
    void sendStart(Answer answer, int bytes) throws IOException {
        start(answer);
        OutputStream out = Content.Sink.asOutputStream(response);
        try (InputStream in = answer.body().source().open()) {
            out.write(in.readNBytes(bytes));
            out.flush();
        }
        endPoint().close();
        callback.failed(new IOException("closed early, as told"));
    }

    /** Resets the connection. */
    void reset() throws IOException {
        if (endPoint().getTransport() instanceof SocketChannel channel) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
        }
        endPoint().close();
        callback.failed(new IOException("reset, as told"));
    }

    private void start(Answer answer) {
        response.setStatus(answer.status());
        answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        if (answer.status() != 204) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length());
        }
    }

    private void copy(Answer answer, int chunk, long pauseMillis) throws IOException {
        if (request.getMethod().equals("HEAD") || answer.body().length() == 0) {
            callback.succeeded();
            return;
        }
        OutputStream out = Content.Sink.asOutputStream(response);
        try (InputStream in = answer.body().source().open()) {
            byte[] buffer = new byte[chunk];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                if (pauseMillis > 0) {
                    out.flush();
                    Thread.sleep(pauseMillis);
                }
            }
            out.close();
            callback.succeeded();
        } catch (InterruptedException e) {
            callback.failed(e);
        }
    }

    private EndPoint endPoint() {
        return request.getConnectionMetaData().getConnection().getEndPoint();
    }
}
