"""Caches for tests: one, or several as the workers of one gateway, over a source that counts."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from gateway.source.bus import Bus
from gateway.source.cache import Cache, Scope
from gateway.source.connection import Connection
from gateway.source.envelope import Envelopes, MasterKey
from gateway.source.keep import DataClass, Keep, Sharing
from gateway.source.ledger import Account
from gateway.source.policy import CAPS, Cap, Policy
from gateway.source.question import Order, Question
from gateway.source.shelf import Shelf
from gateway.source.surroundings import Surroundings
from gateway.source.tags import Part, resource

ANNA = Scope("0999", "klantcontact", "anna")
SECRET = b"s" * 32
KEYS = (MasterKey("een", b"1" * 32),)
EVERYONE = Keep.shared(DataClass.OPEN, Sharing.EVERYONE, fresh=60)
TENANT = Keep.shared(DataClass.REFERENCE, Sharing.TENANT, fresh=60)
WIDE = Policy({each: Cap(86_400, 86_400, 86_400) for each in DataClass}, {"0999": 300})
"""A table that caps nothing, but personal data."""
USUAL = Policy(CAPS)


def of_key(key: Any, value: Any) -> Iterable[Part]:
    """Tags an answer as the resource `ding` with its key."""
    return (resource("ding", str(key)),)


QUESTION = Question("bag.adres", "bag", "bag", "http://bag", "{}", frozenset("ab"), parts=of_key)


@dataclass(slots=True)
class World:
    """Time that moves when told, and a source that notes which keys it was asked for."""

    seconds: float = 1_800_000_000.0
    asked: list[tuple[str, ...]] = field(default_factory=list)
    orders: list[Order[str]] = field(default_factory=list)
    absent: frozenset[str] = frozenset()
    error: Exception | None = None
    gate: asyncio.Event | None = None
    entered: asyncio.Event = field(default_factory=asyncio.Event)
    more: str = ""

    def now(self) -> float:
        """The seconds, since 1970."""
        return self.seconds

    async def load(self, order: Order[str]) -> Mapping[str, Any]:
        """Answer with an object per key, except the absent ones."""
        self.asked.append(tuple(order.keys))
        self.orders.append(order)
        count = len(self.asked)
        self.entered.set()
        if self.gate is not None:
            await self.gate.wait()
        if self.error is not None:
            raise self.error
        made = {"keer": count} | ({"meer": self.more} if self.more else {})
        return {key: {"sleutel": key, **made} for key in order.keys if key not in self.absent}


@dataclass(slots=True)
class Worker:
    """One process's cache, and the account of all that was asked through it."""

    cache: Cache
    world: World
    account: Account = field(default_factory=Account)

    async def ask(
        self,
        *keys: str,
        scope: Scope = ANNA,
        keep: Keep = TENANT,
        question: Question = QUESTION,
        paths: str | None = None,
        anew: bool = False,
        load: Any = None,
        account: Account | None = None,
    ) -> dict[str, Any]:
        """Ask through the cache."""
        if paths is not None:
            question = replace(question, paths=frozenset(paths.split()))
        return await self.cache.through(
            scope,
            keep,
            question,
            keys=keys,
            load=load or self.world.load,
            account=account or self.account,
            anew=anew,
        )

    async def ask_together(
        self,
        *keys: str,
        scope: Scope = ANNA,
        keep: Keep = TENANT,
        question: Question = QUESTION,
        load: Any = None,
        account: Account | None = None,
    ) -> dict[str, Any]:
        """Ask each apart, but what is kept of all at once: as an operation asks many things."""
        account = account or self.account
        kept, seen = await self.cache.kept(scope, keep, question, keys, account)

        async def one(key: str) -> Mapping[str, Any]:
            return await self.cache.through(
                scope,
                keep,
                question,
                keys=[key],
                load=load or self.world.load,
                account=account,
                seen=seen,
            )

        found = {key: value for key, value in kept.items() if value is not None}
        for each in await asyncio.gather(*(one(key) for key in keys if key not in kept)):
            found |= each
        return found


def alone(world: World, **options: Any) -> Worker:
    """A worker that has nothing but its memory."""
    chance: Callable[[], float] = options.pop("chance", lambda: 0.0)
    around = options.pop("surroundings", Surroundings(now=world.now, chance=chance))
    made = {"policy": WIDE, "secret": SECRET, **options}
    return Worker(Cache(surroundings=around, **made), world)


def together(
    world: World,
    url: str,
    *,
    clock: Callable[[], float] | None = None,
    bus_url: str | None = None,
    ca: Path | None = None,
    keys: tuple[MasterKey, ...] = KEYS,
    report: Callable[[str], None] = lambda state: None,
    **options: Any,
) -> Worker:
    """A worker that has Redis too. Time is the world's, but for waiting, which is real."""
    around = Surroundings(now=world.now, chance=lambda: 0.0)
    if clock is not None:
        around = replace(around, clock=clock)
    envelopes = Envelopes(keys)
    shelf = Shelf(Connection(url, ca), envelopes, SECRET, around, report)

    def bus(back: Callable[[], None]) -> Bus:
        return Bus(Connection(bus_url or url, ca), envelopes, SECRET, around, back)

    return alone(world, surroundings=around, shelf=shelf, bus=bus, **options)


@asynccontextmanager
async def working(*workers: Worker) -> AsyncIterator[None]:
    """These workers, begun and trusted; ended at the end."""
    async with AsyncExitStack() as stack:
        for worker in workers:
            stack.push_async_callback(worker.cache.aclose)
            await worker.cache.open()
        for worker in workers:
            await until(partial(_trusted, worker))
        yield


def _trusted(worker: Worker) -> bool:
    return worker.cache.trusted


async def until(holds: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait until something holds, however slow the machine."""
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.005)


async def settle() -> None:
    """Let tasks run that need no time."""
    for _ in range(10):
        await asyncio.sleep(0)
