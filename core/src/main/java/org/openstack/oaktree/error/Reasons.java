package org.openstack.oaktree.error;

import com.google.rpc.Code;
import org.openstack.oaktree.v1.ErrorReason;

/** Which status code goes with which reason, as the comments of {@code error.proto} promise. */
public final class Reasons {
    /** {@code google.rpc.ErrorInfo.domain} of every error of oaktree. */
    public static final String DOMAIN = "oaktree";

    private static final String PREFIX = "ERROR_REASON_";

    private Reasons() {}

    /** The code of a reason. {@link Code#INTERNAL} for what is never sent. */
    public static Code code(ErrorReason reason) {
        return switch (reason) {
            case ERROR_REASON_INVALID_FIELD,
                    ERROR_REASON_UNKNOWN_CLOUD,
                    ERROR_REASON_UNKNOWN_REGION,
                    ERROR_REASON_UNKNOWN_PROJECT,
                    ERROR_REASON_REFUSED_BY_CLOUD -> Code.INVALID_ARGUMENT;
            case ERROR_REASON_RESOURCE_NOT_FOUND -> Code.NOT_FOUND;
            case ERROR_REASON_RESOURCE_EXISTS, ERROR_REASON_REQUEST_ID_REUSED -> Code.ALREADY_EXISTS;
            case ERROR_REASON_AMBIGUOUS_NAME,
                    ERROR_REASON_SECRET_LOST,
                    ERROR_REASON_RESOURCE_FAILED,
                    ERROR_REASON_WRONG_STATE,
                    ERROR_REASON_CLOUD_CREDENTIALS_REJECTED,
                    ERROR_REASON_CLOUD_MISCONFIGURED -> Code.FAILED_PRECONDITION;
            case ERROR_REASON_CONFLICT, ERROR_REASON_OUTCOME_UNKNOWN -> Code.ABORTED;
            case ERROR_REASON_QUOTA_EXCEEDED, ERROR_REASON_NO_CAPACITY, ERROR_REASON_RATE_LIMITED ->
                Code.RESOURCE_EXHAUSTED;
            case ERROR_REASON_CLOUD_UNREACHABLE, ERROR_REASON_SHUTTING_DOWN -> Code.UNAVAILABLE;
            case ERROR_REASON_WAIT_TIMED_OUT, ERROR_REASON_CLOUD_TOO_SLOW -> Code.DEADLINE_EXCEEDED;
            case ERROR_REASON_FEATURE_MISSING -> Code.UNIMPLEMENTED;
            case ERROR_REASON_TOKEN_MISSING, ERROR_REASON_TOKEN_INVALID, ERROR_REASON_TOKEN_EXPIRED ->
                Code.UNAUTHENTICATED;
            case ERROR_REASON_FORBIDDEN_BY_POLICY -> Code.PERMISSION_DENIED;
            case ERROR_REASON_UNREADABLE_ANSWER, ERROR_REASON_OAKTREE_FAILED, ERROR_REASON_UNSPECIFIED, UNRECOGNIZED ->
                Code.INTERNAL;
        };
    }

    /** The reason as it stands in {@code google.rpc.ErrorInfo.reason}: without the enum's prefix. */
    public static String text(ErrorReason reason) {
        String name = reason.name();
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }
}
