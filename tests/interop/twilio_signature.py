#!/usr/bin/env python3
"""Twilio's own validator against ours, both ways: each believes what the other signed, and neither
believes what was changed. Usage: twilio_signature.py HELPER [ROUNDS], with the package `twilio` at hand;
HELPER is the built example `twilio_signature` of `providers`.
"""

import hashlib
import json
import random
import subprocess
import sys
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

ALPHABETS = ["abcXYZ019", " \t\n+&=%'\"?#;", "नमस्ते₹बंद", "😀🙏🏽", "\u200b\ufeff\u202e", "é中\u00a0", "\x00\x7f"]
NAMES = ["Body", "From", "To", "MessageSid", "Reason", "ReasonConferenceEnded", "A.b", "नाम", "body", ""]


class Form(dict):
    """Names with several values, as the web frameworks that the validator knows have them."""

    def getall(self, name):
        return self[name]


def some_text(rng):
    return "".join(rng.choice(rng.choice(ALPHABETS)) for _ in range(rng.randrange(12)))


def some_url(rng):
    scheme = rng.choice(["https", "http"])
    host = rng.choice(["api.kamai.example", "mycompany.com"])
    port = rng.choice(["", "", ":443", ":80", ":8443"])
    query = rng.choice(["", "", "?foo=1&bar=2", "?q=" + urlencode({"": some_text(rng)})[1:]])
    return f"{scheme}://{host}{port}/webhooks/{rng.choice(['twilio', 'a%20b', ''])}{query}"


def cases(rng, rounds):
    for _ in range(rounds):
        token, url = f"{rng.getrandbits(128):032x}", some_url(rng)
        if rng.random() < 0.2:
            body = json.dumps({some_text(rng): some_text(rng)}, ensure_ascii=False)
            mark = "&" if "?" in url else "?"
            url += f"{mark}bodySHA256={hashlib.sha256(body.encode()).hexdigest()}"
            yield {"token": token, "url": url, "body": body, "json": True}, body
            continue
        pairs = [(rng.choice(NAMES), some_text(rng)) for _ in range(rng.randrange(8))]
        pairs += [rng.choice(pairs)] if pairs and rng.random() < 0.3 else []
        form = Form()
        for name, value in pairs:
            form.setdefault(name, []).append(value)
        yield {"token": token, "url": url, "body": urlencode(pairs)}, form


def ours(lines):
    text = "".join(json.dumps(line) + "\n" for line in lines)
    run = subprocess.run(sys.argv[1], input=text, capture_output=True, text=True, check=True)
    return run.stdout.splitlines()


def main():
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    rng = random.Random(1)
    made = list(cases(rng, rounds))
    wrong = []

    signatures = ours(case for case, _ in made)
    asked = []
    for (case, posted), signature in zip(made, signatures, strict=True):
        theirs = RequestValidator(case["token"])
        if not theirs.validate(case["url"], posted, signature):
            wrong.append(("they refuse ours", case))
        if theirs.validate(case["url"] + "x", posted, signature):
            wrong.append(("they believe ours for another URL", case))
        signed = {} if case.get("json") else posted
        right = theirs.compute_signature(case["url"], signed)
        # The usual port is signed or left out, whatever the URL says.
        scheme, rest = case["url"].split("://", 1)
        host, path = rest.split("/", 1)
        usual = ":443" if scheme == "https" else ":80"
        other = host.removesuffix(usual) if host.endswith(usual) else host if ":" in host else host + usual
        with_other_port = theirs.compute_signature(f"{scheme}://{other}/{path}", signed)
        changed = case["body"] + ("&z=1" if not case.get("json") else " ")
        asked += [
            (True, {**case, "signature": right}),
            (True, {**case, "signature": with_other_port}),
            (False, {**case, "signature": right, "body": changed}),
            (False, {**case, "signature": right, "token": "another"}),
            (False, {**case, "signature": right, "url": case["url"].replace("webhooks", "webhook", 1)}),
        ]
    answers = ours(case for _, case in asked)
    for (expected, case), answer in zip(asked, answers, strict=True):
        if answer != ("true" if expected else "false"):
            wrong.append((f"we say {answer}", case))

    for why, case in wrong[:5]:
        print(why, json.dumps(case, ensure_ascii=False), file=sys.stderr)
    print(f"{len(made)} signatures of ours, {len(asked)} verifications: {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
