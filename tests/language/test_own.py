"""What startup proves of questions for what is somebody's own: nobody is named in them."""

from dataclasses import replace
from typing import Annotated, Any

import pytest

from gateway.source.keep import DataClass, Keep
from gateway.source.read import Fields, read
from gateway.source.sieve import Sieve, whether
from gateway.source.source import Source
from schema.language.declare import published
from schema.language.links import Mijn, Own, extend, link, namespace
from schema.language.scalars import Bsn, KvkNummer, Rsin, Uuid, Vestigingsnummer
from tests.language.declaring import assembled, keyed, mistakes, root, text, unkeyed


@published(label="ding")
class Ding:
    """Een ding."""

    naam: str | None = text()
    eigenaar: str | None = text()


@read("bron", keep=Keep.request(DataClass.OPEN))
async def chosen(source: Source, key: str, fields: Fields, *, nummer: str | None) -> Any:
    """A read that wants a key and a number."""


def own(**how: Any) -> type:
    """One question of `Mijn`, declared so."""

    @extend(Mijn)
    class Eigen:
        @link(how.pop("read", keyed), label="ding", **how)
        def ding(self) -> Ding | None:
            """Een ding."""

    return Eigen


def test_what_is_own_stands_in_a_namespace_of_the_root() -> None:
    """It is always there, takes nothing, and reads nothing itself."""
    made = assembled(root(), own(own=Own.BSN))

    assert "mijn: Mijn!" in made.sdl
    fact = made.types["Query"].fields["mijn"]
    assert (fact.label, fact.parameters, fact.is_object) == ("", (), True)
    assert list(made.types["Mijn"].fields) == ["ding"]


def test_without_anything_own_there_is_no_namespace() -> None:
    @extend(query := root())
    class Vragen:
        @link(unkeyed, label="ding")
        def ding(self) -> Ding | None:
            """Een ding."""

    assert "mijn" not in assembled(query, Vragen).types["Query"].fields


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"own": Own.BSN, "read": unkeyed}, "Mijn.ding: the read unkeyed takes no key"),
        ({"read": unkeyed}, "nothing proves that what the read unkeyed gives is the caller's"),
        ({"own": Own.BSN, "key": "bsn"}, "Mijn.ding: its key is the number of the caller"),
        ({}, "Mijn.ding: the read keyed wants a key"),
    ],
)
def test_a_question_for_ones_own_has_one_key(how: dict[str, Any], said: str) -> None:
    assert any(said in mistake for mistake in mistakes(root(), own(**how)))


def test_only_mijn_has_numbers_of_the_caller() -> None:
    """Anywhere else a link would mean another thing by who asks."""

    @extend(query := root())
    class Vragen:
        @link(keyed, own=Own.BSN, label="ding")
        def ding(self) -> Ding | None:
            """Een ding."""

    assert mistakes(query, Vragen) == [
        "Query.ding: only a field of Mijn has a number of the caller as its key"
    ]


@pytest.mark.parametrize("scalar", [Bsn, KvkNummer, Rsin, Vestigingsnummer])
def test_no_argument_names_whose_it_is(scalar: Any) -> None:
    @extend(Mijn)
    class Eigen:
        @link(chosen, own=Own.BSN, label="ding")
        def ding(self, nummer: Annotated[scalar | None, "Een nummer."] = None) -> Ding | None:
            """Een ding."""

    assert mistakes(root(), Eigen) == ["Mijn.ding(nummer): no argument names whose it is"]


def test_what_is_asked_by_uuid_is_proven_of_what_was_found() -> None:
    """By the sieve of its read: the uuid says nothing of whose it is."""

    def by_uuid(which: Any) -> type:
        @extend(Mijn)
        class Eigen:
            @link(which, argument="uuid", label="ding")
            def ding(self, uuid: Annotated[Uuid, "Het uuid."]) -> Ding | None:
                """Een ding."""

        return Eigen

    sieve = Sieve(lambda reach: reach.own is not None, whether(lambda judged: False))

    assert mistakes(root(), by_uuid(keyed)) == [
        "Mijn.ding: nothing proves that what the read keyed gives is the caller's"
    ]
    assert "ding" in assembled(root(), by_uuid(replace(keyed, sieve=sieve))).types["Mijn"].fields


def test_a_namespace_stands_under_the_root_and_holds_links_only() -> None:
    @published(label="ding")
    class Groep:
        """Een groep."""

        naam: str | None = text()

    @extend(Ding)
    class Onder:
        @namespace
        def groep(self) -> Groep:
            """Een groep."""
            return Groep()

    @extend(query := root())
    class Vragen:
        @link(unkeyed, label="ding")
        def ding(self) -> Ding | None:
            """Een ding."""

        @namespace
        def groepen(self) -> list[Groep]:
            """Groepen."""
            return []

    found = mistakes(query, Vragen, Onder)
    assert "Ding.groep: a namespace stands under Query" in found
    assert "Ding.groep: a namespace has links only" in found
    assert "Query.groepen: a namespace is always there, once" in found
