"""The examples of the demo and of the README, asked of the demo's own gateway over the sandbox."""

import json
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from typing import Any

import anyio
import httpx
import pytest
from graphql import FragmentDefinitionNode, OperationDefinitionNode, build_schema, parse, validate
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.app import Outside
from gateway.auth.demo import PERSONAS
from gateway.demo import demo_gateway
from gateway.settings import DemoSettings
from sandbox.examples import SCREENS, Example, examples, screens_directory
from tests.app import HOST, Setup, as_persona, running, sandbox
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
        assert {path for path in empty(body["data"]) if not may_be_empty(path)} == set()


MAY_BE_EMPTY = {
    *("einddatum", "eindDatum", "datumEinde", "endCursor", "voorvoegsel", "toelichting"),
    *("statustoelichting", "relatieomschrijving", "opschortingBijhouding", "interneNotitie"),
    *("inhoudingOfVermissing", "vertegenwoordigdDoor", "hoofdzaak", "deelzaken"),
    *("partijen.*.digitaleAdressen", "partijen.*.klantcontacten.edges"),
}
"""What is not there for whom the example is about, and is there for others."""


def may_be_empty(path: str) -> bool:
    return any(path.endswith(f".{name}") for name in MAY_BE_EMPTY)


def test_every_example_can_be_told_from_the_others() -> None:
    names = [example.naam for example in examples()]

    assert len(set(names)) == len(names)
    assert all(example.omschrijving.endswith(".") for example in examples())


def test_every_screen_of_the_documentation_is_offered_first() -> None:
    assert {path.stem for path in screens_directory().glob("*.graphql")} == set(SCREENS)
    assert {path.stem for path in screens_directory().glob("*.json")} == set(SCREENS)
    assert len(examples()) > len(SCREENS)


def test_a_screen_stands_by_itself() -> None:
    """Whoever takes the files over needs nothing of this project but the published schema."""
    schema = build_schema((ROOT / "schema" / "schema.graphql").read_text(encoding="utf-8"))
    names: list[str] = []
    for screen in SCREENS:
        text = (screens_directory() / f"{screen}.graphql").read_text(encoding="utf-8")
        document = parse(text)
        for each in document.definitions:
            assert isinstance(each, OperationDefinitionNode | FragmentDefinitionNode)
            assert each.name is not None
            names.append(each.name.value)

        assert validate(schema, document) == [], screen
        json.loads((screens_directory() / f"{screen}.json").read_text(encoding="utf-8"))
    assert len(set(names)) == len(names), "a generator of types wants each name once"


@pytest.mark.parametrize("screen", SCREENS)
async def test_the_guide_to_the_screens_tells_who_asks_what_of_whom(screen: str) -> None:
    """The persona, the calls of each source, and how many when more is kept or brought along."""
    example = dict(zip(SCREENS, examples(), strict=False))[screen]
    persona = next(each for each in PERSONAS if each.code == example.persona)
    guide = (ROOT / "docs" / "voorbeelden" / "README.md").read_text(encoding="utf-8")
    section = guide.split(f"\n## {example.naam}\n")[1].split("\n## ")[0]
    shown = re.findall(r"^\| `([\w-]+)` \| (\d+) \|", section, re.M)

    first, second = await calls_of(example, as_persona(example.persona))
    brought, _ = await calls_of(example, bringing_along(as_persona(example.persona)))

    assert f"`{screen}.graphql`, voor {persona.naam} (`{persona.purpose}`)" in section
    assert {source: int(calls) for source, calls in shown} == first
    assert (
        f"{first.total()} aanroepen; een tweede keer {second.total()}; "
        f"met `expand` {brought.total()}." in section
    )


async def test_what_arrives_early_is_asked_for_early() -> None:
    """As the guide says of the documents of a besluit: nobody waits so as to ask together."""
    example = dict(zip(SCREENS, examples(), strict=False))["zaakdetail"]
    guide = (ROOT / "docs" / "voorbeelden" / "README.md").read_text(encoding="utf-8")
    setup = as_persona(example.persona)
    setup.sandbox = slower("/zaakinformatieobjecten", until="/enkelvoudiginformatieobjecten")

    first, second = await calls_of(example, setup)

    assert (first["documenten"], first.total()) == (2, 24)
    assert second["documenten"] == 0
    assert "zijn het 2 aanroepen van `documenten`, en 24 in totaal" in " ".join(guide.split())


def slower(path: str, until: str) -> ASGIApp:
    """The sandbox, where a question to one path is answered after one to another was asked."""
    asked = anyio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if until in scope["path"]:
            asked.set()
        if scope["path"].endswith(path):
            await asked.wait()
        await sandbox()(scope, receive, send)

    return app


async def calls_of(example: Example, setup: Setup) -> tuple[Counter[str], Counter[str]]:
    """How often each source is called for an example: at first, and once more after that."""
    counted = []
    async with running(setup) as app:
        for _ in range(2):
            app.outdoors.calls.clear()
            body = (await app.ask(example.query, example.variabelen)).json()
            assert "errors" not in body
            counted.append(Counter(call.source for call in app.outdoors.calls))
    first, second = counted
    return first, second


def bringing_along(setup: Setup) -> Setup:
    """The same, with sources that bring along what hangs under a zaak or a customer."""
    assert setup.tenant is not None
    sources = dict(setup.tenant.sources)
    for name in ("zaken", "klant"):
        dialect = {**sources[name].dialect, "expand": "altijd"}
        sources[name] = sources[name].model_copy(update={"dialect": dialect})
    setup.tenant = replace(setup.tenant, sources=sources)
    return setup


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
