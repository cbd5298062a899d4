package org.openstack.oaktree.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ColumnTableTest {
    @Test
    void everyLineOfTheTableIsAboutTheApi() {
        Map<String, Noun> nouns = Noun.all(Api.load().services());
        ColumnTable table = ColumnTable.load();

        assertThat(nouns.keySet()).containsAll(table.nouns());
        for (String name : table.nouns()) {
            Noun noun = Objects.requireNonNull(nouns.get(name));
            for (ColumnTable.Entry entry : table.section(name).entries()) {
                if (!entry.path().equals(".")) {
                    assertThat(FieldPath.of(noun.resource(), entry.path()))
                            .as("[%s] %s = %s", name, entry.title(), entry.path())
                            .isPresent();
                }
            }
            for (String field : table.section(name).files()) {
                assertThat(noun.method(Verb.CREATE).getInputType().findFieldByName(field))
                        .as("[%s] file %s", name, field)
                        .isNotNull();
            }
            for (OptionWord word : table.section(name).words()) {
                Descriptor request = noun.methods().values().stream()
                        .map(ResourceCommand::input)
                        .filter(input -> input.findFieldByName(word.field()) != null)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("[" + name + "] option " + word.name()));
                for (String field : word.fields()) {
                    assertThat(request.findFieldByName(field))
                            .as("[%s] option %s = %s", name, word.name(), field)
                            .isNotNull();
                }
                for (String field : word.keys().values()) {
                    assertThat(request.findFieldByName(word.field())
                                    .getMessageType()
                                    .findFieldByName(field))
                            .as("[%s] option %s: %s", name, word.name(), field)
                            .isNotNull();
                }
            }
        }
    }

    @Test
    void unreadableLinesAreErrors() {
        assertThatThrownBy(() -> ColumnTable.parse(List.of("[flavor]", "list ID id")))
                .hasMessageContaining("cannot read 'list ID id'");
        assertThatThrownBy(() -> ColumnTable.parse(List.of("[flavor]", "list ID = id | upside-down")))
                .hasMessageContaining("no form is called 'upside-down'");
        assertThatThrownBy(() -> ColumnTable.parse(List.of("[server]", "option nic = nics | upside-down")))
                .hasMessageContaining("no form of an option: upside-down");
        assertThatThrownBy(() -> ColumnTable.parse(List.of("[server]", "option nic = nics | keys net-id")))
                .hasMessageContaining("no key of an option: net-id");
    }
}
