"""The sandbox's BRP keeps the limits and the habits of the real one."""

from typing import Any

import pytest

from sandbox import showcase
from tests.app import world
from tests.sandbox.registries import BRP_HEADERS, RAADPLEEG, ask_brp, brp, client, persons

pytestmark = pytest.mark.anyio

ONE = {"type": RAADPLEEG, "burgerservicenummer": [showcase.BURGER_BSN], "fields": ["naam"]}
HOME = {
    "type": "ZoekMetAdresseerbaarObjectIdentificatie",
    "adresseerbaarObjectIdentificatie": showcase.HOME_OBJECT,
    "fields": ["burgerservicenummer"],
}


async def _codes(question: dict[str, Any]) -> list[tuple[str, str]]:
    answer = await ask_brp(question)
    assert answer.status_code == 400
    return [(fault["name"], fault["code"]) for fault in answer.json()["invalidParams"]]


async def _found(question: dict[str, Any]) -> list[str]:
    answer = await ask_brp({"fields": ["burgerservicenummer"]} | question)
    assert answer.status_code == 200, answer.text
    return sorted(person["burgerservicenummer"] for person in answer.json()["personen"])


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"burgerservicenummer": ["999900018"] * 21}, [("burgerservicenummer", "maxItems")]),
        ({"burgerservicenummer": []}, [("burgerservicenummer", "minItems")]),
        ({"burgerservicenummer": "999900018"}, [("burgerservicenummer", "array")]),
        (
            {"burgerservicenummer": ["999900018", "9999", "999900031"]},
            [("burgerservicenummer[1]", "pattern")],
        ),
        ({"burgerservicenummer": None}, [("burgerservicenummer", "required")]),
        ({"fields": []}, [("fields", "minItems")]),
        ({"fields": ["naam"] * 131}, [("fields", "maxItems")]),
        ({"fields": ["naam", "naam.nope"]}, [("fields[1]", "fields")]),
        ({"fields": ["inOnderzoek"]}, [("fields[0]", "fields")]),
        ({"fields": ["naam.inOnderzoek"]}, [("fields[0]", "fields")]),
        ({"fields": ["geheimhoudingPersoonsgegevens"]}, [("fields[0]", "fields")]),
        ({"fields": ["opschortingBijhouding"]}, [("fields[0]", "fields")]),
        ({"fields": ["rni"]}, [("fields[0]", "fields")]),
        ({"fields": ["verificatie"]}, [("fields[0]", "fields")]),
        ({"fields": ["gezag.type"]}, [("fields[0]", "fields")]),
        ({"fields": ["Naam"]}, [("fields[0]", "fields")]),
        ({"type": "ZoekMetNiets"}, [("type", "value")]),
        ({"onbekend": 1}, [("onbekend", "unknownParam")]),
    ],
)
async def test_refused(change: dict[str, Any], codes: list[tuple[str, str]]) -> None:
    """Any fault fails the whole question, and names the parameter."""
    assert await _codes({**ONE, **change}) == codes


async def test_twenty_and_unordered() -> None:
    """Twenty persons at once; they come back in another order, always the same one."""
    asked = list(world().persons)[:20]
    first = [p["burgerservicenummer"] for p in await persons(asked, "burgerservicenummer")]
    again = [p["burgerservicenummer"] for p in await persons(asked, "burgerservicenummer")]

    assert sorted(first) == asked
    assert first != asked
    assert first == again


async def test_unknown_is_absent() -> None:
    """A BSN that nobody has is simply not in the answer."""
    asked = [showcase.NOBODY_BSN, showcase.BURGER_BSN]

    assert await persons([showcase.NOBODY_BSN], "naam") == []
    assert len(await persons(asked, "naam")) == 1


async def test_exactly_what_was_asked() -> None:
    """No more than the fields, with dates and value tables whole and groups in part."""
    fields = (
        "naam.volledigeNaam",
        "geboorte.datum.jaar",
        "geslacht.code",
        "kinderen.naam.voornamen",
    )

    assert await persons([showcase.BURGER_BSN], *fields) == [
        {
            "naam": {"volledigeNaam": "Sanne Maria Weidevinder"},
            "geboorte": {
                "datum": {"type": "Datum", "datum": "1985-04-12", "langFormaat": "12 april 1985"}
            },
            "geslacht": {"code": "V", "omschrijving": "vrouw"},
            "kinderen": [
                {"naam": {"voornamen": "Elif Johanna"}},
                {"naam": {"voornamen": "Daan"}},
            ],
        }
    ]


async def test_empty_lists_and_absent_values() -> None:
    """A list that was asked for is there when empty; another thing that is not there is left
    out.
    """
    fields = ("kinderen.naam", "partners", "gezag", "overlijden", "naam.voorvoegsel", "immigratie")

    assert await persons([showcase.UNKNOWN_SEX_BSN], *fields) == [
        {"kinderen": [], "partners": [], "gezag": []}
    ]


async def test_doubt_only_about_what_was_asked() -> None:
    """inOnderzoek comes by itself, for the fields asked and no others."""
    (person,) = await persons([showcase.DOUBTED_BSN], "naam.voornamen", "geslacht", "leeftijd")
    since = {"type": "Datum", "datum": "2026-03-02", "langFormaat": "2 maart 2026"}

    assert person["naam"] == {
        "voornamen": "Erik",
        "inOnderzoek": {"voornamen": True, "datumIngangOnderzoek": since},
    }
    assert person["inOnderzoek"] == {
        "geslacht": True,
        "leeftijd": True,
        "datumIngangOnderzoekPersoon": since,
    }


@pytest.mark.parametrize(
    ("bsn", "names"),
    [
        (showcase.CONFIDENTIAL_BSN, {"geheimhoudingPersoonsgegevens"}),
        (showcase.DECEASED_BSN, {"opschortingBijhouding"}),
        (showcase.ABROAD_BSN, {"opschortingBijhouding", "verificatie", "rni"}),
        (showcase.BURGER_BSN, set()),
    ],
)
async def test_what_comes_by_itself(bsn: str, names: set[str]) -> None:
    """Secrecy, suspension, verification and RNI come with anything that is asked."""
    (person,) = await persons([bsn], "naam.voornamen")

    assert person.keys() == {"naam"} | names


async def test_not_at_the_address() -> None:
    """That somebody does not live there comes with any part of the residence or the address
    lines.
    """
    fields = ("verblijfplaats.functieAdres", "adressering.adresregel1")
    (person,) = await persons([showcase.DOUBTED_BSN], *fields)

    assert person["verblijfplaats"]["indicatieVastgesteldVerblijftNietOpAdres"]
    assert person["adressering"]["indicatieVastgesteldVerblijftNietOpAdres"]


async def test_aliases_hide_foreign_addresses() -> None:
    """The aliases ...Binnenland give the same under the ordinary name, and nothing of abroad."""
    fields = ("verblijfplaatsBinnenland.datumVan", "adresseringBinnenland.adresregel1")
    (abroad,) = await persons([showcase.ABROAD_BSN], *fields)
    (home,) = await persons([showcase.BURGER_BSN], *fields)

    assert abroad.keys().isdisjoint({"verblijfplaats", "adressering"})
    assert home["adressering"] == {"adresregel1": "Raadhuisplein 1"}
    assert home["verblijfplaats"].keys() == {"type", "datumVan"}


async def test_purpose_without_foreign_addresses() -> None:
    """A purpose for addresses at home only may not ask for others; the whole call fails."""
    headers = BRP_HEADERS | {"x-doelbinding": "BRPACT-Binnenland"}
    refused = await ask_brp(ONE | {"fields": ["verblijfplaats"]}, headers)
    allowed = await ask_brp(ONE | {"fields": ["verblijfplaatsBinnenland"]}, headers)

    assert (refused.status_code, refused.json()["code"]) == (403, "unauthorizedField")
    assert allowed.status_code == 200


async def test_searches_find_the_living() -> None:
    """The deceased are found by BSN, but searched for only when asked."""
    search = {
        "type": "ZoekMetGeslachtsnaamEnGeboortedatum",
        "geslachtsnaam": "WEIDEVINDER",
        "geboortedatum": "1951-07-08",
    }

    assert await _found(search) == []
    assert await _found(search | {"inclusiefOverledenPersonen": True}) == [showcase.DECEASED_BSN]
    assert len(await persons([showcase.DECEASED_BSN], "naam")) == 1


@pytest.mark.parametrize(
    "search",
    [
        {"geslachtsnaam": "weid*", "geboortedatum": "1985-04-12"},
        {"geslachtsnaam": "Weidevinder", "geboortedatum": "1985-04-12", "voornamen": "sanne*"},
        {"geslachtsnaam": "Weidevinder", "geboortedatum": "1985-04-12", "geslacht": "v"},
    ],
)
async def test_names(search: dict[str, Any]) -> None:
    """Names match by beginning and without regard to case."""
    question = {"type": "ZoekMetGeslachtsnaamEnGeboortedatum"} | search

    assert await _found(question) == [showcase.BURGER_BSN]


async def test_names_without_diacritics() -> None:
    """Käthe is found as kathe."""
    search = {
        "type": "ZoekMetNaamEnGemeenteVanInschrijving",
        "geslachtsnaam": "weidenthaler",
        "voornamen": "kathe",
        "gemeenteVanInschrijving": "0999",
    }

    assert showcase.EU_CITIZEN_BSN in await _found(search)


async def test_addresses() -> None:
    """All ways to search an address lead to the family."""
    family = sorted(world().residents_of[showcase.HOME_OBJECT])
    searches: list[dict[str, Any]] = [
        {"type": "ZoekMetPostcodeEnHuisnummer", "postcode": "8995 aa", "huisnummer": 1},
        {
            "type": "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving",
            "straat": "raadhui*",
            "huisnummer": 1,
            "gemeenteVanInschrijving": "0999",
        },
        {
            "type": "ZoekMetNummeraanduidingIdentificatie",
            "nummeraanduidingIdentificatie": showcase.HOME_NUMMERAANDUIDING,
        },
        HOME,
    ]

    for search in searches:
        assert await _found(search) == family
        assert await _found(search | {"gemeenteVanInschrijving": "0999"}) == family
    assert await _found(HOME | {"gemeenteVanInschrijving": "0363"}) == []


@pytest.mark.parametrize(
    "search",
    [
        HOME | {"adresseerbaarObjectIdentificatie": showcase.CARE_HOME_OBJECT},
        {
            "type": "ZoekMetNummeraanduidingIdentificatie",
            "nummeraanduidingIdentificatie": showcase.CARE_HOME_NUMMERAANDUIDING,
            "fields": ["naam"],
        },
    ],
)
async def test_too_many(search: dict[str, Any]) -> None:
    """More than thirty residents is an error, without a partial answer."""
    answer = await ask_brp(search)

    assert answer.status_code == 400
    assert answer.json()["code"] == "tooManyResults"


@pytest.mark.parametrize(
    ("search", "name"),
    [
        ({"geslachtsnaam": "we*", "voornamen": "sanne"}, "geslachtsnaam"),
        ({"geslachtsnaam": "weidevinder", "voornamen": "sa*"}, "voornamen"),
        ({"geslachtsnaam": "weide*nder", "voornamen": "sanne"}, "geslachtsnaam"),
    ],
)
async def test_wildcards_need_letters(search: dict[str, Any], name: str) -> None:
    """At least three letters before an asterisk, and only at the end."""
    question = {"type": "ZoekMetNaamEnGemeenteVanInschrijving", "gemeenteVanInschrijving": "0999"}

    assert await _codes(question | search | {"fields": ["naam"]}) == [(name, "pattern")]


async def test_street_needs_seven_letters() -> None:
    """A street takes an asterisk at its begin or end, beside seven letters."""
    question = {
        "type": "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving",
        "huisnummer": 1,
        "gemeenteVanInschrijving": "0999",
        "fields": ["naam"],
    }

    assert await _codes(question | {"straat": "raadhu*"}) == [("straat", "pattern")]
    assert (await ask_brp(question | {"straat": "*huisplein"})).status_code == 200


async def test_gezag_only_with_an_object() -> None:
    """Of the searches, only the one by adresseerbaar object gives gezag."""
    other = {"type": "ZoekMetPostcodeEnHuisnummer", "postcode": "8995AA", "huisnummer": 1}

    assert (await ask_brp(HOME | {"fields": ["gezag"]})).status_code == 200
    assert await _codes(other | {"fields": ["gezag"]}) == [("fields[0]", "fields")]
    assert await _codes(HOME | {"fields": ["verblijfplaats"]}) == [("fields[0]", "fields")]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"X-API-KEY": "wrong"}, 401, "authentication"),
        ({"x-doelbinding": ""}, 403, "autorisation"),
        ({"content-type": "text/plain"}, 415, "unsupported"),
        ({"content-type": "application/json; charset=iso-8859-1"}, 415, "unsupported"),
        ({"accept": "application/xml"}, 406, "notAcceptable"),
    ],
)
async def test_admission(change: dict[str, str], status: int, code: str) -> None:
    """A key, a purpose, JSON in UTF-8 in and out."""
    answer = await ask_brp(ONE, BRP_HEADERS | change)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_json_utf8_is_fine() -> None:
    """The content type that the specification writes is accepted and given."""
    media_type = "application/json; charset=utf-8"
    answer = await ask_brp(ONE, BRP_HEADERS | {"content-type": media_type, "accept": media_type})

    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff"])
async def test_bad_bodies(body: bytes) -> None:
    """What is not a JSON object is a 400."""
    headers = BRP_HEADERS | {"content-type": "application/json"}
    async with client(brp()) as http:
        answer = await http.post("/personen", content=body, headers=headers)

    assert answer.status_code == 400


async def test_only_post() -> None:
    """Persons never stand in a URL."""
    async with client(brp()) as http:
        assert (await http.get("/personen", headers=BRP_HEADERS)).status_code == 405
