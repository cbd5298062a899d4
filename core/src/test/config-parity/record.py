#!/usr/bin/env python3
"""What openstacksdk makes of the configuration cases.

    record.py CASES            writes expected.json into every case, and recorded-with.json beside them
    record.py CASES --check    compares instead; exit 1 when a case's expected.json is not what openstacksdk says

Needs openstacksdk. A case is a folder: its files are the working directory of the one who asks. Below it may be home/ (his home),
etc/ (stands for /etc) and other/. case.yaml says the rest; `env` are his only variables, ${CASE} in them is
the case's folder. `ask` are questions besides the obvious ones: each (cloud, region) that is configured, and nothing at all.
"""

import argparse
import contextlib
import importlib
import importlib.metadata
import json
import logging
import os
import pathlib
import sys
import warnings

import openstack.config.loader
import yaml

SERVICES = [
    'baremetal', 'block-storage', 'compute', 'container-infrastructure-management', 'dns', 'identity', 'image', 'network',
    'object-store', 'orchestration', 'shared-file-system', 'volume',
]
RESOURCES = ['server', 'port', 'floating_ip', 'flavor']


@contextlib.contextmanager
def standing_in(case, env):
    """The case's folder and variables, as if a program started there."""
    old_env, old_directory = dict(os.environ), os.getcwd()
    os.environ.clear()
    os.environ.update({'HOME': str(case / 'home'), 'XDG_CONFIG_DIRS': str(case / 'etc/xdg')})
    os.environ.update({name: value.replace('${CASE}', str(case)) for name, value in env.items()})
    os.chdir(case)
    try:
        # The places to search are worked out when the module is loaded.
        loader = importlib.reload(openstack.config.loader)
        for name in ('CONFIG_FILES', 'SECURE_FILES', 'VENDOR_FILES'):
            setattr(loader, name, [path for path in getattr(loader, name) if path.startswith(str(case))])
        yield loader
    finally:
        os.chdir(old_directory)
        os.environ.clear()
        os.environ.update(old_env)


def attempt(function):
    """What it answers, or that it fails; openstacksdk also fails by accident (AttributeError, KeyError, ...)."""
    try:
        return function()
    except Exception as e:
        return {'error': type(e).__name__}


def without_none(values):
    return {key: value for key, value in values.items() if value is not None}


def service(region, service_type, interface):
    facts = {
        'endpoint': attempt(lambda: region.get_endpoint(service_type)),
        'interface': attempt(lambda: region.get_interface(service_type)),
        'region_name': attempt(lambda: region.get_region_name(service_type)),
        'service_type': attempt(lambda: region.get_service_type(service_type)),
        'service_name': attempt(lambda: region.get_service_name(service_type)),
        'api_version': attempt(lambda: region.get_api_version(service_type)),
        'default_microversion': attempt(lambda: region.get_default_microversion(service_type)),
        'rate_limit': number(region.get_rate_limit(service_type)),
        'concurrency': number(region.get_concurrency(service_type)),
    }
    if service_type != 'volume':  # an alias is not official, and so openstacksdk says it has none
        facts['has'] = attempt(lambda: region.has_service(service_type))
    facts['interface'] = listed(facts['interface'])
    usual = {
        'interface': interface,
        'region_name': region.config['region_name'],
        'service_type': 'block-storage' if service_type == 'volume' else service_type,
        'has': True,
    }
    return {key: value for key, value in facts.items() if value is not None and value != usual.get(key)}


def listed(interface):
    return [] if interface is None else [interface] if isinstance(interface, str) else interface


def number(value):
    return float(value) if isinstance(value, (int, str)) else value


def networks(region):
    ipv4 = [str(name) for name in attempt(region.get_external_ipv4_networks)]
    ipv6 = [str(name) for name in attempt(region.get_external_ipv6_networks)]
    return [
        {
            'name': str(net['name']),
            'routes_externally': net['routes_externally'],
            'routes_ipv4_externally': str(net['name']) in ipv4,
            'routes_ipv6_externally': str(net['name']) in ipv6,
            'nat_source': net.get('nat_source', False),
            'nat_destination': net['nat_destination'],
            'default_interface': net['default_interface'],
        }
        for net in region.config['networks']
    ]


def facts(region):
    config = region.config
    verify, cert = region.get_requests_verify_args()
    fip_source = config.get('floating_ip_source')
    interface = listed(attempt(region.get_interface))
    max_age = float(region.get_cache_expiration_time())
    found = {
        'name': region.name,
        'region': config['region_name'],
        'auth_type': config['auth_type'],
        'auth': {
            key: ','.join(value) if isinstance(value, list) else str(value)
            for key, value in config['auth'].items()
            if value is not None
        },
        'settings': without_none({key: value for key, value in config.items() if key not in ('auth', 'networks')}),
        'interface': interface,
        'verify': verify is not False,
        'cacert': verify if isinstance(verify, str) else None,
        'cert': cert[0] if isinstance(cert, tuple) else cert,
        'key': cert[1] if isinstance(cert, tuple) else None,
        'timeout': None if config.get('api_timeout') is None else float(config['api_timeout']),
        'networks': attempt(lambda: networks(region)),
        'private': bool(config.get('private', False)),
        'use_external_network': bool(config.get('use_external_network', True)),
        'use_internal_network': bool(config.get('use_internal_network', True)),
        'force_ipv4': bool(region.force_ipv4),
        'floating_ip_source': fip_source.lower() if fip_source else 'none',
        'secgroup_source': 'none' if config['secgroup_source'] is None else config['secgroup_source'],
        'max_age': {name: region.get_cache_resource_expiration(name, max_age) for name in RESOURCES},
        'services': {},
    }
    for service_type in SERVICES:
        unusual = service(region, service_type, interface)
        if unusual:
            found['services'][service_type] = unusual
    return without_none(found)


def record(case):
    about = yaml.safe_load((case / 'case.yaml').read_text()) or {}
    with standing_in(case, about.get('env') or {}) as loader:
        config = attempt(loader.OpenStackConfig)
        if isinstance(config, dict):
            return config
        answers = {}
        names = [str(name) for name in config.get_cloud_names()]
        regions = {name: attempt(lambda: [r['name'] for r in config._get_regions(name)]) for name in config.get_cloud_names()}
        asked = [(None, None)]
        for name, known in regions.items():
            asked += [(name, region) for region in known] if isinstance(known, list) else [(name, None)]
        asked += [(ask.get('cloud'), ask.get('region')) for ask in about.get('ask') or []]
        for cloud, region in asked:
            answers[f"{'' if cloud is None else cloud}:{region or ''}"] = attempt(
                lambda: facts(config.get_one(cloud, region_name=region or ''))
            )
        known = regions.get(config.default_cloud)
        if isinstance(known, list) and answers[':'] == answers[f'{config.default_cloud}:{known[0]}']:
            answers[':'] = f'as {config.default_cloud}:{known[0]}'
        return {
            'clouds': names,
            'default': None if config.default_cloud is None else str(config.default_cloud),
            'regions': {str(name): known for name, known in regions.items()},
            'answers': answers,
        }


def text(case):
    found = json.dumps(record(case), indent=1, ensure_ascii=False, default=str, sort_keys=True)
    return found.replace(str(case), '${CASE}') + '\n'


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument('cases', type=pathlib.Path)
    arguments.add_argument('--check', action='store_true')
    options = arguments.parse_args()
    warnings.simplefilter('ignore')
    logging.disable(logging.CRITICAL)
    cases = sorted(path.parent.resolve() for path in options.cases.glob('*/case.yaml'))
    if not cases:
        sys.exit(f'no cases in {options.cases}')
    different = 0
    for case in cases:
        expected = case / 'expected.json'
        now = text(case)
        if not options.check:
            expected.write_text(now)
        elif not expected.exists() or expected.read_text() != now:
            different += 1
            print(f'{case.name}: expected.json is not what openstacksdk says; record it anew and look at what changed')
    versions = {name: importlib.metadata.version(name) for name in ('openstacksdk', 'keystoneauth1', 'PyYAML')}
    if not options.check:
        (options.cases / 'recorded-with.json').write_text(json.dumps(versions, indent=1) + '\n')
    words = ', '.join(f'{name} {version}' for name, version in versions.items())
    print(f'config-parity: {len(cases)} cases, {different} recorded otherwise ({words})')
    sys.exit(1 if different else 0)


if __name__ == '__main__':
    main()
