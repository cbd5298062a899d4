package org.openstack.oaktree.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:50051, dns:///127.0.0.1:50051, LOCAL",
        "127.9.9.9:1, dns:///127.9.9.9:1, LOCAL",
        "localhost:50051, dns:///localhost:50051, LOCAL",
        "[::1]:50051, dns:///[::1]:50051, LOCAL",
        "unix:/run/user/1/oaktree.sock, unix:/run/user/1/oaktree.sock, LOCAL",
        "https://oaktree.example:443, dns:///oaktree.example:443, TLS",
        "https://oaktree.example:443/, dns:///oaktree.example:443, TLS",
        "https://127.0.0.1:443, dns:///127.0.0.1:443, TLS",
        "oaktree.example:50051, dns:///oaktree.example:50051, NONE",
        "127.0.0.1.example:50051, dns:///127.0.0.1.example:50051, NONE",
        "0.0.0.0:50051, dns:///0.0.0.0:50051, NONE",
        "192.0.2.1:50051, dns:///192.0.2.1:50051, NONE"
    })
    void reads(String text, String target, Address.Security security) {
        assertThat(Address.parse(text)).isEqualTo(new Address(text, target, security));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                ":50051",
                "unix:",
                "http://localhost:1",
                "https://",
                "a b:1",
                "localhost:x",
                "u@h:1"
            })
    void refuses(String text) {
        assertThatThrownBy(() -> Address.parse(text)).hasMessageContaining("is no address");
    }
}
