package org.openstack.oaktree.simcloud.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Finds what answers a method and a path. Fixed words win over variables; what was added first wins among equals. */
public final class Router {
    private final List<Route> routes = new ArrayList<>();

    /** Answers one call. */
    @FunctionalInterface
    public interface Handler {
        Answer handle(Call call);
    }

    /**
     * One thing that a service can do.
     *
     * @param isStreaming the handler reads the body itself, and takes the world's lock itself
     */
    private record Route(String method, List<String> template, Handler handler, boolean isStreaming) {
        boolean fits(List<String> path) {
            return template.size() == path.size() && fitsWords(path);
        }

        private boolean fitsWords(List<String> path) {
            for (int i = 0; i < path.size(); i++) {
                if (!isVariable(i) && !template.get(i).equals(path.get(i))) {
                    return false;
                }
            }
            return true;
        }

        boolean isVariable(int index) {
            return template.get(index).startsWith("{");
        }

        long fixedWords() {
            return template.stream().filter(word -> !word.startsWith("{")).count();
        }
    }

    /** A route that fits a call, and the call with what the path says. */
    public record Match(Call call, Handler handler, boolean isStreaming) {
        /** The same, now that it is known who makes the call. */
        public Match by(Caller caller) {
            return new Match(call.by(caller), handler, isStreaming);
        }

        /** The same, now that its microversion is known. */
        public Match at(Microversion version) {
            return new Match(call.at(version), handler, isStreaming);
        }
    }

    /**
     * Adds a route.
     *
     * @param template like {@code /servers/{id}/action}
     */
    public Router add(String method, String template, Handler handler) {
        routes.add(new Route(method, words(template), handler, false));
        return this;
    }

    /** Adds a route whose handler reads the body as a stream and takes the world's lock itself. */
    public Router addStreaming(String method, String template, Handler handler) {
        routes.add(new Route(method, words(template), handler, true));
        return this;
    }

    /** The route for the call; HEAD is answered by what answers GET. */
    public Optional<Match> match(Call call) {
        List<String> path = words(call.route());
        Optional<Match> match = match(call, call.method(), path);
        return match.isEmpty() && call.method().equals("HEAD") ? match(call, "GET", path) : match;
    }

    /** Which methods the path knows, in alphabetical order; none when there is no such path. */
    public List<String> methods(Call call) {
        List<String> path = words(call.route());
        TreeSet<String> methods = new TreeSet<>();
        routes.stream().filter(route -> route.fits(path)).forEach(route -> methods.add(route.method()));
        return List.copyOf(methods);
    }

    private Optional<Match> match(Call call, String method, List<String> path) {
        Route best = null;
        for (Route route : routes) {
            if (route.method().equals(method)
                    && route.fits(path)
                    && (best == null || route.fixedWords() > best.fixedWords())) {
                best = route;
            }
        }
        if (best == null) {
            return Optional.empty();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < path.size(); i++) {
            if (best.isVariable(i)) {
                String word = best.template().get(i);
                variables.put(word.substring(1, word.length() - 1), path.get(i));
            }
        }
        return Optional.of(new Match(call.with(variables), best.handler(), best.isStreaming()));
    }

    private static List<String> words(String path) {
        return Arrays.stream(path.split("/", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
