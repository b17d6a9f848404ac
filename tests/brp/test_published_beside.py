"""What is published of bewoning, historie and reisdocumenten: all that the descriptions have."""

from collections.abc import Mapping
from functools import cache

import pytest

from resolvers.bag import REGISTRY as BAG
from resolvers.brp import REGISTRY as BRP
from resolvers.brp.reads_reisdocumenten import REISDOCUMENT
from schema.language.assemble import assemble
from schema.language.declare import Copied, Derived
from schema.language.facts import Facts
from tests.contract.described import description

BEWONING, HISTORIE, REISDOCUMENTEN = (
    "brp-bewoning/2.1.0.yaml",
    "brp-historie/2.0.0.yaml",
    "brp-reisdocumenten/2.0.0.yaml",
)
PAIRS: Mapping[str, Mapping[str, str]] = {
    BEWONING: {
        "Bewoning": "Bewoning",
        "Periode": "BewoningPeriode",
        "Bewoner": "Bewoner",
        "Naam": "NaamBewoner",
        "GeboorteBasis": "GeboorteBewoner",
    },
    HISTORIE: {
        "VerblijfplaatshistorieQueryResponse": "Verblijfplaatshistorie",
        "AdresVoorkomen": "AdresVoorkomen",
        "LocatieVoorkomen": "LocatieVoorkomen",
        "VerblijfplaatsBuitenlandVoorkomen": "VerblijfplaatsBuitenlandVoorkomen",
        "VerblijfplaatsOnbekendVoorkomen": "VerblijfplaatsOnbekendVoorkomen",
        "AdresVoorkomenInOnderzoek": "VerblijfplaatsVoorkomenInOnderzoek",
        "VerblijfadresBinnenland": "VerblijfadresBinnenland",
        "VerblijfadresBinnenlandInOnderzoek": "VerblijfadresBinnenlandInOnderzoek",
        "VerblijfadresLocatie": "VerblijfadresLocatie",
        "VerblijfadresBuitenland": "VerblijfadresBuitenland",
        "VerblijfadresBuitenlandInOnderzoek": "VerblijfadresBuitenlandInOnderzoek",
        "AdresseringBinnenland": "AdresseringBinnenland",
        "AdresseringBinnenlandInOnderzoek": "AdresseringBinnenlandInOnderzoek",
        "AdresseringBuitenland": "AdresseringBuitenland",
        "AdresseringBuitenlandInOnderzoek": "AdresseringBuitenlandInOnderzoek",
        "OpschortingBijhouding": "OpschortingBijhouding",
    },
    REISDOCUMENTEN: {
        "Reisdocument": "Reisdocument",
        "ReisdocumentInOnderzoek": "ReisdocumentInOnderzoek",
        "InhoudingOfVermissing": "InhoudingOfVermissing",
        "InhoudingOfVermissingInOnderzoek": "InhoudingOfVermissingInOnderzoek",
        "Reisdocumenthouder": "Reisdocumenthouder",
        "ReisdocumenthouderInOnderzoek": "ReisdocumenthouderInOnderzoek",
    },
}
DISCRIMINATOR = {"type"}
ALL = [(spec, theirs, ours) for spec, pairs in PAIRS.items() for theirs, ours in pairs.items()]


@cache
def published() -> Facts:
    """The schema of these registries; built once, since nothing changes it."""
    return assemble([BAG, BRP])


@pytest.mark.parametrize(("spec", "theirs", "ours"), ALL, ids=[f"{a}:{b}" for a, b, _ in ALL])
def test_all_of_it_is_published_and_nothing_else(spec: str, theirs: str, ours: str) -> None:
    """Every property can be asked, the discriminator of a union as `__typename`."""
    wrong = _wire_names(ours) ^ _properties(spec, theirs)

    assert wrong - DISCRIMINATOR == set()


def test_what_may_be_asked_of_a_document() -> None:
    """The rest of a document comes by itself: doubts, secrecy and suspension."""
    groups = ("inhoudingOfVermissing", "houder")
    schemas = ("InhoudingOfVermissing", "Reisdocumenthouder")
    automatic = {"inOnderzoek", "geheimhoudingPersoonsgegevens", "opschortingBijhouding"}
    ends = {*_properties(REISDOCUMENTEN, "Reisdocument")} - {*groups}
    for group, schema in zip(groups, schemas, strict=True):
        ends |= {f"{group}.{name}" for name in _properties(REISDOCUMENTEN, schema)}

    assert {end for end in ends if end.split(".")[-1] not in automatic} == REISDOCUMENT


def _wire_names(type_name: str) -> set[str]:
    names: set[str] = set()
    for made in published().types[type_name].fields.values():
        match made.kind:
            case Copied(path=path):
                names.add(path[0])
            case Derived(needs=needs):
                names |= {path[0] for _, path in needs}
    return names


def _properties(spec: str, name: str) -> set[str]:
    schemas = description(spec)["components"]["schemas"]
    found: set[str] = set()
    todo = [schemas[name]]
    while todo:
        schema = todo.pop()
        if "$ref" in schema:
            todo.append(schemas[schema["$ref"].rsplit("/", 1)[-1]])
        found |= set(schema.get("properties", {}))
        todo += schema.get("allOf", [])
    return found
