"""What one operation has read, and how a link finds its objects in it (operation, object).

Per read and arguments a table by key. Where there are several sources each has its own table, and
what they gave together stands in one by the route that was asked. Where an object came from is
known by its identity: objects live as long as the operation.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import itemgetter
from typing import Any

from gateway.operation.bind import NOTHING, Bound
from gateway.operation.failures import (
    Elsewhere,
    FieldFailure,
    Missing,
    missing,
    not_configured,
    withheld,
)
from gateway.operation.sources import Route
from gateway.source.directory import Directory
from gateway.source.read import Read
from gateway.source.withheld import Withheld
from schema.language.links import Hop, Linked, Where
from schema.language.paths import WirePath, value_at

NO_KEY: Hashable = ()
Finder = Callable[[Hashable, Any], Any]
TOGETHER = ""
"""In the place of a source: what the only one gave, or several together."""
_PAGE = frozenset({"edges", "pageInfo", "totalCount"})


@dataclass(frozen=True, slots=True)
class Partial:
    """What some of several sources gave, and why others gave nothing."""

    value: Any
    failures: tuple[FieldFailure, ...]


@dataclass(slots=True)
class Fetched:
    """Everything that was read: by key an object, a list, a page, None or a failure."""

    directory: Directory = field(default_factory=Directory)
    hides: Callable[[Read], bool] | None = None
    """Whether what this read has of others is not even counted: it is left out of lists. None:
    nothing is.
    """
    table: dict[tuple[Read, str, str], dict[Hashable, Any]] = field(default_factory=dict)
    keys: dict[Read, dict[Hashable, Hashable | FieldFailure]] = field(default_factory=dict)
    """By read the keys of wire values that are not their own."""
    routes: dict[tuple[Read, Hashable, str | None], Route | FieldFailure] = field(
        default_factory=dict
    )
    """By the wire value, and the source near the object in which it stands."""
    _origins: dict[int, tuple[object, str]] = field(default_factory=dict)

    def one(
        self,
        read: Read,
        canonical: str,
        raw: Hashable,
        holder: Any = None,
        told: list[FieldFailure] | None = None,
    ) -> Any:
        """What one wire value led to: an object, a list, None, or a `FieldFailure`.

        `holder` is the object in which the value stands, None if the client named it. `told` gets
        the failures beside what was found.
        """
        if read.source in self.directory.several:
            return self._of_several(read, canonical, raw, holder, told)
        keys = self.keys.get(read)
        key = raw if keys is None else keys.get(raw, raw)
        if isinstance(key, FieldFailure):
            return self._for_want_of(read, key, holder)
        return self.table.get((read, canonical, TOGETHER), {}).get(key)

    def finder(self, read: Read, canonical: str) -> Finder:
        """`one` of this read and these arguments, when all has been fetched: for a wire value and
        its holder. Where there is one source, and a hundred values, this finds them sooner.
        """
        if read.source in self.directory.several:
            return partial(self._of_several, read, canonical, told=None)
        table = self.table.get((read, canonical, TOGETHER), {})
        keys = self.keys.get(read, {})

        def find(raw: Hashable, holder: Any) -> Any:
            key = keys.get(raw, raw)
            if isinstance(key, FieldFailure):
                return self._for_want_of(read, key, holder)
            return table.get(key)

        return find

    def by_wire_value(self, read: Read, canonical: str) -> Mapping[Hashable, Any]:
        """What wire values led to, of the only source of its kind; some may be lacking.

        An empty one is no key of an object, though a client may have named it.
        """
        table, keys = self.table.get((read, canonical, TOGETHER), {}), self.keys.get(read)
        found = {raw: table.get(key) for raw, key in keys.items()} if keys else table
        return {raw: value for raw, value in found.items() if raw != ""} if "" in found else found

    def place(self, read: Read, canonical: str, source: str) -> tuple[Read, str, str]:
        """Where the objects that a source gives stand in the table."""
        return (read, canonical, source if read.source in self.directory.several else TOGETHER)

    def _of_several(
        self,
        read: Read,
        canonical: str,
        raw: Hashable,
        holder: Any,
        told: list[FieldFailure] | None,
    ) -> Any:
        route = self.routes.get((read, raw, self.near(read, holder)))
        if route is None:
            return None
        if isinstance(route, FieldFailure):
            return self._for_want_of(read, route, holder)
        if len(route) == 1:
            ((name, key),) = route
            return self.table.get((read, canonical, name), {}).get(key)
        found = self.table.get((read, canonical, TOGETHER), {}).get(route)
        if not isinstance(found, Partial):
            return found
        if told is not None:
            told += found.failures
        return found.value

    def _for_want_of(self, read: Read, failure: FieldFailure, holder: Any) -> FieldFailure:
        """An address that no source knows, in a system that has no such source: that is told."""
        name = self.source_of(holder) if isinstance(failure, Elsewhere) else None
        lacking = None if name is None else self.directory.lacking(name, read.source)
        return failure if lacking is None else not_configured(lacking)

    # ---- where objects came from --------------------------------------------------------------

    def came_from(self, value: Any, source: str) -> None:
        """Note the source of an object, of those in a list, or of a page and what stands on it."""
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, Mapping):
                self._origins[id(item)] = (item, source)
                if item.keys() == _PAGE:
                    for edge in item["edges"]:
                        self.came_from([edge, edge["node"]], source)

    def inherits(self, inner: Any, holder: Any) -> None:
        """What stands in an object came from where the object came from."""
        source = self.source_of(holder)
        if source is not None and isinstance(inner, Mapping):
            self._origins.setdefault(id(inner), (inner, source))

    def source_of(self, holder: Any) -> str | None:
        """The name of the source of an object, if that was noted."""
        found = self._origins.get(id(holder))
        return None if found is None else found[1]

    def near(self, read: Read, holder: Any) -> str | None:
        """The source of a read in the system that an object belongs to, if that is of the same
        registry.
        """
        name = self.source_of(holder)
        return None if name is None else self.directory.beside(name, read.source)

    def blamed(self, read: Read, raw: Hashable, holder: Any) -> str:
        """Who is named where a value led to nothing: the one source, or else its kind."""
        names = self.directory.names(read.source)
        if len(names) == 1:
            return names[0]
        route = self.routes.get((read, raw, self.near(read, holder)))
        return route[0][0] if isinstance(route, tuple) and len(route) == 1 else read.source


# ---- from an object to what a link leads to -----------------------------------------------------


def linked_value(
    fetched: Fetched,
    linked: Linked,
    bound: Bound,
    holder: Any,
    listed: bool,
    told: list[FieldFailure],
) -> Any:
    """What a linked field of one object is: objects, None, or failures in their place.

    Follows the hops through what was fetched. A failure that takes the whole field is raised; one
    of a list is put where its item would be. `told` gets what failed beside what was found.
    """
    value = _first_hop(fetched, linked, bound, holder, told)
    for hop in linked.hops[1:]:
        value = _next_hop(fetched, hop, value, listed, told)
    if isinstance(value, FieldFailure):
        raise value
    if isinstance(value, list):
        value = _counted(fetched, linked, value)
    if linked.where is None:
        return value
    if isinstance(value, list):
        return [
            item
            for item in value
            if isinstance(item, FieldFailure) or fits(item, holder, linked.where, bound)
        ]
    return value if fits(value, holder, linked.where, bound) else None


def _counted(fetched: Fetched, linked: Linked, items: list[Any]) -> list[Any]:
    """The items, without those of which a caller is not to know that they are there."""
    if fetched.hides is None:
        return items
    reads: list[Any] = [hop.read for hop in linked.hops]
    if not any(map(fetched.hides, reads)):
        return items
    return [item for item in items if not isinstance(item, Missing)]


def _first_hop(
    fetched: Fetched, linked: Linked, bound: Bound, holder: Any, told: list[FieldFailure]
) -> Any:
    hop = linked.hops[0]
    read: Any = hop.read
    if bound.keys is not None:
        found = [fetched.one(read, bound.canonical, raw, None, told) for raw in bound.keys]
        if not bound.listed:
            return next(iter(found), None)
        return [item for one in found for item in _each(one)]
    if hop.key is None:
        return fetched.one(read, bound.canonical, NO_KEY, holder, told)
    raw = value_at(holder, hop.key)
    if isinstance(raw, Withheld):
        return withheld(raw.source)
    found = [
        _resolved(fetched, read, bound.canonical, key, holder, told)
        for key in wire_keys(holder, hop.key)
    ]
    if isinstance(raw, list):
        return [item for one in found for item in _each(one)]
    return found[0] if found else None


def _next_hop(
    fetched: Fetched, hop: Hop, value: Any, listed: bool, told: list[FieldFailure]
) -> Any:
    """What one thing, or each of a list, leads to; nothing leads to nothing."""
    if value is None or isinstance(value, FieldFailure):
        return value
    found = [item for one in _each(value) for item in _after(fetched, hop, one, told)]
    if listed or isinstance(value, list):
        return found
    return found[0] if found else None


def _after(fetched: Fetched, hop: Hop, item: Any, told: list[FieldFailure]) -> Iterator[Any]:
    if item is None or isinstance(item, FieldFailure):
        yield item
        return
    assert hop.key is not None  # noqa: S101  # startup proved it
    for raw in wire_keys(item, hop.key):
        yield from _each(_resolved(fetched, hop.read, NOTHING.canonical, raw, item, told))


def _resolved(
    fetched: Fetched,
    read: Any,
    canonical: str,
    raw: Hashable,
    holder: Any,
    told: list[FieldFailure],
) -> Any:
    """As `Fetched.one`, where a reference of a source to nothing is a failure."""
    found = fetched.one(read, canonical, raw, holder, told)
    return missing(fetched.blamed(read, raw, holder)) if found is None else found


def wire_keys(holder: Any, path: WirePath) -> Sequence[Hashable]:
    """The key or keys at `path`: absent and empty values are no keys, nor are objects."""
    value = value_at(holder, path)
    if type(value) is str or type(value) is int:  # nearly all, and there are many
        return () if value == "" else (value,)
    return [key for key in (value if isinstance(value, list) else [value]) if _is_key(key)]


def distinct_keys(holders: Sequence[Any], path: WirePath) -> dict[Hashable, None]:
    """Those of all these objects, each once."""
    try:  # nearly always it is there, a text or a number; and there are many
        values = map(itemgetter(*path), holders) if len(path) == 1 else _values(holders, path)
        keys: dict[Hashable, None] = dict.fromkeys(values)
    except (KeyError, TypeError):
        return _keys_of_each(holders, path)
    keys.pop(None, None)
    keys.pop("", None)
    return keys if _PLAIN.issuperset(map(type, keys)) else _keys_of_each(holders, path)


def _values(holders: Sequence[Any], path: WirePath) -> Iterator[Any]:
    return (value_at(holder, path) for holder in holders)


def _keys_of_each(holders: Sequence[Any], path: WirePath) -> dict[Hashable, None]:
    return {key: None for holder in holders for key in wire_keys(holder, path)}


_PLAIN = frozenset({str, int})


def _is_key(value: Any) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool) and value != ""


def fits(item: Any, holder: Any, where: Where | None, bound: Bound) -> bool:
    """Whether an item meets the condition of its link; what is absent equals nothing."""
    if where is None:
        return True
    if where.holder is None:
        return bound.chosen is None or value_at(item, where.item) == bound.chosen
    wanted = value_at(holder, where.holder)
    return wanted is not None and value_at(item, where.item) == wanted


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
