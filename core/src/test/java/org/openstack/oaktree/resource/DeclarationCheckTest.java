package org.openstack.oaktree.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.TextFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openstack.oaktree.Oaktree;
import org.openstack.oaktree.compute.v1.Keypair;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.config.ConfigEnvironment;
import org.openstack.oaktree.rest.v1.Rest;

/** The declaration of keypairs under another name, with something in it that the engine does not do: it does not start. */
class DeclarationCheckTest {
    private static final String OPTION = "[oaktree.rest.v1.field] { ";

    @TempDir
    private Path folder;

    private String keypairs() {
        return TextFormat.printer()
                .printToString(Keypair.getDescriptor().getFile().toProto())
                .replaceAll("\\s+", " ")
                .replace("oaktree.compute.v1", "oaktree.other.v1")
                .replace("oaktree/compute/v1", "oaktree/other/v1");
    }

    private void start(String file) throws IOException {
        ExtensionRegistry options = ExtensionRegistry.newInstance();
        Rest.registerAllExtensions(options);
        FileDescriptorProto.Builder proto = FileDescriptorProto.newBuilder();
        TextFormat.getParser().merge(file, options, proto);
        byte[] set = FileDescriptorSet.newBuilder().addFile(proto).build().toByteArray();
        CloudsConfiguration none = CloudsConfiguration.load(new ConfigEnvironment(Map.of(), folder, folder, List.of()));
        Oaktree.open(
                        Api.load().with(new ByteArrayInputStream(set)),
                        none,
                        (cloud, region, service, method, operation, status, took) -> {})
                .close();
    }

    /** The message with that option on its field. */
    private static String withOption(String file, String message, String field, String option) {
        int at = file.indexOf("message_type { name: \"" + message + "\"");
        assertThat(at).as(message).isPositive();
        int begin = file.indexOf("field { name: \"" + field + "\"", at);
        assertThat(begin).as(field).isPositive();
        int next = file.indexOf(" field { name: ", begin + 1);
        int end = file.indexOf(" } message_type", begin);
        int close = file.lastIndexOf("}", next < 0 || end < next ? end : next);
        int options = file.indexOf(OPTION, begin);
        return options > 0 && options < close
                ? file.substring(0, options + OPTION.length()) + option + " "
                        + file.substring(options + OPTION.length())
                : file.substring(0, close) + "options { " + OPTION + option + " } } " + file.substring(close);
    }

    @Test
    void theDeclarationItselfStarts() throws IOException {
        start(keypairs());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            path: "/os-keypairs"  | path: "/{project}/os-keypairs"            | path
            id: "name"            | id: "fingerprint"                         | id
            id: "name"            | id: "name" update_verb: UPDATE_VERB_PUT   | update_verb
            id: "name"            | id: "name" members { path: "/m" }         | members
            id: "name"            | id: "name" seen_in: "oaktree.compute.v1.None"                          | seen_in
            id: "name"            | id: "name" part_of { field: "no" message: "oaktree.image.v1.Image" }   | part_of
            id: "name"            | id: "name" part_of { field: "name" message: "oaktree.image.v1.None" }  | part_of
            id: "name"            | id: "name" part_of { field: "name" message: "oaktree.image.v1.Image" } | shared
            """)
    void whatTheResourceSaysAndNobodyDoesIsRefused(String there, String instead, String option) {
        String file = keypairs();
        assertThat(file).contains(there);
        assertThatThrownBy(() -> start(file.replace(there, instead)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("oaktree.other.v1.Keypair")
                .hasMessageContaining("option " + option + ":");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GetKeypairRequest     | keypair    | ref: "oaktree.image.v1.Image"    | ref
            CreateKeypairRequest  | type       | ref: "oaktree.image.v1.None"     | ref
            DeleteKeypairRequest  | keypair    | query: "q"                       | query
            CreateKeypairRequest  | public_key | query: "q"                       | query
            DeleteKeypairRequest  | keypair    | outside: true                    | outside
            GetKeypairRequest     | keypair    | min_microversion: "2.1"          | min_microversion
            CreateKeypairRequest  | public_key | convert: CONVERT_PRESENCE        | convert
            CreateKeypairRequest  | public_key | clear: CLEAR_EMPTY               | clear
            CreateKeypairRequest  | public_key | key: true                        | key
            CreateKeypairRequest  | public_key | json: "a.*[]"                    | json
            CreateKeypairResponse | created    | unless: "nothing"                | unless
            """)
    void whatAFieldSaysAndNobodyDoesIsRefused(String message, String field, String says, String option) {
        String file = withOption(keypairs(), message, field, says);
        assertThatThrownBy(() -> start(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("oaktree.other.v1." + message + "." + field)
                .hasMessageContaining("option " + option + ":");
    }

    /** The declaration with a part in its Create, and an option on the part's only field. */
    private String withPart(String option) {
        String request = "message_type { name: \"CreateKeypairRequest\" ";
        String file = keypairs();
        assertThat(file).contains(request);
        return file.replace(
                request,
                "message_type { name: \"Part\" field { name: \"target\" number: 1 label: LABEL_OPTIONAL type: TYPE_STRING"
                        + " options { " + OPTION + option + " } } } } " + request
                        + "field { name: \"parts\" number: 77 label: LABEL_REPEATED type: TYPE_MESSAGE"
                        + " type_name: \".oaktree.other.v1.Part\" } ");
    }

    @Test
    void aPartMayPointToAResourceAndNeedAMicroversion() throws IOException {
        start(withPart("ref: \"oaktree.image.v1.Image\" min_microversion: \"2.1\""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ref: "oaktree.image.v1.None"  | ref
            query: "q"                    | query
            outside: true                 | outside
            key: true                     | key
            convert: CONVERT_PRESENCE     | convert
            json: "a.*[]"                 | json
            """)
    void whatAPartSaysAndNobodyDoesIsRefused(String says, String option) {
        assertThatThrownBy(() -> start(withPart(says)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("oaktree.other.v1.Part.target")
                .hasMessageContaining("option " + option + ":");
    }

    @Test
    void aMethodThatDoesNotWaitIsNotDeclaredToWait() {
        String there = "name: \"GetKeypair\" input_type: \".oaktree.other.v1.GetKeypairRequest\" output_type:"
                + " \".oaktree.other.v1.GetKeypairResponse\"";
        String file = keypairs();
        assertThat(file).contains(there);
        assertThatThrownBy(() -> start(file.replace(
                        there, there + " options { [oaktree.rest.v1.method] { wait { field: \"name\" } } }")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("option wait:");
    }
}
