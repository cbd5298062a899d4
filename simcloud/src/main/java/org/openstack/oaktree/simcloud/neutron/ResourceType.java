package org.openstack.oaktree.simcloud.neutron;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openstack.oaktree.simcloud.http.ApiException;
import org.openstack.oaktree.simcloud.http.Caller;
import org.openstack.oaktree.simcloud.json.JsonObject;

/**
 * A kind of resource.
 *
 * @param name as in bodies: floatingip
 * @param plural as in bodies: floatingips
 * @param path as in URLs: floatingips, security-groups
 * @param errorName as in the types of errors: FloatingIP
 * @param notFound the message when there is none, with %s for the ID
 * @param attributes in the order in which they are shown
 */
record ResourceType(
        String name, String plural, String path, String errorName, String notFound, List<Attribute> attributes) {
    private static final List<String> COMMON =
            List.of("id", "tenant_id", "project_id", "created_at", "updated_at", "revision_number");

    ResourceType {
        attributes = List.copyOf(attributes);
    }

    ApiException notFound(String id) {
        return new ApiException(404, errorName + "NotFound", notFound.formatted(id));
    }

    Optional<Attribute> attribute(String wanted) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(wanted))
                .findFirst();
    }

    /** Whether lists can be filtered by it. */
    boolean knows(String wanted) {
        return COMMON.contains(wanted) || attribute(wanted).isPresent();
    }

    /**
     * The attributes with which a resource is made.
     *
     * @throws ApiException 400 or 403 when the caller may not or does not say it right
     */
    JsonObject forPost(JsonObject wanted, Caller caller) {
        for (Attribute attribute : attributes) {
            if (attribute.isRequired() && !wanted.has(attribute.name())) {
                throw bad("Failed to parse request. Required attribute '" + attribute.name() + "' not specified");
            }
        }
        wanted.forEach((key, value) -> {
            Attribute.Who who = who(key, true);
            if (who == Attribute.Who.NOBODY) {
                throw bad("Attribute '" + key + "' not allowed in POST");
            }
            require(caller, who, "create", key);
        });
        JsonObject made = JsonObject.of();
        attributes.forEach(attribute -> made.put(
                attribute.name(),
                wanted.has(attribute.name()) ? attribute.convert(wanted.get(attribute.name())) : attribute.initial()));
        return made;
    }

    /**
     * The attributes that are to change.
     *
     * @throws ApiException 400 or 403 when the caller may not or does not say it right
     */
    JsonObject forPut(JsonObject wanted, Caller caller) {
        JsonObject changed = JsonObject.of();
        wanted.forEach((key, value) -> {
            Attribute.Who who = who(key, false);
            if (who == Attribute.Who.NOBODY) {
                throw bad("Cannot update read-only attribute " + key);
            }
            require(caller, who, "update", key);
            attribute(key).ifPresent(attribute -> changed.put(key, attribute.convert(value)));
        });
        return changed;
    }

    private Attribute.Who who(String key, boolean isPost) {
        if (key.equals("tenant_id") || key.equals("project_id")) {
            return isPost ? Attribute.Who.OWNER : Attribute.Who.NOBODY;
        }
        if (COMMON.contains(key)) {
            return Attribute.Who.NOBODY;
        }
        Attribute attribute = Stream.of(key)
                .flatMap(word -> attribute(word).stream())
                .findFirst()
                .orElseThrow(() -> bad("Unrecognized attribute(s) '" + key + "'"));
        return isPost ? attribute.post() : attribute.put();
    }

    private void require(Caller caller, Attribute.Who who, String verb, String key) {
        if (who == Attribute.Who.ADMIN && !caller.isAdmin()) {
            String rule = verb + "_" + name;
            throw forbidden("(rule:" + rule + " and rule:" + rule + ":" + key + ")");
        }
    }

    static ApiException bad(String message) {
        return new ApiException(400, "HTTPBadRequest", message);
    }

    static ApiException forbidden(String rule) {
        return new ApiException(403, "PolicyNotAuthorized", rule + " is disallowed by policy");
    }
}
