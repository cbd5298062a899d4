package org.openstack.oaktree;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openstack.oaktree.compute.v1.CreateServerRequest;
import org.openstack.oaktree.resource.Api;

/** What shade did wrong in parts that oaktree does not have. A part that comes fails its case here, and then needs one on a cloud. */
class PartsNotThereTest {
    private static Stream<String> calls() {
        return Api.load().services().stream()
                .flatMap(service -> service.getMethods().stream())
                .map(method -> method.getName());
    }

    /** [BUG] §0.2: a user was looked up by ID as if he were a list. */
    @Test
    void noCallIsAboutUsers() {
        assertThat(calls()).isNotEmpty().noneMatch(name -> name.contains("User"));
    }

    /** [BUG] §4.2: files were sent to nova by a name that it does not know. */
    @Test
    void noServerIsGivenFiles() {
        assertThat(CreateServerRequest.getDescriptor().getFields())
                .extracting(FieldDescriptor::getName)
                .contains("user_data")
                .doesNotContain("files", "personality");
    }

    /** [BUG] §6.4: a task that was to be tried again was sent as a form. [BUG] §6.6: the object that an image was made of stayed. */
    @Test
    void noImageIsMadeByATaskOrOfAnObject() {
        assertThat(calls()).contains("CreateImage").noneMatch(name -> name.contains("Task") || name.contains("Import"));
    }
}
