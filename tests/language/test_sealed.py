"""Sealed fields: what startup asks of them, and that they stay pure: the sealer is handed in."""

from typing import Any

import pytest

from gateway.operation.fetched import Fetched
from gateway.operation.seal import Seal, no_links
from gateway.operation.writer.fields import value_of
from gateway.operation.writer.run import Run
from schema.language.assemble import assemble
from schema.language.content import Content
from schema.language.declare import Derived, derived, published
from schema.language.errors import DeclarationError
from schema.language.links import Registry, extend, link
from schema.language.scalars import Downloadlink
from tests.language.declaring import root, unkeyed


@published(label="foto", wire=("nummer", "naam"))
class Foto:
    """Een foto."""

    @derived(label="foto.beeld", sealed="beelden")
    def beeld(nummer: str | None, naam: str | None) -> Downloadlink | None:
        """Een link naar het beeld."""
        return Downloadlink(Content((nummer,), naam or "", "image/png")) if nummer else None


def assembled(held: type, *streams: str) -> Any:
    """The facts of a root that gives this type, of a registry with these streams."""
    query = root()

    def question(self: Any) -> None:
        """Een vraag."""

    question.__annotations__["return"] = held | None

    @extend(query)
    class Questions:
        vraag = link(unkeyed, label="vraag")(question)

    mark = Questions.__dict__["__extension__"]
    made = dict.fromkeys(streams, object())
    return assemble([Registry("x", "X.", [mark], dialects={}, streams=made)], query)


def mistakes(held: type, *streams: str) -> list[str]:
    """What startup says of it."""
    with pytest.raises(DeclarationError) as caught:
        assembled(held, *streams)
    return list(caught.value.mistakes)


def test_a_sealed_field_is_published_as_a_link() -> None:
    """Its needs are asked for as those of any derived field."""
    fact = assembled(Foto, "beelden").types["Foto"].fields["beeld"]

    assert (fact.type_name, fact.label) == ("Downloadlink", "foto.beeld")
    assert isinstance(fact.kind, Derived)
    assert fact.kind.sealed == "beelden"
    assert [path for _, path in fact.kind.needs] == [("nummer",), ("naam",)]


def test_a_stream_must_exist() -> None:
    """A link that nobody could follow is a mistake at startup."""
    assert mistakes(Foto) == ["Foto.beeld: no registry has a stream 'beelden'"]


def test_what_is_sealed_is_one_link_or_null() -> None:
    """And nothing else is a link."""

    @published(label="foto", wire=("nummer",))
    class Scheef:
        """Een scheve foto."""

        @derived(sealed="beelden")
        def tekst(nummer: str | None) -> str | None:
            """Geen link."""
            return nummer

        @derived
        def open(nummer: str | None) -> Downloadlink | None:
            """Niet verzegeld."""
            return None

        @derived(sealed="beelden")
        def altijd(nummer: str | None) -> Downloadlink:
            """Nooit leeg."""
            return Downloadlink(Content(()))

        @derived(sealed="beelden")
        def veel(nummer: str | None) -> list[Downloadlink] | None:
            """Meer dan een."""
            return None

    kind, one = (
        "what is sealed is a Downloadlink, and a Downloadlink is sealed",
        "what is sealed is one link or null",
    )
    assert mistakes(Scheef, "beelden") == [
        f"Scheef.tekst: {kind}",
        f"Scheef.open: {kind}",
        f"Scheef.altijd: {one}",
        f"Scheef.veel: {one}",
    ]


def value(holder: Any, seal: Seal = no_links) -> Any:
    """The value of the field of this object."""
    fact = assembled(Foto, "beelden").types["Foto"].fields["beeld"]
    run = Run(None, Fetched(), seal)  # type: ignore[arg-type]
    return value_of(fact, ())(run, holder, None)


def test_the_sealer_is_told_what_and_under_which_label() -> None:
    """It alone knows for whom; the field is what it makes."""
    told: list[Any] = []

    def seal(stream: str, label: str, content: Content) -> str:
        told.append((stream, label, content))
        return "/beelden/x"

    assert value({"nummer": "1", "naam": "a.png"}, seal=seal) == "/beelden/x"
    assert told == [("beelden", "foto.beeld", Content(("1",), "a.png", "image/png"))]


def test_nothing_is_sealed_of_what_is_not_there() -> None:
    """The sealer is not asked at all."""

    def seal(stream: str, label: str, content: Content) -> str:
        raise AssertionError

    assert value({}, seal=seal) is None


def test_who_gets_no_links_gets_null() -> None:
    """As when a document is only explained."""
    assert value({"nummer": "1"}) is None
    assert no_links("beelden", "foto.beeld", Content(())) is None
