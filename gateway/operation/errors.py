"""Why an operation is not carried out, in the operation phase, before anything is fetched.

The tree, whole:

    RequestError          one reason; the answer holds no `data`

A failing source is no member of it: that is an error beside data, see gateway.source.errors.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Code(StrEnum):
    """The stable codes of a request that is refused as a whole (`extensions.code`)."""

    INVOER = "INVOER"
    """A body, variable or argument is not of the form that it must have."""
    SYNTAX = "SYNTAX"
    """The text is no GraphQL."""
    VALIDATIE = "VALIDATIE"
    """The text is GraphQL, and not a question that the schema can answer."""
    LIMIET = "LIMIET"
    """More is asked at once than one request may ask."""
    ONBEKENDE_OPERATIE = "ONBEKENDE_OPERATIE"
    """The operation to run is not named, or not in the document."""
    ALLEEN_LEZEN = "ALLEEN_LEZEN"
    """A mutation; or a subscription, where only queries are served."""
    GEEN_ABONNEMENT = "GEEN_ABONNEMENT"
    """A query, where only subscriptions are served."""
    NIET_GEREGISTREERD = "NIET_GEREGISTREERD"
    """A text of one's own, where only registered questions may be asked (403)."""
    PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    """A document that is not registered. Not ours: clients that send hashes look for this name."""
    INTROSPECTIE_UIT = "INTROSPECTIE_UIT"
    """The schema is asked for, where it is not told."""
    NIET_AANGEMELD = "NIET_AANGEMELD"
    """There is no token, or none that can be trusted (401)."""
    NIET_GEAUTORISEERD = "NIET_GEAUTORISEERD"
    """The caller may not ask this."""
    NIET_GEVONDEN = "NIET_GEVONDEN"
    """There is nothing at this address (404)."""
    METHODE = "METHODE"
    """Another HTTP method than the address has (405)."""
    MEDIATYPE = "MEDIATYPE"
    """A media type or encoding that is not read (415) or not written (406)."""
    TE_TRAAG = "TE_TRAAG"
    """The body did not arrive in time (408)."""
    QUOTA = "QUOTA"
    """About too many persons in a minute, or past what is kept (`vers`) more often than a caller
    may (429).
    """
    BESLISPUNT_NIET_BEREIKBAAR = "BESLISPUNT_NIET_BEREIKBAAR"
    """The municipality's decision point did not say whether this may be asked (503)."""
    DRUKTE = "DRUKTE"
    """Too many operations at once; the same request may succeed later (503)."""
    INTERNE_FOUT = "INTERNE_FOUT"
    """A fault of ours (500)."""


@dataclass(frozen=True, slots=True)
class Location:
    """A place in the document, both counted from 1 (GraphQL specification, 7.1.2)."""

    line: int
    column: int


class RequestError(Exception):
    """One reason why a request is not carried out.

    `message` is Dutch, says what the caller can do, and repeats no value of the request. `status`
    is the HTTP status for a client that accepts `application/graphql-response+json`. `str()` of it
    is the code alone, so that a log shows nothing more.
    """

    def __init__(
        self,
        code: Code,
        message: str,
        *,
        locations: Sequence[Location] = (),
        status: int = 400,
        extensions: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(code.value)
        self.code = code
        self.message = message
        self.locations = tuple(locations)
        self.status = status
        self.extensions = dict(extensions or {})

    def formatted(self) -> dict[str, Any]:
        """The error as the GraphQL specification writes it (section 7.1.2), with its code."""
        error: dict[str, Any] = {"message": self.message}
        if self.locations:
            error["locations"] = [{"line": at.line, "column": at.column} for at in self.locations]
        error["extensions"] = {"code": self.code.value, **self.extensions}
        return error


def refused(errors: Iterable[RequestError]) -> dict[str, Any]:
    """The body of a request that is not carried out: errors, and no `data` at all."""
    return {"errors": [error.formatted() for error in errors]}
