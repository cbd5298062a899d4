package org.openstack.oaktree.cli.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns what gRPC says of a failed call, with its google.rpc details, into what a user reads. */
final class Failures {
    private static final Set<String> TOKEN_REASONS = Set.of("TOKEN_MISSING", "TOKEN_INVALID", "TOKEN_EXPIRED");

    private final Status status;
    private final Address address;
    private final Path tokenFile;
    private final Duration timeout;

    private Failures(Status status, Address address, Path tokenFile, Duration timeout) {
        this.status = status;
        this.address = address;
        this.tokenFile = tokenFile;
        this.timeout = timeout;
    }

    static CallFailure of(StatusRuntimeException failure, Address address, Path tokenFile, Duration timeout) {
        return new Failures(StatusProto.fromThrowable(failure), address, tokenFile, timeout).failure();
    }

    private CallFailure failure() {
        Optional<ErrorInfo> info = detail(ErrorInfo.class);
        String reason = info.map(ErrorInfo::getReason).orElse("");
        boolean token = TOKEN_REASONS.contains(reason);
        if (info.isEmpty()) {
            return withoutReason();
        }
        List<String> lines = new ArrayList<>();
        lines.add(status.getMessage() + " (" + code() + ", " + reason + ")");
        place(info.get()).ifPresent(lines::add);
        detail(BadRequest.class)
                .ifPresent(bad -> bad.getFieldViolationsList()
                        .forEach(field -> lines.add("  " + field.getField() + ": " + field.getDescription())));
        detail(PreconditionFailure.class)
                .ifPresent(failed -> failed.getViolationsList()
                        .forEach(each -> lines.add("  " + each.getSubject() + ": " + each.getDescription())));
        detail(QuotaFailure.class)
                .ifPresent(quota -> quota.getViolationsList()
                        .forEach(each -> lines.add("  " + each.getSubject() + ": " + each.getDescription())));
        detail(RetryInfo.class)
                .ifPresent(retry -> lines.add(
                        "  Try again in " + Math.max(1, retry.getRetryDelay().getSeconds()) + " s."));
        if (token) {
            lines.add(tokenAdvice());
        } else if (reason.equals("UNKNOWN_CLOUD") || reason.equals("UNKNOWN_REGION")) {
            lines.add("  `oaktree cloud list` says which there are.");
        }
        boolean notAsked = token || reason.equals("SHUTTING_DOWN");
        return new CallFailure(
                notAsked ? CallFailure.Kind.UNREACHABLE : CallFailure.Kind.REFUSED, String.join("\n", lines));
    }

    /** What gRPC itself says, or a server or proxy that is not oaktree. */
    private CallFailure withoutReason() {
        return switch (status.getCode()) {
            case Code.UNAVAILABLE_VALUE ->
                unreachable("Nothing answers at " + address.text() + " (" + status.getMessage() + ").\n"
                        + "  Start oaktree with `oaktree serve` (or `oaktree demo`), or say where it is with --address or"
                        + " OAKTREE_ADDRESS.");
            case Code.UNAUTHENTICATED_VALUE -> unreachable(status.getMessage() + "\n" + tokenAdvice());
            case Code.DEADLINE_EXCEEDED_VALUE ->
                refused("No answer within " + timeout.toSeconds()
                        + " s. Give it longer with --timeout, or ask for less.");
            case Code.UNIMPLEMENTED_VALUE ->
                unreachable("What answers at " + address.text() + " does not know this call (" + status.getMessage()
                        + "). It is an older oaktree, or none: upgrade it, or check --address.");
            default -> refused(status.getMessage() + " (" + code() + ")");
        };
    }

    private static CallFailure unreachable(String message) {
        return new CallFailure(CallFailure.Kind.UNREACHABLE, message);
    }

    private static CallFailure refused(String message) {
        return new CallFailure(CallFailure.Kind.REFUSED, message);
    }

    private String tokenAdvice() {
        return "  The token is read from " + tokenFile + (Files.exists(tokenFile) ? "" : ", which is not there")
                + "; oaktree names its file when it starts. Say which with --token-file or OAKTREE_TOKEN_FILE.";
    }

    private String code() {
        Code code = Code.forNumber(status.getCode());
        return code == null ? "code " + status.getCode() : code.name();
    }

    private static Optional<String> place(ErrorInfo info) {
        List<String> facts = new ArrayList<>();
        fact(facts, info, "cloud", "cloud ");
        fact(facts, info, "region", "region ");
        fact(facts, info, "service", "service ");
        fact(facts, info, "http_status", "HTTP status ");
        fact(facts, info, "openstack_request_id", "request ");
        return facts.isEmpty() ? Optional.empty() : Optional.of("  at " + String.join(", ", facts));
    }

    private static void fact(List<String> facts, ErrorInfo info, String key, String word) {
        String value = info.getMetadataOrDefault(key, "");
        if (!value.isEmpty()) {
            facts.add(word + value);
        }
    }

    private <T extends Message> Optional<T> detail(Class<T> type) {
        for (Any detail : status.getDetailsList()) {
            if (detail.is(type)) {
                try {
                    return Optional.of(detail.unpack(type));
                } catch (InvalidProtocolBufferException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
