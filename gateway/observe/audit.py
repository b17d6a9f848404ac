"""The audit log: who did what, apart from all other logs (per request).

BIO2 8.15.01 asks of a line: action, object, result, origin, actor and moment. Whom it was about is
not in it: that is in the log of processing, and the trace joins the two. The object is named by its
kind (labels and `Type.field`), never by a value.
"""

import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from select import PIPE_BUF
from typing import Any, Final, TextIO

from gateway.observe.redact import redact_text

_FILE = 0o600


@dataclass(slots=True)  # made for every request: frozen it takes three times as long
class Actor:
    """Who acts: a pseudonym, the kind of caller, a name only of who acts for the municipality, for
    a representative the services of the machtiging, and the address that the request came from.
    Read-only.
    """

    subject: str
    kind: str
    trace: str
    name: str | None = None
    services: Sequence[str] = ()
    origin: str | None = None


@dataclass(slots=True)  # as the actor
class Action:
    """What was done: `action` is "vraag", "abonnement" (one message of it), "download" or
    "beslissing" (of a decision point),
    `document` the hash of the question, `objects` and `labels` what it was about, `status` and
    `codes` what became of it. `cause` is the trace of the question that led to it. Read-only.
    """

    action: str
    status: int
    tenant: str | None = None
    purpose: str | None = None
    operation: str | None = None
    document: str | None = None
    objects: Sequence[str] = ()
    labels: Sequence[str] = ()
    codes: Sequence[str] = ()
    reason: str | None = None
    cause: str | None = None

    @property
    def result(self) -> str:
        """In one word: given, given in part, refused, or failed."""
        if self.status >= 500:
            return "mislukt"
        if self.status >= 400:
            return "geweigerd"
        return "gedeeltelijk" if self.codes else "gelukt"


_NAMES: Final = tuple(each.name for each in fields(Action))
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True)
_TRACE: Final = re.compile("[0-9a-f]{32}")
_KNOWN: Final = 1_000
"""Lines of which all but the moment and the trace is kept, to be written again."""
_DONE: Final = attrgetter(*_NAMES, "result")
_WHO: Final = attrgetter("subject", "kind", "name", "services", "origin")


class Audit:
    """Writes to a file, or to a stream (standard output if neither is named).

    A file that was moved away is made anew. What was written is with the operating system when
    `write` returns.
    """

    def __init__(self, path: Path | None = None, stream: TextIO | None = None) -> None:
        self._path = None if path is None else str(path)
        self._stream = stream
        self._file: int | None = None
        self._identity: tuple[int, int] | None = None
        self._begun = lru_cache(_KNOWN)(_begun)
        self.broken = ""
        """Why the last line could not be written; empty if it was."""

    def write(self, action: Action, actor: Actor | None) -> None:
        """One line. Never raises: `broken` says that it failed."""
        self.write_all([(action, actor)])

    def write_all(self, lines: Sequence[tuple[Action, Actor | None]]) -> None:
        """As many lines in one go; as `write`."""
        try:
            self._put([f"{self._line(*each)}\n".encode("utf-8", "replace") for each in lines])
            self.broken = ""
        except (OSError, ValueError) as error:
            self.broken = type(error).__name__

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _line(self, action: Action, actor: Actor | None) -> str:
        """What is the same in many lines comes first, the moment and the trace last: the names of
        an audit line stand in order.
        """
        who = None if actor is None else _WHO(actor)
        try:
            begun = self._begun(_DONE(action), who)
        except TypeError:  # made with lists, which cannot be looked up
            begun = _begun(_DONE(action), who)
        moment = datetime.now(UTC).isoformat().removesuffix("+00:00")
        trace = "null" if actor is None else _written(actor.trace)
        return f'{begun}, "timestamp": "{moment}Z", "trace": {trace}}}'

    def _put(self, lines: Sequence[bytes]) -> None:
        if self._path is None:
            stream = self._stream or sys.stdout
            for piece in _pieces(lines):
                stream.write(piece.decode())
                stream.flush()
            return
        content = b"".join(lines)
        if os.write(self._opened(self._path), content) != len(content):
            raise OSError("not the whole line")

    def _opened(self, path: str) -> int:
        if self._file is not None and _identity(path) != self._identity:
            self.close()
        if self._file is None:
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, _FILE)
            self._identity = _identity(self._file)
        return self._file


def _written(trace: str) -> str:
    """An id of a trace as JSON: there is nothing in it to escape, and nothing to redact."""
    if _TRACE.fullmatch(trace):
        return f'"{trace}"'
    return redact_text(_ENCODER.encode(trace))


def _pieces(lines: Sequence[bytes]) -> Iterator[bytes]:
    """Lines together, as far as a pipe takes them undivided beside those of other workers."""
    piece = b""
    for line in lines:
        if piece and len(piece) + len(line) > PIPE_BUF:
            yield piece
            piece = b""
        piece += line
    yield piece


def _identity(file: str | int) -> tuple[int, int] | None:
    """Of a file that is open, or of what is found at a path: which file it is."""
    try:
        found = os.stat(file)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _begun(done: tuple[Any, ...], who: tuple[Any, ...] | None) -> str:
    """A line without its last members, as far as `_DONE` and `_WHO` tell of it."""
    told = {"event": "audit", **dict(zip((*_NAMES, "result"), done, strict=True))}
    if who is None:
        told |= {"origin": None, "actor": None}
    else:
        subject, kind, name, services, origin = who
        actor = {"subject": subject, "kind": kind, "name": name, "services": services}
        told |= {"origin": origin, "actor": actor}
    return redact_text(_ENCODER.encode(told)).removesuffix("}")
