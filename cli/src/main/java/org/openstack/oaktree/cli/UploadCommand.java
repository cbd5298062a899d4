package org.openstack.oaktree.cli;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import org.openstack.oaktree.cli.client.Client;
import org.openstack.oaktree.cli.output.Format;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** {@code oaktree NOUN create NAME --file PATH}: a new resource of bytes, which are read no faster than oaktree takes them. */
final class UploadCommand extends ResourceCommand {
    /** What costs oaktree least. */
    private static final int CHUNK_BYTES = 256 << 10;

    /** The longest that oaktree takes for one, in either direction. */
    static final Duration LONGEST = Duration.ofDays(1);

    private static final String STANDARD_INPUT = "-";
    private static final int SPEC = 1;
    private static final int CHUNK = 2;

    UploadCommand(Context context, Noun noun) {
        super(context, noun, Verb.CREATE);
    }

    /** The message that says what the bytes are: the first of the stream. */
    static Descriptor spec(Descriptor streamed) {
        return streamed.findFieldByNumber(SPEC).getMessageType();
    }

    @Override
    List<OptionSpec> options() {
        command.addPositional(Options.argument("NAME", context.api().comment(input.findFieldByNumber(Fields.NAME)))
                .build());
        List<OptionSpec> options = new ArrayList<>();
        options.add(Options.value("--file", "PATH", "File with the bytes; " + STANDARD_INPUT + ": standard input.")
                .required(true)
                .build());
        options.addAll(ifThere(
                Fields.REQUEST_ID,
                Options.value(
                        "--request-id",
                        "ID",
                        "Marks repeats of one request: the same ID twice makes one " + noun.name() + ".")));
        options.addAll(waitOptions());
        return options;
    }

    @Override
    void addGroups() {
        OutputOptions.addToOne(command);
    }

    @Override
    int run(Client client, ConnectionOptions connection) {
        OutputOptions output = new OutputOptions(command, context.environment());
        Format format = output.format(Format.CSV);
        DynamicMessage.Builder spec =
                request(connection).setField(input.findFieldByNumber(Fields.NAME), given.argument());
        given.text("--request-id").ifPresent(id -> spec.setField(input.findFieldByNumber(Fields.REQUEST_ID), id));
        fillWait(spec);
        String file = given.text("--file").orElseThrow();
        Duration longest = given.text("--timeout")
                .map(text -> Durations.parse(command, "--timeout", text))
                .orElse(LONGEST);
        DynamicMessage answer;
        try (InputStream bytes = open(file);
                Progress progress = new Progress(context.environment(), "Uploading " + given.argument())) {
            OptionalLong size = size(file);
            size.ifPresent(progress::expect);
            FieldDescriptor sizeField = input.findFieldByName("size_bytes");
            if (size.isPresent() && sizeField != null && !spec.hasField(sizeField)) {
                spec.setField(sizeField, size.getAsLong());
            }
            answer = client.upload(method, longest, new Parts(spec.build(), bytes, progress));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        print(new OneResource(this, output).text(answered(answer), format, new NameIndex(context, client, connection)));
        return ExitCode.OK;
    }

    private InputStream open(String file) {
        if (file.equals(STANDARD_INPUT)) {
            return System.in;
        }
        try {
            if (Files.isDirectory(Path.of(file))) {
                throw new IOException("it is a folder");
            }
            return Files.newInputStream(Path.of(file));
        } catch (IOException e) {
            throw new ParameterException(
                    command.commandLine(), "--file: the file " + file + " cannot be read: " + IoFailures.reason(e), e);
        }
    }

    /** Unknown of what is no ordinary file: a pipe gives what it gives. */
    private static OptionalLong size(String file) throws IOException {
        return !file.equals(STANDARD_INPUT) && Files.isRegularFile(Path.of(file))
                ? OptionalLong.of(Files.size(Path.of(file)))
                : OptionalLong.empty();
    }

    /** The stream's messages, read from the file one by one. */
    private final class Parts implements Iterator<Message> {
        private final InputStream bytes;
        private final Progress progress;
        private Message next;
        private boolean isOver;

        Parts(Message spec, InputStream bytes, Progress progress) {
            this.bytes = bytes;
            this.progress = progress;
            this.next = part(SPEC, spec);
        }

        @Override
        public boolean hasNext() {
            return !isOver;
        }

        @Override
        public Message next() {
            if (isOver) {
                throw new NoSuchElementException();
            }
            Message part = next;
            try {
                byte[] chunk = bytes.readNBytes(CHUNK_BYTES);
                isOver = chunk.length == 0;
                next = part(CHUNK, ByteString.copyFrom(chunk));
                progress.add(chunk.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return part;
        }

        private Message part(int number, Object value) {
            return DynamicMessage.newBuilder(method.getInputType())
                    .setField(method.getInputType().findFieldByNumber(number), value)
                    .build();
        }
    }
}
