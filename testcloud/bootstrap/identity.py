"""identity.py SETTINGS: roles, projects, users and the service catalog. May be run again and again."""
from keystoneauth1 import session
from keystoneauth1.identity import v3
from keystoneclient.v3 import client

import accounts
from settings import VALUES
from settings import endpoint

# service -> (type, name, URL) of each of its catalog entries
CATALOG = {
    'glance': [('image', 'glance', endpoint('glance'))],
    'placement': [('placement', 'placement', endpoint('placement'))],
    'nova': [('compute', 'nova', endpoint('nova', '/v2.1'))],
    'neutron': [('network', 'neutron', endpoint('neutron'))],
    # older clients look for volumev3, newer ones for block-storage
    'cinder': [('volumev3', 'cinderv3', endpoint('cinder', '/v3/%(project_id)s')),
               ('block-storage', 'cinder', endpoint('cinder', '/v3/%(project_id)s'))],
    'swift': [('object-store', 'swift', endpoint('swift', '/v1/AUTH_%(project_id)s'))],
}
# what a user may do in a project that he is a member of
MEMBER = ('member', 'reader', 'swiftoperator')

keystone = client.Client(session=session.Session(auth=v3.Password(user_domain_id='default', project_domain_id='default', **{
    key: value for key, value in accounts.auth('admin').items() if not key.endswith('domain_name')})))
roles = {role.name: role for role in keystone.roles.list()}
projects = {project.name: project for project in keystone.projects.list(domain='default')}
users = {user.name: user for user in keystone.users.list(domain='default')}


def role(name):
    if name not in roles:
        roles[name] = keystone.roles.create(name)
    return roles[name]


def project(name):
    if name not in projects:
        projects[name] = keystone.projects.create(name, 'default')
    return projects[name]


def user(name, password):
    if name not in users:
        users[name] = keystone.users.create(name, domain='default', password=password)
    return users[name]


def grant(user, project, names):
    for name in names:
        keystone.roles.grant(role(name), user=user, project=project)


def grant_services():
    for service in CATALOG:
        more = ('ResellerAdmin',) if service == 'swift' else ()
        grant(user(service, VALUES['service_password']), project('service'), ('admin', 'service') + more)


def grant_users():
    for name, project_name in list(accounts.CLOUDS.values()) + accounts.MORE_MEMBERS:
        if name == 'admin':
            grant(users['admin'], project(project_name), ('admin', 'swiftoperator', 'ResellerAdmin'))
        else:
            grant(user(name, name), project(project_name), MEMBER)
    keystone.roles.grant(role('admin'), user=users['admin'], system='all')
    keystone.roles.grant(role('admin'), user=users['admin'], domain='default')


def fill_catalog():
    services = {service.type: service for service in keystone.services.list()}
    endpoints = {(e.service_id, e.interface): e for e in keystone.endpoints.list()}
    for entries in CATALOG.values():
        for type_, name, url in entries:
            if type_ not in services:
                services[type_] = keystone.services.create(name, type_, description='OpenStack ' + name)
            for interface in ('public', 'internal', 'admin'):
                known = endpoints.get((services[type_].id, interface))
                if known is None:
                    keystone.endpoints.create(services[type_], url, interface, region='RegionOne')
                elif known.url != url:
                    keystone.endpoints.update(known, url=url)


grant_services()
grant_users()
fill_catalog()
