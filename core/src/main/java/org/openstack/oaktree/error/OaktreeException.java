package org.openstack.oaktree.error;

import com.google.protobuf.Message;
import com.google.rpc.Code;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.v1.ErrorReason;

/**
 * A failure that the caller should see: its message says what to do next, its reason and details are for programs.
 *
 * <p>Messages never carry a secret; whoever builds one from a cloud's words has taken them out.
 */
public final class OaktreeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Facts facts;

    private OaktreeException(Facts facts, @Nullable Throwable cause) {
        super(facts.message(), cause);
        this.facts = facts;
    }

    /** Begins an error. The message is one or two sentences; it is cut when it is longer than {@value Details#MAX_MESSAGE_BYTES} bytes. */
    public static Builder of(ErrorReason reason, String message) {
        return new Builder(new Facts(reason, Texts.sentence(message)), null);
    }

    /**
     * INVALID_FIELD of one field.
     *
     * @param path of the field, for example {@code location.zone}
     * @param description what is wrong, as it goes on behind the path: {@code must not be empty}
     */
    public static OaktreeException invalidField(String path, String description) {
        return of(ErrorReason.ERROR_REASON_INVALID_FIELD, "`" + path + "` " + description)
                .field(path, description)
                .build();
    }

    /** Why the call failed. */
    public ErrorReason reason() {
        return facts.reason();
    }

    /** The status code, which follows from the reason. */
    public Code code() {
        return Reasons.code(facts.reason());
    }

    /** The message; never null, unlike that of other exceptions. */
    @Override
    public String getMessage() {
        return facts.message();
    }

    /** The {@code google.rpc} details, at most one of each type, {@code ErrorInfo} first, together at most {@value Details#MAX_BYTES} bytes. */
    public List<Message> details() {
        return Details.of(facts);
    }

    /** The HTTP status that the cloud answered with, or 0 when it did not come from an answer. */
    public int httpStatus() {
        return facts.httpStatus();
    }

    /** Begins a copy with the same facts and this exception as its cause, for a layer that knows more. */
    public Builder toBuilder() {
        return new Builder(facts, this);
    }

    /** Collects the facts of one error. Every method adds to or replaces what was there; empty text means unknown. */
    public static final class Builder {
        private Facts facts;
        private @Nullable Throwable cause;

        private Builder(Facts facts, @Nullable Throwable cause) {
            this.facts = facts;
            this.cause = cause;
        }

        /** Another reason for the same facts. */
        public Builder reason(ErrorReason reason) {
            facts = facts.withReason(reason);
            return this;
        }

        /** Another message for the same facts. */
        public Builder message(String message) {
            facts = facts.withMessage(Texts.sentence(message));
            return this;
        }

        /** Where it happened: the cloud's name in the configuration, and the region. */
        public Builder place(String cloud, String region) {
            facts = facts.without("cloud")
                    .without("region")
                    .with("cloud", cloud)
                    .with("region", region);
            return this;
        }

        /** Type of the OpenStack service that was asked, such as {@code compute}. */
        public Builder service(String type) {
            facts = facts.with("service", type);
            return this;
        }

        /** Status that the service answered with. */
        public Builder httpStatus(int status) {
            facts = facts.withHttpStatus(status);
            return this;
        }

        /** What the service called the request ({@code x-openstack-request-id}): by it a cloud's operator finds it in the logs. */
        public Builder openstackRequestId(String id) {
            facts = facts.with("openstack_request_id", id);
            return this;
        }

        /** A field of the request that is wrong: adds to {@code BadRequest}. */
        public Builder field(String path, String description) {
            facts = facts.with(new Facts.Field(path, description));
            return this;
        }

        /** What the error is about: {@code ResourceInfo}. */
        public Builder resource(String type, String name) {
            facts = facts.with(new Facts.Resource(type, name));
            return this;
        }

        /** When to come again: {@code RetryInfo}. */
        public Builder retryAfter(Duration delay) {
            facts = facts.with(delay);
            return this;
        }

        /** A quota that is used up: adds to {@code QuotaFailure}. */
        public Builder quota(String subject, String description) {
            facts = facts.with(new Facts.Quota(subject, description));
            return this;
        }

        /** What stands in the way: adds to {@code PreconditionFailure}. */
        public Builder precondition(String type, String subject, String description) {
            facts = facts.with(new Facts.Precondition(type, subject, description));
            return this;
        }

        /** What led to it; for the log only. */
        public Builder cause(Throwable cause) {
            this.cause = Objects.requireNonNull(cause);
            return this;
        }

        /** The error, to be thrown. */
        public OaktreeException build() {
            return new OaktreeException(facts, cause);
        }
    }
}
