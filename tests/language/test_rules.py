"""What startup refuses of a declaration: an example of each mistake, and what is said of it."""

from collections.abc import Callable
from enum import Enum
from typing import Annotated, Any

import pytest
import strawberry

from gateway.source.keep import DataClass, Keep
from gateway.source.read import Fields, read
from gateway.source.source import Source
from schema.language.declare import OTHERWISE, asked, copied, derived, one_of, published
from schema.language.links import ListOf, Range, Subscription, extend, link
from schema.language.paging import After, Connection, First
from schema.language.scalars import Bsn, Identificatie
from tests.language.declaring import assembled, giving, keyed, mistakes, root, text, unkeyed


@published(label="ding", wire=("sleutel", "sleutels"))
class Ding:
    """Een ding."""

    naam: str | None
    """De naam."""


Key = Annotated[Identificatie, "Het kenmerk."]


def asking(of: Any, read_by: Any = unkeyed, **options: Any) -> tuple[type, type]:
    """A root and one question, without arguments, for this type."""
    query = root()

    def question(self: Any) -> None:
        """Een vraag."""

    question.__annotations__["return"] = of

    @extend(query)
    class Questions:
        vraag = link(read_by, label="vraag", **options)(question)

    return query, Questions


def questioned(function: Callable[..., Any], read_by: Any, **options: Any) -> list[str]:
    """What is wrong with a question that has the arguments of this function."""
    query = root()

    @extend(query)
    class Questions:
        vraag = link(read_by, label="vraag", name="vraag", **options)(function)

    return mistakes(query, Questions)


def test_a_sound_declaration_passes() -> None:
    """The schema that the others spoil."""
    assert assembled(*asking(Ding | None)).labels == {"ding", "vraag"}


def test_everything_is_described() -> None:
    """Types, fields, links, arguments, enums and their values have a Dutch description."""

    class Kaal(Enum):
        A = strawberry.enum_value("a")

    strawberry.enum(Kaal)

    @published(label="x")
    class Stil:
        naam: str | None = copied()
        kaal: Kaal | None = text()

    query = root()

    @extend(query)
    class Questions:
        @link(keyed, argument="id", label="vraag")
        def stil(self, id: Identificatie) -> Stil | None:
            pass

    assert sorted(mistakes(query, Questions)) == [
        "Kaal: a description is missing",
        "Query.stil(id): a description is missing",
        "Query.stil: a description is missing",
        "Stil.kaal: Kaal.A has no description",
        "Stil.naam: a description is missing",
        "Stil: a description is missing",
    ]


def test_every_type_has_a_label_and_every_link_its_own() -> None:
    """A link that took its parent's label once showed residents as open data."""

    @published(label="")
    class Open:
        """Iets."""

        naam: str | None = text()

    query, questions = asking(Open | None)

    @extend(Open)
    class Links:
        @link(unkeyed, label="")
        def ander(self) -> Ding | None:
            """Iets anders."""

    assert mistakes(query, questions, Links) == [
        "Open: a label is missing",
        "Open.ander: a link states its own label",
    ]


def test_a_type_has_fields() -> None:
    """An empty type cannot be asked for."""

    @published(label="x")
    class Leeg:
        """Niets."""

    assert mistakes(*asking(Leeg | None)) == ["Leeg: there are no fields"]


def test_two_things_never_have_one_name() -> None:
    """Neither types, nor a link and a field, nor two links."""

    @published(label="x", name="Ding")
    class Ander:
        """Iets anders."""

        naam: str | None = text()
        ding: Ding | None = text()

    query, questions = asking(Ander | None)

    @extend(Ander)
    class Links:
        @link(unkeyed, label="x")
        def naam(self) -> Ding | None:
            """Een ding."""

    @extend(query)
    class Again:
        @link(unkeyed, label="x")
        def question(self) -> Ander | None:
            """Een ding."""

    assert sorted(mistakes(query, questions, Links, Again)) == [
        "Ding.naam: two fields have this name",
        "Ding: two types have this name",
        "Query.question: two fields have this name",
    ]


def test_an_abstract_type_can_be_told_apart() -> None:
    """It has options, each with its own values."""

    @one_of(by="soort", label="x")
    class Niets:
        """Zonder keuze."""

    @one_of(by="soort", label="x")
    class Iets:
        """Met keuze."""

    @published(label="x", when=("a", "b"))
    class Een(Iets):
        """De eerste."""

        naam: str | None = text()

    @published(label="x", when="b")
    class Twee(Iets):
        """De tweede."""

        naam: str | None = text()

    @published(label="x")
    class Drie(Iets):
        """De derde."""

        naam: str | None = text()

    @published(label="x")
    class Houder:
        """Houdt beide."""

        niets: Niets | None = text()
        iets: Iets | None = text()

    assert sorted(mistakes(*asking(Houder | None))) == [
        "Drie: `when` is missing, so Iets cannot choose it",
        "Niets: a one_of needs subclasses that say when they apply",
        "Twee: 'b' already chooses Een",
    ]


def test_what_can_be_refused_is_nullable() -> None:
    """A link, a field with another label, or a field of a type with another label."""

    @published(label="x")
    class Streng:
        """Nooit leeg."""

        eigen: str = text()
        ander: str = text(label="y")
        ding: Ding = text()

    query = root()

    @extend(query)
    class Questions:
        @link(unkeyed, label="vraag")
        def vraag(self) -> Streng:
            """Een vraag."""
            return Streng()

    assert sorted(mistakes(query, Questions)) == [
        "Query.vraag: Streng can be refused, so it must be nullable",
        "Query.vraag: a link can fail or be refused, so it must be nullable",
        "Streng.ander: its label 'y' is not the type's, so it must be nullable",
        "Streng.ding: Ding can be refused, so it must be nullable",
    ]


def test_a_field_of_an_option_can_be_refused_to_who_may_see_the_abstract_type() -> None:
    """Who holds the label of a `one_of` gets objects of its options, whatever their label."""

    @one_of(by="soort", label="x")
    class Iets:
        """Een keuze."""

    @published(label="y", when=OTHERWISE)
    class Een(Iets):
        """De eerste."""

        naam: str = text()

    assert mistakes(*asking(Iets | None)) == [
        "Een.naam: its label 'y' is not the type's, so it must be nullable"
    ]


def test_needs_and_keys_exist() -> None:
    """Every wire path that is used is declared somewhere."""

    @published(label="x", wire=("echt",))
    class Mens:
        """Een mens."""

        naam: str | None = text("a..b")

        @derived
        def leeftijd(geboren: str | None) -> int | None:
            """De leeftijd."""
            return None

    query, questions = asking(Mens | None)

    @extend(Mens)
    class Links:
        @link(keyed, key="sleutel", label="x")
        def een(self) -> Ding | None:
            """Een."""

        @link(giving(Ding), key="echt", through=(keyed, "weg"), label="x")
        def twee(self) -> Ding | None:
            """Twee."""

        @link(keyed, key="echt", through=(keyed, "naam"), label="x")
        def drie(self) -> Ding | None:
            """Drie."""

        @link(keyed, key="echt", where=("kleur", "rang"), label="x")
        def vier(self) -> list[Ding] | None:
            """Vier."""

    assert sorted(mistakes(query, questions, Links)) == [
        "Mens.drie: the read keyed does not say which type it gives",
        "Mens.een: the key 'sleutel' is no declared wire path",
        "Mens.leeftijd: it needs 'geboren', which is no declared wire path",
        "Mens.naam: the wire path 'a..b' is not a path",
        "Mens.twee: the key 'weg' is no declared wire path",
        "Mens.vier: 'kleur' is no declared wire path",
        "Mens.vier: 'rang' is no declared wire path",
    ]


def test_paths_are_found_through_objects_and_options() -> None:
    """A key may stand below a copied object, or in any option of an abstract type."""

    @one_of(by="soort", label="x")
    class Plek:
        """Een plek."""

    @published(label="x", when=OTHERWISE, wire=("nummer",))
    class Huis(Plek):
        """Een huis."""

        straat: str | None = text("adres.straat")

    @published(label="x")
    class Mens:
        """Een mens."""

        plek: Plek | None = text("verblijf.plek")

    query, questions = asking(Mens | None)

    @extend(Mens)
    class Links:
        @link(keyed, key="verblijf.plek.nummer", label="x")
        def een(self) -> Ding | None:
            """Een."""

        @link(keyed, key="verblijf.plek.adres.straat", label="x")
        def twee(self) -> Ding | None:
            """Twee."""

        @link(keyed, key="verblijf.plek.adres", label="x")
        def drie(self) -> Ding | None:
            """Drie."""

    assert mistakes(query, questions, Links) == [
        "Mens.drie: the key 'verblijf.plek.adres' is no declared wire path"
    ]


def test_a_link_gives_its_read_what_it_wants() -> None:
    """A key if it wants one, and exactly its parameters."""

    @read("bron", keep=Keep.request(DataClass.OPEN))
    async def choosy(source: Source, key: str, fields: Fields, *, kleur: str, maat: int) -> Any:
        """A read with parameters."""

    def without(self: Any, soort: Key) -> Ding | None:
        """Een vraag."""

    def bare(self: Any) -> Ding | None:
        """Een vraag."""

    def keyless(self: Any, id: Key) -> Ding | None:
        """Een vraag."""

    assert questioned(without, choosy, argument="id") == [
        "Query.vraag: there is no argument 'id' to take the key from",
        "Query.vraag: arguments and parameters of choosy differ: kleur, maat, soort",
    ]
    assert questioned(bare, keyed) == ["Query.vraag: the read keyed wants a key"]
    assert questioned(keyless, unkeyed, argument="id") == [
        "Query.vraag: the read unkeyed takes no key"
    ]


def test_the_key_is_always_given() -> None:
    """A question by key without its key would have nothing to ask."""

    def optional(self: Any, id: Annotated[Identificatie | None, "Het."] = None) -> Ding | None:
        """Een vraag."""

    def nullable(self: Any, id: Annotated[Identificatie | None, "Het."]) -> Ding | None:
        """Een vraag."""

    wrong = ["Query.vraag(id): it is the key, so it must always be given"]
    assert questioned(optional, keyed, argument="id") == wrong
    assert questioned(nullable, keyed, argument="id") == wrong


def test_a_read_that_is_gone_through_wants_a_key_and_nothing_else() -> None:
    """There are no arguments to pass on after the first hop."""

    @read("bron", keep=Keep.request(DataClass.OPEN))
    async def choosy(source: Source, key: str, fields: Fields, *, kleur: str) -> Any:
        """A read with a parameter."""

    for other, name in ((choosy, "choosy"), (unkeyed, "unkeyed")):
        query, questions = asking(Ding | None)

        @extend(Ding)
        class Links:
            een = link(giving(Ding), key="sleutel", through=(other, "naam"), label="x", name="een")(
                _een
            )

        assert mistakes(query, questions, Links) == [
            f"Ding.een: the read {name} must want a key and nothing else"
        ]


def _een(self: Any) -> Ding | None:
    """Een."""


def test_a_field_that_hides_a_read_in_its_class_is_found() -> None:
    """In a class body the name of a link stands before the read of the same name."""
    query = root()

    @extend(query)
    class Questions:
        @link(keyed, argument="id", label="x")
        def keyed(self, id: Key) -> Ding | None:
            """Een ding."""

        @link(keyed, argument="id", label="x")
        def again(self, id: Key) -> Ding | None:
            """Nog een."""

    assert mistakes(query, Questions) == [
        "Query.again: what it reads is no read; a field of the same class may have its name"
    ]


def test_a_connection_is_what_one_read_gives() -> None:
    """A page of which items are left out, or that led on, would not be a page any more."""

    @read("bron", keep=Keep.request(DataClass.OPEN))
    async def pages(source: Source, key: str, fields: Fields, *, first: int, after: Any) -> Any:
        """A read of pages."""

    query, questions = asking(Ding | None)

    @extend(Ding)
    class Links:
        @link(pages, key="sleutel", where=("naam", "naam"), label="x")
        def een(self, first: First = 20, after: After = None) -> Connection[Ding] | None:
            """Een."""

    assert mistakes(query, questions, Links)[0] == (
        "Ding.een: a connection is what one read gives, without `through` or `where`"
    )


def test_what_a_client_sends_is_bounded() -> None:
    """Text, numbers and lists have bounds, in arguments and in inputs."""

    @asked
    class Invoer:
        """Wat er gevraagd kan worden."""

        tekst: str = text()
        getal: int = text()
        lijst: list[Bsn] = text()
        deel_1: Bsn = text()

    @read("bron", keep=Keep.request(DataClass.OPEN))
    async def greedy(
        source: Source,
        fields: Fields,
        *,
        tekst: str,
        getal: int,
        goed: int,
        lijst: Any,
        vreemd: float,
        invoer: Any,
        mag: bool,
    ) -> Any:
        """A read of anything."""

    def question(
        self: Any,
        tekst: Annotated[str, "Tekst."],
        getal: Annotated[int, "Getal."],
        goed: Annotated[int, "Getal.", Range(1, 2)],
        lijst: Annotated[list[Bsn], "Lijst."],
        vreemd: Annotated[float, "Vreemd."],
        invoer: Annotated[Invoer, "Invoer."],
        mag: Annotated[bool | None, "Mag."] = None,
    ) -> Ding | None:
        """Een vraag."""

    number = "a number that a client sends needs Range bounds"
    plain = "plain text is unbounded; use a scalar of schema.language.scalars"
    listed = "a list that a client sends needs ListOf bounds"
    found = [one for one in questioned(question, greedy) if "description" not in one]
    assert sorted(found) == [
        "Invoer.deel1: after an underscore in an input's field comes a letter",
        f"Invoer.getal: {number}",
        f"Invoer.lijst: {listed}",
        f"Invoer.tekst: {plain}",
        f"Query.vraag(getal): {number}",
        f"Query.vraag(lijst): {listed}",
        f"Query.vraag(tekst): {plain}",
        "Query.vraag(vreemd): <class 'float'> is not a type that a client can send",
    ]


def test_an_optional_argument_is_nullable() -> None:
    """None as default of what may not be null contradicts itself."""

    @read("bron", keep=Keep.request(DataClass.OPEN))
    async def choosy(source: Source, fields: Fields, *, kleur: Any) -> Any:
        """A read with a parameter."""

    def question(self: Any, kleur: Key = None) -> Ding | None:  # type: ignore[assignment]
        """Een vraag."""

    # `= None` makes typing read `X` as `X | None` no longer: Python 3.11 stopped doing so.
    assert questioned(question, choosy) == [
        "Query.vraag(kleur): it may be left out, so it must be nullable"
    ]


def test_every_mistake_is_told_at_once() -> None:
    """Nobody has to start the gateway ten times to find ten mistakes."""

    @published(label="")
    class Slecht:
        """Slecht."""

        een: str | None = copied()
        twee: str | None = copied()

    assert len(mistakes(*asking(Slecht | None))) == 3


@pytest.mark.parametrize("highest", [1, 10])
def test_a_bounded_list_passes(highest: int) -> None:
    """What the rules ask for is enough."""

    def question(
        self: Any, ids: Annotated[list[Identificatie], "De kenmerken.", ListOf(highest)]
    ) -> list[Ding] | None:
        """Een vraag."""

    query = root()

    @extend(query)
    class Questions:
        vraag = link(keyed, argument="ids", label="vraag")(question)

    assert "question" in assembled(query, Questions).types["Query"].fields


def following(
    function: Callable[..., Any], read_by: Any, **options: Any
) -> tuple[type, type, type]:
    """A sound question, and one thing to follow, with the arguments of this function."""
    query, questions = asking(Ding | None)

    @extend(Subscription)
    class Volgen:
        gewijzigd = link(read_by, label="vraag", name="gewijzigd", **options)(function)

    return query, questions, Volgen


def test_one_thing_can_be_followed_by_its_key() -> None:
    def changed(self: Any, id: Key) -> Ding | None:
        """Een ding dat wijzigt."""

    facts = assembled(*following(changed, keyed, argument="id"))

    assert list(facts.types["Subscription"].fields) == ["gewijzigd"]
    assert facts.subscription == "Subscription"
    assert facts.schema.subscription_type is facts.schema.type_map["Subscription"]


def test_without_anything_to_follow_there_is_no_subscription() -> None:
    facts = assembled(*asking(Ding | None))

    assert (facts.subscription, facts.schema.subscription_type) == (None, None)


def test_what_is_followed_is_one_thing() -> None:
    """A notification names one, and its key is how it is recognised."""

    def everything(self: Any) -> Ding | None:
        """Alles."""

    def several(
        self: Any, ids: Annotated[list[Identificatie], "De kenmerken.", ListOf(5)]
    ) -> list[Ding] | None:
        """Meer."""

    rule = "what is followed is one thing, read by the key that is its argument"
    said = f"Subscription.gewijzigd: {rule}"
    assert said in mistakes(*following(everything, unkeyed))
    assert said in mistakes(*following(several, keyed, argument="ids"))
