package org.openstack.oaktree.simcloud.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/** The rules that hold now. Of several that fit a call, the first added strikes. Safe for use by many threads. */
public final class Faults {
    private final Random random;
    private final List<Active> active = new ArrayList<>();
    private int nextId = 1;

    /** Faults whose probabilities are drawn from this seed. */
    public Faults(long seed) {
        random = new Random(seed);
    }

    /** A rule in force. */
    public final class Active {
        private final int id;
        private final FaultRule rule;
        private final CountDownLatch released = new CountDownLatch(1);
        private int seen;
        private int struck;

        private Active(int id, FaultRule rule) {
            this.id = id;
            this.rule = rule;
        }

        public int id() {
            return id;
        }

        public FaultRule rule() {
            return rule;
        }

        /** How many calls fitted, whether they failed or not. */
        public int seen() {
            synchronized (Faults.this) {
                return seen;
            }
        }

        /** How many calls failed. */
        public int struck() {
            synchronized (Faults.this) {
                return struck;
            }
        }

        /** Ends the rule, and lets the calls go that hang by it. */
        public void remove() {
            synchronized (Faults.this) {
                active.remove(this);
            }
            released.countDown();
        }

        /** Waits until the rule has ended. */
        public void awaitRelease() throws InterruptedException {
            released.await();
        }

        private boolean strikes() {
            seen++;
            boolean inRange = seen > rule.skip() && (rule.count() == 0 || struck < rule.count());
            if (!inRange || (rule.probability() < 1 && random.nextDouble() >= rule.probability())) {
                return false;
            }
            struck++;
            return true;
        }
    }

    /** Puts a rule in force. */
    public synchronized Active add(FaultRule rule) {
        Active added = new Active(nextId++, rule);
        active.add(added);
        return added;
    }

    public synchronized List<Active> active() {
        return List.copyOf(active);
    }

    /** Ends all rules, and lets the calls go that hang. */
    public void clear() {
        active().forEach(Active::remove);
    }

    /** The rule that strikes this call, if any; it counts the call. */
    public synchronized Optional<Active> strike(String service, String method, String path) {
        return active.stream()
                .filter(rule -> rule.rule().fits(service, method, path))
                .filter(Active::strikes)
                .findFirst();
    }
}
