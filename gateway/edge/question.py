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
_HEADERS: Final = {each.lower().removeprefix("bronpoort-"): each.lower() for each in OPTIONS}
_NAMES: Final = frozenset(_HEADERS.values())
_NO_MORE: Final = dict.fromkeys(_HEADERS, False)
_SWITCH: Final[Mapping[str, bool]] = {"true": True, "false": False}


def is_bare(headers: Mapping[str, str]) -> bool:
    """Whether the body alone says what is asked: no header asks for more."""
    return _NAMES.isdisjoint(headers.keys())


def to_question(value: Any, headers: Mapping[str, str], mark: bytes | None = None) -> Question:
    """The question in a parsed body; `mark` stands for that body, where it is remembered. Raises
    TransportError (400, INVOER) for any other shape.

    `strikt`, `herkomst`, `uitleg` and `vers` may be asked for in the body's `extensions` (true or
    false), or in a header: `Bronpoort-Strikt: true`. The body goes first.
    """
    if isinstance(value, list):
        raise _malformed("Stuur één vraag per verzoek, geen lijst.")
    if not isinstance(value, dict):
        raise _malformed("Stuur een JSON-object met ten minste een query.")
    query = value.get("query")
    document_id = value.get("documentId")
    extensions = _mapping(value, "extensions")
    hashed = _hash(extensions)
    if query is None and (document_id, hashed) != (None, None):
        query = ""
    if not isinstance(query, str):
        raise _malformed("Geef de vraag als tekst in `query`.")
    if not isinstance(document_id, str | None):
        raise _malformed("Geef `documentId` als tekst, of laat het weg.")
    operation_name = value.get("operationName")
    if not isinstance(operation_name, str | None):
        raise _malformed("Geef `operationName` als tekst, of laat het weg.")
    asked = _NO_MORE
    if extensions or not is_bare(headers):
        asked = {name: _asked(name, extensions, headers) for name in _HEADERS}
    return Question(
        query=query,
        operation_name=operation_name,
        variables=_mapping(value, "variables"),
        strict=asked["strikt"],
        provenance=asked["herkomst"],
        explain=asked["uitleg"],
        document_id=document_id,
        hashed=hashed,
        fresh=asked["vers"],
        mark=mark,
    )


def _hash(extensions: Mapping[str, Any]) -> str | None:
    """The hash in `persistedQuery`, as Apollo's clients send it; there is one version, 1."""
    given = _mapping(extensions, "persistedQuery")
    if not given:
        return None
    hashed = given.get("sha256Hash")
    version = given.get("version")
    if version != 1 or isinstance(version, bool) or not isinstance(hashed, str):
        raise _malformed("Geef `persistedQuery` als {version: 1, sha256Hash: <hash>}.")
    return hashed


def _mapping(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    member = value.get(name)
    if member is None:
        return {}
    if not isinstance(member, dict):
        raise _malformed(f"Geef `{name}` als object, of laat het weg.")
    return member


def _asked(name: str, extensions: Mapping[str, Any], headers: Mapping[str, str]) -> bool:
    header = headers.get(_HEADERS[name])
    if header is None and name not in extensions:
        return False
    said = None if header is None else _SWITCH.get(header.strip().lower())
    choice = extensions.get(name, said)
    if not isinstance(choice, bool):
        raise _malformed(f"Geef `{name}` als true of false.")
    return choice


def _malformed(message: str) -> TransportError:
    return TransportError(Code.INVOER, message)
