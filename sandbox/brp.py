"""The sandbox's BRP Personen 2.7: one POST endpoint, as a Starlette app; operation phase.

A purpose that ends in ``-Binnenland`` may not see foreign addresses: asking for them is 403
``unauthorizedField``.
"""

from typing import Any

from starlette.applications import Starlette

from sandbox.brp_endpoint import API_KEY, endpoint
from sandbox.brp_projection import project, wanted
from sandbox.brp_query import QueryType, checked
from sandbox.brp_search import find
from sandbox.problems import Refused
from sandbox.wire import Wire
from sandbox.world import World

FOREIGN = ("verblijfplaats", "adressering")


def brp_app(world: World, api_key: str = API_KEY) -> Starlette:
    """The app with ``POST /personen``, answering from this world."""

    def personen(body: Any, purpose: str) -> Wire:
        return _answer(world, body, purpose)

    return endpoint("/personen", personen, api_key)


def _answer(world: World, body: Any, purpose: str) -> Wire:
    query_type, question = checked(body)
    if purpose.endswith("-Binnenland"):
        _authorise(question["fields"])
    found = find(world, question)
    _limit(query_type, found)
    asked = wanted(query_type.answers, question["fields"])
    persons = [project(person, asked) for person in found]
    return {"type": query_type.name, "personen": persons}


def _authorise(fields: list[str]) -> None:
    """Refuses paths that may show a foreign address."""
    letter = ("aanhef", "aanschrijfwijze", "gebruikInLopendeTekst")
    for path in fields:
        group, _, part = path.partition(".")
        if group in FOREIGN and part.split(".")[0] not in letter:
            title = "U bent niet geautoriseerd voor één of meerdere opgegeven field waarden."
            raise Refused(403, "unauthorizedField", title)


def _limit(query_type: QueryType, found: list[Wire]) -> None:
    if query_type.limit is not None and len(found) > query_type.limit:
        detail = f"Meer dan maximum van {query_type.limit} gevonden."
        raise Refused(400, "tooManyResults", "Teveel zoekresultaten.", detail)
