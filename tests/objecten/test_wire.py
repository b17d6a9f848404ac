"""What is asked of an object, and what is believed of the answer."""

from typing import Any

import pytest

from gateway.source.errors import SourceFault
from gateway.source.read import Fields
from gateway.source.withheld import Withheld
from resolvers.objecten.wire import believed, wanted
from tests.objecten.asking import UUID, made
from tests.source.fakes import desk

pytestmark = pytest.mark.anyio

PROPERTIES = {
    "naam": {"type": "string"},
    "a.b": {"type": "string"},
    "waar": {"type": "object", "properties": {"straat": {"type": "string"}}},
    "lijst": {
        "type": "array",
        "items": {"type": "object", "properties": {"x": {"type": "string"}}},
    },
}


def asked(*paths: str) -> str:
    return wanted(Fields(paths), made(PROPERTIES), ())


def test_only_what_is_needed_is_asked() -> None:
    assert asked("record.data.naam", "record.startAt") == (
        "record__data__naam,record__startAt,type,uuid"
    )
    assert asked("record.data.waar.straat") == "record__data__waar__straat,type,uuid"


def test_never_a_path_and_one_under_it() -> None:
    """The source fails on that."""
    assert asked("record.data.waar", "record.data.waar.straat") == "record__data__waar,type,uuid"


def test_a_list_is_asked_whole_and_an_odd_name_with_what_is_beside_it() -> None:
    assert asked("record.data.lijst.x") == "record__data__lijst,type,uuid"
    assert asked("record.data.a.b", "record.data.naam") == "record__data,type,uuid"


async def believe(item: Any, **heard: str) -> Any:
    async with desk() as at:
        source = at.source("https://objecten.example.nl/api/v2", name="objecten")
        return believed(source, item, made(PROPERTIES), heard)


async def test_what_is_kept_from_us_is_not_the_same_as_absent() -> None:
    """One type gives names, several have their address before them."""
    item = {"uuid": UUID, "record": {"data": {"naam": "x"}}}
    header = "https://x.nl/objecttypes/1(1)=record__data__waar,record__data__naam; y=record__endAt"
    found = await believe(item, **{"x-unauthorized-fields": header})

    assert found["record"]["data"] == {"naam": "x", "waar": Withheld("objecten")}
    assert found["record"]["endAt"] == Withheld("objecten")


async def test_an_object_in_which_nothing_was_found_is_absent() -> None:
    """A selection of fields leaves an empty one behind."""
    item = {"uuid": UUID, "record": {"data": {"waar": {}, "naam": None}}}

    assert (await believe(item))["record"]["data"] == {"naam": None}


@pytest.mark.parametrize(
    "item", [None, [], {}, {"uuid": "x"}, {"uuid": UUID, "record": []},
             {"uuid": UUID, "record": {"data": []}}]
)  # fmt: skip
async def test_what_is_no_object_is_a_fault(item: Any) -> None:
    with pytest.raises(SourceFault):
        await believe(item)
