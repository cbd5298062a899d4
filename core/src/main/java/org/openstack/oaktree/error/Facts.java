package org.openstack.oaktree.error;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openstack.oaktree.v1.ErrorReason;

/** What is known of one failure, before it is cut to what fits into an answer. */
record Facts(
        ErrorReason reason,
        String message,
        int httpStatus,
        Map<String, String> metadata,
        List<Field> fields,
        Optional<Resource> resource,
        Optional<Duration> retryAfter,
        List<Quota> quotas,
        List<Precondition> preconditions) {

    record Field(String path, String description) {}

    record Resource(String type, String name) {}

    record Quota(String subject, String description) {}

    record Precondition(String type, String subject, String description) {}

    Facts {
        message = Texts.cut(message, Details.MAX_MESSAGE_BYTES);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        fields = List.copyOf(fields);
        quotas = List.copyOf(quotas);
        preconditions = List.copyOf(preconditions);
    }

    Facts(ErrorReason reason, String message) {
        this(reason, message, 0, Map.of(), List.of(), Optional.empty(), Optional.empty(), List.of(), List.of());
    }

    Facts withReason(ErrorReason other) {
        return new Facts(other, message, httpStatus, metadata, fields, resource, retryAfter, quotas, preconditions);
    }

    Facts withMessage(String other) {
        return new Facts(reason, other, httpStatus, metadata, fields, resource, retryAfter, quotas, preconditions);
    }

    Facts withHttpStatus(int status) {
        Facts named = status == 0 ? this : with("http_status", Integer.toString(status));
        return new Facts(reason, message, status, named.metadata, fields, resource, retryAfter, quotas, preconditions);
    }

    Facts without(String key) {
        if (!metadata.containsKey(key)) {
            return this;
        }
        Map<String, String> fewer = new LinkedHashMap<>(metadata);
        fewer.remove(key);
        return new Facts(reason, message, httpStatus, fewer, fields, resource, retryAfter, quotas, preconditions);
    }

    Facts with(String key, String value) {
        if (value.isEmpty()) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(metadata);
        more.put(key, value);
        return new Facts(reason, message, httpStatus, more, fields, resource, retryAfter, quotas, preconditions);
    }

    Facts with(Field field) {
        return new Facts(
                reason,
                message,
                httpStatus,
                metadata,
                plus(fields, field),
                resource,
                retryAfter,
                quotas,
                preconditions);
    }

    Facts with(Resource other) {
        return new Facts(
                reason, message, httpStatus, metadata, fields, Optional.of(other), retryAfter, quotas, preconditions);
    }

    Facts with(Duration delay) {
        return new Facts(
                reason, message, httpStatus, metadata, fields, resource, Optional.of(delay), quotas, preconditions);
    }

    Facts with(Quota quota) {
        return new Facts(
                reason,
                message,
                httpStatus,
                metadata,
                fields,
                resource,
                retryAfter,
                plus(quotas, quota),
                preconditions);
    }

    Facts with(Precondition precondition) {
        return new Facts(
                reason,
                message,
                httpStatus,
                metadata,
                fields,
                resource,
                retryAfter,
                quotas,
                plus(preconditions, precondition));
    }

    private static <T> List<T> plus(List<T> list, T element) {
        List<T> longer = new ArrayList<>(list);
        longer.add(element);
        return longer;
    }
}
