"""Subscriptions as a stream of events: a real server, a real client, real notifications."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest

from gateway.configuration import Configuration
from tests.app import NOW, Setup, token
from tests.notices import ZAAK
from tests.subscribing import FOLLOW, Served, Source, served, until

pytestmark = pytest.mark.anyio

Event = tuple[str, Any]


class Events:
    """What a client reads of a stream."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self._lines = response.aiter_lines()

    async def next(self) -> Event:
        """The next event, past comments; ("", None) when the stream has ended."""
        name, data = "", None
        async for line in self._lines:
            field, _, value = line.partition(":")
            match field, value.strip():
                case "event", found:
                    name = found
                case "data", found:
                    data = json.loads(found) if found else None
                case "", "" if name:
                    return name, data
        return "", None

    async def text(self) -> str:
        """What the zaak is about, by the next event."""
        name, data = await self.next()
        assert name == "next", data
        return str(data["data"]["zaakGewijzigd"]["omschrijving"])


@asynccontextmanager
async def streamed(
    app: Served,
    query: str = FOLLOW,
    bearer: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> AsyncIterator[Events]:
    """What the gateway sends to who subscribes."""
    given = {
        "accept": "text/event-stream",
        "authorization": f"Bearer {bearer or token()}",
        **(headers or {}),
    }
    body = {"query": query, "variables": {"uuid": ZAAK}}
    async with (
        httpx.AsyncClient(base_url=app.http, trust_env=False, timeout=20) as client,
        client.stream("POST", "/graphql", json=body, headers=given) as response,
    ):
        yield Events(response)


async def test_the_zaak_now_and_after_each_change() -> None:
    async with served() as app, streamed(app) as events:
        first = await events.next()
        app.source.text = "tweede"
        await app.notify()
        second = await events.text()

    data = {"uuid": ZAAK, "omschrijving": "eerste", "toelichting": "geheim"}
    assert first == ("next", {"data": {"zaakGewijzigd": data}})
    assert second == "tweede"
    headers = events.response.headers
    assert headers["content-type"] == "text/event-stream; charset=utf-8"
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


async def test_nothing_is_left_of_a_client_that_goes() -> None:
    async with served() as app:
        async with streamed(app) as events:
            await events.text()
            assert (app.connections, app.topics) == (1, 1)
        await app.idle()

        assert app.gateway._following._held == {}


async def test_a_zaak_that_is_no_longer_there() -> None:
    """The last event says so, and that nothing more comes."""
    async with served() as app, streamed(app) as events:
        await events.text()
        app.source.status = 404
        await app.notify()
        name, data = await events.next()
        last = await events.next()
        after = await events.next()

    codes = [each["extensions"]["code"] for each in data["errors"]]
    assert (name, codes, "data" in data) == ("next", ["NIET_GEVONDEN"], False)
    assert (last, after) == (("complete", None), ("", None))


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("subscription{", "SYNTAX"),
        ("subscription($uuid: Uuid!){zaakGewijzigd(uuid: $uuid){niets}}", "VALIDATIE"),
        ("query($uuid: Uuid!){zaak(uuid: $uuid){uuid}}", "GEEN_ABONNEMENT"),
        ("mutation{maak}", "ALLEEN_LEZEN"),
    ],
)
async def test_what_is_not_carried_out(query: str, code: str) -> None:
    """Is told in the stream, as the protocol has it."""
    async with served() as app, streamed(app, query) as events:
        name, data = await events.next()
        last = await events.next()

    assert (name, data["errors"][0]["extensions"]["code"]) == ("next", code)
    assert last == ("complete", None)
    assert app.source.asked == 0


async def test_rights_that_are_lost() -> None:
    async with served() as app, streamed(app) as events:
        await events.text()
        tenant = app.gateway.configuration.tenants["0999"]
        purpose = tenant.purposes["test"]
        less = replace(purpose, labels=purpose.labels - {"vraag.zaak-raadplegen"})
        app.gateway.replace(Configuration({"0999": replace(tenant, purposes={"test": less})}, ()))
        await app.notify()
        name, data = await events.next()

    assert (name, data["errors"][0]["extensions"]["code"]) == ("next", "NIET_GEAUTORISEERD")
    assert app.source.asked == 1


async def test_a_token_that_expired_since() -> None:
    """Ends the stream without `complete`: the client asks again, with a new token."""
    async with served() as app, streamed(app) as events:
        await events.text()
        app.source.now = NOW + 660
        await app.notify()

        assert await events.next() == ("", None)
    assert app.source.asked == 1


async def test_the_process_is_going_to_stop() -> None:
    async with served() as app, streamed(app) as events:
        await events.text()
        app.server.should_exit = True

        assert await events.next() == ("", None)


async def test_a_client_that_takes_nothing() -> None:
    """The connection ends, and breaks off what was not taken."""
    settings = {"subscriptions": {"idle_seconds": 0.1}}
    source = Source(text="x" * 3_000_000)
    async with served(Setup(settings=settings), source) as app, streamed(app):
        await until(lambda: app.connections == 1)
        while app.connections:
            await app.notify()


# ---- refusals by the status -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"authorization": "Bearer x.y.z"}, 401, "NIET_AANGEMELD"),
        ({"content-type": "text/plain"}, 415, "MEDIATYPE"),
        ({"content-encoding": "gzip"}, 415, "MEDIATYPE"),
    ],
)
async def test_a_request_that_is_refused(
    headers: Mapping[str, str], status: int, code: str
) -> None:
    async with served() as app, streamed(app, headers=headers) as events:
        body = json.loads(await events.response.aread())

    assert events.response.status_code == status
    assert body["errors"][0]["extensions"]["code"] == code
    assert app.source.asked == 0


async def test_more_than_there_may_be() -> None:
    settings = {"subscriptions": {"connections": 1}}
    async with served(Setup(settings=settings)) as app, streamed(app) as first:
        await first.text()
        async with streamed(app) as second:
            pass
        async with streamed(app, bearer=token(sub="u-18")) as third:
            pass

    assert [second.response.status_code, third.response.status_code] == [503, 503]
    assert second.response.headers["retry-after"] == "5"


async def test_more_than_one_may_have() -> None:
    settings = {"subscriptions": {"per_principal": 1}}
    async with served(Setup(settings=settings)) as app, streamed(app) as first:
        await first.text()
        async with streamed(app) as second:
            body = json.loads(await second.response.aread())
        async with streamed(app, bearer=token(sub="u-18")) as third:
            assert await third.text() == "eerste"

    assert second.response.status_code == 429
    assert body["errors"][0]["extensions"]["code"] == "LIMIET"


@pytest.mark.parametrize(
    "accept", ["application/json", "*/*", "application/json, text/event-stream, multipart/mixed"]
)
async def test_a_subscription_without_a_stream(accept: str) -> None:
    """Is refused, and told how it goes."""
    async with served() as app, streamed(app, headers={"accept": accept}) as events:
        body = json.loads(await events.response.aread())

    (error,) = body["errors"]
    assert error["extensions"]["code"] == "ALLEEN_LEZEN"
    assert "text/event-stream" in error["message"]
    assert "graphql-transport-ws" in error["message"]
