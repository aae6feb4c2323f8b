"""Makes a user with one of everything on the running stack, for `scripts/schemathesis`.

Usage: conformance.py STACK_JSON. Prints lines for a shell: the user's token, and the ids.
"""

import json
import re
import shlex
import sys
import time
import urllib.request
import uuid
from pathlib import Path

STAFF = "+919999900001"
BILL = b"%PDF-1.7 not much of a bill"


def call(url, body=None, token=None):
    headers = {"content-type": "application/json", "idempotency-key": str(uuid.uuid4())}
    if token:
        headers["authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    text = send(urllib.request.Request(url, data=data, headers=headers))
    return json.loads(text) if text else None


def send(request):
    # Through no proxy, whatever the environment says.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=30) as reply:
        return reply.read()


def upload(announced):
    put = announced["upload"]
    send(urllib.request.Request(put["url"], data=BILL, headers=put["headers"], method=put["method"]))
    return announced["file_id"]


class Stack:
    def __init__(self, file):
        stack = json.loads(Path(file).read_text())
        self.api, self.sandbox = stack["api_url"], stack["sandbox_url"]

    def log_in(self, phone):
        inbox = f"{self.sandbox}/phones/{phone.lstrip('+')}/messages"
        seen = len(call(inbox)["items"])
        challenge = call(f"{self.api}/v1/auth/otp", {"phone": phone})
        new = until(f"no one-time password came to {phone}", lambda: call(inbox)["items"][seen:])
        otp = re.search(r"\b\d{6}\b", new[-1]["text"]).group()
        return call(f"{self.api}/v1/auth/token", {"challenge_id": challenge["challenge_id"], "otp": otp})


def until(otherwise, found):
    for _ in range(600):
        if result := found():
            return result
        time.sleep(0.05)
    sys.exit(otherwise)


def main(file):
    stack = Stack(file)
    phone = f"+918{time.time_ns() // 1000 % 10**9:09}"
    friend = stack.log_in(f"+917{phone[4:]}")["user_id"]
    staff, user = stack.log_in(STAFF), stack.log_in(phone)
    # Who may do everything reaches what lies behind every route.
    call(f"{stack.api}/v1/ops/users/{user['user_id']}/role", {"role": "admin"}, staff["access_token"])
    token = user["access_token"]

    def get(path):
        return call(f"{stack.api}{path}", token=token)

    def post(path, body):
        return call(f"{stack.api}{path}", body, token)

    money = {"amount": 900_000, "currency": "INR"}
    payment = post("/v1/payments/orders", money)
    call(f"{stack.sandbox}/customer/pay", {"order_id": payment["razorpay"]["order_id"]})
    until("the payment was not credited", lambda: get("/v1/wallet")["balance_amount"])
    payee = {"type": "vpa", "vpa": "pending@okaxis", "name": "Asha Devi"}
    small = {"amount": 1_000, "currency": "INR"}
    payout = post("/v1/payouts", {**small, "payee": payee, "note": "Rent"})
    transfer = post("/v1/transfers", {**small, "to": {"type": "user", "user_id": friend}, "hold_s": 3600})
    refund = post(f"/v1/payments/{payment['id']}/refunds", {"amount": 1_000})
    batch = post("/v1/payout-batches", {"currency": "INR", "lines": [{"amount": 1_000, "payee": payee}]})
    call(f"{stack.sandbox}/customer/pay-without-order", {"amount": 4_321})
    webhook = until("no webhook is kept", lambda: get("/v1/ops/webhooks?limit=1")["items"])[0]
    room = post("/v1/rooms", {"with": friend})
    file = upload(post("/v1/files", {"name": "bill.pdf", "content_type": "application/pdf", "bytes": len(BILL)}))
    message = post(f"/v1/rooms/{room['id']}/messages", {"client_id": "m1", "text": "Hello", "files": [file]})
    news = {"channel": "system", "event": "announcement", "data": {"title": "To everybody"}}
    publication = post("/v1/ops/publications", news)
    announcement = {"title": "Rain", "text": "From five"}
    bulk = {"name": "Rain", "template": "announcement", "data": announcement, "recipients": [{"user_id": friend}]}
    campaign = post("/v1/notifications/push/bulk", bulk)
    # The friend's chat waits for a person.
    call(f"{stack.sandbox}/phones/917{phone[4:]}/whatsapp", {"text": "i want to talk to a person"})
    until("no chat waits for a person", lambda: [open for open in get("/v1/ops/chats")["items"] if open["user_id"] == friend])
    standing = {**small, "to": {"type": "user", "user_id": friend}, "every": "day"}
    standing = post("/v1/standing-payments", standing)
    post("/v1/privacy/consents", {"purpose": "sms", "notice_version": 1, "lang": "en", "given": True})
    text = "Rs.250.00 debited from A/c XX1234 on 19-11-26 to CHAI ADDA. UPI Ref 632412345678. Avl Bal Rs.1,042.50"
    sms = {"sender": "VM-HDFCBK-S", "text": text, "received_at": "2026-11-19T06:00:00Z"}
    entry = post("/v1/sms/batch", {"messages": [sms]})["items"][0]
    made = {
        "TOKEN": token,
        "USER_ID": user["user_id"],
        "PAYMENT_ID": payment["id"],
        "PAYEE_ID": payout["payee_id"],
        "PAYOUT_ID": payout["id"],
        "TRANSFER_ID": transfer["id"],
        "REFUND_ID": refund["id"],
        "BATCH_ID": batch["id"],
        "WEBHOOK_ID": webhook["id"],
        "ROOM_ID": room["id"],
        "MESSAGE_ID": message["id"],
        "FILE_ID": file,
        "OTHER_ID": friend,
        "CAMPAIGN_ID": campaign["id"],
        "PUBLICATION_ID": publication["id"],
        "STANDING_ID": standing["id"],
        "ENTRY_DAY": entry["day"],
        "ENTRY_ID": entry["entry_id"],
    }
    for name, value in made.items():
        print(f"export KAMAI_{name}={shlex.quote(value)}")


main(sys.argv[1])
