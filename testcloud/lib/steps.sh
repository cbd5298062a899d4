# Steps that are not repeated at every `up`.

# once NAME COMMAND...: the first time only. Output to log/once-NAME.log.
# Commands inside a function given here must be joined by &&, since `set -e` does not hold in it.
once() { local name=$1; shift; once_per "$name" once "$@"; }

# once_per NAME VALUE COMMAND...: again whenever VALUE is another than the last time
once_per() {
  local name=$1 value=$2 since=$EPOCHREALTIME; shift 2
  if [ "$(cat "$DATA/done/$name" 2> /dev/null)" = "$value" ]; then return 0; fi
  "$@" > "$LOG/once-$name.log" 2>&1 || { tail -n 15 "$LOG/once-$name.log" >&2; die "$name: see $LOG/once-$name.log"; }
  echo "$value" > "$DATA/done/$name"
  lap "$name" "$since"
}
