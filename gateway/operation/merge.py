"""What several sources of one kind gave, as one answer (operation).

Of one object there is one. Lists follow each other in the order of the municipality's file. Pages
become one page: its cursor says how far each source was read, so that a source that is down is read
from where it was when it is back, and nothing is given twice.
"""

import base64
import binascii
import json
import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gateway.operation.failures import FieldFailure, ambiguous
from gateway.operation.fetched import Partial
from gateway.source.addresses import is_uuid
from gateway.source.read import Order
from schema.language.paths import value_at

NOT_OURS = "not a cursor of ours"
MOST_ITEMS = 99_999_999
"""In one list of a source: no place further on can be asked for, and the sum of all fits an Int."""
_CURSOR = re.compile("[A-Za-z0-9_-]{1,512}={0,2}", re.ASCII)
_NODE = "node"


@dataclass(frozen=True, slots=True)
class Ended:
    """The place after the last item of a source, which had so many; None where it did not say."""

    total: int | None


Place = str | Ended | None
"""How far a source was read: after this cursor of its own, to its end, or not at all."""
Places = Mapping[str, Place]
"""By source; one that is not in it was not read."""


def merged(kind: str, found: Sequence[tuple[str, Hashable, Any]]) -> Any:
    """One answer from what sources gave, each with its name and the key that it was asked.

    A `Partial` when some gave a list and others failed.
    """
    values = [(name, value) for name, _, value in found if not isinstance(value, FieldFailure)]
    lists = [value for _, value in values if isinstance(value, list)]
    if lists:
        return partial([item for value in lists for item in value], failures_in(found))
    present = [value for _, value in values if value is not None]
    if len(present) > 1 and not _is_unique(found[0][1]):
        return ambiguous(kind)
    if present:
        return present[0]
    failed = failures_in(found)
    return failed[0][1] if failed else None


def failures_in(found: Iterable[tuple[str, Hashable, Any]]) -> list[tuple[str, FieldFailure]]:
    """The sources that failed, and why."""
    return [(name, value) for name, _, value in found if isinstance(value, FieldFailure)]


def partial(value: Any, failed: Sequence[tuple[str, FieldFailure]]) -> Any:
    """The value, with what failed beside it."""
    if not failed:
        return value
    return Partial(value, tuple(failure.of_one(name) for name, failure in failed))


def _is_unique(key: Hashable) -> bool:
    """Whether two things with this key are the same thing: nobody makes a uuid twice."""
    return isinstance(key, str) and is_uuid(key)


# ---- pages --------------------------------------------------------------------------------------


@dataclass(slots=True)
class Stretch:
    """What one source gave of its own list, from a place in it."""

    source: str
    begin: Place
    edges: Sequence[Mapping[str, Any]] = ()
    more: bool = False
    total: int | None = None
    end: str | None = None
    """Where to read on behind all of it: further than the last edge, if more was looked at."""
    taken: int = field(default=0, init=False)

    @classmethod
    def of(cls, source: str, begin: Place, page: Mapping[str, Any] | None) -> "Stretch":
        """That of a page as `Page.wire` writes it; None where the source has no such list."""
        if isinstance(begin, Ended):
            return cls(source, begin, total=begin.total)
        if page is None:
            return cls(source, begin, total=0)
        info = page["pageInfo"]
        more = bool(info["hasNextPage"])
        return cls(source, begin, page["edges"], more, page["totalCount"], info["endCursor"])

    @property
    def next(self) -> Mapping[str, Any] | None:
        """The first edge that was not taken."""
        return self.edges[self.taken] if self.taken < len(self.edges) else None

    @property
    def is_cut_off(self) -> bool:
        """Whether what comes next is not known: a page shorter than it had to be."""
        return self.next is None and self.more and (bool(self.edges) or self.end is not None)

    @property
    def place(self) -> Place:
        """How far it was read."""
        if self.next is None and not self.more:
            return Ended(self.total)
        if self.next is None and self.end is not None:
            return self.end
        return self.edges[self.taken - 1]["cursor"] if self.taken else self.begin


def one_page(
    stretches: Sequence[Stretch], places: Places, first: int, order: Order | None
) -> tuple[dict[str, Any], list[str]]:
    """One page of the first items, and the source of each.

    `places` is where the page begins; a source that failed has no stretch and stays where it is.
    """
    edges: list[dict[str, Any]] = []
    sources: list[str] = []
    if any(each.is_cut_off for each in stretches):
        return _wire(edges, stretches, places), sources
    while len(edges) < first and (chosen := _next(stretches, order)) is not None:
        edge = chosen.edges[chosen.taken]
        chosen.taken += 1
        edges.append({**edge, "cursor": _now(stretches, places)})
        sources.append(chosen.source)
        if chosen.is_cut_off:
            break
    return _wire(edges, stretches, places), sources


def _now(stretches: Sequence[Stretch], places: Places) -> str:
    """The cursor of how far was read."""
    return written({**places, **{each.source: each.place for each in stretches}})


def _wire(
    edges: Sequence[Mapping[str, Any]], stretches: Sequence[Stretch], places: Places
) -> dict[str, Any]:
    totals = [each.total for each in stretches]
    looked = any(each.is_cut_off for each in stretches)
    return {
        "edges": list(edges),
        "pageInfo": {
            "hasNextPage": any(each.more or each.next is not None for each in stretches),
            "hasPreviousPage": any(place is not None for place in places.values()),
            "startCursor": edges[0]["cursor"] if edges else None,
            "endCursor": _now(stretches, places) if edges or looked else None,
        },
        "totalCount": None if None in totals else sum(total or 0 for total in totals),
    }


def _next(stretches: Sequence[Stretch], order: Order | None) -> Stretch | None:
    """The source whose turn it is: in the order asked for, and else that of the file."""
    waiting = [each for each in stretches if each.next is not None]
    if order is None or not waiting:
        return waiting[0] if waiting else None
    chosen = waiting[0]
    for other in waiting[1:]:
        if _before(_value(other, order), _value(chosen, order), order.descending):
            chosen = other
    return chosen


def _value(stretch: Stretch, order: Order) -> Any:
    return value_at(stretch.next, (_NODE, *order.path))


def _before(one: Any, other: Any, descending: bool) -> bool:
    """Whether one value comes before another. What is absent comes last, and first when descending,
    as the sources' own databases have it (PostgreSQL, ORDER BY).
    """
    if one is None or other is None:
        return (one is None) is descending and (other is None) is not descending
    if type(one) is not type(other) or not isinstance(one, str | int):
        return False
    return bool(one > other) if descending else bool(one < other)


# ---- the cursor ---------------------------------------------------------------------------------


def written(places: Places) -> str:
    """The cursor of these places: JSON in base64url, per source its cursor or, ended, its total."""
    moved = {
        name: [place.total] if isinstance(place, Ended) else place
        for name, place in places.items()
        if place is not None
    }
    text = json.dumps(moved, separators=(",", ":"), sort_keys=True)
    return base64.urlsafe_b64encode(text.encode("ascii")).decode("ascii").rstrip("=")


def read_places(cursor: str | None, names: Sequence[str]) -> Places:
    """The places that a cursor says, for these sources; ValueError if it is not one of theirs."""
    if cursor is None:
        return dict.fromkeys(names)
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        found = json.loads(raw.decode("ascii"))
    except (binascii.Error, ValueError, RecursionError):
        raise ValueError(NOT_OURS) from None
    if not isinstance(found, dict) or not found or not found.keys() <= set(names):
        raise ValueError(NOT_OURS)
    return {name: _place(found.get(name)) for name in names}


def _place(given: Any) -> Place:
    match given:
        case None:
            return None
        case str() if _CURSOR.fullmatch(given):
            return given
        case [None]:
            return Ended(None)
        case [int(total)] if not isinstance(total, bool) and 0 <= total <= MOST_ITEMS:
            return Ended(total)
    raise ValueError(NOT_OURS)
