"""A municipality with two systems of its own, through the whole gateway.

What is asked of whom stands in tests/scenarios/bronnen; here is what a scenario cannot tell.
"""

import json
from collections import Counter
from typing import Any

import httpx
import pytest

from gateway.checking import check_sources
from gateway.source.surroundings import Surroundings
from gateway.source.upstreams import Upstreams
from sandbox.showcase import BURGER_BSN, DRAWING_DOCUMENT
from tests.app import (
    EVERYWHERE,
    NOW,
    SECOND,
    Call,
    Outdoors,
    Running,
    Setup,
    gateway_for,
    running,
    sandbox,
)

pytestmark = pytest.mark.anyio

BOTH = tuple(EVERYWHERE)
LINKS = """query ($bsn: Bsn!) { zakenVanPersoon(bsn: $bsn) { edges { node {
  bron documenten { bron uuid download }
} } } }"""
PAGE = """query ($bsn: Bsn!, $volgorde: ZaakVolgorde, $first: Int!, $na: Cursor) {
  zakenVanPersoon(bsn: $bsn, volgorde: $volgorde, first: $first, after: $na) {
    totalCount pageInfo { hasNextPage endCursor } edges { cursor node { bron uuid startdatum } }
  }
}"""


async def page(app: Running, **variables: Any) -> Any:
    """One page of the zaken of the citizen."""
    answer = (await app.ask(PAGE, {"bsn": BURGER_BSN, **variables})).json()
    assert "errors" not in answer, answer
    return answer["data"]["zakenVanPersoon"]


async def fetched(app: Running, path: str) -> httpx.Response:
    """What is behind a link."""
    return await app.client.get(path, headers={"authorization": f"Bearer {app.token}"})


@pytest.mark.parametrize("volgorde", [None, "STARTDATUM", "EINDDATUM_AFLOPEND", "IDENTIFICATIE"])
@pytest.mark.parametrize("first", [1, 3, 7])
async def test_all_pages_together_are_the_whole_list(volgorde: str | None, first: int) -> None:
    """Whatever the order and the size: nothing twice, nothing lost."""
    async with running(Setup(sources=BOTH)) as app:
        whole = await page(app, volgorde=volgorde, first=100)
        found, after, more = [], None, True
        while more:
            part = await page(app, volgorde=volgorde, first=first, na=after)
            found += part["edges"]
            more, after = part["pageInfo"]["hasNextPage"], part["pageInfo"]["endCursor"]
            assert part["totalCount"] == 10

    assert [edge["node"] for edge in found] == [edge["node"] for edge in whole["edges"]]
    assert Counter(edge["node"]["bron"] for edge in found) == {"zaken": 5, "zaken-sociaal": 5}
    assert len({edge["cursor"] for edge in found}) == 10


async def test_documents_are_fetched_where_they_are() -> None:
    """A link says, sealed, of which source it is."""
    async with running(Setup(sources=BOTH)) as app:
        answer = (await app.ask(LINKS, {"bsn": BURGER_BSN})).json()
        nodes = [edge["node"] for edge in answer["data"]["zakenVanPersoon"]["edges"]]
        documents = [each for node in nodes for each in node["documenten"]]
        app.outdoors.calls.clear()
        for each in documents:
            assert (await fetched(app, each["download"])).status_code == 200
        asked = [(call.source, call.path.split("/")[1]) for call in app.outdoors.calls]

    assert asked == [(each["bron"], each["uuid"]) for each in documents]
    assert {source for source, _ in asked} == {"documenten", "documenten-sociaal"}
    assert all(each["bron"] not in each["download"][1:].partition("/")[2] for each in documents)


async def test_a_document_of_the_only_source_that_has_the_name_of_a_system() -> None:
    """There is no other to take it for."""
    sources = ("zaken-sociaal", "documenten-sociaal")
    async with running(Setup(sources=sources)) as app:
        answer = (await app.ask(LINKS, {"bsn": BURGER_BSN})).json()
        node = answer["data"]["zakenVanPersoon"]["edges"][0]["node"]
        answered = await fetched(app, node["documenten"][0]["download"])

    assert (node["bron"], node["documenten"][0]["bron"]) == sources
    assert answered.status_code == 200


async def test_a_link_to_a_source_that_is_gone() -> None:
    """The municipality took it out of its file: that is told, and nobody is asked."""
    question = "query ($uuid: Uuid!) { document(uuid: $uuid) { download } }"
    async with running(Setup(sources=BOTH)) as app:
        answer = (await app.ask(question, {"uuid": DRAWING_DOCUMENT})).json()
        other = gateway_for(Setup(sources=("documenten-sociaal",)), app.outdoors)
        app.gateway.replace(other.configuration)
        app.outdoors.calls.clear()
        gone = await fetched(app, answer["data"]["document"]["download"])

    assert (gone.status_code, gone.json()["code"]) == (502, "CONFIGURATIE")
    assert app.outdoors.calls == []


async def test_calls_are_bounded_whoever_is_asked() -> None:
    """What is left after the limit fails, and is told beside what was found."""
    async with running(Setup(sources=BOTH, settings={"limits": {"calls": 1}})) as app:
        answer = (await app.ask(PAGE, {"bsn": BURGER_BSN, "first": 1})).json()

    assert len(app.outdoors.calls) == 1
    assert len(answer["data"]["zakenVanPersoon"]["edges"]) == 1
    assert [error["extensions"] for error in answer["errors"]] == [
        {"code": "LIMIET", "opnieuw": False, "bron": "zaken-sociaal", "gedeeltelijk": True}
    ]


async def test_what_is_kept_of_one_is_not_given_for_the_other() -> None:
    """The same uuid of a zaaktype at two catalogi is two questions, and each is kept."""

    async def types(app: Running) -> Any:
        answer = (
            await app.ask(
                "query ($bsn: Bsn!) { zakenVanPersoon(bsn: $bsn, first: 100) "
                "{ edges { node { zaaktype { bron } } } } }",
                {"bsn": BURGER_BSN},
            )
        ).json()
        edges = answer["data"]["zakenVanPersoon"]["edges"]
        return [edge["node"]["zaaktype"]["bron"] for edge in edges]

    async with running(Setup(sources=BOTH)) as app:
        first = await types(app)
        asked = Counter(call.source for call in app.outdoors.calls)
        app.outdoors.calls.clear()
        again = await types(app)

    assert first == again == ["catalogi"] * 5 + ["catalogi-sociaal"] * 5
    assert asked["catalogi"] == asked["catalogi-sociaal"] > 0
    assert app.outdoors.calls == []


@pytest.mark.parametrize("expand", ["nooit", "altijd"])
async def test_what_came_along_is_of_the_system_that_it_came_from(expand: str) -> None:
    """With `expand` the same answer, and no call that only one of them saves."""
    dialect = {name: {"variant": "openzaak", "expand": expand} for name in BOTH if "zaken" in name}
    question = """query ($bsn: Bsn!) { zakenVanPersoon(bsn: $bsn) { edges { node {
      bron zaaktype { bron omschrijving } status { statustype { omschrijving } }
      hoofdzaak { bron } deelzaken { bron } rollen { roltype { omschrijving } }
    } } } }"""
    async with running(Setup(sources=BOTH, dialect=dialect)) as app:
        answer = (await app.ask(question, {"bsn": BURGER_BSN})).json()
        calls = Counter(call.source for call in app.outdoors.calls)

    assert "errors" not in answer
    nodes = [edge["node"] for edge in answer["data"]["zakenVanPersoon"]["edges"]]
    assert all(_one_system(node) for node in nodes)
    if expand == "altijd":
        assert calls == {"zaken": 1, "zaken-sociaal": 1}


def _one_system(node: Any) -> bool:
    names = {node["bron"], *(each["bron"] for each in node["deelzaken"])}
    kinds = {name.replace("zaken", "catalogi") for name in names}
    return len(names) == 1 and kinds == {node["zaaktype"]["bron"]}


async def test_every_source_is_checked_by_its_own_name() -> None:
    """With the questions of its kind."""
    setup = Setup(
        sources=("zaken", *SECOND),
        dialect={
            name: {"variant": "openzaak"}
            for name in ("zaken", *SECOND)
            if name.split("-")[0] in ("zaken", "catalogi", "documenten", "besluiten")
        },
    )
    outdoors = Outdoors(sandbox(), setup.answering)
    around = Surroundings(now=lambda: NOW)
    found = await check_sources(
        gateway_for(setup, outdoors).configuration, Upstreams(around, lambda _: outdoors)
    )

    assert [each.line() for each in found if not each.good] == []
    assert list(dict.fromkeys(each.source for each in found)) == ["zaken", *SECOND]


async def test_a_source_that_is_down_leaves_the_breaker_of_the_other() -> None:
    """Each has its own: after many failures the one is no longer asked, the other is."""

    def down(call: Call) -> httpx.Response | None:
        return httpx.Response(503) if call.source == "zaken-sociaal" else None

    async with running(Setup(sources=BOTH, answering=down)) as app:
        for first in range(1, 31):  # each another question, of which nothing was kept
            answer = (await app.ask(PAGE, {"bsn": BURGER_BSN, "first": first})).json()
            assert len(answer["data"]["zakenVanPersoon"]["edges"]) == min(first, 5)
        asked = Counter(call.source for call in app.outdoors.calls)

    assert asked["zaken"] == 30
    assert asked["zaken-sociaal"] < 30


async def test_no_number_of_a_person_is_in_a_cursor() -> None:
    """It says how far each source was read, and nothing else."""
    async with running(Setup(sources=BOTH)) as app:
        found = await page(app, first=3)

    assert BURGER_BSN not in json.dumps(found)
