"""Filters as the Objects API writes them, and the proof that an answer meets them (operation).

Objects API 2.7: `data_attr=<path>__<operator>__<value>`, the path joined by two underscores, values
of `in` by `|`. A parameter that the API does not know is ignored, and then everybody's objects are
the answer; so whatever comes back is held against what was asked.

The API compares what reads as a number as a number, and as text too with `exact`; with `in` it
compares text only. A value that it would misread is refused before it is asked.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gateway.source.errors import SourceFault, SourceRefusedQuestion
from gateway.source.source import Source
from schema.language.paths import value_at
from schema.objecten import DATA, Path
from schema.objecten_typen import Filter, Filters, Operator

Wire = Mapping[str, Any]
Value = str | int | float

UNREADABLE = (
    "Op deze tekst kan de bron niet zoeken: laat dubbele liggende streepjes, een liggend streepje "
    "aan het begin en verticale strepen weg."
)
WITH_COMMA = "Op deze combinatie kan de bron niet met een komma zoeken: laat de komma weg."


@dataclass(frozen=True, slots=True)
class Condition:
    """What every object must meet; `values` are more than one with `in` only."""

    path: Path
    """Below `record.data`."""
    operator: Operator
    values: tuple[Value, ...]

    @property
    def wire_path(self) -> Path:
        """Where the value stands in an object."""
        return (*DATA, *self.path)

    def expression(self, source: Source) -> str:
        """As the API reads it; SourceRefusedQuestion for a value that it would misread."""
        values = [_written(source, value) for value in self.values]
        return f"{'__'.join(self.path)}__{self.operator}__{'|'.join(values)}"

    def is_met_by(self, wire: Wire) -> bool:
        """Whether an object is one that was asked for."""
        found = value_at(wire, self.wire_path)
        return any(_meets(found, self.operator, value) for value in self.values)


def conditions(filters: Filters, asked: Mapping[str, Any] | None) -> list[Condition]:
    """What a filter asks; nothing for what is null or left out."""
    return list(_conditions(filters, asked or {}, ()))


def _conditions(filters: Filters, asked: Mapping[str, Any], above: Path) -> Iterator[Condition]:
    for name, value in asked.items():
        keys = (*above, name)
        if isinstance(value, Mapping):
            yield from _conditions(filters, value, keys)
        elif value is not None:
            yield _condition(filters[keys], value)


def _condition(filtering: Filter, value: Any) -> Condition:
    values = value if isinstance(value, list) else [value]
    if filtering.next_day:
        values = [_day_after(each) for each in values]
    return Condition(filtering.path, filtering.operator, tuple(values))


def as_text(source: Source, wanted: Sequence[Condition]) -> str:
    """All conditions as one text, for a body; they are separated by commas, so none may stand in
    them.
    """
    parts = [condition.expression(source) for condition in wanted]
    if any("," in part for part in parts):
        raise SourceRefusedQuestion(source.name, "a comma in data_attrs", message=WITH_COMMA)
    return ",".join(parts)


def proven(
    source: Source, objects: Sequence[Wire], wanted: Sequence[Condition], day: str | None
) -> Sequence[Wire]:
    """The same objects; SourceFault if one of them was not asked for."""
    if not all(condition.is_met_by(wire) for condition in wanted for wire in objects):
        raise SourceFault(source.name, "objects that were not asked for")
    if day is not None and not all(_holds_on(wire, day) for wire in objects):
        raise SourceFault(source.name, "objects of another day")
    return objects


def _holds_on(wire: Wire, day: str) -> bool:
    starts, ends = value_at(wire, ("record", "startAt")), value_at(wire, ("record", "endAt"))
    return isinstance(starts, str) and starts <= day and (ends is None or day <= str(ends))


def _meets(found: Any, operator: Operator, value: Value) -> bool:
    if operator in ("exact", "in"):
        return _same(found, value)
    if operator == "icontains":
        return isinstance(found, str) and str(value).casefold() in found.casefold()
    order = _order(found, value)
    match operator:
        case "gt":
            return order is not None and order > 0
        case "gte":
            return order is not None and order >= 0
        case "lt":
            return order is not None and order < 0
    return order is not None and order <= 0


def _same(found: Any, value: Value) -> bool:
    """Equal as text or as a number: the API does not tell the two apart."""
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return False
    return str(found) == str(value) or _order(found, value) == 0


def _order(found: Any, value: Value) -> int | None:
    """Below, at or above 0 as `found` is below, at or above `value`; None if they do not compare.

    Numbers as numbers; dates and timestamps as text, as ISO 8601 made them.
    """
    if isinstance(value, str) and isinstance(found, str):
        return (found > value) - (found < value)
    try:
        left, right = float(found), float(value)
    except (TypeError, ValueError):
        return None
    return (left > right) - (left < right)


def _written(source: Source, value: Value) -> str:
    text = str(value)
    misread = "__" in text or "|" in text or text.startswith("_") or _is_no_number(text)
    if misread or not text.strip():
        raise SourceRefusedQuestion(source.name, "a value that is misread", message=UNREADABLE)
    return text


def _is_no_number(text: str) -> bool:
    """Whether the API takes a word (`nan`, `infinity`) for a number, which its database refuses."""
    try:
        return not math.isfinite(float(text))
    except ValueError:
        return False


def _day_after(day: str) -> str:
    given = date.fromisoformat(day)
    return given.isoformat() if given == date.max else (given + timedelta(days=1)).isoformat()
