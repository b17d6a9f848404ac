"""What is somebody's own: each kind of caller through `mijn`, over HTTP."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from graphql import GraphQLNonNull, GraphQLObjectType, get_named_type

from gateway.operation.identity import BY_NUMBER, Identity
from gateway.source.read import About, Read
from gateway.tenants import CallerKind, Dienst, Purpose
from sandbox.showcase import (
    BAKKERIJ_KVK,
    BAKKERIJ_RSIN,
    BAKKERIJ_VESTIGING,
    BURGER_BSN,
    EENMANSZAAK_VESTIGING,
    GRANDMOTHER_BSN,
    PARTNER_BSN,
    VOF_KVK,
    VOF_RSIN,
)
from schema.language.links import Linked, Own
from tests.app import Running, Setup, facts, running, token

pytestmark = pytest.mark.anyio

EVERY_NUMBER = """{ mijn {
  persoon { burgerservicenummer } bedrijf { kvkNummer } vestiging { vestigingsnummer }
  partijen { nummer } partijenVanBedrijf { nummer } partijenVanRechtspersoon { nummer }
  producten(first: 1) { totalCount } productenVanBedrijf(first: 1) { totalCount }
  productenVanVestiging(first: 1) { totalCount } wozObjectenVanBedrijf(first: 1) { totalCount }
} }"""
COMPANY = {"soort": "bedrijf", "kvkNummer": BAKKERIJ_KVK, "rsin": BAKKERIJ_RSIN}
BRANCH = {**COMPANY, "vestigingsnummer": BAKKERIJ_VESTIGING}
ALL = {"al": Dienst("al", "Alles.", frozenset({"al"}), facts().labels)}


def acting(**numbers: str) -> Mapping[str, Any]:
    """The claims of who acts for somebody, for everything."""
    return {"soort": "gemachtigde", "machtiging": {**numbers, "diensten": ["al"]}}


async def ask(app: Running, query: str, claims: Mapping[str, Any], **more: bool) -> httpx.Response:
    """A question of a caller with these claims."""
    asker = Running(app.client, app.outdoors, app.gateway, token(**claims))
    return await asker.ask(query, None, **more)


def shown(body: Mapping[str, Any]) -> set[str]:
    """The fields of `mijn` that are not null."""
    return {name for name, value in body["data"]["mijn"].items() if value is not None}


OF_A_PERSON = {"persoon", "partijen", "producten"}
OF_A_COMPANY = {
    *("bedrijf", "partijenVanBedrijf", "partijenVanRechtspersoon"),
    *("productenVanBedrijf", "wozObjectenVanBedrijf"),
}
OF_A_BRANCH = {"bedrijf", "vestiging", "productenVanVestiging"}


@pytest.mark.parametrize(
    ("claims", "theirs"),
    [
        ({"soort": "burger", "bsn": BURGER_BSN}, OF_A_PERSON),
        (COMPANY, OF_A_COMPANY),
        (BRANCH, OF_A_BRANCH),
        (acting(bsn=GRANDMOTHER_BSN), {"persoon", "producten", "partijen"}),
        (acting(kvkNummer=BAKKERIJ_KVK), OF_A_COMPANY - {"partijenVanRechtspersoon"}),
    ],
    ids=["citizen", "company", "branch", "for a citizen", "for a company"],
)
async def test_who_asks_for_their_own_gets_what_their_numbers_lead_to(
    claims: Mapping[str, Any], theirs: set[str]
) -> None:
    """The rest is null without an error, and nobody is asked for it; strictly as well."""
    async with running(Setup(diensten=ALL)) as app:
        answer = await ask(app, EVERY_NUMBER, claims)
        strict = await ask(app, EVERY_NUMBER, claims, strikt=True)

    assert "errors" not in answer.json()
    assert shown(answer.json()) == theirs
    assert strict.json() == answer.json()


@pytest.mark.parametrize("soort", ["medewerker", "systeem"])
async def test_who_may_ask_for_anybody_has_nothing_of_their_own(soort: CallerKind) -> None:
    """Null, and an error without a label that would help; strictly, nothing at all."""
    purpose = Purpose("nacht", "Toetsen.", facts().labels, frozenset({soort}), {}, open=True)
    claims = {"soort": soort, "doelbinding": "nacht"}
    query = "{ mijn { persoon { leeftijd } bedrijf { naam } } }"
    async with running(Setup(purposes=[purpose])) as app:
        partial = (await ask(app, query, claims)).json()
        strict = await ask(app, query, claims, strikt=True)

        assert app.outdoors.calls == []
    assert partial["data"] == {"mijn": {"persoon": None, "bedrijf": None}}
    assert [error["extensions"] for error in partial["errors"]] == [
        {"code": "NIET_GEAUTORISEERD", "opnieuw": False}
    ] * 2
    assert strict.status_code == 403
    assert "data" not in strict.json()


OTHERS = """query ($bsn: Bsn!, $kvk: KvkNummer!, $rsin: Rsin!, $vestiging: Vestigingsnummer!) {
  persoon(burgerservicenummer: $bsn) { leeftijd }
  personen(burgerservicenummers: [$bsn]) { leeftijd }
  zakenVanPersoon(bsn: $bsn) { totalCount }
  bedrijf(kvkNummer: $kvk) { naam }
  bedrijfOpRsin(rsin: $rsin) { naam }
  vestiging(vestigingsnummer: $vestiging) { vestigingsnummer }
  partijenVanOnderneming(kvkNummer: $kvk) { nummer }
  productenVanVestiging(vestigingsnummer: $vestiging) { totalCount }
  wozObjectenMetRsin(rsin: $rsin) { totalCount }
}"""


@pytest.mark.parametrize(
    "claims", [{"soort": "burger", "bsn": BURGER_BSN}, COMPANY, BRANCH, acting(bsn=BURGER_BSN)]
)
async def test_nobody_who_is_named_is_asked_for(claims: Mapping[str, Any]) -> None:
    """Their own numbers or another's: the same answer to the byte, and no call."""
    names = ("bsn", "kvk", "rsin", "vestiging")
    own = (BURGER_BSN, BAKKERIJ_KVK, BAKKERIJ_RSIN, BAKKERIJ_VESTIGING)
    other = (PARTNER_BSN, VOF_KVK, VOF_RSIN, EENMANSZAAK_VESTIGING)
    variables = [dict(zip(names, each, strict=True)) for each in (own, other)]
    async with running(Setup(diensten=ALL)) as app:
        asker = Running(app.client, app.outdoors, app.gateway, token(**claims))
        answers = [await asker.ask(OTHERS, each) for each in variables]

        assert app.outdoors.calls == []
    assert len({answer.content for answer in answers}) == 1
    body = answers[0].json()
    assert set(body["data"].values()) == {None}
    assert {error["extensions"]["code"] for error in body["errors"]} == {"NIET_GEAUTORISEERD"}
    assert len(body["errors"]) == 9


async def test_a_branch_does_not_step_to_the_rest_of_its_company() -> None:
    """What the Handelsregister has of the company is shown; what the company has is refused."""
    query = """{ mijn { bedrijf {
      naam wozObjecten { totalCount } partijen { nummer } producten { totalCount }
      vestigingen(first: 1) { edges { node { vestigingsnummer } } }
    } } }"""
    async with running(Setup()) as app:
        branch = (await ask(app, query, BRANCH)).json()
        calls = {call.source for call in app.outdoors.calls}
        company = (await ask(app, query, COMPANY)).json()

    refused = {"wozObjecten", "partijen", "producten"}
    assert calls == {"kvk"}
    assert {error["path"][-1] for error in branch["errors"]} == refused
    assert branch["data"]["mijn"]["bedrijf"]["naam"] is not None
    assert branch["data"]["mijn"]["bedrijf"]["vestigingen"]["edges"] != []
    assert "errors" not in company


@pytest.mark.parametrize("claims", [COMPANY, BRANCH, {"soort": "burger", "bsn": BURGER_BSN}])
async def test_a_vestiging_that_is_not_the_callers_is_not_asked_for(
    claims: Mapping[str, Any],
) -> None:
    """However its number was found."""
    query = """{ mijn {
      bedrijf { vestigingen(first: 5) { edges { node { vestigingsnummer
        vestiging { vestigingsnummer } } } } }
    } }"""
    async with running(Setup()) as app:
        body = (await ask(app, query, claims)).json()
        asked = [call.path for call in app.outdoors.calls if "vestigingsprofielen" in call.path]

    own = claims.get("vestigingsnummer")
    assert all(own is not None and own in path for path in asked)
    bedrijf = body["data"]["mijn"]["bedrijf"]
    for edge in bedrijf["vestigingen"]["edges"] if bedrijf else ():
        assert (edge["node"]["vestiging"] is not None) is (edge["node"]["vestigingsnummer"] == own)


async def test_what_is_of_another_person_is_not_reached_from_ones_own() -> None:
    """Each relative's own record is refused, and asked of nobody; so are their zaken and things."""
    query = """{ mijn { persoon {
      partners { naam { voornamen } persoon { leeftijd zaken { totalCount } } }
      kinderen { persoon { producten { totalCount } } }
      ouders { persoon { partij { naam } } }
      adres { bewoners { leeftijd } }
    } } }"""
    async with running(Setup(own_bsn=BURGER_BSN)) as app:
        body = (await app.ask(query)).json()

    persoon = body["data"]["mijn"]["persoon"]
    assert {call.source for call in app.outdoors.calls} == {"brp", "bag"}
    asked = [call.body["burgerservicenummer"] for call in app.outdoors.calls if call.body]
    assert asked == [[BURGER_BSN]]
    assert persoon["partners"][0]["naam"]["voornamen"] == "Emre"
    relatives = [each for name in ("partners", "kinderen", "ouders") for each in persoon[name]]
    assert len(relatives) >= 4
    assert [each for each in relatives if each["persoon"] is not None] == []
    assert persoon["adres"]["bewoners"] is None


# ---- what is published ------------------------------------------------------------------------


NAMES_SOMEBODY = {"Bsn", "PersoonRef", "KvkNummer", "Rsin", "Vestigingsnummer"}
BY = {
    Own.BSN: {About.PERSON},
    Own.KVK_NUMMER: {About.COMPANY, About.COMPANY_WIDE},
    Own.RSIN: {About.LEGAL_PERSON},
    Own.VESTIGINGSNUMMER: {About.BRANCH},
}


def test_no_argument_of_mijn_names_anybody() -> None:
    """By its type or by its name."""
    published = facts().schema.type_map["Mijn"]
    assert isinstance(published, GraphQLObjectType)
    for name, made in published.fields.items():
        assert not isinstance(made.type, GraphQLNonNull), name
        for argument, given in made.args.items():
            assert get_named_type(given.type).name not in NAMES_SOMEBODY, (name, argument)
            assert not any(word in argument.lower() for word in ("bsn", "kvk", "rsin", "nummer"))


def test_every_link_of_mijn_is_asked_by_what_its_read_is_about() -> None:
    """By a number of the caller; or by a uuid, where the read has a sieve."""
    for name, fact in facts().types["Mijn"].fields.items():
        assert isinstance(fact.kind, Linked)
        first = fact.kind.hops[0]
        assert isinstance(first.read, Read)
        if first.own is None:
            assert first.read.sieve is not None, name
            assert fact.parameters[0].name == "uuid", name
        else:
            assert first.read.about in BY[first.own] | {About.OPEN}, name


def test_every_read_that_is_keyed_by_somebodys_number_says_so() -> None:
    """Those are the reads of `mijn`, and of whatever leads to what is of one of these."""
    scalars = {
        "Bsn": "PERSON",
        "KvkNummer": "COMPANY",
        "Rsin": "LEGAL",
        "Vestigingsnummer": "BRANCH",
    }
    published = facts().schema.query_type
    assert published is not None
    for name, fact in facts().types["Query"].fields.items():
        if not isinstance(fact.kind, Linked) or fact.kind.hops[0].argument is None:
            continue
        hop = fact.kind.hops[0]
        (given,) = (p.name for p in fact.parameters if p.keyword == hop.argument)
        kind = get_named_type(published.fields[name].args[given].type).name
        if kind in scalars:
            assert isinstance(hop.read, Read)
            assert hop.read.about in BY_NUMBER, name
            assert hop.read.about.name.startswith(scalars[kind]), name


def test_whose_it_is_depends_on_the_kind_of_number() -> None:
    """The same digits as another kind of number are another's."""
    number = "123456789"
    person, company = Identity(bsn=number), Identity(kvk_nummer=number, rsin=number)
    branch = Identity(kvk_nummer=number, vestigingsnummer="1", rsin=number)

    def owned(identity: Identity) -> set[About]:
        return {about for about in About if identity.owns(about, number)}

    assert owned(person) == {About.PERSON}
    assert owned(company) == {About.COMPANY, About.COMPANY_WIDE, About.LEGAL_PERSON}
    assert owned(branch) == {About.COMPANY}
    assert branch.owns(About.BRANCH, "1")
    assert not any(Identity().owns(about, None) for about in About)
