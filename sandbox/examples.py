"""Questions to try in the explorer (startup): the screens of docs/voorbeelden, and smaller ones.

Each is a `.graphql` file whose leading comments say `naam`, `persona` and `omschrijving`, with its
variables in a `.json` file beside it. A screen is there to be taken over, so its file is whole; in
the variables of the smaller ones, in sandbox/voorbeelden, names of sandbox/showcase.py may stand as
`"{{NAME}}"`.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from sandbox import showcase

SCREENS = (
    "persoonsbeeld",
    "mijn-overzicht",
    "zaakdetail",
    "adresdossier",
    "bedrijfsbeeld",
    "eigendom",
)
"""The files of docs/voorbeelden, in the order in which they are offered."""
_HERE = Path(__file__).parent
_PACKED = _HERE / "schermen"
"""Where a wheel has docs/voorbeelden: it has no docs/."""
_NAME = re.compile(r"\{\{([A-Z][A-Z0-9_]*)\}\}")


@dataclass(frozen=True, slots=True)
class Example:
    """A question, who may ask it, and what it shows."""

    naam: str
    omschrijving: str
    persona: str
    query: str
    variabelen: Mapping[str, Any] = field(default_factory=dict)


@cache
def examples() -> Sequence[Example]:
    """All examples: the screens, then the smaller ones in the order of their files' names."""
    screens = screens_directory()
    smaller = sorted((_HERE / "voorbeelden").glob("*.graphql"))
    return tuple(
        _example(path) for path in (*(screens / f"{n}.graphql" for n in SCREENS), *smaller)
    )


def screens_directory() -> Path:
    """Where the screens are: in docs/ of a checkout, packed beside this module in a wheel."""
    return _PACKED if _PACKED.is_dir() else _HERE.parent / "docs" / "voorbeelden"


def _example(path: Path) -> Example:
    text = path.read_text(encoding="utf-8")
    heading = dict(
        line.removeprefix("# ").split(": ", 1)
        for line in text.splitlines()
        if line.startswith("# ") and ": " in line
    )
    query = "\n".join(line for line in text.splitlines() if not line.startswith("# "))
    variables = path.with_suffix(".json")
    given = variables.read_text(encoding="utf-8") if variables.exists() else "{}"
    filled = _NAME.sub(lambda found: str(getattr(showcase, found[1])), given)
    return Example(
        heading["naam"],
        heading["omschrijving"],
        heading["persona"],
        query.strip() + "\n",
        json.loads(filled),
    )
