"""Work for a client that may go away."""

import asyncio
from collections.abc import Callable

import pytest
from starlette.requests import ClientDisconnect
from starlette.types import Message

from gateway.edge.disconnect import Leaving, while_connected

pytestmark = pytest.mark.anyio


async def stays() -> Message:
    """A client that waits for its answer."""
    await asyncio.Event().wait()
    raise AssertionError


async def goes() -> Message:
    """A client that has gone."""
    return {"type": "http.disconnect"}


async def test_the_work_gives_its_result_or_its_error() -> None:
    """As if it were awaited itself."""

    async def right() -> int:
        return 3

    async def wrong() -> int:
        raise LookupError

    assert await while_connected(stays, right()) == 3
    with pytest.raises(LookupError):
        await while_connected(stays, wrong())


@pytest.mark.parametrize("by", ["client", "server"])
async def test_the_work_has_ended_when_nobody_waits_for_it(by: str) -> None:
    """Because the client went, or because the server stops."""
    started, ended = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def client() -> Message:
        await started.wait()
        return await (goes() if by == "client" else stays())

    answering = asyncio.create_task(while_connected(client, work()))
    await started.wait()
    if by == "server":
        answering.cancel()

    with pytest.raises(ClientDisconnect if by == "client" else asyncio.CancelledError):
        await answering
    assert ended.is_set()


async def test_work_that_waits_for_nothing_is_not_watched() -> None:
    """Nobody is asked whether the client has gone."""

    async def work() -> int:
        return 3

    async def asked() -> Message:
        raise AssertionError

    assert await while_connected(asked, work()) == 3
    await asyncio.sleep(0)


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_client_that_goes_as_the_work_ends_hurts_nothing_that_follows(moment: str) -> None:
    """Both become known in one turn of the loop, in either order: what the task does then is its
    own, and is not cancelled.
    """
    done, gone = asyncio.Event(), asyncio.Event()
    watching = asyncio.Event()

    async def work() -> int:
        await done.wait()
        return 3

    async def client() -> Message:
        watching.set()
        await gone.wait()
        return await goes()

    async def answering() -> int | None:
        try:
            answer = await while_connected(client, work())
        except ClientDisconnect:
            answer = None
        for _ in range(5):
            await asyncio.sleep(0)
        return answer

    task = asyncio.create_task(answering())
    await watching.wait()
    first, second = (gone, done) if moment == "before" else (done, gone)
    first.set()
    second.set()

    assert await task in (3, None)
    assert not task.cancelling()


async def test_work_that_will_not_be_stopped_gives_its_result() -> None:
    """And leaves no cancellation behind for what follows."""
    started = asyncio.Event()

    async def work() -> int:
        try:
            started.set()
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            return 3
        raise AssertionError

    async def client() -> Message:
        await started.wait()
        return await goes()

    assert await while_connected(client, work()) == 3
    task = asyncio.current_task()
    assert task is not None
    assert not task.cancelling()


@pytest.mark.parametrize("first", ["client", "server"])
async def test_who_is_stopped_by_both_is_stopped_by_the_server(first: str) -> None:
    """The server must see its own cancellation."""
    started, gone = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        started.set()
        await asyncio.Event().wait()

    async def client() -> Message:
        await gone.wait()
        return await goes()

    task = asyncio.create_task(while_connected(client, work()))
    await started.wait()
    await asyncio.sleep(0)
    stops: list[Callable[[], object]] = [gone.set, task.cancel]
    for stop in stops if first == "client" else reversed(stops):
        stop()

    with pytest.raises(asyncio.CancelledError):
        await task


async def is_not_asked() -> Message:
    """A client whose server tells by itself."""
    raise AssertionError


async def test_where_the_server_tells_it_is_not_asked() -> None:
    """The work has ended all the same."""
    started, ended, leaving = asyncio.Event(), asyncio.Event(), Leaving()

    async def work() -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    answering = asyncio.create_task(while_connected(is_not_asked, work(), leaving))
    await started.wait()
    await asyncio.sleep(0)
    leaving.tell()

    with pytest.raises(ClientDisconnect):
        await answering
    assert ended.is_set()


async def test_who_is_told_too_late_goes_on() -> None:
    """One request of a connection is answered after another: what is over is not told any more."""
    leaving = Leaving()

    async def work() -> int:
        await asyncio.sleep(0)
        return 3

    assert await while_connected(is_not_asked, work(), leaving) == 3
    leaving.tell()
    await asyncio.sleep(0)
    task = asyncio.current_task()
    assert task is not None
    assert not task.cancelling()


async def test_who_had_gone_before_the_work_began_stops_it_too() -> None:
    """While it was found out who asks, for one."""
    leaving = Leaving()
    leaving.tell()

    async def work() -> None:
        await asyncio.Event().wait()

    async with asyncio.timeout(5):
        with pytest.raises(ClientDisconnect):
            await while_connected(is_not_asked, work(), leaving)


async def test_work_that_waits_for_nothing_is_not_stopped() -> None:
    leaving = Leaving()
    leaving.tell()

    async def work() -> int:
        return 3

    assert await while_connected(is_not_asked, work(), leaving) == 3
    await asyncio.sleep(0)
    task = asyncio.current_task()
    assert task is not None
    assert not task.cancelling()
