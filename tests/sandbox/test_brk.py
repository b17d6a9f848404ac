"""The sandbox's BRK searches, selects and refuses as the real one does."""

from typing import Any

import pytest

from sandbox import showcase
from tests.app import world
from tests.sandbox.kadaster import BRK_HEADERS, ZAKEN, ask_brk, ask_brk_of_person, kadaster

pytestmark = pytest.mark.anyio

HOME = f"{ZAKEN}/{showcase.HOME_ZAAK}"


async def _found(**parameters: Any) -> list[str]:
    answer = await ask_brk(ZAKEN, **parameters)
    assert answer.status_code == 200, answer.text
    found = answer.json().get("_embedded", {}).get("kadastraalOnroerendeZaken", [])
    return [zaak["identificatie"] for zaak in found]


@pytest.mark.parametrize(
    "parameters",
    [
        {"kadastraleAanduiding": showcase.HOME_AANDUIDING},
        {"kadastraleAanduidingMetGemeentecode": showcase.HOME_AANDUIDING_CODE},
        {"postcode": "8995AA", "huisnummer": 1},
        {"nummeraanduidingIdentificatie": showcase.HOME_NUMMERAANDUIDING},
    ],
)
async def test_every_way_in(parameters: dict[str, Any]) -> None:
    """Each leads to the same perceel."""
    assert await _found(**parameters) == [showcase.HOME_ZAAK]


async def test_nothing_found() -> None:
    """No hits is 200 without ``_embedded``."""
    answer = await ask_brk(ZAKEN, postcode="8995ZZ")

    assert (answer.status_code, set(answer.json())) == (200, {"_links"})


async def test_a_split_perceel_has_flats_and_no_owners() -> None:
    """The flats come along when asked for; they have the owners."""
    code = {"kadastraleAanduiding": "Weidevaart A 11"}
    asked = {**code, "inclusiefKadastraalOnroerendeZakenUitSplitsing": "true"}
    rights = (await ask_brk(f"{ZAKEN}/{showcase.SPLIT_ZAAK}/zakelijkgerechtigden")).json()

    assert await _found(**code) == [showcase.SPLIT_ZAAK]
    assert (await _found(**asked))[:2] == [showcase.SPLIT_ZAAK, showcase.FLAT_ZAAK]
    assert (rights["gesplitstZakelijkRecht"], "_embedded" in rights) == ("eigenaar", False)


async def test_fields_select_and_what_is_mandatory_always_comes() -> None:
    """Of a koopsom all comes, and the kind of use with it."""
    path = (await ask_brk(HOME, fields="adressen.straat")).json()
    koopsom = (await ask_brk(HOME, fields="koopsom.koopsom,_links.stukken")).json()
    always = {"identificatie", "domein", "type", "_links"}

    assert set(path) == {*always, "adressen"}
    assert path["adressen"] == [{"straat": "Raadhuisplein"}]
    assert set(path["_links"]) == {"self"}
    assert set(koopsom) == {*always, "koopsom", "aardCultuurBebouwd"}
    assert len(koopsom["koopsom"]) == 3
    assert set(koopsom["_links"]) == {"self", "stukken"}


async def test_expand_brings_rights_along() -> None:
    """Whole or in part, whatever ``fields`` says."""
    part = (await ask_brk(HOME, fields="type", expand="zakelijkGerechtigden.persoon")).json()
    whole = (await ask_brk(HOME, expand="zakelijkGerechtigden")).json()
    (first, _) = part["_embedded"]["zakelijkGerechtigden"]

    assert set(first) == {"identificatie", "type", "persoon", "_links"}
    assert "tenaamstelling" in whole["_embedded"]["zakelijkGerechtigden"][0]


@pytest.mark.parametrize(
    ("path", "parameters", "code"),
    [
        (ZAKEN, {}, "unsupportedCombi"),
        (ZAKEN, {"huisnummer": 1}, "unsupportedCombi"),
        (ZAKEN, {"postcode": "8995AA", "persoon__identificatie": "1"}, "unsupportedCombi"),
        (ZAKEN, {"postcode": "8995 AA"}, "paramsValidation"),
        (ZAKEN, {"postcode": "8995AA", "expand": "hypotheken"}, "paramsValidation"),
        (ZAKEN, {"persoon__identificatie": "1", "expand": "zakelijkGerechtigden"},
         "paramsValidation"),
        (ZAKEN, {"persoon__identificatie": showcase.KADASTER_STICHTING}, "tooManyResults"),
        (ZAKEN, {"postcode": "8995AA", "burgerservicenummer": showcase.BURGER_BSN},
         "paramsValidation"),
        (HOME, {"fields": "Identificatie"}, "paramsValidation"),
        (HOME, {"fields": ""}, "paramsValidation"),
        (HOME, {"expand": "true"}, "paramsValidation"),
        (HOME, {"expand": "zakelijkGerechtigden.naam"}, "paramsValidation"),
        ("/publiekrechtelijkebeperkingen", {}, "unsupportedCombi"),
    ],
)  # fmt: skip
async def test_refused(path: str, parameters: dict[str, Any], code: str) -> None:
    """Faulty questions are 400 with the code for it."""
    answer = await ask_brk(path, **parameters)

    assert (answer.status_code, answer.json()["code"]) == (400, code)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"burgerservicenummer": showcase.BURGER_BSN, "fields": "identificatie"}, 200),
        ({"burgerservicenummer": showcase.NOBODY_BSN}, 200),
        ({"burgerservicenummer": "1"}, 400),
        ({"burgerservicenummer": 999900018}, 400),
        ({"burgerservicenummer": showcase.BURGER_BSN, "expand": "hypotheken"}, 400),
        ({"fields": "identificatie"}, 400),
        ([], 400),
    ],
)
async def test_questions_by_person(body: Any, status: int) -> None:
    """Only a BSN and fields may stand in the body."""
    assert (await ask_brk_of_person(body)).status_code == status


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"X-Api-Key": "anders"}, 401),
        ({"Accept": "text/html"}, 406),
        ({"Accept-Crs": "EPSG:4326"}, 406),
    ],
)
async def test_headers(changed: dict[str, str], status: int) -> None:
    """The key, the format and the coordinate system are looked at first."""
    answer = await ask_brk(HOME, {**BRK_HEADERS, **changed})

    assert answer.status_code == status


def test_it_fits_the_other_registries() -> None:
    """Addresses and objects are those of the BAG, owners are persons of the BRP."""
    register = kadaster().register
    rights = [right for held in register.rights.values() for right in held]
    places = [place for zaak in register.zaken.values() for place in zaak.get("adressen", ())]
    owners = {
        right["persoon"]["identificatie"]
        for right in rights
        if right["persoon"]["type"] == "ingeschreven_natuurlijk_persoon"
    }

    assert {place["nummeraanduidingIdentificatie"] for place in places} <= set(world().addresses)
    assert {place["adresseerbaarObjectIdentificatie"] for place in places} <= set(world().objects)
    assert owners <= set(world().persons)
    assert len({right["identificatie"] for right in rights}) == len(rights)
    assert {zaak for _, held in register.units.items() for zaak, _ in held} <= set(register.zaken)
