"""Writes an example configuration of many municipalities (process): `bronpoort voorbeeld`.

The folder is there whole or not at all: it is made beside its place and moved there in the end,
which fails where anything is already.
"""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sandbox import neighbour_files
from sandbox.access import MUNICIPALITY
from sandbox.neighbours import neighbours
from sandbox.practice_tokens import Pair

OBJECTTYPES = MUNICIPALITY.parent / "objecttypen"
KEYS = MUNICIPALITY.parent / neighbour_files.KEY_FILE
"""A public key whose private half nobody has: with it the example starts, and no token is good."""


class NotWrittenError(Exception):
    """Nothing was written; the message, in Dutch, says why."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many municipalities, and where they differ from what stands there without.

    `registries` is the address of a sandbox that all sources stand at; `keys` a JWKS file with the
    public keys that tokens are verified with; `private` a new file outside the folder, for the
    private half of a key that is made then.
    """

    count: int
    registries: str | None = None
    keys: Path | None = None
    private: Path | None = None


def write_folder(directory: Path, wanted: Wanted) -> None:
    """Make the folder; NotWrittenError when there is one with anything in it, or it cannot be."""
    try:
        if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
            raise NotWrittenError(
                f"{directory} is er al en niet leeg: er wordt niets overschreven."
            )
        _check_private(wanted.private, directory)
        directory.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=directory.parent, prefix=".bronpoort-") as beside:
            made = Path(beside) / "map"
            _fill(made, wanted)
            if wanted.private is not None:
                pair = Pair.made()
                _write(made / neighbour_files.KEY_FILE, pair.public)
                pair.keep(wanted.private)
            made.rename(directory)
    except OSError as error:
        raise NotWrittenError(f"{directory} kan niet worden gemaakt: {error.strerror}.") from None


def _check_private(path: Path | None, directory: Path) -> None:
    """What is in the folder is read by whoever may read the configuration: the key may not be."""
    if path is None:
        return
    if path.resolve().is_relative_to(directory.resolve()):
        raise NotWrittenError(f"Zet de geheime sleutel buiten {directory}.")
    if path.exists():
        raise NotWrittenError(f"{path} is er al: er wordt niets overschreven.")
    if not path.parent.is_dir():
        raise NotWrittenError(f"De map van {path} is er niet.")


def _fill(directory: Path, wanted: Wanted) -> None:
    shutil.copytree(OBJECTTYPES, directory / "objecttypen")
    shutil.copyfile(wanted.keys or KEYS, directory / neighbour_files.KEY_FILE)
    (directory / "geheimen").mkdir(mode=0o700)
    registries = wanted.registries.rstrip("/") if wanted.registries else None
    codes = []
    for each in neighbours(wanted.count):
        codes.append(each.code)
        _write(directory / f"{each.code}.toml", neighbour_files.municipality(each, registries))
        folder = directory / "geheimen" / each.code
        folder.mkdir()
        for name, secret in neighbour_files.secrets(each, registries).items():
            _write(folder / name, f"{secret}\n")
    _write(directory / "issuers.toml", neighbour_files.issuers(codes))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
