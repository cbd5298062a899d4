package org.openstack.oaktree.cli;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.openstack.oaktree.cli.client.Client;
import org.openstack.oaktree.cli.output.Cell;
import org.openstack.oaktree.cli.output.Format;
import org.openstack.oaktree.cli.output.Value;
import org.openstack.oaktree.rest.v1.Rest;
import org.openstack.oaktree.v1.Location;
import picocli.CommandLine.Model.OptionSpec;

/** {@code oaktree NOUN create NAME}: a new resource, and what the cloud says of it only once. */
final class CreateCommand extends ResourceCommand {
    private static final String ZONE = "--availability-zone";

    CreateCommand(Context context, Noun noun) {
        super(context, noun, Verb.CREATE, ofNameless(noun));
    }

    /** What has no name is made of something: a floating IP of a network. */
    private static int ofNameless(Noun noun) {
        Descriptor request = noun.method(Verb.CREATE).getInputType();
        return request.findFieldByNumber(Fields.NAME) == null ? Fields.OWN : 0;
    }

    @Override
    List<OptionSpec> options() {
        FieldDescriptor name = method.getInputType().findFieldByNumber(Fields.NAME);
        if (name != null) {
            command.addPositional(
                    Options.argument("NAME", context.api().comment(name)).build());
        } else {
            FieldDescriptor of = method.getInputType().findFieldByNumber(Fields.OWN);
            command.addPositional(Options.argument(
                            of.getName().toUpperCase(Locale.ROOT), context.api().comment(of))
                    .arity("0..1")
                    .required(false)
                    .build());
        }
        List<OptionSpec> options = new ArrayList<>(ifThere(
                Fields.REQUEST_ID,
                Options.value(
                        "--request-id",
                        "ID",
                        "Marks repeats of one request: the same ID twice makes one " + noun.name() + ".")));
        options.addAll(zoneOption());
        options.addAll(waitOptions());
        for (FieldDescriptor secret : secrets()) {
            options.add(Options.value(
                            option(secret),
                            "FILE",
                            "Write it to this new file, which only you can read, not to standard output. "
                                    + context.api().comment(secret))
                    .build());
        }
        return options;
    }

    /** Where a cloud has zones of what is made, one of them may be chosen. */
    private List<OptionSpec> zoneOption() {
        return method.getService()
                        .getOptions()
                        .getExtension(Rest.resource)
                        .getZone()
                        .isEmpty()
                ? List.of()
                : List.of(Options.value(ZONE, "ZONE", "Availability zone to be in. Default: as the cloud chooses.")
                        .build());
    }

    @Override
    Location location(ConnectionOptions connection) {
        return given.text(ZONE)
                .map(zone -> connection.location().toBuilder().setZone(zone).build())
                .orElseGet(connection::location);
    }

    @Override
    void addGroups() {
        OutputOptions.addToOne(command);
    }

    @Override
    int run(Client client, ConnectionOptions connection) {
        OutputOptions output = new OutputOptions(command, context.environment());
        Format format = output.format(Format.CSV);
        DynamicMessage.Builder request = request(connection);
        FieldDescriptor name = method.getInputType().findFieldByNumber(Fields.NAME);
        if (name != null) {
            request.setField(name, given.argument());
        } else {
            given.argument(0)
                    .ifPresent(of -> request.setField(method.getInputType().findFieldByNumber(Fields.OWN), of));
        }
        given.text("--request-id")
                .ifPresent(id -> request.setField(method.getInputType().findFieldByNumber(Fields.REQUEST_ID), id));
        fillWait(request);
        // Made before the call: a secret that comes only once must not meet a full disk or a missing folder.
        List<Kept> kept =
                secrets().stream().map(this::keep).flatMap(Optional::stream).toList();
        DynamicMessage answer;
        try {
            answer = called(client, request.build(), name == null ? "" : given.argument());
        } catch (RuntimeException e) {
            kept.forEach(each -> each.file().discard());
            throw e;
        }
        return print(
                answer,
                kept,
                () -> new OneResource(this, output)
                        .text(answered(answer), chosen(answer), format, new NameIndex(context, client, connection)));
    }

    private int print(Message answer, List<Kept> kept, java.util.function.Supplier<String> resource) {
        int code = ExitCode.OK;
        boolean printed = false;
        for (FieldDescriptor secret : secrets()) {
            String text = (String) answer.getField(secret);
            Optional<SecretFile> file = kept.stream()
                    .filter(each -> each.secret().equals(secret))
                    .map(Kept::file)
                    .findFirst();
            if (file.isPresent() && text.isEmpty()) {
                file.get().discard();
                warn("Error: the " + noun.name() + " is there, but the cloud sent no "
                        + secret.getName().replace('_', ' ') + " to write.");
                code = ExitCode.FAILED;
            } else if (file.isPresent()) {
                file.get().write(text);
            } else if (!text.isEmpty()) {
                print(text.endsWith("\n") ? text : text + "\n");
                printed = true;
            }
        }
        if (!printed) {
            print(resource.get());
        }
        return code;
    }

    private record Kept(FieldDescriptor secret, SecretFile file) {}

    private Optional<Kept> keep(FieldDescriptor secret) {
        return given.text(option(secret))
                .map(file -> new Kept(secret, SecretFile.create(command, option(secret), Path.of(file))));
    }

    /** What stands in the answer once, and nowhere else ever, and is a thing of its own: a private key. */
    private List<FieldDescriptor> secrets() {
        return told().filter(secret -> !isChoice(secret)).toList();
    }

    /** What the cloud chose because the caller did not, as columns: a password. What he chose himself is not shown again. */
    private List<Column> chosen(Message answer) {
        return told().filter(this::isChoice)
                .filter(secret -> given.text(option(secret)).isEmpty() && !((String) answer.getField(secret)).isEmpty())
                .map(secret -> new Column(
                        secret.getOptions().getExtension(Rest.field).getJson(),
                        FieldPath.WHOLE,
                        (_, _) -> Cell.of(Value.text((String) answer.getField(secret)))))
                .toList();
    }

    private Stream<FieldDescriptor> told() {
        return method.getOutputType().getFields().stream()
                .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.STRING
                        && field.getOptions().getExtension(Rest.field).getSecret());
    }

    private boolean isChoice(FieldDescriptor secret) {
        return input.findFieldByName(secret.getName()) != null;
    }

    private static String option(FieldDescriptor secret) {
        return "--" + secret.getName().replace('_', '-');
    }
}
