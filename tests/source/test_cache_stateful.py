"""Whatever happens in whatever order: two workers, one Redis with faults, a source that changes and
fails, time, drops, erasures and callers who leave.

Every answer says for whom it was loaded, when, and as which load of all; a drop that was carried
out remembers how many loads there had been. So of each answer it can be told whether it may be.
"""

import asyncio
import re
from collections.abc import Coroutine, Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from gateway.source.cache import Scope
from gateway.source.errors import SourceError, SourceUnreachable
from gateway.source.keep import DataClass, Keep, Sharing
from gateway.source.keeping import DropIncomplete
from gateway.source.ledger import Account
from gateway.source.policy import CAPS, Policy
from gateway.source.question import Order, Question
from gateway.source.tags import (
    EVERYONE,
    Tag,
    of_person,
    of_resource,
    of_source,
    of_tenant,
    resource,
)
from tests.source.workers import Worker, World, together, until, working
from tests.tcp_proxy import Proxy, proxy
from tests.valkey import Valkey, valkey

T = TypeVar("T")

TABLE = Policy(CAPS, {"0999": 120})
REFERENCE = Keep.shared(
    DataClass.REFERENCE, Sharing.TENANT, fresh=600, stale_while_revalidate=60, stale_if_error=900
)
OPEN = Keep.shared(DataClass.OPEN, Sharing.EVERYONE, fresh=600, stale_if_error=900)
OF_PURPOSE = Keep.shared(DataClass.CASE, Sharing.PURPOSE, fresh=60, stale_if_error=240)
KEEPS = (Keep.personal(), Keep.case(), OF_PURPOSE, REFERENCE, OPEN)
LIMITS = dict(zip(KEEPS, [(0, 0), (60, 300), (60, 300), (660, 1_500), (600, 1_500)], strict=True))
"""How old an answer may be as it is, and when its source fails: not taken from the code."""
SHARED = {Sharing.EVERYONE: 0, Sharing.TENANT: 1, Sharing.PURPOSE: 2, Sharing.PRINCIPAL: 3}
"""How much of tenant, purpose and principal those who share an answer have in common."""
PEOPLE = ("999990019", "999990020")
SCOPES = [
    Scope(tenant, purpose, principal)
    for tenant in ("0999", "0998")
    for purpose in ("balie", "zorg")
    for principal in ("anna", "bas")
]
NAMES = [*PEOPLE, "0999", "0998", "balie", "Merckx", "anna"]
CANARIES = re.compile(f"(?<![0-9a-f])({'|'.join(NAMES)})(?![0-9a-f])".encode())
"""None of which is by chance a part of a number in hexadecimal digits."""

keys = st.sampled_from(PEOPLE)
scopes = st.sampled_from(SCOPES)
keeps = st.sampled_from(KEEPS)
workers = st.integers(0, 1)
paths = st.sets(st.sampled_from("ab"), min_size=1).map(frozenset)


def question_of(keep: Keep, paths: frozenset[str]) -> Question:
    """A question to a source that has everything of these persons."""
    return Question(
        name=f"bron.{keep.data.name}",
        source="bron",
        kind="bron",
        address="http://bron",
        arguments="{}",
        paths=paths,
        widens=True,
        parts=lambda key, value: [resource("ding", key)],
        subjects=lambda key, value: [key],
    )


@dataclass(slots=True)
class Source:
    """What every worker asks: it counts its loads, and may fail or be held up."""

    world: World
    loads: int = 0
    failing: bool = False
    gate: asyncio.Event | None = None
    entered: asyncio.Event = field(default_factory=asyncio.Event)

    def loader(self, scope: Scope, question: Question) -> Any:
        """The load of one caller."""

        async def load(order: Order[str]) -> Mapping[str, Any]:
            self.loads += 1
            number, at = self.loads, self.world.seconds
            self.entered.set()
            if self.gate is not None:
                await self.gate.wait()
            if self.failing:
                raise SourceUnreachable("bron")
            about = [scope.tenant, scope.purpose, scope.principal]
            has = sorted(question.paths | order.wider)
            return {
                key: {"naam": "Merckx", "van": key, "voor": about, "op": at, "nr": number, "h": has}
                for key in order.keys
            }

        return load


class Machine(RuleBasedStateMachine):
    """Two workers; the second has Redis behind a proxy."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.stack = AsyncExitStack()
        self.world = World()
        self.source = Source(self.world)
        self.dropped: dict[tuple[str, str], int] = {}
        """By tenant (or everyone) and key: how many loads there had been when it was dropped."""

    def run_(self, work: Coroutine[Any, Any, T]) -> T:
        """Do this in the machine's own loop."""
        return self.loop.run_until_complete(asyncio.wait_for(work, 60))

    @initialize()
    def begin(self) -> None:
        """Start a server, a proxy and two workers."""
        self.server: Valkey = self.stack.enter_context(valkey())

        async def start() -> None:
            self.proxy: Proxy = await self.stack.enter_async_context(proxy(self.server.port))
            self.workers: tuple[Worker, ...] = (
                together(self.world, self.server.url, policy=TABLE),
                together(self.world, self.server.at(self.proxy.port), policy=TABLE),
            )
            await self.stack.enter_async_context(working(*self.workers))

        self.run_(start())

    def teardown(self) -> None:
        """End all; what lies in Redis was looked at before."""
        self.proxy.hanging = False
        self.run_(self.stack.aclose())
        self.loop.close()

    # ---- asking -------------------------------------------------------------------------------

    @rule(worker=workers, key=keys, scope=scopes, keep=keeps, paths=paths, anew=st.booleans())
    def ask(
        self, worker: int, key: str, scope: Scope, keep: Keep, paths: frozenset[str], anew: bool
    ) -> None:
        """One question."""
        self.ask_once(worker, key, scope, keep, paths, anew)

    @rule(worker=workers, key=keys, keep=keeps, seconds=st.sampled_from([1.0, 61.0, 121.0]))
    def ask_all(self, worker: int, key: str, keep: Keep, seconds: float) -> None:
        """The same question of everybody, and again a little later to the other worker."""
        for scope in SCOPES:
            self.ask_once(worker, key, scope, keep, frozenset("a"))
        self.world.seconds += seconds
        for scope in SCOPES:
            self.ask_once(1 - worker, key, scope, keep, frozenset("a"))

    @rule(worker=workers, scope=scopes, keep=keeps, paths=paths)
    def ask_together(self, worker: int, scope: Scope, keep: Keep, paths: frozenset[str]) -> None:
        """About both persons, of whom what is kept is looked for at once."""
        floors = {key: self.floor(scope, keep, key) for key in PEOPLE}
        question, account = question_of(keep, paths), Account()
        load = self.source.loader(scope, question)

        async def asked() -> dict[str, Any]:
            chosen = self.workers[worker]
            answer = await chosen.ask_together(
                *PEOPLE, scope=scope, keep=keep, question=question, load=load, account=account
            )
            await chosen.cache.settled()
            return answer

        try:
            answer = self.run_(asked())
        except SourceError:
            assert self.source.failing, "a failure is not kept"
            return
        for key, floor in floors.items():
            self.judge(answer[key], key, scope, keep, paths, floor, account)
        assert account.keys + account.cache_hits == len(PEOPLE)

    def ask_once(
        self,
        worker: int,
        key: str,
        scope: Scope,
        keep: Keep,
        paths: frozenset[str],
        anew: bool = False,
    ) -> None:
        """Ask; the answer must be one that may be given."""
        floor = self.floor(scope, keep, key)
        account = Account()
        before = self.source.loads
        try:
            answer = self.run_(self.asked(worker, key, scope, keep, paths, anew, account))
        except SourceError:
            assert self.source.failing, "a failure is not kept"
            return
        self.judge(answer[key], key, scope, keep, paths, floor, account)
        assert not anew or answer[key]["nr"] > before

    async def asked(
        self,
        worker: int,
        key: str,
        scope: Scope,
        keep: Keep,
        paths: frozenset[str],
        anew: bool,
        account: Account,
    ) -> dict[str, Any]:
        """Ask, and let what goes on behind come to an end."""
        question = question_of(keep, paths)
        chosen = self.workers[worker]
        answer = await chosen.ask(
            key,
            scope=scope,
            keep=keep,
            question=question,
            load=self.source.loader(scope, question),
            account=account,
            anew=anew,
        )
        await chosen.cache.settled()
        return answer

    def floor(self, scope: Scope, keep: Keep, key: str) -> int:
        """Only a load after so many may answer this."""
        area = EVERYONE if keep.between is Sharing.EVERYONE else scope.tenant
        return self.dropped.get((area, key), 0)

    def judge(
        self,
        value: Mapping[str, Any],
        key: str,
        scope: Scope,
        keep: Keep,
        paths: frozenset[str],
        floor: int,
        account: Account,
    ) -> None:
        """Whether this answer may be given to this caller now."""
        asker = [scope.tenant, scope.purpose, scope.principal]
        alike = SHARED[keep.between]
        assert value["voor"][:alike] == asker[:alike]
        assert value["van"] == key
        assert set(value["h"]) >= paths
        assert value["nr"] > floor, "older than a drop that was carried out"
        age = self.world.seconds - value["op"]
        fresh, oldest = LIMITS[keep]
        if keep.data is DataClass.PERSONAL:
            fresh = oldest = 120 if scope.tenant == "0999" else 0
            assert account.stale == 0
        assert age <= oldest
        assert age <= fresh or (self.source.failing and account.stale > 0)

    @rule(worker=workers, key=keys, scope=scopes, keep=keeps)
    def leave(self, worker: int, key: str, scope: Scope, keep: Keep) -> None:
        """Somebody asks and leaves before it is answered; another asks the same and stays."""
        floor = self.floor(scope, keep, key)

        async def both() -> Any:
            self.source.gate = asyncio.Event()
            one = asyncio.create_task(
                self.asked(worker, key, scope, keep, frozenset("a"), False, Account())
            )
            await asyncio.sleep(0.002)
            account = Account()
            two = asyncio.create_task(
                self.asked(worker, key, scope, keep, frozenset("a"), False, account)
            )
            one.cancel()
            await asyncio.gather(one, return_exceptions=True)
            self.source.gate.set()
            try:
                return await two, account
            finally:
                self.source.gate = None

        try:
            answer, account = self.run_(both())
        except SourceError:
            assert self.source.failing
            return
        self.judge(answer[key], key, scope, keep, frozenset("a"), floor, account)

    @rule(key=keys, scope=scopes, keep=keeps, loading=workers, mended=st.booleans())
    def drop_while_loading(
        self, key: str, scope: Scope, keep: Keep, loading: int, mended: bool
    ) -> None:
        """The other worker drops what this one is loading."""
        if mended:
            self.redis_is_back()
        area = EVERYONE if keep.between is Sharing.EVERYONE else scope.tenant

        async def race() -> None:
            self.source.gate = asyncio.Event()
            self.source.entered.clear()
            asking = asyncio.create_task(
                self.asked(loading, key, scope, keep, frozenset("ab"), True, Account())
            )
            await self.source.entered.wait()
            await self.drop(1 - loading, [of_resource(area, "bron", "ding", key)], [(area, key)])
            self.source.gate.set()
            self.source.gate = None
            with suppress(SourceError):
                await asking

        self.run_(race())
        for worker in (loading, 1 - loading):
            self.ask_once(worker, key, scope, keep, frozenset("ab"))

    # ---- dropping -----------------------------------------------------------------------------

    async def drop(self, worker: int, tags: list[Tag], what: list[tuple[str, str]]) -> None:
        """Drop, and remember what was dropped if that was said to be complete."""
        with suppress(DropIncomplete):
            await self.workers[worker].cache.drop(tags)
            self.dropped |= dict.fromkeys(what, self.source.loads)

    @rule(worker=workers, key=keys, scope=scopes, keep=keeps)
    def notification(self, worker: int, key: str, scope: Scope, keep: Keep) -> None:
        """Something changed at the source that somebody has asked before and asks again."""
        area = EVERYONE if keep.between is Sharing.EVERYONE else scope.tenant
        for each in (0, 1):
            self.ask_once(each, key, scope, keep, frozenset("a"))
        self.run_(self.drop(worker, [of_resource(area, "bron", "ding", key)], [(area, key)]))
        for each in (0, 1):
            self.ask_once(each, key, scope, keep, frozenset("a"))

    @rule(worker=workers, key=keys, tenant=st.sampled_from(["0999", "0998"]))
    def erase_person(self, worker: int, key: str, tenant: str) -> None:
        """Somebody is forgotten."""
        tags = list(of_person(tenant, ["bron"], key))
        self.run_(self.drop(worker, tags, [(tenant, key)]))

    @rule(worker=workers, tenant=st.sampled_from(["0999", "0998"]), whole=st.booleans())
    def erase_tenant(self, worker: int, tenant: str, whole: bool) -> None:
        """A source of a municipality, or all of it, is forgotten."""
        tag = of_tenant(tenant) if whole else of_source(tenant, "bron")
        self.run_(self.drop(worker, [tag], [(tenant, key) for key in PEOPLE]))

    # ---- the world ----------------------------------------------------------------------------

    @rule(seconds=st.sampled_from([1.0, 31.0, 61.0, 119.0, 601.0, 1_000.0, 90_000.0]))
    def time_passes(self, seconds: float) -> None:
        """As much as this."""
        self.world.seconds += seconds

    @rule(failing=st.booleans())
    def source_fails_or_not(self, failing: bool) -> None:
        """From now on."""
        self.source.failing = failing

    @rule(kind=st.sampled_from(["hanging", "refusing", "slow", "cut"]))
    def redis_fails_for_one(self, kind: str) -> None:
        """The second worker's way to Redis."""
        self.proxy.hanging = kind == "hanging"
        self.proxy.refusing = kind == "refusing"
        self.proxy.delay = 0.1 if kind == "slow" else 0.0
        if kind in ("refusing", "cut"):
            self.run_(self._cut())

    async def _cut(self) -> None:
        self.proxy.cut()

    @rule()
    def redis_is_back(self) -> None:
        """For the second worker too."""
        self.proxy.hanging = self.proxy.refusing = False
        self.proxy.delay = 0.0
        self.run_(until(self._is_back, 20))

    def _is_back(self) -> bool:
        shelf = self.workers[1].cache._keeping.shelf
        return self.workers[1].cache.trusted and shelf is not None and shelf.open_now

    @rule()
    def redis_forgets(self) -> None:
        """As one that was started anew."""

        async def flush() -> None:
            client = self.server.client()
            await client.flushall()
            await client.aclose()

        self.run_(flush())

    @rule()
    def idle(self) -> None:
        """Workers sweep."""
        for worker in self.workers:
            worker.cache.sweep()

    @invariant()
    def nothing_lies_there_that_should_not(self) -> None:
        """Every key has an end, and nothing can be read."""
        if not hasattr(self, "server"):
            return
        self.run_(self._looked_at())

    async def _looked_at(self) -> None:
        client = self.server.client()
        try:
            lying: Any = await client.keys("*")
            for key in lying:
                found = await client.dump(key)
                left = await client.pttl(key)
                assert found is None or left != -1
                assert not CANARIES.search(key + (found or b""))
        finally:
            await client.aclose()


def _test(examples: int, steps: int) -> Any:
    case = replace_name(Machine).TestCase
    case.settings = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    return case


def replace_name(machine: type[Machine]) -> type[Machine]:
    """A class of its own, so that each has its own settings."""
    return type("Machine", (machine,), {})


TestAFew = _test(10, 25)
TestMany = pytest.mark.slow(_test(25, 40))
