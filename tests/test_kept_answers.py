"""What one question brought serves the next, where a source gives all it has."""

import dataclasses
import logging
import re
from typing import Any

import pytest

from gateway.configuration import Configuration
from gateway.source.keep import DataClass
from gateway.source.policy import Policy
from gateway.source.tags import of_person, of_resource, of_source, of_tenant
from sandbox.showcase import BURGER_BSN as BSN
from tests.app import Running, Setup, running
from tests.source.workers import until
from tests.valkey import Valkey

pytestmark = pytest.mark.anyio

PAND = "query($id: PandId!){pand(identificatie: $id){%s}}"
TYPES = "{zaaktypen(first: 1){edges{node{%s}}}}"


async def test_a_source_without_field_selection_is_asked_once() -> None:
    """The second question selects something else of the same pand."""
    async with running(Setup()) as app:
        for field in ("status", "oorspronkelijkBouwjaar", "geometrie"):
            answer = await app.ask(PAND % field, {"id": "0999100000000001"})
            assert answer.json()["data"]["pand"][field] is not None

    assert [call.line for call in app.outdoors.calls] == ["bag GET panden/0999100000000001"]


async def test_the_catalogue_is_asked_once() -> None:
    """For the whole municipality, whatever is selected."""
    async with running(Setup()) as app:
        for field in ("omschrijving", "doel"):
            answer = await app.ask(TYPES % field)
            assert answer.json()["data"]["zaaktypen"]["edges"][0]["node"][field]

    assert [call.line for call in app.outdoors.calls] == ["catalogi GET zaaktypen"]


async def test_personal_data_do_not_outlive_the_operation() -> None:
    """The same question twice is asked twice."""
    query = "query($bsn: Bsn!){persoon(burgerservicenummer: $bsn){naam{voornamen}}}"
    async with running(Setup()) as app:
        for _ in range(2):
            await app.ask(query, {"bsn": "999900018"})

    assert [call.line for call in app.outdoors.calls] == ["brp POST personen"] * 2


ZAKEN = """query($bsn: Bsn!){persoon(burgerservicenummer: $bsn){zaken(first: 5){
  edges{node{uuid identificatie status{statustoelichting}}}}}}"""


def shared(server: Valkey) -> Setup:
    """A gateway that keeps its answers in that Redis."""
    keys = [{"id": "een", "secret": "k" * 32}]
    cache = {"redis_url": server.url, "secret": "s" * 32, "master_keys": keys}
    return Setup(settings={"cache": cache})


async def settled(app: Running) -> None:
    """What the gateway does behind an answer has been done."""
    await until(lambda: app.gateway._cache.trusted)
    await app.gateway._cache.settled()


async def test_a_zaak_is_kept_for_whoever_asked_it() -> None:
    async with running(Setup()) as app:
        for _ in range(2):
            await app.ask(ZAKEN, {"bsn": BSN})
        calls = [call.line for call in app.outdoors.calls]

    assert calls.count("brp POST personen") == 2
    assert calls.count("zaken POST zaken/_zoek") == 1
    assert len(calls) == len(set(calls)) + 1


async def test_two_processes_share_what_they_keep_and_what_is_dropped(server: Valkey) -> None:
    async with running(shared(server)) as one, running(shared(server)) as two:
        for app in (one, two):
            await settled(app)
        for _ in range(10):  # on a busy machine what lies in Valkey may come too late to be used
            first = await one.ask(ZAKEN, {"bsn": BSN})
            await settled(one)
            two.outdoors.calls.clear()
            second = await two.ask(ZAKEN, {"bsn": BSN})
            assert second.json() == first.json()
            if [call.line for call in two.outdoors.calls] == ["brp POST personen"]:
                break
            await one.gateway._cache.drop([of_tenant("0999")])
        else:
            raise AssertionError("nothing was shared")

        node = first.json()["data"]["persoon"]["zaken"]["edges"][0]["node"]
        await one.gateway._cache.drop([of_resource("0999", "zaken", "zaak", node["uuid"])])
        await two.ask(ZAKEN, {"bsn": BSN})
        assert "zaken POST zaken/_zoek" in [call.line for call in two.outdoors.calls]


async def test_many_things_are_looked_for_in_redis_at_once(server: Valkey) -> None:
    """Of a page of zaken the statussen, and then their types."""
    query = """{ zaken(first: 20) { edges { node {
      uuid status { datumStatusGezet statustype { omschrijving } } } } } }"""
    async with running(shared(server)) as one, running(shared(server)) as two:
        for app in (one, two):
            await settled(app)
        for _ in range(10):  # on a busy machine what lies in Valkey may come too late to be used
            first = await one.ask(query)
            for app in (one, two):
                await settled(app)
            before = await server.scripts_run()
            second = await two.ask(query)
            looked = await server.scripts_run() - before
            assert second.json() == first.json()
            if not two.outdoors.calls:
                break
            two.outdoors.calls.clear()
            await one.gateway._cache.drop([of_tenant("0999")])
        else:
            raise AssertionError("nothing was shared")

    assert looked == 3  # for the page, the statussen, their types


async def test_what_was_looked_for_among_many_is_not_looked_for_again(server: Valkey) -> None:
    """Of a page with ten zaken more, the statussen that are not there are asked for and kept."""
    query = (
        "query ($first: Int!) { zaken(first: $first) { edges { node { uuid status { %s } } } } }"
    )
    async with running(shared(server)) as one, running(shared(server)) as two:
        for app in (one, two):
            await settled(app)
        for _ in range(10):  # on a busy machine what lies in Valkey may come too late to be used
            await one.ask(query % "datumStatusGezet", {"first": 10})
            for app in (one, two):
                await settled(app)
            before = await server.scripts_run()
            two.outdoors.calls.clear()
            await two.ask(query % "datumStatusGezet", {"first": 20})
            await settled(two)
            run, calls = await server.scripts_run() - before, len(two.outdoors.calls)
            if calls == 10:  # the page, and the statussen of nine that have one
                break
            await one.gateway._cache.drop([of_tenant("0999")])
        else:
            raise AssertionError("nothing was shared")

    stored = calls + 1  # the zaken of the page also as themselves
    assert run == 2 + stored  # looked for were the page, and the statussen


async def test_nothing_of_a_person_can_be_read_in_redis_or_the_log(
    server: Valkey, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with running(shared(server)) as app:
        await settled(app)
        answer = await app.ask(ZAKEN, {"bsn": BSN})
        await settled(app)
        node = answer.json()["data"]["persoon"]["zaken"]["edges"][0]["node"]
        client = server.client()
        lying: Any = await client.keys("*")
        everything = b"".join([key + (await client.dump(key) or b"") for key in lying])
        assert len(lying) > 5
        await app.gateway._cache.drop(of_person("0999", ["zaken"], BSN))
        left: Any = await client.keys("*:e:*")
        await client.aclose()

    assert left == []
    for secret in (BSN, node["uuid"], node["identificatie"], "0999"):
        assert not re.search(rb"(?<![0-9a-f])%b(?![0-9a-f])" % secret.encode(), everything)
    assert BSN not in caplog.text


CHANGES: list[dict[str, Any]] = [
    {},
    {"headers": {"x-omgeving": "ander"}},
    {"dialect": {"paginagrootte": 50}},
]


async def test_a_source_that_is_set_up_anew_is_asked_anew() -> None:
    """Other credentials may show something else, and so may another dialect."""
    async with running(Setup()) as app:
        tenant = app.gateway.configuration.tenants["0999"]
        catalogi = tenant.sources["catalogi"]
        for changed in CHANGES:
            sources = {**tenant.sources, "catalogi": catalogi.model_copy(update=changed)}
            renewed = dataclasses.replace(tenant, sources=sources)
            app.gateway.replace(Configuration({"0999": renewed}, ()))
            for field in ("omschrijving", "doel"):
                await app.ask(TYPES % field)

    assert [call.source for call in app.outdoors.calls] == ["catalogi"] * 3


ROLLEN = """query($bsn: Bsn!){persoon(burgerservicenummer: $bsn){zaken(first: 5){
  edges{node{identificatie status{statustype{omschrijving}} rollen{uuid}}}}}}"""


async def test_what_a_zaak_brought_along_is_not_kept_as_the_zaak() -> None:
    """Who is involved in it is kept as personal data are, by its own name, and no longer."""
    async with running(
        Setup(dialect={"zaken": {"variant": "openzaak", "expand": "altijd"}})
    ) as app:
        app.gateway._cache.policy = Policy(personal={"0999": 10})
        await app.ask(ROLLEN, {"bsn": BSN})
        await app.ask(ROLLEN, {"bsn": BSN})
        tag = of_source("0999", "zaken")
        keeping = app.gateway._cache._keeping
        kept = list(keeping.memory.tagged(keeping._hashing.of(tag)))
        calls = [call.line for call in app.outdoors.calls]

    assert calls.count("zaken POST zaken/_zoek") == 1
    assert {each.content.data for each in kept} == {DataClass.CASE, DataClass.PERSONAL}
    for each in kept:
        assert "_expand" not in str(each.content.value)
        assert each.content.data is DataClass.PERSONAL or "inpBsn" not in str(each.content.value)


async def test_a_body_that_was_answered_whole_is_not_read_again() -> None:
    """The same bytes as ever, an audit line for each, and nothing once it is dropped."""
    async with running(Setup()) as app:
        answers = [await app.ask(TYPES % "omschrijving") for _ in range(4)]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("gateway.edge.endpoint.parse_json", _unread)
            answers.append(await app.ask(TYPES % "omschrijving"))
        assert [call.line for call in app.outdoors.calls] == ["catalogi GET zaaktypen"]
        await app.gateway._cache.drop([of_tenant("0999")])
        answers.append(await app.ask(TYPES % "omschrijving"))

    assert len({each.content for each in answers}) == 1
    assert [call.line for call in app.outdoors.calls] == ["catalogi GET zaaktypen"] * 2


def _unread(_body: bytes) -> Any:
    raise AssertionError("read again")
