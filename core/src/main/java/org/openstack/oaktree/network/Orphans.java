package org.openstack.oaktree.network;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.network.v1.DeleteUnattachedFloatingIpsRequest;
import org.openstack.oaktree.network.v1.DeleteUnattachedFloatingIpsResponse;
import org.openstack.oaktree.network.v1.FloatingIp;
import org.openstack.oaktree.resource.ResourceAccess;
import org.openstack.oaktree.resource.Signature;
import org.openstack.oaktree.rest.Reader;
import org.openstack.oaktree.rest.Request;

/** Deletes floating IPs that nobody uses, and none that somebody may. Safe for use by many threads. */
final class Orphans {
    private static final String OPERATION = "DeleteUnattachedFloatingIps";
    private static final Duration MIN_AGE = Duration.ofMinutes(5);

    private final ResourceAccess access;
    private final Reservations reservations;

    Orphans(ResourceAccess access, Reservations reservations) {
        this.access = access;
        this.reservations = reservations;
    }

    /** What may be deleted in one cloud by one request. */
    private record Rule(String projectId, Duration minAge, boolean foreign, boolean conditions, Optional<Instant> now) {
        boolean allows(FloatingIp floatingIp) {
            boolean own = Signature.read(floatingIp.getDescription()).isPresent();
            boolean told = floatingIp.hasUpdatedAt() && floatingIp.hasRevisionNumber() && conditions;
            return !floatingIp.getIsAttached()
                    && floatingIp.getLocation().getProject().getId().equals(projectId)
                    && (own || (foreign && told))
                    && isQuiet(floatingIp);
        }

        /** Both times are cut to the second: only more than the age is surely as much. */
        private boolean isQuiet(FloatingIp floatingIp) {
            if (minAge.isZero()) {
                return true;
            }
            if (!floatingIp.hasUpdatedAt() || now.isEmpty()) {
                return false;
            }
            Instant updated = Instant.ofEpochMilli(Timestamps.toMillis(floatingIp.getUpdatedAt()));
            return Duration.between(updated, now.get()).compareTo(minAge) > 0;
        }
    }

    DeleteUnattachedFloatingIpsResponse delete(DeleteUnattachedFloatingIpsRequest request) {
        Duration minAge = minAge(request);
        Cloud cloud = access.cloud(request);
        // The clock first: what changes from now on is never too old.
        Rule rule = new Rule(
                cloud.project().getId(),
                minAge,
                request.getIncludeForeign(),
                request.getIncludeForeign() && knowsConditions(cloud),
                minAge.isZero() ? Optional.empty() : access.clock(cloud, OPERATION));
        List<FloatingIp> candidates = access.list(cloud).stream()
                .map(FloatingIp.class::cast)
                .filter(rule::allows)
                .toList();
        if (request.getDryRun()) {
            List<FloatingIp> unwanted = candidates.stream()
                    .filter(candidate -> !reservations.isReserved(candidate.getId(), Acquisition.texts(candidate)))
                    .toList();
            return DeleteUnattachedFloatingIpsResponse.newBuilder()
                    .addAllFloatingIps(unwanted)
                    .setKeptCount(candidates.size() - unwanted.size())
                    .build();
        }
        return deleteEach(cloud, rule, candidates);
    }

    private DeleteUnattachedFloatingIpsResponse deleteEach(Cloud cloud, Rule rule, List<FloatingIp> candidates) {
        DeleteUnattachedFloatingIpsResponse.Builder done = DeleteUnattachedFloatingIpsResponse.newBuilder();
        @Nullable OaktreeException first = null;
        int failed = 0;
        for (FloatingIp candidate : candidates) {
            try {
                switch (delete(cloud, rule, candidate)) {
                    case DELETED -> done.addFloatingIps(candidate);
                    case KEPT -> done.setKeptCount(done.getKeptCount() + 1);
                    case GONE -> {}
                }
            } catch (OaktreeException e) {
                first = first == null ? e : first;
                failed++;
            }
        }
        if (first != null) {
            throw first.toBuilder()
                    .message(first.getMessage() + " " + done.getFloatingIpsCount() + " floating IPs were deleted, "
                            + failed + " could not be; repeat the call.")
                    .build();
        }
        return done.build();
    }

    private enum Outcome {
        DELETED,
        KEPT,
        GONE
    }

    private Outcome delete(Cloud cloud, Rule rule, FloatingIp candidate) {
        Optional<Reservations.Hold> hold = reservations.tryTurn(candidate.getId(), Acquisition.texts(candidate));
        if (hold.isEmpty()) {
            return Outcome.KEPT;
        }
        try (Reservations.Hold own = hold.get()) {
            Optional<FloatingIp> now = access.byId(cloud, candidate.getId()).map(FloatingIp.class::cast);
            if (now.isEmpty()) {
                return Outcome.GONE;
            }
            boolean same = now.get().hasRevisionNumber() == candidate.hasRevisionNumber()
                    && now.get().getRevisionNumber() == candidate.getRevisionNumber();
            boolean isWanted = reservations.isReserved(candidate.getId(), Acquisition.texts(candidate));
            if (!same || isWanted || !rule.allows(now.get())) {
                return Outcome.KEPT;
            }
            return access.delete(cloud, candidate.getId(), Attachments.ifUnchanged(now.get()), OPERATION)
                    ? Outcome.DELETED
                    : Outcome.GONE;
        } catch (OaktreeException e) {
            if (e.httpStatus() == 412 || e.httpStatus() == 409) {
                return Outcome.KEPT;
            }
            throw e;
        }
    }

    /** Whether the cloud heeds conditions on revisions. */
    private static boolean knowsConditions(Cloud cloud) {
        try {
            cloud.session()
                    .service("network")
                    .send(
                            Request.get("/extensions/revision-if-match")
                                    .operation(OPERATION)
                                    .build(),
                            Reader.ignoringBody());
            return true;
        } catch (OaktreeException e) {
            if (e.httpStatus() == 404) {
                return false;
            }
            throw e;
        }
    }

    private static Duration minAge(DeleteUnattachedFloatingIpsRequest request) {
        if (!request.hasMinAge()) {
            return MIN_AGE;
        }
        if (!Durations.isValid(request.getMinAge()) || Durations.isNegative(request.getMinAge())) {
            throw OaktreeException.invalidField("min_age", "must be a time of zero or more");
        }
        return Duration.ofSeconds(
                request.getMinAge().getSeconds(), request.getMinAge().getNanos());
    }
}
