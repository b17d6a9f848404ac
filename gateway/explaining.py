"""Explains a document without a server, a caller or a source (process)."""

from collections.abc import Mapping
from typing import Any, NoReturn

from gateway.operation.answer import Caller, Operations, Question
from gateway.operation.limits import Limits
from gateway.settings import Settings
from gateway.source.cache import Cache, Scope
from gateway.source.ledger import Ledger
from schema.language.facts import Facts


async def explain_document(
    text: str,
    variables: Mapping[str, Any],
    operation: str | None,
    labels: frozenset[str],
    settings: Settings,
    facts: Facts,
) -> Mapping[str, Any]:
    """The explanation as JSON, or the errors that the document would get."""
    operations = Operations(
        facts,
        limits=Limits(**settings.limits.model_dump()),
        cache=Cache(memory_bytes=0, whole_bytes=0),
        introspection=True,
        report=lambda read, error: None,
    )
    caller = Caller(labels, Scope("", "", ""), None, _nothing_is_asked)
    question = Question(text, operation, variables, explain=True)
    answer = await operations.answer(question, caller)
    explanation: Mapping[str, Any] = answer.body.get("extensions", {}).get("uitleg", answer.body)
    return explanation


def _nothing_is_asked(ledger: Ledger) -> NoReturn:
    raise AssertionError("an explanation asks nothing")
