"""Which company or property a rol or zaakobject names."""

from typing import Any

import pytest

from gateway.source.errors import SourceFault, SourceRefusedQuestion
from gateway.source.source import Source
from resolvers.bag.keys import IDENTIFICATIE
from resolvers.brk.keys import zaak_of_aanduiding
from resolvers.hr.keys import company, company_key
from resolvers.zgw.genoemd import kvk_filter, rol_of, vestiging_filter, zaakobject_of
from resolvers.zgw.zoeken import rol_filters
from tests.bag.asking import asked

KVK, RSIN = "99900100", "888800009"


def source(**dialect: Any) -> Source:
    """A source that nobody asks anything here."""
    return asked("zaken", lambda _: {}, dialect).source


@pytest.mark.parametrize(
    ("written", "identification", "number", "found"),
    [
        (None, {"innNnpId": RSIN, "kvkNummer": KVK}, KVK, f"kvk:{KVK}"),
        (None, {"innNnpId": RSIN, "kvkNummer": ""}, None, f"rsin:{RSIN}"),
        (None, {"innNnpId": KVK}, None, f"rsin:{KVK}"),
        (None, {"innNnpId": "", "annIdentificatie": KVK}, None, None),
        ("innNnpId", {"innNnpId": KVK}, KVK, f"kvk:{KVK}"),
        ("innNnpId", {"innNnpId": RSIN}, None, f"rsin:{RSIN}"),
        ("innNnpId", {"innNnpId": RSIN, "kvkNummer": KVK}, KVK, f"kvk:{KVK}"),
        ("annIdentificatie", {"annIdentificatie": f" {KVK} "}, KVK, f"kvk:{KVK}"),
        ("annIdentificatie", {"annIdentificatie": "42", "innNnpId": RSIN}, None, f"rsin:{RSIN}"),
        (None, {"innNnpId": None, "kvkNummer": 99900100}, KVK, f"kvk:{KVK}"),
    ],
)
def test_the_company_of_a_rol(
    written: str | None, identification: Any, number: str | None, found: str | None
) -> None:
    """The KVK-nummer first; eight digits are one only where the municipality writes it."""
    zaken = source(**({"kvk_nummer_in": written} if written else {}))
    rol = {"betrokkeneType": "niet_natuurlijk_persoon", "betrokkeneIdentificatie": identification}
    thing = {"objectType": "niet_natuurlijk_persoon", "objectIdentificatie": identification}

    made = rol_of(zaken, rol)

    assert (made["kvkNummer"], made["bedrijf"]) == (number, found)
    assert zaakobject_of(zaken, thing)["bedrijf"] == found
    assert "bedrijf" not in rol


ADRES, PAND, STRAAT = "0999200000000001", "0999100000000001", "0999300000000001"
KADASTER = "https://api.bag.kadaster.nl/lvbag/individuelebevragingen/v2"
OWN = "https://bag.example:8443/lvbag/"


@pytest.mark.parametrize(
    ("kind", "address", "found"),
    [
        ("adres", f"{KADASTER}/adressen/{ADRES}", ADRES),
        ("pand", f"{KADASTER}/panden/{PAND}", PAND),
        ("openbare_ruimte", f"{KADASTER}/openbareruimten/{STRAAT}", STRAAT),
        ("woonplaats", f"{KADASTER}/woonplaatsen/9991", "9991"),
        ("adres", f"HTTPS://API.BAG.KADASTER.NL:443{KADASTER[27:]}/adressen/{ADRES}", ADRES),
    ],
)
def test_an_object_of_the_bag_by_its_address_alone(kind: str, address: str, found: str) -> None:
    """Whatever a source writes for an identification that is not there."""
    for named in (None, {}, {"identificatie": ""}, {"identificatie": None}):
        thing = {"objectType": kind, "object": address, "objectIdentificatie": named}

        assert zaakobject_of(source(), thing)["bag"] == found
    assert zaakobject_of(source(), {"objectType": kind, "object": address})["bag"] == found


def test_the_identification_of_an_object_of_the_bag_comes_first() -> None:
    """Even if it is none: what was written there is told to be wrong."""
    address = f"{KADASTER}/adressen/{ADRES}"
    named = {"identificatie": " onbekend"}
    thing = {"objectType": "adres", "object": address, "objectIdentificatie": named}

    assert zaakobject_of(source(), thing)["bag"] == " onbekend"


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        7,
        ADRES,
        f"adressen/{ADRES}",
        f"https://elders.example{KADASTER[27:]}/adressen/{ADRES}",
        f"{KADASTER.replace('https', 'http')}/adressen/{ADRES}",
        f"{KADASTER.replace('.nl', '.nl:8443')}/adressen/{ADRES}",
        f"{KADASTER.replace('.nl', '.nl.elders.example')}/adressen/{ADRES}",
        f"{KADASTER.replace('://', '://api@')}/adressen/{ADRES}",
        f"https://elders.example/{KADASTER}/adressen/{ADRES}",
        f"{KADASTER}/adressen/../panden/{ADRES}",
        f"{KADASTER}/adressen/%2e%2e/{ADRES}",
        f"{KADASTER}/adressen//{ADRES}",
        f"{KADASTER}//adressen/{ADRES}",
        f"{KADASTER}/adressen/{ADRES}/",
        f"{KADASTER}/adressen/{ADRES}/lpa",
        f"{KADASTER}/adressen/{ADRES}?expand=true",
        f"{KADASTER}/adressen/{ADRES}#x",
        f"{KADASTER}/adressen/{ADRES}\n",
        f"{KADASTER}\\adressen\\{ADRES}",
        f"{KADASTER}/adressen",
        f"{KADASTER}/panden/{ADRES}",
        f"{KADASTER}x/adressen/{ADRES}",
        f"{KADASTER}/adressen/{'9' * 2_000}",
    ],
)
def test_what_is_no_address_of_an_adres(address: Any) -> None:
    """Another host, another path, a trick: there is nothing to look up."""
    thing = {"objectType": "adres", "object": address, "objectIdentificatie": None}

    assert zaakobject_of(source(), thing)["bag"] is None


@pytest.mark.parametrize("written", ["099920000000001", "0999200000000001x", "٠٩٩٩", "onbekend"])
def test_an_address_of_an_adres_without_its_identification(written: str) -> None:
    """The read refuses what it may not ask, as it does where the identification itself is wrong."""
    address = f"{KADASTER}/adressen/{written}"
    found = zaakobject_of(source(), {"objectType": "adres", "object": address})["bag"]

    assert found in (written, None)
    with pytest.raises(SourceFault):
        IDENTIFICATIE(source(), found)


def test_the_bag_stands_where_the_file_says() -> None:
    """And then nowhere else; a flag that is no address names nothing."""
    own = {"objectType": "adres", "object": f"{OWN}adressen/{ADRES}"}
    other = {"objectType": "adres", "object": f"{KADASTER}/adressen/{ADRES}"}

    assert zaakobject_of(source(bag_url=OWN), own)["bag"] == ADRES
    assert zaakobject_of(source(bag_url=OWN), other)["bag"] is None
    assert zaakobject_of(source(bag_url="bag?"), own)["bag"] is None


@pytest.mark.parametrize(
    ("identification", "found"),
    [
        ({"kadastraleIdentificatie": "998", "kadastraleAanduiding": "WDV00 A 1"}, "998"),
        ({"kadastraleIdentificatie": "", "kadastraleAanduiding": "WDV00 A 1"}, "WDV00 A 1"),
        ({}, None),
    ],
)
def test_the_property_of_a_zaakobject(identification: Any, found: str | None) -> None:
    """The identification first."""
    thing = {"objectType": "kadastrale_onroerende_zaak", "objectIdentificatie": identification}

    assert zaakobject_of(source(), thing)["kadastraal"] == found


def test_what_names_neither_stays_as_it_is() -> None:
    """Others, and an identification that a source left out."""
    for rol in ({"betrokkeneType": "vestiging"}, {"betrokkeneType": "niet_natuurlijk_persoon"}):
        assert rol_of(source(), rol) is rol
    for thing in ({"objectType": "gemeente", "objectIdentificatie": {}}, {"objectType": "overige"}):
        assert zaakobject_of(source(), thing) is thing


def test_where_the_kvk_number_is_asked() -> None:
    """Where the flag says; else where Open Zaak has it, and not of the standard."""
    start = "rol__betrokkeneIdentificatie__nietNatuurlijkPersoon__"

    assert kvk_filter(source(variant="openzaak")) == f"{start}kvkNummer"
    assert kvk_filter(source(kvk_nummer_in="innNnpId")) == f"{start}innNnpId"
    with pytest.raises(SourceRefusedQuestion):
        kvk_filter(source())
    with pytest.raises(SourceRefusedQuestion):
        rol_filters(source(kvk_nummer_in="innNnpId"), {"kvk_nummer": KVK, "rsin": RSIN})


def test_where_a_vestigingsnummer_is_asked() -> None:
    """Of a vestiging, unless the file says that it stands there as an organisation."""
    start = "rol__betrokkeneIdentificatie__"
    other = source(vestigingsnummer_in="nietNatuurlijkPersoon")
    asked_for = {"vestigingsnummer": "000099900000"}

    assert vestiging_filter(source()) == f"{start}vestiging__vestigingsNummer"
    assert rol_filters(other, asked_for) == {
        f"{start}nietNatuurlijkPersoon__vestigingsNummer": "000099900000"
    }


@pytest.mark.parametrize("key", [f"kvk:{KVK}", f"rsin:{RSIN}"])
def test_numbers_of_companies(key: str) -> None:
    assert company_key(source(), key) == key


@pytest.mark.parametrize("key", [KVK, f"kvk:{RSIN}", f"rsin:{KVK}", "kvk:١٢٣٤٥٦٧٨", "", None, 1])
def test_no_numbers_of_companies(key: Any) -> None:
    with pytest.raises(SourceFault):
        company_key(source(), key)


def test_a_company_without_numbers_has_no_key() -> None:
    assert company(" ", None) is None


@pytest.mark.parametrize(
    ("written", "key"),
    [
        (" 99980000010000 ", "99980000010000"),
        ("WDV00 A 12", "WDV00 A 12"),
        ("WDV00-A-12", "WDV00 A 12"),
        ("WDV00-AB-12-A3", "WDV00 AB 12 A3"),
        ("'s-Gravenhage K 4825", "'s-Gravenhage K 4825"),
    ],
)
def test_properties_as_others_name_them(written: str, key: str) -> None:
    assert zaak_of_aanduiding(source(), written) == key


@pytest.mark.parametrize(
    "written", ["", None, "A 1", "WDV00-A", "WDV00-A-0", "WDV00 A 1&x=1", "9" * 21, "WDV00/A/1"]
)
def test_what_names_no_property(written: Any) -> None:
    with pytest.raises(SourceFault):
        zaak_of_aanduiding(source(), written)
