package org.openstack.oaktree.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML document into maps, lists and scalars with PyYAML's meaning: YAML 1.1 scalars, {@code <<} merges, the last of equal keys
 * wins. A key is always its text as written. Nothing but data is ever made, whatever the tags say.
 */
final class YamlReader {

    private static final int DEPTH_LIMIT = 64;
    private static final int NODE_LIMIT = 200_000;
    private static final int LENGTH_LIMIT = 4 * 1024 * 1024;

    private final Iterator<Event> events;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private final Deque<String> path = new ArrayDeque<>();
    private final List<String> misread = new ArrayList<>();
    private int nodes;

    private YamlReader(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(LENGTH_LIMIT)
                .setVersionFunction(version -> version)
                .build();
        events = new Parse(settings).parseString(text).iterator();
    }

    /** Reads the one document of a file. */
    static Document read(String text) throws UnreadableFileException {
        try {
            YamlReader reader = new YamlReader(text);
            return new Document(reader.document(), List.copyOf(reader.misread));
        } catch (MarkedYamlEngineException e) {
            throw new UnreadableFileException(where(e.getProblemMark()) + reason(e));
        } catch (YamlEngineException e) {
            throw new UnreadableFileException("it has characters that YAML does not allow, or is too long");
        }
    }

    private @Nullable Object document() throws UnreadableFileException {
        events.next(); // start of the stream
        Event start = events.next();
        if (start.getEventId() == Event.ID.StreamEnd) {
            return null;
        }
        Object value = node(events.next(), 0);
        events.next(); // end of the document
        Event end = events.next();
        if (end.getEventId() != Event.ID.StreamEnd) {
            throw failure(end, "a second document begins; one file is one document");
        }
        return value;
    }

    private @Nullable Object node(Event event, int depth) throws UnreadableFileException {
        if (depth > DEPTH_LIMIT) {
            throw failure(event, "nested deeper than " + DEPTH_LIMIT + " levels");
        }
        if (event instanceof AliasEvent alias) {
            Anchored anchored = anchors.get(alias.getAlias().getValue());
            if (anchored == null) {
                throw failure(
                        event, "an alias (*) without an anchor (&) before it; text that begins with * needs quotes");
            }
            count(event, anchored.nodes());
            return anchored.value();
        }
        int before = nodes;
        count(event, 1);
        Object value = switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case SequenceStartEvent sequence -> sequence(sequence, depth);
            case MappingStartEvent mapping -> mapping(mapping, depth);
            default -> throw failure(event, "a value is missing");
        };
        ((NodeEvent) event)
                .getAnchor()
                .ifPresent(anchor -> anchors.put(anchor.getValue(), new Anchored(value, nodes - before)));
        return value;
    }

    private @Nullable Object scalar(ScalarEvent event) throws UnreadableFileException {
        try {
            Object value = Yaml11.value(tag(event), event.getValue());
            if (value != null && !PythonText.of(value).equals(event.getValue())) {
                misread.add(String.join(".", path));
            }
            return value;
        } catch (IllegalArgumentException e) {
            throw failure(
                    event,
                    event.getTag().isPresent()
                            ? "text that does not fit its tag (!); text that begins with ! needs quotes"
                            : "text that looks like a date or a number and is none; it needs quotes");
        }
    }

    private static String tag(ScalarEvent event) {
        String tag = event.getTag().orElse("");
        if (tag.equals("!") || (tag.isEmpty() && event.isPlain())) {
            return Yaml11.tag(event.getValue());
        }
        return tag.isEmpty() ? Yaml11.STR : tag;
    }

    private List<@Nullable Object> sequence(SequenceStartEvent start, int depth) throws UnreadableFileException {
        requireTag(start, start.getTag(), "seq", "omap", "pairs");
        List<@Nullable Object> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return Collections.unmodifiableList(items);
    }

    private Map<String, @Nullable Object> mapping(MappingStartEvent start, int depth) throws UnreadableFileException {
        requireTag(start, start.getTag(), "map", "set");
        Map<String, @Nullable Object> own = new LinkedHashMap<>();
        Map<String, @Nullable Object> merged = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            if (event instanceof ScalarEvent key) {
                count(event, 1);
                boolean merge = tag(key).equals(Yaml11.MERGE);
                key.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), new Anchored(key.getValue(), 1)));
                path.addLast(key.getValue());
                Object value = node(events.next(), depth + 1);
                path.removeLast();
                if (merge) {
                    merge(event, value, merged);
                } else {
                    own.put(key.getValue(), value);
                }
            } else if (event instanceof AliasEvent && node(event, depth) instanceof String key) {
                own.put(key, node(events.next(), depth + 1));
            } else {
                throw failure(event, "a key that is no plain text");
            }
        }
        merged.putAll(own);
        return Collections.unmodifiableMap(merged);
    }

    private static void merge(Event event, @Nullable Object value, Map<String, @Nullable Object> into)
            throws UnreadableFileException {
        switch (value) {
            case Map<?, ?> one -> into.putAll(Tree.map(one));
            case List<?> many -> {
                // The first of several wins.
                for (Object one : many.reversed()) {
                    if (!(one instanceof Map<?, ?> mapping)) {
                        throw failure(event, "only mappings can be merged with <<");
                    }
                    into.putAll(Tree.map(mapping));
                }
            }
            case null -> throw failure(event, "only mappings can be merged with <<");
            default -> throw failure(event, "only mappings can be merged with <<");
        }
    }

    private static void requireTag(Event event, Optional<String> tag, String... allowed)
            throws UnreadableFileException {
        if (tag.isEmpty() || tag.get().equals("!")) {
            return;
        }
        for (String name : allowed) {
            if (tag.get().equals(Yaml11.PREFIX + name)) {
                return;
            }
        }
        throw failure(event, "a tag (!) that does not fit; only plain data is read");
    }

    private void count(Event event, int more) throws UnreadableFileException {
        nodes += more;
        if (nodes > NODE_LIMIT) {
            throw failure(event, "more than " + NODE_LIMIT + " values, aliases counted as often as they are used");
        }
    }

    private static UnreadableFileException failure(Event event, String reason) {
        return new UnreadableFileException(where(event.getStartMark()) + reason);
    }

    private static String where(Optional<Mark> mark) {
        return mark.map(m -> "line " + (m.getLine() + 1) + ", column " + (m.getColumn() + 1) + ": ")
                .orElse("");
    }

    /** The parser's words without what it quotes from the file. */
    private static String reason(MarkedYamlEngineException e) {
        String problem = e.getProblem() == null ? "" : e.getProblem();
        if (problem.contains("TAB") || problem.contains("\\t")) {
            return "a tab where YAML allows only spaces";
        }
        int found = problem.indexOf("found");
        String words = found < 0 ? problem : problem.substring(0, found);
        words = words.replaceAll("[,\\s]*(but)?\\s*$", "");
        String context = e.getContext() == null ? "" : e.getContext();
        String both = context.isEmpty() ? words : words.isEmpty() ? context : context + ", " + words;
        return both.isEmpty() ? "it is not YAML" : "it is not YAML (" + both + ")";
    }

    /**
     * What a file says.
     *
     * @param value null when it says nothing; maps keep the file's order
     * @param misread dotted keys of the values that YAML takes for something else than the text that stands there: {@code 0123} is 83
     */
    record Document(@Nullable Object value, List<String> misread) {}

    private record Anchored(@Nullable Object value, int nodes) {}
}
