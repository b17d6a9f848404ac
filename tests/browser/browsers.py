"""Finds a Chromium for the browser tests; runs once, when the first of them asks.

In order: `$CHROMIUM`, the one `make test` unpacked from a registry package, one of the system's.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

UNPACKED = Path(__file__).parent / ".chromium"
SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@dataclass(frozen=True, slots=True)
class Chromium:
    """An executable and what its environment must have besides ours."""

    executable: Path
    environment: Mapping[str, str]


def find_chromium(environment: Mapping[str, str] = os.environ) -> Chromium | None:
    """The first Chromium there is, or None."""
    return next(_candidates(environment), None)


def _candidates(environment: Mapping[str, str]) -> Iterator[Chromium]:
    if chosen := environment.get("CHROMIUM"):
        yield Chromium(Path(chosen), {})
    if (UNPACKED / "chromium").exists():
        libraries = {"LD_LIBRARY_PATH": str(UNPACKED / "lib"), "FONTCONFIG_PATH": str(UNPACKED)}
        yield Chromium(UNPACKED / "chromium", libraries)
    for name in SYSTEM_NAMES:
        if found := shutil.which(name, path=environment.get("PATH")):
            yield Chromium(Path(found), {})
