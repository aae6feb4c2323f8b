# shellcheck shell=bash
# Processes that outlive the script that starts them: only ever our own are looked at or ended.
#
# A file per process holds its id and when it was started, for an id alone may by now belong to
# somebody else. Each leads a process group, so that what it has started ends with it.

# daemon NAME COMMAND...
daemon() {
  local name=$1 pid
  shift
  mkdir -p "$run" "$logs"
  set -m
  "$@" >"$logs/$name.log" 2>&1 </dev/null &
  pid=$!
  set +m
  printf '%s %s\n' "$pid" "$(start_time "$pid")" >"$run/$name.pid"
  disown "$pid"
}

# Prints the id of the process NAME if it is ours and alive; fails otherwise.
daemon_pid() {
  local file=$run/$1.pid pid started
  [ -f "$file" ] || return 1
  read -r pid started <"$file" || return 1
  [ -n "$started" ] && [ "$(start_time "$pid")" = "$started" ] || return 1
  printf '%s\n' "$pid"
}

# Asks NAME to end, waits for it, insists after ten seconds; fine when it does not run.
end_daemon() {
  local name=$1 pid i
  if pid=$(daemon_pid "$name"); then
    kill -TERM "$pid" 2>/dev/null || true
    for ((i = 0; i < 200; i++)); do
      daemon_pid "$name" >/dev/null || break
      sleep 0.05
    done
    # The rest of its group: functions whose emulator went without them.
    kill -KILL -- "-$pid" 2>/dev/null || true
  fi
  rm -f "$run/$name.pid"
}

# When a process was started, in some unit of the system's; nothing when it has ended.
start_time() {
  local stat fields
  if [ -d /proc/self ]; then
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
    # After the name, which may hold spaces and is in brackets: the state, and nineteenth the start.
    read -r -a fields <<<"${stat##*) }"
    # One that has ended stays listed until whoever inherited it takes note.
    [ "${fields[0]}" = Z ] || printf '%s\n' "${fields[19]}"
  else
    ps -o lstart= -p "$1" 2>/dev/null | tr -d ' ' || true
  fi
}

# One `up` or `down` at a time in a clone.
lock() {
  local holder
  mkdir -p "$state"
  if ! mkdir "$state/lock" 2>/dev/null; then
    holder=$(cat "$state/lock/pid" 2>/dev/null || true)
    if [ -n "$holder" ] && kill -0 "$holder" 2>/dev/null; then
      fail "scripts/up or scripts/down is already at work here (process $holder)" "Wait for it to end."
    fi
    # Left by one that was killed.
    mkdir -p "$state/lock"
  fi
  echo $$ >"$state/lock/pid"
}

unlock() {
  rm -rf "$state/lock"
}
