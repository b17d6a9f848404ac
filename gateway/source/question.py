"""One question to a source, as the cache must know it (operation)."""

from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from gateway.source.shelf import Generation
from gateway.source.tags import Family, Part
from gateway.source.tape import Tape

Key = TypeVar("Key", bound=Hashable)


def nothing(key: Any, value: Any) -> Iterable[Any]:
    """No tags, nobody."""
    return ()


@dataclass(slots=True)  # made for every call: frozen it takes three times as long
class Question:
    """The same for all its keys. Read-only.

    `name` is the read ("brp.personen"), `source` the source's own name and `kind` that of its
    registry, `address` its base and dialect, `known_as` our credentials there (of no account
    for what everyone shares), `arguments` all else that decides the answer (canonical JSON). A kept
    answer serves if its paths include `paths`.

    `parts` tells of a key and its answer (None if there is none) what it shows, `subjects` the BSNs
    of whom it is about; without `subjects` that is not known.
    """

    name: str
    source: str
    kind: str
    address: str
    arguments: str
    paths: frozenset[str]
    known_as: str = ""
    widens: bool = False
    """Paths may be added to what is asked: they are what the source is asked for."""
    conditional: bool = False
    """What changed can be asked with If-None-Match."""
    parts: Callable[[Any, Any], Iterable[Part]] = nothing
    subjects: Callable[[Any, Any], Iterable[str]] | None = None


@dataclass(frozen=True, slots=True)
class Began:
    """Where things stood before a load: seconds since 1970, the drops of this process, and the
    generation of its area outside, if that is known.
    """

    at: float
    moment: int
    area: str
    generation: Generation | None
    hashed: dict[Family, dict[Part, bytes]] = field(default_factory=dict, repr=False, compare=False)
    """What parts of answers are hashed to, since a page and what came along with it have the same:
    for as long as this load takes, and no longer.
    """


@dataclass(slots=True)  # made for every call: frozen it takes three times as long
class Order(Generic[Key]):
    """What is to be loaded: these keys, with `wider` paths beside the question's. Read-only."""

    keys: Sequence[Key]
    wider: frozenset[str] = frozenset()
    tape: Tape = field(default_factory=Tape)
    began: Began | None = None
    """None for what will not be kept."""


Load = Callable[[Order[Key]], Awaitable[Mapping[Key, Any]]]
"""Answers with what it found; its errors are those of whoever asked."""
