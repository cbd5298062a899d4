package org.openstack.oaktree.server.legacy;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.openstack.oaktree.RpcMethod;
import org.openstack.oaktree.RpcResponse;
import org.openstack.oaktree.RpcService;
import org.openstack.oaktree.compute.v1.Flavor;
import org.openstack.oaktree.image.v1.Image;
import org.openstack.oaktree.legacy.Filter;
import org.openstack.oaktree.legacy.FlavorList;
import org.openstack.oaktree.legacy.FloatingIP;
import org.openstack.oaktree.legacy.FloatingIPList;
import org.openstack.oaktree.legacy.ImageList;
import org.openstack.oaktree.legacy.OaktreeOuterClass;
import org.openstack.oaktree.legacy.SecurityGroupList;
import org.openstack.oaktree.legacy.SecurityGroupRuleList;
import org.openstack.oaktree.network.v1.FloatingIp;
import org.openstack.oaktree.network.v1.SecurityGroup;
import org.openstack.oaktree.network.v1.SecurityGroupRule;

/**
 * Serves {@code oaktree.Oaktree}. Every call lists what the service of today has, turns it into the messages of 2016, and filters those: so
 * filters speak the names that old clients know. {@code GetX} is the one match.
 */
public final class LegacyService {
    private static final ServiceDescriptor SERVICE =
            OaktreeOuterClass.getDescriptor().findServiceByName("Oaktree");

    private final List<RpcService> today;
    private final List<RpcMethod> methods = new ArrayList<>();

    private LegacyService(List<RpcService> today) {
        this.today = today;
    }

    /**
     * The service, over others.
     *
     * @param today the lists of flavors, images, floating IPs, security groups and their rules must be among them
     */
    public static RpcService over(List<RpcService> today) {
        LegacyService legacy = new LegacyService(today);
        legacy.serve(
                "Flavor",
                new LegacyListing<>(
                        legacy.list("oaktree.compute.v1.Flavors"),
                        Flavor.class,
                        Translation::flavor,
                        org.openstack.oaktree.legacy.Flavor.getDescriptor()),
                flavors -> FlavorList.newBuilder().addAllFlavors(flavors).build());
        legacy.serve(
                "FloatingIP",
                new LegacyListing<>(
                        legacy.list("oaktree.network.v1.FloatingIps"),
                        FloatingIp.class,
                        Translation::floatingIp,
                        FloatingIP.getDescriptor()),
                ips -> FloatingIPList.newBuilder().addAllFloatingIps(ips).build());
        legacy.serve(
                "Image",
                new LegacyListing<>(
                        legacy.list("oaktree.image.v1.Images"),
                        Image.class,
                        Translation::image,
                        org.openstack.oaktree.legacy.Image.getDescriptor()),
                images -> ImageList.newBuilder().addAllImages(images).build());
        legacy.serve(
                "SecurityGroup",
                new LegacyListing<>(
                        legacy.list("oaktree.network.v1.SecurityGroups"),
                        SecurityGroup.class,
                        Translation::securityGroup,
                        org.openstack.oaktree.legacy.SecurityGroup.getDescriptor()),
                groups -> SecurityGroupList.newBuilder()
                        .addAllSecurityGroups(groups)
                        .build());
        legacy.serve(
                "SecurityGroupRule",
                new LegacyListing<>(
                        legacy.list("oaktree.network.v1.SecurityGroupRules"),
                        SecurityGroupRule.class,
                        Translation::securityGroupRule,
                        org.openstack.oaktree.legacy.SecurityGroupRule.getDescriptor()),
                rules -> SecurityGroupRuleList.newBuilder().addAllRules(rules).build());
        return new RpcService(SERVICE, legacy.methods);
    }

    private RpcMethod list(String service) {
        return today.stream()
                .filter(candidate -> candidate.descriptor().getFullName().equals(service))
                .flatMap(found -> found.methods().stream())
                .filter(method -> method.descriptor().getName().startsWith("List"))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("there is no " + service + " to serve the API of 2016 from"));
    }

    private <L extends Message> void serve(
            String noun, LegacyListing<?, L> listing, Function<List<L>, Message> inList) {
        methods.add(new Method(SERVICE.findMethodByName("Get" + noun), listing::one));
        methods.add(
                new Method(SERVICE.findMethodByName("List" + noun + "s"), filter -> inList.apply(listing.all(filter))));
    }

    private record Method(MethodDescriptor descriptor, Function<Filter, Message> answer) implements RpcMethod {
        @Override
        public void invoke(Message request, Consumer<? super RpcResponse> responses) {
            responses.accept(RpcResponse.of(answer.apply((Filter) request)));
        }
    }
}
