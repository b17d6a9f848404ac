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
from typing import Final

from gateway.observe.redact import is_bsn

Random = Callable[[int], bytes]

_TRACEPARENT = re.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")
_RECORDED = "01"
_DIGITS = re.compile("[0-9]{9,}")
_LOWEST = "010000000"
_PIECE: Final = 8
_BLOCK: Final = 4_096
"""Bytes that are given, and drawn, at a time."""


@dataclass(slots=True)  # made for every request: frozen it takes three times as long
class Trace:
    """`id` is 32 and `parent` (the span of whoever asked us, if they told) 16 hexadecimal digits;
    `flags` are handed on as they came. Read-only.
    """

    id: str
    parent: str | None
    flags: str

    def told(self, span: str) -> str:
        """The `traceparent` for whoever is asked on behalf of this span."""
        return f"00-{self.id}-{span}-{self.flags}"


class Drawn:
    """Random bytes, drawn in blocks: to ask the operating system for each id costs more than all
    else that is done for it. No byte is given twice, whichever thread asks.
    """

    def __init__(self, random: Random = os.urandom) -> None:
        self._random = random
        self._ready: list[bytes] = []

    def __call__(self, length: int) -> bytes:
        """So many bytes, a multiple of 8."""
        if length == _PIECE:  # a span: there is one for each call
            return self._piece()
        return b"".join([self._piece() for _ in range(0, length, _PIECE)])

    def _piece(self) -> bytes:
        try:
            return self._ready.pop()
        except IndexError:
            block = self._random(_BLOCK)
            first, *others = (block[at : at + _PIECE] for at in range(0, _BLOCK, _PIECE))
            self._ready += others
            return first

    def forget(self) -> None:
        """Draw anew: what is ready here is ready in the process that this one was forked from."""
        self._ready.clear()


_DRAWN: Final = Drawn()
os.register_at_fork(after_in_child=_DRAWN.forget)


def trace_of(traceparent: str | None, random: Random = _DRAWN) -> Trace:
    """The trace that a request belongs to, a new one if it names none.

    Only version 00 is read; an id of nothing but zeros is none (W3C Trace Context, 3.2.2).
    """
    found = _TRACEPARENT.fullmatch(traceparent) if traceparent else None
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


def new_span(random: Random = _DRAWN) -> str:
    """The id of one action: 16 hexadecimal digits."""
    return random(8).hex()
