package org.openstack.oaktree.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.QuotaFailure;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.v1.ErrorReason;

/** What OpenStack's services answer, in their own styles, and what becomes of it. */
class ErrorsTest {
    private static OaktreeException error(String service, String method, int status, String body) {
        Target target = new Target("c", "", service, URI.create("http://h"), Authorization.NONE, "me");
        Request request = Request.of(method, "/things/x").operation("Op").build();
        Refusal refusal = new Refusal(
                status,
                Map.of("x-openstack-request-id", List.of("req-1")),
                CloudWords.read(body.getBytes(StandardCharsets.UTF_8), ""));
        return new Errors(Clock.systemUTC()).of(target, request, "", new Failure(refusal));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // nova
                "compute|POST|400|{\"badRequest\": {\"code\": 400, \"message\": \"Invalid input for field/attribute name.\"}}|REFUSED_BY_CLOUD|Invalid input",
                "compute|POST|403|{\"forbidden\": {\"code\": 403, \"message\": \"Quota exceeded for cores: Requested 4, but already used 20 of 20 cores\"}}|QUOTA_EXCEEDED|Quota exceeded for cores",
                "compute|POST|403|{\"forbidden\": {\"code\": 403, \"message\": \"Quota exceeded, too many key pairs.\"}}|QUOTA_EXCEEDED|too many key pairs",
                "compute|POST|403|{\"forbidden\": {\"code\": 403, \"message\": \"Policy doesn't allow os_compute_api:os-hypervisors:list to be performed.\"}}|FORBIDDEN_BY_POLICY|Policy doesn't allow",
                "compute|GET|404|{\"itemNotFound\": {\"code\": 404, \"message\": \"Instance x could not be found.\"}}|RESOURCE_NOT_FOUND|Instance x could not",
                "compute|GET|404|{\"message\": \"The resource could not be found.<br /><br />\\n\\n\\n\", \"code\": \"404 Not Found\", \"title\": \"Not Found\"}|FEATURE_MISSING|does not know GET /things/x",
                "compute|GET|406|{\"computeFault\": {\"code\": 406, \"message\": \"Version 2.999 is not supported by the API. Minimum is 2.1 and maximum is 2.93.\"}}|FEATURE_MISSING|maximum is 2.93",
                "compute|POST|409|{\"conflictingRequest\": {\"code\": 409, \"message\": \"Cannot 'stop' instance x while it is in vm_state stopped\"}}|WRONG_STATE|while it is in vm_state",
                "compute|POST|409|{\"conflictingRequest\": {\"code\": 409, \"message\": \"Key pair 'x' already exists.\"}}|RESOURCE_EXISTS|already exists",
                "compute|POST|403|{\"forbidden\": {\"code\": 403, \"message\": \"Maximum number of metadata items exceeds 128\"}}|QUOTA_EXCEEDED|metadata items",
                "compute|POST|413|{\"overLimit\": {\"code\": 413, \"message\": \"Quota exceeded for instances\"}}|QUOTA_EXCEEDED|for instances",
                "compute|POST|500|{\"computeFault\": {\"code\": 500, \"message\": \"Unexpected API Error.\"}}|OUTCOME_UNKNOWN|Unexpected API Error",
                "compute|GET|500|{\"computeFault\": {\"code\": 500, \"message\": \"Unexpected API Error.\"}}|CLOUD_UNREACHABLE|Unexpected API Error",
                "compute|POST|501|{\"notImplemented\": {\"code\": 501, \"message\": \"Unable to get console.\"}}|FEATURE_MISSING|Unable to get console",
                // neutron
                "network|POST|409|{\"NeutronError\": {\"type\": \"OverQuota\", \"message\": \"Quota exceeded for resources: ['port'].\", \"detail\": \"\"}}|QUOTA_EXCEEDED|resources: ['port']",
                "network|POST|409|{\"NeutronError\": {\"type\": \"IpAddressInUse\", \"message\": \"Unable to complete operation for network n. The IP address 10.0.0.5 is in use.\", \"detail\": \"\"}}|RESOURCE_EXISTS|10.0.0.5",
                "network|POST|409|{\"NeutronError\": {\"type\": \"SecurityGroupRuleExists\", \"message\": \"Security group rule already exists. Rule id is r.\", \"detail\": \"\"}}|RESOURCE_EXISTS|Rule id",
                "network|DELETE|409|{\"NeutronError\": {\"type\": \"NetworkInUse\", \"message\": \"Unable to complete operation on network n. There are one or more ports still in use on the network.\", \"detail\": \"\"}}|WRONG_STATE|still in use",
                "network|DELETE|409|{\"NeutronError\": {\"type\": \"SecurityGroupInUse\", \"message\": \"Security Group s in use.\", \"detail\": \"\"}}|WRONG_STATE|in use",
                "network|POST|409|{\"NeutronError\": {\"type\": \"IpAddressGenerationFailure\", \"message\": \"No more IP addresses available on network n.\", \"detail\": \"\"}}|NO_CAPACITY|No more IP addresses",
                "network|POST|400|{\"NeutronError\": {\"type\": \"ExternalIpAddressExhausted\", \"message\": \"Unable to find any IP address on external network n.\", \"detail\": \"\"}}|NO_CAPACITY|external network",
                "network|PUT|412|{\"NeutronError\": {\"type\": \"RevisionNumberConstraintFailed\", \"message\": \"Constrained to 3, but current revision is 4\", \"detail\": \"\"}}|CONFLICT|current revision is 4",
                "network|GET|404|{\"NeutronError\": {\"type\": \"NetworkNotFound\", \"message\": \"Network x could not be found.\", \"detail\": \"\"}}|RESOURCE_NOT_FOUND|Network x",
                "network|GET|404|{\"NeutronError\": {\"type\": \"HTTPNotFound\", \"message\": \"The resource could not be found.\", \"detail\": \"\"}}|FEATURE_MISSING|lacks the extension",
                "network|POST|400|{\"NeutronError\": \"Invalid input for cidr\"}|REFUSED_BY_CLOUD|Invalid input for cidr",
                // cinder
                "block-storage|POST|413|{\"overLimit\": {\"code\": 413, \"message\": \"VolumeLimitExceeded: Maximum number of volumes allowed (10) exceeded for quota 'volumes'.\", \"retryAfter\": \"0\"}}|QUOTA_EXCEEDED|Maximum number of volumes",
                "block-storage|POST|413|{\"overLimit\": {\"code\": 413, \"message\": \"VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed gigabytes quota.\"}}|QUOTA_EXCEEDED|gigabytes",
                "block-storage|DELETE|400|{\"badRequest\": {\"code\": 400, \"message\": \"Invalid volume: Volume status must be available or error.\"}}|REFUSED_BY_CLOUD|status must be",
                // keystone
                "identity|GET|404|{\"error\": {\"code\": 404, \"message\": \"Could not find user: x.\", \"title\": \"Not Found\"}}|RESOURCE_NOT_FOUND|find user",
                "identity|POST|409|{\"error\": {\"code\": 409, \"message\": \"Conflict occurred attempting to store project - Duplicate entry found with name x.\", \"title\": \"Conflict\"}}|RESOURCE_EXISTS|Duplicate",
                // glance says it on a page
                "image|GET|404|`<html>\n <head>\n  <title>404 Not Found</title>\n </head>\n <body>\n  <h1>404 Not Found</h1>\n  No image found with ID x<br /><br />\n\n\n </body>\n</html>`|RESOURCE_NOT_FOUND|No image found with ID x",
                "image|POST|413|`<html><body><h1>413 Request Entity Too Large</h1>Denying attempt to upload image because it exceeds the quota: 5<br /><br /></body></html>`|QUOTA_EXCEEDED|exceeds the quota",
                "image|DELETE|403|`<html><body><h1>403 Forbidden</h1>Image x is protected and cannot be deleted.<br /><br /></body></html>`|FORBIDDEN_BY_POLICY|is protected",
                // others
                "object-store|GET|404|`<html><h1>Not Found</h1><p>The resource could not be found.</p></html>`|RESOURCE_NOT_FOUND|refused",
                "object-store|PUT|507|``|NO_CAPACITY|507",
                "load-balancer|POST|403|{\"faultcode\": \"Client\", \"faultstring\": \"Quota has been met for resources: Load Balancer\", \"debuginfo\": null}|QUOTA_EXCEEDED|Load Balancer",
                "dns|POST|409|{\"code\": 409, \"type\": \"duplicate_zone\", \"message\": \"Duplicate Zone\", \"request_id\": \"req-2\"}|RESOURCE_EXISTS|Duplicate Zone",
                "baremetal|PUT|400|{\"error_message\": \"{\\\"faultstring\\\": \\\"Node n is locked\\\", \\\"debuginfo\\\": null}\"}|REFUSED_BY_CLOUD|Node n is locked",
                "placement|GET|404|{\"errors\": [{\"status\": 404, \"title\": \"Not Found\", \"detail\": \"No resource provider with uuid x found\"}]}|RESOURCE_NOT_FOUND|No resource provider",
                "orchestration|GET|404|{\"explanation\": \"The resource could not be found.\", \"code\": 404, \"error\": {\"message\": \"The Stack (x) could not be found.\", \"traceback\": null, \"type\": \"EntityNotFound\"}, \"title\": \"Not Found\"}|RESOURCE_NOT_FOUND|Stack (x)",
                "compute|POST|409|{\"conflictingRequest\": {\"code\": 409, \"message\": \"Something else\"}}|CONFLICT|Something else"
            })
    void meansTheSameInEveryServicesStyle(
            String service, String method, int status, String body, String reason, String words) {
        OaktreeException error = error(service, method, status, body);

        assertThat(error.reason()).isEqualTo(ErrorReason.valueOf("ERROR_REASON_" + reason));
        assertThat(error).hasMessageContaining(words);
        assertThat(error.getMessage()).doesNotContain("<", "{", "\n");
        assertThat(error.httpStatus()).isEqualTo(status);
    }

    @Test
    void aQuotaIsNamed() {
        OaktreeException error = error(
                "compute", "POST", 403, "{\"forbidden\": {\"code\": 403, \"message\": \"Quota exceeded for ram\"}}");

        assertThat(error.details()).hasAtLeastOneElementOfType(QuotaFailure.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><head><title>Login</title></head><body>Secret portal</body></html>",
                "{\"badRequest\": {\"message\": \"Traceback (most recent call last):\\n File secret.py\"}}",
                "{\"badRequest\"",
                "[[[[[[[[[[{\"message\": \"deep\"}]]]]]]]]]]",
                "\u0000\u0001\u0002",
                "null",
                "7"
            })
    void whatIsNoSentenceOfTheCloudIsNotShown(String body) {
        OaktreeException error = error("compute", "POST", 400, body);

        assertThat(error.reason()).isEqualTo(ErrorReason.ERROR_REASON_REFUSED_BY_CLOUD);
        assertThat(error.getMessage()).doesNotContain("ecret", "<", "Traceback", "badRequest", "\u0000");
    }

    @Test
    void tokensInTheCloudsWordsAreTakenOut() {
        OaktreeException error = error(
                "compute",
                "POST",
                400,
                "{\"badRequest\": {\"message\": \"No good: gAAAAABrA1DJkQMP0B0KSxFv8qcpNCQxJHh0DjMpsJH0sEFg\"}}");

        assertThat(error).hasMessageContaining("No good: ***");
        assertThat(error.getMessage()).doesNotContain("gAAAA");
    }
}
