# Block storage: two back ends whose volumes are sparse files (python/oaktree_testcloud/cinder_file.py), backups to a folder.
# Without the program dmidecode every backup stays "creating" for ever (a FileNotFoundError inside os-brick).
PACKAGES+=(python3-cinder dmidecode)
UNPACKED+=(cinder-common)
DATABASES+=(cinder)

cinder_configure() {
  local etc=$ETC/cinder data=$DATA/cinder name
  mkdir -p "$etc" "$data"/{first,second,backup,conversion}
  cp "$SHARE/usr/share/cinder-common/api-paste.ini" "$SHARE/etc/cinder/resource_filters.json" "$SHARE/etc/cinder/rootwrap.conf" "$etc/"
  cat > "$etc/cinder.conf" <<E
[DEFAULT]
$(default_section)
auth_strategy = keystone
my_ip = $HOST
host = testcloud
state_path = $data
image_conversion_dir = $data/conversion
api_paste_config = $etc/api-paste.ini
resource_query_filters_file = $etc/resource_filters.json
rootwrap_config = $etc/rootwrap.conf
osapi_volume_listen = $HOST
osapi_volume_listen_port = ${PORT[cinder]}
osapi_volume_workers = 1
enabled_backends = first,second
glance_api_servers = http://$HOST:${PORT[glance]}
allowed_direct_url_schemes =
backup_driver = cinder.backup.drivers.posix.PosixBackupDriver
backup_posix_path = $data/backup
backup_workers = 1
# less than 20 makes cinder-backup refuse to start
backup_native_threads_pool_size = 20
backup_sha_block_size_bytes = 1048576
backup_file_size = 104857600
storage_availability_zone = nova
default_availability_zone = nova
allow_availability_zone_fallback = true
quota_volumes = 2000
quota_snapshots = 2000
quota_gigabytes = 100000
quota_backups = 1000
quota_backup_gigabytes = 100000
quota_groups = 1000
volume_clear = none
periodic_interval = 60
service_down_time = 600
scheduler_default_filters = AvailabilityZoneFilter,CapacityFilter,CapabilitiesFilter
enable_force_upload = true
group_api_class = cinder.group.api.API
[first]
volume_driver = oaktree_testcloud.cinder_file.FileDriver
volume_backend_name = first
testcloud_folder = $data/first
[second]
volume_driver = oaktree_testcloud.cinder_file.FileDriver
volume_backend_name = second
testcloud_folder = $data/second
[nova]
interface = public
$(service_credentials nova)
[service_user]
send_service_user_token = true
$(service_credentials cinder)
[key_manager]
backend = cinder.keymgr.conf_key_mgr.ConfKeyManager
fixed_key = 0000000000000000000000000000000000000000000000000000000000000000
[privsep_osbrick]
helper_command = /usr/bin/privsep-helper --config-file $etc/cinder.conf
[cinder_sys_admin]
helper_command = /usr/bin/privsep-helper --config-file $etc/cinder.conf
[oslo_policy]
enforce_scope = false
$(database_section cinder)
$(token_sections cinder)
E
  for name in api scheduler volume backup manage; do program "cinder-$name" "cinder.cmd.$name:main"; done
}

cinder_migrate() { "$BIN/cinder-manage" --config-file "$ETC/cinder/cinder.conf" db sync; }
cinder_start() {
  local name
  for name in scheduler volume backup api; do start "cinder-$name" "$BIN/cinder-$name" --config-file "$ETC/cinder/cinder.conf"; done
}
cinder_ready() { wait_listening cinder-api "${PORT[cinder]}"; }
