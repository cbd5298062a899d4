package org.openstack.oaktree.cli;

import com.google.protobuf.Descriptors.Descriptor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the openstack client calls things: the text resource {@code openstack-client.columns}, whose head explains it. */
final class ColumnTable {
    private static final String RESOURCE = "openstack-client.columns";
    private static final Pattern NOUN = Pattern.compile("\\[(?<noun>[a-z ]+)]");
    private static final Pattern ENTRY = Pattern.compile(
            "(?<where>list|short|long|some|show)\\s+(?<title>\\S.*?)\\s+=\\s+(?<path>\\S+)(?:\\s+\\|\\s+(?<form>\\S.*))?");
    private static final Pattern OPTION =
            Pattern.compile("option\\s+(?<name>\\S+)\\s+=\\s+(?<field>\\S+)(?:\\s+\\|\\s+(?<form>\\S.*))?");
    private static final Pattern MARK = Pattern.compile("(?<mark>hide|file)\\s+(?<field>\\S+)");

    /** Where a column belongs. */
    enum Where {
        /** Lists. */
        LIST,
        /** Lists without {@code --long}. */
        SHORT,
        /** Lists with {@code --long}, or by its name. */
        LONG,
        /** Lists with any resource that has a value there. */
        SOME,
        /** A single resource. */
        SHOW
    }

    /** One line of the table. */
    record Entry(Where where, String title, String path, Form form) {
        Column column(Descriptor resource) {
            return new Column(
                    title,
                    path.equals(".")
                            ? FieldPath.WHOLE
                            : FieldPath.of(resource, path).orElseGet(() -> FieldPath.ofProperty(resource, path)),
                    form);
        }
    }

    /**
     * What the table says of one noun.
     *
     * @param entries its columns
     * @param hidden fields that are shown only when named
     * @param files request fields whose options take the name of a file with the value
     * @param words options of request fields that are called as the client calls them
     */
    record Section(List<Entry> entries, Set<String> hidden, Set<String> files, List<OptionWord> words) {}

    private static final Section EMPTY = new Section(List.of(), Set.of(), Set.of(), List.of());
    private final Map<String, Section> sections;

    private ColumnTable(Map<String, Section> sections) {
        this.sections = sections;
    }

    static ColumnTable load() {
        try (InputStream in = ColumnTable.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the class path");
            }
            return parse(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ColumnTable parse(List<String> lines) {
        Map<String, Section> sections = new LinkedHashMap<>();
        Section section = EMPTY;
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher noun = NOUN.matcher(line);
            Matcher entry = ENTRY.matcher(line);
            Matcher option = OPTION.matcher(line);
            Matcher mark = MARK.matcher(line);
            if (noun.matches()) {
                section = sections.computeIfAbsent(
                        noun.group("noun"),
                        _ -> new Section(
                                new ArrayList<>(), new LinkedHashSet<>(), new LinkedHashSet<>(), new ArrayList<>()));
            } else if (entry.matches()) {
                String form = entry.group("form");
                section.entries()
                        .add(new Entry(
                                Where.valueOf(entry.group("where").toUpperCase(java.util.Locale.ROOT)),
                                entry.group("title"),
                                entry.group("path"),
                                form == null ? Form.PLAIN : Form.parse(form)));
            } else if (option.matches()) {
                String form = option.group("form");
                section.words()
                        .add(OptionWord.parse(option.group("name"), option.group("field"), form == null ? "" : form));
            } else if (mark.matches()) {
                Set<String> marked = mark.group("mark").equals("hide") ? section.hidden() : section.files();
                marked.add(mark.group("field"));
            } else {
                throw new IllegalArgumentException(RESOURCE + ": cannot read '" + line + "'");
            }
        }
        return new ColumnTable(sections);
    }

    Set<String> nouns() {
        return sections.keySet();
    }

    Section section(String noun) {
        return sections.getOrDefault(noun, EMPTY);
    }
}
