# shellcheck shell=bash
# The parts of the local stack: the emulated cloud, what is deployed to it, and the sandbox.

cdk=$infra/node_modules/.bin/cdk

# The functions' names, a line each; also their binaries'.
function_names() {
  sed -n 's/^    "name": "\(.*\)",$/\1/p' "$infra/functions.json"
}

port_is_taken() {
  "$venv/bin/python" - "$1" <<'PYTHON'
import socket, sys
with socket.socket() as probe:
    sys.exit(probe.connect_ex(("127.0.0.1", int(sys.argv[1]))) != 0)
PYTHON
}

# Fails when the part NAME of this clone runs on another port than PORT, or PORT is not to be had.
# RECORD: where a part that has several ports left this one.
check_port() {
  local name=$1 wanted=$2 setting=$3 record=${4:-$1} recorded=''
  ! daemon_pid "$name" >/dev/null || recorded=$(cat "$run/$record.port" 2>/dev/null || true)
  if [ -n "$recorded" ]; then
    [ "$recorded" = "$wanted" ] ||
      fail "the $name of this clone already runs on port $recorded" "End it first: scripts/down"
  elif port_is_taken "$wanted"; then
    fail "port $wanted is taken by another program" "End that program, or take another port: $setting=$((wanted + 10)) scripts/up"
  fi
}

# Nothing of the developer's environment reaches the functions, as nothing of it does on AWS.
start_emulator() {
  mkdir -p "$state/tmp"
  rm -f "$run/bootstrapped" "$run/deployed"
  echo "$port" >"$run/emulator.port"
  # AWS_ENDPOINT_URL is what functions are told to call. State is not kept from one start to the
  # next: the sandbox forgets too, and a ledger whose provider knows nothing of it is of no use;
  # besides, the emulator's streams deliver nothing after a restart with kept state.
  daemon emulator env -i HOME="$HOME" PATH="$PATH" TMPDIR="$state/tmp" TZ=UTC MINISTACK_HOST=127.0.0.1 \
    AWS_ENDPOINT_URL="$endpoint" MINISTACK_REGION="$region" \
    BIND_HOST=127.0.0.1 GATEWAY_PORT="$port" S3_DATA_DIR="$state/tmp/s3" \
    IOT_MTLS_ENABLED=0 SFTP_ENABLED=0 \
    "$venv/bin/python" "$lib/emulator.py"
}

# What `cdk` needs before the first deployment: a bucket for code, and roles. Not from the folder
# with the app, which `cdk` would want to run, and its functions are not built yet.
bootstrap_cloud() {
  "$venv/bin/python" "$lib/cloud.py" wait "$endpoint/_ministack/ready" 60 "$(daemon_pid emulator)" &&
    cd "$state" && "$cdk" bootstrap "aws://$account/$region" --no-notices
}

deploy() {
  cd "$infra" && "$cdk" deploy Kamai KamaiRoutes KamaiWatch --require-approval never --method direct --progress events --no-notices \
    --output "$state/cdk.out" "${context[@]}"
}

# The same for the same stack: all that the deployment is made from.
deployment_fingerprint() {
  {
    printf '%s\n' "${context[@]}"
    cat "$infra"/cdk.json "$infra"/functions.json "$infra"/package-lock.json "$infra"/bin/*.ts "$infra"/lib/*.ts
    cat "$staged"/*/bootstrap
  } | cksum
}

start_sandbox() {
  local pid
  echo "$sandbox_port" >"$run/sandbox.port"
  echo "$smtp_port" >"$run/smtp.port"
  sandbox_build >"$run/sandbox.build"
  daemon sandbox env SANDBOX_PORT="$sandbox_port" SANDBOX_CONFIG="$sandbox_json" \
    RUST_LOG="${RUST_LOG:-info}" "$target/debug/sandbox"
  pid=$(daemon_pid sandbox) || fail "the sandbox ended at once" "Its output: .local/log/sandbox.log"
  "$venv/bin/python" "$lib/cloud.py" wait "$sandbox_url/health" 30 "$pid"
}

sandbox_build() {
  cksum <"$target/debug/sandbox"
  cksum <"$sandbox_json"
}
