"""What is published of Klantinteracties and Open Product exists in their descriptions, and vice
versa.
"""

import pytest

import resolvers
from schema.language.assemble import assemble
from schema.language.declare import SOURCE_NAME, Copied, Derived
from schema.language.facts import Facts, TypeFact
from schema.language.links import Linked
from tests.contract.described import description, property_names

KLANT = "openklant-klantinteracties/0.9.0.yaml"
PRODUCTEN = "openproduct-producten/1.7.0.yaml"
TYPEN = "openproduct-producttypen/1.7.0.yaml"
REFERENCES = {"url", "_expand"}
OURS = {"bedrijf", "burgerservicenummer", "kvkNummer", "rsin", "vestigingsnummer"} | {
    "document",
    "zaak",
    *SOURCE_NAME,
}
"""Made by the reads: the numbers of a partij, what an onderwerpobject or bijlage is; and by the
machine."""
PUBLISHED = [
    (KLANT, "Base_PartijSerializer", "Partij",
     {"betrokkenen", "digitaleAdressen", "vertegenwoordigden"}),
    (KLANT, "DigitaalAdres", "DigitaalAdres", {"verstrektDoorPartij", "verstrektDoorBetrokkene"}),
    (KLANT, "Klantcontact", "Klantcontact", {"hoofdOnderwerpType"}),
    (KLANT, "Betrokkene", "Betrokkene", set()),
    (KLANT, "Onderwerpobject", "Onderwerpobject", set()),
    (KLANT, "Bijlage", "Bijlage", {"wasBijlageVanKlantcontact"}),
    (KLANT, "InterneTaak", "InterneTaak", {"toegewezenAanActor"}),
    (KLANT, "Rekeningnummer", "Rekeningnummer", {"partij"}),
    (KLANT, "PartijBezoekadres", "KlantAdres", set()),
    (PRODUCTEN, "Product", "Product", {"taken", "aanvraag_zaak_urn"}),
    (PRODUCTEN, "Eigenaar", "ProductEigenaar", set()),
    (
        TYPEN,
        "ProductType",
        "Producttype",
        {"eigenaar", "acties", "bestanden", "verbruiksobject_schema", "dataobject_schema"}
        | {"interne_opmerkingen", "verzoektypen", "processen"},
    ),
]  # fmt: skip
"""A schema, the type it is published as, and what is left out: references that a list gives better,
and what is for others."""


def wire_names(facts: Facts, fact: TypeFact) -> set[str]:
    """The properties of an object that its published fields and links are made of."""
    names: set[str] = set()
    for made in fact.fields.values():
        match made.kind:
            case Copied(path=path):
                names.add(path[0])
            case Derived(needs=needs):
                names |= {path[0] for _, path in needs}
            case Linked(hops=hops) if hops[0].key is not None:
                names.add(hops[0].key[0])
    return names


@pytest.fixture(scope="module")
def facts() -> Facts:
    """The published schema."""
    return assemble(resolvers.REGISTRIES)


@pytest.mark.parametrize(("spec", "schema", "published", "left_out"), PUBLISHED)
def test_all_of_an_object_is_published(
    spec: str, schema: str, published: str, left_out: set[str], facts: Facts
) -> None:
    """And nothing that nobody has: that would be null for ever."""
    described = set(description(spec)["components"]["schemas"][schema]["properties"])
    used = wire_names(facts, facts.types[published])
    known = property_names(spec) | OURS

    assert described - used - left_out - REFERENCES == set()
    assert used - known == set()
    assert left_out & used == set()
