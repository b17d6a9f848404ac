"""What is published of the BAG exists in the official description, and all of it is published."""

from resolvers.bag import REGISTRY
from schema.language.assemble import assemble
from schema.language.declare import Copied, Derived
from schema.language.facts import TypeFact
from tests.contract.described import description, property_names

SPEC = "bag/2.6.0.yaml"
NOT_PUBLISHED = {
    "Adres": {"_links"},
    "Pand": {"domein"},
    "Nummeraanduiding": {"domein"},
    "OpenbareRuimte": {"domein"},
    "Woonplaats": {"domein"},
    "Verblijfsobject": {"domein"},
    "Ligplaats": {"domein"},
    "Standplaats": {"domein"},
    "VoorkomenLV": {"tijdstipInactiefLV", "tijdstipNietBAG"},
}
"""Of each object: what says nothing that its type or its other dates do not say."""
PUBLISHED_AS = {"VoorkomenLV": "VoorkomenBag"}


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


def test_every_wire_property_exists() -> None:
    """A property that nobody has would be null for ever."""
    facts = assemble([REGISTRY])
    mine = {name: fact for name, fact in facts.types.items() if not _is_ours(name)}
    names = set().union(*(wire_names(fact) for fact in mine.values()))

    assert names - property_names(SPEC) == set()


def test_everything_is_published() -> None:
    """Whatever the BAG has of an object can be asked, but for what says nothing more."""
    facts = assemble([REGISTRY])
    for name, left_out in NOT_PUBLISHED.items():
        published = wire_names(facts.types[PUBLISHED_AS.get(name, name)])

        assert _properties(name) - published - left_out == set(), name


def _is_ours(name: str) -> bool:
    return name == "Query" or name.endswith(("Connection", "Edge", "PageInfo"))


def _properties(name: str) -> set[str]:
    schemas = description(SPEC)["components"]["schemas"]
    found: set[str] = set()
    todo = [schemas["AdresUitgebreid" if name == "Adres" else name]]
    while todo:
        schema = todo.pop()
        if "$ref" in schema:
            todo.append(schemas[schema["$ref"].rsplit("/", 1)[-1]])
        found |= set(schema.get("properties", {}))
        todo += schema.get("allOf", [])
    return found
