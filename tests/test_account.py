"""`mijn { verwerkingen }`: what was asked about somebody, shown to them and to nobody else."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.account import NAME
from gateway.app import families, known_sources
from gateway.tenants import Purpose
from sandbox.showcase import BURGER_BSN, PARTNER_BSN
from tests.app import NOW, Call, Setup, facts, processing, running, token
from tests.test_recording import Accounted, Trouble, accounted, asked, fails

pytestmark = pytest.mark.anyio

PERSON = "query ($bsn: Bsn!) { persoon(burgerservicenummer: $bsn) { naam { volledigeNaam } } }"
BOTH = "query ($n: [Bsn!]!) { personen(burgerservicenummers: $n) { leeftijd } }"
OWN = """query ($first: Int! = 20, $after: Cursor) {
  mijn { verwerkingen(first: $first, after: $after) {
  edges { node { tijdstip handeling bron doelbinding waarvoor verwerkingsactiviteit gelukt } }
  pageInfo { hasNextPage hasPreviousPage endCursor } } } }"""


async def shown(
    at: Accounted, bsn: str | None = BURGER_BSN, query: str = OWN, **variables: Any
) -> dict[str, Any]:
    """What who is logged in is answered, when all that was done is in the index."""
    recording = at.running.gateway.recording
    assert recording.sending is not None
    assert await recording.sending.round()
    response = await at.running.client.post(
        "/graphql",
        json={"query": query, "variables": variables},
        headers={"authorization": f"Bearer {token(bsn)}"},
    )
    answer: dict[str, Any] = response.json()
    return answer


def nodes(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What was done, of an answer without errors."""
    assert "errors" not in answer, answer
    return [edge["node"] for edge in answer["data"]["mijn"]["verwerkingen"]["edges"]]


async def test_what_was_asked_about_somebody(tmp_path: Path) -> None:
    async with accounted(tmp_path) as at:
        await asked(at, PERSON, {"bsn": BURGER_BSN})
        (node,) = nodes(await shown(at))

    assert node == {
        "tijdstip": node["tijdstip"],
        "handeling": "brp.personen",
        "bron": "brp",
        "doelbinding": "test",
        "waarvoor": "Toetsen.",
        "verwerkingsactiviteit": f"urn:oin:{'0' * 20}:doelbinding:test",
        "gelukt": True,
    }
    assert node["tijdstip"].endswith("+00:00")


async def test_nothing_of_others_nor_of_who_asked(tmp_path: Path) -> None:
    """Of one question about two, each sees their own, and nothing tells of the other."""
    async with accounted(tmp_path) as at:
        await asked(at, BOTH, {"n": [BURGER_BSN, PARTNER_BSN]})
        await asked(at, PERSON, {"bsn": PARTNER_BSN})
        mine, theirs = await shown(at), await shown(at, PARTNER_BSN)

    assert (len(nodes(mine)), len(nodes(theirs))) == (1, 2)
    assert PARTNER_BSN not in str(mine)
    assert "T. Toetser" not in str(mine)
    fields = facts().types["Verwerking"].fields
    assert set(fields) == {
        "tijdstip", "handeling", "bron", "doelbinding", "waarvoor", "verwerkingsactiviteit",
        "gelukt",
    }  # fmt: skip


async def test_what_failed_or_found_nothing_is_shown(tmp_path: Path) -> None:
    async with accounted(tmp_path, Setup(answering=fails("brp"))) as at:
        await asked(at, PERSON, {"bsn": BURGER_BSN})
        (node,) = nodes(await shown(at))

    assert (node["handeling"], node["gelukt"]) == ("brp.personen", False)


async def test_looking_is_itself_shown(tmp_path: Path) -> None:
    """So who is represented sees what the representative looked at."""
    async with accounted(tmp_path) as at:
        first, second = await shown(at), await shown(at)

    assert nodes(first) == []
    assert [node["handeling"] for node in nodes(second)] == ["verwerkingen.verwerkingen"]


async def test_page_by_page_the_newest_first(tmp_path: Path) -> None:
    moment = [NOW]
    async with accounted(tmp_path, Setup(now=lambda: moment[0])) as at:
        for second in range(5):
            moment[0] = NOW + second
            await asked(at, PERSON, {"bsn": BURGER_BSN})
        times: list[str] = []
        after, more = None, True
        while more:
            answer = await shown(at, first=2, after=after)
            times += [
                each["tijdstip"] for each in nodes(answer) if each["handeling"] == "brp.personen"
            ]
            info = answer["data"]["mijn"]["verwerkingen"]["pageInfo"]
            assert info["hasPreviousPage"] is (after is not None)
            after, more = info["endCursor"], info["hasNextPage"]

    assert len(times) == 5
    assert times == sorted(times, reverse=True)


async def test_a_cursor_that_is_none_of_ours(tmp_path: Path) -> None:
    async with accounted(tmp_path) as at:
        answer = await shown(at, after="999900018-x")

    assert answer["data"] == {"mijn": {"verwerkingen": None}}
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["INVOER"]
    assert "999900018" not in str(answer)


async def test_an_employee_sees_nothing_of_it(tmp_path: Path) -> None:
    async with accounted(tmp_path) as at:
        await asked(at, PERSON, {"bsn": BURGER_BSN})
        answer = await shown(at, None)

    assert answer.get("data") is None or answer["data"]["mijn"]["verwerkingen"] is None
    roots = {name for name, field in facts().types["Query"].fields.items()}
    assert not {name for name in roots if "erwerking" in name}


async def test_without_the_label_it_is_refused(tmp_path: Path) -> None:
    async with accounted(tmp_path, Setup(labels=["persoon.basis"])) as at:
        answer = await shown(at)
        lines = at.lines()

    assert [error["extensions"]["code"] for error in answer["errors"]] == ["NIET_GEAUTORISEERD"]
    assert lines == []


async def test_a_purpose_that_is_gone_has_no_words(tmp_path: Path) -> None:
    other = Purpose("anders", "Anders.", facts().labels, frozenset({"medewerker"}), {}, open=True)
    async with accounted(tmp_path, Setup(purposes=[other])) as at:
        bearer = {"authorization": f"Bearer {token(doelbinding='anders')}"}
        body = {"query": PERSON, "variables": {"bsn": BURGER_BSN}}
        await at.running.client.post("/graphql", json=body, headers=bearer)
        there = nodes(await shown(at))
        configuration = at.running.gateway.configuration
        tenant = configuration.tenants["0999"]
        less = replace(tenant, purposes={"test": tenant.purposes["test"]})
        at.running.gateway.replace(replace(configuration, tenants={"0999": less}))
        gone = nodes(await shown(at))

    assert [node["waarvoor"] for node in there] == ["Anders."]
    assert [node["waarvoor"] for node in gone if node["doelbinding"] == "anders"] == [None]


async def test_what_cannot_be_written_down_is_not_shown(tmp_path: Path) -> None:
    trouble = Trouble()
    async with accounted(tmp_path, trouble=trouble) as at:
        await asked(at, PERSON, {"bsn": BURGER_BSN})
        assert len(nodes(await shown(at))) == 1
        trouble.number = 28
        response = await at.running.client.post(
            "/graphql",
            json={"query": OWN},
            headers={"authorization": f"Bearer {token(BURGER_BSN)}"},
        )
        answer = response.json()

    assert answer["data"] == {"mijn": {"verwerkingen": None}}
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "VERWERKING_NIET_VASTGELEGD"


async def test_all_processes_of_a_machine_have_one_account(tmp_path: Path) -> None:
    """What one was asked, another shows."""
    async with accounted(tmp_path) as one, accounted(tmp_path) as other:
        await asked(one, PERSON, {"bsn": BURGER_BSN})
        assert one.running.gateway.recording.sending is not None
        await one.running.gateway.recording.sending.round()
        (node,) = nodes(await shown(other))

    assert node["handeling"] == "brp.personen"


async def test_it_is_shown_while_the_log_cannot_be_reached(tmp_path: Path) -> None:
    """The index is filled before anything is sent, and of every segment."""
    refusing = processing(
        directory=tmp_path / "spool", audit=tmp_path / "audit", collector="http://127.0.0.1:9"
    )
    async with running(Setup(settings={"processing": refusing})) as app:
        recording = app.gateway.recording
        assert recording.sending is not None
        assert recording.verwerkingen is not None
        for _ in range(2):
            await app.ask(PERSON, {"bsn": BURGER_BSN})
            assert not await recording.sending.round()
        page = await recording.verwerkingen.of("0999", BURGER_BSN, 10)

    assert len(page.items) == 2


async def test_nothing_goes_over_the_network_for_it(tmp_path: Path) -> None:
    async with accounted(tmp_path) as at:
        await shown(at)

        assert at.running.outdoors.calls == []


async def test_no_source_of_a_file_leads_there(tmp_path: Path) -> None:
    """Even with the address that it has within."""
    setup = Setup(answering=_nobody)
    setup.source_settings = {"address": f"https://{NAME}.invalid/0999"}
    async with accounted(tmp_path, setup) as at:
        await asked(at, PERSON, {"bsn": BURGER_BSN})

        assert [call.method for call in at.running.outdoors.calls] == ["POST"]


def _nobody(call: Call) -> httpx.Response:
    return httpx.Response(404, json={})


def test_no_file_may_name_it() -> None:
    """As a source that is not known: `check` does not miss it either."""
    assert NAME not in known_sources()
    assert NAME not in families()
