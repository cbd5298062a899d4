package org.openstack.oaktree.simcloud.http;

import java.util.ArrayList;
import java.util.List;

/** The calls of the simulated cloud in the order of their arrival; the newest 100,000. Safe for use by many threads. */
public final class CallLog {
    private static final int MAX_CALLS = 100_000;

    private final List<Entry> entries = new ArrayList<>();

    /** One call, filled in as it goes on. */
    final class Entry {
        private RecordedCall call;

        private Entry(RecordedCall call) {
            this.call = call;
        }

        void struckBy(String kind) {
            synchronized (CallLog.this) {
                call = call.struckBy(kind);
            }
        }

        void answered(int status) {
            synchronized (CallLog.this) {
                call = call.answered(status);
            }
        }
    }

    synchronized Entry begin(RecordedCall call) {
        if (entries.size() == MAX_CALLS) {
            entries.subList(0, MAX_CALLS / 2).clear();
        }
        Entry entry = new Entry(call);
        entries.add(entry);
        return entry;
    }

    public synchronized List<RecordedCall> calls() {
        return entries.stream().map(entry -> entry.call).toList();
    }

    public synchronized void clear() {
        entries.clear();
    }
}
