package org.openstack.oaktree.resource;

import com.google.protobuf.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.rest.Param;
import org.openstack.oaktree.v1.ErrorReason;

/**
 * Finds one resource by its exact ID or name. An ID wins; else the names among the project's own resources and those shared with it
 * count. What a kept list does not know is asked of the cloud before it is an error: with one call by ID, or with one list.
 */
final class Lookup {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}");
    /** Names that no service takes for a pattern or an operator. */
    private static final Pattern PLAIN = Pattern.compile("(?!in:)[A-Za-z0-9 _.:-]+");

    private static final int NAMED_CANDIDATES = 10;

    private final Lists lists;
    private final Sharing sharing;

    /**
     * What was found.
     *
     * @param resource the resource
     * @param asOf when it was so
     */
    record Found(Message resource, Instant asOf) {}

    Lookup(Lists lists) {
        this.lists = lists;
        this.sharing = new Sharing(lists);
    }

    /**
     * The resource.
     *
     * @param arguments what is asked of the cloud beyond the declaration when it is listed
     * @param notBefore earliest acceptable begin of the fetch that shows it
     * @throws OaktreeException RESOURCE_NOT_FOUND, AMBIGUOUS_NAME
     */
    Found find(Cloud cloud, ResourceType type, String nameOrId, List<Param> arguments, Instant notBefore) {
        Instant asked = Instant.now();
        if (type.isIdentifiedByName()) {
            return first(cloud, type, lists.single(cloud, type, nameOrId, notBefore), nameOrId);
        }
        Snapshot kept = lists.kept(cloud, type, arguments, notBefore);
        if (kept != null) {
            Found known = among(cloud, type, kept, nameOrId, notBefore, false);
            if (known != null) {
                return known;
            }
        }
        if (UUID.matcher(nameOrId).matches()) {
            Snapshot single = lists.single(cloud, type, nameOrId, notBefore);
            if (!single.resources().isEmpty()) {
                return first(cloud, type, single, nameOrId);
            }
        }
        List<Param> narrowed = narrowed(type, nameOrId, arguments);
        if (!narrowed.equals(arguments) && notBefore.isBefore(asked)) {
            Found known = among(cloud, type, lists.get(cloud, type, narrowed, notBefore), nameOrId, notBefore, false);
            if (known != null) {
                return known;
            }
        }
        Instant now = Instant.now();
        Found found = among(cloud, type, lists.get(cloud, type, narrowed, now), nameOrId, now, true);
        if (found == null) {
            throw notFound(cloud, type, nameOrId);
        }
        return found;
    }

    /** The one that the caller's project has. */
    Found only(Cloud cloud, ResourceType type, Instant notBefore) {
        Snapshot only = lists.only(cloud, type, notBefore);
        return new Found(only.resources().getFirst(), only.asOf());
    }

    private static Found first(Cloud cloud, ResourceType type, Snapshot list, String nameOrId) {
        if (list.resources().isEmpty()) {
            throw notFound(cloud, type, nameOrId);
        }
        return new Found(list.resources().getFirst(), list.asOf());
    }

    /** Arguments of a list in which the resource must be if there is one; only a part of the whole where the cloud can narrow it. */
    static List<Param> narrowed(ResourceType type, String name, List<Param> arguments) {
        String parameter = type.options().getNameQuery();
        if (parameter.isEmpty() || !PLAIN.matcher(name).matches()) {
            return arguments;
        }
        List<Param> narrowed = new ArrayList<>(arguments);
        narrowed.add(new Param(parameter, name));
        return narrowed;
    }

    private @Nullable Found among(
            Cloud cloud, ResourceType type, Snapshot list, String nameOrId, Instant notBefore, boolean refuseSeveral) {
        Message byId = list.byId(nameOrId, type::id);
        if (byId != null) {
            return new Found(byId, list.asOf());
        }
        List<Message> named = new ArrayList<>();
        for (Message resource : list.resources()) {
            if (type.name(resource).equals(nameOrId)) {
                named.add(resource);
            }
        }
        if (named.isEmpty()) {
            return null;
        }
        List<Message> visible = sharing.visible(cloud, type, named, notBefore);
        if (visible.size() > 1 && refuseSeveral) {
            throw ambiguous(cloud, type, nameOrId, visible);
        }
        return visible.size() == 1 ? new Found(visible.getFirst(), list.asOf()) : null;
    }

    private static OaktreeException notFound(Cloud cloud, ResourceType type, String nameOrId) {
        return type.error(
                        cloud,
                        ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND,
                        "no " + type.words() + " has the name or ID `" + shortened(nameOrId)
                                + "`; the list shows those that there are")
                .resource(type.message(), nameOrId)
                .build();
    }

    private static OaktreeException ambiguous(Cloud cloud, ResourceType type, String name, List<Message> candidates) {
        OaktreeException.Builder error = type.error(
                cloud,
                ErrorReason.ERROR_REASON_AMBIGUOUS_NAME,
                candidates.size() + " " + type.words() + "s have the name `" + shortened(name)
                        + "`; say which one by its ID");
        for (Message candidate : candidates.subList(0, Math.min(NAMED_CANDIDATES, candidates.size()))) {
            error.precondition("AMBIGUOUS_NAME", type.id(candidate), type.words() + " " + name);
        }
        return error.build();
    }

    private static String shortened(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }
}
