package org.openstack.oaktree.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sends every log line of this process to standard error, as JSON. */
public final class ServerLogs {
    private ServerLogs() {}

    /**
     * Replaces whatever logging there was.
     *
     * @param level of the lines that are written: error, warn, info, debug or trace
     */
    public static void toStandardError(org.slf4j.event.Level level) {
        // gRPC and Netty log through java.util.logging.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();

        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        JsonLines lines = new JsonLines();
        lines.setContext(context);
        lines.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(lines);
        console.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(console);
        root.setLevel(Level.convertAnSLF4JLevel(level));
        // Below these levels they say how they work, what goes over the wire, and every mistake of a client.
        context.getLogger("io.grpc").setLevel(Level.ERROR);
        for (String quiet : new String[] {"org.eclipse.jetty", "org.apache.hc"}) {
            context.getLogger(quiet).setLevel(level == org.slf4j.event.Level.ERROR ? Level.ERROR : Level.WARN);
        }
    }
}
