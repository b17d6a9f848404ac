"""What a decision point outside is told of an operation, and what it may answer (operation).

It is told what would be read and where each argument comes from, and of no argument its value. It
is asked once per operation, before anything is looked up, here or at a source. Where no answer can
be had the operation is not carried out.

    Refused       it said no
    Undecided     it did not say
"""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from graphql import ValueNode, VariableNode
from graphql.language import ListValueNode, ObjectValueNode

from gateway.operation.errors import Code, RequestError
from gateway.operation.plan import Plan, Step

SEARCH: Final = "zoeken"
_AGAIN: Final = 2
_FORBIDDEN, _UNAVAILABLE = 403, 503


class Kind(StrEnum):
    """What sort of thing is done."""

    RAADPLEGEN = "raadplegen"
    ZOEKEN = "zoeken"
    VOLGEN = "volgen"
    DOWNLOADEN = "downloaden"


class Origin(StrEnum):
    """Where an argument comes from."""

    VARIABELE = "variabele"
    """The request: whoever asks chose it."""
    LETTERLIJK = "letterlijk"
    """The text of the document."""
    EIGEN = "eigen"
    """The token: it is about who asks, or whom they act for."""
    OBJECT = "object"
    """An object that was read on the way."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument or key of a field (`Type.field`), and where it comes from."""

    field: str
    name: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Matter:
    """What is to be decided on.

    `document` is the SHA-256 of the text in hexadecimal, and `name` what it is registered as; for a
    download `name` is that of its stream. `fields` has every `Type.field` that is read with the
    labels that it takes, `links` those of them that lead to another read.
    """

    kind: Kind
    document: str | None
    name: str | None
    fields: tuple[tuple[str, tuple[str, ...]], ...]
    links: tuple[str, ...] = ()
    arguments: tuple[Argument, ...] = ()


Decide = Callable[[Matter], Awaitable[None]]
"""Returns if it may be done. Raises Refused or Undecided."""


class Refused(RequestError):  # noqa: N818  # it says what is the case
    """The decision point said no; the caller hears no more than that."""

    def __init__(self) -> None:
        super().__init__(
            Code.NIET_GEAUTORISEERD,
            "Deze vraag mag met deze doelbinding niet worden gesteld.",
            status=_FORBIDDEN,
            extensions={"opnieuw": False},
        )


class Undecided(RequestError):  # noqa: N818  # it says what is the case
    """The decision point gave no answer that can be used; in `seconds` it may be asked again."""

    def __init__(self) -> None:
        super().__init__(
            Code.BESLISPUNT_NIET_BEREIKBAAR,
            "Of deze vraag mag worden gesteld, is nu niet vast te stellen. Probeer het later "
            "opnieuw.",
            status=_UNAVAILABLE,
            extensions={"opnieuw": True},
        )
        self.seconds = _AGAIN


def matter_of(plan: Plan, document: str, name: str | None, *, followed: bool = False) -> Matter:
    """What an operation with this plan would do: search, if it begins with that. `followed` is for
    a subscription.
    """
    begins = (step.read.activity for step in plan.steps if step.parent is None)
    searches = any(activity == SEARCH for activity in begins)
    kind = Kind.VOLGEN if followed else Kind.ZOEKEN if searches else Kind.RAADPLEGEN
    arguments = dict.fromkeys(each for step in plan.steps for each in _arguments(step))
    return Matter(kind, document, name, plan.fields, plan.objects, tuple(arguments))


def download_of(stream: str, field: str, label: str) -> Matter:
    """The bytes of a stream, behind a link that this field made."""
    return Matter(Kind.DOWNLOADEN, None, stream, ((field, (label,)),))


def _arguments(step: Step) -> Iterator[Argument]:
    if step.position:
        return
    field = f"{step.fact.parent}.{step.fact.name}"
    for argument in step.node.arguments or ():
        for name, origin in _origins(argument.name.value, argument.value):
            yield Argument(field, name, origin)
    if step.hop.own is not None:
        yield Argument(field, step.hop.own.value, Origin.EIGEN)
    elif step.hop.argument is None and step.hop.key is not None:
        yield Argument(field, ".".join(step.hop.key), Origin.OBJECT)


def _origins(name: str, value: ValueNode) -> Iterator[tuple[str, Origin]]:
    """Of each part of an input object by itself; of a list as a whole."""
    match value:
        case ObjectValueNode(fields=fields):
            for part in fields or ():
                yield from _origins(f"{name}.{part.name.value}", part.value)
        case _:
            yield name, Origin.VARIABELE if _has_variable(value) else Origin.LETTERLIJK


def _has_variable(value: ValueNode) -> bool:
    match value:
        case VariableNode():
            return True
        case ListValueNode(values=values):
            return any(map(_has_variable, values or ()))
        case ObjectValueNode(fields=fields):
            return any(_has_variable(part.value) for part in fields or ())
        case _:
            return False
