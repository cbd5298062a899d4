package org.openstack.oaktree.rest;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves host names on platform threads of its own. The operating system's resolver cannot be interrupted and would hold the
 * carrier of a virtual thread: a few calls to a cloud whose name servers are silent would stop every call of the process.
 */
final class HostNames implements DnsResolver, AutoCloseable {
    /** When the exchange that asks has to be over. */
    static final ScopedValue<Instant> DEADLINE = ScopedValue.newInstance();

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            8,
            8,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("oaktree-names-", 0).factory());

    HostNames() {
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        try {
            return new InetAddress[] {InetAddress.ofLiteral(host)};
        } catch (IllegalArgumentException isName) {
            return lookUp(host);
        }
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        Future<InetAddress[]> lookup = threads.submit(() -> InetAddress.getAllByName(host));
        try {
            Duration left = Duration.between(
                    Instant.now(), DEADLINE.orElse(Instant.now().plus(LONGEST)));
            return lookup.get(left.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException cancelled) {
            lookup.cancel(true);
            Thread.currentThread().interrupt();
            throw unknown("The lookup of " + host + " was cancelled", cancelled);
        } catch (TimeoutException late) {
            lookup.cancel(true);
            throw unknown("The name servers did not answer for " + host, late);
        } catch (ExecutionException failed) {
            throw unknown("No address is known for the name " + host, failed);
        }
    }

    private static UnknownHostException unknown(String message, Exception cause) {
        UnknownHostException unknown = new UnknownHostException(message);
        unknown.initCause(cause);
        return unknown;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
