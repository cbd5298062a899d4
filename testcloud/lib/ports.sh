# The ports of the cloud, and the offset that moves all of them when somebody else sits on one.

declare -A BASE_PORT=(
  [keystone]=5000 [glance]=9292 [placement]=8778 [nova]=8774 [neutron]=9696 [cinder]=8776 [swift]=8081 [simcloud]=5800
  [swift_object]=6200 [swift_container]=6201 [swift_account]=6202
  [mariadb]=3307 [memcached]=11211 [rabbitmq]=5672 [rabbitmq_nodes]=25672 [epmd]=4369
)
# No port of one offset is a port of another, and none reaches the range of outgoing connections (32768 and up).
OFFSETS=(0 1000 2000 3000 4000 5000 6000 7000)
OFFSET=0
declare -A PORT

use_offset() {
  local name
  OFFSET=$1
  for name in "${!BASE_PORT[@]}"; do PORT[$name]=$((BASE_PORT[$name] + OFFSET)); done
}

# Binding tells more than connecting: it also sees a listener on 0.0.0.0 that would refuse us.
ports_free() {
  /usr/bin/python3 - "$HOST" "${PORT[@]}" <<'PYTHON'
import socket, sys
for port in sys.argv[2:]:
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind((sys.argv[1], int(port)))
        except OSError:
            sys.exit(1)
PYTHON
}

# The offset of this state: the remembered one while anything of it runs or its ports are free, else the first free one.
# The caller holds the machine-wide lock until a port is really taken, so that two clouds never choose the same.
choose_offset() {
  local remembered candidate
  remembered=$(cat "$STATE/offset" 2> /dev/null || true)
  if [ -n "$remembered" ] && any_alive; then use_offset "$remembered"; return; fi
  for candidate in $remembered "${OFFSETS[@]}"; do
    use_offset "$candidate"
    if ports_free; then echo "$OFFSET" > "$STATE/offset"; return; fi
  done
  die "no free ports: each of the offsets ${OFFSETS[*]} collides with a listener (the ports are listed in testcloud/lib/ports.sh)"
}

lock_machine() { mkdir -p /run/lock; exec 8>> /run/lock/oaktree-testcloud.lock; flock 8; }
unlock_machine() { exec 8>&-; }
