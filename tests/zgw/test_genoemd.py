"""Which company or property a rol or zaakobject names."""

from typing import Any

import pytest

from gateway.source.errors import SourceFault, SourceRefusedQuestion
from gateway.source.source import Source
from resolvers.brk.keys import zaak_of_aanduiding
from resolvers.hr.keys import company, company_key
from resolvers.zgw.genoemd import kvk_filter, rol_of, zaakobject_of
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
    for thing in ({"objectType": "pand", "objectIdentificatie": {}}, {"objectType": "overige"}):
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
