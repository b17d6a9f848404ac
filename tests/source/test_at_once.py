"""Several questions at the same time end together, with the error itself."""

import asyncio

import pytest

from gateway.source.at_once import at_once
from gateway.source.errors import SourceError, SourceTimeout

pytestmark = pytest.mark.anyio


async def _gives(value: int, turns: int) -> int:
    for _ in range(turns):
        await asyncio.sleep(0)
    return value


async def test_each_gives_in_order() -> None:
    """Whichever is ready first."""
    assert await at_once(_gives(value, 3 - value) for value in range(3)) == [0, 1, 2]
    assert await at_once(_gives(value, 0) for value in range(0)) == []


async def test_the_error_is_what_it_was_and_the_others_are_given_up() -> None:
    given_up = []

    async def waits() -> int:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            given_up.append("waits")
            raise
        return 0

    async def fails() -> int:
        await asyncio.sleep(0)
        raise SourceTimeout("bron", "too late")

    with pytest.raises(SourceError) as raised:
        await at_once([waits(), fails()])

    assert type(raised.value) is SourceTimeout
    assert given_up == ["waits"]


async def test_who_is_cancelled_is_cancelled() -> None:
    async def waits() -> int:
        await asyncio.Event().wait()
        return 0

    asking = asyncio.create_task(at_once([waits(), waits()]))
    await asyncio.sleep(0)
    asking.cancel()

    with pytest.raises(asyncio.CancelledError):
        await asking
