"""The words with which types of different reads are joined: `extend`, `link`, `Query` (startup)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol, TypeVar

from schema.language.declare import FieldDeclaration, documentation, published
from schema.language.inzage import Inzage
from schema.language.paths import WirePath, camel, split

T = TypeVar("T")
EXTENSION = "__extension__"


class ReadLike(Protocol):
    """What a link must know of a read; `gateway.source.read.Read` is one."""

    @property
    def name(self) -> str: ...
    @property
    def keyed(self) -> bool: ...
    @property
    def parameters(self) -> frozenset[str]: ...
    @property
    def gives(self) -> type | None: ...


@dataclass(frozen=True, slots=True)
class Range:
    """The bounds of a number that a client may ask with, both included."""

    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class ListOf:
    """How many items a list that a client asks with may hold at the most."""

    highest: int


@dataclass(frozen=True, slots=True)
class Deprecated:
    """Of an argument or an input's field that will go: in Dutch, what to send instead
    (schema/afscheid.toml).
    """

    reason: str


class Own(Enum):
    """A number of whoever asks, or of whom they act for: it comes with the caller."""

    BSN = "burgerservicenummer"
    KVK_NUMMER = "KVK-nummer"
    RSIN = "RSIN"
    VESTIGINGSNUMMER = "vestigingsnummer"


@dataclass(frozen=True, slots=True)
class Hop:
    """One read of a link, and where its key stands in the object before it (None: no key)."""

    read: ReadLike
    key: WirePath | None
    argument: str | None = None
    """The argument that is the key, for a question that starts from nothing."""
    own: Own | None = None
    """The number of the caller that is the key, where no client names one."""


@dataclass(frozen=True, slots=True)
class Where:
    """Keep the items whose value at `item` equals the value at `holder` in the linking object, or
    that of an argument; an argument that is null keeps all.
    """

    item: WirePath
    holder: WirePath | None
    argument: str | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """A field whose objects come from other reads, one hop after another."""

    hops: tuple[Hop, ...]
    where: Where | None
    expected: int
    """How many objects one key is expected to give: for the cost, not a limit."""
    leaves: bool = False
    """Whether it leads to what nothing proves to be of whom the linking object is."""


@dataclass(frozen=True, slots=True)
class Namespace:
    """A field that groups questions and reads nothing itself."""


@dataclass(frozen=True, slots=True)
class Extension:
    """Links that a registry adds to a type that may belong to a registry before it."""

    target: type
    fields: tuple[FieldDeclaration, ...]


@published(label="")
class Query:
    """De vragen die aan de aangesloten registers gesteld kunnen worden."""


@published(label="")
class Mijn:
    """Wat van de ingelogde inwoner of onderneming zelf is, of van wie een gemachtigde machtigde.

    Wie vraagt, noemt niemand: om wie het gaat, staat in het token.
    """


@published(label="")
class Subscription:
    """Waarvan een client de wijzigingen kan volgen, over een WebSocket of als stroom (SSE)."""


def link(
    read: Any,
    *,
    label: str,
    key: str | None = None,
    argument: str | None = None,
    own: Own | None = None,
    through: tuple[Any, str] | None = None,
    where: tuple[str, str] | None = None,
    expected: int = 1,
    leaves: bool = False,
    name: str | None = None,
    deprecation: str | None = None,
) -> Callable[[Callable[..., Any]], Any]:
    """A field whose objects another read gives.

    `key` is the wire path, in the linking object, of the key to ask `read` for (a list of keys
    gives a list); `argument` names the argument that is the key, for a root question; `own` the
    number of the caller that is the key, for a question of `Mijn` (null for who has no such
    number); a question without any of these is answered from its arguments alone.
    `through=(read, path)` reads once more, with the value at `path` of each object found.
    `where=(item path, holder path)` keeps the items for which both values are equal; with `$name`
    in the place of the holder path, those that equal the argument `name`, which is then no argument
    of the read: what was read for one serves all.
    `leaves` tells that nothing proves that what it leads to is of whom the linking object is: who
    sees only what is their own is refused it. `label` says what the link itself reveals: it is
    never inherited, because a link that took its parent's label once showed residents as open data.
    The function's parameters are the field's arguments, its docstring the Dutch description;
    `deprecation` says in Dutch what to ask instead, for a link that will go.
    """
    hops = [Hop(read, None if key is None else split(key), argument, own)]
    if through is not None:
        hops.append(Hop(through[0], split(through[1])))
    condition = None if where is None else _where(*where)
    kind = Linked(tuple(hops), condition, expected, leaves)

    def mark(function: Callable[..., Any]) -> FieldDeclaration:
        return FieldDeclaration(
            name or camel(function.__name__),
            function.__name__,
            kind,
            label,
            documentation(function.__doc__) or None,
            function=function,
            deprecation=deprecation,
        )

    return mark


def _where(item: str, wanted: str) -> Where:
    if wanted.startswith("$"):
        return Where(split(item), None, wanted[1:])
    return Where(split(item), split(wanted))


def namespace(function: Callable[..., Any]) -> FieldDeclaration:
    """A field that groups questions: always there, and nothing is read for it.

    The function gives the type whose links they are; its docstring is the Dutch description.
    """
    return FieldDeclaration(
        camel(function.__name__),
        function.__name__,
        Namespace(),
        "",
        documentation(function.__doc__) or None,
        function=function,
    )


@namespace
def mijn() -> Mijn:
    """Wat van de ingelogde inwoner of onderneming zelf is, of van wie een gemachtigde machtigde.

    Voor wie zo is ingelogd is dit, naast open gegevens, de enige ingang.
    """
    return Mijn()


def extend(target: type) -> Callable[[type[T]], type[T]]:
    """Add the links of the class to `target`; to all its options where that is a `one_of`."""

    def declare(cls: type[T]) -> type[T]:
        fields = tuple(v for v in cls.__dict__.values() if isinstance(v, FieldDeclaration))
        setattr(cls, EXTENSION, Extension(target, fields))
        return cls

    return declare


def extensions_of(links: Any) -> list[Extension]:
    """The extensions declared in a module, in the order in which they stand there, or those of a
    list of extensions.
    """
    if isinstance(links, Sequence):
        return list(links)
    module = links
    own = [v for v in vars(module).values() if getattr(v, "__module__", "") == module.__name__]
    marks = [v.__dict__.get(EXTENSION) for v in own if isinstance(v, type)]
    return [found for found in marks if isinstance(found, Extension)]


class Advice(str):
    """What a probe says of a source that answers rightly and could be used better."""


class Capability(str):
    """What a probe says that a source is and can do, whatever the file says of it."""


@dataclass(frozen=True, slots=True)
class Registry:
    """A registry as the gateway builds it: its name, what it is, and the module of its links (or
    the extensions themselves, where they are made from a configuration).
    """

    name: str
    description: str
    links: Any
    dialects: Mapping[str, Mapping[str, Any]]
    """Per source of this registry the flags that its tenant file may set: a type, or the values."""
    probes: Mapping[str, Any] = field(default_factory=dict)
    """Per source an async function that asks one harmless question and gives what is wrong: a list
    of Dutch sentences, empty when the source answers as the tenant file says. An `Advice` among
    them is not wrong."""
    streams: Mapping[str, Any] = field(default_factory=dict)
    """By the name that sealed fields use: where the bytes behind their links come from
    (gateway.source.stream)."""
    notifications: Mapping[str, Any] = field(default_factory=dict)
    """By channel of the Notificaties API: what a message on it makes old
    (gateway.source.notices)."""
    several: frozenset[str] = frozenset()
    """The sources of which a municipality may have more than one."""
    inzage: Mapping[str, Inzage] = field(default_factory=dict)
    """By name what a purpose can say of what is shown of what these sources give."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of the sources that a tenant's file may have for this registry."""
        return tuple(self.dialects)
