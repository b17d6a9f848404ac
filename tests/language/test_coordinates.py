"""RD to WGS 84 and back: as exact as RDNAPTRANS2018, for all of GeoJSON, and never a guess."""

import copy
import math
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.language.coordinates import (
    DEEPEST,
    MOST_POSITIONS,
    OutsideArea,
    TooDetailed,
    in_rd,
    in_wgs84,
)
from tests.paths import ROOT

# The points by which NSGI has an implementation of RDNAPTRANS tested: name, latitude, longitude,
# x and y. They were published with RDNAPTRANS2008, from which 2018 differs by millimetres on land.
CONTROL = [
    ("Texel", 53.160753042, 4.824761912, 117380.12, 575040.34),
    ("Noord-Groningen", 53.419482050, 6.776726674, 247380.56, 604580.78),
    ("Amersfoort", 52.155172897, 5.387203657, 155000.0, 463000.0),
    ("Zeeuws-Vlaanderen", 51.368607152, 3.397588595, 16460.91, 377380.23),
    ("Zuid-Limburg", 50.792584916, 5.773795548, 182260.45, 311480.67),
    ("Maasvlakte", 51.947393898, 4.072887101, 64640.89, 440700.0101),
]
NEAR = 0.005
"""Metres. Without the correction grid these points are 18 to 167 mm off."""
DEGREE = 111_300.0
"""Metres in a degree of latitude."""

Convert = Callable[[Any], Any]

RING = [[155000.0, 463000.0], [155010.0, 463000.0], [155010.0, 463010.0], [155000.0, 463000.0]]
KINDS: list[dict[str, Any]] = [
    {"type": "Point", "coordinates": RING[0]},
    {"type": "MultiPoint", "coordinates": RING},
    {"type": "LineString", "coordinates": RING},
    {"type": "MultiLineString", "coordinates": [RING, RING]},
    {"type": "Polygon", "coordinates": [RING, RING]},
    {"type": "MultiPolygon", "coordinates": [[RING], [RING, RING]]},
    {"type": "MultiPolygon", "coordinates": []},
]


def point(*position: Any) -> dict[str, Any]:
    """A GeoJSON Point."""
    return {"type": "Point", "coordinates": [*position]}


def at(geometry: Any) -> tuple[float, float]:
    """The position of a Point."""
    first, second = geometry["coordinates"]
    return first, second


@pytest.mark.parametrize(("name", "latitude", "longitude", "x", "y"), CONTROL)
def test_the_control_points(
    name: str, latitude: float, longitude: float, x: float, y: float
) -> None:
    """Both ways, and easting or longitude first."""
    lon, lat = at(in_wgs84(point(x, y)))
    east, north = at(in_rd(point(longitude, latitude)))

    off = math.hypot((lat - latitude), (lon - longitude) * math.cos(math.radians(lat))) * DEGREE
    assert off < NEAR
    assert math.hypot(east - x, north - y) < NEAR


@given(
    st.integers(10_000_000, 280_000_000).map(lambda millimetres: millimetres / 1000),
    st.integers(306_000_000, 620_000_000).map(lambda millimetres: millimetres / 1000),
)
def test_there_and_back_is_the_same_millimetre(x: float, y: float) -> None:
    """Anywhere in the Netherlands: nine decimals of a degree are enough for that."""
    assert at(in_rd(in_wgs84(point(x, y)))) == (x, y)


@given(st.floats(3.3, 7.2), st.floats(50.7, 53.6))
def test_back_and_there_stays_within_a_millimetre(longitude: float, latitude: float) -> None:
    lon, lat = at(in_wgs84(in_rd(point(longitude, latitude))))

    assert abs(lat - latitude) * DEGREE < 0.001
    assert abs(lon - longitude) * DEGREE * math.cos(math.radians(latitude)) < 0.001


@pytest.mark.parametrize("geometry", KINDS, ids=lambda each: str(each["type"]))
def test_every_kind_of_geometry(geometry: dict[str, Any]) -> None:
    """Of the same form, and the source's own object is not changed: others share it."""
    before = copy.deepcopy(geometry)
    there = in_wgs84(geometry)

    assert in_rd(there) == geometry == before


def test_a_collection_of_geometries() -> None:
    """One inside another as well."""
    inner = {"type": "GeometryCollection", "geometries": KINDS}
    geometry = {"type": "GeometryCollection", "geometries": [inner, KINDS[0]]}

    assert in_rd(in_wgs84(geometry)) == geometry


def test_a_height_is_kept_as_it_is() -> None:
    """It is no part of either system; the BAG writes 0 for all it knows."""
    found = in_wgs84(point(155000.0, 463000.0, 0.0))
    measured = in_rd(point(5.4, 52.2, -1.25, 7))

    assert found is not None and measured is not None
    assert found["coordinates"][2:] == [0.0]
    assert measured["coordinates"][2:] == [-1.25, 7]


def test_what_named_the_old_system_is_left_out() -> None:
    """A `crs` or `bbox` beside the coordinates would be untrue of what was computed."""
    geometry = {**point(155000.0, 463000.0), "crs": {"type": "name"}, "bbox": [1, 2, 3, 4]}

    assert in_wgs84(geometry) == in_wgs84(point(155000.0, 463000.0))


@pytest.mark.parametrize("convert", [in_rd, in_wgs84])
def test_nothing_is_nothing(convert: Convert) -> None:
    assert convert(None) is None


@pytest.mark.parametrize("convert", [in_rd, in_wgs84])
@pytest.mark.parametrize(
    "geometry",
    [
        "POINT(1 2)",
        "",
        [],
        {},
        {"type": None},
        {"type": ["Point"]},
        {"type": "Circle", "coordinates": [1, 2]},
        {"type": "Feature", "geometry": KINDS[0]},
        {"type": "Point"},
        point(),
        point(5.0),
        point("5.0", "52.0"),
        point(5.0, None),
        point(5.0, True),
        point(5.0, 52.0, "hoog"),
        point(float("nan"), 52.0),
        point(float("inf"), 52.0),
        point(10**400, 52.0),
        point([5.0, 52.0]),
        {"type": "LineString", "coordinates": [5.0, 52.0]},
        {"type": "Polygon", "coordinates": RING},
        {"type": "Polygon", "coordinates": {"0": RING}},
        {"type": "GeometryCollection"},
        {"type": "GeometryCollection", "geometries": [None]},
    ],
    ids=str,
)
def test_what_is_no_geometry_is_a_plain_fault(convert: Convert, geometry: Any) -> None:
    """Told as a value that does not fit, whatever a source sends."""
    with pytest.raises(ValueError, match=r".+"):
        convert(geometry)


@pytest.mark.parametrize(
    ("convert", "position"),
    [
        (in_rd, (-68.27, 12.15)),  # Bonaire
        (in_rd, (0.0, 0.0)),
        (in_rd, (155000.0, 463000.0)),
        (in_rd, (52.155, 5.387)),
        (in_wgs84, (5.387, 52.155)),
        (in_wgs84, (0.0, 0.0)),
        (in_wgs84, (9e14, -9e14)),
        (in_wgs84, (463000.0, 155000.0)),
    ],
)
def test_beyond_the_grid_is_no_answer(convert: Convert, position: tuple[float, float]) -> None:
    """Nor are positions in the other system, or with their numbers the other way round."""
    with pytest.raises(OutsideArea) as caught:
        convert(point(*position))

    assert caught.value.code == str(caught.value) == "BUITEN_GEBIED"


def test_more_positions_than_others_would_wait_for() -> None:
    with pytest.raises(TooDetailed):
        in_rd({"type": "MultiPoint", "coordinates": [[5.0, 52.0]] * (MOST_POSITIONS + 1)})


def test_collections_that_never_end() -> None:
    nested: dict[str, Any] = point(155000.0, 463000.0)
    for _ in range(DEEPEST + 1):
        nested = {"type": "GeometryCollection", "geometries": [nested]}

    with pytest.raises(ValueError, match="no GeoJSON geometry"):
        in_wgs84(nested)


AT_ONCE = """
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from schema.language.coordinates import in_wgs84

together = Barrier(8)

def convert(_):
    together.wait()
    return str(in_wgs84({"type": "Point", "coordinates": [155000.0, 463000.0]}))

with ThreadPoolExecutor(8) as threads:
    print(len(set(threads.map(convert, range(8)))))
"""


def test_threads_that_need_it_at_once() -> None:
    """In a process that has not converted anything yet: the library itself cannot stand that."""
    done = subprocess.run(  # noqa: S603  # our own interpreter, our own text
        [sys.executable, "-c", AT_ONCE], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.stdout, done.stderr) == ("1\n", "")
