# Identity.
PACKAGES+=(python3-keystone)
DATABASES+=(keystone)

keystone_configure() {
  mkdir -p "$ETC/keystone" "$DATA/keystone/fernet" "$DATA/keystone/credential"
  cat > "$ETC/keystone/keystone.conf" <<E
[DEFAULT]
use_stderr = true
public_endpoint = http://$HOST:${PORT[keystone]}
insecure_debug = true
[auth]
methods = external,password,token,oauth1,mapped,application_credential,totp
[cache]
enabled = true
backend = dogpile.cache.memcached
memcache_servers = $HOST:${PORT[memcached]}
$(database_section keystone)
[token]
provider = fernet
expiration = 86400
allow_expired_window = 172800
[fernet_tokens]
key_repository = $DATA/keystone/fernet
[credential]
key_repository = $DATA/keystone/credential
[identity]
password_hash_rounds = 4
[oslo_messaging_notifications]
driver = noop
[oslo_policy]
enforce_scope = false
[oslo_middleware]
enable_proxy_headers_parsing = true
E
  program keystone-manage keystone.cmd.manage:main
  wsgi_program keystone keystone.server.wsgi:initialize_public_application
}

_keystone_manage() { "$BIN/keystone-manage" --config-file "$ETC/keystone/keystone.conf" "$@"; }
keystone_migrate() {
  _keystone_manage fernet_setup --keystone-user root --keystone-group root &&
    _keystone_manage credential_setup --keystone-user root --keystone-group root &&
    _keystone_manage db_sync
}
# Also moves keystone's own endpoints when the ports have moved.
keystone_bootstrap() {
  local url=http://$HOST:${PORT[keystone]}/v3
  _keystone_manage bootstrap --bootstrap-password "$ADMIN_PASSWORD" --bootstrap-region-id RegionOne \
    --bootstrap-admin-url "$url" --bootstrap-internal-url "$url" --bootstrap-public-url "$url"
}

keystone_start() { start_wsgi keystone "${PORT[keystone]}" 2 1 "OS_KEYSTONE_CONFIG_FILES=$ETC/keystone/keystone.conf"; }
keystone_ready() { wait_listening keystone "${PORT[keystone]}"; }
