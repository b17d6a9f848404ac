"""Explains a document without a server, a caller or a source (process)."""

from collections.abc import Mapping
from typing import Any, Final, NoReturn

from graphql import FieldNode, GraphQLSyntaxError, Visitor, parse, visit

from gateway.operation.answer import Caller, Operations, Question
from gateway.operation.identity import Identity
from gateway.operation.limits import Limits
from gateway.settings import Settings
from gateway.source.cache import Cache, Scope
from gateway.source.ledger import Ledger
from schema.language.facts import Facts
from schema.language.links import mijn

SOMEBODY: Final = Identity(bsn="-", kvk_nummer="-", rsin="-")
"""Stands for a citizen and for a company: each of their questions is explained."""
MOST_TOKENS: Final = 10_000


async def explain_document(
    text: str,
    variables: Mapping[str, Any],
    operation: str | None,
    labels: frozenset[str],
    settings: Settings,
    facts: Facts,
    closed: bool = False,
) -> Mapping[str, Any]:
    """The explanation as JSON, or the errors that the document would get.

    `closed` is for a purpose of who asks only for what is their own; so does who asks for `mijn`.
    """
    operations = Operations(
        facts,
        limits=Limits(**settings.limits.model_dump()),
        cache=Cache(memory_bytes=0, whole_bytes=0),
        introspection=True,
        report=lambda read, error: None,
    )
    own = SOMEBODY if closed or _asks_own(text) else None
    caller = Caller(labels, Scope("", "", ""), own, _nothing_is_asked)
    question = Question(text, operation, variables, explain=True)
    answer = await operations.answer(question, caller)
    explanation: Mapping[str, Any] = answer.body.get("extensions", {}).get("uitleg", answer.body)
    return explanation


def _asks_own(text: str) -> bool:
    try:
        document = parse(text, max_tokens=MOST_TOKENS)
    except (GraphQLSyntaxError, RecursionError):
        return False
    finder = _Own()
    visit(document, finder)
    return finder.found


class _Own(Visitor):
    """Finds whether `mijn` is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.found = False

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        self.found |= node.name.value == mijn.name


def _nothing_is_asked(ledger: Ledger) -> NoReturn:
    raise AssertionError("an explanation asks nothing")
