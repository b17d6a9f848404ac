"""The audit log: who did what, and nothing of whom it was about."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from gateway.observe.audit import Action, Actor, Audit
from gateway.observe.redact import redact_text

BSN = "999990019"

ACTOR = Actor(
    "u-17", "medewerker", "0af7651916cd43dd8448eb211c80319c", "T. Toetser", (), "10.0.0.8"
)
ACTION = Action(
    "vraag",
    200,
    tenant="0999",
    purpose="klantcontact",
    operation="Persoonsbeeld",
    document="1f3870be",
    objects=["Query.persoon"],
    labels=["persoon.raadplegen"],
)


def test_a_line() -> None:
    stream = io.StringIO()

    Audit(stream=stream).write(ACTION, ACTOR)

    (line,) = stream.getvalue().splitlines()
    written = json.loads(line)
    assert written.pop("timestamp").endswith("Z")
    assert written == {
        "event": "audit",
        "action": "vraag",
        "actor": {"subject": "u-17", "kind": "medewerker", "name": "T. Toetser", "services": []},
        "cause": None,
        "codes": [],
        "document": "1f3870be",
        "labels": ["persoon.raadplegen"],
        "objects": ["Query.persoon"],
        "operation": "Persoonsbeeld",
        "origin": "10.0.0.8",
        "purpose": "klantcontact",
        "reason": None,
        "result": "gelukt",
        "status": 200,
        "tenant": "0999",
        "trace": "0af7651916cd43dd8448eb211c80319c",
    }


def test_several_lines_are_each_as_one(tmp_path: Path) -> None:
    """In one go: all of them, or the reason why not."""
    path = tmp_path / "audit.jsonl"
    audit = Audit(path)
    audit.write(ACTION, ACTOR)
    audit.write_all([(ACTION, ACTOR), (replace(ACTION, status=404), None)])
    audit.close()
    one, two, three = map(json.loads, path.read_text(encoding="utf-8").splitlines())

    assert one | {"timestamp": ""} == two | {"timestamp": ""}
    assert (three["status"], three["actor"]) == (404, None)

    broken = Audit(tmp_path)
    broken.write_all([(ACTION, ACTOR)] * 2)
    assert broken.broken == "IsADirectoryError"


class Flushed(io.StringIO):
    """A stream that tells in which pieces it was written on."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def flush(self) -> None:
        """What was written since the last time is a piece."""
        self.pieces.append(self.getvalue())
        self.seek(0)
        self.truncate()


def test_many_lines_to_a_pipe_stay_whole() -> None:
    """Workers share one: more than it takes in one piece is mixed with what others write."""
    stream = Flushed()

    Audit(stream=stream).write_all([(ACTION, ACTOR)] * 40)

    assert sum(piece.count("\n") for piece in stream.pieces) == 40
    assert 1 < len(stream.pieces) < 40
    assert all(piece.endswith("\n") for piece in stream.pieces)
    assert max(len(piece.encode()) for piece in stream.pieces) <= 4_096


def test_equal_actions_are_told_alike_but_for_the_moment_and_the_trace() -> None:
    """Whatever was written before: what is kept of a line is that of these very values."""
    stream = io.StringIO()
    audit = Audit(stream=stream)
    actors = [ACTOR, replace(ACTOR, trace="f" * 32), replace(ACTOR, origin="10.0.0.9"), None]
    actions = [replace(ACTION, labels=("a", "b")), replace(ACTION, labels=("a", "b"), status=500)]
    each = [(action, actor) for actor in actors for action in actions]

    for action, actor in [*each, *each]:
        audit.write(action, actor)

    told = [json.loads(line) for line in stream.getvalue().splitlines()]
    for (action, actor), line in zip([*each, *each], told, strict=True):
        assert list(line) == sorted(line)
        assert (action.status, action.result) == (line["status"], line["result"])
        assert line["labels"] == ["a", "b"]
        assert (actor.trace if actor else None) == line["trace"]
        assert (actor.origin if actor else None) == line["origin"]


@pytest.mark.parametrize("trace", ["0af7651916cd43dd8448eb211c80319c", "9" * 32, "0" * 23 + BSN])
def test_the_id_of_a_trace_is_told_as_an_encoder_would(trace: str) -> None:
    stream = io.StringIO()

    Audit(stream=stream).write(ACTION, replace(ACTOR, trace=trace))

    line = stream.getvalue().rstrip("\n")
    assert line == redact_text(json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True))


@pytest.mark.parametrize("trace", [f"nr {BSN}", 'a"b\n', "", "F" * 32])
def test_what_is_no_id_of_a_trace_is_escaped_and_redacted(trace: str) -> None:
    stream = io.StringIO()

    Audit(stream=stream).write(ACTION, replace(ACTOR, trace=trace))

    assert json.loads(stream.getvalue())["trace"] == trace.replace(BSN, "[bsn]")


def test_what_became_of_it_in_one_word() -> None:
    outcomes = [(200, ()), (200, ("BRON_FOUT",)), (401, ()), (403, ("X",)), (500, ())]

    assert [Action("vraag", status, codes=codes).result for status, codes in outcomes] == [
        "gelukt",
        "gedeeltelijk",
        "geweigerd",
        "geweigerd",
        "mislukt",
    ]


def test_nobody_was_recognised() -> None:
    stream = io.StringIO()

    Audit(stream=stream).write(Action("vraag", 401, reason="verlopen"), None)

    written = json.loads(stream.getvalue())
    assert written["actor"] is None
    assert written["reason"] == "verlopen"


def test_a_number_of_a_person_never_gets_in() -> None:
    """Not even where an issuer makes it the subject, or a client the name of an operation."""
    stream = io.StringIO()
    actor = Actor("999990019", "burger", "0" * 32)

    Audit(stream=stream).write(Action("vraag", 200, operation="999990019"), actor)

    assert "999990019" not in stream.getvalue()


def test_a_file_that_was_moved_away_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    audit = Audit(path)
    audit.write(ACTION, ACTOR)
    path.rename(tmp_path / "audit.1")
    audit.write(ACTION, ACTOR)
    audit.close()

    assert len(path.read_text().splitlines()) == 1
    assert len((tmp_path / "audit.1").read_text().splitlines()) == 1
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    audit = Audit(tmp_path / "map" / "audit.jsonl")

    audit.write(ACTION, ACTOR)

    assert audit.broken == "FileNotFoundError"
    (tmp_path / "map").mkdir()
    audit.write(ACTION, ACTOR)
    assert audit.broken == ""
    audit.close()
