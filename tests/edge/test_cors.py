"""Which web sites may ask: those named, and no others."""

import httpx
import pytest

from gateway.edge.health import Readiness
from gateway.edge.site import build_site
from tests.edge.stand_in import Site

pytestmark = pytest.mark.anyio

PORTAL = "https://portaal.test"


def client(*origins: str) -> httpx.AsyncClient:
    """A client of a site that these origins may use."""
    app = build_site(Site().app(), Readiness(), "1.2.3", origins=origins)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway.test")


async def preflight(site: httpx.AsyncClient, origin: str) -> httpx.Response:
    """What a browser asks before it lets a page ask."""
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": (
            "authorization,content-type,bronpoort-doelbinding,bronpoort-herkomst"
        ),
    }
    return await site.options("/graphql", headers=headers)


async def test_a_named_site_may_ask() -> None:
    """With a token in a header, without the browser's credentials."""
    answer = await preflight(client(PORTAL), PORTAL)

    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == PORTAL
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("origin", ["https://kwaad.test", f"{PORTAL}.kwaad.test", "null"])
async def test_another_site_may_not(origin: str) -> None:
    """Nothing in the answer lets a browser go on."""
    answer = await preflight(client(PORTAL), origin)

    assert answer.status_code == 400
    assert "access-control-allow-origin" not in answer.headers


async def test_without_names_no_site_may() -> None:
    """The default: OPTIONS is a method like any other that is not POST."""
    answer = await preflight(client(), PORTAL)

    assert answer.status_code == 405
    assert "access-control-allow-origin" not in answer.headers
