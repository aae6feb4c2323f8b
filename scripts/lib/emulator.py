"""Starts MiniStack, with settings that it does not offer.

It is one Python process, and everything in the local cloud waits for it, so what it does in vain
is time that every request takes.
"""

import functools
import os
import queue
import socket
import socketserver
import sys
import types

# MiniStack hands each event to a function over a local socket in two writes. With Nagle's
# algorithm on, the second waits for the function's delayed acknowledgement of the first, 40 ms on
# Linux, whatever the function does. Off, an invocation costs 8 ms instead of 52.
socketserver.StreamRequestHandler.disable_nagle_algorithm = True

# Each function's process has threads of its own in here. The thread that serves requests gives way
# at every write, and waits up to this long until it is let in again; the default is 5 ms.
sys.setswitchinterval(0.0002)

# Those threads look ten times a second whether they are to end. Of three hundred processes, which a
# few bursts leave behind, that is six thousand wakings a second, all for the one lock that only one
# thread can have, and each that waits for it looks anew at every interval above: for ten seconds on
# end nothing else got through. So they sleep until they are woken, and processes that a burst
# leaves behind end sooner.
os.environ.setdefault("LAMBDA_WARM_TTL_SECONDS", "60")
_LONG_S = 600.0
_serve_forever = socketserver.BaseServer.serve_forever


def _shut_down(server):
    server._BaseServer__shutdown_request = True
    try:
        socket.create_connection(server.server_address, timeout=1).close()
    except OSError:
        pass  # It has ended already, or looks by itself in the end.
    server._BaseServer__is_shut_down.wait(2)


class _Events(queue.Queue):
    """What a function's process is given, by a thread that sleeps until there is something."""

    ended = False

    def get(self, block=True, timeout=None):
        if not block:
            return super().get(block=False)
        with self.not_empty:
            self.not_empty.wait_for(lambda: self._qsize() or self.ended)
            if not self._qsize():
                raise queue.Empty
            item = self._get()
            self.not_full.notify()
            return item

    def end(self):
        with self.not_empty:
            self.ended = True
            self.not_empty.notify_all()


def _then_wake(end):
    """A worker's way to end, after which whoever waits for its events sees that it has ended."""

    def ending(worker):
        events = worker._pending
        end(worker)
        if isinstance(events, _Events):
            events.end()

    return ending


socketserver.BaseServer.serve_forever = lambda server, poll_interval=0.5: _serve_forever(server, _LONG_S)
socketserver.BaseServer.shutdown = _shut_down

from ministack.app import main  # noqa: E402  (after the settings above)
from ministack.core import lambda_runtime  # noqa: E402
from ministack.services import dynamodb  # noqa: E402

lambda_runtime.queue = types.SimpleNamespace(Queue=_Events, Empty=queue.Empty, Full=queue.Full)
for _ending in ("_teardown", "_discard_tmpdir"):
    setattr(lambda_runtime.ProvidedWorker, _ending, _then_wake(getattr(lambda_runtime.ProvidedWorker, _ending)))

# Ours are a few dozen expressions, and each was parsed anew for every request.
dynamodb._condition_syntax_error = functools.lru_cache(maxsize=4096)(dynamodb._condition_syntax_error)

main()
