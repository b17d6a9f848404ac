"""Filters of a ZGW list: what a value looks like and which objects it leaves over; in operation.

A filter is exact (answered by an index made at startup) or a test that is applied to what the exact
ones left over. All filters of one question must hold.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto

from sandbox.wire import Wire
from sandbox.zgw_links import Bases
from sandbox.zgw_problem import Param, invalid

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Keys = Callable[[Wire], Iterable[str]]
Test = Callable[[Wire, str], bool]


class Kind(Enum):
    """What the values of a filter look like."""

    TEXT = auto()
    URL = auto()
    DATE = auto()
    BOOLEAN = auto()
    UUID = auto()


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: exact when it has `keys`, otherwise a `test`.

    `many` takes several values, of which one must fit; `extension` is known to Open Zaak only;
    `body` belongs to `_zoek` only; `default` is the value when the question does not name the
    filter.
    """

    kind: Kind = Kind.TEXT
    keys: Keys | None = None
    test: Test | None = None
    choices: frozenset[str] = frozenset()
    many: bool = False
    extension: bool = False
    body: bool = False
    default: str = ""


def exact(
    path: str, kind: Kind = Kind.TEXT, *, many: bool = False, extension: bool = False
) -> Filter:
    """The property at a dot path equals the value."""
    return Filter(kind, keys=lambda wire: _at(wire, path), many=many, extension=extension)


def contains(path: str, *, extension: bool = True) -> Filter:
    """The property at a dot path contains the value, whatever the case."""
    return Filter(
        test=lambda wire, value: any(value.lower() in found.lower() for found in _at(wire, path)),
        extension=extension,
    )


def dates(name: str, *suffixes: str) -> Iterator[tuple[str, Filter]]:
    """The filters on one date: exact and with these suffixes (gt, gte, lt, lte, isnull)."""
    yield name, exact(name, Kind.DATE)
    for suffix in suffixes:
        kind = Kind.BOOLEAN if suffix == "isnull" else Kind.DATE
        yield f"{name}__{suffix}", Filter(kind, test=_date_test(name, suffix))


def _date_test(name: str, suffix: str) -> Test:
    match suffix:
        case "gt":
            return lambda wire, value: bool(wire[name]) and wire[name] > value
        case "gte":
            return lambda wire, value: bool(wire[name]) and wire[name] >= value
        case "lt":
            return lambda wire, value: bool(wire[name]) and wire[name] < value
        case "lte":
            return lambda wire, value: bool(wire[name]) and wire[name] <= value
    return lambda wire, value: (wire[name] is None) is (value == "true")


def _at(wire: Wire, path: str) -> Iterator[str]:
    found: object = wire
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    if isinstance(found, bool):
        yield str(found).lower()
    elif isinstance(found, str) and found:
        yield found


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the values of one request; collects everything that is wrong before it complains."""

    bases: Bases
    wrong: list[Param] = field(default_factory=list)

    def values(self, name: str, asked: Filter, raw: object) -> list[str]:
        """The values of a filter, from a query text or a JSON value; empty means: no filter."""
        parts = raw if isinstance(raw, list) else self._parts(asked, raw)
        if isinstance(raw, list) and not asked.many:
            self._complain(name, "invalid", "Dit is geen enkelvoudige waarde.")
            return []
        texts = [_text(part) for part in parts]
        return [self._value(name, asked, text) for text in texts if text]

    def _parts(self, asked: Filter, raw: object) -> Sequence[object]:
        if isinstance(raw, str) and asked.many:
            return [part.strip() for part in raw.split(",")]
        return [] if raw is None else [raw]

    def _value(self, name: str, asked: Filter, text: str) -> str:
        if asked.choices and text not in asked.choices:
            self._complain(name, "invalid_choice", "Dit is geen geldige keuze.")
        match asked.kind:
            case Kind.URL:
                return self._url(name, text)
            case Kind.DATE if not _is_date(text):
                self._complain(name, "invalid", "Dit is geen geldige datum.")
            case Kind.BOOLEAN:
                return str(text.lower() in ("true", "1")).lower()
            case Kind.UUID if not UUID.fullmatch(text.lower()):
                self._complain(name, "invalid", "Dit is geen geldige UUID.")
        return text

    def _url(self, name: str, text: str) -> str:
        if not text.startswith(("http://", "https://")):
            self._complain(name, "invalid", "Dit is geen geldige URL.")
        return self.bases.stored(text)

    def _complain(self, name: str, code: str, reason: str) -> None:
        self.wrong.append(Param(name, code, reason))

    def finish(self) -> None:
        """Problem 400 with everything that was wrong, if anything was."""
        if self.wrong:
            raise invalid(self.wrong)


def _text(part: object) -> str:
    return str(part).lower() if isinstance(part, bool) else str(part).strip()


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


class Collection:
    """The objects of a resource, newest first; an exact filter gets its index at its first use."""

    def __init__(self, objects: Mapping[str, Wire], filters: Mapping[str, Filter]) -> None:
        self.by_uuid = objects
        self.filters = filters
        self._newest = list(objects.values())[::-1]
        self._indexes: dict[str, dict[str, set[int]]] = {}

    def _index(self, name: str, keys: Keys) -> Mapping[str, set[int]]:
        """The places of the objects by each key that this filter finds them under."""
        index = self._indexes.get(name)
        if index is None:
            index = self._indexes[name] = {}
            for place, wire in enumerate(self._newest):
                for key in keys(wire):
                    index.setdefault(key, set()).add(place)
        return index

    def find(self, wanted: Mapping[str, Sequence[str]]) -> list[Wire]:
        """The objects for which every filter finds one of its values, newest first."""
        left: set[int] | None = None
        tests: list[tuple[Test, str]] = []
        for name, values in wanted.items():
            known = self.filters[name]
            if known.test is not None:
                tests.append((known.test, values[0]))
            elif known.keys is not None:
                index = self._index(name, known.keys)
                hits = set().union(*(index.get(value, ()) for value in values))
                left = hits if left is None else left & hits
        found = self._newest if left is None else [self._newest[place] for place in sorted(left)]
        return [wire for wire in found if all(test(wire, value) for test, value in tests)]
