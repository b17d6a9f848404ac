"""What reaches a log, and what never does."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from gateway.auth.errors import Reason
from gateway.observe.log import (
    NotificationEvent,
    OperationEvent,
    SourceCalls,
    configure_logging,
    notification_event,
    operation_event,
    wanted,
)
from gateway.observe.redact import redact_text

BSN = "999990019"
TOKEN = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln"


@pytest.fixture
def restored() -> Iterator[None]:
    """Logging as it was before the test."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def stream(restored: None) -> io.StringIO:
    """Where the process logs to, as JSON."""
    stream = io.StringIO()
    configure_logging(json=True, stream=stream)
    return stream


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    """What was logged."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_own_records_hold_nothing_personal(stream: io.StringIO) -> None:
    """At any depth, in names, values, bytes and numbers."""
    structlog.get_logger("gateway").info(
        f"vraag over {BSN}",
        a=[{"b": (f"x{BSN}y", int(BSN))}],
        c={BSN: f"?bsn={BSN}&x=1"},
        d=f"Bearer {TOKEN}",
        e=BSN.encode(),
        f=ValueError(BSN),
        g={BSN},
        authorization="Basic abc",
        bsn="12345",
        x_api_key="abcdef",
    )

    logged = stream.getvalue()
    assert BSN not in logged
    assert "eyJ" not in logged
    assert "abcdef" not in logged
    (event,) = lines(stream)
    assert event["event"] == "vraag over [bsn]"
    assert event["a"] == [{"b": ["x[bsn]y", "[bsn]"]}]
    assert event["bsn"] == event["authorization"] == "[verborgen]"
    assert event["f"] == "builtins.ValueError"


def test_records_of_libraries_pass_the_same_chain(stream: io.StringIO) -> None:
    """Formatted late, with exceptions, of which no text is kept."""
    try:
        try:
            raise KeyError(f"persoon {BSN}")
        except KeyError as error:
            raise ValueError("Jansen woont op Kanarielaan 1") from error
    except ValueError:
        logging.getLogger("uvicorn.error").exception("fout bij %s met %s", BSN, TOKEN)

    (event,) = lines(stream)
    assert event["event"] == "fout bij [bsn] met [token]"
    assert event["level"] == "error"
    assert event["logger"] == "uvicorn.error"
    assert "builtins.ValueError" in event["raised"]
    assert "builtins.KeyError" in event["raised"]
    assert any("test_records_of_libraries" in line for line in event["raised"])
    assert "Kanarie" not in stream.getvalue()
    assert BSN not in stream.getvalue()


def test_groups_and_causes_are_told_once(stream: io.StringIO) -> None:
    """Also where exceptions refer to each other."""
    first, second = ValueError(BSN), TypeError(BSN)
    first.__cause__, second.__context__ = second, first

    logging.getLogger("x").error("fout", exc_info=ExceptionGroup(BSN, [first, second]))

    (event,) = lines(stream)
    kinds = [line for line in event["raised"] if not line.startswith(" ")]
    assert sorted(kinds) == [
        "builtins.ExceptionGroup",
        "builtins.TypeError",
        "builtins.ValueError",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("123456789", "123456789"),
        ("999990019", "[bsn]"),
        ("1999990019", "1999990019"),
        ("0999010000000001", "0999010000000001"),
        ("a999990019.json", "a[bsn].json"),
        (f"x={TOKEN}&y", "x=[token]&y"),
        ("Authorization: Bearer abc.def", "Authorization: [verborgen]"),
        ("{'authorization': 'Basic dXNlcg=='}", "{'authorization': '[verborgen]'}"),
        ("X-API-Key=geheim123", "X-API-Key=[verborgen]"),
        ("regel 1\nregel 2\x1b[31m\u202e", "regel 1\\u000aregel 2\\u001b[31m\\u202e"),
    ],
)
def test_what_is_taken_out_of_a_text(text: str, expected: str) -> None:
    """A BSN is told by the elfproef; a token by how it starts or by what stands before it."""
    assert expected == redact_text(text)


def test_an_operation_is_one_event_of_known_fields(stream: io.StringIO) -> None:
    """No text of the question; codes once each."""
    event = OperationEvent(
        status=200,
        duration_ms=12,
        operation="Adres",
        document="ab" * 32,
        tenant="0999",
        purpose="klantcontact",
        codes=("QUOTA", "BRON_FOUT", "QUOTA"),
        sources={"bag": SourceCalls(calls=2, milliseconds=9, keys=40, cache_hits=3)},
    )

    operation_event(structlog.get_logger("gateway.operation"), event)

    (logged,) = lines(stream)
    logged.pop("timestamp")
    assert logged == {
        "event": "operatie",
        "level": "info",
        "logger": "gateway.operation",
        "status": 200,
        "duration_ms": 12,
        "operation": "Adres",
        "document": "ab" * 32,
        "tenant": "0999",
        "purpose": "klantcontact",
        "codes": ["BRON_FOUT", "QUOTA"],
        "sources": {"bag": {"calls": 2, "milliseconds": 9, "keys": 40, "cache_hits": 3}},
        "reason": None,
    }


def test_a_notification_is_logged_without_what_it_is_about(stream: io.StringIO) -> None:
    """A message that could not be carried out is a warning."""
    told = NotificationEvent(
        503, 4, tenant="0999", channel="zaken", outcome=None, dropped=0, code="DRUKTE"
    )

    notification_event(structlog.get_logger("bronpoort"), told)

    (logged,) = lines(stream)
    logged.pop("timestamp")
    assert logged == {
        "event": "notificatie",
        "level": "warning",
        "logger": "bronpoort",
        "status": 503,
        "duration_ms": 4,
        "tenant": "0999",
        "channel": "zaken",
        "outcome": None,
        "dropped": 0,
        "code": "DRUKTE",
    }


def test_a_token_that_was_refused_is_logged_with_the_reason(stream: io.StringIO) -> None:
    """A word of ours; nothing of the token."""
    refused = OperationEvent(401, 1, codes=("NIET_AANGEMELD",), reason=Reason.AUDIENCE.value)

    operation_event(structlog.get_logger(), refused)

    (logged,) = lines(stream)
    assert logged["reason"] == "publiek"


@pytest.mark.parametrize("name", ["niet een naam", "a" * 65, "é", "1a", "a\n"])
def test_an_operations_name_is_kept_only_where_it_is_a_name(name: str, stream: io.StringIO) -> None:
    """It is the client's own text."""
    operation_event(structlog.get_logger(), OperationEvent(503, 1, operation=name))

    (logged,) = lines(stream)
    assert logged["operation"] is None
    assert logged["level"] == "warning"


def test_a_terminal_gets_text(restored: None) -> None:
    """One line an event, redacted likewise."""
    stream = io.StringIO()
    configure_logging(json=False, stream=stream)

    logging.getLogger("x").warning("let op\n%s", BSN, exc_info=ValueError(BSN))

    assert "[warning  ] let op\\u000a[bsn]" in stream.getvalue()
    assert "builtins.ValueError" in stream.getvalue()
    assert BSN not in stream.getvalue()
    assert stream.getvalue().count("\n") == 1


def test_libraries_that_log_addresses_are_quiet(stream: io.StringIO) -> None:
    """An address may hold what was asked."""
    for name in ("httpx", "httpcore.connection", "uvicorn.access", "aiocache"):
        logging.getLogger(name).info("GET http://bron.test/x")

    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("level", "taken"),
    [
        ("INFO", [200, 404, 499, 500, 503]),
        ("WARNING", [500, 503]),
        ("ERROR", []),
    ],
)
def test_what_the_log_does_not_take_is_known_beforehand(
    restored: None, level: str, taken: list[int]
) -> None:
    """Of each status: just what is written."""
    stream = io.StringIO()
    configure_logging(json=True, level=level, stream=stream)
    log = structlog.get_logger("bronpoort")
    statuses = [200, 404, 499, 500, 503]
    for status in statuses:
        operation_event(log, OperationEvent(status=status, duration_ms=1))

    assert [event["status"] for event in lines(stream)] == taken
    assert [status for status in statuses if wanted(log, status)] == taken


def test_a_log_that_cannot_tell_is_given_everything() -> None:
    """It knows no levels."""
    assert all(wanted(object(), status) for status in (200, 500))
