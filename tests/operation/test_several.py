"""Who is asked, where there are several sources."""

from collections.abc import Hashable, Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest

from gateway.operation.bind import NOTHING, Bound
from gateway.operation.failures import FieldFailure, not_yours
from gateway.operation.fetched import Fetched
from gateway.operation.several import Several
from gateway.source.directory import Directory
from gateway.source.keep import Keep
from gateway.source.read import About, Fields, Read, read
from gateway.source.source import Source

pytestmark = pytest.mark.anyio

OWN = "999990019"


def key_of(source: Source, value: Any) -> str:
    """The second system writes numbers the other way round."""
    return str(value)[::-1] if source.name == "klant-b" else str(value)


@read("klant", keep=Keep.personal(), about=About.PERSON, key_of=key_of)
async def klanten(klant: Source, bsn: str, fields: Fields) -> None:
    """Customers."""


def opened(name: str, activity: str) -> Source:
    """A source that has a name only."""
    return cast(Source, SimpleNamespace(name=name))


def refused(read: Read, key: Hashable) -> FieldFailure | None:
    """As of a citizen."""
    return None if key == OWN else not_yours(read.source)


async def asked(raw: str) -> list[tuple[str, Sequence[Hashable]]]:
    """Which sources are asked for a wire value, and by which keys."""
    calls: list[tuple[str, Sequence[Hashable]]] = []

    async def ask(name: str, bound: Bound, keys: Sequence[Hashable]) -> None:
        calls.append((name, keys))
        found.table[klanten, bound.canonical, name] = {}

    found = Fetched(Directory(("klant", "klant-b"), {"klant": "klant"}))
    several = Several(found, opened, refused)
    await several.ask_all(klanten, NOTHING, [(raw, None)], False, ask)
    return calls


@pytest.mark.parametrize("raw", [OWN, OWN[::-1], "999990020"])
async def test_a_citizen_is_asked_about_by_no_other_key_anywhere(raw: str) -> None:
    """One value may be the key of somebody else in the second of the sources."""
    calls = await asked(raw)

    assert [key for _, keys in calls for key in keys if key != OWN] == []
