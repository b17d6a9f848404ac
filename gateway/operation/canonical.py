"""Values as text: equal text is an equal question (operation)."""

import json
from collections.abc import Mapping
from typing import Any, Final

import msgspec

_AT_ONCE: Final = msgspec.json.Encoder(order="deterministic")
_WITH_CARE: Final = json.JSONEncoder(sort_keys=True)


def canonical(values: Mapping[str, Any]) -> str:
    """JSON of what JSON can hold, with the names in order. Both ways of writing say all there is to
    the value: the second takes also what is no plain text, in five times as long.

    Numbers must be finite, which those of a question are by then: others are refused.
    """
    if not values:
        return "{}"
    try:
        return str(_AT_ONCE.encode(values), "utf-8")
    except (TypeError, UnicodeError):
        return _WITH_CARE.encode(values)
