package org.openstack.oaktree.resource.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openstack.oaktree.compute.v1.Flavor;
import org.openstack.oaktree.compute.v1.Server;
import org.openstack.oaktree.compute.v1.ServerStatus;
import org.openstack.oaktree.json.JsonTree;

class MessageReaderTest {
    private static <M extends Message> M read(M type, String json) {
        return read(type, List.of(), json);
    }

    @SuppressWarnings("unchecked")
    private static <M extends Message> M read(M type, List<String> silent, String json) {
        MessageReader reader = new MessageReader(
                type, name -> name.equals(type.getDescriptorForType().getFullName()) ? silent : List.of(), List.of());
        Message.Builder builder = type.newBuilderForType();
        try (var parser = JsonTree.parser(json.getBytes(StandardCharsets.UTF_8))) {
            parser.nextToken();
            reader.read(parser, builder, new Captured(0));
        }
        return (M) builder.build();
    }

    private static Flavor flavor(String json) {
        return read(Flavor.getDefaultInstance(), json);
    }

    @Test
    void numbersAndBooleansMayBeText() {
        Flavor flavor = flavor("{\"ram\": \"512\", \"OS-FLV-DISABLED:disabled\": \"True\"}");
        assertThat(flavor.getRamMib()).isEqualTo(512);
        assertThat(flavor.getIsDisabled()).isTrue();
        assertThat(flavor.hasProperties()).isFalse();
    }

    @Test
    void emptyTextAndNullLeaveTheFieldUnset() {
        Flavor flavor = flavor("{\"swap\": \"\", \"description\": null, \"os-flavor-access:is_public\": null}");
        assertThat(flavor).isEqualTo(Flavor.getDefaultInstance());
    }

    @Test
    void whatDoesNotFitItsFieldIsKeptInProperties() {
        Flavor flavor = flavor("{\"ram\": 99999999999, \"vcpus\": [2], \"disk\": {\"a\": 1}, \"name\": \"n\"}");
        assertThat(flavor.getRamMib()).isZero();
        assertThat(flavor.getProperties().getFieldsMap()).containsOnlyKeys("ram", "disk");
        assertThat(flavor.getVcpus()).isEqualTo(2);
    }

    @Test
    void aNumberThatIsReadAsTextIsNoLongerThanTheCloudWroteItWhenItIsHuge() {
        assertThat(flavor("{\"name\": 1.5e3}").getName()).isEqualTo("1500");
        assertThat(flavor("{\"name\": 1e99999999}").getName()).isEqualTo("1E+99999999");
        assertThat(flavor("{\"name\": 1e-99999999}").getName()).isEqualTo("1E-99999999");
    }

    @Test
    void ofSeveralElementsForOneFieldTheFirstIsReadAndAllAreKept() {
        Flavor flavor = flavor("{\"vcpus\": [2, 3]}");
        assertThat(flavor.getVcpus()).isEqualTo(2);
        assertThat(flavor.getProperties().getFieldsMap()).containsOnlyKeys("vcpus");
    }

    @Test
    void thePreferredAlternativeWinsWhateverTheOrder() {
        String preferred = "\"os-flavor-access:is_public\": true";
        String other = "\"is_public\": false";
        assertThat(flavor("{" + preferred + "," + other + "}").getIsPublic()).isTrue();
        assertThat(flavor("{" + other + "," + preferred + "}").getIsPublic()).isTrue();
        assertThat(flavor("{" + other + "}").getIsPublic()).isFalse();
        assertThat(flavor("{" + other + "}").hasIsPublic()).isTrue();
    }

    @Test
    void anAlternativeThatIsThereButNullYieldsToTheOther() {
        Flavor flavor = flavor("{\"is_public\": true, \"os-flavor-access:is_public\": null}");
        assertThat(flavor.getIsPublic()).isTrue();
    }

    @Test
    void unknownMembersAreKeptWhole() {
        Flavor flavor = flavor("{\"x:y\": {\"a\": [1, null, \"t\"]}, \"z\": null}");
        Struct properties = flavor.getProperties();
        assertThat(properties
                        .getFieldsOrThrow("x:y")
                        .getStructValue()
                        .getFieldsOrThrow("a")
                        .getListValue()
                        .getValuesCount())
                .isEqualTo(3);
        assertThat(properties.getFieldsOrThrow("z").getKindCase()).isEqualTo(Value.KindCase.NULL_VALUE);
    }

    @Test
    void integersThatADoubleCannotHoldBecomeText() {
        Struct properties = flavor("{\"big\": 9007199254740993, \"fits\": 9007199254740992}")
                .getProperties();
        assertThat(properties.getFieldsOrThrow("big").getStringValue()).isEqualTo("9007199254740993");
        assertThat(properties.getFieldsOrThrow("fits").getNumberValue()).isEqualTo(9007199254740992.0);
    }

    @Test
    void aStateThatNobodyKnowsIsUnspecifiedAndItsTextStays() {
        Server server = read(Server.getDefaultInstance(), "{\"status\": \"DREAMING\"}");
        assertThat(server.getStatus()).isEqualTo(ServerStatus.SERVER_STATUS_UNSPECIFIED);
        assertThat(server.getStatusText()).isEqualTo("DREAMING");
        assertThat(server.hasProperties()).isFalse();
    }

    @Test
    void addressesKnowTheirNetwork() {
        Server server = read(Server.getDefaultInstance(), """
                {"addresses": {"a": [{"addr": "192.0.2.1", "version": 4, "OS-EXT-IPS:type": "fixed"}], "b": []}}
                """);
        assertThat(server.getAddresses(0).getNetworkName()).isEqualTo("a");
        assertThat(server.getAddresses(0).getAddress()).isEqualTo("192.0.2.1");
        assertThat(server.hasProperties()).isFalse();
    }

    @Test
    void aMemberThatIsReadInPartIsKeptWhole() {
        Server server = read(
                Server.getDefaultInstance(),
                List.of("image.links"),
                "{\"image\": {\"id\": \"i\", \"links\": [], \"more\": 1}}");
        assertThat(server.getImageId()).isEqualTo("i");
        assertThat(server.getProperties().getFieldsMap()).containsOnlyKeys("image");
        Server silent = read(
                Server.getDefaultInstance(), List.of("image.links"), "{\"image\": {\"id\": \"i\", \"links\": [1]}}");
        assertThat(silent.hasProperties()).isFalse();
    }

    @Test
    void bootFromVolumeHasNoImage() {
        Server server = read(Server.getDefaultInstance(), "{\"image\": \"\"}");
        assertThat(server).isEqualTo(Server.getDefaultInstance());
    }

    @Test
    void timesWithoutZoneAreUtcAndOthersAreConverted() {
        Server server = read(
                Server.getDefaultInstance(),
                "{\"created\": \"2026-01-02T03:04:05Z\", \"updated\": \"2026-01-02T03:04:05.5\","
                        + " \"OS-SRV-USG:launched_at\": \"2026-01-02T05:04:05+02:00\", \"OS-SRV-USG:terminated_at\": \"soon\"}");
        assertThat(Times.text(server.getCreatedAt())).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(Times.text(server.getUpdatedAt())).isEqualTo("2026-01-02T03:04:05.500Z");
        assertThat(Times.text(server.getLaunchedAt())).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(server.getProperties().getFieldsMap()).containsOnlyKeys("OS-SRV-USG:terminated_at");
    }
}
