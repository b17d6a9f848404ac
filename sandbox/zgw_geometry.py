"""Places on the map for zaken: RD to WGS84 at startup, point in polygon in operation.

ZGW speaks GeoJSON in EPSG:4326, longitude first (RFC 7946), while the BAG speaks RD in metres.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from sandbox.wire import Wire

# The approximation of Schreutelkamp and Strang van Hees (2001): within a metre, which is enough
# for a fake.
LATITUDE = (
    (0, 1, 3235.65389),
    (2, 0, -32.58297),
    (0, 2, -0.2475),
    (2, 1, -0.84978),
    (0, 3, -0.0655),
    (2, 2, -0.01709),
    (1, 0, -0.00738),
    (4, 0, 0.0053),
)
LONGITUDE = (
    (1, 0, 5260.52916),
    (1, 1, 105.94684),
    (1, 2, 2.45656),
    (3, 0, -0.81885),
    (1, 3, 0.05594),
    (3, 1, -0.05607),
    (0, 1, 0.01199),
)


def to_wgs84(x: float, y: float) -> list[float]:
    """Longitude and latitude in degrees of a point in RD metres."""
    dx, dy = (x - 155_000.0) * 1e-5, (y - 463_000.0) * 1e-5
    lat = 52.15517440 + sum(k * dx**p * dy**q for p, q, k in LATITUDE) / 3600
    lon = 5.38720621 + sum(k * dx**p * dy**q for p, q, k in LONGITUDE) / 3600
    return [round(lon, 7), round(lat, 7)]


def point_of(pand: Wire) -> Wire:
    """A GeoJSON point on the first corner of a pand."""
    x, y, *_ = pand["geometrie"]["coordinates"][0][0]
    return {"type": "Point", "coordinates": to_wgs84(x, y)}


def outline_of(pand: Wire) -> Wire:
    """The outline of a pand as a GeoJSON polygon."""
    ring = pand["geometrie"]["coordinates"][0]
    return {"type": "Polygon", "coordinates": [[to_wgs84(x, y) for x, y, *_ in ring]]}


def lies_within(geometry: Wire, area: Wire) -> bool:
    """Whether every point of a geometry is inside the outer ring of a polygon."""
    ring = area["coordinates"][0]
    return all(_inside(x, y, ring) for x, y in _points(geometry["coordinates"]))


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:
    if coordinates and isinstance(coordinates[0], int | float):
        yield coordinates[0], coordinates[1]
        return
    for part in coordinates:
        yield from _points(part)


def _inside(x: float, y: float, ring: Sequence[Sequence[float]]) -> bool:
    inside = False
    for (x1, y1, *_), (x2, y2, *_) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside
