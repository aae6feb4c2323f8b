"""What `scripts/up` asks of the local cloud. Usage: cloud.py COMMAND ..., one function per command."""

import json
import os
import shlex
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

# Set on a function, this makes the emulator send its events to a URL instead.
PROXY = "MINISTACK_LAMBDA_PROXY_URL"


def client(service):
    config = Config(retries={"total_max_attempts": 1}, proxies={})
    return botocore.session.get_session().create_client(service, config=config)


def wait(url, seconds, *pids):
    """Waits until URL answers 200. Ends early, with 3, when one of the processes PID is gone."""
    # Through no proxy, whatever the environment says.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + float(seconds)
    last = "no answer"
    while time.monotonic() < until:
        try:
            with opener.open(url, timeout=15) as reply:
                if reply.status == 200:
                    return
                last = f"status {reply.status}"
        except urllib.error.HTTPError as error:
            last = f"status {error.code}: {error.read(300).decode(errors='replace')}"
        except OSError as error:
            last = str(error)
        for pid in pids:
            if not alive(int(pid)):
                print(f"process {pid} has ended; {url} said: {last}")
                sys.exit(3)
        time.sleep(0.05)
    print(f"{url} does not answer 200: {last}")
    sys.exit(1)


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def put_secrets(file):
    """Gives each secret of FILE its value, unless it has it, or no function reads it."""
    secrets = client("secretsmanager")
    for name, value in json.loads(Path(file).read_text()).items():
        text = json.dumps(value)
        try:
            if secrets.get_secret_value(SecretId=name)["SecretString"] != text:
                secrets.put_secret_value(SecretId=name, SecretString=text)
        except secrets.exceptions.ResourceNotFoundException:
            pass


def sandbox_config(secrets_file, api_url, topic_arn, file):
    """Writes what the sandbox needs in order to be our providers."""
    secrets = json.loads(Path(secrets_file).read_text())

    def provider(name):
        ours = {key: value for key, value in secrets[f"kamai/{name}"].items() if key != "webhook_secret_previous"}
        return {**ours, "webhook_url": f"{api_url}/webhooks/{name}"}

    aggregator, setu = secrets["kamai/banks"]["aggregator"], secrets["kamai/banks"]["setu"]
    messaging, email, twilio = (secrets[f"kamai/{name}"] for name in ("messaging", "email", "twilio"))
    write(
        file,
        {
            "razorpay": provider("razorpay"),
            "razorpayx": provider("razorpayx"),
            "messaging": {
                "sms_key": messaging["sms_key"],
                "whatsapp_token": messaging["whatsapp_token"],
                "whatsapp_phone_number_id": messaging["whatsapp_phone_number_id"],
                "whatsapp_app_secret": messaging["whatsapp_app_secret"],
                "whatsapp_webhook_url": f"{api_url}/webhooks/whatsapp",
                "twilio_account_sid": twilio["account_sid"],
                "twilio_auth_token": twilio["auth_token"],
                "twilio_number": twilio["from"],
                # One status a message, so that what is told of messages does not outweigh what is done.
                "usual_outcome": "at_once",
                # Of messages to us; where statuses go is said in each message of ours.
                "twilio_webhook_url": f"{api_url}/webhooks/twilio",
            },
            "llm": {"key": secrets["kamai/llm"]["key"]},
            "banks": {"demo": {**secrets["kamai/banks"]["demo"], "preparing_ms": 1500}},
            "platforms": {
                "uber": {key: secrets["kamai/banks"]["uber"][key] for key in ("client_id", "client_secret")},
                "feed": {"client_id": "kamai", "client_secret": secrets["kamai/banks"]["platform_keys"]["swiggy"]},
            },
            "account_aggregator": {
                "signing_key": secrets["sandbox/aggregator"]["pem"],
                "fiu_id": aggregator["fiu_id"],
                "client_api_key": aggregator["api_key"],
                "api_key": aggregator["notifier_key"],
                "notification_url": f"{api_url}/webhooks/aa",
                "fiu_keys": [aggregator["jwk"]],
            },
            "setu": {
                **{key: setu[key] for key in ("client_id", "client_secret", "product_instance_id")},
                "webhook_url": f"{api_url}/webhooks/setu?token={setu['webhook_token']}",
            },
            "phonepe": {
                **{key: secrets["kamai/phonepe"][key] for key in ("client_id", "client_secret", "client_version")},
                "webhook_key_id": secrets["kamai/phonepe"]["webhook_keys"][0]["id"],
                "webhook_key": secrets["kamai/phonepe"]["webhook_keys"][0]["secret"],
                "webhook_username": secrets["kamai/phonepe"]["webhook_logins"][0]["username"],
                "webhook_password": secrets["kamai/phonepe"]["webhook_logins"][0]["password"],
                "webhook_url": f"{api_url}/webhooks/phonepe",
            },
            "bills": {
                **{key: secrets["kamai/bills"][key] for key in ("client_id", "client_secret", "partner_id", "webhook_secret")},
                "agent_id": secrets["kamai/bills"]["agent"]["id"],
                "webhook_url": f"{api_url}/webhooks/bills",
            },
            "push": {"service_account": secrets["kamai/push"]["fcm_service_account"]},
            "email": {
                "smtp_port": urlsplit(email["url"]).port,
                "smtp_username": email["username"],
                "smtp_password": email["password"],
                "topic_arn": topic_arn,
                "webhook_url": f"{api_url}/webhooks/ses",
            },
        },
    )


def describe(file, secrets_file, sandbox_url, *pids):
    """Writes FILE, from which every outside tool learns where things are. PIDS: name=id."""
    stack = client("cloudformation").describe_stacks(StackName="Kamai")["Stacks"][0]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    secrets = json.loads(Path(secrets_file).read_text())
    write(
        file,
        {
            "api_url": outputs["ApiUrl"],
            "ws_url": outputs["SocketUrl"],
            "sandbox_url": sandbox_url,
            "smtp_url": secrets["kamai/email"]["url"],
            "aws_endpoint_url": os.environ["AWS_ENDPOINT_URL"],
            "region": os.environ["AWS_REGION"],
            "tables": {"main": outputs["MainTableName"], "live": outputs["LiveTableName"]},
            "queues": json.loads(outputs["QueueUrls"]),
            "webhook_secrets": {
                "razorpay": secrets["kamai/razorpay"]["webhook_secret"],
                "razorpayx": secrets["kamai/razorpayx"]["webhook_secret"],
                "phonepe_key": secrets["kamai/phonepe"]["webhook_keys"][0],
                "phonepe_login": secrets["kamai/phonepe"]["webhook_logins"][0],
                "whatsapp_app_secret": secrets["kamai/messaging"]["whatsapp_app_secret"],
                "whatsapp_verify_token": secrets["kamai/messaging"]["whatsapp_verify_token"],
                "twilio_auth_token": secrets["kamai/twilio"]["auth_token"],
                "aggregator_key": secrets["kamai/banks"]["aggregator"]["notifier_key"],
                "aggregator_pem": secrets["sandbox/aggregator"]["pem"],
            },
            "pids": {name: int(pid) for name, pid in (pair.split("=") for pair in pids)},
        },
    )


def environment(function):
    """Prints the environment of a deployed function as lines for a shell."""
    for name, value in sorted(variables(client("lambda"), function).items()):
        if name != PROXY:
            print(f"export {name}={shlex.quote(value)}")


def redirect(function, url):
    """Sends a function's events to URL: those of routes, queues, schedules and the stream alike."""
    functions = client("lambda")
    set_variables(functions, function, {**variables(functions, function), PROXY: url})


def undo_redirects():
    """Gives every function its events back."""
    functions = client("lambda")
    for page in functions.get_paginator("list_functions").paginate():
        for function in page["Functions"]:
            found = function.get("Environment", {}).get("Variables", {})
            if PROXY in found:
                del found[PROXY]
                set_variables(functions, function["FunctionName"], found)


def logs(function=None):
    """Prints lines of functions as they come, until interrupted: of FUNCTION all there are, else new ones."""
    groups = client("logs")
    since = {}
    started = int(time.time() * 1000) if function is None else 0
    try:
        while True:
            for group in list(groups.describe_log_groups(logGroupNamePrefix="/aws/lambda/kamai-")["logGroups"]):
                name = group["logGroupName"].removeprefix("/aws/lambda/kamai-")
                if function is None or function == name:
                    since[name] = show_since(groups, group["logGroupName"], name, since.get(name, (started, set())))
            time.sleep(0.5)
    except KeyboardInterrupt:
        pass


def show_since(groups, group, name, seen):
    """Prints what is new in GROUP. SEEN: a time, and the lines of that time."""
    at, lines = seen
    for page in groups.get_paginator("filter_log_events").paginate(logGroupName=group, startTime=at):
        for event in page["events"]:
            # The emulator gives its events no ids.
            line = (event["logStreamName"], event["message"])
            if event["timestamp"] == at and line in lines:
                continue
            at, lines = (event["timestamp"], {line}) if event["timestamp"] > at else (at, lines | {line})
            print(f"{name}: {event['message'].rstrip()}", flush=True)
    return at, lines


def variables(functions, function):
    return functions.get_function_configuration(FunctionName=function)["Environment"]["Variables"]


def set_variables(functions, function, values):
    functions.update_function_configuration(FunctionName=function, Environment={"Variables": values})


def write(file, value):
    """Whole or not at all: a reader that polls for the file never sees half of it."""
    new = Path(f"{file}.new")
    new.touch(mode=0o600)
    new.write_text(json.dumps(value, indent=2) + "\n")
    new.replace(file)


if __name__ == "__main__":
    commands = {
        "wait": wait,
        "put-secrets": put_secrets,
        "sandbox-config": sandbox_config,
        "describe": describe,
        "environment": environment,
        "redirect": redirect,
        "undo-redirects": undo_redirects,
        "logs": logs,
    }
    try:
        commands[sys.argv[1]](*sys.argv[2:])
    except (BotoCoreError, ClientError) as error:
        sys.exit(f"the local cloud did not do what was asked ({sys.argv[1]}): {error}")
