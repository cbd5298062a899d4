package org.openstack.oaktree.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.QuotaFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openstack.oaktree.v1.ErrorReason;

class OaktreeExceptionTest {
    @Test
    void everyReasonHasTheCodeThatItsCommentPromises() throws Exception {
        // The comments are the contract with clients: "// INVALID_ARGUMENT. A field of the request is wrong; ...".
        String proto = Files.readString(Path.of("../proto/oaktree/v1/error.proto"));
        int checked = 0;
        for (ErrorReason reason : ErrorReason.values()) {
            if (reason == ErrorReason.UNRECOGNIZED || reason == ErrorReason.ERROR_REASON_UNSPECIFIED) {
                continue;
            }
            assertThat(proto)
                    .containsPattern("(?m)^  // " + Reasons.code(reason) + "\\. [^\\n]*\n  " + reason.name() + " =");
            checked++;
        }
        assertThat(checked).isEqualTo(ErrorReason.values().length - 2);
    }

    @Test
    void tellsPlaceServiceAndRequest() throws Exception {
        OaktreeException error = OaktreeException.of(ErrorReason.ERROR_REASON_QUOTA_EXCEEDED, "no more cores")
                .place("mycloud", "north")
                .service("compute")
                .httpStatus(403)
                .openstackRequestId("req-1")
                .resource("server", "web")
                .quota("project:p", "cores: 20 of 20 used")
                .retryAfter(Duration.ofMillis(1500))
                .build();

        assertThat(error.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
        List<Message> details = error.details();
        ErrorInfo info = (ErrorInfo) details.getFirst();
        assertThat(info.getReason()).isEqualTo("QUOTA_EXCEEDED");
        assertThat(info.getDomain()).isEqualTo("oaktree");
        assertThat(info.getMetadataMap())
                .containsEntry("cloud", "mycloud")
                .containsEntry("region", "north")
                .containsEntry("service", "compute")
                .containsEntry("http_status", "403")
                .containsEntry("openstack_request_id", "req-1");
        assertThat(details)
                .hasOnlyElementsOfTypes(ErrorInfo.class, RetryInfo.class, ResourceInfo.class, QuotaFailure.class);
        RetryInfo retry = (RetryInfo) details.get(1);
        assertThat(retry.getRetryDelay().getSeconds()).isEqualTo(1);
        assertThat(retry.getRetryDelay().getNanos()).isEqualTo(500_000_000);
    }

    @Test
    void detailsFitIntoTrailersWhateverACloudSays() {
        String endless = "пример😀".repeat(20_000);
        OaktreeException.Builder builder = OaktreeException.of(ErrorReason.ERROR_REASON_INVALID_FIELD, endless)
                .place(endless, endless)
                .service(endless)
                .httpStatus(400)
                .openstackRequestId(endless)
                .resource(endless, endless)
                .retryAfter(Duration.ofDays(3000));
        for (int i = 0; i < 100; i++) {
            builder.field(endless, endless).quota(endless, endless).precondition(endless, endless, endless);
        }
        OaktreeException error = builder.build();

        Status.Builder status = Status.newBuilder();
        error.details().forEach(detail -> status.addDetails(Any.pack(detail)));
        assertThat(status.build().getSerializedSize()).isLessThanOrEqualTo(4096);
        assertThat(error.getMessage().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1024);
        assertThat(error.getMessage()).startsWith("пример😀").endsWith("…").doesNotContain("\uFFFD");
    }

    @Test
    void aLayerThatKnowsMoreAddsToIt() {
        OaktreeException first = OaktreeException.of(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND, "404")
                .place("c", "r")
                .httpStatus(404)
                .build();
        OaktreeException second = first.toBuilder()
                .message("No server web.")
                .resource("server", "web")
                .build();

        assertThat(second).hasMessage("No server web.").hasCause(first);
        assertThat(second.httpStatus()).isEqualTo(404);
        assertThat(((ErrorInfo) second.details().getFirst()).getMetadataMap()).containsEntry("cloud", "c");
        assertThat(second.details()).hasAtLeastOneElementOfType(ResourceInfo.class);
        assertThat(first.details()).hasSize(1);
    }

    @Test
    void textThatIsNotUnicodeIsMadeSo() {
        OaktreeException error = OaktreeException.of(ErrorReason.ERROR_REASON_INVALID_FIELD, "bad \uD800 name")
                .field("name", "bad \uD800 name")
                .build();

        assertThat(error).hasMessage("Bad ? name.");
        BadRequest bad = (BadRequest) error.details().get(1);
        assertThat(bad.toByteString().isValidUtf8()).isTrue();
        assertThat(bad.getFieldViolations(0).getDescription()).isEqualTo("bad ? name");
    }
}
