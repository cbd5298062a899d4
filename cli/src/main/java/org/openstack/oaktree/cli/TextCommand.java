package org.openstack.oaktree.cli;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.openstack.oaktree.cli.client.Client;
import picocli.CommandLine.Model.OptionSpec;

/** {@code oaktree console log show SERVER}: a text as it is, without a table around it. */
final class TextCommand extends ResourceCommand {
    TextCommand(Context context, Noun noun) {
        super(context, noun, Verb.SHOW);
    }

    @Override
    List<OptionSpec> options() {
        command.addPositional(Options.argument(
                        subject().getName().toUpperCase(Locale.ROOT),
                        context.api().comment(subject()))
                .build());
        return List.of();
    }

    @Override
    void addGroups() {}

    @Override
    int run(Client client, ConnectionOptions connection) {
        String text = (String) client.call(
                        method,
                        request(connection)
                                .setField(subject(), given.argument())
                                .build())
                .getField(Objects.requireNonNull(Noun.text(method)));
        print(text.isEmpty() || text.endsWith("\n") ? text : text + "\n");
        return ExitCode.OK;
    }
}
