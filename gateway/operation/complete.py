"""The response of an operation, from its plan and what was fetched (object).

The data are written by `gateway.operation.writer`; here they become a response, with the errors as
a client may see them. The way in is `complete`, small so that another writer can replace it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from graphql import Node

from gateway.operation.bind import BoundPlan
from gateway.operation.errors import Location
from gateway.operation.failures import FieldFailure, of_refusal, unfit
from gateway.operation.fetched import Fetched
from gateway.operation.plan import Refusal
from gateway.operation.seal import Seal, no_links
from gateway.operation.wording import Wording
from gateway.operation.writer.run import Effort, Located, Run, places
from gateway.operation.writer.writer import Writers
from schema.language.errors import NoValue

NO_LEVELS: Mapping[str, str] = MappingProxyType({})
Place = tuple[str | int, ...]


@dataclass(slots=True)  # made for every request: frozen it takes three times as long
class Response:
    """Data and errors, as the GraphQL specification writes them (section 7.1); read-only."""

    data: Any
    """Of dictionaries, records (`gateway.operation.writer.records`), lists and values: what
    `written` takes. None where a null went all the way up. It is read-only: one object may stand
    at several places.
    """
    errors: list[dict[str, Any]]


def complete(
    writers: Writers,
    variables: Mapping[str, Any],
    bound: BoundPlan,
    fetched: Fetched,
    seal: Seal = no_links,
    levels: Mapping[str, str] = NO_LEVELS,
    effort: float = math.inf,
    wording: Wording | None = None,
) -> Response:
    """The response. Every field that was refused is null with one error, which has no indices.

    `variables` are as they were sent; `levels` has the labels that a surer login would give, each
    with the level that it takes; `effort` is how much may be computed of what takes long. With
    a `wording` the plan is that of a shape: places in it become those in the text; its names are
    still to be told as they are in the text.
    """
    run = Run(bound, fetched, seal, Effort(effort), variables)
    data = writers.data(run)
    errors = [_refusal(found, levels.get(found.label), wording) for found in bound.plan.refusals]
    failed = [*run.errors, *run.partial]
    if failed:
        sources = {places(path): source for path, source in run.opened}
        places_of = _Places(wording)
        errors += [_field_error(error, sources, places_of) for error in failed]
    return Response(data, errors)


def _refusal(found: Refusal, level: str | None, wording: Wording | None) -> dict[str, Any]:
    failure = of_refusal(found, level)
    made: dict[str, Any] = {"message": failure.message, "path": list(found.path)}
    if found.location is not None:
        made["locations"] = [_told(found.location, wording)]
    return {**made, "extensions": failure.extensions()}


def _field_error(
    error: Located, sources: Mapping[Place, str], places_of: "_Places"
) -> dict[str, Any]:
    """A field's error as the client may see it: only our own failures say what they are."""
    path = places(error.path)
    match error.cause:
        case FieldFailure() as failure:
            pass
        case NoValue(code=code, message=message):
            failure = FieldFailure(code, message)
        case _:
            failure = unfit(None)
    extensions = failure.extensions()
    if failure.origin is None and failure.label is None:
        around = (path[:size] for size in range(len(path), 0, -1))
        source = next((sources[place] for place in around if place in sources), None)
        if source is not None:
            extensions["bron"] = source
    made: dict[str, Any] = {"message": failure.message, "path": list(path)}
    if found := [place for node in error.nodes if (place := places_of.of(node)) is not None]:
        made["locations"] = found
    return {**made, "extensions": extensions}


@dataclass(slots=True)
class _Places:
    """Where nodes stand in the text, each looked up once: to count lines is to read the text, and
    every object of a list may have an error of the same field.
    """

    wording: Wording | None
    _known: dict[int, dict[str, int] | None] = field(default_factory=dict)

    def of(self, node: Node) -> dict[str, int] | None:
        """Its line and column; None of a node that was not read from a text."""
        if id(node) not in self._known:
            at = None if node.loc is None else node.loc.start_token
            told = None if at is None else _told(Location(at.line, at.column), self.wording)
            self._known[id(node)] = told
        return self._known[id(node)]


def _told(at: Location, wording: Wording | None) -> dict[str, int]:
    at = at if wording is None else wording.moved(at)
    return {"line": at.line, "column": at.column}
