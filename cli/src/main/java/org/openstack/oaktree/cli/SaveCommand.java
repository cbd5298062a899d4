package org.openstack.oaktree.cli;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.openstack.oaktree.cli.client.Client;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** {@code oaktree NOUN save NAME --file PATH}: the bytes of a resource, which are taken no faster than they can be written. */
final class SaveCommand extends ResourceCommand {
    private static final String FILE = "--file";
    private static final String OFFSET = "offset_bytes";
    private static final int RESOURCE = 1;
    private static final int CHUNK = 2;

    SaveCommand(Context context, Noun noun) {
        super(context, noun, Verb.SAVE);
    }

    @Override
    List<OptionSpec> options() {
        command.addPositional(Options.argument(
                        subject().getName().toUpperCase(Locale.ROOT),
                        context.api().comment(subject()))
                .build());
        return List.of(Options.value(
                        FILE,
                        "PATH",
                        "File for the bytes, which is there, or replaced, when all have come; "
                                + Destination.STANDARD_OUTPUT + ", or none: standard output.")
                .build());
    }

    @Override
    void addGroups() {}

    @Override
    int run(Client client, ConnectionOptions connection) {
        Duration longest = given.text("--timeout")
                .map(text -> Durations.parse(command, "--timeout", text))
                .orElse(UploadCommand.LONGEST);
        Message request =
                request(connection).setField(subject(), given.argument()).build();
        long offset = offset(request);
        try (Destination destination = destination(offset);
                Progress progress = new Progress(context.environment(), "Saving " + given.argument())) {
            client.stream(method, request, longest, part -> take(part, offset, destination, progress));
            destination.complete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ExitCode.OK;
    }

    /** How many bytes are left out at the beginning. */
    private long offset(Message request) {
        FieldDescriptor offset = method.getInputType().findFieldByName(OFFSET);
        return offset == null ? 0 : (Long) request.getField(offset);
    }

    private Destination destination(long offset) {
        String file = given.text(FILE).orElse(Destination.STANDARD_OUTPUT);
        if (offset > 0 && !file.equals(Destination.STANDARD_OUTPUT)) {
            throw new ParameterException(
                    command.commandLine(),
                    FILE + " makes a file of all bytes; add the rest to one that has the others with >> " + file);
        }
        if (file.equals(Destination.STANDARD_OUTPUT)
                && context.environment().width().isPresent()) {
            throw new ParameterException(
                    command.commandLine(),
                    "these bytes are nothing for a terminal; say where they go with " + FILE + ", or with > or |");
        }
        try {
            return Destination.of(file, context.environment());
        } catch (IOException e) {
            throw new ParameterException(
                    command.commandLine(),
                    FILE + ": the file " + file + " cannot be written: " + IoFailures.reason(e),
                    e);
        }
    }

    private void take(Message part, long offset, Destination destination, Progress progress) {
        FieldDescriptor resource = method.getOutputType().findFieldByNumber(RESOURCE);
        if (part.hasField(resource)) {
            Message about = (Message) part.getField(resource);
            FieldDescriptor size = resource.getMessageType().findFieldByName("size_bytes");
            if (size != null) {
                progress.expect((Long) about.getField(size) - offset);
            }
            return;
        }
        ByteString chunk = (ByteString) part.getField(method.getOutputType().findFieldByNumber(CHUNK));
        destination.write(chunk);
        progress.add(chunk.size());
    }
}
