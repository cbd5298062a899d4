# Placement: what nova's scheduler asks.
PACKAGES+=(python3-placement)
DATABASES+=(placement)

placement_configure() {
  mkdir -p "$ETC/placement"
  cat > "$ETC/placement/placement.conf" <<E
[DEFAULT]
use_stderr = true
[api]
auth_strategy = keystone
[placement_database]
connection = $(database_url placement)
max_pool_size = 10
$(token_sections placement)
E
  program placement-manage placement.cmd.manage:main
  wsgi_program placement placement.wsgi:init_application
}

placement_migrate() { "$BIN/placement-manage" --config-file "$ETC/placement/placement.conf" db sync; }
placement_start() { start_wsgi placement "${PORT[placement]}" 1 4 "OS_PLACEMENT_CONFIG_DIR=$ETC/placement"; }
placement_ready() { wait_listening placement "${PORT[placement]}"; }
