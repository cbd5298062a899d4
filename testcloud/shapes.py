#!/usr/bin/python3
"""Makes one server of every shape that decides which of its addresses is the public, the private and the interface one.

What belongs together: the server `shape-NAME`, networks `shape-NAME`, floating IPs with the description `shape-NAME`.
Shapes that exist are left as they are. --delete removes them all, also half-made ones. Prints one line of JSON per shape.
"""
import argparse
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'lib'))
import clouds  # noqa: E402

PREFIX = 'shape-'
# Neutron tells nova of no change that carries this word (see python/oaktree_testcloud/unnoticed.py).
UNNOTICED = 'testcloud_unnoticed'
SECONDS = 180  # until a wait is given up

# name -> subnets; `routed` ones hang on the project's router, so that floating IPs reach them
NETWORKS = {
    # the addresses that shapes ask for stand outside of what neutron gives away
    'second': [{'ip_version': 4, 'cidr': '10.2.0.0/24', 'allocation_pools': [{'start': '10.2.0.100', 'end': '10.2.0.250'}], 'routed': True}],
    'dual': [{'ip_version': 4, 'cidr': '10.3.0.0/24', 'routed': True},
             {'ip_version': 6, 'cidr': '2001:db8:3::/64', 'ipv6_ra_mode': 'slaac', 'ipv6_address_mode': 'slaac'}],
    'ipv6': [{'ip_version': 6, 'cidr': '2001:db8:4::/64', 'ipv6_ra_mode': 'slaac', 'ipv6_address_mode': 'slaac'}],
    'internal': [{'ip_version': 4, 'cidr': '10.4.0.0/24', 'gateway_ip': None}],
}

# What each shape asks: `on` = networks (of the cloud, or of the table above), `floating` = of which of these ports a floating IP
# is wanted, `unnoticed` = and nova does not hear of it, `access` = what the owner sets, `stop` = SHUTOFF in the end,
# `more` = the floating IP is on an address that the port got unnoticed, after the server was made.
SHAPES = {
    'none': {'on': []},
    'one': {'on': ['private-demo']},
    'two': {'on': ['private-demo', 'second']},
    'fixed': {'on': ['second'], 'fixed': '10.2.0.77'},
    'floating': {'on': ['private-demo'], 'floating': [0]},
    'floating-second': {'on': ['private-demo', 'second'], 'floating': [1]},
    'floating-two': {'on': ['private-demo', 'second'], 'floating': [0, 1]},
    'dual': {'on': ['dual']},
    'dual-floating': {'on': ['dual'], 'floating': [0]},
    'ipv6': {'on': ['ipv6']},
    'internal': {'on': ['internal']},
    'provider': {'on': ['provider']},
    'external': {'on': ['public']},
    'external-private': {'on': ['public', 'private-demo']},
    'access': {'on': ['private-demo'], 'floating': [0], 'access': {'accessIPv4': '192.0.2.1', 'accessIPv6': '2001:db8:f::1'}},
    'late': {'on': ['private-demo', 'second'], 'floating': [1], 'unnoticed': True},
    'late-stopped': {'on': ['private-demo'], 'floating': [0], 'unnoticed': True, 'stop': True},
    'late-unlisted': {'on': ['second'], 'floating': [0], 'unnoticed': True, 'more': '10.2.0.99'},
}


def until(text, holds):
    end = time.monotonic() + SECONDS
    while True:
        found = holds()
        if found:
            return found
        if time.monotonic() > end:
            sys.exit('shapes.py: given up waiting until %s' % text)
        time.sleep(0.5)


class Shapes:
    def __init__(self, cloud):
        self.cloud, self.compute, self.network = cloud, cloud.compute, cloud.network
        self.networks = {network.name: network for network in self.network.networks()}
        self.image = cloud.image.find_image('tiny', ignore_missing=False)
        self.flavor = cloud.compute.find_flavor('m1.nano', ignore_missing=False)

    def servers(self):
        return {server.name[len(PREFIX):]: server for server in self.compute.servers() if server.name.startswith(PREFIX)}

    def make(self):
        """Whatever is missing is made. A run that was broken off is not mended: delete, then make."""
        self.make_networks()
        known = self.servers()
        missing = [name for name in SHAPES if name not in known]
        for name in missing:
            self.make_server(name)
        for name in missing:
            self.until_status(name, 'ACTIVE')
        for name in missing:
            self.finish(name)
        for name in missing:
            self.until_noticed(name)
        for name, server in sorted(self.servers().items()):
            print(json.dumps({'shape': name, 'id': server.id, 'status': server.status, 'addresses': server.addresses}))

    def make_networks(self):
        router = self.network.find_router('router-demo', ignore_missing=False)
        for name, subnets in NETWORKS.items():
            if PREFIX + name in self.networks:
                continue
            network = self.networks[PREFIX + name] = self.network.create_network(name=PREFIX + name)
            for subnet in subnets:
                subnet = dict(subnet)
                routed = subnet.pop('routed', False)
                made = self.network.create_subnet(name=PREFIX + name, network_id=network.id, **subnet)
                if routed:
                    self.network.add_interface_to_router(router, subnet_id=made.id)

    def network_id(self, name):
        return self.networks[PREFIX + name if name in NETWORKS else name].id

    def make_server(self, name):
        shape = SHAPES[name]
        on = [{'uuid': self.network_id(network)} for network in shape['on']]
        if 'fixed' in shape:
            on[0]['fixed_ip'] = shape['fixed']
        self.compute.create_server(name=PREFIX + name, image_id=self.image.id, flavor_id=self.flavor.id, networks=on or 'none')

    def until_status(self, name, status):
        def holds():
            server = self.servers()[name]
            if server.status == 'ERROR':
                sys.exit('shapes.py: %s is in ERROR: %s' % (server.name, server.fault))
            return server.status == status
        until('%s is %s' % (PREFIX + name, status), holds)

    def finish(self, name):
        """What can only be done to a server that is there."""
        shape, server = SHAPES[name], self.servers()[name]
        ports = [next(self.network.ports(device_id=server.id, network_id=self.network_id(network))) for network in shape['on']]
        description = ' '.join([PREFIX + name] + [UNNOTICED] * shape.get('unnoticed', False))
        for index in shape.get('floating', []):
            fixed = next(f['ip_address'] for f in ports[index].fixed_ips if ':' not in f['ip_address'])
            if 'more' in shape:
                subnet = ports[index].fixed_ips[0]['subnet_id']
                fixed = shape['more']
                self.network.update_port(ports[index], description=description,
                                         fixed_ips=ports[index].fixed_ips + [{'subnet_id': subnet, 'ip_address': fixed}])
            self.network.create_ip(floating_network_id=self.networks['public'].id, port_id=ports[index].id, fixed_ip_address=fixed,
                                   description=description)
        if 'access' in shape:
            # The client's own method knows these fields under names that differ between its versions.
            response = self.compute.put('/servers/' + server.id, json={'server': shape['access']})
            assert response.status_code == 200, response.text
        if 'stop' in shape:
            self.compute.stop_server(server.id)
            self.until_status(name, 'SHUTOFF')

    def until_noticed(self, name):
        """Nova lists the floating IPs that it hears of a few seconds later; the others it must not list."""
        wanted = 0 if SHAPES[name].get('unnoticed') else len(SHAPES[name].get('floating', []))

        def listed():
            addresses = [address for network in self.servers()[name].addresses.values() for address in network]
            return sum(address['OS-EXT-IPS:type'] == 'floating' for address in addresses)
        until('nova lists %d floating IPs of %s' % (wanted, PREFIX + name), lambda: listed() == wanted)

    def delete(self):
        for address in list(self.network.ips()):
            if (address.description or '').startswith(PREFIX):
                self.network.delete_ip(address)
        for server in self.servers().values():
            self.compute.delete_server(server)
        until('the servers are gone', lambda: not self.servers())
        router = self.network.find_router('router-demo', ignore_missing=False)
        for name in NETWORKS:
            network = self.networks.get(PREFIX + name)
            if network is None:
                continue
            for subnet in self.network.subnets(network_id=network.id):
                if list(self.network.ports(device_id=router.id, fixed_ips='subnet_id=' + subnet.id)):
                    self.network.remove_interface_from_router(router, subnet_id=subnet.id)
            self.network.delete_network(network)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--delete', action='store_true', help='remove the shapes')
    clouds.add_arguments(parser)
    args = parser.parse_args()
    shapes = Shapes(clouds.connect(args))
    if args.delete:
        shapes.delete()
    else:
        shapes.make()


main()
