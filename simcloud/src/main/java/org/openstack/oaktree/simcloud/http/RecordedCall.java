package org.openstack.oaktree.simcloud.http;

/**
 * A call that the simulated cloud got.
 *
 * @param service service type as in the catalog: compute
 * @param path decoded, below the service's prefix: /v2.1/servers/detail
 * @param query as sent, without the question mark
 * @param microversion the value of OpenStack-API-Version as sent, or ""
 * @param globalRequestId the value of X-OpenStack-Request-ID as sent, or ""
 * @param requestId that the answer carried
 * @param status that was answered; 0 when no answer was sent, or not yet
 * @param fault kind of the fault that struck, as {@code Reset}; "" for none
 */
public record RecordedCall(
        String service,
        String method,
        String path,
        String query,
        String microversion,
        String globalRequestId,
        String requestId,
        int status,
        String fault) {
    RecordedCall answered(int sent) {
        return new RecordedCall(service, method, path, query, microversion, globalRequestId, requestId, sent, fault);
    }

    RecordedCall struckBy(String kind) {
        return new RecordedCall(service, method, path, query, microversion, globalRequestId, requestId, status, kind);
    }
}
