"""What is asked of the BRK for what is wanted: paths that exist, and never a group for a part."""

from enum import Enum

import pytest

from resolvers.bag import REGISTRY as BAG
from resolvers.brk import REGISTRY as BRK
from resolvers.brk.fields import fields_of, groups
from resolvers.brp import REGISTRY as BRP
from sandbox import brk_trees as trees
from sandbox.brk_selection import Tree
from schema.brk import KadastraalOnroerendeZaak
from schema.brk_personen import KadasterNatuurlijkPersoon, KadasterNietNatuurlijkPersoon
from schema.brk_rechten import (
    Beslag,
    Hypotheek,
    PrivaatrechtelijkeBeperking,
    PubliekrechtelijkeBeperking,
    ZakelijkGerechtigde,
)
from schema.brk_stukken import Stuk, Stukdeel
from schema.brk_waarden import GeslachtKadaster, TypeGerechtigde, TypeKadastraalOnroerendeZaak
from schema.language.assemble import assemble
from schema.language.declare import Copied, Derived
from schema.language.facts import Facts, TypeFact
from tests.contract.described import description

KINDS: list[tuple[type, Tree]] = [
    (KadastraalOnroerendeZaak, trees.ZAAK),
    (ZakelijkGerechtigde, trees.GERECHTIGDE),
    (Hypotheek, trees.HYPOTHEEK),
    (Beslag, trees.BESLAG),
    (PrivaatrechtelijkeBeperking, trees.PRIVAAT),
    (PubliekrechtelijkeBeperking, trees.PUBLIEK),
    (Stuk, trees.STUK),
    (Stukdeel, trees.STUKDEEL),
    (KadasterNatuurlijkPersoon, trees.NATUURLIJK),
    (KadasterNietNatuurlijkPersoon, trees.NIET_NATUURLIJK),
]
NOT_PUBLISHED = {
    "KadastraalOnroerendeZaak": {
        "zakelijkGerechtigdeIdentificaties",
        "hypotheekIdentificaties",
        "beslagIdentificaties",
        "privaatrechtelijkeBeperkingIdentificaties",
    },
    "KadasterNatuurlijkPersoon": {"kadastraalOnroerendeZaakIdentificaties"},
    "KadasterNietNatuurlijkPersoon": {"kadastraalOnroerendeZaakIdentificaties"},
}
"""What only leads to what a link gives."""


@pytest.fixture(scope="module")
def facts() -> Facts:
    return assemble([BAG, BRP, BRK])


@pytest.mark.parametrize(
    ("paths", "asked"),
    [
        ([], "identificatie"),
        (["type"], "identificatie,type"),
        (["adressen"], "adressen.straat,identificatie"),
        (["adressen", "adressen.postcode"], "adressen.postcode,identificatie"),
        (["koopsom.koopsom"], "identificatie,koopsom.koopsom"),
        (["isOntstaanUit", "isOntstaanUit.aard"], "identificatie,isOntstaanUit.aard.code"),
        (["begrenzingPerceel"], "begrenzingPerceel,identificatie"),
    ],
)
def test_the_value_of_fields(paths: list[str], asked: str) -> None:
    """A group of which only the presence is wanted is asked by one of its parts."""
    assert fields_of(KadastraalOnroerendeZaak, paths) == asked


def test_who_may_not_see_a_name_does_not_make_us_ask_for_it() -> None:
    """Of a tenaamstelling of which all that was selected is refused, the share is asked."""
    asked = fields_of(ZakelijkGerechtigde, ["tenaamstelling", "zakelijkRecht"])

    assert asked == ("identificatie,tenaamstelling.aandeel.teller,zakelijkRecht.stukIdentificaties")


@pytest.mark.parametrize(("kind", "tree"), KINDS, ids=[kind.__name__ for kind, _ in KINDS])
def test_everything_that_can_be_asked_exists(kind: type, tree: Tree) -> None:
    """The source refuses a whole question for one unknown name."""
    for path in [*groups(kind), *groups(kind).values()]:
        inner = tree
        for name in path.split("."):
            assert name in inner, path
            inner = inner[name]


@pytest.mark.parametrize(("kind", "tree"), KINDS, ids=[kind.__name__ for kind, _ in KINDS])
def test_all_of_it_is_published(kind: type, tree: Tree, facts: Facts) -> None:
    """Every property can be asked, and nothing is published that does not exist."""
    fact = facts.types[kind.__name__]
    names = _names(fact).union(*(_names(facts.types[name]) for name in fact.options.values()))

    assert set(tree) - names == NOT_PUBLISHED.get(kind.__name__, set())
    assert names - set(tree) == set()


def _names(fact: TypeFact) -> set[str]:
    names: set[str] = set()
    for made in fact.fields.values():
        match made.kind:
            case Copied(path=path):
                names.add(path[0])
            case Derived(needs=needs):
                names |= {path[0] for _, path in needs}
    return names


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("TypeGerechtigdeEnum", TypeGerechtigde),
        ("TypeKadastraalOnroerendeZaakEnum", TypeKadastraalOnroerendeZaak),
        ("GeslachtEnum", GeslachtKadaster),
    ],
)
def test_every_closed_list_is_whole(theirs: str, ours: type[Enum]) -> None:
    values = description("brk/2.0.0.yaml")["components"]["schemas"][theirs]["enum"]

    assert {member.value for member in ours} == set(values)


def test_every_kind_of_person_is_published(facts: Facts) -> None:
    values = description("brk/2.0.0.yaml")["components"]["schemas"]["PersoonTypeEnum"]["enum"]

    assert set(facts.types["PersoonInBrk"].options) == set(values)
