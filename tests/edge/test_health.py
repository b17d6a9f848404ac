"""Whether the process lives and takes requests."""

import httpx
import pytest

from gateway.edge.health import Readiness
from tests.edge.stand_in import TOKEN, Site, serving

pytestmark = pytest.mark.anyio


async def test_a_process_is_ready_between_opening_and_draining() -> None:
    """And alive all the time; draining is final."""
    site = Site()

    async def told() -> list[tuple[int, str]]:
        answers = [await client.get(path) for path in ("/livez", "/readyz")]
        return [(answer.status_code, answer.json()["status"]) for answer in answers]

    transport = httpx.ASGITransport(site.app())
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway.test") as client:
        starting = await told()
        site.readiness.opened()
        ready = await told()
        site.readiness.drain()
        site.readiness.opened()
        draining = await told()

    assert starting == [(200, "alive"), (503, "starting")]
    assert ready == [(200, "alive"), (200, "ready")]
    assert draining == [(200, "alive"), (503, "draining")]


@pytest.mark.parametrize("http", ["h11", "httptools", "gateway.gathering:Http"])
async def test_while_draining_questions_are_answered_and_connections_ended(http: str) -> None:
    """So that no client keeps a connection to a process that stops."""
    site = Site(readiness=Readiness())

    async with (
        serving(site.app(), http) as address,
        httpx.AsyncClient(headers={"Authorization": TOKEN}) as client,
    ):
        before = await client.post(f"{address}/graphql", json={"query": "{a}"})
        site.readiness.drain()
        after = await client.post(f"{address}/graphql", json={"query": "{a}"})

    assert before.headers.get("connection") != "close"
    assert (after.status_code, after.headers["connection"]) == (200, "close")
