#!/usr/bin/env bash
# The fourteen operations that a pool of build servers needs of a cloud, each by grpcurl alone. docs/the-fourteen.md tells of them.
#   docs/the-fourteen.sh [IMAGE [FLAVOR [NETWORK]]]     default: tiny m1.nano private-demo
# Needs a running `oaktree serve` and its default cloud. OAKTREE_ADDRESS and OAKTREE_TOKEN_FILE say where it is, if not at its usual place;
# MIN_AGE is how long a floating IP must have lain unused until 14 deletes it (default 300s).
# Everything that it makes is named fourteen-…, and gone when it ends, also when it fails.
set -euo pipefail
case ${1:-} in -*) sed -n '2,/^set /{s/^# \{0,1\}//p;}' "$0" >&2; exit 2 ;; esac
image=${1:-tiny} flavor=${2:-m1.nano} network=${3:-private-demo}
address=${OAKTREE_ADDRESS:-127.0.0.1:50051}
token_file=${OAKTREE_TOKEN_FILE:-${XDG_STATE_HOME:-$HOME/.local/state}/oaktree/token}
name=fourteen-$(date +%s)-$$
floating_ip=

oaktree() { # oaktree CALL [REQUEST]: REQUEST is JSON, `@` reads it from standard input
  # The token stands in the environment, where no other user sees it, and not among the arguments.
  TOKEN=$(cat "$token_file") grpcurl -plaintext -expand-headers -H 'authorization: Bearer ${TOKEN}' -d "${2:-{\}}" "$address" "oaktree.$1"
}

first() { # first FIELD: its first text in the answer on standard input
  sed -n "s/^ *\"$1\": \"\(.*\)\",\{0,1\}\$/\1/p" | head -n 1
}

say() { printf '\n== %s\n' "$1"; }

clean() { # What is not there any more is no error.
  local status=$?
  trap - EXIT
  [ $status = 0 ] || printf 'the-fourteen: failed; what it made is taken away\n' >&2
  oaktree compute.v1.Servers/DeleteServer '{"server": "'"$name"'", "wait": true}' >/dev/null || status=1
  [ -z "$floating_ip" ] || oaktree network.v1.FloatingIps/DeleteFloatingIp '{"floating_ip": "'"$floating_ip"'"}' >/dev/null || status=1
  oaktree compute.v1.Keypairs/DeleteKeypair '{"keypair": "'"$name"'"}' >/dev/null || status=1
  oaktree image.v1.Images/DeleteImage '{"image": "'"$name"'"}' >/dev/null || status=1
  oaktree image.v1.Images/DeleteImage '{"image": "'"$name"'-snapshot"}' >/dev/null || status=1
  exit $status
}
trap clean EXIT

say '1 what there is room for: availability zones, limits'
oaktree compute.v1.AvailabilityZones/ListAvailabilityZones
oaktree compute.v1.Limits/GetComputeLimits
oaktree blockstorage.v1.Limits/GetVolumeLimits

say '2 an image by its name'
oaktree image.v1.Images/GetImage '{"image": "'"$image"'"}'

say '3 flavors; the smallest with enough memory'
oaktree compute.v1.Flavors/ListFlavors
oaktree compute.v1.Flavors/GetFlavorByRam '{"min_ram_mib": 64}'

say '4 networks'
oaktree network.v1.Networks/ListNetworks

say '5 upload of an image: the spec, then bytes, each message as one JSON object'
{
  printf '{"spec": {"request_id": "%s", "name": "%s", "disk_format": "raw", "size_bytes": 524288}}\n' "$name" "$name"
  for _ in 1 2; do
    printf '{"chunk": "%s"}\n' "$(head -c 262144 /dev/urandom | base64 | tr -d '\n')"
  done
} | oaktree image.v1.Images/CreateImage @

say '6 a keypair; its private key is told once, and not shown here'
oaktree compute.v1.Keypairs/CreateKeypair '{"name": "'"$name"'"}' | sed 's/"private_key": ".*"/"private_key": "..."/'

say '7 a server; the same request_id again is the same server'
server='{"request_id": "'"$name"'", "name": "'"$name"'", "image": "'"$image"'", "flavor": "'"$flavor"'", "networks": ["'"$network"'"],
  "key_name": "'"$name"'", "metadata": {"pool": "fourteen"}}'
made=$(oaktree compute.v1.Servers/CreateServer "$server" | first id)
again=$(oaktree compute.v1.Servers/CreateServer "$server" | first id)
echo "$made"
[ -n "$made" ] && [ "$made" = "$again" ]

say '8 the wait for it: a message for each change, the last one shows it ready'
oaktree compute.v1.Servers/WaitForServer '{"server": "'"$name"'", "timeout": "170s"}'

say '9 a floating IP that leads to it'
floating_ip=$(oaktree compute.v1.Servers/AddIpsToServer '{"server": "'"$name"'", "wait": true}' | first floating_ip_address)
[ -n "$floating_ip" ]
oaktree compute.v1.Servers/GetServer '{"server": "'"$name"'", "max_age": "0s"}' | grep -F "$floating_ip"

say '10 its console'
oaktree compute.v1.Servers/GetServerConsole '{"server": "'"$name"'", "line_count": 10}'

say '11 an entry of its metadata'
oaktree compute.v1.Servers/SetServerMetadata '{"server": "'"$name"'", "metadata": {"state": "used"}}'

say '12 an image of it; then both images go'
oaktree image.v1.Images/CreateImageSnapshot '{"server": "'"$name"'", "name": "'"$name"'-snapshot", "wait": true, "timeout": "170s"}'
oaktree image.v1.Images/DeleteImage '{"image": "'"$name"'-snapshot", "wait": true}'
oaktree image.v1.Images/DeleteImage '{"image": "'"$name"'", "wait": true}'

say '13 the floating IP leads nowhere and goes; then the server does'
oaktree compute.v1.Servers/DetachIpFromServer '{"server": "'"$name"'", "floating_ip": "'"$floating_ip"'"}'
oaktree network.v1.FloatingIps/DeleteFloatingIp '{"floating_ip": "'"$floating_ip"'"}'
oaktree compute.v1.Servers/DeleteServer '{"server": "'"$name"'", "wait": true}'

say '14 floating IPs that nobody uses: a new one, which goes too when it is old enough'
floating_ip=$(oaktree network.v1.FloatingIps/CreateFloatingIp | first floating_ip_address)
[ -n "$floating_ip" ]
oaktree network.v1.FloatingIps/DeleteUnattachedFloatingIps '{"min_age": "'"${MIN_AGE:-300s}"'"}'

say 'done'
