# Processes without systemd: started in a session of their own, known by pid and start time, ended by that alone.

# "STATE STARTTIME" of a pid (fields 3 and 22 of /proc/PID/stat); nothing when there is none
_stat() { sed 's/.*) //' "/proc/$1/stat" 2> /dev/null | cut -d' ' -f1,20 || true; }

# A pid used anew has another start time. A zombie is dead too: in a container nobody may ever reap it.
alive() {
  local pid born state now
  [ -f "$RUN/$1.pid" ] || return 1
  read -r pid born < "$RUN/$1.pid" || return 1
  read -r state now <<< "$(_stat "$pid")" || return 1
  [ "$state" != Z ] && [ -n "$now" ] && [ "$now" = "$born" ]
}
names_started() { local f; for f in "$RUN"/*.pid; do [ -e "$f" ] && basename "$f" .pid; done; return 0; }
any_alive() { local name; for name in $(names_started); do alive "$name" && return 0; done; return 1; }

# start NAME COMMAND...: in the background, output to log/NAME.log (the last one is kept as log/NAME.log.1)
start() {
  local name=$1 pid; shift
  if alive "$name"; then return 0; fi
  [ ! -f "$LOG/$name.log" ] || mv -f "$LOG/$name.log" "$LOG/$name.log.1"
  # The variable marks the process and its children as ours, whatever groups they move to (see `down`).
  # A background job of a script leads no process group, so setsid does not fork and $! is the leader of the new one.
  OAKTREE_TESTCLOUD_PROCESS=$STATE setsid "$@" < /dev/null > "$LOG/$name.log" 2>&1 8>&- 9>&- &
  pid=$!
  echo "$pid $(_stat "$pid" | cut -d' ' -f2)" > "$RUN/$name.pid"
}

# stop NAME SECONDS: asks the leader, then ends what is left of its group
stop() {
  local name=$1 seconds=$2 pid born i
  if alive "$name"; then
    read -r pid born < "$RUN/$name.pid"
    kill -TERM "$pid" 2> /dev/null || true
    for ((i = 0; i < seconds * 10; i++)); do alive "$name" || break; sleep 0.1; done
    kill -KILL -- "-$pid" 2> /dev/null || true
  fi
  rm -f "$RUN/$name.pid"
}

# Processes that carry the mark of this state. A pid file can be lost, a child can leave its group; the mark stays.
marked() {
  grep -lszxF "OAKTREE_TESTCLOUD_PROCESS=$STATE" /proc/[0-9]*/environ | cut -d/ -f3 || true
}

listening() { (exec 3<> "/dev/tcp/$HOST/$1") 2> /dev/null; }
wait_listening() { # NAME PORT
  local i
  for ((i = 0; i < 900; i++)); do
    alive "$1" || { tail -n 15 "$LOG/$1.log" >&2; die "$1 ended at its start; see $LOG/$1.log"; }
    if listening "$2"; then return 0; fi
    sleep 0.2
  done
  die "$1 does not listen on $HOST:$2 after three minutes; see $LOG/$1.log"
}
