"""Asking a source whether something has changed: when that is done, and what a 304 is worth."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from gateway.source.credentials import EndUser
from gateway.source.entry import Validator
from gateway.source.errors import SourceFault
from gateway.source.keep import DataClass, Keep, Sharing
from gateway.source.question import Order
from gateway.source.source import Source
from gateway.source.tags import of_resource
from gateway.source.tape import Tape, fingerprint
from tests.source.fakes import Desk, Heard, Wire, desk, raw, reply, wire
from tests.source.workers import QUESTION, Worker, World, alone

pytestmark = pytest.mark.anyio

DETAIL = replace(QUESTION, conditional=True)
KEEP = Keep.shared(DataClass.REFERENCE, Sharing.TENANT, fresh=60, stale_if_error=240)
JWT = {"soort": "zgw-jwt", "client_id": "gw", "secret": "env:S"}
ANNA, BAS = EndUser("anna", "Anna"), EndUser("bas", "Bas")


async def _changing(heard: Heard, writer: asyncio.StreamWriter) -> bytes:
    """A source that has one version of everything."""
    if heard.headers.get("if-none-match") == '"v1"':
        return b'HTTP/1.1 304 X\r\netag: "v1"\r\n\r\n'
    return reply(json={"versie": 1}, etag='"v1"')


@dataclass
class Bench:
    """A cache over a source on a real socket."""

    worker: Worker
    at: Desk
    wire: Wire

    def source(self, user: EndUser = ANNA, **options: Any) -> Source:
        """The source as this user asks it."""
        secret = {"S": options.pop("secret", "s" * 32)}
        return self.at.source(
            self.wire.address, user=user, credentials=JWT, environment=secret, **options
        )

    async def ask(self, source: Source | None = None, path: str = "zaaktypen") -> dict[str, Any]:
        """One thing, as a read asks it."""
        chosen = source or self.source()

        async def load(order: Order[str]) -> Mapping[str, Any]:
            taped = chosen.taped(order.tape)
            return {key: await taped.get(path, key) for key in order.keys}

        return await self.worker.ask("1", question=DETAIL, keep=KEEP, load=load)

    @property
    def conditions(self) -> list[str | None]:
        """With which ETag each call came."""
        return [heard.headers.get("if-none-match") for heard in self.wire.heard]


async def test_what_is_no_longer_fresh_is_asked_for_if_it_has_changed() -> None:
    async with wire(_changing) as bron, desk() as at:
        made = Bench(alone(World()), at, bron)
        first = await made.ask()
        made.worker.world.seconds += 61
        second = await made.ask()
        made.worker.world.seconds += 59
        third = await made.ask()

    assert first == second == third == {"1": {"versie": 1}}
    assert made.conditions == [None, '"v1"']


async def test_what_has_changed_is_brought() -> None:
    async with (
        wire(
            reply(json={"versie": 1}, etag='"v1"'),
            reply(json={"versie": 2}, etag='"v2"'),
            _changing,
        ) as bron,
        desk() as at,
    ):
        made = Bench(alone(World()), at, bron)
        for _ in range(2):
            await made.ask()
            made.worker.world.seconds += 61
        assert await made.ask() == {"1": {"versie": 1}}

    assert made.conditions == [None, '"v1"', '"v2"']


@pytest.mark.parametrize(
    "different",
    [
        {"user": BAS},
        {"headers": {"x-doelbinding": "anders"}},
        {"fixed": {"x-oin": "1"}},
        {"traceparent": "00-" + "a" * 32 + "-" + "b" * 16 + "-01"},
    ],
    ids=["user", "purpose", "fixed", "trace"],
)
async def test_another_request_or_asker_is_not_asked_with_it(different: dict[str, Any]) -> None:
    """But for the trace, which is another every time."""
    async with wire(_changing) as bron, desk() as at:
        made = Bench(alone(World()), at, bron)
        await made.ask()
        made.worker.world.seconds += 61
        if "fixed" in different:
            async with desk() as other:
                made.at = other
                await made.ask(made.source(**different))
        else:
            await made.ask(made.source(**different))

    assert made.conditions == [None, '"v1"' if "traceparent" in different else None]


async def test_other_credentials_are_another_asker() -> None:
    async with wire(_changing) as bron, desk() as at, desk() as other:
        made = Bench(alone(World()), at, bron)
        await made.ask()
        made.worker.world.seconds += 61
        made.at = other
        await made.ask(made.source(secret="t" * 32))

    assert made.conditions == [None, None]


async def test_a_304_makes_nothing_last_longer_than_it_could_without() -> None:
    """It is no proof that we may still see it: so now and then the whole is asked again."""
    async with wire(_changing) as bron, desk() as at:
        made = Bench(alone(World()), at, bron)
        for _ in range(7):
            await made.ask()
            made.worker.world.seconds += 61

    assert made.conditions == [None, *['"v1"'] * 4, None, '"v1"']


async def test_what_was_dropped_is_asked_for_whole() -> None:
    async with wire(_changing) as bron, desk() as at:
        made = Bench(alone(World()), at, bron)
        await made.ask()
        await made.worker.cache.drop([of_resource("0999", "bag", "ding", "1")])
        await made.ask()

    assert made.conditions == [None, None]


async def test_what_is_dropped_before_it_is_asked_is_asked_for_whole() -> None:
    async with wire(_changing) as bron, desk() as at:
        made = Bench(alone(World()), at, bron)
        await made.ask()
        made.worker.world.seconds += 61
        asking = asyncio.create_task(made.ask())
        await asyncio.sleep(0)
        await made.worker.cache.drop([of_resource("0999", "bag", "ding", "1")])
        await asking

    assert made.conditions == [None, None]


async def test_a_304_that_was_not_asked_for_is_a_fault() -> None:
    async with wire(b"HTTP/1.1 304 X\r\n\r\n") as bron, desk() as at:
        with pytest.raises(SourceFault):
            await Bench(alone(World()), at, bron).ask()


@pytest.mark.parametrize("etag", ["v1", '"a\xffb"', "*", '"' + "x" * 300 + '"', ""])
async def test_an_etag_that_is_none_is_not_used(etag: str) -> None:
    body = b'{"versie": 1}'
    answer = raw(200, body, etag=etag).decode("latin-1").encode("latin-1")
    async with wire(answer) as bron, desk() as at:
        made = Bench(alone(World()), at, bron)
        await made.ask()
        made.worker.world.seconds += 61
        await made.ask()

    assert made.conditions == [None, None]


async def test_what_took_more_than_one_request_is_asked_for_whole() -> None:
    async with wire(_changing) as bron, desk() as at:
        made = Bench(alone(World()), at, bron)

        async def load(order: Order[str]) -> Mapping[str, Any]:
            taped = made.source().taped(order.tape)
            await taped.get("a")
            return {"1": await taped.get("b")}

        for _ in range(2):
            await made.worker.ask("1", question=DETAIL, keep=KEEP, load=load)
            made.worker.world.seconds += 61

    assert made.conditions == [None] * 4


async def test_a_question_in_a_body_is_never_conditional() -> None:
    async with wire(_changing) as bron, desk() as at:
        tape = Tape()
        source = at.source(bron.address).taped(tape)
        await source.post("zoek", json={})
        assert tape.validator is None
        await source.get("x")
        assert tape.validator is None


def test_a_fingerprint_is_of_everything_but_the_trace() -> None:
    url, headers, identity = "https://a/b", {"accept": "x", "x-doel": "1"}, "gw"
    base = fingerprint(url, headers, identity)
    others = [
        fingerprint(url + "?c", headers, identity),
        fingerprint(url, headers | {"x-doel": "2"}, identity),
        fingerprint(url, {"accept": "x"}, identity),
        fingerprint(url, headers, "gw2"),
    ]

    assert fingerprint(url, headers | {"traceparent": "y"}, identity) == base
    assert len({base, *others}) == 5


def test_a_tape_asks_conditionally_once() -> None:
    tape = Tape(Validator("f", '"v"'))

    assert tape.condition("f") == {"if-none-match": '"v"'}
    assert tape.condition("f") == {}
    assert Tape(Validator("f", '"v"')).condition("g") == {}
