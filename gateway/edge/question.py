"""Shapes a request's JSON into a question (per request).

The members are those of the GraphQL-over-HTTP draft ("Request Parameters"); others are ignored.
"""

from collections.abc import Mapping
from typing import Any, Final

from gateway.edge.errors import TransportError
from gateway.operation.answer import Question
from gateway.operation.errors import Code

OPTIONS: Final = ("Bronpoort-Strikt", "Bronpoort-Herkomst", "Bronpoort-Uitleg", "Bronpoort-Vers")
"""The headers that may ask what the body's `extensions` may ask."""
_SWITCH: Final[Mapping[str, bool]] = {"true": True, "false": False}


def to_question(value: Any, headers: Mapping[str, str]) -> Question:
    """The question in a parsed body. Raises TransportError (400, INVOER) for any other shape.

    `strikt`, `herkomst`, `uitleg` and `vers` may be asked for in the body's `extensions` (true or
    false), or in a header: `Bronpoort-Strikt: true`. The body goes first.
    """
    if isinstance(value, list):
        raise _malformed("Stuur één vraag per verzoek, geen lijst.")
    if not isinstance(value, dict):
        raise _malformed("Stuur een JSON-object met ten minste een query.")
    query = value.get("query")
    if not isinstance(query, str):
        raise _malformed("Geef de vraag als tekst in `query`.")
    operation_name = value.get("operationName")
    if not isinstance(operation_name, str | None):
        raise _malformed("Geef `operationName` als tekst, of laat het weg.")
    extensions = _mapping(value, "extensions")
    return Question(
        query=query,
        operation_name=operation_name,
        variables=_mapping(value, "variables"),
        strict=_asked("strikt", extensions, headers),
        provenance=_asked("herkomst", extensions, headers),
        explain=_asked("uitleg", extensions, headers),
        fresh=_asked("vers", extensions, headers),
    )


def _mapping(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    member = value.get(name)
    if member is None:
        return {}
    if not isinstance(member, dict):
        raise _malformed(f"Geef `{name}` als object, of laat het weg.")
    return member


def _asked(name: str, extensions: Mapping[str, Any], headers: Mapping[str, str]) -> bool:
    header = headers.get(f"bronpoort-{name}", "false").strip().lower()
    choice = extensions.get(name, _SWITCH.get(header))
    if not isinstance(choice, bool):
        raise _malformed(f"Geef `{name}` als true of false.")
    return choice


def _malformed(message: str) -> TransportError:
    return TransportError(Code.INVOER, message)
