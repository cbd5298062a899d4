package org.openstack.oaktree.server.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.protobuf.ProtoUtils;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

/** Closes calls with a failure: code and message as gRPC has them, details in the trailer {@code grpc-status-details-bin}. */
final class Failures {
    private static final Metadata.Key<Status> DETAILS =
            Metadata.Key.of("grpc-status-details-bin", ProtoUtils.metadataMarshaller(Status.getDefaultInstance()));

    /** Clients refuse longer trailers, and then see neither code nor message. */
    private static final int TRAILERS_BYTES = 8192;

    /** Names of the trailers, the other trailers, and what HTTP/2 counts for each. */
    private static final int OTHER_BYTES = 400;

    private Failures() {}

    static void close(ServerCall<?, ?> call, OaktreeException failure, Metadata trailers) {
        Status.Builder status =
                Status.newBuilder().setCode(failure.code().getNumber()).setMessage(failure.getMessage());
        for (Message detail : failure.details()) {
            status.addDetails(Any.pack(detail));
        }
        Status details = status.build();
        trailers.put(DETAILS, details);
        int inBase64 = (details.getSerializedSize() + 2) / 3 * 4;
        String message = cut(failure.getMessage(), TRAILERS_BYTES - OTHER_BYTES - inBase64);
        call.close(io.grpc.Status.fromCode(grpcCode(failure.code())).withDescription(message), trailers);
    }

    /** As much of the text as fits when gRPC has written all but printable ASCII as {@code %XX}; the details have the whole. */
    private static String cut(String text, int maxBytes) {
        int bytes = 0;
        int end = 0;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            bytes += encodedBytes(character);
            if (bytes > maxBytes) {
                return text.substring(0, end);
            }
            end += Character.charCount(character);
        }
        return text;
    }

    private static int encodedBytes(int character) {
        if (character >= ' ' && character <= '~' && character != '%') {
            return 1;
        }
        int utf8 = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
        return 3 * utf8;
    }

    /** A defect of oaktree. The client learns where to look, and nothing of what is inside. */
    static OaktreeException defect(String callId, Throwable cause) {
        return OaktreeException.of(
                        ErrorReason.ERROR_REASON_OAKTREE_FAILED,
                        "oaktree failed; its log has the cause under x-openstack-request-id " + callId)
                .cause(cause)
                .build();
    }

    static io.grpc.Status.Code grpcCode(Code code) {
        return io.grpc.Status.fromCodeValue(code.getNumber()).getCode();
    }
}
