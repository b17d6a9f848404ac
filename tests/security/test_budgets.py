"""What one operation may really ask, whatever was estimated beforehand."""

from typing import Any

import pytest

from tests.app import Setup, running, world

pytestmark = pytest.mark.anyio

PERSONS = """
query ($a: [Bsn!]!, $b: [Bsn!]!) {
  a: personen(burgerservicenummers: $a) { naam { voornamen } }
  b: personen(burgerservicenummers: $b) { naam { voornamen } }
}
"""
PAGE = "{ zaken(first: 50) { edges { node { status { datumStatusGezet } } } } }"


def numbers(world_size: int) -> list[str]:
    """Numbers of persons of the sandbox."""
    return list(world().persons)[:world_size]


async def answered(limits: dict[str, int], query: str, variables: Any = None) -> tuple[Any, int]:
    """The answer, and how many calls it took."""
    setup = Setup(settings={"limits": {"cost": 1_000_000, **limits}})
    async with running(setup) as app:
        response = await app.ask(query, variables)
        return response.json(), len(app.outdoors.calls)


async def test_no_more_persons_than_one_question_may_concern() -> None:
    """Forty are asked for, thirty may be: the last ten fail, each in its place."""
    forty = numbers(40)
    body, calls = await answered({"persons": 30}, PERSONS, {"a": forty[:20], "b": forty[20:]})

    assert calls == 2
    assert all(person["naam"] for person in body["data"]["a"])
    assert [person is None for person in body["data"]["b"]] == [False] * 10 + [True] * 10
    assert {error["extensions"]["code"] for error in body["errors"]} == {"LIMIET"}
    assert [error["path"] for error in body["errors"]] == [["b", at] for at in range(10, 20)]


async def test_no_more_calls_than_one_question_may_take() -> None:
    """What was asked is given; what was not says why."""
    body, calls = await answered({"calls": 11}, PAGE)
    statuses = [edge["node"]["status"] for edge in body["data"]["zaken"]["edges"]]

    assert calls == 11
    assert len([status for status in statuses if status]) == 10
    assert {error["extensions"]["code"] for error in body["errors"]} == {"LIMIET"}
