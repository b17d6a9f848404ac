"""What a hit costs (process): the time of a kept answer, beside that of a source that needs none.

The one measurement in the gateway's own process, since a hit takes less than any call from outside.
Nothing else of `bench` knows of ours more than the sandbox.
"""

import asyncio
import gc
import json
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx
from starlette.types import ASGIApp, Message

from bench.figures import Spread
from bench.workers import OFF, shared
from gateway.app import Gateway, Outside
from gateway.demo import demo_gateway
from gateway.kept import make_cache
from gateway.observe.log import configure_logging
from gateway.settings import DemoSettings, read_settings
from gateway.source.cache import Cache, Scope
from gateway.source.keep import DataClass, Keep, Sharing
from gateway.source.ledger import Account
from gateway.source.question import Order, Question
from gateway.source.surroundings import Surroundings
from sandbox.server import sandbox_app
from sandbox.showcase import HOME_PAND

HOST = "https://bronnen.example"
QUESTION = "query($id: PandId!){pand(identificatie: $id){status oorspronkelijkBouwjaar}}"
SCOPE = Scope("0999", "open-data", "bench")
KEEP = Keep.shared(DataClass.OPEN, Sharing.EVERYONE, fresh=14_400)
OF_SOURCE = Question("bag.pand", "bag", "bag", HOST, "{}", frozenset({"status"}))
NO_MEMORY = {f"BRONPOORT_CACHE__{name}": "0" for name in ("MEMORY_BYTES", "WHOLE_BYTES")}
NO_WHOLE = {"BRONPOORT_CACHE__WHOLE_BYTES": "0"}

Once = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Way:
    """A way to be answered, told in Dutch, and how to wait for what it leaves to be done."""

    name: str
    once: Once
    settled: Once


@dataclass(frozen=True, slots=True)
class Costs:
    """Microseconds each, by way: of what one source gave, and of a whole request."""

    answer: Mapping[str, Spread]
    request: Mapping[str, Spread]


async def costs(url: str, rounds: int, loops: int) -> Costs:
    """Every way so many times in every round, one way after another; with a Valkey there."""
    configure_logging(json=True, level="ERROR")
    sandbox = sandbox_app()
    async with AsyncExitStack() as held:
        answers = [
            await _kept(held, "treffer in het geheugen", {}),
            await _kept(held, "treffer in Valkey", {**NO_MEMORY, **shared(url)}),
            await _fetched(held, "bron van 0 ms, alleen geheugen", {}),
            await _fetched(held, "bron van 0 ms, ook in Valkey gelegd", shared(url)),
        ]
        requests = [
            await _request(held, sandbox, "heel antwoord bewaard", {}),
            await _request(held, sandbox, "samengesteld uit het geheugen", NO_WHOLE),
            await _request(held, sandbox, "samengesteld uit Valkey", {**NO_MEMORY, **shared(url)}),
            await _request(held, sandbox, "cache uit, bron van 0 ms", OFF),
        ]
        return Costs(await _timed(answers, rounds, loops), await _timed(requests, rounds, loops))


async def _timed(ways: Sequence[Way], rounds: int, loops: int) -> dict[str, Spread]:
    found: dict[str, list[float]] = defaultdict(list)
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for way in ways:
                began = time.perf_counter()
                for _ in range(loops):
                    await way.once()
                await way.settled()
                found[way.name].append((time.perf_counter() - began) / loops * 1e6)
            gc.collect()
    finally:
        gc.enable()
    return {name: Spread.of(values) for name, values in found.items()}


# ---- what one source gave -------------------------------------------------------------------


async def _load(order: Order[str]) -> Mapping[str, Any]:
    """A source that needs no time."""
    return {key: {"identificatie": key, "status": "Pand in gebruik"} for key in order.keys}


async def _cache(held: AsyncExitStack, given: Mapping[str, str]) -> Cache:
    cache = make_cache(_settings(given).cache, Surroundings(), lambda state: None)
    held.push_async_callback(cache.aclose)
    await cache.open()
    await _until_trusted(cache)
    return cache


async def _kept(held: AsyncExitStack, name: str, given: Mapping[str, str]) -> Way:
    cache = await _cache(held, given)
    account = Account()

    async def once() -> object:
        account.entries.clear()
        return await cache.through(
            SCOPE, KEEP, OF_SOURCE, keys=[HOME_PAND], load=_load, account=account
        )

    await once()
    await cache.settled()
    await once()
    if account.keys != 1:
        raise SystemExit("not a hit")
    return Way(name, once, cache.settled)


async def _fetched(held: AsyncExitStack, name: str, given: Mapping[str, str]) -> Way:
    cache = await _cache(held, given)
    account, numbers = Account(), count()

    async def once() -> object:
        account.entries.clear()
        keys = [f"{next(numbers):016}"]
        return await cache.through(SCOPE, KEEP, OF_SOURCE, keys=keys, load=_load, account=account)

    return Way(name, once, cache.settled)


async def _until_trusted(cache: Cache) -> None:
    async with asyncio.timeout(30):
        while not cache.trusted:
            await asyncio.sleep(0.01)


# ---- a whole request ------------------------------------------------------------------------


@dataclass(slots=True)
class Canned(httpx.AsyncBaseTransport):
    """What the sandbox said the first time, at once, and how often it was asked."""

    sandbox: httpx.ASGITransport
    calls: int = 0
    said: httpx.Response | None = None
    content: bytes = field(default=b"", repr=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one call."""
        self.calls += 1
        if self.said is None:
            self.said = await self.sandbox.handle_async_request(request)
            self.content = await self.said.aread()
        return httpx.Response(
            self.said.status_code, headers=self.said.headers, content=self.content
        )


async def _request(
    held: AsyncExitStack, sandbox: ASGIApp, name: str, given: Mapping[str, str]
) -> Way:
    canned = Canned(httpx.ASGITransport(sandbox))
    made = demo_gateway(_settings(given), HOST, Outside(transport=lambda _: canned))
    app = await held.enter_async_context(made.running())
    cache = made._cache
    await _until_trusted(cache)
    told = {"query": QUESTION, "variables": {"id": HOME_PAND}}
    asking, body = _scope(made), json.dumps(told).encode()

    async def once() -> bytes:
        return await _asked(app, asking, body)

    for _ in range(3):
        if json.loads(await once())["data"]["pand"] is None:
            raise SystemExit("not the answer to measure")
        await cache.settled()
    if canned.calls != (3 if given == OFF else 1):
        raise SystemExit(f"{name}: {canned.calls} calls")
    return Way(name, once, cache.settled)


def _settings(given: Mapping[str, str]) -> DemoSettings:
    quiet = {"BRONPOORT_LOG_LEVEL": "error", "MASTER": "m" * 32}
    return read_settings({**quiet, **given}, DemoSettings)


def _scope(made: Gateway) -> dict[str, Any]:
    issue = made.explorer.issue
    assert issue is not None  # noqa: S101  # the demo's
    bearer = f"Bearer {issue('iedereen').token}".encode()
    headers = [(b"host", b"bench.example"), (b"content-type", b"application/json")]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "root_path": "",
        "query_string": b"",
        "headers": [*headers, (b"authorization", bearer)],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
    }


async def _asked(app: ASGIApp, scope: Mapping[str, Any], body: bytes) -> bytes:
    """The body of the answer, as a server would send it."""
    sent: list[bytes] = []
    given = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> Message:
        for message in given:
            return message
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message.get("body", b""))

    await app({**scope, "state": {}}, receive, send)
    return b"".join(sent)
