"""Bad input over real HTTP: its status and code, nothing repeated, nothing asked."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest

from tests.edge.bad_input import ALL, CANARY, CANARY_BSN, GRAPHQL_JSON, JSON, BadInput
from tests.edge.stand_in import TOKEN, Site, serving

pytestmark = pytest.mark.anyio


@dataclass(frozen=True, slots=True)
class Served:
    """A running application and a client of it."""

    site: Site
    client: httpx.AsyncClient


@pytest.fixture(scope="module", params=["h11", "httptools", "gateway.gathering:Http"])
async def served(request: pytest.FixtureRequest) -> AsyncIterator[Served]:
    """One application for all cases, under each of uvicorn's HTTP implementations."""
    site = Site()
    async with (
        serving(site.app(), request.param) as address,
        httpx.AsyncClient(base_url=address, headers={"Authorization": TOKEN}) as client,
    ):
        yield Served(site, client)


@pytest.mark.parametrize("media_type", [GRAPHQL_JSON, JSON])
@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
async def test_bad_input_is_refused_with_its_status_and_code(
    case: BadInput, media_type: str, served: Served
) -> None:
    """No `data`, no canary, no operation, and the negotiated media type."""
    answer = await served.client.request(url="/graphql" + case.suffix, **case.request(media_type))

    assert case.expected_status(media_type) == answer.status_code
    assert case.allow == answer.headers.get("allow")
    assert answer.headers["content-type"] == f"{JSON if case.accept else media_type}; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert served.site.operations.asked == []
    if case.method != "HEAD":
        body = answer.json()
        assert list(body) == ["errors"]
        assert [case.code] == [error["extensions"]["code"] for error in body["errors"]]
        assert all(error["message"] for error in body["errors"])
    for canary in (CANARY, CANARY_BSN):
        assert canary not in answer.text + str(answer.headers)


async def test_after_all_that_a_question_is_answered(served: Served) -> None:
    """No case above left the application or its connections in a bad state."""
    answer = await served.client.post("/graphql", json={"query": "{__typename}"})

    assert answer.json() == {"data": {"__typename": "Query"}}
    served.site.operations.asked.clear()
