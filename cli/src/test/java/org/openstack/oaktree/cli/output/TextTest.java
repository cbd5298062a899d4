package org.openstack.oaktree.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expectations are what CPython 3.11 and PyYAML print. */
class TextTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1.0",
        "1.5, 1.5",
        "0, 0.0",
        "-0.0, -0.0",
        "100, 100.0",
        "1e16, 1e+16",
        "1e15, 1000000000000000.0",
        "1e-5, 1e-05",
        "0.0001, 0.0001",
        "1.5e300, 1.5e+300",
        "123456789.125, 123456789.125",
        "2e-310, 2e-310"
    })
    void realNumbers(double number, String text) {
        assertThat(PythonText.real(number)).isEqualTo(text);
    }

    @Test
    void pythonText() {
        Map<String, Value> map = new LinkedHashMap<>();
        map.put("it's", Value.items(List.of(Value.text("a"), Value.NOTHING, Value.flag(true), Value.whole(-1))));
        map.put("\"'", Value.text("b\\\n\u00e9\u0001\u200b\ud83d\ude00"));

        assertThat(PythonText.str(Value.entries(map)))
                .isEqualTo("{\"it's\": ['a', None, True, -1], '\"\\'': 'b\\\\\\n\u00e9\\x01\\u200b\ud83d\ude00'}");
        assertThat(PythonText.str(Value.text("it's"))).isEqualTo("it's");
    }

    @Test
    void humanText() {
        Value address = Value.entries(
                new LinkedHashMap<>(Map.of("ip_address", Value.text("10.0.0.1"), "subnet_id", Value.text("s"))));

        assertThat(HumanText.of(Value.items(List.of(Value.text("b"), Value.text("a")))))
                .isEqualTo("a, b");
        assertThat(HumanText.of(Value.items(List.of(address, address))))
                .isEqualTo("ip_address='10.0.0.1', subnet_id='s'\nip_address='10.0.0.1', subnet_id='s'");
        assertThat(HumanText.of(Value.entries(Map.of("net", Value.items(List.of(Value.text("b"), Value.text("a")))))))
                .isEqualTo("net=a, b");
        assertThat(HumanText.of(Value.entries(Map.of("a", Value.entries(Map.of("b", Value.whole(1)))))))
                .isEqualTo("a.b='1'");
        assertThat(HumanText.of(Value.items(List.of()))).isEmpty();
        assertThat(HumanText.of(Value.NOTHING)).isEqualTo("None");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "trail ",
                " lead",
                "- x",
                "-",
                "1:30",
                "yes",
                "No",
                "on",
                "y",
                "0x1f",
                "1_000",
                "2026-11-22",
                "~",
                "null",
                "a: b",
                "a #b",
                "a:",
                "*",
                "'q'",
                "=",
                "<<",
                ".5",
                "017",
                "1e3",
                "0o17",
                "!x",
                "{a",
                "[a",
                "&a",
                "%a",
                "@a",
                "`a",
                ".inf",
                "---",
                "?",
                "? x",
                "1.",
                "+1",
                "12e03",
                "190:20:30",
                ">a",
                "|a",
                "#a",
                "\"a"
            })
    void yamlQuotesWhatCouldBeTakenForSomethingElse(String text) {
        assertThat(YamlText.of(Value.text(text))).isEqualTo("'" + text.replace("'", "''") + "'\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a b",
                "a:b",
                "fa:16:3e:99:d3:7b",
                "N/A (booted from volume)",
                "a#b",
                "-a",
                ":a",
                "ü",
                "92af7411-081d-42d9",
                "it's",
                "x=1",
                "m1.nano",
                "hw:cpu_policy"
            })
    void yamlLeavesPlainWhatIsPlain(String text) {
        assertThat(YamlText.of(Value.text(text))).isEqualTo(text + "\n");
    }

    @Test
    void yamlNests() {
        Map<String, Value> map = new LinkedHashMap<>();
        map.put(
                "b",
                Value.items(List.of(
                        Value.items(List.of(Value.whole(1), Value.items(List.of(Value.whole(2))))),
                        Value.entries(Map.of("x", Value.items(List.of(Value.text("line\nline"))))))));
        map.put("a", Value.entries(Map.of("c", Value.entries(Map.of("d", new Value.Real(1e20))))));

        assertThat(YamlText.of(Value.entries(map))).isEqualTo("""
                        a:
                          c:
                            d: 1.0e+20
                        b:
                        - - 1
                          - - 2
                        - x:
                          - "line\\nline"
                        """);
    }

    @Test
    void jsonEscapes() {
        assertThat(JsonText.of(Value.text("a\"\\\n\u007f/\ud83d\ude00\u0001"), true))
                .isEqualTo("\"a\\\"\\\\\\n\\u007f/\\ud83d\\ude00\\u0001\"");
        assertThat(JsonText.of(new Value.Real(Double.NaN), true)).isEqualTo("null");
    }

    @Test
    void widths() {
        assertThat(DisplayWidth.of("abc")).isEqualTo(3);
        assertThat(DisplayWidth.of("日本")).isEqualTo(4);
        assertThat(DisplayWidth.of("e\u0301")).isEqualTo(1);
        assertThat(DisplayWidth.of("\ud83d\ude00")).isEqualTo(2);
        assertThat(DisplayWidth.of("\u2764\ufe0f")).isEqualTo(2);
        assertThat(DisplayWidth.of("\ud83d\udc69\u200d\ud83d\udcbb")).isEqualTo(2);
        assertThat(DisplayWidth.of("\uff76")).isEqualTo(1);
    }

    @Test
    void wraps() {
        assertThat(DisplayWidth.wrap("aaa bb cccc", 6)).containsExactly("aaa bb", "cccc");
        assertThat(DisplayWidth.wrap("aaaaaaaa b", 3)).containsExactly("aaa", "aaa", "aa", "b");
        assertThat(DisplayWidth.wrap("日本語", 3)).containsExactly("日", "本", "語");
        assertThat(DisplayWidth.wrap("", 3)).containsExactly("");
    }

    @Test
    void tablesShowControlCharactersInsteadOfSendingThem() {
        String table = Table.ofOne(List.of("name"), List.of(Cell.of(Value.text("\u001b[31mred\u0007\r\ntwo"))))
                .draw(java.util.OptionalInt.empty(), 16);

        assertThat(table).isEqualTo("""
                        +-------+-----------------+
                        | Field | Value           |
                        +-------+-----------------+
                        | name  | \\x1b[31mred\\x07 |
                        |       | two             |
                        +-------+-----------------+
                        """);
    }
}
