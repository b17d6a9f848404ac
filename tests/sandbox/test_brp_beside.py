"""The sandbox's bewoning, historie and reisdocumenten keep the rules of the real ones, and agree
with each other and with the BRP.
"""

from collections.abc import Mapping
from typing import Any

import pytest

from sandbox import showcase
from tests.app import world
from tests.sandbox.brp_beside import (
    ask,
    bewoningen,
    document,
    documents,
    documents_of,
    historie,
    stays,
)
from tests.sandbox.registries import BRP_HEADERS

pytestmark = pytest.mark.anyio

TODAY = "2026-11-21"
HOME = {
    "type": "BewoningMetPeriode",
    "datumVan": "2012-01-01",
    "datumTot": "2013-01-01",
    "adresseerbaarObjectIdentificatie": showcase.HOME_OBJECT,
}
PAST = {
    "type": "RaadpleegMetPeildatum",
    "peildatum": "2012-01-01",
    "burgerservicenummer": showcase.BURGER_BSN,
}
OWNED = {
    "type": "ZoekMetBurgerservicenummer",
    "burgerservicenummer": showcase.BURGER_BSN,
    "fields": ["soort"],
}
NUMBERED = {
    "type": "RaadpleegMetReisdocumentnummer",
    "reisdocumentnummer": [showcase.BURGER_PASPOORT],
    "fields": ["soort"],
}
ASKED: Mapping[str, Mapping[str, Any]] = {
    "bewoningen": HOME,
    "verblijfplaatshistorie": PAST,
    "reisdocumenten": OWNED,
}


def _residents(bewoning: dict[str, Any], who: str = "bewoners") -> list[str]:
    return [each["burgerservicenummer"] for each in bewoning[who]]


# ---- what is refused ------------------------------------------------------------------------


@pytest.mark.parametrize("path", ASKED)
@pytest.mark.parametrize(("left_out", "status"), [("X-API-KEY", 401), ("x-doelbinding", 403)])
async def test_admission(path: str, left_out: str, status: int) -> None:
    """A key and a purpose, as the BRP itself."""
    headers = {name: value for name, value in BRP_HEADERS.items() if name != left_out}

    assert (await ask(path, ASKED[path], headers)).status_code == status


@pytest.mark.parametrize(
    ("path", "change", "codes"),
    [
        ("bewoningen", {"datumTot": "2012-01-01"}, [("datumTot", "invalidParam")]),
        ("bewoningen", {"datumTot": None}, [("datumTot", "required")]),
        ("bewoningen", {"datumTot": ""}, [("datumTot", "required")]),
        ("bewoningen", {"datumVan": "2012-02-30"}, [("datumVan", "date")]),
        ("bewoningen", {"peildatum": "2012-01-01"}, [("peildatum", "unknownParam")]),
        (
            "bewoningen",
            {"adresseerbaarObjectIdentificatie": "0" * 16},
            [("adresseerbaarObjectIdentificatie", "pattern")],
        ),
        ("bewoningen", {"type": "Bewoning"}, [("type", "value")]),
        ("bewoningen", {"type": None}, [("type", "required")]),
        ("verblijfplaatshistorie", {"peildatum": "gisteren"}, [("peildatum", "date")]),
        (
            "verblijfplaatshistorie",
            {"burgerservicenummer": "99990001"},
            [("burgerservicenummer", "pattern")],
        ),
        (
            "verblijfplaatshistorie",
            {"type": "RaadpleegMetPeriode"},
            [("peildatum", "unknownParam"), ("datumVan", "required"), ("datumTot", "required")],
        ),
        ("reisdocumenten", {"fields": []}, [("fields", "minItems")]),
        ("reisdocumenten", {"fields": "soort"}, [("fields", "array")]),
        ("reisdocumenten", {"fields": ["soort"] * 26}, [("fields", "maxItems")]),
        ("reisdocumenten", {"fields": ["soort", "Soort"]}, [("fields[1]", "fields")]),
        ("reisdocumenten", {"fields": ["inOnderzoek"]}, [("fields[0]", "fields")]),
        (
            "reisdocumenten",
            {"fields": ["houder.geheimhoudingPersoonsgegevens"]},
            [("fields[0]", "fields")],
        ),
        ("reisdocumenten", {"fields": ["soort*"]}, [("fields[0]", "pattern")]),
        ("reisdocumenten", {"fields": None}, [("fields", "required")]),
    ],
)
async def test_refused(path: str, change: dict[str, Any], codes: list[tuple[str, str]]) -> None:
    """Every fault is named, as paramsValidation."""
    answer = await ask(path, {**ASKED[path], **change})

    assert (answer.status_code, answer.json()["code"]) == (400, "paramsValidation")
    found = [(fault["name"], fault["code"]) for fault in answer.json()["invalidParams"]]
    assert sorted(found) == sorted(codes)


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ([], ("reisdocumentnummer", "minItems")),
        (["NX0000100"] * 2, ("reisdocumentnummer", "maxItems")),
        ("NX0000100", ("reisdocumentnummer", "array")),
        (["nx0000100"], ("reisdocumentnummer[0]", "pattern")),
    ],
)
async def test_exactly_one_number(numbers: Any, code: tuple[str, str]) -> None:
    """A list, of one."""
    answer = await ask("reisdocumenten", {**NUMBERED, "reisdocumentnummer": numbers})

    assert [(each["name"], each["code"]) for each in answer.json()["invalidParams"]] == [code]


@pytest.mark.parametrize("path", ASKED)
async def test_no_object(path: str) -> None:
    """The body of a question is an object."""
    answer = await ask(path, [1])  # type: ignore[arg-type]  # what is no question

    assert answer.status_code == 400


# ---- who lived where ------------------------------------------------------------------------


async def test_residents_of_today_are_those_of_the_brp() -> None:
    """Of every home: who is registered there and lives."""
    everywhere = list(world().residents_of)
    for object_id in everywhere[:12] + everywhere[12::60]:
        found = await bewoningen(object_id, TODAY)
        expected = [bsn for bsn in world().residents_of[object_id] if _lives(world().persons[bsn])]

        assert [bsn for each in found for bsn in _residents(each)] == expected


def _lives(person: dict[str, Any]) -> bool:
    residence = person["verblijfplaats"]
    return (
        residence["functieAdres"]["code"] == "W"
        and "indicatieVastgesteldVerblijftNietOpAdres" not in residence
        and "opschortingBijhouding" not in person
    )


async def test_compositions_of_a_home() -> None:
    """One bewoning for every composition, without the days on which nobody was there."""
    found = await bewoningen(showcase.HOME_OBJECT, "2003-01-01", TODAY)

    assert [(each["periode"]["datumVan"], each["periode"]["datumTot"]) for each in found] == [
        ("2003-01-01", "2004-02-01"),
        ("2010-09-01", "2013-05-01"),
        ("2013-06-01", "2014-02-03"),
        ("2014-02-03", "2017-11-19"),
        ("2017-11-19", TODAY),
    ]
    assert found[1]["bewoners"] == [
        {
            "burgerservicenummer": showcase.CONFIDENTIAL_BSN,
            "naam": {"volledigeNaam": "jonkvrouw Iris Kuipersloot"},
            "geboorte": {
                "datum": {
                    "type": "Datum",
                    "datum": "1990-12-31",
                    "langFormaat": "31 december 1990",
                }
            },
            "geheimhoudingPersoonsgegevens": True,
        }
    ]
    assert await bewoningen(showcase.HOME_OBJECT, "2005-01-01") == []


async def test_a_day_is_a_period_of_one_day() -> None:
    """Until the day after."""
    (found,) = await bewoningen(showcase.HOME_OBJECT, "2012-02-29")

    assert found["periode"] == {"datumVan": "2012-02-29", "datumTot": "2012-03-01"}


async def test_who_may_have_lived_there() -> None:
    """As long as it is not certain that somebody had come."""
    first, second = await bewoningen(showcase.CROWDED_OBJECT, "2023-03-10", "2023-05-01")

    assert first["periode"]["datumTot"] == "2023-04-01"
    assert _residents(first, "mogelijkeBewoners") == [showcase.UNKNOWN_SEX_BSN]
    assert _residents(second, "mogelijkeBewoners") == []
    assert showcase.UNKNOWN_SEX_BSN in _residents(second)


async def test_who_is_no_resident() -> None:
    """Not who died, who only gets mail, or who is known not to be there any more."""
    (before,) = await bewoningen(showcase.GRANDMOTHERS_OBJECT, "2024-02-28")
    (after,) = await bewoningen(showcase.GRANDMOTHERS_OBJECT, "2024-02-29")
    (doubted,) = await bewoningen(showcase.CROWDED_OBJECT, "2026-03-01")
    (gone,) = await bewoningen(showcase.CROWDED_OBJECT, "2026-03-02")

    assert showcase.DECEASED_BSN in _residents(before)
    assert _residents(after) == [showcase.GRANDMOTHER_BSN]
    assert await bewoningen(showcase.OFFICE_OBJECT, TODAY) == []
    assert {"burgerservicenummer": showcase.DOUBTED_BSN, "inOnderzoek": True}.items() <= next(
        each for each in doubted["bewoners"] if each["burgerservicenummer"] == showcase.DOUBTED_BSN
    ).items()
    assert showcase.DOUBTED_BSN not in _residents(gone)


async def test_more_than_a_hundred() -> None:
    """Nobody is named then, and only then."""
    few, many = await bewoningen(showcase.OFFICE_OBJECT, "2021-01-01", TODAY)

    assert (len(few["bewoners"]), "indicatieVeelBewoners" in few) == (59, False)
    assert {**many, "periode": None} == {
        "adresseerbaarObjectIdentificatie": showcase.OFFICE_OBJECT,
        "periode": None,
        "bewoners": [],
        "mogelijkeBewoners": [],
        "indicatieVeelBewoners": True,
    }


async def test_where_the_citizen_lived() -> None:
    """The latest first, each until the next; an address elsewhere is not in this BAG."""
    found = (await historie(showcase.BURGER_BSN, "1980-01-01", TODAY))["verblijfplaatsen"]

    assert [each["datumVan"]["datum"] for each in found] == [
        "2013-06-01",
        "2003-09-01",
        "1985-04-12",
    ]
    assert [each.get("datumTot", {}).get("datum") for each in found] == [
        None,
        "2013-06-01",
        "2003-09-01",
    ]
    assert [each.get("adresseerbaarObjectIdentificatie") for each in found] == [
        showcase.HOME_OBJECT,
        None,
        showcase.GRANDMOTHERS_OBJECT,
    ]
    assert [each["gemeenteVanInschrijving"]["code"] for each in found] == ["0999", "0344", "0999"]


async def test_a_move_in_an_unknown_part_of_a_month() -> None:
    """Both addresses count for every day of it."""
    found = (await historie(showcase.PARTNER_BSN, "2009-03-15"))["verblijfplaatsen"]

    assert [each["datumVan"]["langFormaat"] for each in found] == ["maart 2009", "15 augustus 2006"]
    assert found[1]["datumTot"] == found[0]["datumVan"]
    assert len((await historie(showcase.PARTNER_BSN, "2009-04-01"))["verblijfplaatsen"]) == 1


async def test_kinds_of_places() -> None:
    """The four kinds, with what only they have."""
    abroad = (await historie(showcase.ABROAD_BSN, TODAY))["verblijfplaatsen"][0]
    unknown = (await historie(showcase.UNTRACEABLE_BSN, TODAY))["verblijfplaatsen"][0]
    ship = (await historie(showcase.LOCATION_BSN, TODAY))["verblijfplaatsen"][0]
    gone = (await historie(showcase.DOUBTED_BSN, TODAY))["verblijfplaatsen"][0]

    assert (abroad["type"], abroad["rni"]["omschrijvingVerdrag"]) == (
        "VerblijfplaatsBuitenland",
        "Belastingverdrag",
    )
    assert (unknown["type"], "adressering" in unknown) == ("VerblijfplaatsOnbekend", False)
    assert (ship["type"], ship["adressering"]["adresregel1"]) == (
        "Locatie",
        "Woonschip De Vrijheid",
    )
    assert gone["verblijftNietOpAdresVanaf"]["datum"] == "2026-03-02"
    assert gone["inOnderzoek"]["adresseerbaarObjectIdentificatie"] is True


async def test_of_the_person() -> None:
    """Secrecy and suspension come along; of somebody unknown there is nothing."""
    assert (await historie(showcase.CONFIDENTIAL_BSN, TODAY))["geheimhoudingPersoonsgegevens"]
    assert "opschortingBijhouding" in await historie(showcase.DECEASED_BSN, TODAY)
    assert await historie(showcase.NOBODY_BSN, TODAY) == {"verblijfplaatsen": []}


def test_nobody_lived_where_others_still_lived() -> None:
    """Invented homes were empty: those who live there now came after those before had left."""
    shown = "0999010000000014"
    for object_id in (each for each in world().residents_of if each >= shown):
        there = [stay for _, stay in stays().at(object_id)]
        came = min((s.since.first() for s in there if s.until is None), default=None)
        left = [s.until.settled() for s in there if s.until is not None]

        assert came is None or all(day <= came for day in left)


def test_stays_follow_each_other() -> None:
    """And nobody lived anywhere before being born."""
    for bsn, person in world().persons.items():
        found = stays().of(bsn)
        since = [stay.since.first() for stay in found]

        assert since == sorted(since, reverse=True)
        assert [stay.until for stay in found[1:]] == [stay.since for stay in found[:-1]]
        born = person["geboorte"]["datum"].get("datum")
        assert born is None or len(found) == 1 or since[-1].isoformat() >= born


# ---- documents ------------------------------------------------------------------------------


async def test_what_somebody_still_has() -> None:
    """Not what is lost; that is only found by its number."""
    owned = await documents_of(showcase.BURGER_BSN, "reisdocumentnummer")
    (lost,) = await document(showcase.VERMIST_PASPOORT)

    assert owned == [
        {"reisdocumentnummer": showcase.BURGER_PASPOORT},
        {"reisdocumentnummer": showcase.BURGER_IDENTITEITSKAART},
    ]
    assert lost["inhoudingOfVermissing"]["aanduiding"] == {"code": "V", "omschrijving": "vermist"}
    assert lost["houder"] == {"burgerservicenummer": showcase.BURGER_BSN}
    assert await document(showcase.ONBEKEND_REISDOCUMENT) == []
    assert await documents_of(showcase.NOBODY_BSN) == []


async def test_what_comes_by_itself() -> None:
    """The holder's secrecy always; doubts about what was asked."""
    secret = await documents_of(showcase.CONFIDENTIAL_BSN, "soort.code")
    (doubted,) = await documents_of(showcase.DOUBTED_BSN, "soort", "houder")

    assert secret[0] == {
        "soort": {"code": "PN", "omschrijving": "Nationaal paspoort"},
        "houder": {"geheimhoudingPersoonsgegevens": True},
    }
    since = {"type": "Datum", "datum": "2026-03-02", "langFormaat": "2 maart 2026"}
    assert doubted["inOnderzoek"] == {"soort": True, "datumIngangOnderzoek": since}
    assert doubted["houder"]["inOnderzoek"] == {
        "burgerservicenummer": True,
        "datumIngangOnderzoek": since,
    }


async def test_who_has_which_kind() -> None:
    """Passports for the Dutch, a document for refugees, nothing for other foreigners."""
    (refugee,) = await documents_of(showcase.STATELESS_BSN, "soort.code")

    assert refugee["soort"]["code"] == "PV"
    assert await documents_of(showcase.EU_CITIZEN_BSN) == []


def test_numbers_are_of_one_document() -> None:
    """Nine letters and digits; a few are unknown."""
    every = [each for bsn in world().persons for each in documents().of(bsn)]
    numbers = [each["reisdocumentnummer"] for each in every if "reisdocumentnummer" in each]

    assert len(set(numbers)) == len(numbers) < len(every)
    assert {len(number) for number in numbers} == {9}
