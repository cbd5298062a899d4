package org.openstack.oaktree.config;

import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.json.JsonTree;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Reads a JSON file (clouds.json) into the same maps, lists and scalars as {@link YamlReader}. */
final class JsonReader {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(64).build())
            .build();

    private JsonReader() {}

    /** The document's value. */
    static @Nullable Object read(String text) throws UnreadableFileException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                throw new UnreadableFileException("it is empty");
            }
            Object value = JsonTree.value(parser, JsonParser::getDoubleValue);
            if (parser.nextToken() != null) {
                throw new UnreadableFileException("something follows the end of the JSON value");
            }
            return value;
        } catch (JacksonException e) {
            var place = e.getLocation();
            String where = place == null ? "" : "line " + place.getLineNr() + ", column " + place.getColumnNr() + ": ";
            throw new UnreadableFileException(where + "it is not JSON");
        }
    }
}
