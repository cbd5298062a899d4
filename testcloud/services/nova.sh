# Compute, with several fake compute hosts (python/nova_virt/testcloud.py).
PACKAGES+=(python3-nova)
UNPACKED+=(nova-common)
DATABASES+=(nova nova_api nova_cell0)
COMPUTES=3

nova_configure() {
  local i name
  mkdir -p "$ETC/nova" "$DATA/nova"
  cp "$SHARE/usr/share/nova-common/api-paste.ini" "$ETC/nova/"
  cat > "$ETC/nova/nova.conf" <<E
[DEFAULT]
$(default_section)
my_ip = $HOST
state_path = $DATA/nova
enabled_apis = osapi_compute
osapi_compute_listen = $HOST
osapi_compute_listen_port = ${PORT[nova]}
osapi_compute_workers = 1
compute_driver = testcloud.TestCloudDriver
vif_plugging_timeout = 0
vif_plugging_is_fatal = false
allow_resize_to_same_host = true
# Each build asks neutron for a port (0.3 s of CPU); more at a time only thrash two cores.
max_concurrent_builds = 6
reserved_host_memory_mb = 0
sync_power_state_interval = -1
heal_instance_info_cache_interval = -1
instance_usage_audit = false
reclaim_instance_interval = 0
shelved_offload_time = 0
update_resources_interval = 300
service_down_time = 600
report_interval = 10
block_device_allocate_retries_interval = 1
resume_guests_state_on_host_boot = false
[api]
auth_strategy = keystone
[wsgi]
api_paste_config = $ETC/nova/api-paste.ini
[conductor]
workers = 1
[scheduler]
workers = 1
discover_hosts_in_cells_interval = -1
max_attempts = 3
query_placement_for_image_type_support = false
[filter_scheduler]
track_instance_changes = false
enabled_filters = ComputeFilter,ComputeCapabilitiesFilter,ImagePropertiesFilter,ServerGroupAntiAffinityFilter,ServerGroupAffinityFilter,SameHostFilter,DifferentHostFilter,AggregateInstanceExtraSpecsFilter,AggregateMultiTenancyIsolation
shuffle_best_same_weighed_hosts = true
host_subset_size = 3
[quota]
instances = 5000
cores = 50000
ram = 100000000
metadata_items = 128
injected_files = 5
key_pairs = 1000
server_groups = 1000
server_group_members = 1000
[api_database]
connection = $(database_url nova_api)
max_pool_size = 20
max_overflow = 100
$(database_section nova)
$(token_sections nova)
[placement]
$(service_credentials placement)
[neutron]
$(service_credentials neutron)
service_metadata_proxy = false
[cinder]
$(service_credentials cinder)
catalog_info = volumev3::publicURL
os_region_name = RegionOne
[glance]
api_servers = http://$HOST:${PORT[glance]}
[service_user]
send_service_user_token = true
$(service_credentials nova)
[key_manager]
backend = nova.keymgr.conf_key_mgr.ConfKeyManager
fixed_key = 0000000000000000000000000000000000000000000000000000000000000000
[vnc]
enabled = true
novncproxy_base_url = http://$HOST:6080/vnc_auto.html
[spice]
enabled = true
[serial_console]
enabled = true
[oslo_policy]
enforce_scope = false
E
  for name in api conductor scheduler manage; do program "nova-$name" "nova.cmd.$name:main"; done
  # This nova loads drivers from its package nova.virt only: our folder is put on that package's path.
  program nova-compute nova.cmd.compute:main "import nova.virt; nova.virt.__path__.append('$PYTHON/nova_virt')"
  # A compute host must not know the databases: it would try them and log an error at its start.
  awk '/^\[/ { skip = ($0 == "[database]" || $0 == "[api_database]") } !skip' "$ETC/nova/nova.conf" > "$ETC/nova/nova-compute.conf"
  for ((i = 1; i <= COMPUTES; i++)); do
    mkdir -p "$DATA/nova/fake$i"
    printf '[DEFAULT]\nhost = fake%s\nstate_path = %s\n' "$i" "$DATA/nova/fake$i" > "$ETC/nova/compute$i.conf"
  done
}

_nova_manage() { "$BIN/nova-manage" --config-file "$ETC/nova/nova.conf" "$@"; }
# The cells are mapped by templates, which nova fills from its own configuration: so they follow when the ports move.
nova_migrate() {
  _nova_manage api_db sync &&
    _nova_manage cell_v2 map_cell0 --database_connection '{scheme}://{username}:{password}@{hostname}:{port}/nova_cell0?{query}' &&
    _nova_manage db sync &&
    # 2: there is one already, of a first start that was broken off
    { _nova_manage cell_v2 create_cell --name cell1 --verbose \
      --database_connection '{scheme}://{username}:{password}@{hostname}:{port}/{path}?{query}' \
      --transport-url '{scheme}://{username}:{password}@{hostname}:{port}/{path}' || [ $? = 2 ]; }
}

nova_start() {
  local i
  NOVA_STARTED=''
  for ((i = 1; i <= COMPUTES; i++)); do alive "nova-compute$i" || NOVA_STARTED=$(date -u +'%F %T'); done
  start nova-conductor "$BIN/nova-conductor" --config-file "$ETC/nova/nova.conf"
  start nova-scheduler "$BIN/nova-scheduler" --config-file "$ETC/nova/nova.conf"
  start nova-api "$BIN/nova-api" --config-file "$ETC/nova/nova.conf"
  for ((i = 1; i <= COMPUTES; i++)); do
    start "nova-compute$i" "$BIN/nova-compute" --config-file "$ETC/nova/nova-compute.conf" --config-file "$ETC/nova/compute$i.conf"
  done
}

# Ready when every compute host has reported since this start, not in an earlier life.
nova_ready() {
  local i reported
  wait_listening nova-api "${PORT[nova]}"
  if [ -z "$NOVA_STARTED" ]; then return 0; fi
  for ((i = 0; i < 300; i++)); do
    alive nova-compute1 || { tail -n 5 "$LOG/nova-compute1.log" >&2; die "nova-compute ended at its start; see $LOG/nova-compute1.log"; }
    reported=$(sql "SELECT COUNT(*) FROM nova.services s WHERE s.binary = 'nova-compute' AND s.deleted = 0
      AND COALESCE(s.updated_at, s.created_at) >= '$NOVA_STARTED'")
    if [ "$reported" -ge "$COMPUTES" ]; then return 0; fi
    sleep 0.4
  done
  die "not every nova-compute reports; see $LOG/nova-compute*.log"
}

_nova_discover() {
  local i
  for ((i = 0; i < 120; i++)); do
    [ "$(sql "SELECT COUNT(*) FROM nova.compute_nodes WHERE deleted = 0 AND host LIKE 'fake%'")" -lt "$COMPUTES" ] || break
    sleep 0.5
  done
  _nova_manage cell_v2 discover_hosts
}
nova_finish() { once_per nova-hosts "$COMPUTES" _nova_discover; }
