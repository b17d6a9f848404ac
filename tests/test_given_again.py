"""What was asked before, or by another, is given by the rules of who asks now, and written down."""

import asyncio
import errno
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.app import Gateway
from gateway.auth.principal import Kind, Principal
from gateway.configuration import Configuration
from gateway.kept import policy_of
from gateway.operation.identity import Identity
from gateway.settings import CacheSettings
from gateway.source.keep import DataClass
from sandbox.showcase import BURGER_BSN, PARTNER_BSN
from tests.app import NAME, Running, Setup, running, token
from tests.notices import ZAAK
from tests.operation.asking import Desk, without
from tests.registry import ANNA
from tests.subscribing import FOLLOW, served
from tests.test_answers import PAND, PAND_CALL, PERSOON, WAAR, WIE, Gate, Site, lines
from tests.test_kept_answers import ZAKEN, settled, shared
from tests.test_recording import Trouble, accounted, asked
from tests.valkey import Valkey

pytestmark = pytest.mark.anyio

ZAAK_QUERY = "query($uuid: Uuid!){zaak(uuid: $uuid){identificatie omschrijving}}"
AMPLE: Mapping[str, Mapping[str, Any]] = {
    "test": {},
    "krap": {"persons_per_minute": 1},
    "vast": {"open": False},
}


@asynccontextmanager
async def purposes(setup: Setup | None = None) -> AsyncIterator[Running]:
    """A municipality with doelbindingen that see the same: `test` asks freely, `vast` asks only
    what is registered (nothing), `krap` about one person a minute.
    """
    async with running(setup or Setup()) as app:
        given(app.gateway, AMPLE)
        yield app


def given(gateway: Gateway, changes: Mapping[str, Mapping[str, Any]]) -> None:
    """The municipality has these doelbindingen from now on."""
    tenant = gateway.configuration.tenants["0999"]
    known = tenant.purposes["test"]
    made = {code: replace(known, code=code, **each) for code, each in changes.items()}
    gateway.replace(Configuration({"0999": replace(tenant, purposes=made)}, ()))


def codes(answer: httpx.Response) -> list[str]:
    """Of the errors in an answer."""
    return [error["extensions"]["code"] for error in answer.json().get("errors", ())]


# ---- registered questions ---------------------------------------------------------------------


async def test_a_whole_answer_is_not_for_who_asks_registered_questions_only() -> None:
    async with purposes() as app:
        for _ in range(2):
            assert (await app.ask(PAND, WAAR)).json()["data"]["pand"]
        refused = await Site(app).ask(token(doelbinding="vast"), PAND, WAAR)

    assert codes(refused) == ["NIET_GEREGISTREERD"]
    assert lines(app) == [PAND_CALL]


async def test_nor_is_one_for_whom_that_has_become_so() -> None:
    """Of the same caller and doelbinding, by the configuration of now."""
    async with purposes() as app:
        await app.ask(PAND, WAAR)
        given(app.gateway, {"test": {"open": False}})

        assert codes(await app.ask(PAND, WAAR)) == ["NIET_GEREGISTREERD"]


async def test_an_execution_under_way_is_joined_by_nobody_who_may_not_ask_it() -> None:
    gate = Gate()
    async with purposes(Setup(sandbox=gate)) as app:
        site = Site(app)
        first = asyncio.create_task(site.ask(app.token, PERSOON, WIE))
        await site.counted.until(1)
        given(app.gateway, {"test": {"open": False}})
        second = await site.ask(app.token, PERSOON, WIE)
        gate.open.set()

        assert codes(await first) == []
    assert codes(second) == ["NIET_GEREGISTREERD"]


async def test_a_subscription_is_a_text_of_ones_own() -> None:
    """No subscription is registered: where only those may be asked, there is none to follow."""
    async with served() as app, app.joined() as client:
        given(app.gateway, {"test": {"open": False}})
        await client.follow()
        refused = await client.next()

    assert (refused["type"], refused["payload"][0]["extensions"]["code"]) == (
        "error",
        "NIET_GEREGISTREERD",
    )
    assert app.source.asked == 0


async def test_a_subscription_ends_where_asking_freely_ends() -> None:
    async with served() as app, app.joined() as client:
        await client.follow()
        await client.text()
        given(app.gateway, {"test": {"open": False}})
        await app.notify()
        refused = await client.next()

    assert refused["payload"][0]["extensions"]["code"] == "NIET_GEREGISTREERD"
    assert app.source.asked == 1


# ---- who follows a zaak, and for what -----------------------------------------------------------


async def test_a_subscription_is_for_the_purpose_that_is_chosen() -> None:
    """Under the name of the HTTP header, in the first message; every name in any case."""
    several = token(doelbinding=["test", "anders"])
    async with served() as app:
        given(app.gateway, {"test": {}, "anders": {"labels": frozenset()}})
        bearer = f"Bearer {several}"
        async with app.connected() as client:
            payload = {"Authorization": bearer, "bronpoort-DOELBINDING": "test"}
            await client.send({"type": "connection_init", "payload": payload})
            assert await client.next() == {"type": "connection_ack"}
            await client.follow()
            assert await client.text() == "eerste"
        async with app.connected() as client:
            payload = {"Authorization": bearer, "Bronpoort-Doelbinding": "anders"}
            await client.send({"type": "connection_init", "payload": payload})
            assert await client.next() == {"type": "connection_ack"}
            await client.follow()
            refused = await client.next()

    assert refused["payload"][0]["extensions"]["code"] == "NIET_GEAUTORISEERD"


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"Bronpoort-Doelbinding": "vreemd"},
        {"Bronpoort-Doelbinding": 1},
        {"Bronpoort-Doelbinding": "test", "bronpoort-doelbinding": "anders"},
    ],
)
async def test_no_connection_without_one_clear_purpose(chosen: Mapping[str, Any]) -> None:
    async with served() as app:
        given(app.gateway, {"test": {}, "anders": {}})
        async with app.connected() as client:
            bearer = f"Bearer {token(doelbinding=['test', 'anders'])}"
            payload = {"Authorization": bearer, **chosen}
            await client.send({"type": "connection_init", "payload": payload})

            assert await client.closed() == (4403, "Forbidden")


@pytest.mark.parametrize(
    ("chosen", "status", "code"),
    [(None, 400, "INVOER"), ("vreemd", 403, "NIET_GEAUTORISEERD"), ("test", 200, None)],
)
async def test_a_stream_is_for_the_purpose_that_is_chosen(
    chosen: str | None, status: int, code: str | None
) -> None:
    async with served() as app:
        given(app.gateway, {"test": {}, "anders": {}})
        headers = {
            "accept": "text/event-stream",
            "authorization": f"Bearer {token(doelbinding=['test', 'anders'])}",
            **({"Bronpoort-Doelbinding": chosen} if chosen else {}),
        }
        body = {"query": FOLLOW, "variables": {"uuid": ZAAK}}
        async with (
            httpx.AsyncClient(base_url=app.http, trust_env=False, timeout=20) as client,
            client.stream("POST", "/graphql", json=body, headers=headers) as response,
        ):
            found = None if code is None else (await response.aread(), codes(response))[1]

    assert (response.status_code, found) == (status, None if code is None else [code])


# ---- persons ------------------------------------------------------------------------------------


async def test_a_kept_zaak_counts_nobody_but_a_shared_person_counts() -> None:
    """Who joins is the same caller: together they asked about one person; the next is too many."""
    gate = Gate()
    async with purposes(Setup(sandbox=gate)) as app:
        site, narrow = Site(app), token(doelbinding="krap")
        asking = [asyncio.create_task(site.ask(narrow, PERSOON, WIE)) for _ in range(3)]
        await site.counted.until(3)
        gate.open.set()
        answers = await asyncio.gather(*asking)
        other = await site.ask(narrow, PERSOON, {"bsn": PARTNER_BSN})

    assert [codes(answer) for answer in answers] == [[], [], []]
    assert codes(other) == ["QUOTA"]
    assert lines(app) == ["brp POST personen"]


async def test_processes_count_persons_together(server: Valkey) -> None:
    """And in Redis stands neither who asked nor who was asked about."""
    async with running(shared(server)) as one, running(shared(server)) as two:
        for app in (one, two):
            given(app.gateway, AMPLE)
            await settled(app)
        narrow = token(doelbinding="krap")
        first = await Site(one).ask(narrow, PERSOON, WIE)
        second = await Site(two).ask(narrow, PERSOON, {"bsn": PARTNER_BSN})
        again = await Site(two).ask(narrow, PERSOON, WIE)
        client = server.client()
        counts: Any = await client.keys("bronpoort:personen:*")
        lying: Any = await client.keys("*")
        everywhere = b"".join([key + (await client.dump(key) or b"") for key in lying])
        await client.aclose()

    assert [codes(each) for each in (first, second, again)] == [[], ["QUOTA"], []]
    assert len(counts) == 1
    for secret in (WIE["bsn"], PARTNER_BSN, "u-17", pseudonym()):
        assert secret.encode() not in everywhere
    assert bytes.fromhex(pseudonym()) not in everywhere


async def test_no_pseudonym_in_redis_or_the_log(
    server: Valkey, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """It is made of a number, and could be tried out."""
    async with running(shared(server)) as app:
        await settled(app)
        await app.ask(ZAKEN, {"bsn": BURGER_BSN})
        await settled(app)
        client = server.client()
        lying: Any = await client.keys("*")
        everywhere = b"".join([key + (await client.dump(key) or b"") for key in lying])
        await client.aclose()

    assert lying
    assert pseudonym().encode() not in everywhere
    assert pseudonym() not in capsys.readouterr().out + caplog.text


def pseudonym() -> str:
    """Of the caller of the tests."""
    return Principal(NAME, "u-17", "T. Toetser", "0999", "test", Kind.MEDEWERKER).pseudonym


# ---- companies ----------------------------------------------------------------------------------

COMPANY = Identity(kvk_nummer="90000001")
MENSEN = "query($b: [Bsn!]!) { mensen(bsns: $b) { leeftijd } }"


@pytest.mark.parametrize("strict", [True, False])
async def test_a_company_asks_about_nobody_where_an_employee_just_did(strict: bool) -> None:
    """Without a BSN of its own it is as closed as a citizen, at the same moment too."""
    desk = Desk()
    employee, company = await asyncio.gather(
        desk.answer(MENSEN, {"b": [ANNA]}, strict=strict),
        desk.answer(MENSEN, {"b": [ANNA]}, strict=strict, own=COMPANY),
    )

    assert employee.body == {"data": {"mensen": [{"leeftijd": 40}]}}
    found = [error["extensions"]["code"] for error in company.body["errors"]]
    assert found == ["NIET_GEAUTORISEERD"]
    assert company.request_error is strict
    assert "40" not in json.dumps(dict(company.body))


async def test_what_a_surer_login_would_give_is_told_to_each_by_their_own() -> None:
    """The level that a refusal names is that of who asks, at the same moment too."""
    desk = Desk()
    query = "query($b: Bsn!) { mens(bsn: $b) { leeftijd bsn } }"
    less = without("mens.bsn")
    plain, told = await asyncio.gather(
        desk.answer(query, {"b": ANNA}, labels=less),
        desk.answer(query, {"b": ANNA}, labels=less, withheld={"mens.bsn": "hoog"}),
    )

    assert plain.body["errors"][0]["message"] != told.body["errors"][0]["message"]


# ---- the account ---------------------------------------------------------------------------------


async def test_who_joins_is_accounted_for_too(tmp_path: Path) -> None:
    """One call, and for each who got the answer a line: of the trace of their own."""
    gate = Gate()
    async with accounted(tmp_path, Setup(sandbox=gate)) as at:
        site = Site(at.running)
        asking = [
            asyncio.create_task(site.ask(at.running.token, PERSOON, {"bsn": BURGER_BSN}))
            for _ in range(3)
        ]
        await site.counted.until(3)
        gate.open.set()
        answers = await asyncio.gather(*asking)
        written, persons, audit = at.lines(), at.persons(), at.audit()

    assert [codes(answer) for answer in answers] == [[], [], []]
    assert lines(at.running) == ["brp POST personen"]
    assert persons == [("brp.personen", BURGER_BSN)] * 3
    assert len({line.trace_id for line in written}) == 3
    assert len({line.span_id for line in written}) == 3
    assert [each["labels"] for each in audit] == [audit[0]["labels"]] * 3


async def test_who_joins_and_cannot_be_accounted_for_gets_nothing(tmp_path: Path) -> None:
    gate, trouble = Gate(), Trouble()
    async with accounted(tmp_path, Setup(sandbox=gate), trouble) as at:
        site = Site(at.running)
        asking = [
            asyncio.create_task(site.ask(at.running.token, PERSOON, {"bsn": BURGER_BSN}))
            for _ in range(3)
        ]
        await site.counted.until(3)
        trouble.number = errno.ENOSPC
        gate.open.set()
        answers = await asyncio.gather(*asking)

    assert [codes(answer) for answer in answers] == [["VERWERKING_NIET_VASTGELEGD"]] * 3
    assert {answer.json()["data"]["persoon"] for answer in answers} == {None}


async def test_what_was_kept_is_accounted_for_too(tmp_path: Path) -> None:
    """A zaak that is kept is asked once, and there is a line each time; of the whole answer too."""
    async with accounted(tmp_path) as at:
        for _ in range(3):
            answer = await asked(at, ZAKEN, {"bsn": BURGER_BSN})
            assert "errors" not in answer
        names = [name for name, _ in at.persons()]
        calls = lines(at.running)

    assert calls.count("zaken POST zaken/_zoek") == 1
    assert names.count("zaken.zaken_van_persoon") == 3
    assert names.count("brp.personen") == 3


async def test_what_was_kept_is_not_given_either_without_an_account(tmp_path: Path) -> None:
    """Nothing that is kept of somebody leaves; open data that is kept does."""
    trouble = Trouble()
    async with accounted(tmp_path, trouble=trouble) as at:
        first = await asked(at, ZAKEN, {"bsn": BURGER_BSN})
        uuid = {"uuid": first["data"]["persoon"]["zaken"]["edges"][0]["node"]["uuid"]}
        await asked(at, ZAAK_QUERY, uuid)
        await asked(at, PAND, WAAR)
        at.running.outdoors.calls.clear()
        trouble.number = errno.ENOSPC
        refused = [await asked(at, ZAAK_QUERY, uuid) for _ in range(2)]
        pand = await asked(at, PAND, WAAR)

    for answer in refused:
        assert answer["data"]["zaak"] is None
        assert answer["errors"][0]["extensions"]["code"] == "VERWERKING_NIET_VASTGELEGD"
    assert pand["data"]["pand"]
    assert lines(at.running) == []


async def test_a_kept_whole_answer_has_its_audit_line(tmp_path: Path) -> None:
    """With the links and labels of the question, as if it had been asked."""
    async with accounted(tmp_path) as at:
        for _ in range(2):
            await asked(at, PAND, WAAR)
        first, second = at.audit()

    assert lines(at.running) == [PAND_CALL]
    for name in ("objects", "labels"):
        assert first.get(name)
        assert second.get(name) == first.get(name)


@pytest.mark.parametrize("data", [DataClass.PERSONAL, DataClass.CASE])
def test_nothing_of_somebody_is_asked_behind_an_answer(data: DataClass) -> None:
    """What is asked when the operation is over has no line: by the table there is none of it."""
    cap = policy_of(CacheSettings(), {}).cap(data, "0999")

    assert cap.stale_while_revalidate == 0
