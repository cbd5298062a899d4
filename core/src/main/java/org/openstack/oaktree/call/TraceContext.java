package org.openstack.oaktree.call;

/**
 * W3C trace context that a call came with. It is passed on to every cloud as it is: oaktree makes no spans of its own.
 *
 * @param parent the header {@code traceparent}; empty when there is none
 * @param state the header {@code tracestate}; empty when there is none, or no parent
 */
public record TraceContext(String parent, String state) {
    /** No context. */
    public static final TraceContext NONE = new TraceContext("", "");

    private static final int ID_BEGIN = 3;
    private static final int ID_END = 35;

    /** The ID of the trace, 32 hexadecimal digits; empty when there is none. */
    public String traceId() {
        return parent.length() < ID_END ? "" : parent.substring(ID_BEGIN, ID_END);
    }
}
