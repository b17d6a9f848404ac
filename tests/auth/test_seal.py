"""Sealed links: for one caller, for a while, and readable for nobody."""

import base64
import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from gateway.auth.principal import Kind, Principal
from gateway.auth.seal import Opened, Seals
from gateway.operation.identity import Identity
from schema.language.content import Content

BSN = "999900018"
ANNA = Principal("urn:balie", "u-1", "Anna", "0999", "klantcontact", Kind.MEDEWERKER)
CONTENT = Content(("105d4d25-d597-490c-9ed6-0bc9d70e8bae", "2"), "brief é\ud800.pdf", "text/plain")
SECRET = "een geheim van ten minste 32 tekens"


@dataclass(slots=True)
class Clock:
    """Seconds since 1970, moved by hand."""

    seconds: float = 1_800_000_000.0

    def now(self) -> float:
        """The seconds."""
        return self.seconds


def seals(clock: Clock | None = None, secret: str | None = SECRET) -> Seals:
    """Seals for a minute."""
    return Seals(secret, (clock or Clock()).now, 60)


def sealed(made: Seals, principal: Principal = ANNA, stream: str = "documenten") -> str:
    """A token."""
    return made.seal(principal, stream, "document.inhoud", CONTENT)


def test_it_opens_for_whom_it_was_made() -> None:
    """With the label of the field and all that is needed to hand out the bytes."""
    made = seals()

    assert made.open(ANNA, "documenten", sealed(made)) == Opened("document.inhoud", CONTENT)


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "u-2"},
        {"tenant": "0998"},
        {"purpose": "belastingen"},
        {"kind": Kind.SYSTEEM},
        {"kind": Kind.BURGER, "own": Identity(bsn=BSN)},
        {"issuer": "urn:elders"},
        {"diensten": frozenset({"wmo"})},
        {"tenant": "0999k", "purpose": "lantcontact"},
    ],
)
def test_it_opens_for_nobody_else(changes: Mapping[str, Any]) -> None:
    """Each part of who asks counts by itself."""
    made = seals()

    assert made.open(dataclasses.replace(ANNA, **changes), "documenten", sealed(made)) is None


def test_what_a_caller_is_called_does_not_matter() -> None:
    """The display name is no identity."""
    made = seals()

    assert made.open(dataclasses.replace(ANNA, name="A."), "documenten", sealed(made)) is not None


def test_a_link_of_one_stream_does_not_open_another() -> None:
    """Nor does one of a person open for another citizen with the same subject."""
    made = seals()
    citizen = dataclasses.replace(ANNA, kind=Kind.BURGER, own=Identity(bsn=BSN))
    other = dataclasses.replace(citizen, own=Identity(bsn="999900031"))

    assert made.open(ANNA, "afbeeldingen", sealed(made)) is None
    assert made.open(other, "documenten", sealed(made, citizen)) is None
    assert made.open(citizen, "documenten", sealed(made, citizen)) is not None


def test_it_ends() -> None:
    """At the second, and not before."""
    clock = Clock()
    made = seals(clock)
    token = sealed(made)
    clock.seconds += 59.9
    before = made.open(ANNA, "documenten", token)
    clock.seconds += 0.1

    assert before is not None
    assert made.open(ANNA, "documenten", token) is None


def test_every_character_counts() -> None:
    """A token with any character changed, left out or added does not open."""
    made = seals()
    token = sealed(made)
    changed = [
        f"{token[:place]}{'A' if token[place] != 'A' else 'B'}{token[place + 1 :]}"
        for place in range(len(token) - 1)
    ]

    assert [each for each in changed if made.open(ANNA, "documenten", each)] == []
    for wrong in (token[:-1], token + "A", token + "=", f" {token}", token.upper(), ""):
        assert made.open(ANNA, "documenten", wrong) is None


@pytest.mark.parametrize("token", ["a" * 40, "é" * 60, "A" * 5_000, "../" * 20, "AAAA\n" * 10])
def test_what_is_no_token(token: str) -> None:
    """Refused like any other."""
    assert seals().open(ANNA, "documenten", token) is None


def test_it_tells_nothing() -> None:
    """Not whom it is for, not what it is of; and never the same twice."""
    made = seals()
    citizen = dataclasses.replace(ANNA, kind=Kind.BURGER, own=Identity(bsn=BSN))
    first, second = sealed(made, citizen), sealed(made, citizen)
    raw = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4))

    assert first != second
    assert first.replace("-", "").replace("_", "").isalnum()
    for told in (BSN, "u-1", "0999", "105d4d25", "brief", "document.inhoud"):
        assert told.encode() not in raw


def test_processes_that_share_a_secret_open_each_others_links() -> None:
    """And those that do not, do not."""
    token = sealed(seals())

    assert seals().open(ANNA, "documenten", token) is not None
    assert seals(secret="een ander geheim van 32 tekens !!").open(ANNA, "documenten", token) is None
    assert seals(secret=None).open(ANNA, "documenten", token) is None
    assert seals(secret=None).open(ANNA, "documenten", sealed(seals(secret=None))) is None


def test_a_name_without_end_gives_no_link_without_end() -> None:
    """It must fit in the address of a request."""
    made = seals()
    long = Content(("a", "1"), "x" * 100_000 + ".pdf", "y" * 100_000)
    token = made.seal(ANNA, "documenten", "document.inhoud", long)

    assert len(token) < 1_500
    assert json.dumps(token)
