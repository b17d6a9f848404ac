"""What a declaration records, before anything is resolved."""

from types import SimpleNamespace

import pytest

from schema.language.declare import (
    OTHERWISE,
    Copied,
    Derived,
    TypeDeclaration,
    asked,
    copied,
    declaration_of,
    derived,
    one_of,
    published,
)
from schema.language.links import Hop, Linked, Where, extend, extensions_of, link
from schema.language.paging import Page
from tests.language.declaring import keyed, unkeyed


@one_of(by="soort.code", label="plek", wire=("adres.id",), blank_is_absent=True)
class Plek:
    """Een plek."""

    sinds: str | None
    naam: str | None = copied("bord.tekst", label="plek.naam", name="opschrift")


@published(label="plek.huis", when=("a", "b"), wire=("bel",))
class Huis(Plek):
    """Een huis."""

    sinds: str | None = copied("vanaf")
    huis_nummer: int | None = copied(deprecation="Gebruik nummer.")

    @derived(needs={"straat": "adres.straat"}, label="plek.adres")
    def volledig(straat: str | None, huis_nummer: int | None) -> str:
        """Het adres als tekst."""
        return f"{straat} {huis_nummer}"


@published(label="plek", when=OTHERWISE)
class Ergens(Plek):
    """Elders."""


def declared(cls: type) -> TypeDeclaration:
    """The declaration on a class."""
    found = declaration_of(cls)
    assert found is not None
    return found


def test_a_copied_field_is_named_after_its_attribute() -> None:
    """Unless the path, the name or the label is given."""
    fields = declared(Huis).fields

    assert fields["huisNummer"].kind == Copied(("huisNummer",))
    assert fields["huisNummer"].deprecation == "Gebruik nummer."
    assert fields["huisNummer"].label is None
    assert fields["opschrift"].kind == Copied(("bord", "tekst"))
    assert fields["opschrift"].label == "plek.naam"


def test_a_derived_fields_parameters_are_its_needs() -> None:
    """By their published names, or where `needs` says."""
    made = declared(Huis).fields["volledig"]

    assert isinstance(made.kind, Derived)
    assert made.kind.needs == (
        ("straat", ("adres", "straat")),
        ("huis_nummer", ("huisNummer",)),
    )
    assert (made.label, made.description) == ("plek.adres", "Het adres als tekst.")
    assert made.kind.compute("Dam", 1) == "Dam 1"


def test_an_option_has_what_its_base_has() -> None:
    """Fields in the order of the base, wire paths and what blank means; not the discriminator."""
    huis = declared(Huis)

    assert list(huis.fields) == ["sinds", "opschrift", "huisNummer", "volledig"]
    assert huis.wire == {("adres", "id"), ("bel",)}
    assert huis.blank_is_absent
    assert huis.by is None
    assert huis.when == ("a", "b")
    assert declared(Plek).by == ("soort", "code")
    assert declared(Ergens).when == (OTHERWISE,)


def test_a_declaration_stands_on_its_own_class_only() -> None:
    """A subclass without one has none."""

    class Ander(Huis):
        pass

    assert declaration_of(Ander) is None
    assert declaration_of("Huis") is None


def test_an_input_copies_its_attributes() -> None:
    """In camel case, and without a label: what is asked with reveals nothing."""

    @asked
    class Vraag:
        """Een vraag."""

        naam_van: str

    found = declared(Vraag)
    assert found.is_input
    assert list(found.fields) == ["naamVan"]
    assert found.label == ""


def test_a_link_records_its_hops() -> None:
    """Key, argument, what it goes through, and the condition."""

    @link(keyed, key="a.b", through=(unkeyed, "c"), where=("d", "e.f"), label="x", expected=3)
    def dingen(self: object) -> None:
        """De dingen."""

    assert dingen.kind == Linked(
        (Hop(keyed, ("a", "b"), None), Hop(unkeyed, ("c",), None)),
        Where(("d",), ("e", "f")),
        3,
    )
    assert (dingen.name, dingen.label, dingen.description) == ("dingen", "x", "De dingen.")


def test_extensions_are_those_of_the_module_itself() -> None:
    """In the order in which they stand there; what it imports is another registry's."""
    module = SimpleNamespace(__name__="resolvers.toets")

    @extend(Huis)
    class Eerste:
        @link(unkeyed, label="x")
        def een(self) -> None:
            """Een."""

    @extend(Plek)
    class Tweede:
        """Zonder links."""

    Eerste.__module__ = Tweede.__module__ = "resolvers.toets"
    module.a, module.b, module.c = Eerste, Tweede, Huis

    assert [found.target for found in extensions_of(module)] == [Huis, Plek]
    assert [len(found.fields) for found in extensions_of(module)] == [1, 0]


def test_a_page_as_the_object_of_a_connection() -> None:
    """Each item between its cursor and what its edge has of its own."""
    page = Page([{"id": 1}, {"id": 2}], ["c1", "c2"], True, 7, edges=[{"sinds": "nu"}, {}])

    assert page.wire() == {
        "edges": [
            {"sinds": "nu", "node": {"id": 1}, "cursor": "c1"},
            {"node": {"id": 2}, "cursor": "c2"},
        ],
        "pageInfo": {
            "hasNextPage": True,
            "hasPreviousPage": False,
            "startCursor": "c1",
            "endCursor": "c2",
        },
        "totalCount": 7,
    }
    assert Page([], [], False).wire()["pageInfo"]["endCursor"] is None


def test_a_page_whose_parts_do_not_agree_is_refused() -> None:
    """As many cursors as items, and edges for all or none."""
    for page in (Page([1], [], False), Page([1], ["c"], False, edges=[{}, {}])):
        with pytest.raises(ValueError, match="zip"):
            page.wire()
