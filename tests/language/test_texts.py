"""The strings under attributes: found in the source, and kept as long as that stays as it is."""

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from schema.language.texts import texts_in

SOURCE = """
class Mens:
    naam: str
    \"""Hoe iemand
    heet.\"""

    class Hond:
        ras: str = "teckel"
        \"""Wat voor een.\"""

    leeftijd: int
"""
FOUND = {"Mens": {"naam": "Hoe iemand heet."}, "Mens.Hond": {"ras": "Wat voor een."}}
ONE = (1, len(SOURCE))


@pytest.fixture(autouse=True)
def _bytecode(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    monkeypatch.setattr("sys.pycache_prefix", None)
    yield
    texts_in.cache_clear()


def given(folder: Path, source: str = SOURCE) -> tuple[str, Path]:
    """A module, and where its texts are kept."""
    file = folder / "mensen.py"
    file.write_text(source, encoding="utf-8")
    kept = Path(importlib.util.cache_from_source(str(file))).with_suffix(".teksten.json")
    return str(file), kept


def again(file: str, version: tuple[int, int]) -> object:
    """As another process would find them."""
    texts_in.cache_clear()
    return texts_in(file, version)


def test_what_was_found_is_not_looked_for_again(tmp_path: Path) -> None:
    file, kept = given(tmp_path)
    first = texts_in(file, ONE)
    Path(file).unlink()

    assert (first, again(file, ONE)) == (FOUND, FOUND)
    assert [each.name for each in kept.parent.iterdir()] == [kept.name]


@pytest.mark.parametrize("version", [(2, len(SOURCE)), (1, len(SOURCE) + 1)])
def test_a_source_that_was_changed_is_read_again(tmp_path: Path, version: tuple[int, int]) -> None:
    """Later, or at the same time as the clock has it, and longer."""
    file, _ = given(tmp_path)
    texts_in(file, ONE)
    given(tmp_path, SOURCE.replace("heet", "wordt genoemd"))

    assert again(file, version) == {**FOUND, "Mens": {"naam": "Hoe iemand wordt genoemd."}}


@pytest.mark.parametrize("damaged", ["", "{", "[]", "3", json.dumps([1]), json.dumps([1, 2, 3])])
def test_what_is_damaged_is_made_again(tmp_path: Path, damaged: str) -> None:
    file, kept = given(tmp_path)
    texts_in(file, ONE)
    kept.write_text(damaged, encoding="utf-8")

    assert again(file, ONE) == FOUND
    assert json.loads(kept.read_text(encoding="utf-8")) == [[*ONE], FOUND]


def test_where_nothing_may_be_written_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, kept = given(tmp_path)
    kept.parent.write_text("no folder", encoding="utf-8")
    unwritable = texts_in(file, ONE)
    kept.parent.unlink()
    monkeypatch.setattr("sys.dont_write_bytecode", True)

    assert (unwritable, again(file, ONE)) == (FOUND, FOUND)
    assert not kept.parent.exists()
