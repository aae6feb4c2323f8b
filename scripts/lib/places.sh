# shellcheck shell=bash
# Where things are, and which ports. Sourced by the scripts beside this folder.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
lib=$root/scripts/lib
infra=$root/infra

# All that the scripts make lies here; `scripts/down --purge` removes it.
state=$root/.local
venv=$state/venv
logs=$state/log
run=$state/run
staged=$state/functions
stack_json=$state/stack.json
secrets_json=$state/secrets.json
sandbox_json=$state/sandbox.json

target=${CARGO_TARGET_DIR:-$root/target}

# Other ports let two clones run side by side.
port=${KAMAI_PORT:-4566}
sandbox_port=${KAMAI_SANDBOX_PORT:-4700}
smtp_port=${KAMAI_SMTP_PORT:-4725}
watch_port=${KAMAI_WATCH_PORT:-9000}

endpoint=http://127.0.0.1:$port
sandbox_url=http://127.0.0.1:$sandbox_port
region=ap-south-1
account=000000000000

# As `infra/lib/http-api.ts` pins it.
api_url=$endpoint/_aws/execute-api/4a3a1001

# The topic that SES reports to, which the sandbox plays.
sns_topic_arn=arn:aws:sns:$region:$account:ses-feedback

# Points every AWS client that is started from here at the local cloud, and at nothing else:
# a profile or session of the developer's must not be able to reach a real account.
use_local_cloud() {
  unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SESSION_TOKEN AWS_ROLE_ARN AWS_WEB_IDENTITY_TOKEN_FILE
  export AWS_ENDPOINT_URL=$endpoint AWS_REGION=$region AWS_DEFAULT_REGION=$region
  export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
  export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true
  export CDK_DISABLE_CLI_TELEMETRY=true
  export NO_PROXY=127.0.0.1,localhost no_proxy=127.0.0.1,localhost
}
