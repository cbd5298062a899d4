package org.openstack.oaktree.simcloud.nova;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openstack.oaktree.simcloud.http.Microversion;
import org.openstack.oaktree.simcloud.json.Schema;
import org.openstack.oaktree.simcloud.world.Ids;

/** What the bodies of requests about servers may hold. */
final class ServerSchema {
    private static final int MAX_TEXT = 255;
    private static final String IPV4 = "[0-9]{1,3}(\\.[0-9]{1,3}){3}";
    private static final String IPV6 = "[0-9a-fA-F:.]*:[0-9a-fA-F:.]*";

    private ServerSchema() {}

    static Schema create(Microversion version) {
        Schema.ObjectSchema server = Schema.object()
                .must("name", Schema.text(1, MAX_TEXT))
                .must("flavorRef", Schema.any())
                .may("imageRef", imageRef())
                .may("adminPass", Schema.text(0, 1024))
                .may("metadata", Schema.texts(MAX_TEXT))
                .may("OS-DCF:diskConfig", Schema.oneOf("AUTO", "MANUAL"))
                .may("accessIPv4", Schema.matching(IPV4))
                .may("accessIPv6", Schema.matching(IPV6))
                .may("availability_zone", Schema.text(0, MAX_TEXT).orNull())
                .may("block_device_mapping", Schema.listOf(Schema.object().open()))
                .may("block_device_mapping_v2", Schema.listOf(Schema.object().open()))
                .may("config_drive", Schema.flag())
                .may("min_count", Schema.integer(1, Integer.MAX_VALUE))
                .may("max_count", Schema.integer(1, Integer.MAX_VALUE))
                .may("return_reservation_id", Schema.flag())
                .may("key_name", Schema.text(1, MAX_TEXT).orNull())
                .may(
                        "security_groups",
                        Schema.listOf(Schema.object()
                                .may("name", Schema.text(1, MAX_TEXT))
                                .open()))
                .may("user_data", Schema.text(0, 65_535).orNull());
        addNewer(version, server);
        Schema hints = hints();
        return Schema.object()
                .must("server", server)
                .may("os:scheduler_hints", hints)
                .may("OS-SCH-HNT:scheduler_hints", hints);
    }

    private static void addNewer(Microversion version, Schema.ObjectSchema server) {
        Schema networks = (field, value) -> {
            if (!"auto".equals(value) && !"none".equals(value)) {
                Schema.listOf(network(version)).check(field, value);
            }
        };
        if (version.has(37)) {
            server.must("networks", networks);
        } else {
            server.may("networks", networks);
        }
        if (version.has(19)) {
            server.may("description", Schema.text(0, MAX_TEXT).orNull());
        }
        if (version.has(52)) {
            server.may("tags", Schema.listOf(Schema.text(1, 60)));
        }
        if (version.has(63)) {
            server.may("trusted_image_certificates", Schema.any());
        }
        if (version.has(90)) {
            server.may("hostname", Schema.text(1, MAX_TEXT));
        }
        if (!version.has(57)) {
            server.may("personality", Schema.any());
        }
    }

    /** One interface. */
    private static Schema network(Microversion version) {
        Schema.ObjectSchema network = Schema.object()
                .may("uuid", uuid())
                .may("port", uuid().orNull())
                .may("fixed_ip", Schema.matching("^(" + IPV4 + "|" + IPV6 + ")$"));
        boolean hasTags = version.has(42) || (version.has(32) && !version.has(37));
        return hasTags ? network.may("tag", Schema.matching("^[^,/]{1,60}$")) : network;
    }

    /** Those of the scheduler's own filters; others are taken, too. */
    private static Schema hints() {
        Schema servers = Schema.where(
                value -> value instanceof List<?> list ? list.stream().allMatch(ServerSchema::isUuid) : isUuid(value));
        return Schema.object()
                .may("group", uuid())
                .may("different_host", servers)
                .may("same_host", servers)
                .open();
    }

    private static Schema uuid() {
        return Schema.where(ServerSchema::isUuid);
    }

    private static boolean isUuid(@Nullable Object value) {
        return value instanceof String text && Ids.isUuid(text);
    }

    /** A UUID, or nothing at all for a server that boots from a volume. */
    private static Schema imageRef() {
        return Schema.where(value -> value instanceof String text && (text.isEmpty() || Ids.isUuid(text)));
    }

    static Schema update(Microversion version) {
        Schema.ObjectSchema server = Schema.object()
                .may("name", Schema.text(1, MAX_TEXT))
                .may("OS-DCF:diskConfig", Schema.oneOf("AUTO", "MANUAL"))
                .may("accessIPv4", Schema.matching(IPV4))
                .may("accessIPv6", Schema.matching(IPV6));
        if (version.has(19)) {
            server.may("description", Schema.text(0, MAX_TEXT).orNull());
        }
        if (version.has(90)) {
            server.may("hostname", Schema.text(1, MAX_TEXT));
        }
        return Schema.object().must("server", server);
    }
}
