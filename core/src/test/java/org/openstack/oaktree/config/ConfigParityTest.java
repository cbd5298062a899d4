package org.openstack.oaktree.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openstack.oaktree.error.OaktreeException;

/** oaktree reads every case as openstacksdk does, except where docs/deviations.md says otherwise. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfigParityTest {

    private int compared;
    private int different;

    static List<ParityCase> cases() {
        return ParityCase.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void readsAsOpenstacksdk(ParityCase parityCase) {
        compared++;
        Object answer = normalized(parityCase, ParityAnswer.of(parityCase));
        Map<String, ParityDifferences.Difference> differences = ParityDifferences.of(parityCase.expected(), answer);
        List<String> wrong = new ArrayList<>();
        for (ParityCase.Deviation deviation : parityCase.deviations()) {
            ParityDifferences.Difference difference = differences.remove(deviation.at());
            if (difference == null) {
                wrong.add(deviation.id() + " is no difference any more: " + deviation.at());
            } else if (!ParityDifferences.matches(deviation.oaktree(), difference.oaktree())) {
                wrong.add(deviation.id() + " at " + deviation.at() + " should be " + deviation.oaktree() + ", is "
                        + difference.oaktree());
            }
        }
        differences.forEach((place, difference) -> wrong.add(
                place + ": openstacksdk says " + difference.openstacksdk() + ", oaktree says " + difference.oaktree()));
        parityCase.says().forEach((place, words) -> {
            Object value = at(answer, place);
            if (!ParityDifferences.matches(words, value)) {
                wrong.add(place + " should say " + words + ", says " + value);
            }
        });
        different += wrong.size();
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void tellsNoSecrets(ParityCase parityCase) {
        List<String> told = new ArrayList<>();
        try {
            CloudsConfiguration configuration = CloudsConfiguration.load(parityCase.environment());
            told.add(configuration.toString());
            told.addAll(configuration.warnings());
            configuration.sources().forEach(source -> told.add(source.toString()));
            for (String cloud : configuration.cloudNames()) {
                String description =
                        String.join("\n", configuration.describe(cloud).lines());
                assertThat(description).isNotBlank();
                told.add(description);
                if (!description.startsWith("error: ")) {
                    told.add(configuration.cloud(cloud, "").toString());
                }
            }
        } catch (OaktreeException e) {
            told.add(e.toString());
            told.add(String.valueOf(e.getCause()));
            told.add(e.details().toString());
        }
        assertThat(told).isNotEmpty().allSatisfy(text -> assertThat(text).doesNotContain("s3cr3t"));
    }

    @Test
    void deviationsAreExplainedAndUsed() throws IOException {
        TreeSet<String> explained = new TreeSet<>();
        Pattern heading = Pattern.compile("^\\| (C[0-9]+) \\|.*", Pattern.DOTALL);
        for (String line : Files.readAllLines(Path.of("../docs/deviations.md"))) {
            var matcher = heading.matcher(line);
            if (matcher.matches()) {
                explained.add(matcher.group(1));
            }
        }
        TreeSet<String> used = new TreeSet<>();
        ParityCase.all().forEach(c -> c.deviations().forEach(deviation -> used.add(deviation.id())));
        assertThat(used).isEqualTo(explained);
    }

    @AfterAll
    void report() {
        System.out.printf("%nconfig: %d cases, %d differences beyond docs/deviations.md%n", compared, different);
    }

    private static @Nullable Object at(@Nullable Object answer, String place) {
        Object value = answer;
        for (String key :
                place.isEmpty() ? List.<String>of() : List.of(place.substring(1).split("/", -1))) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value;
    }

    /** The answer with paths as they stand in expected.json. */
    private static @Nullable Object normalized(ParityCase parityCase, @Nullable Object answer) {
        return switch (answer) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                Tree.map(map).forEach((key, value) -> copy.put(key, normalized(parityCase, value)));
                yield copy;
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(value -> copy.add(normalized(parityCase, value)));
                yield copy;
            }
            case String text -> parityCase.anywhere(text);
            case null -> null;
            default -> answer;
        };
    }
}
