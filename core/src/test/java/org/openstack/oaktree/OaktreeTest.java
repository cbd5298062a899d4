package org.openstack.oaktree;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.config.ConfigEnvironment;
import org.openstack.oaktree.rest.v1.Rest;

class OaktreeTest {
    private static final List<String> VERBS = List.of("List", "Get", "Create", "Update", "Delete");

    private static final Map<String, String> ABSENT = Map.of(
            "Keypairs Update", "the cloud cannot change one",
            "AvailabilityZones Get", "the cloud tells the list only",
            "AvailabilityZones Create", "the deployer's",
            "AvailabilityZones Update", "the deployer's",
            "AvailabilityZones Delete", "the deployer's",
            "Clouds Get", "ListClouds tells all of them",
            "Clouds Create", "the configuration's",
            "Clouds Update", "the configuration's",
            "Clouds Delete", "the configuration's",
            "SecurityGroupRules Update", "the cloud cannot change one");

    /** Every declared call is answered, by the engine or by a class; the table shows by which. */
    @Test
    void everyCallIsAnswered(@TempDir Path empty) {
        ConfigEnvironment nothing = new ConfigEnvironment(Map.of(), empty, empty, List.of());
        try (Oaktree oaktree = Oaktree.open(
                CloudsConfiguration.load(nothing),
                (cloud, region, service, httpMethod, operation, status, duration) -> {})) {
            for (RpcService service : oaktree.services()) {
                assertThat(service.methods()).hasSameSizeAs(service.descriptor().getMethods());
                System.out.println("table: " + row(service));
            }
        }
    }

    /** Why the API has no such call; "not declared yet" is the only reason that time will change. */
    private static String why(ServiceDescriptor service, String verb) {
        return service.getOptions().getExtension(Rest.resource).getSingle()
                ? "each project has exactly one, which the cloud makes"
                : ABSENT.getOrDefault(service.getName() + " " + verb, "not declared yet");
    }

    private static String row(RpcService service) {
        List<String> cells = new ArrayList<>();
        for (String verb : VERBS) {
            cells.add(verb + " "
                    + service.methods().stream()
                            .filter(method -> method.descriptor().getName().startsWith(verb))
                            .map(method ->
                                    method.getClass().getSimpleName().equals("ClassMethod") ? "class" : "regular")
                            .findFirst()
                            .orElse("absent (" + why(service.descriptor(), verb) + ")"));
        }
        return service.descriptor().getFullName() + ": " + String.join(", ", cells);
    }
}
