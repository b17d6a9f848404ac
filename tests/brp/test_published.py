"""What is published of the BRP exists in the official description, and all of it is published."""

from functools import cache

import pytest

from resolvers.bag import REGISTRY as BAG
from resolvers.brp import REGISTRY as BRP
from schema.language.assemble import assemble
from schema.language.declare import Copied, Derived
from schema.language.facts import Facts
from tests.contract.described import description

SPEC = "brp-personen/2.7.0.yaml"
LEFT_OUT = {
    ("Persoon", "indicatieGezagMinderjarige"),  # deprecated, and may not be asked any more
    ("PersoonInOnderzoek", "indicatieGezagMinderjarige"),
    # Says when a version of the record began, which is asked at the BRP's history.
    ("Adres", "datumIngangGeldigheid"),
    ("Locatie", "datumIngangGeldigheid"),
    ("VerblijfplaatsBuitenland", "datumIngangGeldigheid"),
    ("VerblijfplaatsOnbekend", "datumIngangGeldigheid"),
    ("AdresInOnderzoek", "datumIngangGeldigheid"),
}
THEIRS = {
    "Adres": "VerblijfplaatsAdres",
    "Locatie": "VerblijfplaatsLocatie",
    "AdresInOnderzoek": "VerblijfplaatsInOnderzoek",
    "NaamPersoon": "Naam",
    "NaamPersoonBeperkt": "NaamBeperkt",
    "NaamPersoonInOnderzoek": "NaamInOnderzoek",
    "NaamPersoonInOnderzoekBeperkt": "NaamBeperktInOnderzoek",
    "PersoonInOnderzoekBeperkt": "PersoonBeperktInOnderzoek",
    "AdresseringInOnderzoekBeperkt": "AdresseringBeperktInOnderzoek",
    "NaamVolledigeNaam": "NaamBijGezag",
    "AdellijkeTitelPredicaatType": "AdellijkeTitelPredicaat",
    "AangaanHuwelijkPartnerschapInOnderzoek": "AangaanInOnderzoek",
    "OntbindingHuwelijkPartnerschapInOnderzoek": "OntbindingInOnderzoek",
}
SAME = (
    *("Persoon", "PersoonBeperkt", "GezagPersoonBeperkt", "PersoonInOnderzoek", "Verblijfstitel"),
    *("NaamGerelateerde", "Geboorte", "GeboorteBeperkt", "GeboorteInOnderzoek", "Overlijden"),
    *("OverlijdenInOnderzoek", "VerblijfplaatsBuitenland", "VerblijfplaatsOnbekend"),
    *("VerblijfadresBinnenland", "VerblijfadresBinnenlandInOnderzoek", "VerblijfadresBuitenland"),
    *("VerblijfadresBuitenlandInOnderzoek", "VerblijfadresLocatie", "Immigratie", "Adressering"),
    *("ImmigratieInOnderzoek", "AdresseringBeperkt", "AdresseringInOnderzoek", "Aanschrijfwijze"),
    *("UitsluitingKiesrecht", "EuropeesKiesrecht", "NationaliteitBekend", "Staatloos"),
    *("BehandeldAlsNederlander", "VastgesteldNietNederlander", "NationaliteitOnbekend"),
    *("VerblijfstitelInOnderzoek", "Kind", "KindInOnderzoek", "Ouder", "OuderInOnderzoek"),
    *("Partner", "PartnerInOnderzoek", "AangaanHuwelijkPartnerschap", "Minderjarige"),
    *("OntbindingHuwelijkPartnerschap", "GezamenlijkOuderlijkGezag", "EenhoofdigOuderlijkGezag"),
    *("GezamenlijkGezag", "Voogdij", "TijdelijkGeenGezag", "GezagNietTeBepalen", "GezagOuder"),
    *("BekendeDerde", "OnbekendeDerde", "OpschortingBijhouding", "RniDeelnemer", "Verificatie"),
    "Waardetabel",
)
PAIRS = [*THEIRS.items(), *((name, name) for name in SAME)]


@cache
def published() -> Facts:
    """The schema of these registries; built once, since nothing changes it."""
    return assemble([BAG, BRP])


@pytest.mark.parametrize(("theirs", "ours"), PAIRS, ids=[theirs for theirs, _ in PAIRS])
def test_all_of_it_is_published(theirs: str, ours: str) -> None:
    """Every property can be asked, the discriminator of a union as `__typename`."""
    names = _wire_names(published(), ours)
    left_out = {name for kind, name in LEFT_OUT if kind == theirs} | {"type"}

    assert _properties(theirs) - names - left_out == set()


def test_nothing_else_is_published() -> None:
    """A property that the BRP does not have would be null for ever."""
    facts = published()
    theirs = {ours: name for name, ours in PAIRS}
    shared = {"VerblijfplaatsInOnderzoek"}  # of all four kinds of residence
    wrong = {
        (ours, name)
        for ours in theirs.keys() - shared
        for name in _wire_names(facts, ours) - _properties(theirs[ours])
    }

    assert wrong == set()


def _wire_names(facts: Facts, type_name: str) -> set[str]:
    names: set[str] = set()
    for made in facts.types[type_name].fields.values():
        match made.kind:
            case Copied(path=path):
                names.add(path[0])
            case Derived(needs=needs):
                names |= {path[0] for _, path in needs}
    return names


def _properties(name: str) -> set[str]:
    schemas = description(SPEC)["components"]["schemas"]
    found: set[str] = set()
    todo = [schemas[name]]
    while todo:
        schema = todo.pop()
        if "$ref" in schema:
            todo.append(schemas[schema["$ref"].rsplit("/", 1)[-1]])
        found |= set(schema.get("properties", {}))
        todo += schema.get("allOf", [])
    return found
