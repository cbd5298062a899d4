# Object storage: one proxy, one server of each kind, one device, with the middleware that clients notice.
PACKAGES+=(python3-swift python3-swiftclient)

swift_configure() {
  mkdir -p "$ETC/swift" "$DATA/swift/device" "$RUN/swift"
  /usr/bin/python3 - "$DATA/swift/.probe" <<'E' || die "swift needs a file system with user xattrs; $DATA has none: set OAKTREE_TESTCLOUD_HOME elsewhere"
import os, sys
open(sys.argv[1], 'w').close()
try:
    os.setxattr(sys.argv[1], 'user.swift.probe', b'x' * 2000)
finally:
    os.unlink(sys.argv[1])
E
  cat > "$ETC/swift/swift.conf" <<E
[swift-hash]
swift_hash_path_prefix = testcloud
swift_hash_path_suffix = testcloud
[storage-policy:0]
name = gold
aliases = standard
default = yes
E
  _swift_proxy
  _swift_storage account account "${PORT[swift_account]}"
  _swift_storage container container "${PORT[swift_container]}"
  _swift_storage object obj "${PORT[swift_object]}"
  _swift_daemons
  once_per swift-rings "$OFFSET" _swift_rings
}

# swift reads /etc/swift/swift.conf by a fixed name, so its programs are made to look at ours instead.
_swift_program() { # NAME, the Python lines on standard input
  { printf '#!/usr/bin/python3\nimport sys\nsys.argv[0] = "%s"\n' "$1"
    printf 'import swift.common.utils\nswift.common.utils.SWIFT_CONF_FILE = "%s"\n' "$ETC/swift/swift.conf"
    cat; } > "$BIN/$1"
  chmod +x "$BIN/$1"
}

_swift_proxy() {
  local filter
  { cat <<E
[DEFAULT]
bind_ip = $HOST
bind_port = ${PORT[swift]}
workers = 0
user = root
swift_dir = $ETC/swift
log_name = proxy
expose_info = true
[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck proxy-logging cache etag-quoter listing_formats container_sync bulk tempurl formpost ratelimit s3api s3token authtoken keystoneauth staticweb copy container-quotas account-quotas slo dlo versioned_writes symlink proxy-logging proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
allow_account_management = true
[filter:authtoken]
paste.filter_factory = keystonemiddleware.auth_token:filter_factory
delay_auth_decision = true
www_authenticate_uri = http://$HOST:${PORT[keystone]}
memcached_servers = $HOST:${PORT[memcached]}
service_token_roles_required = true
$(service_credentials swift)
[filter:keystoneauth]
use = egg:swift#keystoneauth
operator_roles = admin, swiftoperator, member
reseller_admin_role = ResellerAdmin
[filter:cache]
use = egg:swift#memcache
memcache_servers = $HOST:${PORT[memcached]}
[filter:s3token]
use = egg:swift#s3token
auth_uri = http://$HOST:${PORT[keystone]}/v3
[filter:s3api]
use = egg:swift#s3api
s3_acl = false
location = RegionOne
[filter:versioned_writes]
use = egg:swift#versioned_writes
allow_versioned_writes = true
allow_object_versioning = true
[filter:slo]
use = egg:swift#slo
min_segment_size = 1
[filter:tempurl]
use = egg:swift#tempurl
methods = GET HEAD PUT POST DELETE
E
    for filter in catch_errors gatekeeper healthcheck proxy-logging etag-quoter listing_formats container_sync bulk formpost ratelimit \
      staticweb copy container-quotas account-quotas dlo symlink; do
      printf '[filter:%s]\nuse = egg:swift#%s\n' "$filter" "${filter//-/_}"
    done; } > "$ETC/swift/proxy-server.conf"
  _swift_program swift-proxy-server <<'E'
from swift.common.utils import parse_options
from swift.common.wsgi import run_wsgi
conf_file, options = parse_options()
sys.exit(run_wsgi(conf_file, 'proxy-server', **options))
E
}

_swift_storage() { # NAME MODULE PORT
  local name=$1 module=$2 port=$3
  cat > "$ETC/swift/$name-server.conf" <<E
[DEFAULT]
bind_ip = $HOST
bind_port = $port
workers = 0
user = root
swift_dir = $ETC/swift
devices = $DATA/swift
mount_check = false
disable_fallocate = true
log_name = $name
[pipeline:main]
pipeline = healthcheck recon $name-server
[app:$name-server]
use = egg:swift#$name
allow_versions = true
replication_server =
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:recon]
use = egg:swift#recon
recon_cache_path = $RUN/swift
[container-updater]
# Totals of accounts lag by up to this many seconds. A sweep forks a fresh interpreter, so it is not done more often.
interval = 20
concurrency = 1
account_suppression_time = 1
slowdown = 0
recon_cache_path = $RUN/swift
E
  _swift_program "swift-$name-server" <<E
from swift.common.utils import parse_options
from swift.common.wsgi import run_wsgi
from swift.$module import server
conf_file, options = parse_options()
options['global_conf_callback'] = getattr(server, 'global_conf_callback', None)
sys.exit(run_wsgi(conf_file, '$name-server', **{k: v for k, v in options.items() if v is not None}))
E
}

# A ring holds the port. One made anew for other ports places everything as before: there is one device.
_swift_rings() {
  /usr/bin/python3 - "$ETC/swift" "$HOST" "account=${PORT[swift_account]}" "container=${PORT[swift_container]}" "object=${PORT[swift_object]}" <<'E'
import os, sys
from swift.common.ring import RingBuilder
folder, host, *servers = sys.argv[1:]
for server in servers:
    name, port = server.split('=')
    builder = RingBuilder(part_power=8, replicas=1, min_part_hours=0)
    builder.add_dev({'id': 0, 'region': 1, 'zone': 1, 'ip': host, 'port': int(port), 'device': 'device', 'weight': 1.0})
    builder.rebalance()
    builder.get_ring().save(os.path.join(folder, name + '.ring.gz'))
E
}

_swift_daemons() {
  cat > "$ETC/swift/object-expirer.conf" <<E
[DEFAULT]
user = root
swift_dir = $ETC/swift
log_name = expirer
[object-expirer]
interval = 20
recon_cache_path = $RUN/swift
[pipeline:main]
pipeline = catch_errors cache proxy-server
[app:proxy-server]
use = egg:swift#proxy
[filter:cache]
use = egg:swift#memcache
memcache_servers = $HOST:${PORT[memcached]}
[filter:catch_errors]
use = egg:swift#catch_errors
E
  _swift_program swift-container-updater <<'E'
from swift.common.daemon import run_daemon
from swift.common.utils import parse_options
from swift.container.updater import ContainerUpdater
conf_file, options = parse_options(once=True)
run_daemon(ContainerUpdater, conf_file, **options)
E
  _swift_program swift-object-expirer <<'E'
from swift.common.daemon import run_daemon
from swift.common.utils import parse_options
from swift.obj.expirer import ObjectExpirer
conf_file, options = parse_options(once=True)
run_daemon(ObjectExpirer, conf_file, **options)
E
}

swift_start() {
  local name
  # Without --verbose swift logs to syslog only.
  for name in account container object proxy; do
    start "swift-$name" "$BIN/swift-$name-server" "$ETC/swift/$name-server.conf" --verbose
  done
  start swift-container-updater "$BIN/swift-container-updater" "$ETC/swift/container-server.conf" --verbose
  start swift-object-expirer "$BIN/swift-object-expirer" "$ETC/swift/object-expirer.conf" --verbose
}
swift_ready() { wait_listening swift-proxy "${PORT[swift]}"; }
