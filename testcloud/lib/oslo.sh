# The parts that every service's configuration shares: database, queue, tokens.

# Everything listens on loopback only and holds nothing worth a secret: passwords are plain words.
DATABASE_PASSWORD=testcloud SERVICE_PASSWORD=service ADMIN_PASSWORD=admin

database_url() { echo "mysql+pymysql://testcloud:$DATABASE_PASSWORD@$HOST:${PORT[mariadb]}/$1?charset=utf8"; }
queue_url() { echo "rabbit://guest:guest@$HOST:${PORT[rabbitmq]}/"; }

default_section() {
  cat <<E
use_stderr = true
transport_url = $(queue_url)
rpc_response_timeout = 180
executor_thread_pool_size = 64
E
}

database_section() { # DATABASE
  cat <<E
[database]
connection = $(database_url "$1")
max_pool_size = 10
max_overflow = 100
max_retries = 10
E
}

service_credentials() { # USER
  cat <<E
auth_url = http://$HOST:${PORT[keystone]}
auth_type = password
project_domain_name = Default
user_domain_name = Default
project_name = service
username = $1
password = $SERVICE_PASSWORD
region_name = RegionOne
E
}

token_sections() { # USER
  mkdir -p "$RUN/lock-$1"
  cat <<E
[keystone_authtoken]
www_authenticate_uri = http://$HOST:${PORT[keystone]}
memcached_servers = $HOST:${PORT[memcached]}
service_token_roles = service,admin
service_token_roles_required = true
$(service_credentials "$1")
[oslo_messaging_rabbit]
heartbeat_timeout_threshold = 0
[oslo_messaging_notifications]
driver = noop
[oslo_concurrency]
lock_path = $RUN/lock-$1
E
}
