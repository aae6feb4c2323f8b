"""Starts MiniStack, with settings that it does not offer.

It is one Python process, and everything in the local cloud waits for it, so what it does in vain
is time that every request takes.
"""

import functools
import socketserver
import sys

# MiniStack hands each event to a function over a local socket in two writes. With Nagle's
# algorithm on, the second waits for the function's delayed acknowledgement of the first, 40 ms on
# Linux, whatever the function does. Off, an invocation costs 8 ms instead of 52.
socketserver.StreamRequestHandler.disable_nagle_algorithm = True

# Each function's process has threads of its own in here. The thread that serves requests gives way
# at every write, and waits up to this long until it is let in again; the default is 5 ms.
sys.setswitchinterval(0.0002)

from ministack.app import main  # noqa: E402  (after the settings above)
from ministack.services import dynamodb  # noqa: E402

# Ours are a few dozen expressions, and each was parsed anew for every request.
dynamodb._condition_syntax_error = functools.lru_cache(maxsize=4096)(dynamodb._condition_syntax_error)

main()
