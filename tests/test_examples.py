"""The examples of the demo and of the README, asked of the demo's own gateway over the sandbox."""

import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

import httpx
import pytest

from gateway.app import Outside
from gateway.demo import demo_gateway
from gateway.settings import DemoSettings
from sandbox.examples import Example, examples
from tests.app import HOST, sandbox
from tests.paths import ROOT

pytestmark = pytest.mark.anyio

REFUSED = "Wat belastingen niet mag zien"
"""The one example that is there for its errors."""
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture
async def demo() -> AsyncIterator[httpx.AsyncClient]:
    """The demo over ASGI, its sources those of the sandbox."""
    outside = Outside(transport=lambda _: httpx.ASGITransport(sandbox()))
    async with demo_gateway(DemoSettings(), HOST, outside).running() as app:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://demo.test") as client:
            yield client


async def ask(
    demo: httpx.AsyncClient, persona: str, query: str, variables: Mapping[str, Any]
) -> dict[str, Any]:
    """What a persona is answered."""
    given = (await demo.post("/graphiql/token", json={"persona": persona})).json()
    response = await demo.post(
        "/graphql",
        json={"query": query, "variables": variables},
        headers={"authorization": f"Bearer {given['token']}"},
    )
    body: dict[str, Any] = response.json()
    return body


def empty(value: Any, path: str = "data") -> Iterator[str]:
    """Where an answer shows nothing."""
    match value:
        case None | []:
            yield path
        case dict():
            for name, below in value.items():
                yield from empty(below, f"{path}.{name}")
        case list():
            shown = [list(empty(below, f"{path}.*")) for below in value]
            yield from shown[0] if all(shown) else []


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.naam)
async def test_an_example_shows_what_it_promises(demo: httpx.AsyncClient, example: Example) -> None:
    body = await ask(demo, example.persona, example.query, example.variabelen)

    if example.naam == REFUSED:
        refused = [(error["path"], error["extensions"]["code"]) for error in body["errors"]]
        code = "NIET_GEAUTORISEERD"
        assert refused == [(["persoon", "leeftijd"], code), (["persoon", "zaken"], code)]
        assert set(empty(body["data"])) == {"data.persoon.leeftijd", "data.persoon.zaken"}
    else:
        assert "errors" not in body
        assert set(empty(body["data"])) - MAY_BE_EMPTY == set()


MAY_BE_EMPTY = {"data.persoon.zaken.edges.*.node.einddatum", "data.zaken.pageInfo.endCursor"}


def test_every_example_can_be_told_from_the_others() -> None:
    names = [example.naam for example in examples()]

    assert len(set(names)) == len(names)
    assert all(example.omschrijving.endswith(".") for example in examples())


async def test_the_first_query_of_the_readme_has_that_answer(demo: httpx.AsyncClient) -> None:
    """What a newcomer reads there is what the newcomer gets, in that order."""
    section = README.split("## A first query")[1].split("\n## ")[0]
    (query,) = re.findall(r"```graphql\n(.*?)```", section, re.S)
    variables, answer = map(json.loads, re.findall(r"```json\n(.*?)```", section, re.S))

    body = await ask(demo, "kcc", query, variables)
    refused = await ask(demo, "belastingen", query, variables)

    assert json.dumps(body, indent=2) == json.dumps(answer, indent=2)
    assert [error["path"][-1] for error in refused["errors"]] == ["partners", "zaken"]
    assert all(error["extensions"]["label"] for error in refused["errors"])
