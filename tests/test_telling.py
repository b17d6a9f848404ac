"""What a source hears of purpose, zaaktype and end user, and that it is not asked without."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import httpx
import pytest

from gateway.app import kind_of, known_sources, several_sources
from gateway.configuration import Configuration
from gateway.doelbindingen import asked_of, rights_of
from gateway.telling import unsaid
from gateway.tenants import Purpose, Tenant, Told
from sandbox.showcase import BURGER_BSN, DRAWING_DOCUMENT
from tests.app import Outdoors, Running, Setup, facts, gateway_for, running, sandbox, token
from tests.subscribing import served

pytestmark = pytest.mark.anyio

PERSON = "query($bsn: Bsn!) { persoon(burgerservicenummer: $bsn) { naam { voornamen } } }"
BOTH = """query($bsn: Bsn!) {
  persoon(burgerservicenummer: $bsn) { naam { voornamen } }
  pand(identificatie: "0999100000000001") { status } }"""
SEARCH = """query { zoekPersonenMetGeslachtsnaamEnGeboortedatum(
  geslachtsnaam: "Jansen", geboortedatum: "1980-01-01") { burgerservicenummer } }"""
TYPES = "{ zaaktypen(first: 1) { edges { node { omschrijving } } } }"
LINK = "query ($uuid: Uuid!) { document(uuid: $uuid) { download } }"
BSN = "999900018"
TYPED: Mapping[str, Told] = {
    "PARKEREN": Told({"brp": {"X-Verwerking": "Algemeen@PARKEREN"}}, {}),
    "BOUWEN": Told(
        {"brp": {"x-verwerking": "Algemeen@BOUWEN", "x-doelbinding": "BOUW"}},
        {"brp": {"x-doelbinding": "BOUW-Zoeken"}},
    ),
}
HEADERS = {"brp": {"x-doelbinding": "TEST", "x-verwerking": "Algemeen"}}
UNKNOWN = (
    "Noem in de header Bronpoort-Zaaktype precies een zaaktype dat bij de doelbinding hoort, "
    "of laat haar weg."
)


def municipality(sources: Mapping[str, Mapping[str, Any]] | None = None, **purpose: Any) -> Tenant:
    """The test's municipality with other settings of sources, and another purpose."""
    gateway = gateway_for(Setup(), Outdoors(sandbox(), lambda call: None))
    tenant = gateway.configuration.tenants["0999"]
    made = dict(tenant.sources)
    for name, settings in (sources or {}).items():
        made[name] = made[name].model_copy(update=dict(settings))
    changed = replace(tenant.purposes["test"], **purpose)
    return replace(tenant, sources=made, purposes={"test": changed})


def typed(**purpose: Any) -> Setup:
    """A purpose that knows two zaaktypen."""
    return Setup(tenant=municipality(**{"headers": HEADERS, "zaaktypen": TYPED, **purpose}))


async def ask(
    app: Running, query: str, *zaaktypen: str, strict: bool = False, bearer: str = ""
) -> httpx.Response:
    """Ask for these zaaktypen."""
    headers = [
        ("authorization", f"Bearer {bearer or app.token}"),
        ("accept", "application/graphql-response+json"),
        *(("Bronpoort-Zaaktype", each) for each in zaaktypen),
    ]
    body = {"query": query, "variables": {"bsn": BSN}, "extensions": {"strikt": strict}}
    if "$bsn" not in query:
        body["variables"] = {}
    return await app.client.post("/graphql", json=body, headers=headers)


def heard(app: Running, *names: str) -> list[tuple[str | None, ...]]:
    """What each call said in these headers."""
    return [tuple(call.headers.get(name) for name in names) for call in app.outdoors.calls]


# ---- zaaktypen --------------------------------------------------------------------------------


async def test_the_zaaktype_that_is_named_chooses_headers() -> None:
    """Before those of the purpose, whatever their spelling; a search has its own."""
    async with running(typed()) as app:
        for zaaktypen in ((), ("PARKEREN",), ("BOUWEN",)):
            answer = await ask(app, PERSON, *zaaktypen)
            assert "errors" not in answer.json()

    assert heard(app, "x-doelbinding", "x-verwerking") == [
        ("TEST", "Algemeen"),
        ("TEST", "Algemeen@PARKEREN"),
        ("BOUW", "Algemeen@BOUWEN"),
    ]


async def test_who_searches_and_reads_is_told_of_as_each_asks() -> None:
    """Of one source, by one caller who asked before: what is known of how it is reached is known
    of one of the two.
    """
    async with running(typed()) as app:
        for query in (PERSON, SEARCH, PERSON, SEARCH):
            await ask(app, query, "BOUWEN")

    assert heard(app, "x-doelbinding") == [
        ("BOUW",), ("BOUW-Zoeken",), ("BOUW",), ("BOUW-Zoeken",)
    ]  # fmt: skip


def test_headers_of_a_search_for_a_zaaktype() -> None:
    """Search before read, source before kind, zaaktype before purpose."""
    purpose = Purpose(
        "p",
        "",
        frozenset(),
        frozenset(),
        {"zaken": {"a": "1", "b": "1"}, "zaken-x": {"b": "2"}},
        {"zaken": {"c": "3"}},
        zaaktypen={"T": Told({"zaken": {"b": "4", "c": "4"}}, {"zaken-x": {"C": "5"}})},
    )

    assert purpose.headers_for("zaken-x", "zoeken", "zaken", "T") == {"a": "1", "b": "4", "C": "5"}
    assert purpose.headers_for("zaken-x", "raadplegen", "zaken", "T") == {
        "a": "1",
        "b": "4",
        "c": "4",
    }
    assert purpose.headers_for("zaken-x", "zoeken", "zaken") == {"a": "1", "b": "2", "c": "3"}


@pytest.mark.parametrize(
    "zaaktypen",
    [("ONBEKEND",), ("parkeren",), ("PARKEREN", "BOUWEN"), ("PARKEREN", "PARKEREN"), ("",)],
)
async def test_another_zaaktype_is_refused_and_asks_nothing(zaaktypen: Sequence[str]) -> None:
    """Nothing of it is repeated."""
    async with running(typed()) as app:
        answer = await ask(app, PERSON, *zaaktypen)

    error = {"message": UNKNOWN, "extensions": {"code": "INVOER"}}
    assert (answer.status_code, answer.json()) == (400, {"errors": [error]})
    assert app.outdoors.calls == []


async def test_a_purpose_without_zaaktypen_knows_none() -> None:
    async with running(typed(zaaktypen={})) as app:
        answer = await ask(app, PERSON, "PARKEREN")

    assert answer.status_code == 400
    assert app.outdoors.calls == []


async def test_equal_questions_for_two_zaaktypen_are_two() -> None:
    """At one moment; for one zaaktype they are one."""
    async with running(typed()) as app:
        await asyncio.gather(
            *(ask(app, PERSON, each) for each in ("PARKEREN", "BOUWEN", "PARKEREN"))
        )

    assert sorted(heard(app, "x-verwerking")) == [("Algemeen@BOUWEN",), ("Algemeen@PARKEREN",)]


async def test_what_was_told_for_one_zaaktype_is_not_kept_for_another() -> None:
    """Also of what a whole municipality shares, in parts and as a whole answer."""
    told = {"A": Told({"catalogi": {"x-a": "1"}}, {}), "B": Told({"catalogi": {"x-a": "2"}}, {})}
    async with running(typed(zaaktypen=told)) as app:
        for zaaktype in ("A", "A", "B", "B", "A"):
            answer = await ask(app, TYPES, zaaktype)
            assert "errors" not in answer.json()

    assert heard(app, "x-a") == [("1",), ("2",)]


async def test_a_subscription_names_a_zaaktype_when_it_comes() -> None:
    """In the first message, under the name of the header."""
    setup = replace(typed(), source_settings={})
    endings = []
    async with served(setup) as app:
        for zaaktype in ("BOUWEN", "ONBEKEND"):
            async with app.connected() as client:
                payload = {"Authorization": f"Bearer {token()}", "Bronpoort-Zaaktype": zaaktype}
                await client.send({"type": "connection_init", "payload": payload})
                if zaaktype == "BOUWEN":
                    endings.append(await client.next())
                else:
                    endings.append((await client.closed())[0])

    assert endings[0] == {"type": "connection_ack"}
    assert endings[1] in (4400, 4401, 4403)


# ---- what a source wants to hear --------------------------------------------------------------

WANTS = {"brp": {"vereiste_headers": ("X-Doelbinding", "x-verwerking")}}
LACKS = "Deze doelbinding zegt niet wat deze bron wil horen; zij is daarom niet gevraagd."


@pytest.mark.parametrize(
    "headers",
    [{}, {"brp": {"x-doelbinding": "TEST"}}, {"brp-historie": HEADERS["brp"]}],
    ids=["none", "one of two", "another source"],
)
async def test_without_what_it_wants_to_hear_it_is_not_asked(headers: Any) -> None:
    """Each field of it is refused; the rest is there."""
    setup = Setup(tenant=municipality(WANTS, headers=headers))
    async with running(setup) as app:
        answer = await ask(app, BOTH)

    (error,) = answer.json()["errors"]
    assert answer.status_code == 200
    assert answer.json()["data"]["persoon"] is None
    assert answer.json()["data"]["pand"] is not None
    assert (error["message"], error["path"]) == (LACKS, ["persoon"])
    assert error["extensions"] == {"code": "NIET_GEAUTORISEERD", "opnieuw": False, "bron": "brp"}
    assert [call.source for call in app.outdoors.calls] == ["bag"]


async def test_strictly_asked_nothing_is() -> None:
    """The whole of it is refused, with the place."""
    setup = Setup(tenant=municipality(WANTS, headers={}))
    async with running(setup) as app:
        answer = await ask(app, BOTH, strict=True)

    extensions = {"code": "NIET_GEAUTORISEERD", "bron": "brp", "pad": ["persoon"]}
    assert answer.status_code == 403
    assert answer.json() == {"errors": [{"message": LACKS, "extensions": extensions}]}
    assert app.outdoors.calls == []


async def test_with_what_it_wants_to_hear_it_is_asked() -> None:
    """From the purpose, in any spelling, from the zaaktype, or from the source's own headers."""
    fixed = {"brp": {**WANTS["brp"], "headers": {"X-VERWERKING": "vast"}}}
    told = {"T": Told(HEADERS, {})}
    for tenant, zaaktypen in (
        (municipality(WANTS, headers=HEADERS), ()),
        (municipality(WANTS, headers={}, zaaktypen=told), ("T",)),
        (municipality(fixed, headers={"brp": {"x-DOELBINDING": "TEST"}}), ()),
    ):
        async with running(Setup(tenant=tenant)) as app:
            answer = await ask(app, BOTH, *zaaktypen, strict=True)

        assert "errors" not in answer.json()


async def test_what_was_kept_for_another_purpose_is_no_way_around_it() -> None:
    """Not even of open data, of which whole answers are kept."""
    tenant = municipality({"catalogi": {"vereiste_headers": ("x-doel",)}}, headers={})
    told = replace(tenant.purposes["test"], code="hoort", headers={"catalogi": {"x-doel": "v"}})
    also = replace(told, code="hoort-ook", headers={"catalogi": {"X-Doel": "w"}})
    purposes = {"test": tenant.purposes["test"], "hoort": told, "hoort-ook": also}
    async with running(Setup(tenant=replace(tenant, purposes=purposes))) as app:
        answers = [
            (await ask(app, TYPES, bearer=token(doelbinding=code))).json()
            for code in ("hoort", "test", "hoort-ook")
        ]

    assert [LACKS in json.dumps(each, ensure_ascii=False) for each in answers] == [
        False, True, False,
    ]  # fmt: skip
    assert len(app.outdoors.calls) == 1


async def test_a_file_of_it_is_not_fetched_either() -> None:
    """Though a link was given where a zaaktype was named."""
    wants = {"documenten": {"vereiste_headers": ("x-verwerking",)}}
    told = {"T": Told({"documenten": {"x-verwerking": "v"}}, {})}
    async with running(Setup(tenant=municipality(wants, zaaktypen=told))) as app:
        bearer = {"authorization": f"Bearer {app.token}"}
        made = await app.client.post(
            "/graphql",
            json={"query": LINK, "variables": {"uuid": DRAWING_DOCUMENT}},
            headers={**bearer, "Bronpoort-Zaaktype": "T"},
        )
        path = made.json()["data"]["document"]["download"]
        app.outdoors.calls.clear()
        refused = await app.client.get(path, headers=bearer)
        before = list(app.outdoors.calls)
        given = await app.client.get(path, headers={**bearer, "Bronpoort-Zaaktype": "T"})

    assert (refused.status_code, refused.json()["code"]) == (403, "NIET_GEAUTORISEERD")
    assert before == []
    assert given.status_code == 200


def test_startup_says_which_purposes_lack_it() -> None:
    """Only those that lead to the source, and cannot ask it for any zaaktype."""
    labels = frozenset({"vraag.persoon-raadplegen", "persoon.basis", "persoon.naam"})
    tenant = municipality(WANTS, headers={}, labels=labels)
    first = tenant.purposes["test"]
    told = {"T": Told(HEADERS, {})}
    purposes = {
        "kaal": replace(first, code="kaal"),
        "compleet": replace(first, code="compleet", headers=HEADERS),
        "per-zaaktype": replace(first, code="per-zaaktype", zaaktypen=told),
        "elders": replace(first, code="elders", labels=frozenset({"pand.basis"})),
    }

    found = unsaid(
        [replace(tenant, purposes=purposes)],
        kind_of,
        lambda purpose: asked_of(facts(), purpose),
    )

    assert [each.line() for each in found] == [
        "0999 brp: LET OP: doelbinding kaal heeft bij raadplegen geen X-Doelbinding, x-verwerking; "
        "wat uit deze bron komt, wordt dan geweigerd"
    ]


def test_the_report_says_what_is_not_asked() -> None:
    """A privacy officer reads there what is not seen, and for which zaaktype it is."""
    tenant = municipality(WANTS, headers={})
    first = tenant.purposes["test"]
    purposes = {
        "kaal": replace(first, code="kaal"),
        "compleet": replace(first, code="compleet", headers=HEADERS),
        "per-zaaktype": replace(first, code="per-zaaktype", zaaktypen={"T": Told(HEADERS, {})}),
    }
    configuration = Configuration({"0999": replace(tenant, purposes=purposes)}, ())
    written = rights_of(configuration, facts(), kind_of=kind_of).written("markdown")
    said = [line for line in written.splitlines() if "niet gevraagd" in line]

    lack = "niet gevraagd, want zij hoort geen X-Doelbinding, x-verwerking"
    assert said == [
        f"Bron brp wordt bij raadplegen {lack}.",
        f"Bron brp wordt bij zoeken {lack}.",
        f"Bron brp wordt bij raadplegen {lack}; alleen voor zaaktype T.",
        f"Bron brp wordt bij zoeken {lack}; alleen voor zaaktype T.",
    ]


def test_sources_have_a_kind_by_their_name() -> None:
    assert {kind_of(name) for name in known_sources()} == known_sources()
    assert {kind_of(f"{name}-sociaal") for name in several_sources()} == several_sources()


# ---- the end user -----------------------------------------------------------------------------

NAMED = {"brp": {"gebruikerheader": "X-Gebruiker"}}


async def test_who_works_for_the_municipality_is_named_by_a_pseudonym() -> None:
    """The subject of the token, never a name."""
    async with running(Setup(tenant=municipality(NAMED))) as app:
        await ask(app, PERSON)

    (call,) = app.outdoors.calls
    assert call.headers["x-gebruiker"] == "u-17"
    assert "Toetser" not in str(call.headers)


async def test_who_asks_about_themself_is_not_named() -> None:
    """Only that it is a citizen; the file says how."""
    for settings, expected in (({}, "BurgerZelf"), ({"burgergebruiker": "Inwoner"}, "Inwoner")):
        sources = {"brp": {**NAMED["brp"], **settings}}
        tenant = municipality(sources)
        async with running(Setup(tenant=tenant, own_bsn=BURGER_BSN)) as app:
            await app.ask("{ mijn { persoon { naam { voornamen } } } }")

        assert [call.headers["x-gebruiker"] for call in app.outdoors.calls] == [expected]


async def test_a_purpose_that_names_a_user_itself_goes_first() -> None:
    """Whatever the token says."""
    headers = {"brp": {"x-gebruiker": "balie"}}
    setup = Setup(tenant=municipality(NAMED, headers=headers), claims={"sub": "u" * 41})
    async with running(setup) as app:
        await ask(app, PERSON)

    assert [call.headers["x-gebruiker"] for call in app.outdoors.calls] == ["balie"]


@pytest.mark.parametrize("subject", ["u" * 41, "ü-17", "jé" * 3])
async def test_a_user_that_cannot_be_told_asks_nothing(subject: str) -> None:
    """It stands in no header that is not its own, cut or changed."""
    setup = Setup(tenant=municipality(NAMED), claims={"sub": subject})
    async with running(setup) as app:
        answer = await ask(app, PERSON)

    (error,) = answer.json()["errors"]
    assert (error["extensions"]["code"], error["extensions"]["bron"]) == ("INVOER", "brp")
    assert "40 tekens ASCII" in error["message"]
    assert app.outdoors.calls == []


async def test_two_users_at_one_moment_are_two() -> None:
    async with running(Setup(tenant=municipality(NAMED))) as app:
        bearers = [token(), token(sub="u-18")]
        await asyncio.gather(*(ask(app, PERSON, bearer=bearer) for bearer in bearers))

    assert sorted(call.headers["x-gebruiker"] for call in app.outdoors.calls) == ["u-17", "u-18"]
