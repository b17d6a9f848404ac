"""Logging: one chain for our records and for those of libraries (startup).

Nothing personal reaches a log: our events are written from an allow-list of fields, and everything,
what libraries log too, passes gateway.observe.redact last.
"""

import json
import logging
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, TextIO

import structlog
from structlog.typing import Processor, WrappedLogger

from gateway.observe.redact import exceptions_without_text, redact

_OPERATION_NAME: Final = re.compile(r"[_A-Za-z][_0-9A-Za-z]{0,63}")
_QUIET: Final = ("httpx", "httpcore", "aiocache", "strawberry.execution", "uvicorn.access")


@dataclass(frozen=True, slots=True)
class SourceCalls:
    """What one source was asked in an operation: calls made, keys asked, keys the cache had."""

    calls: int
    milliseconds: int
    keys: int = 0
    cache_hits: int = 0


@dataclass(frozen=True, slots=True)
class OperationEvent:
    """All that is logged of one operation.

    `operation` is the name in the document, `document` the hash of its text, `codes` the error
    codes in the answer, `sources` by the source's name, `reason` why the token was refused
    (gateway.auth.errors.Reason), if it was. What was not known is None.
    """

    status: int
    duration_ms: int
    operation: str | None = None
    document: str | None = None
    tenant: str | None = None
    purpose: str | None = None
    codes: Sequence[str] = ()
    sources: Mapping[str, SourceCalls] | None = None
    reason: str | None = None


def known_name(name: str | None) -> str | None:
    """The name of an operation, if it is one: it is the client's own text."""
    return name if name and _OPERATION_NAME.fullmatch(name) else None


def wanted(log: WrappedLogger, status: int) -> bool:
    """Whether the log takes an event of this status; one that cannot tell takes all."""
    asked = getattr(log, "isEnabledFor", None)
    return asked is None or bool(asked(logging.WARNING if status >= 500 else logging.INFO))


def operation_event(log: WrappedLogger, event: OperationEvent) -> None:
    """Writes one operation; as a warning if it failed through us (status 5xx).

    The operation's name is the client's own text: kept only where it is a name.
    """
    fields = {
        "status": event.status,
        "duration_ms": event.duration_ms,
        "operation": known_name(event.operation),
        "document": event.document,
        "tenant": event.tenant,
        "purpose": event.purpose,
        "codes": sorted(set(event.codes)),
        "sources": {name: _calls(calls) for name, calls in (event.sources or {}).items()},
        "reason": event.reason,
    }
    write = log.warning if event.status >= 500 else log.info
    write("operatie", **fields)


def _calls(calls: SourceCalls) -> dict[str, int]:
    return {
        "calls": calls.calls,
        "milliseconds": calls.milliseconds,
        "keys": calls.keys,
        "cache_hits": calls.cache_hits,
    }


@dataclass(frozen=True, slots=True)
class DownloadEvent:
    """All that is logged of one file that was asked for: nothing tells which.

    `size` is in bytes, as far as they were given; `codes` also tells why the rest was not.
    """

    status: int
    duration_ms: int
    size: int = 0
    tenant: str | None = None
    purpose: str | None = None
    codes: Sequence[str] = ()


def download_event(log: WrappedLogger, event: DownloadEvent) -> None:
    """Writes one download; as a warning if it failed through us or its source (status 5xx)."""
    write = log.warning if event.status >= 500 else log.info
    write("download", **{**asdict(event), "codes": list(event.codes)})


@dataclass(frozen=True, slots=True)
class DecisionEvent:
    """All that is logged of what a decision point said.

    `kind` is what was to be done, `document` the hash of the question, `reason` a machine code.
    `remembered` tells that it said so before and was not asked.
    """

    outcome: str
    kind: str
    duration_ms: int
    remembered: bool = False
    document: str | None = None
    tenant: str | None = None
    purpose: str | None = None
    reason: str | None = None


def decision_event(log: WrappedLogger, event: DecisionEvent, *, decided: bool) -> None:
    """Writes one decision; as a warning if there was none."""
    write = log.info if decided else log.warning
    write("beslissing", **asdict(event))


@dataclass(frozen=True, slots=True)
class NotificationEvent:
    """All that is logged of one notification: never what it is about, nor any address.

    `outcome` is what it led to, `dropped` how many kept answers it made old, `code` why it was
    refused. Whoever counts the outcome "onbekend adres" sees messages about sources that the
    municipality's file does not have, or has under another address.
    """

    status: int
    duration_ms: int
    tenant: str | None = None
    channel: str | None = None
    outcome: str | None = None
    dropped: int = 0
    code: str | None = None


def notification_event(log: WrappedLogger, event: NotificationEvent) -> None:
    """Writes one notification; as a warning if it failed through us (status 5xx)."""
    write = log.warning if event.status >= 500 else log.info
    write("notificatie", **asdict(event))


def configure_logging(*, json: bool, level: str = "INFO", stream: TextIO | None = None) -> None:
    """Sends every record of the process through one chain to `stream` (standard error if None).

    `json` gives a JSON object a line, else text for a terminal. To be called once, before the
    server starts; run uvicorn with `log_config=None` and `access_log=False`.
    """
    before: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_formatter(before, json))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging._srcfile = None  # no line tells where it was written, and to look takes longer than it
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *before,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _formatter(before: list[Processor], json: bool) -> logging.Formatter:
    renderer: Processor = structlog.dev.ConsoleRenderer(colors=False)
    if json:
        renderer = structlog.processors.JSONRenderer(_encoded)
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=before,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            exceptions_without_text,
            redact,
            renderer,
        ],
    )


def _encoded(event: Any, **_: Any) -> str:
    return _ENCODER.encode(event)


def _no_repr(value: Any) -> str:
    return type(value).__name__


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, default=_no_repr)
