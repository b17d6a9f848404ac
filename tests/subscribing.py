"""A gateway on a real server, and a client of graphql-transport-ws, to test subscriptions with."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

import httpx
import structlog.testing
from pydantic import SecretStr
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from gateway.app import Gateway
from gateway.configuration import Configuration
from gateway.serving import Server, configured
from tests.app import NOW, Call, Outdoors, Setup, gateway_for, sandbox, token
from tests.notices import ADDRESS, SECRET, ZAAK, message, url_of

SECONDS = 20.0
"""How long anything here may take, at the very most, of what takes less than one."""
FOLLOW = "subscription($uuid: Uuid!){zaakGewijzigd(uuid: $uuid){uuid omschrijving toelichting}}"


@dataclass(slots=True)
class Source:
    """The Zaken API's one zaak, which a test changes, and a clock that it moves."""

    text: str = "eerste"
    status: int = 200
    now: float = NOW
    asked: int = 0
    initiator: str = ""
    """The BSN of whose zaak it is; the sandbox answers who takes part where it is empty."""
    proof: int = 200
    """The status of the answer to who takes part in it, or in any other."""
    proofs: int = 0

    def answering(self, call: Call) -> httpx.Response | None:
        """The zaak as it is now, and who takes part in it."""
        if self.initiator and call.line == "zaken GET rollen":
            return self._rollen(dict(call.params)["zaak"])
        if call.line != f"zaken GET zaken/{ZAAK}":
            return None
        self.asked += 1
        if self.status != 200:
            return httpx.Response(self.status, json={"status": self.status, "code": "anders"})
        url = url_of("zaken", ZAAK)
        wire = {"url": url, "uuid": ZAAK, "omschrijving": self.text, "toelichting": "geheim"}
        shown = {"vertrouwelijkheidaanduiding": "zaakvertrouwelijk"}
        return httpx.Response(200, json={**wire, **shown})

    def _rollen(self, zaak: str) -> httpx.Response:
        self.proofs += 1
        if self.proof != 200:
            return httpx.Response(self.proof, json={"status": self.proof, "code": "anders"})
        rol = {
            "url": url_of("rollen", ZAAK),
            "zaak": zaak,
            "betrokkeneType": "natuurlijk_persoon",
            "omschrijvingGeneriek": "initiator",
            "betrokkeneIdentificatie": {"inpBsn": self.initiator},
        }
        found = [rol] if zaak == url_of("zaken", ZAAK) else []
        page = {"count": len(found), "next": None, "previous": None, "results": found}
        return httpx.Response(200, json=page)


@dataclass(slots=True)
class Served:
    """A gateway that is served at `port`."""

    gateway: Gateway
    port: int
    source: Source
    server: Server
    logged: list[Any]

    async def notify(self, uuid: str = ZAAK) -> None:
        """The source tells that this zaak has changed."""
        url = url_of("zaken", uuid)
        body = message(hoofdObject=url, resourceUrl=url)
        async with httpx.AsyncClient(base_url=self.http, trust_env=False) as client:
            headers = {"authorization": f"Bearer {SECRET}"}
            answer = await client.post(ADDRESS, json=body, headers=headers)
        assert answer.status_code == 204

    @property
    def http(self) -> str:
        """Its address for HTTP."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def connections(self) -> int:
        """How many connections for subscriptions it holds."""
        return self.gateway._following.connections

    @property
    def topics(self) -> int:
        """How many different things are followed in it."""
        return self.gateway._changes.topics

    async def idle(self) -> None:
        """Waits until nothing is left of any subscription."""
        await until(lambda: (self.connections, self.topics) == (0, 0))

    @asynccontextmanager
    async def connected(
        self,
        protocols: tuple[str, ...] = ("graphql-transport-ws",),
        headers: Mapping[str, str] | None = None,
        **options: Any,
    ) -> AsyncIterator["Client"]:
        """A client that has said nothing yet."""
        async with connect(
            f"ws://127.0.0.1:{self.port}/graphql",
            subprotocols=[Subprotocol(each) for each in protocols] or None,
            additional_headers=dict(headers or {}),
            max_size=None,
            proxy=None,
            **options,
        ) as connection:
            yield Client(connection)

    @asynccontextmanager
    async def joined(self, bearer: str | None = None) -> AsyncIterator["Client"]:
        """A client that has been let in."""
        async with self.connected() as client:
            await client.init(bearer)
            assert await client.next() == {"type": "connection_ack"}
            yield client


@dataclass(slots=True)
class Client:
    """What a front end would have."""

    connection: ClientConnection

    async def send(self, content: object) -> None:
        """Sends a message: text as it is, anything else as JSON."""
        text = content if isinstance(content, str) else json.dumps(content)
        await self.connection.send(text)

    async def init(self, bearer: str | None = None) -> None:
        """Says who it is."""
        payload = {"Authorization": f"Bearer {bearer or token()}"}
        await self.send({"type": "connection_init", "payload": payload})

    async def follow(self, id: str = "1", query: str = FOLLOW, uuid: str = ZAAK) -> None:
        """Subscribes."""
        payload = {"query": query, "variables": {"uuid": uuid}}
        await self.send({"id": id, "type": "subscribe", "payload": payload})

    async def next(self) -> Any:
        """The next message."""
        async with asyncio.timeout(SECONDS):
            return json.loads(await self.connection.recv())

    async def text(self) -> str:
        """What the zaak is about, by the next message."""
        found = await self.next()
        assert found["type"] == "next", found
        return str(found["payload"]["data"]["zaakGewijzigd"]["omschrijving"])

    async def closed(self) -> tuple[int, str]:
        """How the connection ends, after whatever still comes."""
        async with asyncio.timeout(SECONDS):
            with suppress(ConnectionClosed):
                while True:
                    await self.connection.recv()
            await self.connection.wait_closed()
        return self.connection.close_code or 0, self.connection.close_reason or ""


@asynccontextmanager
async def served(setup: Setup | None = None, source: Source | None = None) -> AsyncIterator[Served]:
    """A gateway on a server of its own, with a credential for notifications."""
    source = source or Source()
    setup = setup or Setup()
    setup = replace(setup, answering=source.answering, now=lambda: source.now)
    gateway = gateway_for(setup, Outdoors(setup.sandbox or sandbox(), setup.answering))
    tenant = gateway.configuration.tenants["0999"]
    told = replace(tenant, notifications=SecretStr(SECRET))
    gateway.configuration = Configuration({"0999": told}, ())
    ready = asyncio.Event()

    async def started(_addresses: object) -> None:
        ready.set()

    config = configured(gateway.asgi, gateway.settings)
    server = Server(config, gateway.readiness, started, gateway.goodbye)
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        structlog.testing.capture_logs() as logged,
    ):
        serving = asyncio.create_task(server._serve([listening]))
        async with asyncio.timeout(SECONDS):
            await ready.wait()
        try:
            port = listening.getsockname()[1]
            yield Served(gateway, port, source, server, logged)
        finally:
            server.should_exit = True
            await serving


async def until(condition: Callable[[], bool]) -> None:
    """Returns when the condition holds; fails when it does not within the time."""
    async with asyncio.timeout(SECONDS):
        while not condition():
            await asyncio.sleep(0.01)
