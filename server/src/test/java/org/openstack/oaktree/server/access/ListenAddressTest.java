package org.openstack.oaktree.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:50051, 127.0.0.1:50051",
        "127.0.0.2:0, 127.0.0.2:0",
        "localhost:1, 127.0.0.1:1",
        "[::1]:65535, '[0:0:0:0:0:0:0:1]:65535'",
        "unix:/run/oaktree.sock, unix:/run/oaktree.sock",
    })
    void takesWhatOnlyThisMachineReaches(String text, String address) {
        assertThat(ListenAddress.parse(text)).hasToString(address);
    }

    @Test
    void makesPathsAbsolute() {
        assertThat(ListenAddress.parse("unix:o.sock").toString())
                .startsWith("unix:/")
                .endsWith("/o.sock");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:50051", "[::]:50051", "192.0.2.1:50051", "[2001:db8::1]:1", "169.254.1.1:1"})
    void refusesWhatOtherMachinesReach(String text) {
        assertThatThrownBy(() -> ListenAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other machines")
                .hasMessageContaining("127.0.0.1");
    }

    @Test
    void refusesEveryAddressOfThisMachineThatIsNotLoopback() throws Exception {
        for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(card.getInetAddresses())) {
                String host = address.getHostAddress();
                String text = (host.contains(":") ? "[" + host + "]" : host) + ":50051";
                if (address.isLoopbackAddress()) {
                    assertThat(ListenAddress.loopback(text).address().getAddress())
                            .isEqualTo(address);
                } else {
                    assertThatThrownBy(() -> ListenAddress.loopback(text)).hasMessageContaining("other machines");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "50051",
                "127.0.0.1",
                "127.0.0.1:",
                ":50051",
                "127.0.0.1:-1",
                "127.0.0.1:65536",
                "127.0.0.1:http",
                "::1:50051",
                "[]:1",
                "unix:",
                "unix:/",
                "unix:\0",
                "no such host:1"
            })
    void saysWhatAnAddressLooksLike(String text) {
        assertThatThrownBy(() -> ListenAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContainingAny("Exception", "null");
    }

    @Test
    void refusesPathsThatNoSocketCanHave() {
        assertThatThrownBy(() -> ListenAddress.parse("unix:/" + "x".repeat(200)))
                .hasMessageContaining("longer than");
    }
}
