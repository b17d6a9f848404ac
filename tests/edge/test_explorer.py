"""The explorer's page, settings and tokens."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from gateway.edge.explorer import CONTENT_POLICY, Pass, Voorbeeld, explorer_routes
from gateway.edge.health import Readiness
from gateway.edge.site import build_site
from tests.edge.stand_in import Site

pytestmark = pytest.mark.anyio


@dataclass(frozen=True, slots=True)
class Invented:
    """A persona."""

    code: str
    naam: str
    omschrijving: str
    purpose: str


KCC = Invented("kcc", "Medewerker", "Beantwoordt vragen.", "klantcontact")
VRAAG = Voorbeeld("Adres", "Een adres.", "kcc", "query($p:String){a(p:$p)}", {"p": "1234AB"})


def issue(code: str) -> Pass:
    """A token that is easily known."""
    return Pass({"kcc": "token van kcc"}[code], 1_800_000_000)


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """What npm would have built."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>Bronpoort</title>")
    (tmp_path / "assets" / "index-abc123.js").write_text("export {}")
    return tmp_path


@asynccontextmanager
async def explorer(directory: Path, demo: bool = True) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application with the explorer, in the demo or not."""
    routes = (
        explorer_routes(directory, [VRAAG], [KCC], issue) if demo else explorer_routes(directory)
    )
    app = build_site(Site().app(), Readiness(), "1.2.3", more=routes)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway.test") as client:
        yield client


async def test_the_page_may_do_no_more_than_it_must(build: Path) -> None:
    """Its own policy instead of the API's, and the other headers as everywhere."""
    async with explorer(build) as client:
        page = await client.get("/graphiql/")

    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers.get_list("content-security-policy") == [CONTENT_POLICY]
    assert "unsafe-eval" not in CONTENT_POLICY
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-frame-options"] == "DENY"


async def test_the_address_without_a_slash_leads_to_the_page(build: Path) -> None:
    """Relative addresses in the page need the slash."""
    async with explorer(build) as client:
        answer = await client.get("/graphiql")

    assert (answer.status_code, answer.headers["location"]) == (308, "/graphiql/")


@pytest.mark.parametrize(("demo", "status"), [(True, 308), (False, 404)])
async def test_in_the_demo_the_root_leads_to_the_page(demo: bool, status: int, build: Path) -> None:
    """Elsewhere there is nothing."""
    async with explorer(build, demo) as client:
        answer = await client.get("/")

    assert answer.status_code == status
    assert answer.headers.get("location") == ("/graphiql/" if demo else None)


async def test_what_has_a_hash_in_its_name_is_kept_by_browsers(build: Path) -> None:
    """It never changes under that name; what is not there is not kept."""
    async with explorer(build) as client:
        asset = await client.get("/graphiql/assets/index-abc123.js")
        missing = await client.get("/graphiql/assets/index-def456.js")

    assert "immutable" in asset.headers["cache-control"]
    assert "javascript" in asset.headers["content-type"]
    assert (missing.status_code, missing.headers["cache-control"]) == (404, "no-store")
    assert missing.json()["code"] == "NIET_GEVONDEN"


@pytest.mark.parametrize("path", ["../pyproject.toml", "%2e%2e/pyproject.toml", "..%2f..%2fx"])
async def test_nothing_outside_the_build_is_served(path: str, build: Path) -> None:
    """However the way up is written."""
    (build.parent / "pyproject.toml").write_text("geheim")
    async with explorer(build) as client:
        answer = await client.get(f"/graphiql/{path}")

    assert answer.status_code == 404


async def test_an_explorer_that_was_not_built_is_not_found(tmp_path: Path) -> None:
    """The gateway itself does not mind."""
    async with explorer(tmp_path / "niets") as client:
        page = await client.get("/graphiql/")

    assert page.status_code == 404


async def test_the_settings_are_those_of_the_demo(build: Path) -> None:
    """Only what the page needs of a persona."""
    async with explorer(build) as client:
        config = await client.get("/graphiql/config.json")

    assert config.json() == {
        "endpoint": "/graphql",
        "titel": None,
        "personas": [{"code": "kcc", "naam": "Medewerker", "omschrijving": "Beantwoordt vragen."}],
        "voorbeelden": [
            {
                "naam": "Adres",
                "omschrijving": "Een adres.",
                "persona": "kcc",
                "query": "query($p:String){a(p:$p)}",
                "variabelen": {"p": "1234AB"},
            }
        ],
    }


async def test_who_names_no_persona_hears_which_there_are(build: Path) -> None:
    async with explorer(build) as client:
        answer = await client.post("/graphiql/token", json={"persona": "klantcontact"})

    assert answer.status_code == 400
    assert answer.json()["detail"] == "Geef in `persona` een van deze codes: kcc."


async def test_a_persona_gets_a_token(build: Path) -> None:
    """From the page itself, or from who is no browser."""
    same = {"Origin": "http://gateway.test", "Sec-Fetch-Site": "same-origin"}
    async with explorer(build) as client:
        by_page = await client.post("/graphiql/token", json={"persona": "kcc"}, headers=same)
        by_hand = await client.post("/graphiql/token", json={"persona": "kcc"})

    expected = {"token": "token van kcc", "verloopt": 1_800_000_000}
    assert [expected, expected] == [by_page.json(), by_hand.json()]
    assert by_page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://elders.test"},
        {"Origin": "http://gateway.test.elders.test"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://gateway.test"},
    ],
)
async def test_another_page_gets_no_token(headers: dict[str, str], build: Path) -> None:
    """403, whatever it names."""
    async with explorer(build) as client:
        answer = await client.post("/graphiql/token", json={"persona": "kcc"}, headers=headers)

    assert answer.status_code == 403
    assert answer.json()["code"] == "NIET_GEAUTORISEERD"


@pytest.mark.parametrize(
    ("content", "content_type", "status", "code"),
    [
        (b'{"persona":"Kanarie"}', "application/json", 400, "INVOER"),
        (b'{"persona":["kcc"]}', "application/json", 400, "INVOER"),
        (b"{}", "application/json", 400, "INVOER"),
        (b"[]", "application/json", 400, "INVOER"),
        (b"geen JSON", "application/json", 400, "INVOER"),
        (b'{"persona":"kcc"}', "text/plain", 415, "MEDIATYPE"),
        (b" " * 2_000, "application/json", 413, "LIMIET"),
    ],
)
async def test_a_token_is_asked_for_properly(
    content: bytes, content_type: str, status: int, code: str, build: Path
) -> None:
    """Or refused as a problem that repeats nothing."""
    async with explorer(build) as client:
        answer = await client.post(
            "/graphiql/token", content=content, headers={"Content-Type": content_type}
        )

    assert status == answer.status_code
    assert answer.headers["content-type"] == "application/problem+json; charset=utf-8"
    assert answer.json()["code"] == code
    assert "Kanarie" not in answer.text


async def test_outside_the_demo_there_are_no_tokens(build: Path) -> None:
    """Users bring their own."""
    async with explorer(build, demo=False) as client:
        token = await client.post("/graphiql/token", json={"persona": "kcc"})
        config = await client.get("/graphiql/config.json")

    assert token.status_code in {404, 405}
    assert config.json()["personas"] == []
