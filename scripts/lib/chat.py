"""A conversation with the assistant in a terminal, or by a pipe. Usage: chat.py STACK_JSON [--new] [--wait SECONDS] [NUMBER]

Plays the owner of a phone in the sandbox: writes by WhatsApp, and shows what arrives on the phone.
"""

import argparse
import json
import re
import sys
import threading
import time
import unicodedata
import urllib.error
import urllib.request
from pathlib import Path

NUMBER = "+919812345678"
POLL_S = 0.3
# How long the assistant must have been silent to have said what it has to say.
SILENCE_S = 1.2
OTP_S = 30
PROMPT = "> "
UP = "Is the stack up? Run ./scripts/up first"
HELP = "1 or /1 presses a button, /forward TEXT sends as forwarded, /text TEXT sends what would be a press, /quit ends."


class Unreachable(Exception):
    """Says what did not answer, or with what."""


def call(url, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers={"content-type": "application/json"})
    # Through no proxy, whatever the environment says.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=30) as reply:
            return json.load(reply)
    except urllib.error.HTTPError as error:
        raise Unreachable(f"{url} answered {error.code}: {reason(error)}") from error
    except OSError as error:
        raise Unreachable(f"{url} does not answer ({getattr(error, 'reason', error)}). {UP}") from error


def reason(error):
    try:
        problem = json.loads(error.read())
        return problem.get("detail") or problem.get("error") or error.reason
    except (ValueError, AttributeError):
        return error.reason


def number_of(text):
    """A number as it is written by people; ten digits are one of India's."""
    bare = re.sub(r"[\s().-]", "", text)
    if re.fullmatch(r"[6-9]\d{9}", bare):
        return f"+91{bare}"
    if re.fullmatch(r"\+?[1-9]\d{7,14}", bare):
        return f"+{bare.removeprefix('+')}"
    raise argparse.ArgumentTypeError(f"{text} is no phone number; write it as {NUMBER}")


def shown(text):
    """A text with nothing in it that a terminal would obey: what people write, and call themselves, is in there."""
    visible = {"\n", "\u200c", "\u200d"}  # the joiners are letters' business in Indian scripts
    return "".join(c if c in visible or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") else "\ufffd" for c in text)


class Phone:
    """A phone in the sandbox."""

    def __init__(self, sandbox_url, number):
        self.url = f"{sandbox_url}/phones/{number.removeprefix('+')}"
        self.seen = {item["id"] for item in self.items()}

    def items(self):
        return call(f"{self.url}/messages")["items"]

    def new(self):
        new = [item for item in self.items() if item["id"] not in self.seen]
        self.seen.update(item["id"] for item in new)
        return new

    def write(self, text):
        call(f"{self.url}/whatsapp", {"text": text})

    def forward(self, text):
        self.message({"type": "text", "text": {"body": text}, "context": {"forwarded": True}})

    def message(self, message):
        call(f"{self.url}/whatsapp", {"message": message})


class Choice:
    """Something to press, and what a press sends."""

    def __init__(self, title, message, note=""):
        self.title, self.message, self.note = title, message, note

    @classmethod
    def reply(cls, item, kind, reply):
        kept = {name: reply[name] for name in ("id", "title", "description") if reply.get(name)}
        message = {"type": "interactive", "interactive": {"type": kind, kind: kept}, "context": {"id": item["id"]}}
        return cls(reply["title"], message, reply.get("description") or "")

    @classmethod
    def quick_reply(cls, item, payload):
        # What the button says stands in the template, at Meta.
        return cls(payload, {"type": "button", "button": {"payload": payload, "text": payload}, "context": {"id": item["id"]}})


def choices_of(item):
    content = item["content"] or {}
    action = content.get("action") or {}
    found = [Choice.reply(item, "button_reply", button["reply"]) for button in action.get("buttons") or []]
    for section in action.get("sections") or []:
        found += [Choice.reply(item, "list_reply", row) for row in section["rows"]]
    for part in content.get("components") or []:
        if part.get("type") == "button" and part.get("sub_type") == "quick_reply":
            found += [Choice.quick_reply(item, value["payload"]) for value in part.get("parameters") or [] if value.get("payload")]
    return found


def lines_of(item):
    """A message as a terminal shows it."""
    content = item["content"] or {}
    action = content.get("action") or {}
    sender = f"SMS {item['from']}" if item["channel"] == "sms" else "Kamai"
    files = [content] if content.get("filename") or (content.get("link") and not action) else []
    for part in content.get("components") or []:
        files += [value["document"] for value in part.get("parameters") or [] if value.get("document")]
    texts = [f"[{file.get('filename') or file.get('link') or 'a file'}]" for file in files]
    texts += [item["text"]] if item["text"] else []
    link = action.get("parameters") or {}
    if link.get("url"):
        texts.append(f"{link.get('display_text')}: {link['url']}")
    choices = choices_of(item)
    if action.get("sections"):
        texts.append(f"{action.get('button')}:")
        texts += [f"  [{n}] {choice.title}" + (f" · {choice.note}" if choice.note else "") for n, choice in enumerate(choices, 1)]
    elif choices:
        texts.append("  ".join(f"[{n}] {choice.title}" for n, choice in enumerate(choices, 1)))
    lines = shown("\n".join(texts)).split("\n")
    margin = " " * (len(sender) + 2)
    return [f"{shown(sender)}: {lines[0]}", *(margin + line for line in lines[1:])]


class Screen:
    """Where both write: what arrives while somebody types goes above the line that is typed."""

    def __init__(self, is_terminal):
        self.is_terminal = is_terminal
        self.lock = threading.Lock()
        self.readline = None
        if is_terminal:
            try:
                import readline

                self.readline = readline
            except ImportError:
                pass

    def show(self, lines):
        with self.lock:
            if self.is_terminal:
                typed = self.readline.get_line_buffer() if self.readline else ""
                print("\r\033[K" + "\n".join(lines), end=f"\n{PROMPT}{typed}", flush=True)
            else:
                print("\n".join(lines), flush=True)


class Conversation:
    def __init__(self, phone, screen, wait_s):
        self.phone, self.screen, self.wait_s = phone, screen, wait_s
        self.choices = []
        # Whether a bare number is a press. Not once something was written since: it may be an amount.
        self.is_asked = False
        self.arrived = 0
        self.arrived_at = 0.0
        self.ended = threading.Event()

    def listen(self):
        is_lost = False
        while not self.ended.is_set():
            try:
                for item in self.phone.new():
                    self.receive(item)
                is_lost = False
            except Unreachable as error:
                if not is_lost:
                    self.screen.show([f"! {error}"])
                is_lost = True
            self.ended.wait(POLL_S)

    def receive(self, item):
        if choices := choices_of(item):
            self.choices, self.is_asked = choices, True
        self.screen.show(lines_of(item))
        if item["channel"] == "whatsapp":
            self.arrived, self.arrived_at = self.arrived + 1, time.monotonic()

    def say(self, line):
        """Does what a line says. False: something was wrong with it, and nothing was sent."""
        word, _, rest = line.partition(" ")
        rest = rest.strip()
        pressed = re.fullmatch(r"(/?)(\d{1,2})", line)
        if pressed and (pressed[1] or (self.is_asked and 1 <= int(pressed[2]) <= len(self.choices))):
            return self.press(int(pressed[2]))
        if word in ("/forward", "/text") and rest:
            return self.send(self.phone.forward if word == "/forward" else self.phone.write, rest)
        if line.startswith("/"):
            return self.wrong(HELP)
        return self.send(self.phone.write, line)

    def press(self, number):
        if not 1 <= number <= len(self.choices):
            return self.wrong(f"there is no [{number}] to press")
        choice = self.choices[number - 1]
        if not self.screen.is_terminal:
            self.screen.show([f"  ({shown(choice.title)})"])
        return self.send(self.phone.message, choice.message)

    def send(self, how, what):
        self.is_asked = False
        try:
            how(what)
        except Unreachable as error:
            return self.wrong(f"not sent: {error}")
        return True

    def wrong(self, why):
        print(f"! {why}", file=sys.stderr, flush=True)
        return False

    def answered(self, before):
        """Waits until the assistant has said what it has to say. False: it has said nothing."""
        until = time.monotonic() + self.wait_s
        while time.monotonic() < until and self.arrived == before:
            time.sleep(0.05)
        while self.arrived > before and time.monotonic() - self.arrived_at < SILENCE_S and time.monotonic() < until:
            time.sleep(0.05)
        return self.arrived > before


def by_terminal(conversation):
    while True:
        try:
            line = input(PROMPT).strip()
        except EOFError:
            print()
            return True
        if line == "/quit":
            return True
        if line:
            conversation.say(line)


def by_pipe(conversation):
    """Whether every line was sent and answered."""
    is_fine = True
    for line in sys.stdin:
        line = line.strip()
        if line == "/quit":
            break
        if not line:
            continue
        conversation.screen.show([PROMPT + shown(line)])
        before = conversation.arrived
        if not conversation.say(line):
            is_fine = False
        elif not conversation.answered(before):
            is_fine = conversation.wrong(f"no answer within {conversation.wait_s:g} s. See: scripts/logs queues-chats")
    return is_fine


def log_in(api_url, phone, number):
    """Makes the number's account, by the one-time password that comes to its phone."""
    challenge = call(f"{api_url}/v1/auth/otp", {"phone": number, "channel": "sms"})["challenge_id"]
    until = time.monotonic() + OTP_S
    while time.monotonic() < until:
        for item in reversed(phone.new()):
            # Notices come there too, with figures of their own.
            if item["channel"] == "sms" and "login code" in item["text"] and (otp := re.search(r"\b\d{6}\b", item["text"])):
                return call(f"{api_url}/v1/auth/token", {"challenge_id": challenge, "otp": otp.group()})["user_id"]
        time.sleep(POLL_S)
    raise Unreachable(f"no one-time password came to {number} within {OTP_S} s. See: scripts/logs queues-notices")


def arguments():
    parser = argparse.ArgumentParser(prog="scripts/chat", description="A conversation with the assistant on the running stack.", epilog=HELP)
    parser.add_argument("number", nargs="?", type=number_of, default=NUMBER, help=f"whose phone; {NUMBER} unless told")
    parser.add_argument("--new", action="store_true", help="log the number in first, which makes its account")
    parser.add_argument("--wait", type=float, default=15, metavar="SECONDS", help="by a pipe: how long an answer may take; 15 unless told")
    return parser.parse_args(sys.argv[2:])


def main():
    asked = arguments()
    stack = json.loads(Path(sys.argv[1]).read_text())
    screen = Screen(sys.stdin.isatty() and sys.stdout.isatty())
    try:
        phone = Phone(stack["sandbox_url"], asked.number)
        if asked.new:
            user = log_in(stack["api_url"], phone, asked.number)
            print(f"{asked.number} has an account: {user}", flush=True)
    except Unreachable as error:
        sys.exit(f"chat: {error}")
    if screen.is_terminal:
        print(f"You write as {asked.number}. {HELP}")
    conversation = Conversation(phone, screen, asked.wait)
    listener = threading.Thread(target=conversation.listen, daemon=True)
    listener.start()
    try:
        is_fine = (by_terminal if screen.is_terminal else by_pipe)(conversation)
    except KeyboardInterrupt:
        print()
        is_fine = True
    conversation.ended.set()
    listener.join(2)
    sys.exit(0 if is_fine else 1)


main()
