"""What the Objects API understands of a question (operation): `data_attr`, `date`, `fields`.

As Objects API 4.0 was seen to do it: an expression is split from its end; `exact` compares as text
and as a number, `in` as text only, the others want a number or a date; an unknown parameter is
ignored. `fields` gives what is there of what it names, and an object on the way without anything.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sandbox.wire import Wire
from sandbox.zgw_problem import Param, Problem, invalid

OPERATORS = ("exact", "gt", "gte", "lt", "lte", "icontains", "in")


def meets(data: Wire, expression: str) -> bool:
    """Whether the data of a record meet one expression; Problem 400 for what is none."""
    parts = expression.rsplit("__", 2)
    if len(parts) != 3 or parts[1] not in OPERATORS:
        raise _refused(f"Filter expression '{expression}' doesn't have the right shape")
    path, operator, text = parts
    found = _at(data, path.split("__"))
    match operator:
        case "exact":
            return found == text or (_number(text) is not None and _is_number(found, text))
        case "icontains":
            return found is not None and text.casefold() in str(found).casefold()
        case "in":
            return isinstance(found, str) and found in text.split("|")
    wanted = _number(text) if _number(text) is not None else _date(text)
    if wanted is None:
        raise _refused(f"Operator `{operator}` supports only dates and/or numeric values")
    return _ordered(found, operator, wanted)


def selected(wire: Wire, fields: str) -> Wire:
    """The parts of an object that `fields` names."""
    chosen: Wire = {}
    names = [name.strip() for name in fields.split(",")]
    for name in names:
        path = name.split("__")
        if any(
            path[:size] in [other.split("__") for other in names] for size in range(1, len(path))
        ):
            raise Problem(500, "error", "APIException", "A server error has occurred.")
        _copy(wire, path, chosen, is_data=name.startswith("record__data__"))
    return chosen


def unauthorized(wire: Wire, allowed: frozenset[str]) -> tuple[Wire, list[str]]:
    """What a token may see of the data, and the names of what it may not."""
    data = wire["record"]["data"]
    hidden = sorted(name for name in data if name not in allowed)
    shown = {name: value for name, value in data.items() if name in allowed}
    record = {**wire["record"], "data": shown}
    return {**wire, "record": record}, [f"record__data__{name}" for name in hidden]


def on(records: Sequence[Wire], day: str) -> Wire | None:
    """The record that is valid on a day, the last made where there are more."""
    valid = [
        record
        for record in records
        if record["startAt"] <= day and (record["endAt"] is None or day <= record["endAt"])
    ]
    return valid[-1] if valid else None


def _copy(wire: Wire, path: Sequence[str], chosen: Wire, *, is_data: bool) -> None:
    *above, last = path
    here: Any = wire
    for name in above:
        chosen = chosen.setdefault(name, {})
        here = here.get(name) if isinstance(here, Mapping) else None
    if isinstance(here, Mapping) and last in here:
        chosen[last] = here[last]
    elif not is_data:
        detail = "'fields' query parameter has invalid or unauthorized values"
        raise invalid([Param("fields", "invalid", detail)])


def _at(data: Any, path: Sequence[str]) -> Any:
    for name in path:
        data = data.get(name) if isinstance(data, Mapping) else None
    return data


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _date(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _is_number(found: Any, text: str) -> bool:
    return isinstance(found, int | float) and not isinstance(found, bool) and found == float(text)


def _ordered(found: Any, operator: str, wanted: float | str) -> bool:
    same = isinstance(found, str) if isinstance(wanted, str) else isinstance(found, int | float)
    if not same or isinstance(found, bool):
        return False
    match operator:
        case "gt":
            return bool(found > wanted)
        case "gte":
            return bool(found >= wanted)
        case "lt":
            return bool(found < wanted)
    return bool(found <= wanted)


def _refused(reason: str) -> Problem:
    return invalid([Param("data_attr", "invalid-data-attr-query", reason)])
