"""What random documents ask with: what clients may send for each scalar, taken from the sandbox."""

from collections.abc import Mapping
from typing import Any

from sandbox import showcase
from schema.language.scalars import SCALARS, ScalarSpec

SHOWN = {name: value for name, value in vars(showcase).items() if name.isupper()}
SENSITIVE = frozenset(spec.name for spec in SCALARS.values() if spec.sensitive)


def shown() -> Mapping[str, list[Any]]:
    """For each scalar what of the showcase a client may send for it."""
    return {
        spec.name: [value for value in SHOWN.values() if _accepted(spec, value)] or [""]
        for spec in SCALARS.values()
    }


def _accepted(spec: ScalarSpec, value: Any) -> bool:
    try:
        return bool(spec.accepts(value))
    except (ValueError, TypeError):
        return False
