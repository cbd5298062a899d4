package org.openstack.oaktree.app.contract;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openstack.oaktree.Oaktree;
import org.openstack.oaktree.RpcService;
import org.openstack.oaktree.config.CloudsConfiguration;
import org.openstack.oaktree.config.ConfigEnvironment;
import org.openstack.oaktree.resource.Api;
import org.openstack.oaktree.server.OaktreeServer;
import org.openstack.oaktree.server.ServerOptions;
import org.openstack.oaktree.server.access.ListenAddress;
import org.openstack.oaktree.server.legacy.LegacyService;

/** An oaktree that serves the clouds of a file, with a client; every request that it sends to a cloud is counted. */
final class Served implements AutoCloseable {
    private final Oaktree oaktree;
    private final OaktreeServer server;
    private final Client client;
    private final Map<String, Integer> upstream = new TreeMap<>();

    Served(Path cloudsYaml, Path folder) throws IOException {
        this(Api.load(), cloudsYaml, folder);
    }

    Served(Api api, Path cloudsYaml, Path folder) throws IOException {
        ConfigEnvironment environment = new ConfigEnvironment(
                Map.of("OS_CLIENT_CONFIG_FILE", cloudsYaml.toString(), "HOME", folder.toString()),
                folder,
                folder,
                List.of());
        oaktree = Oaktree.open(
                api,
                CloudsConfiguration.load(environment),
                (cloud, region, service, httpMethod, operation, status, duration) ->
                        count(service + " " + httpMethod + " " + operation));
        List<RpcService> services = new ArrayList<>(oaktree.services());
        services.add(LegacyService.over(oaktree.services()));
        Path token = folder.resolve("token");
        server = OaktreeServer.start(
                new ServerOptions(
                        ListenAddress.parse("127.0.0.1:0"), ListenAddress.loopback("127.0.0.1:0"), Optional.of(token)),
                services,
                new PrometheusRegistry());
        int port = ((ListenAddress.Loopback) server.address()).address().getPort();
        client = new Client(port, Files.readString(token).strip());
    }

    private synchronized void count(String request) {
        upstream.merge(request, 1, Integer::sum);
    }

    /** What was sent to clouds since this was asked the last time. */
    synchronized Map<String, Integer> upstream() {
        Map<String, Integer> counts = new TreeMap<>(upstream);
        upstream.clear();
        return counts;
    }

    Client client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        server.close();
        oaktree.close();
    }
}
