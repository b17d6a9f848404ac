"""Anything unbounded is a connection, with the names of the Relay specification (startup).

A read that gives a page returns a `Page`; the machine turns it into the connection's object, so
that edges, nodes and page information are copied fields like any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Generic, TypeVar

from schema.language.declare import (
    MARK,
    Copied,
    FieldDeclaration,
    TypeDeclaration,
    declaration_of,
    published,
)
from schema.language.links import Range
from schema.language.scalars import Cursor

E = TypeVar("E")

First = Annotated[int, "Hoeveel er hoogstens gegeven worden, 1 tot en met 100.", Range(1, 100)]
After = Annotated[Cursor | None, "De cursor waarna het vervolg begint; weglaten geeft het begin."]


class Connection(Generic[E]):
    """A page of `E`: a published type, or an edge type of its own (a class named `...Edge`)."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a read gives for a connection."""

    items: Sequence[Any]
    cursors: Sequence[str]
    """One cursor an item: the place after it."""
    has_next: bool
    total: int | None = None
    """How many there are in all, None when the source does not tell."""
    has_previous: bool = False
    edges: Sequence[dict[str, Any]] = field(default=())
    """Wire properties of each edge beside `node` and `cursor`, for an edge type of its own."""

    def wire(self) -> dict[str, Any]:
        """The page as the object that a connection's fields are copied from."""
        extra = self.edges or [{}] * len(self.items)
        cursors = list(self.cursors)
        return {
            "edges": [
                {**more, "node": item, "cursor": cursor}
                for item, cursor, more in zip(self.items, cursors, extra, strict=True)
            ],
            "pageInfo": {
                "hasNextPage": self.has_next,
                "hasPreviousPage": self.has_previous,
                "startCursor": cursors[0] if cursors else None,
                "endCursor": cursors[-1] if cursors else None,
            },
            "totalCount": self.total,
        }


@published(label="")
class PageInfo:
    """Waar een bladzijde van een lijst staat."""

    has_next_page: bool
    """Of er hierna meer is."""
    has_previous_page: bool
    """Of er hiervoor meer is."""
    start_cursor: Cursor | None
    """De cursor van het eerste op deze bladzijde."""
    end_cursor: Cursor | None
    """De cursor van het laatste op deze bladzijde, om daarna verder te gaan."""


def edge_of(node: type) -> TypeDeclaration:
    """The edge type of a published type that has none of its own."""
    declared = declaration_of(node)
    assert declared is not None, node  # noqa: S101  # the caller looked
    name = f"{declared.name}Edge"
    return _generated(
        type(name, (), {}),
        name,
        f"Een {declared.name} in een lijst.",
        declared.label,
        [
            ("node", node, "Het gevondene zelf."),
            ("cursor", Cursor, "De plaats in de lijst, om hierna verder te gaan."),
        ],
    )


def connection_of(edge: TypeDeclaration) -> TypeDeclaration:
    """The connection type over an edge type."""
    stem = edge.name.removesuffix("Edge")
    name = f"{stem}Connection"
    return _generated(
        type(name, (), {}),
        name,
        f"Een bladzijde van een lijst van {stem}.",
        edge.label,
        [
            ("edges", list[edge.cls], "Wat er op deze bladzijde staat."),  # type: ignore[name-defined]
            ("pageInfo", PageInfo, "Waar deze bladzijde in de lijst staat."),
            ("totalCount", int | None, "Hoeveel er in totaal zijn, als de bron dat zegt."),
        ],
    )


def _generated(
    cls: type, name: str, description: str, label: str, fields: list[tuple[str, Any, str]]
) -> TypeDeclaration:
    made = TypeDeclaration(cls, name, description, label)
    cls.__annotations__ = {field_name: annotation for field_name, annotation, _ in fields}
    for field_name, _, text in fields:
        made.fields[field_name] = FieldDeclaration(
            field_name, field_name, Copied((field_name,)), None, text
        )
    setattr(cls, MARK, made)
    return made
