# Where the state of the cloud lives, how the scripts speak, and the lock that keeps two of them apart.

HOST=127.0.0.1
STATE=$(realpath -m -- "${OAKTREE_TESTCLOUD_HOME:-${XDG_STATE_HOME:-${HOME:-/root}/.local/state}/oaktree/testcloud}")
ETC=$STATE/etc BIN=$STATE/bin RUN=$STATE/run LOG=$STATE/log DATA=$STATE/data SHARE=$STATE/share PYTHON=$STATE/python
CLOUDS_YAML=$STATE/clouds.yaml
MARK=$STATE/.oaktree-testcloud

say() { printf '%(%T)T %s\n' -1 "$*"; }
die() { say "FAILED: $*" >&2; exit 1; }
refuse() { printf 'testcloud: %s\n' "$*" >&2; exit 2; }

# lap TEXT SINCE: what took how long; SINCE is an earlier $EPOCHREALTIME
lap() { printf '%(%T)T   %-32s %6s s\n' -1 "$1" "$(awk "BEGIN { printf \"%.1f\", $EPOCHREALTIME - $2 }")"; }

# A folder that holds something else is never taken over: `down --wipe` will delete below it.
open_state() {
  mkdir -p "$STATE"
  if [ ! -e "$MARK" ] && [ -n "$(ls -A "$STATE")" ]; then
    refuse "$STATE is not empty and not a state folder of the test cloud; choose another with OAKTREE_TESTCLOUD_HOME"
  fi
  : > "$MARK"
}

# One `up` or `down` of a state at a time; the others wait. `down --wipe` deletes the lock's file, so whoever
# waited for it must look whether what he holds is still the file of that name.
lock_state() {
  while :; do
    open_state
    exec 9>> "$STATE/lock"
    flock -n 9 || { say "waiting for another up or down of $STATE"; flock 9; }
    [ "$STATE/lock" -ef /proc/$$/fd/9 ] && return 0
  done
}

make_folders() { mkdir -p "$ETC" "$BIN" "$RUN" "$LOG" "$DATA/done" "$SHARE" "$PYTHON"; }
