"""No person, name, token or address of a source in any log, trace, address, error or cache key.

One run of the real process, over the real sandbox behind an aviary, with a real Valkey: whatever
can be asked of it, well and badly, while its sources are well and while they repeat what they were
told. All that it wrote, told or kept is then searched for the canaries.
"""

import asyncio
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from gateway.auth.demo import PERSONAS, whose_numbers
from gateway.demo import WHOSE
from gateway.observe.betrokkene import Betrokkenen, read_keys
from gateway.observe.verwerking import SUBJECT
from sandbox.examples import examples
from sandbox.showcase import (
    BURGER_BSN,
    DRAWING_DOCUMENT,
    GRANDMOTHER_BSN,
    PARTNER_BSN,
    PERMIT_ZAAK,
)
from tests.auth import signing
from tests.paths import ROOT
from tests.security.canary import (
    BEARER,
    BSNS,
    CITIZEN,
    EMPLOYEE,
    MODES,
    NAMES,
    PERSONAL,
    Aviary,
    persons_in,
    secrets_in,
    serving,
    texts_in,
    watched,
)
from tests.served import SECRETS, configured, environment, free_port, registries, until
from tests.valkey import PASSWORD, Valkey, valkey

pytestmark = pytest.mark.slow

KEYS = f"2026:{'A' * 43}="
INDEX = "een geheim dat lang genoeg is voor een index"
MASTER = "kanarie-hoofdsleutel-van-minstens-32-tekens"
NAMING = "kanarie-geheim-van-sleutelnamen-van-32-tekens"
LINKS = "kanarie-geheim-voor-links-van-minstens-32-tekens"
REFS = "kanarie-geheim-voor-verwijzingen-van-32-tekens"
COLLECTOR = "Bearer kanarie-token-van-het-logboek"
KEPT = """
[cache.persoonsgegevens]
seconden = 120
reden = "Zo wordt ook doorzocht wat van personen bewaard wordt."
"""
PERSON = "query($bsn: Bsn!){persoon(burgerservicenummer: $bsn){persoonRef naam{volledigeNaam}}}"
MINE = "{mijn{persoon{persoonRef naam{volledigeNaam}}}}"
SEEN = "{mijn{verwerkingen(first: 100){edges{node{tijdstip handeling bron waarvoor}}}}}"
SEARCH = """query($naam: Zoektekst!){zoekPersonenMetGeslachtsnaamEnGeboortedatum(
  geslachtsnaam: $naam, geboortedatum: "1985-03-04"){naam{volledigeNaam}}}"""
KLANT = """query($bsn: Bsn!){partijVanPersoon(bsn: $bsn){naam}
  klantcontactenVanPersoon(bsn: $bsn, first: 1){totalCount}
  productenVanPersoon(bsn: $bsn, first: 1){totalCount}
  zakenVanPersoon(bsn: $bsn, first: 5){edges{node{omschrijving toelichting documenten{titel}}}}}"""
DOCUMENT = "query($uuid: Uuid!){document(uuid: $uuid){titel download}}"
FOLLOW = "subscription($uuid: Uuid!){zaakGewijzigd(uuid: $uuid){omschrijving toelichting}}"
CARRIED = f"00-{BURGER_BSN:0>32}-{BURGER_BSN:0>16}-01"


@dataclass(slots=True)
class Trail:
    """What the run left, by place; and what it showed where that may be."""

    port: int
    upstream: str = ""
    places: dict[str, bytearray] = field(default_factory=dict)
    shown: bytearray = field(default_factory=bytearray)
    tokens: set[str] = field(default_factory=set)
    statuses: list[int] = field(default_factory=list)
    aviary: Aviary = field(init=False)

    def leave(self, place: str, content: bytes | str) -> None:
        """Note what was found in a place."""
        found = content.encode("utf-8", "replace") if isinstance(content, str) else content
        self.places.setdefault(place, bytearray()).extend(found + b"\n")

    def told(self, response: httpx.Response) -> Any:
        """Note an answer: its data is where persons may be, all else of it is not."""
        self.statuses.append(response.status_code)
        self.leave("headers of answers", repr(response.headers.multi_items()))
        try:
            body = response.json()
        except ValueError:
            return None
        if isinstance(body, dict):
            self.shown += json.dumps(body.pop("data", None)).encode() + b"\n"
        self.leave("errors", json.dumps(body))
        return body

    @property
    def secrets(self) -> Mapping[str, str]:
        """What may stand nowhere at all: by what it is."""
        return {
            **SECRETS,
            "password of valkey": PASSWORD,
            "master key": MASTER,
            "naming": NAMING,
            "links": LINKS,
            "references": REFS,
            "collector": COLLECTOR,
            "key of subjects": KEYS,
            "index": INDEX,
            "source": self.upstream.removeprefix("http://"),
            "bearer": BEARER,
            **{f"token {each[-12:]}": each.rpartition(".")[2] for each in self.tokens},
        }


# ---- the run ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def trail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trail]:
    """The whole run."""
    folder = tmp_path_factory.mktemp("kanarie")
    made = Trail(free_port())
    with valkey() as server, watched(server) as monitored, registries(_aviary(made)) as sources:
        made.upstream = sources.address
        config = folder / "config"
        config.mkdir()
        _configured(config, sources.address)
        variables = _variables(folder, server, made)
        output = folder / "uitvoer"
        with serving(("serve", "--config", str(config)), variables, output) as process:
            until(lambda: _ready(made.port))
            asyncio.run(_asked(made, config))
            _commands(made, config, variables, folder)
            made.leave("disk", b"".join(map(Path.read_bytes, _files(folder / "spool"))))
            made.aviary.collecting = True
            process.send_signal(signal.SIGTERM)
            code = process.wait(60)
        written = output.read_bytes()
        assert code == 0, written
        made.leave("log", written)
        made.leave("redis", bytes(monitored))
        made.leave("disk", b"".join(map(Path.read_bytes, _files(folder / "spool"))))
        made.leave("audit", (folder / "audit.jsonl").read_bytes())
        for export in made.aviary.exports:
            made.leave("traces", export)
        for each in made.aviary.asked:
            made.leave("addresses", f"{each.path}?{'' if _may_name(each.path) else each.query}")
        yield made


def _ready(port: int) -> bool:
    with suppress(httpx.TransportError):
        address = f"http://127.0.0.1:{port}/readyz"
        return httpx.get(address, trust_env=False, timeout=5).status_code == 200
    return False


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _aviary(trail: Trail) -> Any:
    def around(app: Any) -> Any:
        trail.aviary = Aviary(app)
        return trail.aviary

    return around


def _may_name(path: str) -> bool:
    """Whether this registry knows no other way to ask for a person than a query (decision 14)."""
    return path.startswith(("/klantinteracties/", "/producten/"))


def _configured(config: Path, address: str) -> None:
    configured(config, address)
    file = config / "0999.toml"
    file.write_text(file.read_text(encoding="utf-8") + KEPT, encoding="utf-8")
    issuers = config / "issuers.toml"
    text = issuers.read_text(encoding="utf-8")
    kinds = 'kinds = ["medewerker", "systeem", "burger", "bedrijf", "gemachtigde"]'
    issuers.write_text(text.replace('kinds = ["medewerker"]', kinds), encoding="utf-8")


def _variables(folder: Path, server: Valkey, trail: Trail) -> dict[str, str]:
    return environment(
        BRONPOORT_PORT=str(trail.port),
        BRONPOORT_LOG_LEVEL="debug",
        BRONPOORT_CACHE__REDIS_URL=server.url,
        BRONPOORT_CACHE__SECRET=NAMING,
        BRONPOORT_CACHE__MASTER_KEYS="een:env:HOOFDSLEUTEL",
        HOOFDSLEUTEL=MASTER,
        BRONPOORT_DOWNLOAD__KEY=LINKS,
        BRONPOORT_PERSON_REF__KEYS=REFS,
        BRONPOORT_PROCESSING__DIRECTORY=str(folder / "spool"),
        BRONPOORT_PROCESSING__AUDIT=str(folder / "audit.jsonl"),
        BRONPOORT_PROCESSING__KEYS=KEYS,
        BRONPOORT_PROCESSING__INDEX_KEY=INDEX,
        BRONPOORT_PROCESSING__COLLECTOR=trail.upstream,
        BRONPOORT_PROCESSING__COLLECTOR_TOKEN=COLLECTOR,
    )


class Visitor:
    """A front end, with a token for each persona; every answer leaves its trail."""

    def __init__(self, trail: Trail, client: httpx.AsyncClient) -> None:
        self.trail = trail
        self.client = client
        self._number = 0

    def token(self, code: str = "kcc", **changes: Any) -> str:
        """A new token of this persona, each of another user: so nobody asks about too many."""
        persona = next(each for each in PERSONAS if each.code == code)
        self._number += 1
        now = int(time.time())
        whose = whose_numbers(persona.kind, WHOSE)
        claims = signing.claims(
            **{
                "sub": f"u-{self._number}",
                "name": CITIZEN if persona.kind.closed else EMPLOYEE,
                "doelbinding": persona.purpose,
                "soort": persona.kind.value,
                "iat": now,
                "exp": now + 600,
                **persona.claims,
                **whose,
                **changes,
            }
        )
        made = signing.token(claims)
        self.trail.tokens.add(made)
        return made

    async def ask(
        self, query: str, variables: Any = None, code: str = "kcc", **headers: str
    ) -> dict[str, Any]:
        """The data of an answer to a good question."""
        given = {"authorization": f"Bearer {self.token(code)}", **headers}
        body = {"query": query, "variables": variables or {}, "extensions": {"herkomst": True}}
        response = await self.client.post("/graphql", json=body, headers=given)
        data = response.json().get("data") or {}
        self.trail.told(response)
        return dict(data)

    async def send(self, method: str, path: str, content: Any = None, **headers: str) -> None:
        """Anything at all; a header given as "" is left out."""
        given = {
            "authorization": f"Bearer {self.token()}",
            "content-type": "application/json",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        sent = {name: value for name, value in given.items() if value}
        text = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.trail.told(await self.client.request(method, path, content=text, headers=sent))


async def _asked(trail: Trail, config: Path) -> None:
    address = f"http://127.0.0.1:{trail.port}"
    async with httpx.AsyncClient(base_url=address, trust_env=False, timeout=30) as client:
        visitor = Visitor(trail, client)
        await _well(visitor)
        await _badly(visitor)
        await _followed(visitor)
        await _notified(visitor)
        for trail.aviary.mode in MODES:
            await _falsely(visitor)
        trail.aviary.mode = ""
        await _too_many(visitor)
        await _reloaded(visitor, config)


async def _well(visitor: Visitor) -> None:
    """Everything that there is to ask, twice, so that it is kept and given again."""
    for example in [*examples(), *examples()]:
        await visitor.ask(example.query, example.variabelen, example.persona)
    for name in (NAMES["geslachtsnaam"], "Weidevinder"):
        await visitor.ask(SEARCH, {"naam": name})
    await visitor.ask(KLANT, {"bsn": BURGER_BSN})
    for code in ("burger", "gemachtigde"):
        await visitor.ask(MINE, {}, code)
    await visitor.ask(SEEN, {}, "burger")
    token = visitor.token()
    same = {"authorization": f"Bearer {token}"}
    found = await visitor.ask(PERSON, {"bsn": BURGER_BSN}, **same)
    await visitor.ask(PERSON, {"bsn": found["persoon"]["persoonRef"]}, **same)
    visitor.trail.tokens.add(found["persoon"]["persoonRef"])
    document = await visitor.ask(DOCUMENT, {"uuid": DRAWING_DOCUMENT}, **same)
    link = document["document"]["download"]
    visitor.trail.tokens.add(link.rpartition("/")[2])
    for path in (link, link[:-3], f"/documenten/{BURGER_BSN}"):
        response = await visitor.client.get(path, headers=same)
        visitor.trail.told(response)


async def _badly(visitor: Visitor) -> None:
    """The number of a person, in every place where it does not belong."""
    bsn, name = BURGER_BSN, NAMES["geslachtsnaam"]
    good = {"query": PERSON, "variables": {"bsn": bsn}}
    for body in (
        {**good, "operationName": bsn},
        {**good, "operationName": f"P{bsn}"},
        {**good, "variables": {"bsn": bsn, bsn: bsn}},
        {**good, "variables": {"bsn": [bsn, name]}},
        {**good, "variables": {"bsn": f"{bsn} {name}"}},
        {**good, "variables": {bsn: {"naam": name}}},
        {**good, "variables": bsn},
        {**good, "extensions": {bsn: bsn, "strikt": bsn}},
        {**good, "extensions": {"persistedQuery": {"version": 1, "sha256Hash": bsn}}},
        {**good, "documentId": bsn},
        {**good, "documentId": f"sha256:{bsn}"},
        {"documentId": f"q-{bsn}"},
        {**good, bsn: bsn},
        {"query": PERSON.replace("$bsn)", f'"{bsn}")')},
        {"query": f"{{persoon{bsn}(naam: {name}){{naam}}}}"},
        {"query": f'{{persoon(bsn: "{bsn}"){{{name}}}}}'},
        {"query": f"query P{bsn} {{ _{bsn}: persoon{name} }}"},
        {"query": f"query P{bsn}{PERSON[5:]}", "variables": {"bsn": bsn}},
        {"query": f"query($v{bsn}: Bsn!){{persoon(burgerservicenummer: $v{bsn}){{leeftijd}}}}"},
        {"query": f"{{ ...F{bsn} }} fragment F{bsn} on Query {{ __typename }}"},
        {"query": f"{{ __typename @d{bsn} }}"},
        {"query": f"# {bsn} {name}\n{{ {name} "},
        {"query": f'{{ __type(name: "{bsn}") {{ name }} }}'},
        [good],
        bsn,
        {"query": [bsn]},
    ):
        await visitor.send("POST", "/graphql", body)
    for content in (f'{{"query": "{bsn} {name}'.encode(), b"\xff" + bsn.encode(), bsn.encode()):
        await visitor.send("POST", "/graphql", content)
    for method, path in (
        ("GET", f"/graphql?query={bsn}&bsn={bsn}"),
        ("PUT", f"/graphql/{bsn}"),
        ("POST", f"/graphql?bsn={bsn}"),
        ("GET", f"/{bsn}/{name}"),
        ("DELETE", f"/documenten/{bsn}?bsn={bsn}"),
        ("POST", f"/notificaties/{bsn}"),
        ("GET", f"/readyz?bsn={bsn}"),
        ("GET", f"/graphql/%2e%2e/{bsn}%0d%0aX-Bsn:{bsn}"),
    ):
        await visitor.send(method, path, good)
    for headers in (
        {"traceparent": CARRIED, "tracestate": f"bsn={bsn}", "baggage": f"bsn={bsn},naam={name}"},
        {"traceparent": f"00-abcdef{bsn}abcdef{bsn}ab-abc{bsn}abcd-01"},
        {"traceparent": f"{bsn}"},
        {"cookie": f"bsn={bsn}; naam={name}"},
        {"accept": f"application/{bsn}"},
        {"content_type": f"application/{bsn}"},
        {"content_encoding": bsn},
        {"user_agent": f"{name}/{bsn}", "referer": f"https://portaal.example/?bsn={bsn}"},
        {"origin": f"https://{bsn}.example"},
        {"bronpoort_doelbinding": bsn},
        {"bronpoort_strikt": bsn},
        {"x_request_id": bsn, "x_correlation_id": bsn, "forwarded": f'for="{bsn}"'},
        {"x_forwarded_for": bsn, "x_forwarded_proto": name},
        {"authorization": f"Bearer {bsn}"},
        {"authorization": f"Bearer {BEARER}"},
        {"authorization": f"Basic {BEARER}"},
        {"authorization": ""},
        {"authorization": f"Bearer {visitor.token(gemeente=bsn)}"},
        {"authorization": f"Bearer {visitor.token(doelbinding=[bsn, name])}"},
        {"authorization": f"Bearer {visitor.token(soort=bsn)}"},
        {"authorization": f"Bearer {visitor.token(sub=bsn, azp=bsn, jti=bsn)}"},
        {"authorization": f"Bearer {visitor.token(iss=f'https://{bsn}.example')}"},
        {"authorization": f"Bearer {visitor.token('burger', bsn='999900019')}"},
        {"authorization": f"Bearer {visitor.token('burger', sub=bsn)}"},
        {"authorization": f"Bearer {visitor.token(exp=1)}"},
    ):
        await visitor.send("POST", "/graphql", good, **headers)


async def _falsely(visitor: Visitor) -> None:
    """While the sources repeat what they were told. Each of another user: nothing was kept."""
    for code in ("burger", "gemachtigde"):
        await visitor.ask(MINE, {}, code)
    await visitor.ask(PERSON, {"bsn": BURGER_BSN})
    await visitor.ask(SEARCH, {"naam": NAMES["geslachtsnaam"]})
    await visitor.ask(KLANT, {"bsn": PARTNER_BSN})
    await visitor.ask(DOCUMENT, {"uuid": DRAWING_DOCUMENT})
    for example in examples():
        await visitor.ask(example.query, example.variabelen, example.persona)


async def _too_many(visitor: Visitor) -> None:
    """Of one user, whose minute is full: the alarm names nobody."""
    token = visitor.token()
    for start in range(0, 80, 20):
        many = sorted(BSNS)[start : start + 20]
        query = "query($n: [Bsn!]!){personen(burgerservicenummers: $n){leeftijd}}"
        await visitor.ask(query, {"n": many}, authorization=f"Bearer {token}")


async def _followed(visitor: Visitor) -> None:
    """Over both protocols: what is followed, what is refused, and who is not let in."""
    address = f"ws://127.0.0.1:{visitor.trail.port}/graphql"
    for bearer in (visitor.token(), BEARER):
        protocol = [Subprotocol("graphql-transport-ws")]
        async with connect(address, subprotocols=protocol, proxy=None) as socket:
            await socket.send(_message("connection_init", {"Authorization": f"Bearer {bearer}"}))
            for number, payload in enumerate(
                (
                    {"query": FOLLOW, "variables": {"uuid": PERMIT_ZAAK}},
                    {"query": FOLLOW, "variables": {"uuid": BURGER_BSN}},
                    {"query": FOLLOW, "variables": {BURGER_BSN: NAMES["geslachtsnaam"]}},
                    {"query": f"subscription S{BURGER_BSN} {{ zaak{BURGER_BSN} }}"},
                )
            ):
                id = f"{BURGER_BSN}-{number}"
                await socket.send(_message("subscribe", payload, id=id))
            with suppress(ConnectionClosed):
                async for message in socket:
                    _note(visitor.trail, json.loads(message))
                    if json.loads(message).get("id", "").endswith("-3"):
                        await socket.send(f"{BURGER_BSN} {NAMES['geslachtsnaam']}")
            await socket.wait_closed()
            visitor.trail.leave("errors", f"{socket.close_reason}")
    headers = {"authorization": f"Bearer {visitor.token()}", "accept": "text/event-stream"}
    for uuid in (PERMIT_ZAAK, BURGER_BSN):
        body = {"query": FOLLOW, "variables": {"uuid": uuid}}
        async with visitor.client.stream(
            "POST", f"/graphql?bsn={BURGER_BSN}", json=body, headers=headers
        ) as stream:
            async for line in stream.aiter_lines():
                if line.startswith("data:") and len(line) > len("data: "):
                    _note(visitor.trail, {"payload": json.loads(line.removeprefix("data:"))})
                    break


def _message(kind: str, payload: Any, **more: str) -> str:
    return json.dumps({"type": kind, "payload": payload, **more})


def _note(trail: Trail, message: dict[str, Any]) -> None:
    """The id of a message is the client's own, and comes back as it was given."""
    payload = message.get("payload")
    if isinstance(payload, dict):
        trail.shown += json.dumps(payload.pop("data", None)).encode()
    trail.leave("errors", json.dumps(payload))


async def _notified(visitor: Visitor) -> None:
    """What a Notificaties API may say, and what somebody else says."""
    zaak = f"{visitor.trail.upstream}/zaken/api/v1/zaken/{PERMIT_ZAAK}"
    good = {
        "kanaal": "zaken",
        "hoofdObject": zaak,
        "resource": "zaak",
        "resourceUrl": zaak,
        "actie": "update",
        "aanmaakdatum": "2026-03-01T12:00:00Z",
        "kenmerken": {"bsn": BURGER_BSN, BURGER_BSN: NAMES["geslachtsnaam"]},
    }
    secret = f"Bearer {SECRETS['SANDBOX_NOTIFICATIES']}"
    for changes in (
        {},
        {"hoofdObject": f"http://{BURGER_BSN}.example/{BURGER_BSN}"},
        {"kanaal": BURGER_BSN, "resource": BURGER_BSN, "actie": BURGER_BSN},
        {"resourceUrl": [BURGER_BSN]},
        {BURGER_BSN: BURGER_BSN},
    ):
        for shown in (secret, f"Bearer {BEARER}"):
            path = f"/notificaties/0999?bsn={BURGER_BSN}"
            await visitor.send("POST", path, {**good, **changes}, authorization=shown)


async def _reloaded(visitor: Visitor, config: Path) -> None:
    """A mistake in the file does not repeat what stands there."""
    file = config / "0999.toml"
    text = file.read_text(encoding="utf-8")
    secret = f'"http://gebruiker:{MASTER}@10.9.8.7/{BURGER_BSN}"'
    wrong = f"{text}\n[bronnen.verzonnen]\naddress = {secret}\ncredentials = {secret}\n"
    file.write_text(wrong, encoding="utf-8")
    await asyncio.sleep(1.5)  # of the time in which a directory must be quiet
    file.write_text(text, encoding="utf-8")
    await visitor.ask(PERSON, {"bsn": BURGER_BSN})


def _commands(trail: Trail, config: Path, variables: Mapping[str, str], folder: Path) -> None:
    """What the commands say, also while the sources repeat what they were told."""
    (folder / "vraag.graphql").write_text(PERSON, encoding="utf-8")
    (folder / "goed.json").write_text(json.dumps({"bsn": BURGER_BSN}), encoding="utf-8")
    wrong = {"bsn": f"{BURGER_BSN} {CITIZEN}", BURGER_BSN: CITIZEN}
    (folder / "fout.json").write_text(json.dumps(wrong), encoding="utf-8")
    explained = ("explain", "--variabelen")
    document = str(folder / "vraag.graphql")
    calls: list[tuple[tuple[str, ...], str]] = [
        ((*explained, str(folder / "goed.json"), document), ""),
        ((*explained, str(folder / "fout.json"), document), ""),
        (("explain", "-"), f'{{ persoon(burgerservicenummer: "{BURGER_BSN}") {{ leeftijd }} }}'),
        (("check",), ""),
        (("cache", "show"), ""),
        (("cache", "erase", "--onderwerp"), f"{BURGER_BSN}\n"),
        (("cache", "erase", "--onderwerp"), f"{BURGER_BSN} {CITIZEN}\n"),
        (("register",), ""),
    ]

    def said(call: tuple[tuple[str, ...], str]) -> str:
        arguments, given = call
        done = subprocess.run(  # noqa: S603  # our own module
            [sys.executable, "-m", "gateway", *arguments, "--config", str(config)],
            cwd=ROOT, env=dict(variables), input=given, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        return done.stdout + done.stderr

    with ThreadPoolExecutor(4) as pool:
        for text in pool.map(said, calls):
            trail.leave("commands", text)
        trail.aviary.mode = "repeats"
        trail.leave("commands", said((("check",), "")))
        trail.aviary.mode = ""


# ---- what was found -----------------------------------------------------------------------------

PLACES = (
    "addresses",
    "audit",
    "commands",
    "disk",
    "errors",
    "headers of answers",
    "log",
    "redis",
    "traces",
)


@pytest.mark.parametrize("place", PLACES)
def test_no_person_is_found_there(trail: Trail, place: str) -> None:
    content = bytes(trail.places[place])
    assert len(content) > 500, "the run left nothing here"

    assert persons_in(content) == set()
    assert texts_in(content, PERSONAL) == set()
    assert texts_in(content, {"employee": EMPLOYEE}) == (
        {"employee"} if place == "audit" else set()
    )


@pytest.mark.parametrize("place", PLACES)
def test_no_token_secret_or_address_is_found_there(trail: Trail, place: str) -> None:
    secrets = dict(trail.secrets)
    if place == "addresses":
        del secrets["source"]  # ZGW sources ask for a zaak by its address, which is their own

    assert secrets_in(bytes(trail.places[place]), secrets) == set()


def test_the_run_had_it_all(trail: Trail) -> None:
    """What was looked for was there to be found: clients were shown it, sources were asked it."""
    shown = bytes(trail.shown)
    bodies = b"".join(each.body for each in trail.aviary.asked)
    assert persons_in(shown) > {BURGER_BSN, PARTNER_BSN}
    assert {"voornamen", "geslachtsnaam", "titel", "mail", "zaak"} <= texts_in(shown, PERSONAL)
    assert BURGER_BSN in persons_in(bodies)
    assert {200, 400, 401, 403, 404, 405, 406, 415} <= set(trail.statuses)
    told = {each.query for each in trail.aviary.asked if _may_name(each.path)}
    assert BURGER_BSN in persons_in("\n".join(told).encode())


def test_every_source_was_asked(trail: Trail) -> None:
    asked = {each.path.split("/")[1] for each in trail.aviary.asked}

    assert asked >= {
        "bag", "brp", "brk", "woz", "kvk", "zaken", "catalogi", "documenten", "besluiten",
        "klantinteracties", "producten", "objecten", "pdok",
    }  # fmt: skip


def test_who_holds_the_key_reads_whom_it_was_about(trail: Trail) -> None:
    """So the subjects were in what was searched, and hidden in it."""
    shown = Betrokkenen(read_keys(KEYS), INDEX.encode())
    found = {
        shown.shown("0999", attribute.value.string_value)
        for export in trail.aviary.exports
        for resource in ExportTraceServiceRequest.FromString(export).resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
        for attribute in span.attributes
        if attribute.key == SUBJECT
    }

    assert {BURGER_BSN, PARTNER_BSN, GRANDMOTHER_BSN} <= found


def test_sources_hear_nothing_that_was_not_for_them(trail: Trail) -> None:
    """No token, cookie, baggage or forwarded header of a client; no credential of another."""
    own = {"bag": "BAG", "brk": "BRK", "kvk": "KVK", "woz": "WOZ", "klantinteracties": "KLANT"}
    for each in trail.aviary.asked:
        headers = json.dumps(dict(each.headers)).encode()
        assert persons_in(headers) == set(), each.path
        assert not secrets_in(headers, PERSONAL), each.path
        assert not {"cookie", "baggage", "tracestate", "forwarded", "referer"} & set(each.headers)
        signatures = {token: token.rpartition(".")[2] for token in trail.tokens}
        assert not secrets_in(headers, signatures), each.path
        name = own.get(each.path.split("/")[1])
        if name is not None:
            others = {key: value for key, value in SECRETS.items() if key != f"SANDBOX_{name}"}
            assert not secrets_in(headers, others), each.path
