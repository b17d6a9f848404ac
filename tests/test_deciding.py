"""A decision point outside: what it hears, what its answers do, and that without one nothing is."""

import asyncio
import dataclasses
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog.testing

from gateway.deciding import Remembered
from gateway.source.settings import DecisionSettings
from sandbox.showcase import BURGER_BSN, DRAWING_DOCUMENT
from tests.app import AUDIENCE, Call, Running, Setup, processing, running, token
from tests.edge.test_socket import told
from tests.subscribing import Source, served

pytestmark = pytest.mark.anyio

ADDRESS = "https://beslist.test/pdp"
PATH = "pdp/access/v1/evaluation"
PERSON = """query Wie($bsn: Bsn!) { persoon(burgerservicenummer: $bsn) {
  naam { voornamen } zaken(first: 2) { edges { node { identificatie } } } } }"""
PAND = 'query { pand(identificatie: "0999100000000001") { status } }'
FREE = "query($id: PandId!){ pand(identificatie: $id) { status } }"
NO = {
    "message": "Deze vraag mag met deze doelbinding niet worden gesteld.",
    "extensions": {"code": "NIET_GEAUTORISEERD", "opnieuw": False},
}
NOT_NOW = {
    "message": (
        "Of deze vraag mag worden gesteld, is nu niet vast te stellen. Probeer het later opnieuw."
    ),
    "extensions": {"code": "BESLISPUNT_NIET_BEREIKBAAR", "opnieuw": True},
}
Answering = Callable[[], httpx.Response]


def says(content: Any, status: int = 200) -> Answering:
    """What the decision point answers each time."""
    return lambda: httpx.Response(status, json=content)


YES, REFUSES = says({"decision": True}), says({"decision": False})


@dataclass(slots=True)
class Point:
    """A decision point at the boundary: it notes what it hears."""

    answer: Answering = YES
    heard: list[Call] = field(default_factory=list)

    def answering(self, call: Call) -> httpx.Response | None:
        """Its own calls; the sandbox has the others."""
        if not call.path.endswith("access/v1/evaluation"):
            return None
        self.heard.append(call)
        return self.answer()

    def setup(self, table: Mapping[str, Any] | None = None, **options: Any) -> Setup:
        """A municipality that has it."""
        table = {"address": ADDRESS, "timeout": 5, **(table or {})}
        return Setup(answering=self.answering, decision_point=table, **options)

    @property
    def bodies(self) -> list[Any]:
        """What it was asked."""
        return [call.body for call in self.heard]


def asked_of_sources(app: Running) -> list[str]:
    """What was asked of anybody else."""
    return [each.line for each in app.outdoors.calls if not each.path.endswith("/evaluation")]


# ---- what it hears ----------------------------------------------------------------------------


async def test_it_hears_what_is_read_and_where_arguments_come_from() -> None:
    """And no value: not of a variable, not of a token, not of a source."""
    point = Point()
    traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    claims = {"rollen": ["baliemedewerker"], "acr": "substantieel"}
    async with running(point.setup(claims=claims)) as app:
        answer = await app.client.post(
            "/graphql",
            json={"query": PERSON, "variables": {"bsn": "999900018"}},
            headers={"authorization": f"Bearer {app.token}", "traceparent": traceparent},
        )

    (call,) = point.heard
    trace = call.body["context"].pop("traceparent")
    document = hashlib.sha256(PERSON.encode()).hexdigest()
    fields = {
        "Query.persoon": ["vraag.persoon-raadplegen", "persoon.basis"],
        "Persoon.naam": ["persoon.naam"],
        "Persoon.zaken": ["persoon.zaken", "zaak.basis"],
        "Naam.voornamen": ["persoon.naam"],
        "Zaak.identificatie": ["zaak.basis"],
        "PersoonZaakConnection.edges": ["zaak.basis"],
        "PersoonZaakEdge.node": ["zaak.basis"],
    }
    assert "errors" not in answer.json()
    assert (call.method, call.path) == ("POST", PATH)
    assert call.headers["traceparent"] == trace
    assert trace.split("-")[1] == "4bf92f3577b34da6a3ce929d0e0e4736"
    assert trace.split("-")[2] != "00f067aa0ba902b7"
    assert call.body == {
        "subject": {
            "type": "medewerker",
            "id": "u-17",
            "properties": {
                "uitgever": "https://uitgever.test",
                "rollen": ["baliemedewerker"],
                "diensten": [],
                "betrouwbaarheid": "substantieel",
            },
        },
        "action": {
            "name": "raadplegen",
            "properties": {
                "processing_activity_id": "urn:oin:00000000000000000000:doelbinding:test"
            },
        },
        "resource": {
            "type": "operatie",
            "id": f"sha256:{document}",
            "properties": {"gemeente": "0999", "sha256": document, "geregistreerd": False},
        },
        "context": {
            "doelbinding": "test",
            "zaaktype": None,
            "velden": [{"veld": each, "labels": fields[each]} for each in sorted(fields)],
            "verbanden": ["Persoon.zaken", "Query.persoon"],
            "argumenten": [
                {
                    "veld": "Query.persoon",
                    "argument": "burgerservicenummer",
                    "herkomst": "variabele",
                },
                {"veld": "Persoon.zaken", "argument": "first", "herkomst": "letterlijk"},
                {
                    "veld": "Persoon.zaken",
                    "argument": "burgerservicenummer",
                    "herkomst": "object",
                },
            ],
        },
    }
    assert app.outdoors.calls[0].path == PATH


async def test_no_number_and_no_name_of_anybody_reaches_it() -> None:
    """Neither of whom it is about, nor of the citizen who asks."""
    point = Point()
    async with running(point.setup(own_bsn=BURGER_BSN, claims={"name": "Sanne"})) as app:
        await app.ask(PERSON, {"bsn": BURGER_BSN})

    written = json.dumps([dataclasses.asdict(call) for call in point.heard])
    assert len(point.heard) == 1
    assert point.bodies[0]["subject"]["type"] == "burger"
    assert BURGER_BSN not in written
    assert "Sanne" not in written
    assert AUDIENCE not in written
    assert app.token not in written


async def test_what_somebody_asks_about_themself_is_told_as_their_own() -> None:
    """Where they name nobody."""
    point = Point()
    async with running(point.setup(own_bsn=BURGER_BSN)) as app:
        answer = await app.ask("{ mijn { persoon { naam { voornamen } } } }")

    (body,) = point.bodies
    assert "errors" not in answer.json()
    assert body["context"]["argumenten"] == [
        {"veld": "Mijn.persoon", "argument": "burgerservicenummer", "herkomst": "eigen"}
    ]
    assert BURGER_BSN not in json.dumps(body)


async def test_a_search_is_told_as_one_and_parts_of_an_input_by_themselves() -> None:
    """What somebody filled in is not what stands in the document."""
    query = """query($zaaktype: Uuid!) {
      zaken(filter: {open: true, zaaktype: $zaaktype}, first: 1) { edges { node { uuid } } } }"""
    point = Point()
    async with running(point.setup()) as app:
        await app.ask(query, {"zaaktype": DRAWING_DOCUMENT})

    (body,) = point.bodies
    told = {each["argument"]: each["herkomst"] for each in body["context"]["argumenten"]}
    assert body["action"]["name"] == "zoeken"
    assert told == {
        "filter.open": "letterlijk",
        "filter.zaaktype": "variabele",
        "first": "letterlijk",
    }


async def test_only_what_may_be_seen_is_told() -> None:
    """A field that is refused is not read."""
    point = Point()
    labels = ["vraag.persoon-raadplegen", "persoon.basis", "persoon.naam"]
    async with running(point.setup(labels=labels)) as app:
        answer = (await app.ask(PERSON, {"bsn": "999900018"})).json()

    assert answer["errors"][0]["extensions"]["label"] == "persoon.zaken"
    assert point.bodies[0]["context"]["verbanden"] == ["Query.persoon"]


# ---- when it is asked -------------------------------------------------------------------------


async def test_a_no_is_a_refusal_and_asks_nothing() -> None:
    """Whatever it says beside it; as with any other refusal the caller hears no more."""
    reasons = {"reason": "buiten-kantoortijd", "reason_user": {"nl": "niet op zondag"}}
    point = Point(says({"decision": False, "context": reasons}))
    async with running(point.setup()) as app:
        answer = await app.ask(PERSON, {"bsn": "999900018"})
        plain = await app.client.post(
            "/graphql",
            json={"query": PERSON, "variables": {"bsn": "999900018"}},
            headers={"authorization": f"Bearer {app.token}"},
        )

    assert (answer.status_code, answer.json()) == (403, {"errors": [NO]})
    assert (plain.status_code, plain.json()) == (200, {"errors": [NO]})
    assert asked_of_sources(app) == []


async def test_what_is_kept_is_given_only_after_a_yes() -> None:
    """A whole answer, and an answer of a source: a hit proves nothing."""
    point = Point()
    async with running(point.setup()) as app:
        await app.ask(FREE, {"id": "0999100000000001"})
        again = await app.ask(FREE, {"id": "0999100000000001"})
        point.answer = REFUSES
        refused = await app.ask(FREE, {"id": "0999100000000001"})
        other = await app.ask(PAND)

    assert again.json()["data"]["pand"] is not None
    assert (refused.status_code, refused.json()) == (403, {"errors": [NO]})
    assert other.json() == {"errors": [NO]}
    assert len(point.heard) == 4
    assert asked_of_sources(app) == ["bag GET panden/0999100000000001"]


async def test_equal_questions_at_one_moment_are_each_decided() -> None:
    """Of one caller, who is then given one answer, and of two."""
    point = Point()
    bearers = [token(), token(), token(sub="u-18")]
    async with running(point.setup()) as app:
        answers = await asyncio.gather(
            *(
                app.client.post(
                    "/graphql",
                    json={"query": PERSON, "variables": {"bsn": "999900018"}},
                    headers={"authorization": f"Bearer {bearer}"},
                )
                for bearer in bearers
            )
        )

    assert all("errors" not in each.json() for each in answers)
    assert sorted(body["subject"]["id"] for body in point.bodies) == ["u-17", "u-17", "u-18"]
    assert asked_of_sources(app).count("brp POST personen") == 2


async def test_it_decides_for_each_by_who_it_is() -> None:
    """The one is given what the other is refused, though the same is asked at once."""
    point = Point()
    point.answer = lambda: httpx.Response(
        200, json={"decision": point.bodies[-1]["subject"]["id"] == "u-17"}
    )
    async with running(point.setup()) as app:
        answers = await asyncio.gather(
            *(
                app.client.post(
                    "/graphql",
                    json={"query": FREE, "variables": {"id": "0999100000000001"}},
                    headers={"authorization": f"Bearer {token(sub=sub)}"},
                )
                for sub in ("u-17", "u-18")
            )
        )

    assert [("data" in each.json()) for each in answers] == [True, False]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("query { nergens }", "VALIDATIE"),
        ("query($bsn: Bsn!) { persoon(burgerservicenummer: $bsn) { leeftijd } }", "INVOER"),
    ],
)
async def test_it_is_not_troubled_with_what_is_refused_anyhow(query: str, code: str) -> None:
    """Planning comes first."""
    point = Point()
    async with running(point.setup()) as app:
        answer = (await app.ask(query, {"bsn": "123"})).json()

    assert [each["extensions"]["code"] for each in answer["errors"]] == [code]
    assert point.heard == []


async def test_an_explanation_needs_no_decision() -> None:
    """Nothing is read for it."""
    point = Point(REFUSES)
    async with running(point.setup()) as app:
        answer = (await app.ask(PERSON, {"bsn": "999900018"}, uitleg=True)).json()

    assert "uitleg" in answer["extensions"]
    assert point.heard == []


# ---- no answer --------------------------------------------------------------------------------


def raises(error: Exception) -> Answering:
    """Instead of an answer."""

    def answer() -> httpx.Response:
        raise error

    return answer


UNUSABLE: Mapping[str, Answering] = {
    "no connection": raises(httpx.ConnectError("nee")),
    "no time": raises(httpx.ReadTimeout("nee")),
    "broken off": raises(httpx.RemoteProtocolError("nee")),
    "500": says({"decision": True}, 500),
    "503": says({"decision": True}, 503),
    "401": says({"decision": True}, 401),
    "404": says({"decision": True}, 404),
    "429": says({"decision": True}, 429),
    "204": lambda: httpx.Response(204),
    "redirect": lambda: httpx.Response(302, headers={"location": "https://kwaad.test/"}),
    "redirect that stays": lambda: httpx.Response(308, headers={"location": f"{ADDRESS}/anders"}),
    "a page": lambda: httpx.Response(200, html="<p>true</p>"),
    "text": lambda: httpx.Response(200, text='{"decision": true}'),
    "broken": lambda: httpx.Response(
        200, content=b'{"decision": true', headers={"content-type": "application/json"}
    ),
    "compressed": lambda: httpx.Response(
        200,
        stream=httpx.ByteStream(b"x"),
        headers={"content-type": "application/json", "content-encoding": "gzip"},
    ),
    "too large": says({"decision": True, "context": {"x": "x" * 70_000}}),
    "empty": says({}),
    "a list": says([{"decision": True}]),
    "a word": says({"decision": "true"}),
    "a number": says({"decision": 1}),
    "null": says({"decision": None}),
    "true alone": says(True),
    "the batch form": says({"evaluations": [{"decision": True}]}),
    "a yes with obligations": says({"decision": True, "context": {"obligations": [{"id": "x"}]}}),
}


@pytest.mark.parametrize("name", UNUSABLE)
async def test_without_a_usable_answer_nothing_is_done(name: str) -> None:
    """Nothing is asked of a source, nothing kept is given, and the caller may try again later."""
    point = Point()
    async with running(point.setup()) as app:
        await app.ask(FREE, {"id": "0999100000000001"})
        app.outdoors.calls.clear()
        point.answer = UNUSABLE[name]
        answer = await app.ask(FREE, {"id": "0999100000000001"})

    assert (answer.status_code, answer.json()) == (503, {"errors": [NOT_NOW]})
    assert answer.headers["retry-after"] == "2"
    assert asked_of_sources(app) == []
    assert {call.path for call in app.outdoors.calls} == {PATH}


async def test_a_client_of_plain_json_also_sees_that_it_is_not_its_question() -> None:
    """The status holds for every media type, as of other things that pass."""
    point = Point(UNUSABLE["500"])
    async with running(point.setup()) as app:
        answer = await app.client.post(
            "/graphql",
            json={"query": FREE, "variables": {"id": "0999100000000001"}},
            headers={"authorization": f"Bearer {app.token}"},
        )

    assert (answer.status_code, answer.json()) == (503, {"errors": [NOT_NOW]})


async def test_one_that_fails_again_and_again_is_left_alone() -> None:
    """A circuit breaker, as a source has; closed it stays all the same."""
    point = Point(UNUSABLE["500"])
    async with running(point.setup()) as app:
        answers = [await app.ask(FREE, {"id": "0999100000000001"}) for _ in range(15)]

    assert {each.status_code for each in answers} == {503}
    assert len(point.heard) == 10
    assert asked_of_sources(app) == []


# ---- remembering ------------------------------------------------------------------------------


async def test_a_yes_is_remembered_only_if_the_file_says_so() -> None:
    """For the very same: another caller, purpose of reading or text is asked for itself."""
    point = Point()
    async with running(point.setup({"bewaren": 60})) as app:
        for bearer in (token(), token(), token(sub="u-18"), token(rollen=["a"]), token()):
            await app.client.post(
                "/graphql",
                json={"query": FREE, "variables": {"id": "0999100000000001"}},
                headers={"authorization": f"Bearer {bearer}"},
            )
        await app.ask(FREE + " ", {"id": "0999100000000001"})

    asked = [(body["subject"]["id"], body["subject"]["properties"]) for body in point.bodies]
    assert [name for name, _ in asked] == ["u-17", "u-18", "u-17", "u-17"]
    assert asked[2][1]["rollen"] == ["a"]


async def test_a_no_is_never_remembered() -> None:
    point = Point(REFUSES)
    async with running(point.setup({"bewaren": 60})) as app:
        refused = await app.ask(PAND)
        point.answer = YES
        given = await app.ask(PAND)

    assert (refused.status_code, given.status_code) == (403, 200)
    assert len(point.heard) == 2


def test_a_yes_is_remembered_for_as_long_as_the_file_says() -> None:
    clock = [0.0]
    known = Remembered(30, lambda: clock[0])
    known.note(b"een")
    seen = []
    for moment in (29.9, 30.1):
        clock[0] = moment
        seen.append((known.has(b"een"), known.has(b"ander")))
    never = Remembered(0, lambda: clock[0])
    never.note(b"een")

    assert seen == [(True, False), (False, False)]
    assert not never.has(b"een")


# ---- files and subscriptions ------------------------------------------------------------------

LINK = "query ($uuid: Uuid!) { document(uuid: $uuid) { download } }"


async def fetched(app: Running, path: str) -> httpx.Response:
    """What is behind a link."""
    return await app.client.get(path, headers={"authorization": f"Bearer {app.token}"})


async def test_a_file_is_decided_on_when_it_is_fetched() -> None:
    """Refused, it is as a link that is not there; undecided, it may come later."""
    point = Point()
    async with running(point.setup()) as app:
        made = (await app.ask(LINK, {"uuid": DRAWING_DOCUMENT})).json()
        path = made["data"]["document"]["download"]
        point.heard.clear()
        app.outdoors.calls.clear()
        point.answer = REFUSES
        refused = await fetched(app, path)
        unknown = await fetched(app, "/documenten/" + "A" * 200)
        point.answer = UNUSABLE["500"]
        undecided = await fetched(app, path)
        before = asked_of_sources(app)
        point.answer = YES
        given = await fetched(app, path)

    body = point.bodies[0]
    assert (refused.status_code, refused.content) == (404, unknown.content)
    assert (undecided.status_code, undecided.json()["code"]) == (503, "BESLISPUNT_NIET_BEREIKBAAR")
    assert undecided.headers["retry-after"] == "2"
    assert before == []
    assert (given.status_code, len(given.content)) == (200, 2_500_000)
    assert body["action"]["name"] == "downloaden"
    assert body["resource"] == {
        "type": "download",
        "id": "documenten",
        "properties": {"gemeente": "0999", "sha256": None, "geregistreerd": False},
    }
    assert body["context"]["velden"] == [
        {"veld": "Document.download", "labels": ["document.inhoud"]}
    ]
    assert DRAWING_DOCUMENT not in json.dumps(point.bodies)


@dataclass(slots=True)
class Followed(Source):
    """A zaak that changes, and a decision point."""

    point: Point = field(default_factory=Point)

    def answering(self, call: Call) -> httpx.Response | None:
        """Of both."""
        return self.point.answering(call) or Source.answering(self, call)


async def test_a_subscription_is_decided_on_at_each_message() -> None:
    """A no ends it; the zaak is not asked for then."""
    source = Followed()
    setup = source.point.setup()
    async with served(setup, source) as app, app.joined() as client:
        await client.follow()
        first = await client.text()
        asked = source.asked
        source.point.answer = REFUSES
        await app.notify()
        second = told(await client.next())

    assert first == "eerste"
    assert second == ("error", "1", ["NIET_GEAUTORISEERD"])
    assert [body["action"]["name"] for body in source.point.bodies] == ["volgen", "volgen"]
    assert source.asked == asked


# ---- the account of it ------------------------------------------------------------------------


async def test_decisions_are_logged_and_audited(tmp_path: Path) -> None:
    """What was decided of which text and for which purpose, and nothing that is personal."""
    point = Point()
    audit = tmp_path / "audit.jsonl"
    answers = [
        YES,
        says({"decision": False, "context": {"reason": "te-laat", "reason_user": "999900018"}}),
        says({"decision": False, "context": {"reason": "geen zin, 999900018"}}),
        UNUSABLE["500"],
    ]
    settings = {"processing": processing(audit=audit)}
    async with running(point.setup(settings=settings)) as app:
        with structlog.testing.capture_logs() as logged:
            for each in answers:
                point.answer = each
                await app.ask(PERSON, {"bsn": "999900018"})

    document = hashlib.sha256(PERSON.encode()).hexdigest()
    events = [each for each in logged if each["event"] == "beslissing"]
    lines = [json.loads(line) for line in audit.read_text().splitlines()]
    decided = [each for each in lines if each["action"] == "beslissing"]
    assert [(each["outcome"], each["reason"]) for each in events] == [
        ("toegestaan", None),
        ("geweigerd", "te-laat"),
        ("geweigerd", None),
        ("niet beslist", "status 500"),
    ]
    assert [each["log_level"] for each in events] == ["info", "info", "info", "warning"]
    assert {(e["tenant"], e["purpose"], e["document"], e["kind"]) for e in events} == {
        ("0999", "test", document, "raadplegen")
    }
    assert all(each["duration_ms"] >= 0 and not each["remembered"] for each in events)
    assert [each["result"] for each in decided] == ["gelukt", "geweigerd", "geweigerd", "mislukt"]
    assert {each["document"] for each in decided} == {document}
    assert {each["actor"]["subject"] for each in decided} == {"u-17"}
    assert len({each["trace"] for each in lines}) == 4
    assert "999900018" not in json.dumps([logged, lines], default=str)


# ---- the file ---------------------------------------------------------------------------------


async def test_it_hears_who_we_are() -> None:
    """Credentials as a source has them."""
    point = Point()
    chosen = {"soort": "api-key", "header": "X-Sleutel", "waarde": "env:BRP"}
    async with running(point.setup({"credentials": chosen, "headers": {"x-a": "b"}})) as app:
        await app.ask(PAND)

    (call,) = point.heard
    assert (call.headers["x-sleutel"], call.headers["x-a"]) == ("sandbox-brp", "b")
    assert call.headers["content-type"] == "application/json; charset=utf-8"
    assert "cookie" not in call.headers


def test_it_is_reached_as_a_source_is() -> None:
    """With its own patience, which is short."""
    made = DecisionSettings(address="https://beslist.test").reached()

    assert (made.timeout, made.parallel, made.max_bytes) == (1.0, 50, 64_000)
    assert (made.dialect, made.quota, made.canonical) == ({}, None, ())
