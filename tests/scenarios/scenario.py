"""A scenario: one behaviour in one Markdown file, read into what to ask and what must hold.

Fenced blocks, by their info string: `yaml caller`, `graphql`, `json variables`, `yaml calls`, and
`json response` (the exact body) or `yaml holds` (what must be true of it). `yaml example` names an
example of the explorer instead of `graphql`; its variables hold unless the scenario has its own.
Names of sandbox/showcase.py may stand anywhere as `{{NAME}}`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from sandbox import showcase
from sandbox.examples import Example, examples

_BLOCK = re.compile(r"^```([a-z]+(?: [a-z]+)?)\n(.*?)^```$", re.M | re.S)
_NAME = re.compile(r"\{\{([A-Z][A-Z0-9_]*)\}\}")


@dataclass(frozen=True, slots=True)
class ExpectedCall:
    """A call that must be made, `times` times; `params` and `body` are compared when given.

    A `*` in the line stands for anything; then every call that fits must have its own address.
    """

    line: str
    times: int = 1
    params: Mapping[str, Any] | None = None
    body: Any = None
    answer: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """One behaviour."""

    name: str
    query: str
    variables: Mapping[str, Any]
    caller: Mapping[str, Any] = field(default_factory=dict)
    calls: tuple[ExpectedCall, ...] = ()
    response: Any = None
    holds: tuple[Mapping[str, Any], ...] = ()


def read_scenario(path: Path) -> Scenario:
    """The scenario in a file; ValueError when a block is missing or unknown."""
    blocks = {kind: _filled(text) for kind, text in _BLOCK.findall(path.read_text("utf-8"))}
    known = {
        "yaml caller",
        "graphql",
        "yaml example",
        "json variables",
        "yaml calls",
        "json response",
        "yaml holds",
    }
    unknown = blocks.keys() - known
    questions = blocks.keys() & {"graphql", "yaml example"}
    if unknown or len(questions) != 1 or "yaml calls" not in blocks:
        raise ValueError(f"{path.name}: blocks {sorted(blocks)}")
    if "json response" not in blocks and "yaml holds" not in blocks:
        raise ValueError(f"{path.name}: it says nothing about the response")
    example = _example(blocks["yaml example"]) if "yaml example" in blocks else None
    given = json.loads(blocks.get("json variables", "{}"))
    return Scenario(
        path.stem,
        example.query if example else blocks["graphql"],
        {**(example.variabelen if example else {}), **given},
        yaml.safe_load(blocks.get("yaml caller", "{}")) or {},
        tuple(_expected(call) for call in yaml.safe_load(blocks["yaml calls"]) or ()),
        json.loads(blocks["json response"]) if "json response" in blocks else None,
        tuple(yaml.safe_load(blocks.get("yaml holds", "[]")) or ()),
    )


def _example(block: str) -> Example:
    name = yaml.safe_load(block)
    return next(each for each in examples() if each.naam == name)


def _expected(call: Mapping[str, Any]) -> ExpectedCall:
    unknown = call.keys() - {"call", "times", "params", "body", "answer"}
    if unknown:
        raise ValueError(f"unknown in a call: {sorted(unknown)}")
    return ExpectedCall(
        call["call"],
        call.get("times", 1),
        call.get("params"),
        call.get("body"),
        call.get("answer"),
    )


def _filled(text: str) -> str:
    return _NAME.sub(lambda found: str(getattr(showcase, found[1])), text)


def look_up(body: Any, path: str) -> Any:
    """The value at a dotted path with numbers for lists; KeyError or IndexError when absent."""
    for part in path.split("."):
        body = body[int(part)] if isinstance(body, list) else body[part]
    return body


def mistake_in(body: Any, claim: Mapping[str, Any]) -> str | None:
    """What is wrong with one claim of `yaml holds`, None when it is true."""
    path = claim["path"]
    try:
        value = look_up(body, path)
    except (KeyError, IndexError, TypeError, ValueError):
        return None if claim.get("absent") else f"{path}: absent"
    match {name: wanted for name, wanted in claim.items() if name != "path"}:
        case {"equals": wanted}:
            return None if value == wanted else f"{path}: {value!r} instead of {wanted!r}"
        case {"length": wanted}:
            return None if len(value) == wanted else f"{path}: {len(value)} items, not {wanted}"
        case {"includes": wanted} if isinstance(wanted, dict):
            items = value if isinstance(value, list) else [value]
            fits = any(all(item.get(k) == v for k, v in wanted.items()) for item in items)
            return None if fits else f"{path}: nothing includes {wanted!r}"
        case {"includes": wanted}:
            return None if wanted in value else f"{path}: {wanted!r} is not in it"
        case {"present": True}:
            return None if value is not None else f"{path}: null"
        case {"absent": True}:
            return f"{path}: present"
    return f"{path}: a claim that nobody can check: {sorted(claim)}"
