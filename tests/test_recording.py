"""The account of personal data through the whole gateway: what is written, and refused if not."""

import asyncio
import errno
import json
import os
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.app import Gateway, Outside
from gateway.mistakes import ConfigurationError
from gateway.observe.betrokkene import Betrokkenen, read_keys
from gateway.observe.segment import scan
from gateway.observe.segments import Disk
from gateway.observe.verwerking import Status, Verwerking, read
from gateway.settings import ProcessingSettings, Settings
from gateway.tenants import Dienst
from sandbox.showcase import (
    BURGER_BSN,
    DRAWING_DOCUMENT,
    GRANDMOTHER_BSN,
    HOME_NUMMERAANDUIDING,
    PARTNER_BSN,
)
from tests.app import (
    NOW,
    Call,
    Outdoors,
    Running,
    Setup,
    facts,
    gateway_for,
    processing,
    sandbox,
    token,
)
from tests.subscribing import served

pytestmark = pytest.mark.anyio

KEYS = f"2026:{'A' * 43}="
INDEX = "een geheim dat lang genoeg is voor een index"
TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
PERSON = "query ($bsn: Bsn!) { persoon(burgerservicenummer: $bsn) { naam { volledigeNaam } } }"
BOTH = """query ($bsn: Bsn!, $adres: NummeraanduidingId!) {
  persoon(burgerservicenummer: $bsn) { naam { volledigeNaam } }
  adres(identificatie: $adres) { korteNaam }
}"""


NOWHERE = Setup(settings={"processing": ProcessingSettings()})


@dataclass(slots=True)
class Trouble:
    """A disk with errors to come, and a sync that can be held up."""

    number: int = 0
    held: threading.Event = field(default_factory=threading.Event)
    reached: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.held.set()

    def disk(self) -> Disk:
        """For the gateway."""
        return Disk(sync=self.sync)

    def sync(self, file: int) -> None:
        """Lasts, or fails."""
        self.reached.set()
        assert self.held.wait(60)
        if self.number:
            raise OSError(self.number, "toets")
        os.fsync(file)


@dataclass(slots=True)
class Accounted:
    """The application, with where it writes."""

    running: Running
    directory: Path

    def lines(self) -> list[Verwerking]:
        """What is on disk now, by time and name."""
        found = [
            read(record)
            for path in sorted(self.directory.glob("spool/*/*.seg"))
            for record in scan(path).records
        ]
        return sorted(found, key=lambda line: (line.name, line.source))

    def persons(self) -> list[tuple[str, str | None]]:
        """Of each line the read and, with the key, the person."""
        shown = Betrokkenen(read_keys(KEYS), INDEX.encode())
        return [
            (each.name, each.data_subject_id and shown.shown(each.tenant, each.data_subject_id))
            for each in self.lines()
        ]

    def audit(self) -> list[dict[str, Any]]:
        """The audit lines."""
        text = (self.directory / "audit.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]


@asynccontextmanager
async def accounted(
    directory: Path, setup: Setup | None = None, trouble: Trouble | None = None
) -> AsyncIterator[Accounted]:
    """The gateway, writing in this directory; nothing is sent."""
    setup = setup or Setup()
    chosen = processing(
        directory=directory / "spool",
        audit=directory / "audit.jsonl",
        keys=KEYS,
        index_key=INDEX,
        seconds=30,
    )
    setup.settings = {**setup.settings, "processing": chosen}
    outdoors = Outdoors(setup.sandbox or sandbox(), setup.answering)
    gateway = gateway_for(setup, outdoors, Settings)
    if trouble is not None:
        outside = replace(gateway.outside, disk=trouble.disk())
        gateway = replace_outside(gateway, outside)
    async with gateway.running() as app:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://bronpoort.test") as made:
            running = Running(made, outdoors, gateway, token(setup.own_bsn, **setup.claims))
            yield Accounted(running, directory)


def replace_outside(gateway: Gateway, outside: Outside) -> Gateway:
    """The same gateway in another world."""
    return Gateway(
        gateway.settings,
        gateway.configuration,
        gateway.facts,
        outside,
        own_issuers=gateway.own_issuers,
    )


def fails(*sources: str) -> Any:
    """These sources answer nothing but an error."""

    def answering(call: Call) -> httpx.Response | None:
        return httpx.Response(500) if call.source in sources else None

    return answering


async def asked(
    at: Accounted, query: str, variables: Mapping[str, Any], **headers: str
) -> dict[str, Any]:
    """The answer to a question with these headers."""
    response = await at.running.client.post(
        "/graphql",
        json={"query": query, "variables": variables},
        headers={"authorization": f"Bearer {at.running.token}", **headers},
    )
    found: dict[str, Any] = response.json()
    return found


# ---- what is written ----------------------------------------------------------------------------


async def test_a_line_of_what_was_done(tmp_path: Path) -> None:
    async with accounted(tmp_path) as at:
        await asked(at, PERSON, {"bsn": BURGER_BSN}, traceparent=TRACEPARENT)

        (line,) = at.lines()
        (call,) = at.running.outdoors.calls
        assert at.persons() == [("brp.personen", BURGER_BSN)]
    assert line.tenant == "0999"
    assert line.trace_id == "0af7651916cd43dd8448eb211c80319c"
    assert line.parent_span_id == "b7ad6b7169203331"
    assert call.headers["traceparent"] == f"00-{line.trace_id}-{line.span_id}-01"
    assert line.status is Status.OK
    assert line.start_time == line.end_time == round(NOW * 1000)
    assert line.processing_activity_id == f"urn:oin:{'0' * 20}:doelbinding:test"
    assert line.resource == f"urn:oin:{'0' * 20}"
    assert (line.purpose, line.source) == ("test", "brp")


async def test_a_trace_is_begun_where_none_came(tmp_path: Path) -> None:
    """And every source hears a span of its own in it."""
    query = """query ($bsn: Bsn!) { persoon(burgerservicenummer: $bsn) { naam { volledigeNaam }
      zaken(first: 2) { totalCount } adres { korteNaam } } }"""
    async with accounted(tmp_path) as at:
        await asked(at, query, {"bsn": BURGER_BSN})

        told = [call.headers["traceparent"].split("-") for call in at.running.outdoors.calls]
        lines = at.lines()
    assert len({trace for _, trace, _, _ in told}) == 1
    assert len({span for _, _, span, _ in told}) == 3
    assert {line.trace_id for line in lines} == {told[0][1]}
    assert {line.span_id for line in lines} < {span for _, _, span, _ in told}
    assert [line.name for line in lines] == ["brp.personen", "zaken.zaken_van_persoon"]
    assert {line.parent_span_id for line in lines} == {None}


async def test_one_line_for_every_person(tmp_path: Path) -> None:
    """Of one call about two: the first has the span that the source heard of, the other hangs
    under it.
    """
    query = """query ($bsns: [Bsn!]!) { personen(burgerservicenummers: $bsns) {
      burgerservicenummer } }"""
    async with accounted(tmp_path) as at:
        await asked(at, query, {"bsns": [BURGER_BSN, PARTNER_BSN]}, traceparent=TRACEPARENT)

        first, second = sorted(
            at.lines(), key=lambda each: each.parent_span_id != TRACEPARENT[36:52]
        )
        (call,) = at.running.outdoors.calls
        assert {person for _, person in at.persons()} == {BURGER_BSN, PARTNER_BSN}
    assert call.headers["traceparent"][36:52] == first.span_id
    assert second.parent_span_id == first.span_id


async def test_several_calls_of_one_kind_are_each_shown(tmp_path: Path) -> None:
    """One question leads to a call for each of two persons, of a source that heard one span: each
    has a line, each line a span of its own, and each person sees theirs.
    """
    query = """query ($bsns: [Bsn!]!) { personen(burgerservicenummers: $bsns) {
      burgerservicenummer zaken(first: 1) { totalCount } } }"""
    async with accounted(tmp_path) as at:
        await asked(at, query, {"bsns": [BURGER_BSN, PARTNER_BSN]}, traceparent=TRACEPARENT)
        lines = [each for each in at.lines() if each.name == "zaken.zaken_van_persoon"]
        recording = at.running.gateway.recording
        assert recording.sending is not None
        assert recording.verwerkingen is not None
        assert await recording.sending.round()
        shown = {
            bsn: [
                each.handeling for each in (await recording.verwerkingen.of("0999", bsn, 10)).items
            ]
            for bsn in (BURGER_BSN, PARTNER_BSN)
        }

    assert len({each.span_id for each in lines}) == len(lines) == 2
    first, second = sorted(lines, key=lambda each: each.parent_span_id != TRACEPARENT[36:52])
    assert second.parent_span_id == first.span_id
    assert [sorted(each) for each in shown.values()] == [
        ["brp.personen", "zaken.zaken_van_persoon"]
    ] * 2


async def test_what_was_kept_has_the_lines_that_asking_would_have(tmp_path: Path) -> None:
    """Another page with the same zaken: their statussen are kept, so only the page is asked."""
    query = """query ($vanaf: Datum!) { zaken(first: 20, filter: { startdatumVanaf: $vanaf }) {
      edges { node { uuid status { datumStatusGezet } } } } }"""
    async with accounted(tmp_path) as at:
        first = await asked(at, query, {"vanaf": "1950-01-01"})
        asking, before = len(at.running.outdoors.calls), at.persons()
        second = await asked(at, query, {"vanaf": "1950-01-02"})
        calls = [call.line for call in at.running.outdoors.calls[asking:]]
        lines = at.persons()

    assert first == second
    assert calls == ["zaken POST zaken/_zoek"]
    assert sum(name == "zaken.status" for name, _ in before) > 10
    assert sorted(lines, key=str) == sorted([*before, *before], key=str)


async def test_what_comes_along_is_of_its_own_call(tmp_path: Path) -> None:
    """Who is in the answer about one person has no line of the call about another."""
    query = """query ($bsns: [Bsn!]!) { personen(burgerservicenummers: $bsns) {
      producten(first: 5) { edges { node { naam } } } } }"""
    bsns = [BURGER_BSN, GRANDMOTHER_BSN]
    alone: list[tuple[str, str | None]] = []
    for number, bsn in enumerate(bsns):
        async with accounted(tmp_path / str(number)) as at:
            await asked(at, query, {"bsns": [bsn]})
            alone += [each for each in at.persons() if each[0].startswith("producten.")]
    async with accounted(tmp_path / "both") as at:
        await asked(at, query, {"bsns": bsns})
        together = [each for each in at.persons() if each[0].startswith("producten.")]

    assert {GRANDMOTHER_BSN, BURGER_BSN} <= {person for _, person in together}
    assert sorted(together) == sorted(alone)


async def test_everybody_in_the_answer_to_a_search(tmp_path: Path) -> None:
    """Who was not named in the question is a person concerned as well."""
    query = """query { zoekPersonenMetPostcodeEnHuisnummer(postcode: "8995AA", huisnummer: 1) {
      naam { volledigeNaam } } }"""
    async with accounted(tmp_path) as at:
        answer = await asked(at, query, {})
        persons = at.persons()

    (name,) = {name for name, _ in persons}
    assert name.startswith("brp.zoek_met_postcode")
    assert len(persons) == len(next(iter(answer["data"].values())))
    assert BURGER_BSN in {person for _, person in persons}


async def test_a_failure_is_written_too(tmp_path: Path) -> None:
    async with accounted(tmp_path, Setup(answering=fails("brp"))) as at:
        await asked(at, PERSON, {"bsn": BURGER_BSN})

        assert at.persons() == [("brp.personen", BURGER_BSN)]
        assert [line.status for line in at.lines()] == [Status.ERROR]


async def test_who_was_not_found_was_asked_about(tmp_path: Path) -> None:
    async with accounted(tmp_path) as at:
        answer = await asked(at, PERSON, {"bsn": "999990019"})

        assert answer["data"] == {"persoon": None}
        assert at.persons() == [("brp.personen", "999990019")]


async def test_what_may_not_be_seen_was_not_done(tmp_path: Path) -> None:
    """No line for what was refused before anything was asked; the audit log has that."""
    async with accounted(tmp_path, Setup(labels=["adres.*"])) as at:
        await asked(at, PERSON, {"bsn": BURGER_BSN})

        assert at.lines() == []
        (line,) = at.audit()
        assert line["result"] == "gedeeltelijk"
        assert line["codes"] == ["NIET_GEAUTORISEERD"]


async def test_open_data_is_not_written(tmp_path: Path) -> None:
    query = "query ($a: NummeraanduidingId!) { adres(identificatie: $a) { korteNaam } }"
    async with accounted(tmp_path) as at:
        answer = await asked(at, query, {"a": HOME_NUMMERAANDUIDING})

        assert "errors" not in answer
        assert at.lines() == []


async def test_a_document_that_was_fetched(tmp_path: Path) -> None:
    query = "query ($uuid: Uuid!) { document(uuid: $uuid) { download } }"
    async with accounted(tmp_path) as at:
        answer = await asked(at, query, {"uuid": DRAWING_DOCUMENT})
        response = await at.running.client.get(
            answer["data"]["document"]["download"],
            headers={"authorization": f"Bearer {at.running.token}"},
        )

        assert response.status_code == 200
        assert [line.name for line in at.lines()][-1] == "documenten.documenten"
        asked_for, fetched = at.audit()
    assert (asked_for["action"], fetched["action"]) == ("vraag", "download")
    assert (asked_for["cause"], fetched["cause"]) == (None, asked_for["trace"])
    assert fetched["trace"] != asked_for["trace"]


async def test_a_document_that_a_citizen_fetched_is_about_them(tmp_path: Path) -> None:
    query = "{ mijn { zaken(first: 20) { edges { node { documenten { download } } } } } }"
    async with accounted(tmp_path, Setup(own_bsn=BURGER_BSN)) as at:
        answer = await asked(at, query, {})
        links = [
            document["download"]
            for edge in answer["data"]["mijn"]["zaken"]["edges"]
            for document in edge["node"]["documenten"] or ()
        ]
        response = await at.running.client.get(
            links[0], headers={"authorization": f"Bearer {at.running.token}"}
        )

        assert response.status_code == 200
        assert ("documenten.documenten", BURGER_BSN) in at.persons()


async def test_a_message_of_a_subscription_has_a_line_of_its_own(tmp_path: Path) -> None:
    """And what is refused of one."""
    chosen = processing(directory=tmp_path / "spool", audit=tmp_path / "audit.jsonl")
    setup = Setup(settings={"processing": chosen})
    async with served(setup) as app, app.joined() as client:
        await client.follow()
        await client.text()
        await app.notify()
        await client.text()
        await client.follow("2", query="subscription{niets}")
        await client.next()
        lines = [json.loads(line) for line in (tmp_path / "audit.jsonl").read_text().splitlines()]

    assert [(line["action"], line["result"]) for line in lines] == [
        ("abonnement", "gelukt"), ("abonnement", "gelukt"), ("abonnement", "geweigerd"),
    ]  # fmt: skip
    assert lines[0]["objects"] == ["Subscription.zaakGewijzigd"]


@pytest.mark.parametrize("fetching", [False, True])
async def test_the_audit_line_is_there_before_the_answer(tmp_path: Path, fetching: bool) -> None:
    """With the operating system, when the first of it leaves."""
    query = "query ($uuid: Uuid!) { document(uuid: $uuid) { download } }"
    seen: list[list[str]] = []
    async with accounted(tmp_path) as at:
        inner = at.running.gateway.asgi

        async def watching(scope: Any, receive: Any, send: Any) -> None:
            async def sending(message: Any) -> None:
                if message["type"] == "http.response.start":
                    seen.append([line["action"] for line in at.audit()])
                await send(message)

            await inner(scope, receive, sending)

        transport = httpx.ASGITransport(watching)
        headers = {"authorization": f"Bearer {at.running.token}"}
        async with httpx.AsyncClient(transport=transport, base_url="http://b.test") as client:
            body = {"query": query, "variables": {"uuid": DRAWING_DOCUMENT}}
            answer = (await client.post("/graphql", json=body, headers=headers)).json()
            if fetching:
                await client.get(answer["data"]["document"]["download"], headers=headers)

    assert seen == ([["vraag"], ["vraag", "download"]] if fetching else [["vraag"]])


async def test_without_an_audit_line_no_document_and_no_next_question(tmp_path: Path) -> None:
    """What was asked when it failed was written down in the log of processing, and is given."""
    query = "query ($uuid: Uuid!) { document(uuid: $uuid) { download } }"
    async with accounted(tmp_path) as at:
        headers = {"authorization": f"Bearer {at.running.token}"}
        answer = await asked(at, query, {"uuid": DRAWING_DOCUMENT})
        path = answer["data"]["document"]["download"]
        (tmp_path / "audit.jsonl").unlink()
        (tmp_path / "audit.jsonl").mkdir()
        fetched = await at.running.client.get(path, headers=headers)
        refused = await asked(at, PERSON, {"bsn": BURGER_BSN})
        (tmp_path / "audit.jsonl").rmdir()
        await asked(at, PERSON, {"bsn": BURGER_BSN})
        mended = await asked(at, PERSON, {"bsn": BURGER_BSN})

    assert (fetched.status_code, fetched.json()["code"]) == (503, "VERWERKING_NIET_VASTGELEGD")
    assert refused["errors"][0]["extensions"]["code"] == "VERWERKING_NIET_VASTGELEGD"
    assert "errors" not in mended


async def test_no_person_on_disk(tmp_path: Path) -> None:
    async with accounted(tmp_path) as at:
        await asked(at, PERSON, {"bsn": BURGER_BSN})
        assert at.running.gateway.recording.sending is not None
        assert await at.running.gateway.recording.sending.round()

        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert len(files) >= 4
        assert [path for path in files if BURGER_BSN.encode() in path.read_bytes()] == []


async def test_what_was_done_is_shown_to_the_person(tmp_path: Path) -> None:
    async with accounted(tmp_path) as at:
        await asked(at, PERSON, {"bsn": BURGER_BSN})
        recording = at.running.gateway.recording
        assert recording.sending is not None
        assert recording.verwerkingen is not None
        assert await recording.sending.round()
        own = await recording.verwerkingen.of("0999", BURGER_BSN, 10)
        other = await recording.verwerkingen.of("0999", PARTNER_BSN, 10)

    (one,) = own.items
    assert (one.handeling, one.bron, one.doelbinding) == ("brp.personen", "brp", "test")
    assert other.items == ()


async def test_the_audit_line(tmp_path: Path) -> None:
    """Who and what, joined with the log of processing by the trace; nothing of whom."""
    async with accounted(tmp_path) as at:
        await asked(at, f"query Wie{PERSON[5:]}", {"bsn": BURGER_BSN}, traceparent=TRACEPARENT)
        (line,) = at.audit()

    assert line["trace"] == "0af7651916cd43dd8448eb211c80319c"
    assert line["actor"]["subject"] == "u-17"
    assert line["actor"]["name"] == "T. Toetser"
    assert line["operation"] == "Wie"
    assert line["objects"] == ["Query.persoon"]
    assert line["labels"] == ["persoon.basis", "persoon.naam", "vraag.persoon-raadplegen"]
    assert line["purpose"] == "test"
    assert line["result"] == "gelukt"
    assert BURGER_BSN not in json.dumps(line)


async def test_a_citizen_is_not_named(tmp_path: Path) -> None:
    async with accounted(tmp_path, Setup(own_bsn=BURGER_BSN)) as at:
        await asked(at, "{ mijn { persoon { leeftijd } } }", {})
        (line,) = at.audit()

    assert line["objects"] == ["Mijn.persoon"]
    assert line["actor"] == {"subject": "u-17", "kind": "burger", "name": None, "services": []}


async def test_who_acts_for_somebody_else_is_named_with_what_they_may_act_for(
    tmp_path: Path,
) -> None:
    """The actor is who acts, the person concerned is whom it is about."""
    everything = Dienst("al", "Alles.", frozenset({"urn:al"}), facts().labels)
    mandate = {"bsn": BURGER_BSN, "diensten": ["urn:wmo", "urn:al"]}
    claims = {"soort": "gemachtigde", "sub": "v-3", "machtiging": mandate}
    async with accounted(tmp_path, Setup(diensten={"al": everything}, claims=claims)) as at:
        await asked(at, "{ mijn { persoon { naam { volledigeNaam } } } }", {})
        (line,) = at.audit()
        assert at.persons() == [("brp.personen", BURGER_BSN)]

    services = ["urn:al", "urn:wmo"]
    assert line["actor"] == {
        "subject": "v-3", "kind": "gemachtigde", "name": None, "services": services,
    }  # fmt: skip


# ---- before the answer --------------------------------------------------------------------------


async def test_no_answer_before_it_lasts(tmp_path: Path) -> None:
    """Neither personal data nor anything else of that operation leaves meanwhile."""
    trouble = Trouble()
    async with accounted(tmp_path, trouble=trouble) as at:
        trouble.held.clear()
        trouble.reached.clear()
        asking = asyncio.create_task(asked(at, PERSON, {"bsn": BURGER_BSN}))
        assert await asyncio.to_thread(trouble.reached.wait, 60)
        assert len(at.running.outdoors.calls) == 1
        done, _ = await asyncio.wait({asking}, timeout=0.05)
        assert not done
        trouble.held.set()
        answer = await asking

    assert "errors" not in answer


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
async def test_what_cannot_be_written_is_not_given(tmp_path: Path, number: int) -> None:
    """The first time it has been asked for; after that it is not even asked. Open data goes on, and
    all of it comes back.
    """
    trouble = Trouble()
    variables = {"bsn": BURGER_BSN, "adres": HOME_NUMMERAANDUIDING}
    async with accounted(tmp_path, trouble=trouble) as at:
        trouble.number = number
        answers = [await asked(at, BOTH, variables) for _ in range(2)]
        lines = [call.line.split()[0] for call in at.running.outdoors.calls]
        trouble.number = 0
        assert at.running.gateway.recording.sending is not None
        await at.running.gateway.recording.sending.round()
        mended = await asked(at, BOTH, variables)
        written = at.persons()

    for answer in answers:
        assert answer["data"]["persoon"] is None
        assert answer["data"]["adres"] is not None
        (error,) = answer["errors"]
        assert error["extensions"] == {
            "code": "VERWERKING_NIET_VASTGELEGD",
            "opnieuw": True,
            "bron": "brp",
        }
    assert lines.count("brp") == 1
    assert "errors" not in mended
    assert written == [("brp.personen", BURGER_BSN)]


async def test_nothing_of_a_person_below_open_data(tmp_path: Path) -> None:
    """What hangs under it is refused where it stands."""
    trouble = Trouble(number=0)
    query = """query ($a: NummeraanduidingId!) { adres(identificatie: $a) {
      korteNaam bewoners { naam { volledigeNaam } } } }"""
    async with accounted(tmp_path, trouble=trouble) as at:
        trouble.number = errno.ENOSPC
        answer = await asked(at, query, {"a": HOME_NUMMERAANDUIDING})

    assert answer["data"]["adres"]["korteNaam"]
    assert {error["extensions"]["code"] for error in answer["errors"]} == {
        "VERWERKING_NIET_VASTGELEGD"
    }
    assert "volledigeNaam" not in json.dumps(answer["data"])


async def test_no_document_either(tmp_path: Path) -> None:
    trouble = Trouble()
    query = "query ($uuid: Uuid!) { document(uuid: $uuid) { download } }"
    async with accounted(tmp_path, trouble=trouble) as at:
        answer = await asked(at, query, {"uuid": DRAWING_DOCUMENT})
        path = answer["data"]["document"]["download"]
        trouble.number = errno.ENOSPC
        bearer = {"authorization": f"Bearer {at.running.token}"}
        responses = [await at.running.client.get(path, headers=bearer) for _ in range(2)]
        asked_for = [c for c in at.running.outdoors.calls if c.path.endswith("/download")]

    assert [response.status_code for response in responses] == [503, 503]
    assert [response.json()["code"] for response in responses] == ["VERWERKING_NIET_VASTGELEGD"] * 2
    assert len(asked_for) == 1


async def test_who_cannot_be_held_to_account_gets_nothing(tmp_path: Path) -> None:
    """An audit log that cannot be written closes personal data as well, from the next question."""
    async with accounted(tmp_path) as at:
        (tmp_path / "audit.jsonl").mkdir()
        await asked(at, PERSON, {"bsn": BURGER_BSN})
        refused = await asked(at, PERSON, {"bsn": BURGER_BSN})
        (tmp_path / "audit.jsonl").rmdir()
        await asked(at, PERSON, {"bsn": BURGER_BSN})
        again = await asked(at, PERSON, {"bsn": BURGER_BSN})

    assert refused["errors"][0]["extensions"]["code"] == "VERWERKING_NIET_VASTGELEGD"
    assert "errors" not in again


# ---- at the start -------------------------------------------------------------------------------


async def test_no_personal_sources_without_a_place_to_write() -> None:
    with pytest.raises(ConfigurationError, match="BRONPOORT_PROCESSING__DIRECTORY"):
        gateway_for(NOWHERE, Outdoors(sandbox(), lambda call: None), Settings)


async def test_open_sources_need_none() -> None:
    setup = replace(NOWHERE, sources=("bag", "pdok"))
    outdoors = Outdoors(sandbox(), lambda call: None)
    gateway = gateway_for(setup, outdoors, Settings)
    async with gateway.running():
        with pytest.raises(ConfigurationError, match="BRONPOORT_PROCESSING__DIRECTORY"):
            gateway.replace(gateway_for(Setup(), outdoors).configuration)


async def test_a_directory_that_cannot_be_used(tmp_path: Path) -> None:
    """Said at the start, with the name of the setting."""
    (tmp_path / "spool").write_text("")

    with pytest.raises(ConfigurationError, match="BRONPOORT_PROCESSING__DIRECTORY"):
        async with accounted(tmp_path):
            pass
