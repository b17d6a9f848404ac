"""What will go says so, wherever a client can see it: in the SDL and by introspection."""

from enum import Enum
from typing import Annotated, Any

import pytest
import strawberry
from graphql import build_schema, graphql_sync

from gateway.source.keep import DataClass, Keep
from gateway.source.read import Fields, read
from gateway.source.source import Source
from schema.language.declare import asked, copied, derived, published
from schema.language.facts import Facts
from schema.language.links import Deprecated, extend, link
from schema.language.scalars import Identificatie
from tests.language.declaring import assembled, mistakes, root, unkeyed


@strawberry.enum(description="Een kleur.")
class Kleur(Enum):
    """One colour to keep and one that goes."""

    ROOD = strawberry.enum_value("rood", description="Rood.")
    ROZE = strawberry.enum_value("roze", description="Roze.", deprecation_reason="Gebruik ROOD.")


@published(label="ding")
class Ding:
    """Een ding."""

    naam: str | None
    """De naam."""
    roepnaam: str | None = copied(deprecation="Gebruik naam.")
    """De roepnaam."""
    kleur: Kleur | None
    """De kleur."""

    @derived(deprecation="Gebruik naam.")
    def volledig(naam: str | None) -> str | None:
        """De naam voluit."""
        return naam


@asked
class Wens:
    """Waaraan dingen moeten voldoen."""

    naam: Annotated[Identificatie | None, Deprecated("Gebruik nummer.")]
    """De naam."""
    nummer: Identificatie | None
    """Het nummer."""


@read("bron", keep=Keep.request(DataClass.OPEN))
async def gezocht(source: Source, fields: Fields, *, oud: Any, wens: Any) -> Any:
    """A read with parameters."""


Oud = Annotated[Identificatie | None, "Het oude kenmerk.", Deprecated("Gebruik wens.")]


def declared() -> Facts:
    """A schema with one of each that goes."""
    query = root()

    @extend(query)
    class Vragen:
        @link(gezocht, label="ding")
        def dingen(
            self, oud: Oud = None, wens: Annotated[Wens | None, "De wens."] = None
        ) -> Ding | None:
            """Een ding."""

        @link(unkeyed, label="ding", deprecation="Gebruik dingen.")
        def ding(self) -> Ding | None:
            """Een ding."""

    return assembled(query, Vragen)


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("Ding.roepnaam", "Gebruik naam."),
        ("Ding.volledig", "Gebruik naam."),
        ("Ding.naam", None),
        ("Query.ding", "Gebruik dingen."),
        ("Query.dingen", None),
        ("Wens.naam", "Gebruik nummer."),
        ("Wens.nummer", None),
    ],
)
def test_a_field_says_what_to_use_instead(place: str, reason: str | None) -> None:
    """Copied, derived, linked, or of an input."""
    type_name, name = place.split(".")
    kind: Any = build_schema(declared().sdl).type_map[type_name]

    assert kind.fields[name].deprecation_reason == reason


def test_an_argument_and_a_value_say_what_to_use_instead() -> None:
    types: Any = build_schema(declared().sdl).type_map

    arguments = types["Query"].fields["dingen"].args
    assert {name: each.deprecation_reason for name, each in arguments.items()} == {
        "oud": "Gebruik wens.",
        "wens": None,
    }
    assert types["Kleur"].values["ROZE"].deprecation_reason == "Gebruik ROOD."


def test_introspection_shows_the_reason() -> None:
    """And leaves what goes out, unless asked for it."""
    query = """{ __type(name: "Ding") {
      fields { name }
      all: fields(includeDeprecated: true) { name deprecationReason }
    } }"""

    data: Any = graphql_sync(declared().schema, query).data

    assert [each["name"] for each in data["__type"]["fields"]] == ["naam", "kleur"]
    assert {each["name"]: each["deprecationReason"] for each in data["__type"]["all"]} == {
        "naam": None,
        "roepnaam": "Gebruik naam.",
        "kleur": None,
        "volledig": "Gebruik naam.",
    }


def test_what_must_be_given_cannot_go() -> None:
    """Who may not leave it out cannot stop sending it."""

    @asked
    class Eis:
        """Een eis."""

        nummer: Annotated[Identificatie, Deprecated("Gebruik naam.")]
        """Het nummer."""

    query = root()

    def question(self: Any, oud: Any, wens: Any = None) -> Ding | None:
        """Een ding."""

    question.__annotations__["oud"] = Annotated[
        Identificatie, "Het oude kenmerk.", Deprecated("Gebruik wens.")
    ]
    question.__annotations__["wens"] = Annotated[Eis | None, "De wens."]

    @extend(query)
    class Vragen:
        vraag = link(gezocht, label="ding", name="vraag")(question)

    said = "what must be given cannot be deprecated"
    assert [each for each in mistakes(query, Vragen) if said in each] == [
        f"Query.vraag(oud): {said}",
        f"Eis.nummer: {said}",
    ]
