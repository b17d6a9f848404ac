"""Questions to try in the explorer, from sandbox/voorbeelden (startup).

Each is a `.graphql` file whose leading comments say `naam`, `persona` and `omschrijving`; names of
sandbox/showcase.py may stand in the `.json` file beside it, as `"{{NAME}}"`.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from sandbox import showcase

DIRECTORY = Path(__file__).parent / "voorbeelden"
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
    """All examples, in the order of their files' names."""
    return tuple(_example(path) for path in sorted(DIRECTORY.glob("*.graphql")))


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
