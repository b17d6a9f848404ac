"""What a municipality says of a type of objects, before it is published (startup).

An objecttype of the Objecttypes API has a JSON Schema of its own, so what is published of it is not
written here by hand: `schema.objecten_typen` makes the types from the records of this module, which
`resolvers.objecten` reads from the configuration.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

Path = tuple[str, ...]
"""Names of properties below `record.data`, as they stand on the wire."""

LeafKind = Literal[
    "text", "integer", "number", "boolean", "date", "timestamp", "uuid", "duration", "json"
]
LinkKind = Literal[
    "persoon",
    "zaak",
    "adres",
    "adresseerbaar-object",
    "pand",
    "kadastraal-onroerende-zaak",
    "bedrijf",
    "vestiging",
]
DATA: Path = ("record", "data")
"""Where the properties of an object stand (Objects API 2.7, ObjectRecord)."""
ALL = "*"
"""In `personal`: every property names a person."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value. "json" is whatever has no better type: it is published as it is."""

    kind: LeafKind


@dataclass(frozen=True, slots=True)
class Choice:
    """One of these texts; each with what the schema says of it, if anything."""

    options: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """An object with properties."""

    properties: tuple["Property", ...]


@dataclass(frozen=True, slots=True)
class Property:
    """One property by its wire name; `many` when it is a list of such values."""

    name: str
    text: str | None
    shape: Leaf | Choice | Group
    many: bool = False


@dataclass(frozen=True, slots=True)
class Verband:
    """A property whose value is the key of something in another registry."""

    path: Path
    kind: LinkKind
    name: str
    """The published field that leads there."""
    text: str
    label: str
    back: str | None = None
    """The field that leads back from there, on the type of the other registry; None: there is
    none."""
    back_text: str = ""
    back_label: str = ""
    is_url: bool = False
    """Of a zaak: whether the property holds its address and not its uuid."""


@dataclass(frozen=True, slots=True, eq=False)
class Objecttype:
    """One type of objects, complete. Equal only to itself, so that it can be a key."""

    name: str
    """In lower case with hyphens: `melding-openbare-ruimte`."""
    plural: str
    text: str
    uuid: str | None
    """At the Objecttypes API; a municipality where it is another says so in its own file."""
    is_open: bool
    label: str
    data: Group
    labels: Mapping[Path, str] = field(default_factory=dict)
    """Properties that reveal something else than the object itself does."""
    personal: frozenset[Path] = frozenset()
    """Properties whose value points to a person: never part of an address."""
    links: tuple[Verband, ...] = ()
    zaken: str | None = None
    """The field that leads to the zaken that name the object as what they are about, which then
    lead here too; None: there is none."""

    def is_personal(self, path: Path) -> bool:
        """Whether the value at `path` may not stand in an address."""
        above = {path[:size] for size in range(1, len(path) + 1)}
        return (ALL,) in self.personal or not above.isdisjoint(self.personal)

    def link_at(self, path: Path) -> Verband | None:
        """The link whose key stands at `path`."""
        return next((link for link in self.links if link.path == path), None)


def way_to(data: Group, path: Path) -> tuple[Property, ...] | None:
    """The properties on the way to `path`, itself included; None when there is no such path."""
    found: list[Property] = []
    here: Leaf | Choice | Group = data
    for name in path:
        if not isinstance(here, Group):
            return None
        following = next((each for each in here.properties if each.name == name), None)
        if following is None:
            return None
        found.append(following)
        here = following.shape
    return tuple(found)


def every_property(data: Group, above: Path = ()) -> Iterator[tuple[Path, Property]]:
    """All properties with their paths, each before what is inside it."""
    for each in data.properties:
        path = (*above, each.name)
        yield path, each
        if isinstance(each.shape, Group):
            yield from every_property(each.shape, path)
