"""`bronpoort check` of a source with objects: known types, and filters that work."""

from typing import Any

import pytest

from resolvers.objecten.probe import IGNORES, NO_API, objecten
from tests.objecten.asking import UUID, objecttype
from tests.source.fakes import desk, reply, wire

pytestmark = pytest.mark.anyio

DING = objecttype({"naam": {"type": "string"}})
NONE: dict[str, Any] = {"count": 0, "next": None, "previous": None, "results": []}


async def remarks(*replies: bytes, dialect: Any = None) -> tuple[list[str], list[str]]:
    """What the probe says, and what it asked."""
    async with wire(*replies) as bron, desk() as at:
        source = at.source(bron.address, name="objecten", dialect=dialect or {})
        return await objecten([DING])(source), [heard.target for heard in bron.heard]


async def test_objects_with_a_property_that_nobody_has_are_asked() -> None:
    found, (target,) = await remarks(reply(json=NONE))

    assert found == []
    assert f"objecttypes%2F{UUID}" in target
    assert target.endswith("data_attr=bronpoortcontrole__exact__geen&pageSize=1&fields=uuid")


async def test_a_source_that_ignores_filters_is_told() -> None:
    found, _ = await remarks(reply(json={**NONE, "count": 9}))

    assert found == [IGNORES]


async def test_a_type_that_the_source_does_not_know() -> None:
    """Told with the places where its uuid can stand."""
    (found,), _ = await remarks(reply(400, json={"code": "invalid"}))

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
