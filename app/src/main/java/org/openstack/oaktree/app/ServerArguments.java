package org.openstack.oaktree.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.openstack.oaktree.server.ServerOptions;
import org.openstack.oaktree.server.access.ListenAddress;
import org.openstack.oaktree.server.access.TokenFile;
import org.slf4j.event.Level;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of every command that runs a server. */
final class ServerArguments {
    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            defaultValue = ServerOptions.DEFAULT_LISTEN,
            converter = AnyAddress.class,
            description = "Where to serve gRPC: HOST:PORT on this machine, or unix:PATH. Port 0 takes any free one."
                    + " Default: ${DEFAULT-VALUE}")
    private ListenAddress listen = ListenAddress.parse(ServerOptions.DEFAULT_LISTEN);

    @Option(
            names = "--http-listen",
            paramLabel = "ADDRESS",
            defaultValue = ServerOptions.DEFAULT_HTTP_LISTEN,
            converter = LoopbackAddress.class,
            description = "Where to serve /metrics, /healthz and /readyz over HTTP: HOST:PORT on this machine."
                    + " Default: ${DEFAULT-VALUE}")
    private ListenAddress.Loopback httpListen = ListenAddress.loopback(ServerOptions.DEFAULT_HTTP_LISTEN);

    @Option(
            names = "--token-file",
            paramLabel = "PATH",
            description = "File with the token that callers must know; made if it is not there."
                    + " Default: $$XDG_STATE_HOME/oaktree/token")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(
            names = "--no-auth",
            description = "Ask nobody for a token: whoever can reach the address acts with your credentials."
                    + " For experiments only.")
    private boolean noAuth;

    @Option(
            names = "--drain-timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            converter = Seconds.class,
            description =
                    "How long calls in flight may go on when the server is told to end. Default: ${DEFAULT-VALUE}")
    private Duration drain = ServerOptions.DEFAULT_DRAIN;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "info",
            converter = LogLevel.class,
            description = "error, warn, info (calls that reached a cloud or failed) or debug (every call)."
                    + " Default: ${DEFAULT-VALUE}")
    private Level logLevel = Level.INFO;

    ServerOptions options() {
        Path home = Path.of(System.getProperty("user.home", "/"));
        Map<String, String> environment = System.getenv();
        Optional<Path> file = noAuth
                ? Optional.empty()
                : Optional.of(tokenFile.orElseGet(() -> TokenFile.defaultPath(environment, home)));
        return new ServerOptions(listen, httpListen, file).withDrain(drain);
    }

    /** Says what is dangerous about the options, however little is logged. */
    void warn(PrintWriter err) {
        if (noAuth) {
            err.println(
                    "Warning: NO TOKEN IS ASKED FOR: everybody on this machine can act in these clouds with your credentials");
            err.flush();
        }
    }

    Level logLevel() {
        return logLevel;
    }

    static final class AnyAddress implements ITypeConverter<ListenAddress> {
        @Override
        public ListenAddress convert(String text) {
            try {
                return ListenAddress.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static final class LoopbackAddress implements ITypeConverter<ListenAddress.Loopback> {
        @Override
        public ListenAddress.Loopback convert(String text) {
            try {
                return ListenAddress.loopback(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static final class Seconds implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                long seconds = Long.parseLong(text);
                if (seconds >= 0 && seconds <= Duration.ofDays(1).toSeconds()) {
                    return Duration.ofSeconds(seconds);
                }
            } catch (NumberFormatException e) {
                // Said below.
            }
            throw new TypeConversionException("'" + text + "' is not a number of seconds from 0 to 86400");
        }
    }

    static final class LogLevel implements ITypeConverter<Level> {
        @Override
        public Level convert(String text) {
            for (Level level : Level.values()) {
                if (level.name().equalsIgnoreCase(text)) {
                    return level;
                }
            }
            throw new TypeConversionException("'" + text + "' is not one of error, warn, info, debug, trace");
        }
    }
}
