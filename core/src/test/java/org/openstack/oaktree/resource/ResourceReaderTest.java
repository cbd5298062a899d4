package org.openstack.oaktree.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.openstack.oaktree.rest.UnreadableAnswerException;

class ResourceReaderTest {
    /** Images stand in no envelope by which an answer could be known. */
    private final Api api = Api.load();

    private final ResourceType images = api.services().stream()
            .filter(service -> service.getFullName().equals("oaktree.image.v1.Images"))
            .map(service -> Objects.requireNonNull(ResourceType.of(api, service)))
            .findFirst()
            .orElseThrow();

    private Document single(String json) {
        return images.reader().single(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anObjectWithoutIdIsNoResource() {
        assertThat(single("{\"id\": \"42\", \"name\": \"tiny\"}").resource())
                .extracting(images::id)
                .isEqualTo("42");
        assertThatThrownBy(() -> single("{\"other\": []}")).isInstanceOf(UnreadableAnswerException.class);
    }
}
