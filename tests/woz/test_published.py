"""What is published of the WOZ exists in the official description, and all of it is published."""

import pytest

from resolvers.bag import REGISTRY as BAG
from resolvers.brk import REGISTRY as BRK
from resolvers.brp import REGISTRY as BRP
from resolvers.hr import REGISTRY as HR
from resolvers.woz import REGISTRY as WOZ
from resolvers.woz.wire import CHOSEN
from schema.language.assemble import assemble
from schema.language.declare import Copied, Derived
from schema.language.facts import Facts
from tests.contract.described import description

SPEC = "woz/1.0.0.yaml"
PAIRS = {
    "WozObject": ("WozObject",),
    "Waarde": ("WozWaarde",),
    "KadastraleAanduiding": ("WozKadastraleAanduiding",),
    "KadastraalOnroerendeZaak": ("WozKadastraalOnroerendeZaak",),
    "Waardetabel": ("VerantwoordelijkeGemeente",),
    "ObjectAanduiding": ("WozAanduiding",),
    "Belanghebbende": (
        "Belanghebbende",
        "BelanghebbendeNatuurlijkPersoon",
        "BelanghebbendeNietNatuurlijkPersoon",
        "BelanghebbendeVestiging",
    ),
}


@pytest.fixture(scope="module")
def facts() -> Facts:
    return assemble([BAG, BRP, BRK, HR, WOZ])


@pytest.mark.parametrize("theirs", PAIRS)
def test_all_of_it_is_published_and_nothing_else(theirs: str, facts: Facts) -> None:
    """The kind of a belanghebbende as `__typename`; the value of a day is ours."""
    ours = set().union(*(_names(facts, name) for name in PAIRS[theirs]))

    assert _properties(theirs) - ours - {"type"} == set()
    assert ours - _properties(theirs) - {CHOSEN} == set()


def test_every_status_is_an_enum_value(facts: Facts) -> None:
    statuses = description(SPEC)["components"]["schemas"]["StatusBeschikkingEnum"]["enum"]
    enum = facts.types["WozWaarde"].fields["beschikkingsStatussen"].enum

    assert enum is not None
    assert [value.value for value in enum] == statuses


def _names(facts: Facts, type_name: str) -> set[str]:
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
