"""The clouds of clouds.yaml: which user, in which project. The users' passwords are their names."""
from settings import KEYSTONE

# cloud -> (user, project)
CLOUDS = {
    'admin': ('admin', 'admin'),
    'demo': ('demo', 'demo'),
    'demo2': ('demo2', 'demo'),
    'alt': ('alt', 'alt'),
    'admin-demo': ('admin', 'demo'),
}
# Memberships that no cloud above has: the user demo may re-scope from his project to alt.
MORE_MEMBERS = [('demo', 'alt')]


def auth(cloud):
    user, project = CLOUDS[cloud]
    return {'auth_url': KEYSTONE, 'username': user, 'password': user, 'project_name': project,
            'user_domain_name': 'Default', 'project_domain_name': 'Default'}


def settings(cloud):
    return {'auth': auth(cloud), 'region_name': 'RegionOne', 'identity_api_version': '3', 'interface': 'public'}


def connect(cloud):
    import openstack
    return openstack.connect(load_yaml_config=False, load_envvars=False, **settings(cloud))
