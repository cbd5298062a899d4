package org.openstack.oaktree.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.rpc.ErrorInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openstack.oaktree.json.JsonTree;
import org.openstack.oaktree.resource.Api;

/** What somebody finds out about an oaktree, and has from it, with nothing but grpcurl. */
final class GrpcurlCases {
    private static final List<String> BESIDE_TODAYS = List.of(
            "oaktree.Oaktree",
            "grpc.health.v1.Health",
            "grpc.reflection.v1.ServerReflection",
            "grpc.reflection.v1alpha.ServerReflection");
    private static final String LIST_SERVERS = "oaktree.compute.v1.Servers/ListServers";

    private final Shell shell;
    private final RunningProgram server;
    private final String grpcurl = Grpcurl.folder().resolve("grpcurl").toString();
    private final String authorization;

    GrpcurlCases(Shell shell, RunningProgram server) throws IOException, InterruptedException {
        this.shell = shell;
        this.server = server;
        authorization = "authorization: Bearer "
                + Files.readString(Path.of(server.tokenFile())).strip();
    }

    /** Neither what there is nor what it says is told without the token. */
    void withoutToken() throws IOException, InterruptedException {
        Shell.Finished list = shell.run(grpcurl, "-plaintext", server.address(), "list");
        assertThat(list.out()).isEmpty();
        assertThat(list.err()).contains("Unauthenticated");
        assertThat(list.status()).isNotZero();

        Shell.Finished call =
                shell.run(grpcurl, "-plaintext", "-reflect-header", authorization, server.address(), LIST_SERVERS);
        assertThat(call.out()).isEmpty();
        assertThat(call.err()).contains("Code: Unauthenticated");
        // Without the token grpcurl cannot ask what the detail is, and shows its bytes.
        Matcher detail = Pattern.compile("\"@value\": \"([^\"]+)\"").matcher(call.err());
        assertThat(detail.find()).as(call.err()).isTrue();
        ErrorInfo info = ErrorInfo.parseFrom(Base64.getDecoder().decode(detail.group(1)));
        assertThat(info.getReason()).isEqualTo("TOKEN_MISSING");
        assertThat(call.status()).isNotZero();
    }

    /** Every service is listed; how many. */
    int services() throws IOException, InterruptedException {
        List<String> expected = new ArrayList<>(BESIDE_TODAYS);
        for (ServiceDescriptor service : Api.load().services()) {
            expected.add(service.getFullName());
        }
        List<String> listed = withToken(server.address(), "list").lines().toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(expected);
        return listed.size();
    }

    /** The names of the servers as ListServers answers them. */
    List<String> servers() throws IOException, InterruptedException {
        return names(withToken(server.address(), LIST_SERVERS), "servers");
    }

    /** The names of the flavors as the API of 2016 answers them. */
    List<String> flavorsOf2016() throws IOException, InterruptedException {
        return names(withToken(server.address(), "oaktree.Oaktree/ListFlavors"), "flavors");
    }

    private String withToken(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(grpcurl, "-plaintext", "-H", authorization));
        command.addAll(List.of(arguments));
        return shell.run(command.toArray(String[]::new)).well().out();
    }

    private static List<String> names(String json, String member) {
        Object answer = JsonTree.read(json.getBytes(StandardCharsets.UTF_8));
        Object resources =
                answer instanceof Map<?, ?> object && object.get(member) != null ? object.get(member) : List.of();
        return ((List<?>) resources)
                .stream()
                        .map(resource -> String.valueOf(((Map<?, ?>) resource).get("name")))
                        .toList();
    }
}
