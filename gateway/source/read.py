"""A read: one kind of upstream call, keys and wire paths in, wire objects by key out (startup).

`@read` turns a function into a `Read`. What the function takes tells what kind it is:

    async def f(source, keys, fields)            batch=20: at most twenty keys a call
    async def f(source, key, fields)             one key a call
    async def f(source, fields, *, postcode)     a question without a key

Keyword-only parameters are the read's arguments; a link passes its own on under the same names.
"""

import inspect
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from gateway.source.keep import Keep
from gateway.source.source import Source
from schema.language.paths import WirePath


class About(Enum):
    """Whom the answers of a read are about: it decides what a citizen may ask."""

    PERSON = "persoon"
    """The keys are burgerservicenummers: a citizen may ask for their own only."""
    PERSONS = "personen"
    """A search: each object of the list that it gives is a person."""
    OPEN = "openbaar"
    """Open data: anybody may ask."""
    OTHER = "overig"
    """Anything else: not a question that a citizen may start from."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What an operation wants of the objects of a read."""

    paths: tuple[str, ...]
    """Dotted wire paths, sorted, everything the operation needs of such objects and no more."""
    links: Mapping[str, "Fields"] = field(default_factory=dict)
    """Links selected on these objects, by published name: what is wanted of their objects."""

    def under(self, prefix: str) -> tuple[str, ...]:
        """The paths below `prefix`, without it."""
        start = f"{prefix}."
        return tuple(path.removeprefix(start) for path in self.paths if path.startswith(start))


@dataclass(frozen=True, slots=True)
class Found:
    """Objects by key, and what came along: answers to other reads, so that nobody asks them again.

    `also` maps a read to objects by key. Only a read that asks for the same fields may be answered
    along the way: one of the same `resource`, one whose source knows no selection of fields, or one
    of which `Fields.links` said what to ask.
    """

    objects: Mapping[Any, Any]
    also: Mapping["Read", Mapping[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Brought:
    """One object (or list, or page), and what came along with it; see `Found`."""

    value: Any
    also: Mapping["Read", Mapping[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Order:
    """By what a source has sorted its items: the value at `path` in each."""

    path: WirePath
    descending: bool = False


KeyOf = Callable[[Source, Any], Hashable]
OrderOf = Callable[[Mapping[str, Any]], Order | None]
Parts = Callable[[Fields], frozenset[str]]
SubjectsOf = Callable[[Source, Any, Any], Iterable[str]]


def every_path(fields: Fields) -> frozenset[str]:
    """The parts of an answer of a source that gives the paths asked for, and no others."""
    return frozenset(fields.paths)


def whole(fields: Fields) -> frozenset[str]:
    """The parts of an answer of a source that always gives all it has: none can be lacking."""
    return frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """One kind of upstream call; made by `@read`."""

    name: str
    source: str
    call: Callable[..., Awaitable[Any]]
    batch: int | None
    keep: Keep
    about: About
    activity: str
    resource: str
    parts: Parts
    key_of: KeyOf | None
    gives: type | None
    order_of: OrderOf | None
    keyed: bool
    parameters: frozenset[str]
    subjects: SubjectsOf | None = None

    @property
    def personal(self) -> bool:
        """Whether its answers may be about somebody, so that an account of it is due."""
        return self.about is not About.OPEN


def _key_itself(source: Source, key: Any, value: Any) -> Iterable[str]:
    return (key,)


def read(
    source: str,
    *,
    batch: int | None = None,
    keep: Keep | None = None,
    about: About = About.OTHER,
    activity: str = "raadplegen",
    resource: str | None = None,
    parts: Parts = every_path,
    key_of: KeyOf | None = None,
    gives: type | None = None,
    order_of: OrderOf | None = None,
    subjects: SubjectsOf | None = None,
) -> Callable[[Callable[..., Awaitable[Any]]], Read]:
    """Declare a read of the source with that name.

    `batch` is how many keys one call may hold (None: one key a call). `keep` says how long and
    between whom answers are shared (default: within the operation). `activity` chooses the purpose
    headers: "raadplegen" or "zoeken". Reads of one `resource` ask for the same paths in one
    operation. `parts` names the parts of an answer that depend on what was asked: a kept answer
    serves whoever needs no other parts. `key_of` turns a wire value into a key (a ZGW URL into its
    uuid) and raises a `SourceError` for one that may not be asked. `gives` is the published type of
    the objects, needed where a link goes through this read to another. `order_of` tells from the
    arguments by what a page is sorted, for a municipality that has several of these sources.
    `subjects` tells of a key and what was found (None if nothing was) the BSNs of whom it is about;
    a read about a PERSON is about its key, and of others each BSN in the answer counts.
    """

    def declare(function: Callable[..., Awaitable[Any]]) -> Read:
        parameters = inspect.signature(function).parameters.values()
        positional = [p for p in parameters if p.kind is not inspect.Parameter.KEYWORD_ONLY]
        keywords = [p.name for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY]
        name = function.__name__
        return Read(
            name=name,
            source=source,
            call=function,
            batch=batch,
            keep=keep or Keep.request(),
            about=about,
            activity=activity,
            resource=resource or name,
            parts=parts,
            key_of=key_of,
            gives=gives,
            order_of=order_of,
            keyed=len(positional) == 3,
            parameters=frozenset(keywords),
            subjects=subjects or (_key_itself if about is About.PERSON else None),
        )

    return declare
