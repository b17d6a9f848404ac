"""One execution of the writer: what it reads from, and what went wrong on the way (operation)."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import FieldNode

from gateway.operation.bind import BoundPlan
from gateway.operation.failures import too_many
from gateway.operation.fetched import Fetched
from gateway.operation.seal import Seal, no_links

Path = tuple[Any, str | int] | None
"""A place in the answer: the place above it, and a name or an index; None is the answer itself."""
Write = Callable[[Any], Any]
"""Writes one wire object; raises whatever it pleases where anything is unusual."""


@dataclass(slots=True)
class Effort:
    """How much more one answer may compute of what takes long (`Derived.effort`)."""

    left: float = math.inf

    def spend(self, amount: int) -> None:
        """Take this much of it; FieldFailure (LIMIET), and nothing taken, where it is not left."""
        if amount > self.left:
            raise too_many()
        self.left -= amount


class Located(Exception):  # noqa: N818  # a field error of the GraphQL specification (6.4.4)
    """Why there is no value at a place of the answer, and the fields of the document that ask."""

    def __init__(self, cause: Exception, nodes: Sequence[FieldNode], path: Path) -> None:
        super().__init__()
        self.cause = cause
        self.nodes = nodes
        self.path = path


@dataclass(slots=True)
class Run:
    """What the fields of one execution need, and what they leave."""

    bound: BoundPlan
    fetched: Fetched
    seal: Seal = no_links
    effort: Effort = field(default_factory=Effort)
    variables: Mapping[str, Any] = field(default_factory=dict)
    """As they were sent: for the schema's own fields."""
    errors: list[Located] = field(default_factory=list)
    partial: list[Located] = field(default_factory=list)
    """What failed beside what was found, of which the field is not null."""
    opened: list[tuple[Path, str]] = field(default_factory=list)
    """Where in the answer a link was followed, and the source that its objects are of."""
    fast: Sequence[Write] | None = None
    """By the number of a selection: a function that writes such objects faster."""


def places(path: Path) -> tuple[str | int, ...]:
    """The names and indices of a place, from the top."""
    found: list[str | int] = []
    while path is not None:
        path, last = path
        found.append(last)
    return tuple(reversed(found))
