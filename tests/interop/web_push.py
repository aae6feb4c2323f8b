#!/usr/bin/env python3
"""A browser by other hands: what Kamai pushes is opened with the package `http_ece`, and says what
happened. Usage: web_push.py STACK_JSON, with the stack running.
"""

import base64
import json
import re
import sys
import time
import urllib.request
import uuid
from pathlib import Path

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

WAIT_S = 60


def call(url, body=None, token=None):
    headers = {"content-type": "application/json", "idempotency-key": str(uuid.uuid4())}
    if token:
        headers["authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(urllib.request.Request(url, data=data, headers=headers), timeout=30) as reply:
        text = reply.read()
    return json.loads(text) if text else None


def until(otherwise, found):
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end:
        if result := found():
            return result
        time.sleep(0.1)
    sys.exit(otherwise)


def to_text(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def to_bytes(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def log_in(api, sandbox, phone):
    inbox = f"{sandbox}/phones/{phone.lstrip('+')}/messages"
    challenge = call(f"{api}/v1/auth/otp", {"phone": phone})
    seen = until(f"no one-time password came to {phone}", lambda: call(inbox)["items"])
    otp = re.search(r"\b\d{6}\b", seen[-1]["text"]).group()
    return call(f"{api}/v1/auth/token", {"challenge_id": challenge["challenge_id"], "otp": otp})["access_token"]


def main(file):
    stack = json.loads(Path(file).read_text())
    api, sandbox = stack["api_url"], stack["sandbox_url"]
    token = log_in(api, sandbox, f"+917{time.time_ns() // 1000 % 10**9:09}")
    call(f"{api}/v1/notifications/preferences", {"language": "hi", "time_zone": "Asia/Kolkata"}, token)

    key, auth = ec.generate_private_key(ec.SECP256R1()), uuid.uuid4().bytes
    public = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    vapid = call(f"{api}/v1/notifications/push/vapid-key", token=token)["vapid_public_key"]
    browser = call(f"{sandbox}/webpush", {"application_server_key": vapid})
    keys = {"p256dh": to_text(public), "auth": to_text(auth)}
    subscription = {"endpoint": browser["endpoint"], "expirationTime": None, "keys": keys}
    call(f"{api}/v1/notifications/push/subscribe", {"subscription": subscription}, token)

    order = call(f"{api}/v1/payments/orders", {"amount": 1_234_565, "currency": "INR"}, token)
    call(f"{sandbox}/customer/pay", {"order_id": order["razorpay"]["order_id"]})
    sent = until("nothing was pushed", lambda: call(f"{browser['endpoint']}/messages")["items"])[0]
    opened = http_ece.decrypt(to_bytes(sent["body"]), private_key=key, auth_secret=auth, version="aes128gcm")
    push = json.loads(opened)
    if "₹12,345.65" not in push["body"] or push["data"]["event"] != "payment.captured":
        sys.exit(f"what was pushed does not say what happened: {push}")
    print(f"a push of {len(to_bytes(sent['body']))} bytes, opened: {push['title']}")


main(sys.argv[1])
