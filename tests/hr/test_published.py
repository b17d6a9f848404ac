"""What is published of the Handelsregister exists in KVK's descriptions, and all of it is."""

from collections.abc import Mapping

import pytest

from resolvers import bag, hr
from schema.hr import date_of, yes_no
from schema.language.assemble import assemble
from schema.language.declare import Copied, Derived
from schema.language.facts import TypeFact
from tests.contract.described import description, property_names

ZOEKEN = "kvk-zoeken/2.0.0.yaml"
BASIS = "kvk-basisprofiel/1.4.yaml"
LINKS = {"links", "_links"}
PUBLISHED_AS: Mapping[str, tuple[str, str]] = {
    "Bedrijf": (BASIS, "Basisprofiel"),
    "BedrijfEigenaar": (BASIS, "Eigenaar"),
    "Vestiging": (BASIS, "Vestiging"),
    "VestigingBeperkt": (BASIS, "VestigingBasis"),
    "AdresHr": (BASIS, "Adres"),
    "GeoDataHr": (BASIS, "GeoData"),
    "Handelsnaam": (BASIS, "Handelsnaam"),
    "SbiActiviteit": (BASIS, "SBIActiviteit"),
    "MaterieleRegistratie": (BASIS, "MaterieleRegistratie"),
    "BedrijfZoekresultaat": (ZOEKEN, "ResultaatItem"),
    "Zoekadres": (ZOEKEN, "Adres"),
    "BinnenlandsZoekadres": (ZOEKEN, "BinnenlandsAdres"),
    "BuitenlandsZoekadres": (ZOEKEN, "BuitenlandsAdres"),
}
FACTS = assemble([bag.REGISTRY, hr.REGISTRY])


def wire_names(fact: TypeFact) -> set[str]:
    """The properties of an object that its published fields are made of."""
    names: set[str] = set()
    for made in fact.fields.values():
        match made.kind:
            case Copied(path=path):
                names.add(path[0])
            case Derived(needs=needs):
                names |= {path[0] for _, path in needs}
    return names


@pytest.mark.parametrize("name", PUBLISHED_AS)
def test_neither_more_nor_less_is_published_than_there_is(name: str) -> None:
    spec, schema = PUBLISHED_AS[name]
    described = set(description(spec)["components"]["schemas"][schema]["properties"])

    assert wire_names(FACTS.types[name]) == described - LINKS


def test_the_parts_of_a_company_are_those_that_come_with_it() -> None:
    embedded = description(BASIS)["components"]["schemas"]["EmbeddedContainer"]["properties"]

    fields = FACTS.types["Bedrijf"].fields
    paths = {f.kind.path for f in fields.values() if isinstance(f.kind, Copied)}
    assert {path[1] for path in paths if path[0] == "_embedded"} == set(embedded)
    assert "_embedded" in property_names(BASIS)


@pytest.mark.parametrize(
    ("wire", "date"),
    [
        ("20170710", "2017-07-10"),
        ("20170700", "2017-07"),
        ("20170000", "2017"),
        ("20170010", "2017"),
        ("00000000", None),
        ("", None),
        (None, None),
    ],
)
def test_a_date_is_as_far_as_it_is_known(wire: str | None, date: str | None) -> None:
    assert date_of(wire) == date


@pytest.mark.parametrize("wire", ["2017", "2017-07-10", "201707101", "2017071x", "²0170710"])
def test_anything_else_is_no_date(wire: str) -> None:
    with pytest.raises(ValueError, match="not a date"):
        date_of(wire)


@pytest.mark.parametrize(
    ("wire", "known"), [("Ja", True), ("Nee", False), ("", None), (None, None), ("J", None)]
)
def test_yes_and_no(wire: str | None, known: bool | None) -> None:
    assert yes_no(wire) is known
