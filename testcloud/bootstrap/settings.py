"""What `up` decided, read from the file it names as first argument: lines `name=value`."""
import sys

with open(sys.argv[1]) as _file:
    VALUES = dict(line.rstrip('\n').split('=', 1) for line in _file)

HOST = VALUES['host']
KEYSTONE = 'http://%s:%s/v3' % (HOST, VALUES['port_keystone'])


def endpoint(service, path=''):
    return 'http://%s:%s%s' % (HOST, VALUES['port_' + service], path)
