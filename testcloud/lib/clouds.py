"""How the programs that use the test cloud find it: the arguments --clouds and --cloud, and a connection without surprises."""
import logging
import os
import sys


def add_arguments(parser, cloud='demo'):
    parser.add_argument('--clouds', metavar='FILE', default=os.path.join(state_folder(), 'clouds.yaml'),
                        help='a clouds.yaml (default: the one that testcloud/up printed)')
    parser.add_argument('--cloud', metavar='NAME', default=cloud, help='which of its clouds (default: %s)' % cloud)


def state_folder():
    base = os.environ.get('XDG_STATE_HOME') or os.path.expanduser('~/.local/state')
    return os.environ.get('OAKTREE_TESTCLOUD_HOME') or os.path.join(base, 'oaktree', 'testcloud')


def connect(args):
    if not os.path.exists(args.clouds):
        sys.exit('%s is missing; start the cloud with testcloud/up' % args.clouds)
    # Loopback is not reached through a proxy, and no variable of the caller's own clouds may add to the file.
    for name in list(os.environ):
        if name.startswith('OS_') or name.lower().endswith('_proxy'):
            del os.environ[name]
    os.environ['OS_CLIENT_CONFIG_FILE'] = args.clouds
    # It warns that swift has no discovery document, which is so in every cloud.
    logging.getLogger('keystoneauth').setLevel(logging.ERROR)
    try:
        import openstack
    except ImportError:
        sys.exit("openstacksdk is missing; testcloud/up installs Debian's, for /usr/bin/python3")
    return openstack.connect(cloud=args.cloud)
