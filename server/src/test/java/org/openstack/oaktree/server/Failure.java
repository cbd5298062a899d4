package org.openstack.oaktree.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** How a call failed, as its client sees it. */
record Failure(io.grpc.Status.Code code, String message, Status status, Metadata trailers) {
    static Failure of(ThrowingCallable call) {
        StatusRuntimeException thrown = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(thrown).as("the call should fail").isNotNull();
        return of(thrown);
    }

    static Failure of(StatusRuntimeException thrown) {
        @Nullable Status status = StatusProto.fromThrowable(thrown);
        assertThat(status).isNotNull();
        Metadata trailers = thrown.getTrailers();
        String description = thrown.getStatus().getDescription();
        return new Failure(
                thrown.getStatus().getCode(),
                description == null ? "" : description,
                status == null ? Status.getDefaultInstance() : status,
                trailers == null ? new Metadata() : trailers);
    }

    /** Reason of the {@code ErrorInfo}; empty when there is none. */
    String reason() {
        return status.getDetailsList().stream()
                .filter(detail -> detail.is(ErrorInfo.class))
                .map(detail -> {
                    try {
                        return detail.unpack(ErrorInfo.class);
                    } catch (InvalidProtocolBufferException e) {
                        throw new AssertionError(e);
                    }
                })
                .map(info -> info.getDomain() + "/" + info.getReason())
                .findFirst()
                .orElse("");
    }
}
