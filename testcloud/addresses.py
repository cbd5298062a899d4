#!/usr/bin/env python3
"""Prints, for every server of a cloud, the addresses that the openstacksdk of this Python decides on: one line of JSON each.

To be run by a Python that has the newest openstacksdk; Debian's is four years old.
"""
import argparse
import json
import os
import sys
import types

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'lib'))
import clouds  # noqa: E402


def unreachable(*args):
    raise RuntimeError('no packet flows in a test cloud')


def forbid_probes():
    """Of several public addresses the client takes the first that answers on port 22, else the first.

    Here none can answer, but something else of that address may exist outside; asking would also cost 5 s per address.
    """
    import openstack.cloud.meta
    import socket
    openstack.cloud.meta.socket = types.SimpleNamespace(**{**vars(socket), 'getaddrinfo': unreachable})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--host-ipv6', choices=('yes', 'no'), help='as if this host had an IPv6 address, or none (default: as it is)')
    clouds.add_arguments(parser)
    args = parser.parse_args()
    cloud = clouds.connect(args)
    if args.host_ipv6:
        cloud._local_ipv6 = args.host_ipv6 == 'yes' and not cloud.force_ipv4
    forbid_probes()
    for server in sorted(cloud.list_servers(), key=lambda server: (server['name'], server['id'])):
        fields = ('name', 'id', 'public_v4', 'private_v4', 'public_v6', 'interface_ip')
        print(json.dumps({field: server[field] for field in fields}))


main()
