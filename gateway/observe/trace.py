"""Which operation of whom something belongs to (per request): W3C Trace Context.

What comes in with a `traceparent` goes on under its trace; what comes without begins one. Every
source hears a span of its own, so that what it writes down hangs under what we write down.

The ids stand in logs and go to others, so one that looks like somebody's number is not taken over:
the trace begins anew then, as W3C Trace Context lets whoever stands at the front (3.4).
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass

from gateway.observe.redact import is_bsn

Random = Callable[[int], bytes]

_TRACEPARENT = re.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")
_RECORDED = "01"
_DIGITS = re.compile("[0-9]{9,}")
_LOWEST = "010000000"


@dataclass(frozen=True, slots=True)
class Trace:
    """`id` is 32 and `parent` (the span of whoever asked us, if they told) 16 hexadecimal digits;
    `flags` are handed on as they came.
    """

    id: str
    parent: str | None
    flags: str

    def told(self, span: str) -> str:
        """The `traceparent` for whoever is asked on behalf of this span."""
        return f"00-{self.id}-{span}-{self.flags}"


def trace_of(traceparent: str | None, random: Random = os.urandom) -> Trace:
    """The trace that a request belongs to, a new one if it names none.

    Only version 00 is read; an id of nothing but zeros is none (W3C Trace Context, 3.2.2).
    """
    found = _TRACEPARENT.fullmatch(traceparent or "")
    if found is None or not int(found[1], 16) or not int(found[2], 16):
        return Trace(random(16).hex(), None, _RECORDED)
    if any(map(_names_somebody, found.groups())):
        return Trace(random(16).hex(), None, _RECORDED)
    return Trace(found[1], found[2], found[3])


def _names_somebody(id: str) -> bool:
    """Whether an id is made with a BSN: one that stands apart, has zeros before or after it, or is
    among nothing but digits. Of random ids no more than one in a hundred looks like that.
    """
    runs = _DIGITS.findall(id)
    if id.isdecimal():
        runs = [id[at : at + 9] for at in range(len(id) - 8)]
    return any(
        number >= _LOWEST and is_bsn(number) and not rest.strip("0")
        for run in runs
        for number, rest in ((run[-9:], run[:-9]), (run[:9], run[9:]))
    )


def new_span(random: Random = os.urandom) -> str:
    """The id of one action: 16 hexadecimal digits."""
    return random(8).hex()
