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

from gateway.source.keep import DataClass, Keep
from gateway.source.sieve import Sieve
from gateway.source.source import Source
from gateway.source.tags import Part
from schema.language.paths import WirePath


class About(Enum):
    """Whom the answers of a read are about: it decides what may be asked by who asks only for what
    is their own: citizens, companies, and who acts for one."""

    PERSON = "persoon"
    """The keys are burgerservicenummers: who asks for a person may ask for their own only."""
    PERSONS = "personen"
    """A search: each object of the list that it gives is a person."""
    COMPANY = "onderneming"
    """The keys are KVK-nummers, and it is what the Handelsregister has of them: who asks for a
    company, or for one branch of it, may ask for their own only."""
    COMPANY_WIDE = "hele onderneming"
    """The keys are KVK-nummers: who asks for a company may ask for their own only, and who asks for
    one branch of it not at all."""
    LEGAL_PERSON = "rechtspersoon"
    """The keys are RSINs: as COMPANY_WIDE."""
    BRANCH = "vestiging"
    """The keys are vestigingsnummers: who asks for one branch may ask for that one only."""
    OPEN = "openbaar"
    """Open data: anybody may ask."""
    OTHER = "overig"
    """Anything else: not a question that they may start from."""


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
TagsOf = Callable[[Source, Any, Any], Iterable[Part]]
SubjectsOf = Callable[[Source, Any, Any], Iterable[str]]
Varies = Callable[[Source, Fields], str]
Chosen = Callable[[Source], bool]


def every_path(fields: Fields) -> frozenset[str]:
    """The parts of an answer of a source that gives the paths asked for, and no others."""
    return frozenset(fields.paths)


def whole(fields: Fields) -> frozenset[str]:
    """The parts of an answer of a source that always gives all it has: none can be lacking."""
    return frozenset()


def links_wanted(source: Source, fields: Fields) -> str:
    """For a source that is asked to expand the links that are wanted: their names, and of theirs.

    An answer that came without them is not served to who wants them: each would be asked alone.
    """
    below = (name + links_wanted(source, fields.links[name]) for name in sorted(fields.links))
    return f"({','.join(below)})"


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
    tags: TagsOf | None = None
    subjects: SubjectsOf | None = None
    conditional: bool = False
    varies: Varies | None = None
    chosen: Chosen | None = None
    sieve: Sieve | None = None
    personal: bool = field(init=False)
    """Whether its answers may be about somebody, so that an account of it is due."""

    def __post_init__(self) -> None:
        about_somebody = self.about is not About.OPEN and self.keep.data in _ABOUT_SOMEBODY
        object.__setattr__(self, "personal", about_somebody)  # it is frozen

    def keep_of(self, source: Source) -> Keep:
        """How long what this source gives is kept; see `chosen` of `read`."""
        if self.chosen is None or not self.chosen(source):
            return self.keep
        return _NOT_KEPT[self.keep.data]


_ABOUT_SOMEBODY = (DataClass.PERSONAL, DataClass.CASE)
_NOT_KEPT = {each: Keep.request(each) for each in DataClass}
"""One of each: a policy knows a declaration by itself."""


def _key_itself(source: Source, key: Any, value: Any) -> Iterable[str]:
    return (key,)


def read(
    source: str,
    *,
    keep: Keep,
    batch: int | None = None,
    about: About = About.OTHER,
    activity: str = "raadplegen",
    resource: str | None = None,
    parts: Parts = every_path,
    key_of: KeyOf | None = None,
    gives: type | None = None,
    tags: TagsOf | None = None,
    subjects: SubjectsOf | None = None,
    conditional: bool = False,
    varies: Varies | None = None,
    chosen: Chosen | None = None,
    order_of: OrderOf | None = None,
    sieve: Sieve | None = None,
) -> Callable[[Callable[..., Awaitable[Any]]], Read]:
    """Declare a read of the source with that name.

    `keep` says what the answers are, how long they may be kept and between whom they are shared.
    `batch` is how many keys one call may hold (None: one key a call). `activity` chooses the
    purpose headers: "raadplegen" or "zoeken". Reads of one `resource` ask for the same paths in one
    operation. `parts` names the parts of an answer that depend on what was asked: a kept answer
    serves whoever needs no other parts. `key_of` turns a wire value into a key (a ZGW URL into its
    uuid) and raises a `SourceError` for one that may not be asked. `gives` is the published type of
    the objects, needed where a link goes through this read to another. `order_of` tells from the
    arguments by what a page is sorted, for a municipality that has several of these sources.

    Of what is kept longer than an operation: `tags` tells of a key and what was found (None if
    nothing was) which resources and lists it shows, so that a change drops it; `subjects` the BSNs
    of whom it is about, so that it can be erased and accounted for (a read about a PERSON is about
    its key); without it every erasure of somebody drops it, and each BSN in the answer is accounted
    for. `conditional` says that the answer is one GET of one
    thing, which its source can be asked for with If-None-Match. `varies` tells what else decides
    the answer than key, arguments and paths. `chosen` tells whether this source gives nothing but
    the fields that were chosen, also of what comes along: that serves no other operation. `sieve`
    decides what of an answer a caller is shown.
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
            keep=keep,
            about=about,
            activity=activity,
            resource=resource or name,
            parts=parts,
            key_of=key_of,
            gives=gives,
            order_of=order_of,
            keyed=len(positional) == 3,
            parameters=frozenset(keywords),
            tags=tags,
            subjects=subjects or (_key_itself if about is About.PERSON else None),
            conditional=conditional,
            varies=varies,
            chosen=chosen,
            sieve=sieve,
        )

    return declare
