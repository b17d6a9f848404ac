"""The isolation run in one process: very many questions, and nobody hears what is another's.

Callers of all kinds, of several municipalities and for several purposes, ask few questions many
times, at one moment too. Some leave before they are answered, sources fail now and then, what is
kept is dropped and the configuration replaced meanwhile. Every answer is looked at twice: it may
hold no mark of another (`questions.foreign`), and must be what a gateway that keeps nothing and
answers nobody else gives at the same question.
"""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from starlette.types import ASGIApp

from gateway.app import Gateway
from gateway.app import Outside as Around
from gateway.configuration import Configuration
from gateway.observe.segments import Disk
from gateway.settings import DemoSettings
from gateway.source.surroundings import Surroundings
from tests.app import HOST, NOW, facts, sandbox
from tests.notices import url_of
from tests.security.soak.callers import SECRET, Asker, askers, codes, issuers, tenants
from tests.security.soak.exchange import Exchange, Reply, question
from tests.security.soak.outside import Memory, Outside, host_of, marks_in
from tests.security.soak.questions import QUESTIONS, Asking, Variables, foreign, some_zaken

GRAPHQL: Final = "application/graphql-response+json"
EVENTS: Final = "text/event-stream"
LATER: Final = frozenset(
    {"BRON_ONBEREIKBAAR", "BRON_TIMEOUT", "QUOTA", "DRUKTE", "VERWERKING_NIET_VASTGELEGD"}
)
"""Of what may be otherwise at another moment: then the answer is not compared."""
NOTHING: Final = {"memory_bytes": 0, "whole_bytes": 0}
"""What a gateway keeps that keeps nothing."""
MOST_WRONG: Final = 20
PATIENCE: Final = 5.0
"""Seconds for a change to be heard of."""
_SPAN: Final = 3_000.0
_STEP: Final = 0.05


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is asked, by how many at one moment, in how many municipalities, and by what chance;
    `redis` is the address of one that other processes of the run keep in as well.
    """

    requests: int
    seed: int = 1
    tenants: int = 5
    at_once: int = 48
    redis: str | None = None


@dataclass(slots=True)
class Tally:
    """What was done, what was saved, and what went wrong."""

    done: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    """Calls of sources."""
    hits: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Those of another process too."""
        self.done += other.done
        self.asked += other.asked
        self.hits += other.hits
        self.wrong += other.wrong


@dataclass(slots=True)
class Listening:
    """The log of a gateway: counts what was answered from what is kept."""

    tally: Tally

    def bind(self, **_: Any) -> "Listening":
        """The same."""
        return self

    def info(self, _event: str, **told: Any) -> None:
        """Notes the hits of an operation."""
        for each in (told.get("sources") or {}).values():
            self.tally.hits += each["cache_hits"]

    warning = info

    def error(self, event: str, **told: Any) -> None:
        """A fault of ours, or of a source that we did not foresee."""
        if "kind" in told:
            self.tally.wrong.append(f"{event}: {told}")
        elif "reason" in told:
            self.tally.done[f"{event}: {told['reason']}"] += 1


async def soak(plan: Plan) -> Tally:
    """Asks, and gives what came of it."""
    return await _Run(plan).whole()


def soaked(plan: Plan) -> Tally:
    """The same, for a process that does nothing else."""
    return asyncio.run(soak(plan))


class _Run:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._tally = Tally()
        self._step = min(_STEP, _SPAN / plan.requests)
        self._passed = 0.0
        self._left = plan.requests
        self._memory = Memory(sandbox())
        self._tenants = tenants(plan.tenants)
        self._askers = askers(plan.tenants)
        self._expected: dict[Any, tuple[int, str]] = {}
        self._alone = asyncio.Lock()

    async def whole(self) -> Tally:
        chance = Random(self._plan.seed)
        outside = Outside(self._memory, chance, faults=0.003, pauses=4)
        quiet = Outside(self._memory, Random(0))
        async with (
            self._gateway(outside, self._kept()) as gateway,
            self._gateway(quiet, NOTHING) as pure,
        ):
            await asyncio.gather(
                *(self._ask(gateway, pure.asgi, Random(f"{self._plan.seed}.{number}"))
                  for number in range(self._plan.at_once))
            )  # fmt: skip
        self._tally.asked = outside.asked
        return self._tally

    def _kept(self) -> Mapping[str, Any]:
        if self._plan.redis is None:
            return {}
        keys = [{"id": "een", "secret": "k" * 32}]
        return {"redis_url": self._plan.redis, "secret": "s" * 32, "master_keys": keys}

    @asynccontextmanager
    async def _gateway(self, outside: Outside, cache: Mapping[str, Any]) -> AsyncIterator[Gateway]:
        limits = {"cost": 1_000_000}
        gateway = Gateway(
            DemoSettings(explorer=False, cache=cache, limits=limits),  # type: ignore[arg-type]
            Configuration(self._tenants, ()),
            facts(),
            Around(
                transport=lambda _: outside,
                surroundings=Surroundings(now=self._now),
                disk=Disk(
                    sync=lambda _: None, flags=0
                ),  # a disk that is slow is not what this is about
            ),
            own_issuers=issuers(self._plan.tenants),
            _log=Listening(self._tally if cache is not NOTHING else Tally()),
        )
        async with gateway.running():
            yield gateway

    def _now(self) -> float:
        return NOW + self._passed

    # ---- what is done -------------------------------------------------------------------------

    async def _ask(self, gateway: Gateway, pure: ASGIApp, chance: Random) -> None:
        while self._left > 0 and len(self._tally.wrong) < MOST_WRONG:
            self._left -= 1
            self._passed += self._step
            match chance.random():
                case part if part < 0.84:
                    await self._one(gateway.asgi, pure, chance)
                case part if part < 0.88:
                    await self._together(gateway.asgi, pure, chance)
                case part if part < 0.96:
                    await self._leave(gateway.asgi, chance)
                case part if part < 0.98:
                    await self._follow(gateway.asgi, chance)
                case part if part < 0.9995:
                    await self._drop(gateway.asgi, chance)
                case _:
                    gateway.replace(Configuration(dict(self._tenants), ()))
                    self._tally.done["configuration replaced"] += 1

    async def _one(self, app: ASGIApp, pure: ASGIApp, chance: Random) -> None:
        asker = chance.choice(self._askers)
        asking = chance.choice(_for(asker))
        await self._answered(app, pure, asker, asking, asking.variables(chance))

    async def _together(self, app: ASGIApp, pure: ASGIApp, chance: Random) -> None:
        """The same question by several at one moment."""
        first = chance.choice(self._askers)
        asking = chance.choice(_for(first))
        variables = asking.variables(chance)
        others = [each for each in self._askers if each.kind in asking.kinds]
        several = [first, first, *chance.sample(others, 4)]
        self._left -= len(several) - 1
        await asyncio.gather(
            *(self._answered(app, pure, each, asking, variables) for each in several)
        )

    async def _answered(
        self, app: ASGIApp, pure: ASGIApp, asker: Asker, asking: Asking, variables: Variables
    ) -> None:
        headers, body = question(asker.token, _body(asking, variables), GRAPHQL)
        reply = await Exchange("/graphql", headers, body).with_(app)
        self._tally.done[f"{asker.kind}: {asking.name}"] += 1
        self._look(reply, asker, asking, variables)
        found = _seen(reply)
        if found is not None:
            expected = await self._pure(pure, asker, asking, variables)
            if expected is not None and found != expected:
                self._wrong("another answer", asker, asking, variables, f"{found} not {expected}")

    async def _pure(
        self, pure: ASGIApp, asker: Asker, asking: Asking, variables: Variables
    ) -> tuple[int, str] | None:
        """What a gateway gives that has nobody else and keeps nothing."""
        key = (asker, asking.name, json.dumps(variables))
        async with self._alone:
            if key not in self._expected:
                headers, body = question(asker.token, _body(asking, variables), GRAPHQL)
                seen = _seen(await Exchange("/graphql", headers, body).with_(pure))
                if seen is None:  # a machine that was too slow to write it down in time
                    return None
                self._expected[key] = seen
        return self._expected[key]

    async def _leave(self, app: ASGIApp, chance: Random) -> None:
        """Asks, and is gone after some turns of the loop; what came until then counts too."""
        asker = chance.choice(self._askers)
        asking = chance.choice(_for(asker))
        variables = asking.variables(chance)
        headers, body = question(asker.token, _body(asking, variables), GRAPHQL)
        turns = chance.choice((0, 1, 2, 3, 5, 8, 13, 21, 34, 55))
        reply = await Exchange("/graphql", headers, body, turns=turns).with_(app)
        self._tally.done["left before the end" if not reply.content else "left too late"] += 1
        self._look(reply, asker, asking, variables)

    async def _follow(self, app: ASGIApp, chance: Random) -> None:
        """Follows a zaak until something of it has been heard, or two things."""
        asker = chance.choice([each for each in self._askers if each.kind in FOLLOWING.kinds])
        variables = FOLLOWING.variables(chance)
        headers, body = question(asker.token, _body(FOLLOWING, variables), EVENTS)
        pieces = chance.choice((1, 1, 2))
        exchange = Exchange("/graphql", headers, body, pieces=pieces)
        task = asyncio.create_task(exchange.with_(app))
        if pieces == 2:
            began = asyncio.create_task(exchange.began.wait())
            await asyncio.wait({task, began}, return_when=asyncio.FIRST_COMPLETED)
            began.cancel()
            await self._told(app, asker.tenant, variables["uuid"])
        done, _ = await asyncio.wait({task}, timeout=PATIENCE)
        if not done:  # it was told of the change by another process, or was asked at that moment
            task.cancel()
            await asyncio.wait({task})
            self._tally.done["followed, heard once"] += 1
            return
        self._tally.done[f"followed, {pieces} heard"] += 1
        self._look(task.result(), asker, FOLLOWING, variables)

    async def _drop(self, app: ASGIApp, chance: Random) -> None:
        """A source tells that a zaak of its municipality has changed."""
        code = chance.choice(codes(self._plan.tenants))
        await self._told(app, code, chance.choice(some_zaken()))

    async def _told(self, app: ASGIApp, code: str, uuid: str) -> None:
        url = url_of("zaken", uuid).replace(HOST, host_of(code))
        message = {
            "kanaal": "zaken",
            "hoofdObject": url,
            "resource": "zaak",
            "resourceUrl": url,
            "actie": "update",
            "aanmaakdatum": "2026-03-01T12:00:00Z",
            "kenmerken": {},
        }
        headers, body = question(SECRET + code, message, "application/json")
        reply = await Exchange(f"/notificaties/{code}", headers, body).with_(app)
        self._tally.done["dropped by notification"] += 1
        if reply.status != 204 and self._plan.redis is None:
            self._tally.wrong.append(f"a notification was answered by {reply.status}")

    # ---- what is looked at --------------------------------------------------------------------

    def _look(self, reply: Reply, asker: Asker, asking: Asking, variables: Variables) -> None:
        strange = foreign(marks_in(_text(reply)), asking, asker, variables)
        if strange:
            self._wrong("of another", asker, asking, variables, str(strange))
        if reply.status >= 500 and reply.status != 503:
            self._wrong("a fault", asker, asking, variables, str(reply))

    def _wrong(
        self, what: str, asker: Asker, asking: Asking, variables: Variables, found: str
    ) -> None:
        self._tally.wrong.append(f"{what}: {asker} asked {asking.name} {variables}: {found}")


FOLLOWING: Final = next(each for each in QUESTIONS if each.follows)


def _for(asker: Asker) -> list[Asking]:
    return [each for each in QUESTIONS if asker.kind in each.kinds and not each.follows]


def _body(asking: Asking, variables: Variables) -> dict[str, Any]:
    return {"query": asking.document, "variables": variables}


def _text(reply: Reply) -> str:
    """The body, with escapes of JSON resolved."""
    return reply.content.decode().replace("\\u00a7", "§")


def _seen(reply: Reply) -> tuple[int, str] | None:
    """Status, data and errors as one text; None of what may be otherwise at another moment."""
    body = json.loads(reply.content)
    told = {error["extensions"]["code"] for error in body.get("errors", ())}
    if told & LATER:
        return None
    return reply.status, json.dumps([body.get("data"), body.get("errors")], sort_keys=True)
