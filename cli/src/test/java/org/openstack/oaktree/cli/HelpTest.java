package org.openstack.oaktree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.cli.CannedOaktree.Run;

class HelpTest {
    @TempDir
    private Path home;

    @Test
    void commandHelpCarriesTheCommentsOfTheApi() {
        Run run = help("keypair", "create", "--help");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("Usage: oaktree keypair create")
                .contains("Imports a public key, or lets the cloud make a key pair.")
                .contains("NAME")
                .contains("Name, unique per user.")
                .contains("--public-key=FILE")
                .contains("Public key to import.")
                .contains("--private-key=FILE")
                .contains("--os-cloud=CLOUD")
                .contains("Exit codes:")
                .contains("  3     oaktree does not answer, or wants another token.");
    }

    @Test
    void everyCommandHasAHelpAndADescription() {
        Api api = Api.load();
        for (Noun noun : Noun.all(api.services()).values()) {
            for (Verb verb : noun.methods().keySet()) {
                if (verb == Verb.SET_METADATA) {
                    continue;
                }
                String[] words = (noun.name() + " " + verb.word() + " --help").split(" ");
                Run run = help(words);
                assertThat(run.code()).as("%s %s", noun.name(), verb).isZero();
                assertThat(run.out())
                        .contains("Usage: oaktree " + noun.name() + " " + verb.word())
                        .contains(api.comment(noun.methods().get(verb)).substring(0, 12));
            }
        }
    }

    @Test
    void everyGroupSaysWhatItIsAbout() {
        for (String noun : Noun.all(Api.load().services()).keySet()) {
            String group = noun.replaceFirst(" .*", "");
            List<String> lines = help(group, "--help").out().lines().toList();
            assertThat(lines.get(1)).as(group).matches("[A-Z].*[.a-z]");
        }
        assertThat(help("security", "--help").out()).contains("Commands for: security group, security group rule.");
    }

    @Test
    void helpIsACommandToo() {
        for (String words : List.of("", "keypair", "server create", "server add floating ip")) {
            String[] all = ("help " + words).strip().split(" ");
            String[] option = (words + " --help").strip().split(" ");
            if (!words.isEmpty()) {
                assertThat(help(all)).isEqualTo(help(option));
            }
            assertThat(help(all).out()).startsWith(("Usage: oaktree " + words).strip());
        }
        Run none = help("help", "server", "destroy");
        assertThat(none.code()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("There is no command 'server destroy'.", "See 'oaktree server --help'.");
    }

    @Test
    void groupListsItsCommands() {
        assertThat(help("keypair", "--help").out())
                .contains("keys that the compute service puts into new servers.")
                .contains("create")
                .contains("delete")
                .contains("list")
                .contains("show");
    }

    private Run help(String... arguments) {
        try (CannedOaktree oaktree = new CannedOaktree(home)) {
            return oaktree.run(arguments);
        }
    }
}
