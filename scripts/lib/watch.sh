# shellcheck shell=bash
# One function at a time from source, in the place of the deployed one.

is_function() {
  [ -n "$1" ] && function_names | grep -qx "$1"
}

# Runs until it is interrupted, then gives the function's events back to the deployed one.
watch() {
  local name=$1 environment
  ! port_is_taken "$watch_port" ||
    fail "port $watch_port is taken by another program" "End that program, or take another port: KAMAI_WATCH_PORT=$((watch_port + 10)) scripts/up --watch $name"

  environment=$("$venv/bin/python" "$lib/cloud.py" environment "kamai-$name")
  trap stop_watching EXIT
  "$venv/bin/python" "$lib/cloud.py" redirect "kamai-$name" \
    "http://127.0.0.1:$watch_port/2015-03-31/functions/$name/invocations"
  cat <<TEXT
Watching $name: what the stack sends it now arrives here. One event by hand, from another terminal:
  PATH=.local/venv/bin:\$PATH cargo lambda invoke $name --invoke-address 127.0.0.1 --invoke-port $watch_port --data-file events/$name.json
TEXT
  (
    eval "$environment"
    cd "$root"
    PATH=$venv/bin:$PATH exec cargo lambda watch -p functions --bin "$name" \
      --invoke-address 127.0.0.1 --invoke-port "$watch_port"
  )
}

stop_watching() {
  "$venv/bin/python" "$lib/cloud.py" undo-redirects || true
}
