"""resources.py SETTINGS: flavors, images, networks, volume types and a second availability zone. May be run again and again."""
import os
import subprocess
import tempfile

from accounts import connect

# name, ID, VCPUs, RAM in MiB, disk in GiB
FLAVORS = [('m1.nano', '42', 1, 64, 1), ('m1.micro', '84', 1, 128, 1), ('m1.tiny', '1', 1, 512, 1), ('m1.small', '2', 1, 2048, 20),
           ('m1.medium', '3', 2, 4096, 40), ('m1.large', '4', 4, 8192, 80), ('m1.xlarge', '5', 8, 16384, 160)]


def flavors(admin):
    known = {flavor.name for flavor in admin.compute.flavors()}
    for name, id_, vcpus, ram, disk in FLAVORS:
        if name not in known:
            admin.compute.create_flavor(name=name, id=id_, vcpus=vcpus, ram=ram, disk=disk)


def images(admin):
    known = {image.name for image in admin.image.images()}
    with tempfile.TemporaryDirectory() as folder:
        qcow2, raw = os.path.join(folder, 'qcow2'), os.path.join(folder, 'raw')
        subprocess.check_call(['qemu-img', 'create', '-q', '-f', 'qcow2', qcow2, '8M'])
        with open(raw, 'wb') as file:
            file.write(b'\0' * (1 << 20))
        for name, format_, path in (('tiny', 'qcow2', qcow2), ('tiny-raw', 'raw', raw)):
            if name not in known:
                admin.create_image(name, filename=path, disk_format=format_, container_format='bare', visibility='public',
                                   wait=True, hw_rng_model='virtio', os_distro='tiny')


def shared_networks(admin):
    """`public` (external), `shared` (of the cloud itself) and `provider` (the wire of a data centre, not external)."""
    network = admin.network
    public = network.find_network('public') or network.create_network(
        name='public', is_router_external=True, is_default=True, provider_network_type='flat', provider_physical_network='public')
    if not network.find_subnet('public-subnet'):
        network.create_subnet(name='public-subnet', network_id=public.id, ip_version=4, cidr='172.24.0.0/20', gateway_ip='172.24.0.1',
                              is_dhcp_enabled=False, allocation_pools=[{'start': '172.24.0.10', 'end': '172.24.15.250'}])
    # So that demo may put a server directly on it; for alt it stays what public networks mostly are.
    demo = admin.identity.find_project('demo')
    if not list(network.rbac_policies(object_id=public.id, action='access_as_shared')):
        network.create_rbac_policy(object_type='network', object_id=public.id, action='access_as_shared', target_tenant=demo.id)
    # 192.88.99.0/24 counts as globally routable, and nobody uses it any more (RFC 7526).
    for name, cidr, provider in (('shared', '10.100.0.0/16', {}),
                                 ('provider', '192.88.99.0/24', {'provider_network_type': 'flat', 'provider_physical_network': 'physnet1'})):
        created = network.find_network(name) or network.create_network(name=name, is_shared=True, **provider)
        if not network.find_subnet(name + '-subnet'):
            network.create_subnet(name=name + '-subnet', network_id=created.id, ip_version=4, cidr=cidr)
    return public


def subnet_pools(admin):
    """The default pools, from which auto-allocated topologies and IPv6 subnets are cut."""
    known = {pool.name for pool in admin.network.subnet_pools()}
    for name, prefix, length in (('default-v4', '10.200.0.0/14', 26), ('default-v6', 'fd12:3456:789a::/48', 64)):
        if name not in known:
            admin.network.create_subnet_pool(name=name, prefixes=[prefix], default_prefix_length=length, is_shared=True, is_default=True)


def private_network(project, public):
    """A network `private-PROJECT` behind `router-PROJECT`, owned by the project."""
    network = connect(project).network
    name = 'private-' + project
    private = network.find_network(name) or network.create_network(name=name)
    subnet = network.find_subnet(name + '-subnet') or network.create_subnet(
        name=name + '-subnet', network_id=private.id, ip_version=4, cidr='10.1.0.0/20', dns_nameservers=['9.9.9.9'])
    router = network.find_router('router-' + project) or network.create_router(
        name='router-' + project, external_gateway_info={'network_id': public.id})
    if not list(network.ports(device_id=router.id, network_id=private.id)):
        network.add_interface_to_router(router, subnet_id=subnet.id)


def second_zone(admin):
    if 'az2' not in {aggregate.name for aggregate in admin.compute.aggregates()}:
        hosts = sorted(service.host for service in admin.compute.services() if service.binary == 'nova-compute')
        zone = admin.compute.create_aggregate(name='az2', availability_zone='az2')
        admin.compute.add_host_to_aggregate(zone, hosts[-1])


def volume_types(admin):
    known = {type_.name for type_ in admin.block_storage.types()}
    # `multiattach` must be absent where it is not wanted: no back end fits "<is> False".
    for name, specs in (('fast', {'volume_backend_name': 'first'}),
                        ('slow', {'volume_backend_name': 'second', 'multiattach': '<is> True'})):
        if name not in known:
            admin.block_storage.create_type(name=name, extra_specs=specs)


admin = connect('admin')
flavors(admin)
images(admin)
public = shared_networks(admin)
subnet_pools(admin)
for project in ('demo', 'alt'):
    private_network(project, public)
second_zone(admin)
volume_types(admin)
