package org.openstack.oaktree.cli;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openstack.oaktree.cli.client.Client;
import org.openstack.oaktree.v1.Location;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A command that calls one method of the API. */
abstract class ResourceCommand implements Callable<Integer> {
    final Context context;
    final Noun noun;
    final MethodDescriptor method;
    /** What says what is wanted: the request, or the first message of a stream of them. */
    final Descriptor input;

    final CommandSpec command;
    final Given given;
    final Columns columns;
    final RequestOptions own;

    ResourceCommand(Context context, Noun noun, Verb verb) {
        this(context, noun, verb, 0);
    }

    /** {@code argument}: number of the request's own field that the command takes as an argument. */
    ResourceCommand(Context context, Noun noun, Verb verb, int argument) {
        this.context = context;
        this.noun = noun;
        this.method = noun.method(verb);
        this.input = input(method);
        this.command = CommandSpec.wrapWithoutInspection(this);
        this.given = new Given(command);
        ColumnTable.Section section = context.table().section(noun.name());
        this.columns = new Columns(noun.resource(), section);
        this.own = new RequestOptions(command, input, section, argument);
        command.usageMessage()
                .description(Options.description(context.api().comment(method)))
                .abbreviateSynopsis(true);
    }

    /** The request, or what the first message of a stream of them says. */
    static Descriptor input(MethodDescriptor method) {
        return method.isClientStreaming() ? UploadCommand.spec(method.getInputType()) : method.getInputType();
    }

    /** The command with its options. */
    final CommandSpec spec() {
        List<OptionSpec> options = new ArrayList<>(options());
        options.addAll(own.options(context.api()));
        options.forEach(command::addOption);
        command.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Print this.")
                .build());
        addGroups();
        ConnectionOptions.addTo(command);
        command.usageMessage().exitCodeListHeading("Exit codes:%n").exitCodeList(ExitCode.list());
        return command;
    }

    @Override
    public final Integer call() {
        ConnectionOptions connection = new ConnectionOptions(command, context.environment());
        try (Client client = connection.connect(context.connector())) {
            return run(client, connection);
        }
    }

    /** What is particular to the verb. */
    abstract List<OptionSpec> options();

    /** Adds options that stand under a heading of their own. */
    abstract void addGroups();

    /** Does it; returns the exit code. */
    abstract int run(Client client, ConnectionOptions connection);

    /** The field of the request that names what it is about. */
    final FieldDescriptor subject() {
        return input.findFieldByNumber(Fields.RESOURCE);
    }

    /** Where the request is about. */
    Location location(ConnectionOptions connection) {
        return connection.location();
    }

    /** A request with location and the options of its own fields. */
    final DynamicMessage.Builder request(ConnectionOptions connection) {
        Descriptor type = input;
        DynamicMessage.Builder request = DynamicMessage.newBuilder(type);
        FieldDescriptor location = type.findFieldByNumber(Fields.LOCATION);
        if (location != null) {
            request.setField(location, RequestOptions.convert(location.getMessageType(), location(connection)));
        }
        own.fill(request);
        return request;
    }

    /** The option, if the request has the field that it fills. */
    final List<OptionSpec> ifThere(int field, OptionSpec.Builder option) {
        return input.findFieldByNumber(field) == null ? List.of() : List.of(option.build());
    }

    final void fillDuration(DynamicMessage.Builder request, int number, String option) {
        given.text(option).ifPresent(text -> {
            FieldDescriptor field = input.findFieldByNumber(number);
            java.time.Duration span = Durations.parse(command, option, text);
            Duration duration = Duration.newBuilder()
                    .setSeconds(span.getSeconds())
                    .setNanos(span.getNano())
                    .build();
            request.setField(field, RequestOptions.convert(field.getMessageType(), duration));
        });
    }

    final void fillWait(DynamicMessage.Builder request) {
        if (given.flag("--wait")) {
            request.setField(input.findFieldByNumber(Fields.WAIT), true);
        }
        fillDuration(request, Fields.TIMEOUT, "--wait-timeout");
    }

    /** Calls the method; while it waits for the cloud a terminal shows for how long. */
    final DynamicMessage called(Client client, Message request, String name) {
        if (!given.flag("--wait")) {
            return client.call(method, request);
        }
        try (LiveLine line = new LiveLine(context.environment(), ("Waiting for " + noun.name() + " " + name).strip())) {
            return client.call(method, request);
        }
    }

    final List<OptionSpec> waitOptions() {
        List<OptionSpec> options = new ArrayList<>(ifThere(
                Fields.WAIT, Options.flag("--wait", "Return when it is finished, not when the cloud accepted it.")));
        options.addAll(ifThere(
                Fields.TIMEOUT,
                Options.value("--wait-timeout", "DURATION", "Longest time to wait, for example 90s or 2m.")));
        return options;
    }

    final List<OptionSpec> maxAgeOption() {
        return ifThere(
                Fields.MAX_AGE,
                Options.value(
                        "--max-age",
                        "DURATION",
                        "Oldest answer wanted, for example 30s or 5m; 0: fresh. Default: as oaktree is configured."));
    }

    final Message answered(Message answer) {
        return (Message) answer.getField(answer.getDescriptorForType().findFieldByNumber(Fields.ANSWERED));
    }

    final void print(String text) {
        new Output(context.environment().out()).print(text);
    }

    final void warn(String text) {
        context.environment().err().println(text);
    }
}
