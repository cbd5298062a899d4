package org.openstack.oaktree.resource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.call.Call;
import org.openstack.oaktree.call.Counters;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

/**
 * Lists that somebody waits on. Safe for use by many threads.
 *
 * <p>There is one loop for each list, however many wait: the first follower starts it, the last one who leaves ends it. It reads the
 * list, shows it to all followers at once, and rests ten times as long as the reading took, but at least one second and at most ten: so
 * a list that is cheap for its cloud is watched closely, and one that is dear costs a tenth of one caller's attention at most. What it
 * reads is kept like every list, and serves those who only look.
 *
 * <p>A cloud that fails in passing (unreachable, too slow, asking for patience) is asked again, later; only what will not pass by
 * itself is told to the followers.
 */
final class Polls {
    private static final Duration SHORTEST_REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);
    private static final Duration LONGEST_READ = Duration.ofMinutes(1);
    private static final int REST_PER_READ = 10;

    private final Lists lists;
    private final Map<Key, Poll> polls = new ConcurrentHashMap<>();

    Polls(Lists lists) {
        this.lists = lists;
    }

    private record Key(String scope, String resource) {}

    /** Follows the list until closed. */
    Follower follow(Cloud cloud, ResourceType type) {
        Key key = new Key(cloud.scope(), type.message());
        Poll poll = polls.compute(key, (any, running) -> {
            Poll followed = running == null ? new Poll(key, cloud, type) : running;
            followed.joined();
            return followed;
        });
        return new Follower(poll);
    }

    /** One who waits. */
    static final class Follower implements AutoCloseable {
        private final Poll poll;

        private Follower(Poll poll) {
            this.poll = poll;
        }

        /**
         * The list as it was after that time; blocks until it is there.
         *
         * @return null when that time has come instead
         * @throws OaktreeException what keeps the list from being read and will not pass by itself
         */
        @Nullable
        Snapshot after(Instant time, Instant until) throws InterruptedException {
            return poll.after(time, until);
        }

        @Override
        public void close() {
            poll.left();
        }
    }

    private final class Poll {
        private final Key key;
        private final Cloud cloud;
        private final ResourceType type;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition news = lock.newCondition();
        private int followers;
        private @Nullable Thread thread;
        private @Nullable Snapshot latest;
        private @Nullable OaktreeException failure;

        Poll(Key key, Cloud cloud, ResourceType type) {
            this.key = key;
            this.cloud = cloud;
            this.type = type;
        }

        /** Called inside {@code polls.compute}, as {@link #left} is: a loop that ends is never joined. */
        void joined() {
            followers++;
            if (thread == null) {
                Call call = new Call(Call.newId(), "poll of " + type.words() + "s", Instant.MAX, true, new Counters());
                thread = Thread.ofVirtual().name("poll").start(() -> run(call));
            }
        }

        void left() {
            polls.computeIfPresent(key, (any, poll) -> {
                if (poll != this || --followers > 0) {
                    return poll;
                }
                Thread ended = thread;
                if (ended != null) {
                    ended.interrupt();
                }
                return null;
            });
        }

        @Nullable
        Snapshot after(Instant time, Instant until) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (true) {
                    OaktreeException lasting = failure;
                    if (lasting != null) {
                        throw lasting;
                    }
                    Snapshot list = latest;
                    if (list != null && list.asOf().isAfter(time)) {
                        return list;
                    }
                    long left = Duration.between(Instant.now(), until).toMillis();
                    if (left <= 0
                            || (!news.await(left, TimeUnit.MILLISECONDS)
                                    && Instant.now().isAfter(until))) {
                        return null;
                    }
                }
            } finally {
                lock.unlock();
            }
        }

        private void run(Call call) {
            while (!Thread.currentThread().isInterrupted()) {
                Instant begun = Instant.now();
                try {
                    Call reading = call.withDeadline(begun.plus(LONGEST_READ));
                    Snapshot list = reading.run(() -> lists.get(cloud, type, List.of(), begun));
                    show(list, null);
                } catch (OaktreeException e) {
                    if (!passes(e)) {
                        show(null, e);
                    }
                } catch (RuntimeException e) {
                    if (Thread.currentThread().isInterrupted()) {
                        return;
                    }
                    show(null, defect(e));
                }
                try {
                    Thread.sleep(rest(Duration.between(begun, Instant.now())));
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        private void show(@Nullable Snapshot list, @Nullable OaktreeException lasting) {
            lock.lock();
            try {
                latest = list == null ? latest : list;
                failure = lasting;
                news.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private static Duration rest(Duration reading) {
        long wanted = reading.multipliedBy(REST_PER_READ).toMillis();
        long rest = Math.clamp(wanted, SHORTEST_REST.toMillis(), LONGEST_REST.toMillis());
        // Jitter: the loops of many scopes shall not meet.
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(rest * 9 / 10, rest + 1));
    }

    private static OaktreeException defect(RuntimeException cause) {
        return OaktreeException.of(
                        ErrorReason.ERROR_REASON_OAKTREE_FAILED, "the list that was waited on could not be read")
                .cause(cause)
                .build();
    }

    private static boolean passes(OaktreeException failure) {
        return switch (failure.reason()) {
            case ERROR_REASON_CLOUD_UNREACHABLE,
                    ERROR_REASON_CLOUD_TOO_SLOW,
                    ERROR_REASON_RATE_LIMITED,
                    ERROR_REASON_CONFLICT,
                    ERROR_REASON_OUTCOME_UNKNOWN,
                    ERROR_REASON_UNREADABLE_ANSWER -> true;
            default -> false;
        };
    }
}
