"""A configuration that changes while the gateway serves: taken whole, or not at all."""

import asyncio
import threading
import weakref
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from gateway.configuration import Configuration
from gateway.mistakes import ConfigurationError, Mistake
from gateway.reloading import changes_in, follow
from tests.app import Call, Setup, running

pytestmark = pytest.mark.anyio

QUERY = "query($id: PandId!){pand(identificatie: $id){identificatie}}"
PAND = {"id": "0999100000000001"}


class Changes:
    """Changes that a test makes, one at a time."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[bool] = asyncio.Queue()

    async def make(self) -> None:
        """Say that something changed, and wait until that was dealt with."""
        await self._queue.put(True)
        await self._queue.join()

    async def __aiter__(self) -> AsyncIterator[None]:
        while await self._queue.get():
            yield
            self._queue.task_done()


def without_pand(configuration: Configuration) -> Configuration:
    """The same municipality, whose purpose no longer shows buildings."""
    tenant = configuration.tenants["0999"]
    purpose = tenant.purposes["test"]
    narrower = replace(purpose, labels=purpose.labels - {"pand.basis"})
    return Configuration({"0999": replace(tenant, purposes={"test": narrower})}, ())


async def test_a_new_configuration_is_in_force_at_the_next_request() -> None:
    """What was allowed is refused, with the same token and the same connection."""
    async with running(Setup()) as app:
        before = await app.ask(QUERY, PAND)
        app.gateway.replace(without_pand(app.gateway.configuration))
        after = await app.ask(QUERY, PAND)

    assert before.json()["data"]["pand"] is not None
    assert after.json()["data"]["pand"] is None
    assert after.json()["errors"][0]["extensions"]["code"] == "NIET_GEAUTORISEERD"


async def test_nothing_of_a_configuration_that_was_replaced_is_held() -> None:
    """Bodies that were answered whole are known anew, and those of before are gone with it."""
    done = asyncio.Event()

    async def sleep(_seconds: float) -> None:
        await done.wait()

    async with running(Setup()) as app:
        for _ in range(2):
            await app.ask(QUERY, PAND)
        assert app.gateway._live is not None
        before = app.gateway._live.recollection
        held = weakref.ref(before)
        known = len(before)
        around = replace(app.gateway.outside.surroundings, sleep=sleep)
        app.gateway.outside = replace(app.gateway.outside, surroundings=around)
        chores = set(app.gateway._chores)
        app.gateway.replace(replace(app.gateway.configuration))
        after = app.gateway._live.recollection
        fresh = len(after)
        for _ in range(2):
            await app.ask(QUERY, PAND)
        assert (known, fresh, len(before), len(after)) == (1, 0, 1, 1)
        del before
        (closing,) = app.gateway._chores - chores
        done.set()
        await closing

        assert held() is None


async def test_what_runs_is_finished_under_the_configuration_it_began_with() -> None:
    """An answer on its way when the file changed is complete."""
    asked, answer = asyncio.Event(), asyncio.Event()

    async with running(Setup()) as app:
        real = app.outdoors.handle_async_request

        async def slow(request: httpx.Request) -> httpx.Response:
            asked.set()
            await answer.wait()
            return await real(request)

        app.outdoors.handle_async_request = slow  # type: ignore[method-assign]
        question = asyncio.create_task(app.ask(QUERY, PAND))
        await asked.wait()
        app.gateway.replace(without_pand(app.gateway.configuration))
        answer.set()
        response = await question

    assert response.json() == {"data": {"pand": {"identificatie": PAND["id"]}}}


async def test_one_mistake_keeps_all_that_was_there(capsys: pytest.CaptureFixture[str]) -> None:
    """The mistake is told with its place; asking goes on as before."""
    changes = Changes()

    def load() -> Configuration:
        raise ConfigurationError([Mistake("0999.toml", 12, "labels", "onbekend label")])

    async with running(Setup()) as app:
        app.gateway.chore(follow(app.gateway, load, aiter(changes)))
        await changes.make()
        response = await app.ask(QUERY, PAND)

    assert response.json()["data"]["pand"] is not None
    assert "0999.toml:12" in capsys.readouterr().out


async def test_a_right_file_after_a_wrong_one_is_taken() -> None:
    """The first mistake does not end the watching."""
    changes = Changes()
    wrong = [True]

    async with running(Setup()) as app:
        narrower = without_pand(app.gateway.configuration)

        def load() -> Configuration:
            if wrong.pop() if wrong else False:
                raise ConfigurationError([Mistake("0999.toml", 1, "", "niet leesbaar")])
            return narrower

        app.gateway.chore(follow(app.gateway, load, aiter(changes)))
        await changes.make()
        await changes.make()
        response = await app.ask(QUERY, PAND)

    assert response.json()["data"]["pand"] is None


async def test_questions_are_answered_while_files_are_read() -> None:
    """39 of them take a tenth of a second."""
    changes = Changes()
    reading, answered = threading.Event(), threading.Event()

    async with running(Setup()) as app:
        narrower = without_pand(app.gateway.configuration)

        def load() -> Configuration:
            reading.set()
            assert answered.wait(30)
            return narrower

        app.gateway.chore(follow(app.gateway, load, aiter(changes)))
        change = asyncio.create_task(changes.make())
        await asyncio.to_thread(reading.wait, 30)
        meanwhile = await app.ask(QUERY, PAND)
        answered.set()
        await change
        after = await app.ask(QUERY, PAND)

    assert meanwhile.json()["data"]["pand"] is not None
    assert after.json()["data"]["pand"] is None


async def test_a_changed_file_is_seen(tmp_path: Path) -> None:
    """With the real watcher, on a real file that is replaced."""
    (tmp_path / "0999.toml").write_text("een")
    changes = changes_in(tmp_path)
    seen = asyncio.ensure_future(anext(changes))
    for _ in range(100):  # until the watcher watches; each time is a change of its own
        (tmp_path / "nieuw").write_text("twee")
        (tmp_path / "nieuw").replace(tmp_path / "0999.toml")
        done, _ = await asyncio.wait([seen], timeout=0.1)
        if done:
            break

    assert seen.done()


async def test_connections_that_nobody_uses_are_closed() -> None:
    """And made again when somebody asks."""
    calls: list[Call] = []

    def noted(call: Call) -> None:
        calls.append(call)

    async with running(Setup(answering=noted)) as app:
        await app.ask(QUERY, PAND)
        live = app.gateway._live
        assert live is not None
        released = await live.upstreams.release_idle(-1)
        again = await live.upstreams.release_idle(-1)
        other = await app.ask(QUERY, {"id": "0999100000000002"})

    assert (released, again) == (1, 0)
    assert other.json()["data"]["pand"] is not None
    assert len(calls) == 2
