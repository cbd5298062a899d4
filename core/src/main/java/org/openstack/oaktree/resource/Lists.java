package org.openstack.oaktree.resource;

import com.google.protobuf.Message;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.cloud.Cloud;
import org.openstack.oaktree.error.OaktreeException;
import org.openstack.oaktree.json.JsonTree;
import org.openstack.oaktree.resource.ResourceReader.Page;
import org.openstack.oaktree.resource.query.ResourceCondition;
import org.openstack.oaktree.rest.Microversion;
import org.openstack.oaktree.rest.Param;
import org.openstack.oaktree.rest.Request;
import org.openstack.oaktree.rest.Service;
import org.openstack.oaktree.rest.v1.Members;
import org.openstack.oaktree.rest.v1.Resource;
import org.openstack.oaktree.v1.ErrorReason;

/**
 * Whole lists of resources, from the cache or from their cloud. Every page is followed; a list that changed under the reader so much
 * that a page is gone is read anew. Safe for use by many threads.
 */
public final class Lists {
    private static final int ATTEMPTS = 5;
    /** More pages than any cloud has: a list whose links never end, and never repeat, ends here. */
    private static final int MOST_PAGES = 10_000;

    private final Map<String, ResourceType> types;
    private final ListCache cache = new ListCache();

    /** Lists of these resources, by the full names of their messages. */
    Lists(Map<String, ResourceType> types) {
        this.types = Map.copyOf(types);
    }

    /** The resource with that message. */
    public ResourceType type(String message) {
        ResourceType type = types.get(message);
        if (type == null) {
            throw new IllegalArgumentException("the API declares no resource " + message);
        }
        return type;
    }

    /**
     * The list as one scope sees it.
     *
     * @param arguments what is asked of the cloud beyond the declaration
     * @param notBefore earliest acceptable begin of the fetch
     */
    public Snapshot get(Cloud cloud, ResourceType type, List<Param> arguments, Instant notBefore) {
        return cached(cloud, type, key(cloud, type, arguments), notBefore, () -> fetch(cloud, type, arguments));
    }

    /**
     * One resource, asked for by its ID: a list of one, or of none when there is none. It is kept, and joined, as lists are; that there is
     * none is never taken from memory.
     *
     * @param id of the resource, as URLs write it
     */
    Snapshot single(Cloud cloud, ResourceType type, String id, Instant notBefore) {
        Instant asked = Instant.now();
        ListCache.Key key = new ListCache.Key(cloud.scope(), type.message(), "/" + id);
        Snapshot single = cached(cloud, type, key, notBefore, () -> fetchOne(cloud, type, id));
        boolean keptMiss = single.resources().isEmpty() && single.asOf().isBefore(asked);
        return keptMiss ? cached(cloud, type, key, asked, () -> fetchOne(cloud, type, id)) : single;
    }

    /** The one that the caller's project has, in a list of one. It is kept, and joined, as lists are. */
    Snapshot only(Cloud cloud, ResourceType type, Instant notBefore) {
        ListCache.Key key = new ListCache.Key(cloud.scope(), type.message(), "");
        return cached(cloud, type, key, notBefore, () -> {
            Instant begun = Instant.now();
            try {
                return new Snapshot(List.of(read(cloud, type, "")), type::id, begun);
            } catch (OaktreeException e) {
                throw e.httpStatus() == 404 ? notAtItsPlace(type, e) : e;
            }
        });
    }

    /**
     * Whether the caller's project is a member with whom the resource is shared, and accepted that. What the cloud said is kept as lists are.
     *
     * @param resource of a type that declares members
     */
    boolean isMember(Cloud cloud, ResourceType type, Message resource, Instant notBefore) {
        Members members = type.options().getMembers();
        String path = Request.path(type.id(resource))
                + members.getPath()
                        .replace(
                                "{project}",
                                Request.path(cloud.project().getId()).substring(1));
        ListCache.Key key = new ListCache.Key(cloud.scope(), type.message(), path);
        Snapshot answered = cached(cloud, type, key, notBefore, () -> {
            Instant begun = Instant.now();
            boolean accepted = fetchMember(cloud, type, type.options().getPath() + path);
            return new Snapshot(accepted ? List.of(resource) : List.of(), type::id, begun);
        });
        return !answered.resources().isEmpty();
    }

    private static boolean fetchMember(Cloud cloud, ResourceType type, String path) {
        Service service = cloud.session().service(type.options().getServiceType());
        Request request = Request.get(path)
                .microversion(microversion(service, type))
                .operation("Get" + type.noun() + "Member")
                .build();
        ResourceCondition accepted =
                new ResourceCondition(type.options().getMembers().getAccepted());
        try {
            return service.send(
                    request,
                    answer -> accepted.holds(JsonTree.read(answer.body().readAllBytes())));
        } catch (OaktreeException e) {
            // Who may not ask is no administrator: lists show him only what he accepted.
            if (e.httpStatus() == 403) {
                return true;
            }
            if (e.httpStatus() == 404) {
                return false;
            }
            throw e;
        }
    }

    private Snapshot cached(
            Cloud cloud, ResourceType type, ListCache.Key key, Instant notBefore, Supplier<Snapshot> fetch) {
        try {
            return cache.get(key, notBefore(cloud, type, notBefore), fetch);
        } catch (TimeoutException e) {
            throw type.error(
                            cloud,
                            ErrorReason.ERROR_REASON_CLOUD_TOO_SLOW,
                            "the cloud did not send its " + type.words()
                                    + "s before the call's deadline; try again with a later one")
                    .cause(e)
                    .build();
        }
    }

    private static Message read(Cloud cloud, ResourceType type, String suffix) {
        Service service = cloud.session().service(type.options().getServiceType());
        Request request = Request.get(type.options().getPath() + suffix)
                .microversion(microversion(service, type))
                .operation("Get" + type.noun())
                .build();
        Document document = service.send(
                request, answer -> type.reader().single(answer.body().readAllBytes()));
        return new Placement(cloud, type).locate(document);
    }

    private static Snapshot fetchOne(Cloud cloud, ResourceType type, String id) {
        Instant begun = Instant.now();
        try {
            return new Snapshot(List.of(read(cloud, type, Request.path(id))), type::id, begun);
        } catch (OaktreeException e) {
            if (e.httpStatus() == 404) {
                return new Snapshot(List.of(), type::id, begun);
            }
            throw e;
        }
    }

    /** The list if a copy is kept that is young enough, else null. */
    public @Nullable Snapshot kept(Cloud cloud, ResourceType type, List<Param> arguments, Instant notBefore) {
        return cache.kept(key(cloud, type, arguments), notBefore(cloud, type, notBefore));
    }

    /** Earliest acceptable begin of a fetch for who takes lists as old as the cloud's configuration, or the declaration, says. */
    public static Instant usual(Cloud cloud, ResourceType type) {
        return notBefore(Instant.now(), type.maxAge(cloud.config()));
    }

    /** Earliest acceptable begin of a fetch for who took lists of that age at that time. */
    static Instant notBefore(Instant then, Duration age) {
        return age.compareTo(Duration.between(Instant.EPOCH, then)) >= 0 ? Instant.EPOCH : then.minus(age);
    }

    /** The later of that time and the last at which lists of that type were outdated: what a fetch must not have begun before. */
    Instant notBefore(Cloud cloud, ResourceType type, Instant wanted) {
        return cache.notBefore(ofAll(cloud, type), cache.notBefore(ofScope(cloud, type), wanted));
    }

    /**
     * Something of that type was written, or may have been: no list that was fetched before is shown to anybody, nor one of what shows
     * something of it.
     */
    void wrote(Cloud cloud, ResourceType type) {
        cache.outdate(ofAll(cloud, type));
        type.options().getSeenInList().forEach(other -> cache.outdate(ofAll(cloud, type(other))));
    }

    /** What this scope was told of resources of that type may be wrong: no list that was fetched before is shown to it. */
    void forget(Cloud cloud, ResourceType type) {
        cache.outdate(ofScope(cloud, type));
    }

    private static ListCache.Outdated ofAll(Cloud cloud, ResourceType type) {
        return new ListCache.Outdated(
                cloud.config().name() + " " + cloud.config().region(), type.message());
    }

    private static ListCache.Outdated ofScope(Cloud cloud, ResourceType type) {
        return new ListCache.Outdated(cloud.scope(), type.message());
    }

    private static ListCache.Key key(Cloud cloud, ResourceType type, List<Param> arguments) {
        return new ListCache.Key(cloud.scope(), type.message(), arguments.toString());
    }

    /** Reads the whole list from the cloud, past every cache. */
    Snapshot fetch(Cloud cloud, ResourceType type, List<Param> arguments) {
        for (int attempt = 1; ; attempt++) {
            Instant begun = Instant.now();
            try {
                return new Snapshot(everyPage(cloud, type, arguments), type::id, begun);
            } catch (PageGoneException e) {
                if (attempt == ATTEMPTS) {
                    throw type.error(
                                    cloud,
                                    ErrorReason.ERROR_REASON_CONFLICT,
                                    "the list changed while it was read, " + ATTEMPTS + " times; try again")
                            .cause(e)
                            .build();
                }
            }
        }
    }

    private List<Message> everyPage(Cloud cloud, ResourceType type, List<Param> arguments) {
        Service service = cloud.session().service(type.options().getServiceType());
        List<Param> fixed = new ArrayList<>(parameters(type.options().getListQuery()));
        fixed.addAll(arguments);
        Request request = Request.get(type.options().getPath() + type.options().getListSuffix())
                .query(fixed)
                .microversion(microversion(service, type))
                .operation("List" + type.service().getName())
                .build();
        Placement placement = new Placement(cloud, type);
        // A page that was read while the list changed may show a resource again: the newer one counts.
        Map<String, Message> byId = new LinkedHashMap<>();
        Set<List<Param>> followed = new HashSet<>();
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            Page page = page(service, type, request, pages > 0);
            for (Document document : page.documents()) {
                Message resource = placement.locate(document);
                byId.put(type.id(resource), resource);
            }
            List<Param> next = next(type.options(), fixed, page, byId.size());
            followed.add(request.query());
            // Links that lead back to a page that was read lead to nothing new.
            if (next.isEmpty() || followed.contains(next)) {
                return List.copyOf(byId.values());
            }
            request = request.withQuery(next);
        }
        throw type.error(cloud, ErrorReason.ERROR_REASON_UNREADABLE_ANSWER, "the cloud's list never ends")
                .build();
    }

    private static Page page(Service service, ResourceType type, Request request, boolean following) {
        try {
            return service.send(request, answer -> type.reader().page(answer.body()));
        } catch (OaktreeException e) {
            // The resource that the page was to begin behind is gone: nova says 400, the others 404.
            if (following && (e.httpStatus() == 404 || e.httpStatus() == 400)) {
                throw new PageGoneException(e);
            }
            throw e.httpStatus() == 404 ? notAtItsPlace(type, e) : e;
        }
    }

    /** A list is always there, be it empty, as is what each project has: RESOURCE_NOT_FOUND would tell who looks for one resource that there is none. */
    private static OaktreeException notAtItsPlace(ResourceType type, OaktreeException refused) {
        return refused.toBuilder()
                .reason(ErrorReason.ERROR_REASON_FEATURE_MISSING)
                .message("the cloud's " + type.options().getServiceType() + " service shows no "
                        + (type.isSingle() ? type.words() : "list of " + type.words() + "s") + " at its usual place: "
                        + refused.getMessage())
                .build();
    }

    /** The parameters of the next page: those of the link, whose host and path may be wrong. Empty: there is none. */
    private static List<Param> next(Resource options, List<Param> fixed, Page page, int soFar) {
        if (options.getOffsetPaging()) {
            if (page.documents().isEmpty()) {
                return List.of();
            }
            List<Param> next = new ArrayList<>(fixed);
            next.add(new Param("offset", Integer.toString(soFar)));
            return next;
        }
        int query = page.next().indexOf('?');
        return query < 0 ? List.of() : parameters(page.next().substring(query + 1));
    }

    private static List<Param> parameters(String query) {
        List<Param> parameters = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters.add(new Param(
                        URLDecoder.decode(name, StandardCharsets.UTF_8),
                        URLDecoder.decode(value, StandardCharsets.UTF_8)));
            }
        }
        return parameters;
    }

    /** The microversion to speak: the highest that both the mapping and the cloud know; empty where there is none. */
    static String microversion(Service service, ResourceType type) {
        Optional<Microversion> known = Microversion.parse(type.options().getMaxMicroversion());
        if (known.isEmpty()) {
            return "";
        }
        return service.maxMicroversion()
                .map(highest -> highest.includes(known.get()) ? known.get() : highest)
                .map(Microversion::toString)
                .orElse("");
    }

    /** A further page cannot be read because what it was to begin behind is gone. */
    private static final class PageGoneException extends RuntimeException {
        private static final long serialVersionUID = 1;

        PageGoneException(Throwable cause) {
            super(cause);
        }
    }
}
