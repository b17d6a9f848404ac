"""Annotations as shapes, and declarations as one published schema with the machine's tables."""

from enum import Enum
from typing import Annotated, Any

import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
    build_schema,
    lexicographic_sort_schema,
    print_schema,
)

from schema.language.declare import Copied, Derived, Otherwise
from schema.language.links import Linked, ListOf, Range
from schema.language.paging import Connection
from schema.language.resolve import Shape, arguments_of, attribute_docs, shape_of
from tests.language.declaring import assembled, root
from tests.language.test_rules import asking
from tests.registry import Dier, Ding, Kleur, Mens, facts, shared_facts


@pytest.mark.parametrize(
    ("annotation", "shape"),
    [
        (str, Shape(str, False)),
        (str | None, Shape(str, True)),
        (list[str], Shape(str, False, many=True)),
        (list[str | None] | None, Shape(str, True, many=True, items_nullable=True)),
        (Annotated[list[str] | None, "tekst"], Shape(str, True, many=True)),
        (list[Annotated[str, "tekst"]], Shape(str, False, many=True)),
        (Connection[Mens] | None, Shape(Mens, True, connection=True)),
    ],
)
def test_shape_of(annotation: Any, shape: Shape) -> None:
    """A named type, perhaps in a list, perhaps null, perhaps paged."""
    assert shape_of(annotation) == shape


def test_the_enum_of_a_shape() -> None:
    """Only where the named type is one."""
    assert shape_of(list[Kleur]).enum is Kleur
    assert shape_of(Enum | None).enum is Enum
    assert shape_of(str).enum is None


def test_arguments_with_their_words_and_bounds() -> None:
    """From the annotations of a link's function, `self` apart."""

    def question(
        self: Any,
        ids: Annotated[list[int], "Nummers.", ListOf(3)],
        first: Annotated[int, Range(1, 2), "Hoeveel."] = 1,
    ) -> None:
        """Een vraag."""

    ids, first = arguments_of(question)
    assert (ids.keyword, ids.description, ids.bounds) == ("ids", "Nummers.", ListOf(3))
    assert ids.shape.many
    assert (first.description, first.bounds, first.default) == ("Hoeveel.", Range(1, 2), 1)


def test_attribute_docs() -> None:
    """The string under an attribute; none for a class that was made inside a function."""

    class Local:
        naam: str
        """Niet te vinden."""

    assert attribute_docs(Mens)["bijnamen"] == "Andere namen."
    assert attribute_docs(Local) == {}


def test_the_published_schema_is_sound_and_repeatable() -> None:
    """It parses, has a description everywhere, and is the same each time."""
    made = shared_facts()
    parsed = build_schema(made.sdl)

    assert made.sdl == facts().sdl
    assert print_schema(lexicographic_sort_schema(parsed)) == print_schema(
        lexicographic_sort_schema(made.schema)
    )
    for name in made.types:
        kind = made.schema.type_map[name]
        assert kind.description, name
        for field_name, field in getattr(kind, "fields", {}).items():
            assert field.description, (name, field_name)
            for argument in getattr(field, "args", {}).values():
                assert argument.description, (name, field_name)


def test_abstract_types() -> None:
    """With fields of its own an interface, without them a union."""
    types = shared_facts().schema.type_map
    verblijf, vondst = types["Verblijf"], types["Vondst"]

    assert isinstance(verblijf, GraphQLInterfaceType)
    assert list(verblijf.fields) == ["sinds", "eigenaar"]
    assert isinstance(vondst, GraphQLUnionType)
    assert {option.name for option in vondst.types} == {"Ding", "Dier"}
    huis = types["Huis"]
    assert isinstance(huis, GraphQLObjectType)
    assert huis.interfaces == (verblijf,)
    assert list(huis.fields) == ["sinds", "eigenaar", "nummer", "kamers", "bel"]


def test_the_option_of_a_wire_object() -> None:
    """By the discriminator; another value is the option for all others, if there is one."""
    verblijf = shared_facts().types["Verblijf"]
    vondst = shared_facts().types["Vondst"]

    assert verblijf.options == {
        "huis": "Huis",
        "boot": "Boot",
        "schip": "Boot",
        Otherwise: "Ergens",
    }
    assert verblijf.concrete({"soort": "schip"}) == "Boot"
    unknown: tuple[Any, ...] = ("tent", None, [], {"a": 1}, 1.5)
    for strange in unknown:
        assert verblijf.concrete({"soort": strange}) == "Ergens"
        assert vondst.concrete({"type": strange}) is None
    assert shared_facts().types["Mens"].concrete("geen object") == "Mens"


def test_connections() -> None:
    """A generated edge, or the type's own; one connection type for each."""
    made = shared_facts()
    kinds = made.schema.type_map
    for name in ("MensConnection", "VriendConnection"):
        kind = kinds[name]
        assert isinstance(kind, GraphQLObjectType)
        assert {field: str(held.type) for field, held in kind.fields.items()} == {
            "edges": f"[{name.removesuffix('Connection')}Edge!]!",
            "pageInfo": "PageInfo!",
            "totalCount": "Int",
        }
    found = made.types["Query"].fields["mensenGezocht"]
    assert (found.connection, found.many, found.type_name) == (True, False, "MensConnection")
    assert made.required(found) == ("vraag.zoeken", "mens.basis")


def test_field_facts() -> None:
    """How each kind of field is found, and what it reveals."""
    types = shared_facts().types
    mens, ding = types["Mens"].fields, types["Ding"].fields

    assert mens["bsn"].label == "mens.bsn"
    assert mens["leeftijd"].label == "mens.basis"
    assert mens["kleuren"].enum is Kleur
    assert (mens["kleuren"].many, mens["kleuren"].is_object) == (True, False)
    assert (mens["verblijven"].many, mens["verblijven"].is_object) == (True, True)
    assert ding["gewicht"].kind == Copied(("maten", "gewicht"))
    assert ding["naam"].blank_is_absent
    assert ding["id"].parent == "Ding"
    assert isinstance(types["Naam"].fields["volledig"].kind, Derived)
    assert isinstance(mens["besproken"].kind, Linked)
    assert shared_facts().required(mens["besproken"]) == ("verslag.dingen", "ding.basis")
    assert shared_facts().required(mens["leeftijd"]) == ("mens.basis",)


def test_parameters() -> None:
    """Named as published, passed on as Python names them."""
    first = shared_facts().types["Query"].fields["mensenGezocht"].parameters

    assert [(one.name, one.keyword, one.required) for one in first] == [
        ("filter", "filter", False),
        ("first", "first", False),
        ("after", "after", False),
    ]
    assert first[1].bounds == Range(1, 100)


def test_a_base_types_field_keeps_its_label_in_an_option() -> None:
    """A link and a field say what they reveal once, where they are declared."""
    types = shared_facts().types

    assert types["Huis"].fields["sinds"].label == "mens.verblijf"
    assert types["Boot"].fields["nummer"].label == "mens.bootnummer"
    assert types["Dier"].fields["poten"].label == "dier.basis"


def test_two_roots_do_not_see_each_other() -> None:
    """Declarations are only read: assembling leaves nothing behind."""
    query, questions = asking(Dier | None)

    assert list(assembled(query, questions).types["Query"].fields) == ["question"]
    assert list(assembled(*asking(Ding | None)).types["Query"].fields) == ["question"]
    assert root() is not query
