"""Which of several sources a question goes to."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from gateway.operation.failures import FieldFailure
from gateway.operation.sources import by_source, route
from gateway.source.errors import ForeignAddress, SourceRefusedQuestion
from gateway.source.keep import DataClass, Keep
from gateway.source.read import Fields, Read, read
from gateway.source.source import Source

NAMES = ("zaken", "zaken-b", "zaken-c")


def key_of(source: Source, value: Any) -> str:
    """`<source>:<key>` is an address; anything else but `?` and 0 a key of all."""
    if value == "?":
        raise SourceRefusedQuestion(source.name, "no key")
    owner, found, key = cast(str, value).rpartition(":")
    if found and owner != source.name:
        raise ForeignAddress(source.name)
    return key


@read("zaken", keep=Keep.request(DataClass.CASE), key_of=key_of)
async def zaak(zaken: Source, uuid: str, fields: Fields) -> None:
    """A zaak."""


@read("zaken", keep=Keep.request(DataClass.CASE))
async def zaken(zaken: Source, fields: Fields) -> None:
    """All zaken."""


def opened(name: str, activity: str) -> Source:
    """A source that has a name only."""
    return cast(Source, SimpleNamespace(name=name))


def routed(raw: Any, near: str | None = None, asked: Read = zaak) -> Any:
    """The names of the sources that are asked, or the failure as (code, source)."""
    found = route(asked, NAMES, opened, raw, near)
    if isinstance(found, FieldFailure):
        return found.code, found.origin
    return [name for name, _ in found]


def test_an_address_names_its_owner() -> None:
    """Wherever it was found."""
    assert routed("zaken-b:1") == ["zaken-b"]
    assert routed("zaken-b:1", near="zaken-c") == ["zaken-b"]


def test_a_number_goes_to_all_or_to_the_system_it_came_from() -> None:
    """In the order of the file."""
    assert routed("1") == list(NAMES)
    assert routed("1", near="zaken-c") == ["zaken-c"]
    assert routed((), asked=zaken) == list(NAMES)


@pytest.mark.parametrize(
    ("raw", "failure"),
    [
        ("elders:1", ("BRON_FOUT", "zaken")),
        ("?", ("INVOER", "zaken")),
        (7, ("BRON_FOUT", "zaken")),
    ],
)
def test_what_is_a_key_of_none_is_asked_of_none(raw: Any, failure: tuple[str, str]) -> None:
    """The failure is the one that a single source would give."""
    assert routed(raw) == failure


def test_each_source_is_asked_each_key_once() -> None:
    """Whichever routes lead there."""
    ways = [(("a", 1), ("b", 1)), (("a", 2), ("b", 1)), (("b", 3),)]

    assert dict(by_source(ways)) == {"a": [1, 2], "b": [1, 3]}
