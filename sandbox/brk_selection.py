"""Takes out of a whole record what ``fields`` and ``expand`` ask for; object phase of BRK and WOZ.

A tree names what may be asked: the parts of a group between brackets. The name of a group asks for
all of it; ``_links.self`` and what is mandatory always come; ``fields`` says nothing of
``_embedded``. An unknown or empty name is refused (Haal Centraal common 1.2, fields and expand).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.problems import Invalid, Refused
from sandbox.wire import Wire

Tree = Mapping[str, Any]
_TOKEN = re.compile(r"[A-Za-z0-9_]+|[()]")


def tree(text: str) -> Tree:
    """``"a b(c d)"`` as ``{"a": {}, "b": {"c": {}, "d": {}}}``."""
    root: dict[str, Any] = {}
    above: list[dict[str, Any]] = []
    here, last = root, ""
    for token in _TOKEN.findall(text):
        if token == "(":  # a bracket
            above.append(here)
            here = here[last]
        elif token == ")":  # a bracket
            here = above.pop()
        else:
            here[token] = {}
            last = token
    return root


def read_fields(text: str | None, allowed: Tree, mandatory: Sequence[str]) -> Tree | None:
    """What ``fields`` asks for, with what always comes; None when all is wanted."""
    if text is None:
        return None
    asked: dict[str, Any] = {name: {} for name in mandatory}
    for path in text.split(","):
        _add(asked, allowed, path.split("."), "fields")
    return asked


def read_expand(
    text: str | None, relations: Mapping[str, tuple[Tree, Sequence[str]]]
) -> Mapping[str, Tree | None]:
    """What ``expand`` asks for, by relation; None for the whole of one."""
    found: dict[str, Any] = {}
    for path in text.split(",") if text is not None else ():
        name, _, rest = path.partition(".")
        if name not in relations:
            raise _unknown("expand")
        allowed, mandatory = relations[name]
        if not rest:
            found[name] = None
        elif found.setdefault(name, {each: {} for each in mandatory}) is not None:
            _add(found[name], allowed, rest.split("."), "expand")
    return found


def project(record: Wire, asked: Tree | None) -> Wire:
    """The part of a whole record that is asked for."""
    if asked is None:
        return record
    part = _group(record, asked)
    links = record.get("_links", {})
    wanted = asked.get("_links", {"self": {}}) or links
    return {**part, "_links": {k: v for k, v in links.items() if k in wanted or k == "self"}}


def _group(record: Wire, asked: Tree) -> Wire:
    return {
        name: _value(record[name], parts)
        for name, parts in asked.items()
        if name in record and name != "_links" and _value(record[name], parts) not in ({}, [])
    }


def _value(value: Any, parts: Tree) -> Any:
    if not parts:
        return value
    if isinstance(value, list):
        return [found for entry in value if (found := _group(entry, parts))]
    return _group(value, parts)


def _add(asked: dict[str, Any], allowed: Tree, path: Sequence[str], parameter: str) -> None:
    name, rest = path[0], path[1:]
    if name == "_links":
        asked.setdefault("_links", {}).update({part: {} for part in rest})
        return
    if name not in allowed or (rest and not allowed[name]):
        raise _unknown(parameter)
    if not rest:
        asked[name] = {}
    elif asked.get(name) != {}:
        _add(asked.setdefault(name, {}), allowed[name], rest, parameter)


def _unknown(parameter: str) -> Refused:
    fault = Invalid(parameter, parameter, f"Deel van de parameterwaarde {parameter} is onbekend.")
    return Refused.parameters([fault])
