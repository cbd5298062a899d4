#!/usr/bin/env python3
"""Records what openstacksdk says about the addresses of servers, so that oaktree's answers can be compared with it.

    python3 -m venv /tmp/sdk && /tmp/sdk/bin/pip install openstacksdk
    /tmp/sdk/bin/python record.py > cases.json                        # what AddressParityTest replays
    /tmp/sdk/bin/python record.py --fetch demo > zed.cloud.json       # a case of what a real cloud says; every *.cloud.json is one
    /tmp/sdk/bin/python record.py --random 5000 --seed 7 > /tmp/more.json
    mvn -pl core -am test -Dtest=AddressParityTest -Daddress.parity.cases=/tmp/more.json   # look for differences far and wide

A case is what a cloud would answer (neutron's and nova's own JSON), what clouds.yaml says of it, and openstacksdk's answers.
Nothing is asked of any cloud but by --fetch. openstacksdk's attempts to connect to port 22 fail here, so that it takes the first address.
local_ipv6 says whether openstacksdk's host has an address for IPv6; oaktree is told prefer_ipv6 then.

Two things openstacksdk refuses and oaktree answers; what is recorded then are openstacksdk's answers to what the user meant:
  by_id        `networks` names a network by ID: asked again with its name
  unusable     `networks` names what is not there, or a role fits two networks: asked again without
"""

import argparse
import copy
import itertools
import json
import logging
import pathlib
import random
import socket
import tempfile
import warnings

warnings.simplefilter('ignore')

from openstack import config as sdk_config  # noqa: E402
from openstack import connection, exceptions  # noqa: E402
from openstack.cloud import meta  # noqa: E402
from openstack.compute.v2 import server as sdk_server  # noqa: E402
from openstack.network.v2 import floating_ip, network, port, subnet  # noqa: E402

ROLES = ('nat_source', 'nat_destination', 'default_interface')


# ---------------------------------------------------------------------------------------------------- asking openstacksdk


class Lists:
    """Stands for the network service: answers the lists of one case."""

    def __init__(self, case):
        self._case = case

    def _of(self, kind, type_, query):
        if kind in self._case.get('broken', ()):
            raise exceptions.HttpException('broken', http_status=500)
        for body in self._case.get(kind, ()):
            if all(body.get(key) == value for key, value in query.items()):
                yield type_.existing(**copy.deepcopy(body))

    def networks(self, **query):
        return self._of('networks', network.Network, query)

    def subnets(self, **query):
        return self._of('subnets', subnet.Subnet, query)

    def ports(self, **query):
        return self._of('ports', port.Port, query)

    def ips(self, **query):
        return self._of('floatingips', floating_ip.FloatingIP, query)


class Cloud(connection.Connection):
    """openstacksdk's cloud, the services of which are a case."""

    lists = None
    network = property(lambda self: self.lists)

    def has_service(self, service_type, version=None):
        return self.config.config.get('has_' + service_type, True)

    def _nova_list_floating_ips(self):
        return []


def connect(case):
    settings = dict(case.get('cloud', {}), auth={'auth_url': 'http://127.0.0.1:9/v3', 'username': 'u', 'password': 'p',
                                                 'project_name': 'p'}, region_name='R')
    content = {'clouds': {'c': settings}}
    if 'client' in case:
        content['client'] = case['client']
    with tempfile.NamedTemporaryFile('w', suffix='.yaml') as file:
        json.dump(content, file)
        file.flush()
        region = sdk_config.OpenStackConfig(
            config_files=[file.name], secure_files=[], vendor_files=[], load_envvars=False).get_one('c')
    cloud = Cloud(config=region)
    cloud.lists = Lists(case)
    cloud._local_ipv6 = case.get('local_ipv6', False) and not cloud.force_ipv4
    return cloud


def ids(networks):
    return [found['id'] for found in networks]


def addresses(found):
    return [
        [name, entry['addr'], entry['version'], entry.get('OS-EXT-IPS:type') or '', entry.get('OS-EXT-IPS-MAC:mac_addr') or '']
        for name, entries in found.items()
        for entry in entries
    ]


def ask(case):
    """openstacksdk's answers; raises when it refuses."""
    cloud = connect(case)
    answers = {
        'external_ipv4': ids(cloud.get_external_ipv4_networks()),
        'internal_ipv4': ids(cloud.get_internal_ipv4_networks()),
        'external_ipv6': ids(cloud.get_external_ipv6_networks()),
        'internal_ipv6': ids(cloud.get_internal_ipv6_networks()),
        'floating': ids(cloud.get_external_ipv4_floating_networks()),
        'nat_source': ids(filter(None, [cloud.get_nat_source()])),
        'nat_destination': ids(filter(None, [cloud.get_nat_destination()])),
        'default_interface': ids(filter(None, [cloud.get_default_network()])),
        'servers': [],
    }
    for body in case['servers']:
        server = meta.add_server_interfaces(cloud, sdk_server.Server.existing(**copy.deepcopy(body)))
        answers['servers'].append({
            'public_v4': server['public_v4'],
            'public_v6': server['public_v6'],
            'private_v4': server['private_v4'],
            'interface_ip': server['interface_ip'],
            'access_ipv4': server['access_ipv4'],
            'access_ipv6': server['access_ipv6'],
            'addresses': addresses(server['addresses']),
        })
    return answers


def matches(case, name):
    return [net for net in case.get('networks', ()) if name in (net['id'], net['name'])]


def by_name(case):
    """The same case with every network that stands there by ID called by its name; None when its name is not its own."""
    meant = copy.deepcopy(case)
    for entry in meant.get('cloud', {}).get('networks', ()):
        found = [net for net in case.get('networks', ()) if net['id'] == entry['name']]
        if found:
            if len(matches(case, found[0]['name'])) > 1 or any(
                    other is not entry and other['name'] == found[0]['name'] for other in meant['cloud']['networks']):
                return None
            entry['name'] = found[0]['name']
    return meant


def usable(case):
    """The same case without settings that fit no network, and without roles that fit two."""
    meant = copy.deepcopy(case)
    kept = []
    for entry in meant.get('cloud', {}).get('networks', ()):
        found = matches(case, entry['name'])
        if found:
            kept.append(entry)
        if len(found) > 1:
            for role in ROLES:
                entry.pop(role, None)
    if kept:
        meant['cloud']['networks'] = kept
    else:
        meant.get('cloud', {}).pop('networks', None)
    return meant


def record(case):
    """The case with the answers; None when openstacksdk cannot be asked."""
    meant = by_name(case)
    if meant is None:
        return None
    recorded = dict(case)
    if meant != case:
        recorded['by_id'] = True
    try:
        recorded['sdk'] = ask(meant)
    except exceptions.SDKException:
        recorded['unusable'] = True
        recorded['sdk'] = ask(usable(meant))
    return recorded


# ---------------------------------------------------------------------------------------------------- cases by hand


def net(name, external=False, physical=None, id=None, **more):
    body = {'id': id or 'id-of-' + name, 'name': name, 'router:external': external}
    if physical:
        body['provider:physical_network'] = physical
    body.update(more)
    return body


def sub(network_name, gateway='10.0.0.1', version=4):
    return {'id': 'subnet-of-%s-%d' % (network_name, version), 'network_id': 'id-of-' + network_name, 'ip_version': version,
            'gateway_ip': gateway}


def fixed(addr, mac='fa:16:3e:00:00:01', version=None):
    return {'version': version or (6 if ':' in addr else 4), 'addr': addr, 'OS-EXT-IPS:type': 'fixed', 'OS-EXT-IPS-MAC:mac_addr': mac}


def floating(addr, mac='fa:16:3e:00:00:01'):
    return {'version': 4, 'addr': addr, 'OS-EXT-IPS:type': 'floating', 'OS-EXT-IPS-MAC:mac_addr': mac}


def untyped(addr):
    return {'version': 6 if ':' in addr else 4, 'addr': addr}


def srv(addresses, status='ACTIVE', access4='', access6='', id='server-1'):
    return {'id': id, 'name': 'server', 'status': status, 'accessIPv4': access4, 'accessIPv6': access6, 'addresses': addresses}


def prt(id='port-1', mac='fa:16:3e:00:00:01', device='server-1'):
    return {'id': id, 'device_id': device, 'mac_address': mac}


def fip(addr, to='10.0.0.5', port_id='port-1'):
    return {'id': 'fip-' + addr, 'floating_ip_address': addr, 'fixed_ip_address': to, 'port_id': port_id}


def case(name, *servers, cloud=None, **parts):
    body = {'name': name}
    if cloud:
        body['cloud'] = cloud
    body.update(parts)
    body['servers'] = list(servers)
    return body


def by_hand():
    private, public = net('private'), net('public', external=True)
    usual = {'networks': [private, public], 'subnets': [sub('private'), sub('public', '198.51.100.1')]}
    one = {'private': [fixed('10.0.0.5')]}

    yield case('no network at all', srv({}), **usual)
    yield case('one network', srv(one), **usual)
    yield case('directly on the external network', srv({'public': [fixed('198.51.100.7')]}), **usual)
    yield case('two networks', srv({'private': [fixed('10.0.0.5')], 'back': [fixed('10.1.0.5', 'fa:16:3e:00:00:02')]}),
               networks=[net('back'), private, public], subnets=usual['subnets'])
    yield case('internal networks are asked in their order, not the server\'s',
               srv({'private': [fixed('10.0.0.5')], 'back': [fixed('10.1.0.5', 'fa:16:3e:00:00:02')]}),
               networks=[private, net('back'), public], subnets=usual['subnets'])
    yield case('floating IP that nova lists', srv({'private': [fixed('10.0.0.5'), floating('198.51.100.9')]}), **usual)
    yield case('refill: floating IP that nova does not list', srv(one), ports=[prt()], floatingips=[fip('198.51.100.9')], **usual)
    yield case('refill: lands on the network of its fixed address',
               srv({'private': [fixed('10.0.0.5')], 'back': [fixed('10.1.0.5', 'fa:16:3e:00:00:02')]}),
               networks=[private, net('back'), public], subnets=usual['subnets'],
               ports=[prt(), prt('port-2', 'fa:16:3e:00:00:02')], floatingips=[fip('198.51.100.9', '10.1.0.5', 'port-2')])
    yield case('refill: two floating IPs, two ports',
               srv({'private': [fixed('10.0.0.5')], 'back': [fixed('10.1.0.5', 'fa:16:3e:00:00:02')]}),
               networks=[net('back'), private, public], subnets=usual['subnets'],
               ports=[prt(), prt('port-2', 'fa:16:3e:00:00:02')],
               floatingips=[fip('198.51.100.9', '10.1.0.5', 'port-2'), fip('198.51.100.8')])
    yield case('refill: two floating IPs of one port with two addresses',
               srv({'private': [fixed('10.0.0.5'), fixed('10.0.0.6')]}),
               ports=[prt()], floatingips=[fip('198.51.100.9', '10.0.0.6'), fip('198.51.100.8')], **usual)
    yield case('refill [BUG]: a floating IP whose fixed address nova does not list is skipped',
               srv(one), srv(one, id='server-2'),
               ports=[prt(), prt('port-2', device='server-2')],
               floatingips=[fip('198.51.100.9', '10.0.0.77'), fip('198.51.100.8', port_id='port-2')], **usual)
    yield case('refill: only for ACTIVE servers', srv(one, status='BUILD'), srv(one, status='SHUTOFF'), ports=[prt()],
               floatingips=[fip('198.51.100.9')], **usual)
    yield case('refill: not when nova lists one floating IP already', srv({'private': [fixed('10.0.0.5'), floating('198.51.100.9')]}),
               ports=[prt()], floatingips=[fip('198.51.100.9'), fip('198.51.100.8')], **usual)
    yield case('refill: not to an IPv6 address', srv({'private': [fixed('fd00::5')]}), ports=[prt()],
               floatingips=[fip('198.51.100.9', 'fd00::5')], **usual)
    yield case('refill: floating_ip_source None', srv(one), cloud={'floating_ip_source': 'None'}, ports=[prt()],
               floatingips=[fip('198.51.100.9')], **usual)
    yield case('refill: floating_ip_source nova', srv(one), cloud={'floating_ip_source': 'nova'}, ports=[prt()],
               floatingips=[fip('198.51.100.9')], **usual)
    yield case('refill: floating_ip_source in any case', srv(one), cloud={'floating_ip_source': 'Neutron'}, ports=[prt()],
               floatingips=[fip('198.51.100.9')], **usual)
    yield case('refill: ports cannot be listed', srv(one), broken=['ports'], ports=[prt()], floatingips=[fip('198.51.100.9')], **usual)
    yield case('refill: floating IPs cannot be listed', srv(one), broken=['floatingips'], ports=[prt()],
               floatingips=[fip('198.51.100.9')], **usual)
    yield case('networks cannot be listed', srv(one), broken=['networks'], ports=[prt()], floatingips=[fip('198.51.100.9')], **usual)
    yield case('subnets cannot be listed', srv(one), broken=['subnets'], ports=[prt()], floatingips=[fip('198.51.100.9')], **usual)
    yield case('no network service', srv({'private': [fixed('10.0.0.5')], 'public': [fixed('198.51.100.7')]}),
               cloud={'has_network': False}, ports=[prt()], floatingips=[fip('198.51.100.9')], **usual)

    yield case('public_v4: use_external_network false', srv({'public': [fixed('198.51.100.7')]}, access4='198.51.100.99'),
               cloud={'use_external_network': False}, **usual)
    yield case('private_v4: use_internal_network false', srv(one), cloud={'use_internal_network': False}, **usual)
    yield case('neither: networks are not looked at', srv({'private': [fixed('10.0.0.5')], 'public': [fixed('198.51.100.7')]}),
               cloud={'use_internal_network': False, 'use_external_network': False, 'networks': [{'name': 'gone'}]}, **usual)
    yield case('public_v4: accessIPv4 of the owner first', srv({'public': [fixed('198.51.100.7')]}, access4='198.51.100.99'), **usual)
    yield case('public_v4: external network before floating IP of another',
               srv({'private': [fixed('10.0.0.5'), floating('198.51.100.9')], 'public': [fixed('198.51.100.7', 'fa:16:3e:00:00:02')]}), **usual)
    yield case('public_v4: floating before fixed on an external network',
               srv({'public': [fixed('198.51.100.7'), floating('198.51.100.9')]}), **usual)
    yield case('public_v4: the first of several', srv({'public': [fixed('198.51.100.7'), fixed('198.51.100.6')]}), **usual)
    yield case('public_v4: the first of several, private cloud', srv({'public': [fixed('198.51.100.7'), fixed('198.51.100.6')]}),
               cloud={'private': True}, **usual)
    yield case('public_v4: several floating IPs', srv({'private': [fixed('10.0.0.5'), floating('198.51.100.9'), floating('198.51.100.8')]}),
               **usual)
    yield case('public_v4: provider network (router:external false)', srv({'wire': [fixed('198.51.100.7')]}),
               networks=[private, net('wire', physical='physnet1')])
    yield case('public_v4: network named public without network service', srv({'public': [untyped('10.9.0.7')], 'private': [untyped('10.0.0.5')]}),
               cloud={'has_network': False})
    yield case('public_v4: first address that is not private', srv({'front': [untyped('10.9.0.7'), untyped('8.8.4.4')]}),
               cloud={'has_network': False})
    for special in ('0.1.2.3', '100.64.0.5', '127.0.0.5', '169.254.0.5', '172.15.0.5', '172.16.0.5', '172.31.0.5', '172.32.0.5',
                    '192.0.0.5', '192.0.0.9', '192.0.0.10', '192.0.0.170', '192.0.1.5', '192.0.2.5', '192.167.0.5', '192.168.0.5',
                    '198.17.0.5', '198.18.0.5', '198.19.0.5', '198.20.0.5', '198.51.100.5', '203.0.113.5', '224.0.0.5', '239.255.0.5',
                    '240.0.0.5', '255.255.255.255', 'no-address', '1.2.3', '1.2.3.4.5', '01.2.3.4', '1.2.3.256', '1.2.3.-4', ''):
        yield case('public_v4: is it private? ' + special, srv({'front': [untyped(special), untyped('fd00::5')]}), networks=[])
    yield case('public_v6: accessIPv6 of the owner first', srv({'private': [fixed('fd00::5')]}, access6='fd00::99'), **usual)
    yield case('public_v6: any IPv6 address', srv({'private': [fixed('10.0.0.5'), fixed('fd00::5')]}), **usual)
    yield case('public_v6: the first of several', srv({'private': [fixed('fd00::6'), fixed('fd00::5')], 'public': [fixed('2001:db8::5')]}), **usual)
    yield case('public_v6: force_ipv4', srv({'private': [fixed('10.0.0.5'), fixed('fd00::5')]}, access6='fd00::99'),
               cloud={'force_ipv4': True}, local_ipv6=True, **usual)
    yield case('public_v6: force_ipv4 of all clouds', srv({'private': [fixed('10.0.0.5'), fixed('fd00::5')]}),
               client={'force_ipv4': True}, local_ipv6=True, **usual)
    yield case('private_v4: the one that the floating IP leads to',
               srv({'private': [fixed('10.0.0.5')], 'back': [fixed('10.1.0.5', 'fa:16:3e:00:00:02'), floating('198.51.100.9', 'fa:16:3e:00:00:02')]}),
               networks=[private, net('back'), public], subnets=usual['subnets'])
    yield case('private_v4: the one that the floating IP leads to, which nova does not list',
               srv({'private': [fixed('10.0.0.5')], 'back': [fixed('10.1.0.5', 'fa:16:3e:00:00:02')]}),
               networks=[private, net('back'), public], subnets=usual['subnets'],
               ports=[prt('port-2', 'fa:16:3e:00:00:02')], floatingips=[fip('198.51.100.9', '10.1.0.5', 'port-2')])
    yield case('private_v4: none when the floating IP leads to an external network',
               srv({'back': [fixed('10.1.0.5')], 'wire': [fixed('10.2.0.5', 'fa:16:3e:00:00:02'), floating('198.51.100.9', 'fa:16:3e:00:00:02')]}),
               networks=[net('back'), net('wire', physical='physnet1'), public])
    yield case('private_v4: without types, as nova-network was', srv({'back': [untyped('10.1.0.5')]}), networks=[net('back')])
    yield case('private_v4: typed on a later network before untyped on an earlier',
               srv({'back': [untyped('10.1.0.5')], 'private': [fixed('10.0.0.5')]}), networks=[net('back'), private])
    yield case('private_v4: network named private without network service',
               srv({'private': [untyped('10.0.0.5')], 'back': [untyped('10.1.0.5')]}), cloud={'has_network': False})
    yield case('private_v4: network named private that is external', srv(one), networks=[net('private', external=True)])
    yield case('private_v4: network named private, of another port than the floating IP\'s',
               srv({'private': [fixed('10.0.0.5')], 'wire': [fixed('10.2.0.5', 'fa:16:3e:00:00:02'), floating('198.51.100.9', 'fa:16:3e:00:00:02')]}),
               cloud={'has_network': False})

    both = srv({'private': [fixed('10.0.0.5'), fixed('fd00::5')], 'public': [fixed('198.51.100.7', 'fa:16:3e:00:00:02'), fixed('2001:db8::7', 'fa:16:3e:00:00:02')]})
    yield case('interface_ip: public_v4 without local IPv6', both, **usual)
    yield case('interface_ip: public_v6 with local IPv6', both, local_ipv6=True, **usual)
    yield case('interface_ip: IPv6 only, without local IPv6', srv({'private': [fixed('fd00::5')]}), **usual)
    yield case('interface_ip: IPv6 only, with local IPv6', srv({'private': [fixed('fd00::5')]}), local_ipv6=True, **usual)
    yield case('interface_ip: private cloud', both, cloud={'private': True}, **usual)
    yield case('interface_ip: private cloud with local IPv6', both, cloud={'private': True}, local_ipv6=True, **usual)
    yield case('interface_ip: private cloud, no private address', srv({'public': [fixed('198.51.100.7')]}), cloud={'private': True}, **usual)
    yield case('interface_ip: private address alone is none of a public cloud', srv({'back': [fixed('10.1.0.5')]}), networks=[net('back')])
    mine = {'networks': [{'name': 'private', 'default_interface': True}]}
    yield case('interface_ip: default_interface', both, cloud=mine, **usual)
    yield case('interface_ip: default_interface with local IPv6', both, cloud=mine, local_ipv6=True, **usual)
    yield case('interface_ip: default_interface before private', both, cloud=dict(mine, private=True), **usual)
    yield case('interface_ip: default_interface without IPv6 falls back to its IPv4',
               srv({'private': [fixed('10.0.0.5')], 'public': [fixed('2001:db8::7')]}), cloud=mine, local_ipv6=True, **usual)
    yield case('interface_ip: default_interface the server is not on', srv({'public': [fixed('198.51.100.7')]}), cloud=mine, **usual)
    yield case('interface_ip: default_interface takes the floating address first', srv({'private': [fixed('10.0.0.5'), floating('198.51.100.9')]}),
               cloud=mine, **usual)
    yield case('interface_ip: default_interface though use_external_network is false', both, cloud=dict(mine, use_external_network=False), **usual)
    yield case('interface_ip: prefer_ipv6 false is force_ipv4', both, cloud={'prefer_ipv6': False}, local_ipv6=True, **usual)
    yield case('accessIPv4: private_v4 in a private cloud', srv({'private': [fixed('10.0.0.5'), floating('198.51.100.9')]}),
               cloud={'private': True}, **usual)
    yield case('accessIPv4: of the owner, in a private cloud', srv(one, access4='198.51.100.99'), cloud={'private': True}, **usual)
    yield case('accessIPv4: null', srv(one, access4=None, access6=None), **usual)

    def classified(name, *entries, **more):
        more = dict({'networks': [private, public, net('wire', physical='physnet1')], 'subnets': [sub('private'), sub('wire', None)]}, **more)
        return case('classification: ' + name, srv({'private': [fixed('10.0.0.5')], 'wire': [fixed('10.2.0.5', 'fa:16:3e:00:00:02')]}),
                    cloud={'networks': list(entries)} if entries else None, **more)

    yield classified('nothing configured')
    yield classified('internal made external', {'name': 'private', 'routes_externally': True})
    yield classified('external made internal', {'name': 'public', 'routes_externally': False})
    yield classified('provider network made internal', {'name': 'wire'})
    yield classified('IPv4 and IPv6 apart', {'name': 'private', 'routes_ipv6_externally': True})
    yield classified('IPv4 and IPv6 apart, the other way', {'name': 'public', 'routes_externally': True, 'routes_ipv6_externally': False})
    yield classified('text booleans', {'name': 'private', 'routes_externally': 'true'}, {'name': 'public', 'routes_externally': 'false'})
    yield classified('same name twice', {'name': 'twin', 'routes_externally': True}, networks=[net('twin', id='twin-1'), net('twin', id='twin-2')])
    yield classified('several external networks', networks=[public, net('ext', external=True), private])
    yield classified('nat_source', {'name': 'ext', 'routes_externally': True, 'nat_source': True},
                     networks=[public, net('ext', external=True), private])
    yield classified('nat_source that is not external', {'name': 'private', 'nat_source': True})
    yield classified('nat_destination', {'name': 'wire', 'nat_destination': True})
    yield classified('nat_destination: the last network with a gateway', subnets=[sub('private'), sub('wire', '10.2.0.1')])
    yield classified('nat_destination: may be external', subnets=[sub('private'), sub('public', '198.51.100.1')])
    yield classified('nat_destination: none has a gateway', subnets=[sub('private', None), sub('wire', '')])
    yield classified('nat_destination: an IPv6 gateway will do', subnets=[sub('private', None), sub('wire', 'fd00::1', 6)])
    yield classified('default_interface', {'name': 'wire', 'default_interface': True})
    yield classified('two roles, one network', {'name': 'private', 'default_interface': True, 'nat_destination': True, 'nat_source': True})
    yield classified('[BUG] by ID: routes_externally', {'name': 'id-of-private', 'routes_externally': True})
    yield classified('[BUG] by ID: not routes_externally', {'name': 'id-of-wire'})
    yield classified('[BUG] by ID: roles', {'name': 'id-of-wire', 'default_interface': True, 'nat_destination': True, 'nat_source': True})
    yield classified('not found', {'name': 'gone'})
    yield classified('not found, others are', {'name': 'gone', 'routes_externally': True}, {'name': 'private', 'routes_externally': True})
    yield classified('not found: nat_source', {'name': 'gone', 'nat_source': True})
    yield classified('not found: nat_destination', {'name': 'gone', 'nat_destination': True})
    yield classified('not found: default_interface', {'name': 'gone', 'default_interface': True})
    for role in ROLES:
        yield classified('two matches: ' + role, {'name': 'twin', role: True}, networks=[net('twin', id='twin-1'), private, net('twin', id='twin-2')])


# ---------------------------------------------------------------------------------------------------- cases from clouds


READ = {
    'networks': ('id', 'name', 'router:external', 'provider:physical_network'),
    'subnets': ('id', 'network_id', 'ip_version', 'gateway_ip'),
    'ports': ('id', 'device_id', 'mac_address'),
    'floatingips': ('id', 'floating_ip_address', 'fixed_ip_address', 'port_id'),
    'servers': ('id', 'name', 'status', 'accessIPv4', 'accessIPv6', 'addresses'),
}


def fetch(name):
    """What a cloud of clouds.yaml answers to the calls that oaktree makes, as far as it matters here."""
    cloud = connection.Connection(cloud=name)
    answers = {kind: cloud.network.get('/' + kind).json()[kind] for kind in READ if kind != 'servers'}
    answers['servers'] = cloud.compute.get('/servers/detail?sort_key=display_name&sort_dir=asc').json()['servers']
    return {kind: [{key: body[key] for key in READ[kind] if key in body} for body in answers[kind]] for kind in READ}


def fetched():
    for path in sorted(pathlib.Path(__file__).parent.glob('*.cloud.json')):
        found = json.loads(path.read_text())
        for variant, more in (('', {}), (', local IPv6', {'local_ipv6': True}), (', private cloud', {'cloud': {'private': True}})):
            yield dict({'name': path.name + variant}, **more, **found)
        found = copy.deepcopy(found)
        for server in found['servers']:
            for entries in server['addresses'].values():
                entries[:] = [entry for entry in entries if entry['OS-EXT-IPS:type'] == 'fixed']
        yield dict({'name': path.name + ', nova has not heard of floating IPs'}, **found)


# ---------------------------------------------------------------------------------------------------- random cases


class Random:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.chance = lambda p: self.random.random() < p
        self.serial = 0

    def id(self, kind):
        self.serial += 1
        return '%s-%d' % (kind, self.serial)

    def mac(self):
        return 'fa:16:3e:%02x:%02x:%02x' % tuple(self.random.randrange(256) for _ in range(3))

    def v4(self, prefix):
        self.serial += 1
        return '%s.%d.%d' % (prefix, self.serial // 250, 1 + self.serial % 250)

    def v6(self):
        self.serial += 1
        return self.random.choice(('fd00::%x', '2001:db8::%x', 'fe80::%x')) % (256 + self.serial)

    def network(self):
        body = net(self.random.choice(('private', 'public', 'front', 'back', 'lab', 'ext', 'wire')), external=self.chance(0.3), id=self.id('net'))
        if self.chance(0.15):
            body['provider:physical_network'] = 'physnet1'
        elif self.chance(0.2):
            body['provider:physical_network'] = None
        return body

    def setting(self, networks, roles):
        if networks and self.chance(0.95):
            chosen = self.random.choice(networks)
            entry = {'name': chosen['id'] if self.chance(0.2) else chosen['name']}
        else:
            entry = {'name': 'gone'}
        for flag in ('routes_externally', 'routes_ipv4_externally', 'routes_ipv6_externally'):
            if self.chance(0.3):
                entry[flag] = self.chance(0.5)
        for role in list(roles):
            if self.chance(0.3):
                entry[role] = True
                roles.remove(role)
        return entry

    def cloud(self, networks):
        cloud = {}
        if self.chance(0.5):
            roles = list(ROLES)
            cloud['networks'] = [self.setting(networks, roles) for _ in range(self.random.randint(1, 3))]
        for key, p, values in (
                ('use_external_network', 0.1, (False, True)), ('use_internal_network', 0.1, (False, True)),
                ('private', 0.3, (True, True, False)), ('floating_ip_source', 0.2, ('None', 'nova', 'neutron', 'NEUTRON')),
                ('force_ipv4', 0.2, (True, False)), ('prefer_ipv6', 0.05, (False,)), ('has_network', 0.05, (False,))):
            if self.chance(p):
                cloud[key] = self.random.choice(values)
        return cloud

    def server(self, body):
        addresses, old = {}, self.chance(0.1)
        server = srv(addresses, status=self.random.choice(('ACTIVE',) * 5 + ('BUILD', 'SHUTOFF')), id=self.id('server'))
        for chosen in self.random.sample(body['networks'], min(len(body['networks']), self.random.choice((0, 1, 1, 1, 2, 2, 3)))):
            mac, entries = self.mac(), addresses.setdefault(chosen['name'], [])
            made = prt(self.id('port'), mac, server['id'])
            body['ports'].append(made)
            for _ in range(self.random.choice((0, 1, 1, 1, 1, 2))):
                prefix = '172.24' if chosen['router:external'] else self.random.choice(('10.0', '10.0', '192.168', '8.8'))
                entries.append(fixed(self.v4(prefix), mac))
            for _ in range(self.random.choice((0, 0, 1, 2))):
                entries.append(fixed(self.v6(), mac))
            self.random.shuffle(entries)
            for target in [entry for entry in entries if entry['version'] == 4 and entry['OS-EXT-IPS:type'] == 'fixed']:
                if self.chance(0.35):
                    address = self.v4(self.random.choice(('172.24', '9.9')))
                    to = '10.99.99.99' if self.chance(0.1) else target['addr']
                    body['floatingips'].append(fip(address, to, made['id']))
                    if self.chance(0.5):
                        entries.append(floating(address, mac))
        if self.chance(0.1):
            addresses[self.random.choice(('novanet', 'private', 'public'))] = [untyped(self.v4(self.random.choice(('10.5', '11.5'))))]
        if old:
            for entry in [entry for entries in addresses.values() for entry in entries]:
                entry.pop('OS-EXT-IPS:type', None)
                if self.chance(0.5):
                    entry.pop('OS-EXT-IPS-MAC:mac_addr', None)
        if self.chance(0.15):
            server['accessIPv4'] = self.random.choice((self.v4('12.0'), None))
        if self.chance(0.15):
            server['accessIPv6'] = self.random.choice((self.v6(), None))
        return server

    def case(self, name):
        networks = [self.network() for _ in range(self.random.choice((0, 1, 2, 3, 3, 4, 5)))]
        body = case(name, networks=networks, subnets=[], ports=[], floatingips=[])
        cloud = self.cloud(networks)
        if cloud:
            body['cloud'] = cloud
        if self.chance(0.4):
            body['local_ipv6'] = True
        if self.chance(0.1):
            body['client'] = {self.random.choice(('force_ipv4', 'prefer_ipv6')): self.chance(0.5)}
            if body['client'].get('prefer_ipv6'):
                body['local_ipv6'] = True
        if self.chance(0.1):
            body['broken'] = [self.random.choice(('networks', 'subnets', 'ports', 'floatingips'))]
        for chosen in networks:
            for version in self.random.sample((4, 6), self.random.choice((0, 1, 1, 2))):
                body['subnets'].append({'id': self.id('subnet'), 'network_id': chosen['id'], 'ip_version': version, 'gateway_ip':
                                        None if self.chance(0.25) else ('10.0.0.1' if version == 4 else 'fd00::1')})
        body['servers'] = [self.server(body) for _ in range(self.random.choice((1, 1, 2, 3)))]
        for _ in range(self.random.choice((0, 1))):
            body['ports'].append(prt(self.id('port'), self.mac(), self.id('other')))
            body['floatingips'].append(fip(self.v4('172.24'), None, None))
        self.random.shuffle(body['floatingips'])
        return body


def unreachable(*args, **kwargs):
    raise ValueError('nothing is connected to while recording')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--fetch', metavar='CLOUD', help='print a case of what this cloud says')
    parser.add_argument('--random', type=int, default=150, help='number of random cases')
    parser.add_argument('--seed', type=int, default=1)
    options = parser.parse_args()
    if options.fetch:
        found = fetch(options.fetch)
        print('{%s}' % ',\n'.join('"%s": [\n%s]' % (kind, ',\n'.join(map(json.dumps, found[kind]))) for kind in READ))
        return
    socket.getaddrinfo = unreachable
    logging.disable(logging.CRITICAL)

    import openstack.version
    cases = [record(found) for found in itertools.chain(by_hand(), fetched())]
    source, number = Random(options.seed), 0
    while number < options.random:
        found = record(source.case('random %d/%d' % (options.seed, number + 1)))
        if found:
            cases.append(found)
            number += 1
    lines = ',\n'.join(json.dumps(found, separators=(',', ':')) for found in cases)
    print('{"openstacksdk": "%s", "cases": [\n%s\n]}' % (openstack.version.__version__, lines))


if __name__ == '__main__':
    main()
