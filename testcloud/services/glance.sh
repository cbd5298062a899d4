# Images: two file stores, interoperable import.
PACKAGES+=(python3-glance qemu-utils)
UNPACKED+=(glance-common)
DATABASES+=(glance)

glance_configure() {
  local data=$DATA/glance
  mkdir -p "$ETC/glance" "$data"/{fast,slow,staging,tasks,cache}
  cp "$SHARE/usr/share/glance-common/glance-api-paste.ini" "$ETC/glance/"
  cat > "$ETC/glance/glance-api.conf" <<E
[DEFAULT]
$(default_section)
bind_host = $HOST
bind_port = ${PORT[glance]}
workers = 0
enabled_backends = fast:file, slow:file
enabled_import_methods = [glance-direct,web-download,copy-image]
node_staging_uri = file://$data/staging
worker_self_reference_url = http://$HOST:${PORT[glance]}
show_image_direct_url = true
show_multiple_locations = true
allow_additional_image_properties = true
image_member_quota = 1000
image_property_quota = 1000
image_tag_quota = 1000
image_cache_dir = $data/cache
[glance_store]
default_backend = fast
[fast]
filesystem_store_datadir = $data/fast
store_description = first store
[slow]
filesystem_store_datadir = $data/slow
store_description = second store
[os_glance_staging_store]
filesystem_store_datadir = $data/staging
[os_glance_tasks_store]
filesystem_store_datadir = $data/tasks
[import_filtering_opts]
allowed_ports =
[paste_deploy]
flavor = keystone
config_file = $ETC/glance/glance-api-paste.ini
[task]
task_executor = taskflow
work_dir = $data/tasks
[taskflow_executor]
engine_mode = serial
$(database_section glance)
$(token_sections glance)
E
  program glance-api glance.cmd.api:main
  program glance-manage glance.cmd.manage:main
}

_glance_manage() { "$BIN/glance-manage" --config-file "$ETC/glance/glance-api.conf" "$@"; }
glance_migrate() { _glance_manage db_sync; }
glance_start() { start glance-api "$BIN/glance-api" --config-file "$ETC/glance/glance-api.conf"; }
glance_ready() { wait_listening glance-api "${PORT[glance]}"; }
glance_finish() { once glance-metadefs _glance_manage db_load_metadefs "$SHARE/usr/share/glance-common/metadefs"; }
