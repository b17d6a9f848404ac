"""`bronpoort cache`, and notifications, where gateways keep their answers together in Valkey."""

import asyncio
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from sandbox.showcase import BURGER_BSN
from tests.app import Setup
from tests.notices import ZAAK, Hearing, hearing, message, url_of
from tests.served import configured
from tests.test_cli import Bronpoort, bronpoort
from tests.valkey import Valkey, valkey

__all__ = ["bronpoort"]
pytestmark = pytest.mark.anyio

SECRET = "geheim-van-de-sleutelnamen-0123456789"
MASTER = "hoofdsleutel-van-minstens-32-tekens"
ZAAK_QUERY = "query($uuid: Uuid!){zaak(uuid: $uuid){identificatie}}"
THEIRS = "query($bsn: Bsn!){persoon(burgerservicenummer: $bsn){zaken(first: 1){totalCount}}}"
PAND = "query($id: PandId!){pand(identificatie: $id){status}}"
SOURCES = ("zaken", "catalogi", "documenten", "besluiten", "bag", "brp")


@pytest.fixture(scope="module")
def server() -> Iterator[Valkey]:
    """A Valkey of the tests' own."""
    with valkey() as started:
        yield started


@pytest.fixture
def shared(server: Valkey) -> Iterator[Valkey]:
    """The same, empty."""
    asyncio.run(_emptied(server))
    yield server


async def _emptied(server: Valkey) -> None:
    async with server.client() as client:
        await client.flushall()


def together(server: Valkey) -> Setup:
    """A gateway that keeps its answers there."""
    cache = {
        "redis_url": server.url,
        "secret": SECRET,
        "master_keys": [{"id": "een", "secret": MASTER}],
    }
    return Setup(sources=SOURCES, settings={"cache": cache})


def variables(server: Valkey) -> Mapping[str, str]:
    """The same for a command."""
    return {
        "BRONPOORT_CACHE__REDIS_URL": server.url,
        "BRONPOORT_CACHE__SECRET": SECRET,
        "BRONPOORT_CACHE__MASTER_KEYS": "een:env:HOOFDSLEUTEL",
        "HOOFDSLEUTEL": MASTER,
    }


async def asked(app: Hearing, query: str, **given: str) -> Any:
    """The data of an answer, when what is kept of it has been kept."""
    answer = (await app.running.ask(query, given)).json()
    assert "errors" not in answer, answer
    await app.running.gateway._cache.settled()
    return answer["data"]


def calls(*apps: Hearing) -> list[list[str]]:
    """What each gateway asked outside."""
    return [[call.line for call in app.running.outdoors.calls] for app in apps]


# ---- notifications ----------------------------------------------------------------------------


async def test_a_notification_at_one_gateway_counts_for_the_other(shared: Valkey) -> None:
    """Both had it in their memory; after the answer to the message neither gives it."""
    async with hearing(together(shared)) as one, hearing(together(shared)) as other:
        for app in (one, other, one, other):
            await asked(app, ZAAK_QUERY, uuid=ZAAK)
        before = calls(one, other)
        told = await one.tell()
        for app in (other, one, one, other):
            await asked(app, ZAAK_QUERY, uuid=ZAAK)

    get = f"zaken GET zaken/{ZAAK}"
    assert told.status_code == 204
    assert before == [[get], []]
    assert calls(one, other) == [[get], [get]]


async def test_a_rol_that_is_made_drops_the_lists_of_persons(shared: Valkey) -> None:
    """The message names a zaak and nobody: any list may have changed."""
    async with hearing(together(shared)) as one, hearing(together(shared)) as other:
        for app in (one, other):
            await asked(app, THEIRS, bsn=BURGER_BSN)
        before = calls(one, other)
        rol = {"resource": "rol", "resourceUrl": url_of("rollen", ZAAK), "actie": "create"}
        await other.tell(message(**rol))
        for app in (one, other):
            await asked(app, THEIRS, bsn=BURGER_BSN)

    person, theirs = "brp POST personen", "zaken POST zaken/_zoek"
    assert [each.count(theirs) for each in before] == [1, 0]
    assert [each.count(theirs) for each in calls(one, other)] == [2, 0]
    assert all(set(each) <= {person, theirs} for each in calls(one, other))


async def test_when_dropping_cannot_be_finished_the_sender_is_to_try_again() -> None:
    """What is kept may still be there: 503, until the sender hears 204."""
    with valkey() as server:
        async with hearing(together(server)) as app:
            await asked(app, ZAAK_QUERY, uuid=ZAAK)
            server.stop()
            refused = await app.tell()
            await asked(app, ZAAK_QUERY, uuid=ZAAK)

    assert (refused.status_code, refused.json()["code"]) == (503, "DRUKTE")
    assert int(refused.headers["retry-after"]) > 0
    assert len(app.running.outdoors.calls) == 2
    assert app.outcomes == [(503, None)]


# ---- the command --------------------------------------------------------------------------------


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """The sandbox's municipality; nothing is asked of its sources."""
    return configured(tmp_path, "http://127.0.0.1:1")


async def command(bronpoort: Bronpoort, *arguments: object, **given: str) -> Any:
    """A command of an operator, while gateways serve: it has an event loop of its own."""
    return await asyncio.to_thread(bronpoort, "cache", *arguments, **given)


async def test_what_is_kept_is_counted_and_not_shown(
    bronpoort: Bronpoort, directory: Path, shared: Valkey
) -> None:
    async with hearing(together(shared)) as app:
        await asked(app, ZAAK_QUERY, uuid=ZAAK)
        await asked(app, THEIRS, bsn=BURGER_BSN)
        await asked(app, PAND, id="0999100000000001")
        own = {"config": directory}
        table = await command(bronpoort, "show", "--config", own["config"], **variables(shared))
        wire = await command(
            bronpoort, "show", "--json", "--config", own["config"], **variables(shared)
        )

    head, *rows = table.out.splitlines()
    assert head.split() == ["gemeente", "bron", "gegevens", "aantal", "bytes", "oudste"]
    assert [re.split(r"  +", row)[:3] for row in rows] == [
        ["0999", "zaken", "zaakgegevens"],
        ["allen", "bag", "open gegevens"],
    ]
    shown = {(each["gemeente"], each["bron"]): each for each in json.loads(wire.out)}
    assert shown["0999", "zaken"]["aantal"] >= 2
    assert all(each["bytes"] > 0 and each["oudste"] >= 0 for each in shown.values())
    assert not any(text in table.out + wire.out for text in (BURGER_BSN, ZAAK, "0999100000000001"))


@pytest.mark.parametrize(
    ("options", "anew"),
    [
        (["--gemeente", "0999"], ["zaak", "theirs"]),
        (["--bron", "zaken"], ["zaak", "theirs"]),
        (["--bron", "bag"], ["pand"]),
        (["--bron", "besluiten"], []),
        (["--bron", "zaken", "--gemeente", "0999"], ["zaak", "theirs"]),
    ],
    ids=" ".join,
)
async def test_what_is_erased_is_asked_again(
    bronpoort: Bronpoort, directory: Path, shared: Valkey, options: list[str], anew: list[str]
) -> None:
    """In Redis, and in the memory of a gateway that serves; the rest stays."""
    questions = {
        "zaak": (ZAAK_QUERY, {"uuid": ZAAK}),
        "theirs": (THEIRS, {"bsn": BURGER_BSN}),
        "pand": (PAND, {"id": "0999100000000001"}),
    }
    async with hearing(together(shared)) as app:
        for query, given in questions.values():
            await asked(app, query, **given)
        outcome = await command(
            bronpoort, "erase", "--config", directory, *options, **variables(shared)
        )
        found = []
        for name, (query, given) in questions.items():
            before = len(app.running.outdoors.calls)
            await asked(app, query, **given)
            since = [call.source for call in app.running.outdoors.calls[before:]]
            found += [name] if {"zaken", "bag"} & set(since) else []

    assert (outcome.code, outcome.err) == (0, "")
    assert re.fullmatch(r"Gewist: \d+ antwoorden uit Redis; .+\n", outcome.out)
    assert found == anew


async def test_erasing_a_person(
    bronpoort: Bronpoort, directory: Path, shared: Valkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number comes by standard input, and is nowhere in what is said."""
    async with hearing(together(shared)) as app:
        for _ in range(2):
            await asked(app, THEIRS, bsn=BURGER_BSN)
            await asked(app, PAND, id="0999100000000001")
        before = calls(app)[0]
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{BURGER_BSN}\n"))
        outcome = await command(
            bronpoort, "erase", "--onderwerp", "--config", directory, **variables(shared)
        )
        await asked(app, THEIRS, bsn=BURGER_BSN)
        await asked(app, PAND, id="0999100000000001")

    zoek = "zaken POST zaken/_zoek"
    assert outcome.code == 0
    assert BURGER_BSN not in outcome.out + outcome.err
    assert before.count(zoek) == 1
    assert calls(app)[0].count(zoek) == 2
    assert [line for line in calls(app)[0] if line.startswith("bag")] == [
        "bag GET panden/0999100000000001"
    ]


@pytest.mark.parametrize("given", ["", "\n", "12345678", "99990001x", "999900018 1", "٣" * 9])
def test_who_is_to_be_erased_must_be_told(
    bronpoort: Bronpoort, directory: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(given))
    told = {"BRONPOORT_CACHE__REDIS_URL": "redis://127.0.0.1:1/0"}
    told |= {"BRONPOORT_CACHE__SECRET": SECRET, "HOOFDSLEUTEL": MASTER}
    told |= {"BRONPOORT_CACHE__MASTER_KEYS": "een:env:HOOFDSLEUTEL"}
    outcome = bronpoort("cache", "erase", "--onderwerp", "--config", directory, **told)

    expected = "Op standaardinvoer hoort één burgerservicenummer, van negen cijfers.\n"
    assert (outcome.code, outcome.out, outcome.err) == (1, "", expected)


def test_without_redis_there_is_nothing_to_do(bronpoort: Bronpoort, directory: Path) -> None:
    given = ("--config", directory)
    outcomes = [
        bronpoort("cache", "show", *given),
        bronpoort("cache", "erase", "--gemeente", "0999", *given),
    ]

    said = "Er is geen Redis ingesteld (BRONPOORT_CACHE__REDIS_URL): elk proces bewaart dan"
    assert [each.code for each in outcomes] == [1, 1]
    assert all(each.err.startswith(said) for each in outcomes)


def test_redis_that_is_not_there(bronpoort: Bronpoort, directory: Path) -> None:
    """Neither a table of nothing, nor an erasure that was none."""
    with valkey() as server:
        gone = variables(server)
    show = bronpoort("cache", "show", "--config", directory, **gone)
    erase = bronpoort("cache", "erase", "--bron", "zaken", "--config", directory, **gone)

    assert (show.code, show.out) == (1, "")
    assert show.err == "Redis is niet bereikbaar; probeer het opnieuw.\n"
    assert (erase.code, erase.out) == (1, "")
    assert erase.err.startswith("Niet zeker is dat alles gewist is")


def test_what_must_be_chosen(bronpoort: Bronpoort, directory: Path, server: Valkey) -> None:
    given = ("cache", "erase", "--config", directory)
    nothing = bronpoort(*given, **variables(server))
    tenant = bronpoort(*given, "--gemeente", "0001", **variables(server))
    source = bronpoort(*given, "--bron", "zaakn", **variables(server))

    assert (nothing.code, tenant.code, source.code) == (2, 2, 1)
    assert nothing.err == "Kies wat er gewist wordt: --onderwerp, --bron of --gemeente.\n"
    assert tenant.err == "Kies met --gemeente uit: 0999.\n"
    assert source.err.startswith("Geen enkele gemeente heeft deze bron; kies met --bron uit: bag, ")
