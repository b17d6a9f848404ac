"""Explains a document without a server, a caller or a source (process)."""

from collections.abc import Mapping
from typing import Any, NoReturn

from gateway.operation.answer import Caller, Operations, Question
from gateway.operation.errors import RequestError, refused
from gateway.operation.limits import Limits
from gateway.operation.prepare import RequestErrors
from gateway.settings import Settings
from gateway.source.cache import Cache, Scope
from gateway.source.ledger import Ledger
from schema.language.facts import Facts

NOT_COMPILED = (
    "# De vraag is te groot om te compileren: elk antwoord wordt stap voor stap geschreven."
)


async def explain_document(
    text: str,
    variables: Mapping[str, Any],
    operation: str | None,
    labels: frozenset[str],
    settings: Settings,
    facts: Facts,
) -> Mapping[str, Any]:
    """The explanation as JSON, or the errors that the document would get."""
    question = Question(text, operation, variables, explain=True)
    answer = await _operations(settings, facts).answer(question, _caller(labels))
    explanation: Mapping[str, Any] = answer.body.get("extensions", {}).get("uitleg", answer.body)
    return explanation


def code_of_document(
    text: str,
    variables: Mapping[str, Any],
    operation: str | None,
    labels: frozenset[str],
    settings: Settings,
    facts: Facts,
) -> str | Mapping[str, Any]:
    """The Python that answers to the document are written with, or the errors that it would get."""
    operations = _operations(settings, facts)
    try:
        code = operations.code(Question(text, operation, variables), _caller(labels))
    except RequestErrors as errors:
        return refused(errors.errors)
    except RequestError as error:
        return refused([error])
    return code if code is not None else NOT_COMPILED


def _operations(settings: Settings, facts: Facts) -> Operations:
    return Operations(
        facts,
        limits=Limits(**settings.limits.model_dump()),
        cache=Cache(memory_bytes=0, whole_bytes=0),
        introspection=True,
        report=lambda read, error: None,
    )


def _caller(labels: frozenset[str]) -> Caller:
    return Caller(labels, Scope("", "", ""), None, _nothing_is_asked)


def _nothing_is_asked(ledger: Ledger) -> NoReturn:
    raise AssertionError("an explanation asks nothing")
