"""Where objects came from, and what stands in them."""

from collections.abc import Sequence
from typing import Any

import pytest

from gateway.operation.failures import not_yours
from gateway.operation.fetch import holders_at
from gateway.operation.fetched import TOGETHER, Fetched, distinct_keys, wire_keys
from gateway.operation.plan import Part
from gateway.source.directory import Directory
from gateway.source.keep import DataClass, Keep
from gateway.source.read import Fields, read
from gateway.source.source import Source
from gateway.source.withheld import Withheld
from schema.language.paging import Page

NAMES = ("zaken", "zaken-b", "klant", "klant-b")
FAMILIES = {"zaken": "zgw", "klant": "klant"}


@read("zaken", keep=Keep.request(DataClass.CASE))
async def zaak(zaken: Source, uuid: str, fields: Fields) -> None:
    """A zaak."""


def fetched() -> Fetched:
    """Nothing yet, of a municipality with two systems of each."""
    return Fetched(Directory(NAMES, FAMILIES))


def test_objects_of_every_shape_have_a_source() -> None:
    """One, those of a list, those on a page; values have none."""
    found = fetched()
    one, item, node = {"n": 1}, {"n": 2}, {"n": 3}
    page = Page([node], ["1"], has_next=False).wire()
    found.came_from(one, "zaken")
    found.came_from([item, None, "tekst"], "zaken-b")
    found.came_from(page, "klant")

    told = [found.source_of(each) for each in (one, item, node, page["edges"][0], page)]
    assert told == ["zaken", "zaken-b", "klant", "klant", "klant"]
    assert [found.source_of(each) for each in ({"n": 1}, None, "tekst")] == [None] * 3


def test_what_stands_in_an_object_is_of_its_source() -> None:
    """However deep, also on a page of several sources, which is of none itself."""
    found = fetched()
    deepest = [{"diep": {"kern": {"n": n}}} for n in range(2)]
    page = Page([{"in": [each]} for each in deepest], ["1", "2"], has_next=False).wire()
    for edge, source in zip(page["edges"], ("zaken", "zaken-b"), strict=True):
        found.came_from([edge, edge["node"]], source)
    place = (Part(("edges",), many=True), Part(("node",)), Part(("in",), many=True),
             Part(("diep",)), Part(("kern",)))  # fmt: skip
    holders = holders_at([page], place, found.inherits)

    assert [found.source_of(each) for each in holders] == ["zaken", "zaken-b"]
    assert [found.near(zaak, each) for each in holders] == ["zaken", "zaken-b"]


@pytest.mark.parametrize("names", [("zaken", "klant"), NAMES])
def test_what_is_found_sooner_is_what_is_found(names: Sequence[str]) -> None:
    """By a key of its own, one that became another, one that is none, and one of nothing."""
    found = Fetched(Directory(names, FAMILIES))
    failure, holder, canonical = not_yours("zaken"), {"n": 0}, "{}"
    place = found.place(zaak, canonical, "zaken")
    found.table[place] = {"a": {"n": 1}, "b": failure}
    found.keys[zaak] = {"url-a": "a", "c": failure}
    routes = {"a": "a", "url-a": "a", "b": "b", "weg": "weg"}
    found.routes = {(zaak, raw, None): (("zaken", key),) for raw, key in routes.items()}
    found.routes[zaak, "c", None] = failure
    asked = (*routes, "c")
    find = found.finder(zaak, canonical)

    expected = [{"n": 1}, {"n": 1}, failure, None, failure]
    assert expected == [found.one(zaak, canonical, raw, holder) for raw in asked]
    assert expected == [find(raw, holder) for raw in asked]


def test_another_registry_is_not_near() -> None:
    """Whatever its system is called; nor is what came from nowhere."""
    found = fetched()
    contact: dict[str, Any] = {}
    found.came_from(contact, "klant-b")

    assert found.near(zaak, contact) is None
    assert found.near(zaak, {}) is None
    assert found.near(zaak, None) is None


@pytest.mark.parametrize(
    "values",
    [
        ["a", "b", "a"],
        [2, 1, 2],
        ["", None, "a"],
        [["a", "b"], "b", []],
        [True, 1, 0, False],
        [1, True, 1.0],
        [{"a": 1}, "a"],
        [Withheld("brp"), "a"],
        [],
    ],
)
def test_the_keys_of_many_objects_are_those_of_each(values: list[Any]) -> None:
    """Each once, in order; whatever they are, and wherever they stand."""
    flat = [{"k": value} for value in values]
    deep = [{"in": {"k": value}} for value in values]
    lacking = [*flat, {}]
    for holders, path in ((flat, ("k",)), (deep, ("in", "k")), (lacking, ("k",))):
        one_by_one = dict.fromkeys(key for each in holders for key in wire_keys(each, path))

        assert list(one_by_one.items()) == list(distinct_keys(holders, path).items())
        assert list(map(type, one_by_one)) == list(map(type, distinct_keys(holders, path)))


def test_what_wire_values_led_to() -> None:
    """By the value itself, or by that of which the key was made; a value of no key to nothing."""
    found, other = {"id": "a"}, {"id": "b"}
    plain = Fetched(table={(zaak, "{}", TOGETHER): {"a": found}})
    address, foreign = "http://bron.test/zaken/b", "http://elders.test/zaken/b"
    keyed = Fetched(
        table={(zaak, "{}", TOGETHER): {"b": other}},
        keys={zaak: {address: "b", foreign: not_yours("zaken")}},
    )

    assert plain.by_wire_value(zaak, "{}") == {"a": found}
    assert keyed.by_wire_value(zaak, "{}") == {address: other, foreign: None}
    assert Fetched().by_wire_value(zaak, "{}") == {}
