"""What `bronpoort check` says of Klantinteracties, Open Product and the Locatieserver."""

from collections.abc import Callable, Sequence
from typing import Any

import httpx
import pytest

from gateway.source.errors import SourceFault
from resolvers.klant import probe as klant
from resolvers.pdok import probe as pdok
from resolvers.producten import probe as producten
from schema.language.links import Capability
from tests.bag.asking import asked

pytestmark = pytest.mark.anyio

NONE: dict[str, Any] = {"count": 0, "next": None, "previous": None, "results": []}
SOME: dict[str, Any] = {"count": 1, "next": None, "previous": None, "results": [{"uuid": "x"}]}
ABSENT = httpx.Response(404, json={"detail": "Niet gevonden."})


def refusing(*parameters: str) -> Callable[[httpx.Request], Any]:
    """A source with nobody, which refuses these parameters."""

    def answer(request: httpx.Request) -> Any:
        refused = any(name in request.url.params for name in parameters)
        return httpx.Response(400, json={"code": "invalid"}) if refused else NONE

    return answer


def remarks(told: Sequence[str]) -> list[str]:
    """What is wrong or could be better; not what the source can do."""
    return [text for text in told if not isinstance(text, Capability)]


@pytest.mark.parametrize(
    ("answer", "dialect", "found"),
    [
        (refusing("bronpoort"), {}, []),
        (refusing("bronpoort"), {"expand": "altijd"}, []),
        (refusing("bronpoort", "expand"), {"expand": "altijd"}, [klant.NO_EXPAND]),
        (refusing(), {}, [klant.IGNORES]),
        (lambda _: ABSENT, {}, [klant.NO_API]),
    ],
)
async def test_klantinteracties(answer: Any, dialect: dict[str, str], found: list[str]) -> None:
    """Unknown parameters must be refused, or a filter could be passed over."""
    made = asked("klant", answer, dialect)

    assert remarks(await klant.klant(made.source)) == found
    assert all(klant.NIL in str(request.url) for request in made.requests)


async def test_a_source_that_has_the_one_whom_nobody_is() -> None:
    """Passes our filter over."""
    with pytest.raises(SourceFault):
        await klant.klant(asked("klant", lambda _: SOME).source)


@pytest.mark.parametrize(
    ("answer", "found"),
    [(NONE, []), (SOME, [producten.IGNORES]), (ABSENT, [producten.NO_PRODUCTEN])],
)
async def test_producten(answer: Any, found: list[str]) -> None:
    """Of a burgerservicenummer that nobody has there are no products."""
    made = asked("producten", lambda _: answer)

    assert remarks(await producten.producten(made.source)) == found
    assert made.requests[0].url.params["eigenaren__bsn"] == "000000000"


@pytest.mark.parametrize(("answer", "found"), [(SOME, []), (ABSENT, [producten.NO_TYPEN])])
async def test_producttypen(answer: Any, found: list[str]) -> None:
    """Any list will do."""
    made = asked("producttypen", lambda _: answer)

    assert remarks(await producten.producttypen(made.source)) == found


@pytest.mark.parametrize(
    ("answer", "found"),
    [({"response": {"docs": []}}, []), (httpx.Response(404, json={}), [pdok.NO_API])],
)
async def test_locatieserver(answer: Any, found: list[str]) -> None:
    """A place that does not exist."""
    assert remarks(await pdok.pdok(asked("pdok", lambda _: answer).source)) == found


async def test_a_place_that_cannot_be() -> None:
    """Says that this is no Locatieserver."""
    answer = {"response": {"docs": [{"id": pdok.NOWHERE}]}}

    with pytest.raises(SourceFault):
        await pdok.pdok(asked("pdok", lambda _: answer).source)
