# shellcheck shell=bash
# Telling what happens, and how long it takes.

# fail SENTENCE [HOW TO MEND]
fail() {
  printf '%s: %s\n' "$(basename "$0")" "$1" >&2
  [ $# -lt 2 ] || printf '  %s\n' "$2" >&2
  exit 1
}

# step WHAT LOG COMMAND...
#
# Runs the command with its output in LOG. On a terminal the seconds tick; elsewhere there is a
# line at the start and one at the end. When the command fails, the end of its output is shown
# and so is where the rest lies.
step() {
  local what=$1 log=$2 started=$SECONDS ticker='' rc=0 quiet=${quiet-}
  shift 2
  mkdir -p "$(dirname "$log")"
  if [ -t 1 ]; then
    printf '%s ...' "$what"
    tick "$what" &
    ticker=$!
  elif [ -z "$quiet" ]; then
    printf '%s ...\n' "$what"
  fi
  "$@" >"$log" 2>&1 </dev/null || rc=$?
  if [ -n "$ticker" ]; then
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
    printf '\r\033[K'
  fi
  if [ "$rc" -ne 0 ]; then
    tail -n 40 "$log" >&2
    fail "failed after $((SECONDS - started)) s: $what" "All of its output: ${log#"$root"/}"
  fi
  [ -n "$quiet" ] && [ $((SECONDS - started)) -le 2 ] || printf '%s: done in %d s\n' "$what" $((SECONDS - started))
}

# As step, but says nothing of what is over in two seconds.
step_quietly() {
  quiet=yes step "$@"
}

tick() {
  local started=$SECONDS
  # Ends with its parent, also when that is killed.
  while sleep 1 && kill -0 "$$" 2>/dev/null; do
    printf '\r\033[K%s ... %d s' "$1" $((SECONDS - started))
  done
}
