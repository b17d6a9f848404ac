"""Registered subscriptions, and the bounds of any: over both protocols, registered and open."""

import hashlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.configuration import Configuration
from gateway.operation.limits import Limits
from gateway.questions import checked_by, read_questions
from gateway.register import register_of
from tests.app import Setup, facts, token
from tests.notices import ZAAK
from tests.subscribing import FOLLOW, Served, Source, served

pytestmark = pytest.mark.anyio

HEADING = "# eigenaar: Team A\n# doelbinding: test\n# omschrijving: Om te toetsen.\n"
QUESTION = "query($uuid: Uuid!){zaak(uuid: $uuid){omschrijving}}"
HASH = hashlib.sha256(FOLLOW.encode()).hexdigest()
FILES = {"volg.graphql": HEADING + FOLLOW, "vraag.graphql": HEADING + QUESTION}
WAYS: tuple[Mapping[str, Any], ...] = (
    {"documentId": "volg"},
    {"documentId": f"sha256:{HASH}"},
    {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": HASH}}},
    {"query": FOLLOW},
)


@asynccontextmanager
async def registered(
    folder: Path, files: Mapping[str, str] = FILES, setup: Setup | None = None
) -> AsyncIterator[Served]:
    """A gateway where only these may be asked."""
    (folder / "operaties").mkdir()
    for name, content in files.items():
        (folder / "operaties" / name).write_text(content, encoding="utf-8")
    async with served(setup) as app:
        tenant = app.gateway.configuration.tenants["0999"]
        closed = {"test": replace(tenant.purposes["test"], open=False)}
        tenants = {"0999": replace(tenant, purposes=closed)}
        check = checked_by(facts(), Limits())
        found, wrong = read_questions(folder, tenants, frozenset(tenants), check)
        assert wrong == []
        app.gateway.replace(Configuration(tenants, (), found))
        yield app


async def over_socket(app: Served, payload: Mapping[str, Any]) -> tuple[str, Any]:
    """The kind and the content of the first message."""
    async with app.joined() as client:
        body = {"variables": {"uuid": ZAAK}, **payload}
        await client.send({"id": "1", "type": "subscribe", "payload": body})
        message = await client.next()
    return message["type"], message["payload"]


async def over_stream(app: Served, payload: Mapping[str, Any]) -> tuple[str, Any]:
    """The same, of a stream of events; a refusal is an answer without a stream."""
    headers = {"accept": "text/event-stream", "authorization": f"Bearer {token()}"}
    body = {"variables": {"uuid": ZAAK}, **payload}
    async with (
        httpx.AsyncClient(base_url=app.http, trust_env=False, timeout=20) as client,
        client.stream("POST", "/graphql", json=body, headers=headers) as response,
    ):
        return await _first_event(response)


async def _first_event(response: httpx.Response) -> tuple[str, Any]:
    lines = [line async for line in _until_data(response)]
    text = lines[-1].partition("data:")[2] or lines[-1]
    found = httpx.Response(200, text=text).json()
    return ("error", found["errors"]) if "data" not in found else ("next", found)


async def _until_data(response: httpx.Response) -> AsyncIterator[str]:
    async for line in response.aiter_lines():
        if line.strip():
            yield line
        if line.startswith("data:"):
            return


OVER = [over_socket, over_stream]


@pytest.mark.parametrize("over", OVER)
@pytest.mark.parametrize("way", WAYS, ids=["name", "hash", "persisted", "text"])
async def test_a_registered_subscription_is_followed(
    tmp_path: Path, over: Any, way: Mapping[str, Any]
) -> None:
    """By its name, by its hash in both forms, and by its text."""
    async with registered(tmp_path) as app:
        kind, payload = await over(app, way)

    assert (kind, payload["data"]["zaakGewijzigd"]["omschrijving"]) == ("next", "eerste")


@pytest.mark.parametrize("over", OVER)
@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"query": FOLLOW.replace("toelichting", "")}, "NIET_GEREGISTREERD"),
        ({"documentId": "anders"}, "PERSISTED_QUERY_NOT_FOUND"),
        ({"documentId": f"sha256:{'0' * 64}"}, "PERSISTED_QUERY_NOT_FOUND"),
        ({"documentId": "volg", "query": QUESTION}, "INVOER"),
        ({"documentId": "vraag"}, "GEEN_ABONNEMENT"),
        ({"documentId": "volg", "variables": {"uuid": "geen"}}, "INVOER"),
    ],
)
async def test_nothing_else_is_followed(
    tmp_path: Path, over: Any, asked: Mapping[str, Any], code: str
) -> None:
    async with registered(tmp_path) as app:
        kind, errors = await over(app, asked)

    assert (kind, [error["extensions"]["code"] for error in errors]) == ("error", [code])
    assert app.source.asked == 0


async def test_a_registered_subscription_is_no_question(tmp_path: Path) -> None:
    """Asked with POST for an answer, it is refused as an open one is."""
    async with registered(tmp_path) as app, httpx.AsyncClient(base_url=app.http) as client:
        body = {"documentId": "volg", "variables": {"uuid": ZAAK}}
        headers = {"authorization": f"Bearer {token()}"}
        answer = (await client.post("/graphql", json=body, headers=headers)).json()

    assert [error["extensions"]["code"] for error in answer["errors"]] == ["ALLEEN_LEZEN"]
    assert app.source.asked == 0


async def test_it_is_followed_on(tmp_path: Path) -> None:
    """With each change, and no longer when it is registered no longer."""
    async with registered(tmp_path) as app, app.joined() as client:
        payload = {"documentId": "volg", "variables": {"uuid": ZAAK}}
        await client.send({"id": "1", "type": "subscribe", "payload": payload})
        first = await client.text()
        app.source.text = "tweede"
        await app.notify()
        second = await client.text()
        configuration = app.gateway.configuration
        app.gateway.replace(Configuration(configuration.tenants, (), {}))
        await app.notify()
        refused = await client.next()

    assert (first, second) == ("eerste", "tweede")
    code = refused["payload"][0]["extensions"]["code"]
    assert code == "PERSISTED_QUERY_NOT_FOUND"


async def test_the_register_tells_that_it_is_one(tmp_path: Path) -> None:
    async with registered(tmp_path) as app:
        written = register_of(app.gateway.configuration, facts()).written("csv")

    assert "zaakGewijzigd (abonnement)" in written


# ---- bounds -------------------------------------------------------------------------------------


def following(selection: str, before: str = "", name: str = "$uuid: Uuid!") -> str:
    """A subscription that selects this."""
    return f"subscription({name}){{{before} zaakGewijzigd(uuid: $uuid){{{selection}}}}}"


DEEP = "{hoofdzaak" * 11 + "{uuid}" + "}" * 11
TOO_MUCH = {
    "characters": following("uuid " + " " * 15_000),
    "tokens": following("uuid " * 1_001),
    "depth": following(DEEP[1:-1]),
    "aliases": following(" ".join(f"a{number}: uuid" for number in range(16))),
    "fields": following(" ".join(["uuid"] * 201)),
    "directives": following(" ".join(["uuid @include(if: true)"] * 21)),
    "fragments": following("uuid") + "".join(
        f" fragment F{number} on Zaak {{uuid}}" for number in range(31)
    ),
    "operations": following("uuid").replace("subscription", "subscription A")
    + following("uuid").replace("subscription", "subscription B"),
}  # fmt: skip


@pytest.mark.parametrize("over", OVER)
@pytest.mark.parametrize("bound", TOO_MUCH)
async def test_an_open_subscription_is_bounded(over: Any, bound: str) -> None:
    async with served() as app:
        kind, errors = await over(app, {"query": TOO_MUCH[bound]})

    assert (kind, [error["extensions"]["code"] for error in errors]) == ("error", ["LIMIET"])
    assert app.source.asked == 0


@pytest.mark.parametrize("bound", TOO_MUCH)
def test_one_that_asks_too_much_is_not_registered(bound: str) -> None:
    (wrong,) = checked_by(facts(), Limits())(TOO_MUCH[bound])

    assert wrong[1].endswith("(LIMIET)")


COSTLY = following("rollen{omschrijving} documenten{titel} statussen{statustoelichting}")


@pytest.mark.parametrize("over", OVER)
async def test_the_cost_of_both_is_bounded(tmp_path: Path, over: Any) -> None:
    little = Setup(settings={"limits": {"cost": 2}})
    async with served(little) as app:
        _, open_errors = await over(app, {"query": COSTLY})
    async with registered(tmp_path, {"duur.graphql": HEADING + COSTLY}, little) as app:
        _, registered_errors = await over(app, {"documentId": "duur"})

    for errors in (open_errors, registered_errors):
        assert [error["extensions"]["code"] for error in errors] == ["LIMIET"]
    assert app.source.asked == 0


@pytest.mark.parametrize("over", OVER)
async def test_two_root_fields_are_no_subscription(over: Any) -> None:
    """GraphQL, 5.2.3.1; so the bound of root fields is one."""
    async with served(source=Source()) as app:
        two = following("uuid", "a: zaakGewijzigd(uuid: $uuid){uuid}")
        kind, errors = await over(app, {"query": two})

    assert (kind, [error["extensions"]["code"] for error in errors]) == ("error", ["VALIDATIE"])
    assert app.source.asked == 0
