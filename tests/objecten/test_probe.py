"""`bronpoort check` of a source with objects: known types, and filters that work."""

from typing import Any

import pytest

from resolvers.objecten.probe import ELSEWHERE, HERE, IGNORES, MAY_REFUSE, NO_API, objecten
from schema.language.links import Capability
from tests.objecten.asking import UUID, objecttype
from tests.source.fakes import desk, reply, wire

pytestmark = pytest.mark.anyio

DING = objecttype({"naam": {"type": "string"}})
NONE: dict[str, Any] = {"count": 0, "next": None, "previous": None, "results": []}


async def remarks(*replies: bytes, dialect: Any = None) -> tuple[list[str], list[str]]:
    """What the probe says beside what the source can do, and what it asked."""
    async with wire(*replies) as bron, desk() as at:
        source = at.source(bron.address, name="objecten", dialect=dialect or {})
        told = await objecten([DING])(source)
        asked = [heard.target for heard in bron.heard]
        return [text for text in told if not isinstance(text, Capability)], asked


async def test_objects_with_a_property_that_nobody_has_are_asked() -> None:
    found, (target, types) = await remarks(reply(json=NONE), reply(json=NONE))

    assert found == []
    assert f"objecttypes%2F{UUID}" in target
    assert target.endswith("data_attr=bronpoortcontrole__exact__geen&pageSize=1&fields=uuid")
    assert types == "/api/objecttypes?pageSize=1"


async def test_a_source_that_ignores_filters_is_told() -> None:
    found, _ = await remarks(reply(json={**NONE, "count": 9}), reply(json=NONE))

    assert found == [IGNORES]


async def test_a_type_that_the_source_does_not_know() -> None:
    """Told with the places where its uuid can stand."""
    (found,), _ = await remarks(reply(400, json={"code": "invalid"}), reply(json=NONE))

    assert found.startswith(
        "kent het objecttype ding niet; kijk `uuid` na in objecttypen/ding.toml"
    )
    assert "`dialect.objecttype_ding`" in found


async def test_another_place() -> None:
    found, _ = await remarks(reply(404, json={}))

    assert found == [NO_API]


async def test_a_municipality_without_such_objects_is_not_asked_for_them() -> None:
    found, asked = await remarks(reply(json=NONE), dialect={"objecttype_ding": "geen"})

    assert (found, asked) == ([], [])


TYPES = "https://objecttypen.test/api/v2"


@pytest.mark.parametrize(
    ("dialect", "said"),
    [
        ({}, [ELSEWHERE, MAY_REFUSE]),
        ({"objecttypen_url": TYPES}, [MAY_REFUSE]),
        ({"objecttypen_url": TYPES, "veldselectie": False}, []),
    ],
)
async def test_a_source_of_before_4(dialect: dict[str, Any], said: list[str]) -> None:
    """It has no objecttypes beside its objects, so it must be said where they are."""
    found, _ = await remarks(reply(json=NONE), reply(404, json={}), dialect=dialect)

    assert found == said


@pytest.mark.parametrize("types", [reply(json=NONE), reply(403, json={})])
async def test_a_source_of_4_needs_no_address_of_objecttypes(types: bytes) -> None:
    """Also when we may not see them."""
    assert (await remarks(reply(json=NONE), types, dialect={"objecttypen_url": TYPES}))[0] == [HERE]
    assert (await remarks(reply(json=NONE), types))[0] == []
