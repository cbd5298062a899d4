package org.openstack.oaktree.resource.query;

import org.jspecify.annotations.Nullable;

/** A JMESPath over one resource, or one JSON document, that is true or not. Immutable. */
public final class ResourceCondition {
    private final String expression;

    /** A condition that holds of nothing when the expression is empty. */
    public ResourceCondition(String expression) {
        this.expression = expression;
    }

    /** Whether it holds of the resource or document. */
    public boolean holds(@Nullable Object resource) {
        if (expression.isEmpty()) {
            return false;
        }
        ProtoJmesPath runtime = new ProtoJmesPath(new View());
        return runtime.isTruthy(runtime.compile(expression).search(resource));
    }
}
