"""Published keys: renewal, rotation, outage, and a real server."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import httpx
import pytest
import uvicorn
from joserfc.jwk import ECKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from gateway.auth.errors import Reason, Unauthenticated
from gateway.auth.fetch import fetch_from, jwks_client
from gateway.auth.issuer import Issuer
from gateway.auth.jwks import COOL_DOWN, COOL_DOWN_EMPTY, FRESH, STALE, FetchError, PublishedKeys
from gateway.auth.principal import Kind
from gateway.auth.tokens import Tokens
from tests.auth.signing import AUDIENCE, EC, EC_ISSUER, NOW, PURPOSES, bearer, claims, jwks

pytestmark = pytest.mark.anyio

NEXT = ECKey.generate_key("P-256", {"kid": "next"})


class Idp:
    """An issuer in memory: counts fetches, can be away, can be slow."""

    def __init__(self, *keys: ECKey) -> None:
        self.keys = keys
        self.fetches = 0
        self.away = False
        self.now = 1_000.0
        self.failures: list[str] = []
        self.gate: asyncio.Event | None = None
        self.published = PublishedKeys(
            self.fetch, "ES256", clock=lambda: self.now, report=self.failures.append
        )

    async def fetch(self) -> bytes:
        self.fetches += 1
        if self.gate is not None:
            await self.gate.wait()
        if self.away:
            raise FetchError("ConnectError")
        return jwks(*self.keys)

    async def knows(self, kid: str) -> bool:
        return (await self.published.find(kid)).get(kid) is not None


async def test_keys_are_fetched_once_and_serve_ten_minutes() -> None:
    idp = Idp(EC)

    assert await idp.knows("ec")
    idp.now += FRESH - 1
    assert await idp.knows("ec")
    assert idp.fetches == 1

    idp.now += 1
    assert await idp.knows("ec")
    assert idp.fetches == 2


async def test_many_callers_at_once_make_one_fetch() -> None:
    idp = Idp(EC)
    idp.gate = asyncio.Event()
    callers = [asyncio.create_task(idp.knows("ec")) for _ in range(50)]
    await asyncio.sleep(0)
    idp.gate.set()

    assert await asyncio.gather(*callers) == [True] * 50
    assert idp.fetches == 1


async def test_a_caller_who_leaves_does_not_take_the_fetch_along() -> None:
    idp = Idp(EC)
    idp.gate = asyncio.Event()
    leaver, stayer = (asyncio.create_task(idp.knows("ec")) for _ in range(2))
    await asyncio.sleep(0)
    leaver.cancel()
    await asyncio.wait([leaver])
    idp.gate.set()

    assert await stayer
    assert idp.fetches == 1


async def test_a_new_kid_is_found_at_once() -> None:
    idp = Idp(EC)
    await idp.knows("ec")
    idp.now += COOL_DOWN
    idp.keys = (EC, NEXT)

    assert await idp.knows("next")
    assert idp.fetches == 2


async def test_made_up_kids_cause_one_fetch_per_half_minute() -> None:
    idp = Idp(EC)
    await idp.knows("ec")
    for number in range(300):
        idp.now += 0.1
        assert not await idp.knows(f"made-up-{number}")

    assert idp.fetches == 1 + 300 * 0.1 // COOL_DOWN


async def test_known_keys_serve_through_an_outage_but_not_for_ever() -> None:
    idp = Idp(EC)
    await idp.knows("ec")
    idp.away = True
    idp.now += FRESH
    assert await idp.knows("ec")
    assert await idp.knows("ec")
    assert (idp.fetches, idp.failures) == (2, ["ConnectError"])

    idp.now += STALE
    with pytest.raises(Unauthenticated) as refused:
        await idp.knows("ec")
    assert refused.value.reason == Reason.KEYS_UNREACHABLE
    assert not idp.published.current.thumbprints


async def test_in_an_outage_only_the_first_caller_waits() -> None:
    """Whoever comes with a known key; an unknown one can only come from the issuer."""
    idp = Idp(EC)
    await idp.knows("ec")
    idp.away = True
    idp.now += FRESH
    await idp.knows("ec")
    idp.gate = asyncio.Event()
    idp.now += COOL_DOWN

    assert await asyncio.wait_for(idp.knows("ec"), 1)
    waiting = asyncio.create_task(idp.knows("made-up"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert (idp.fetches, waiting.done()) == (3, False)

    idp.gate.set()
    assert not await waiting
    assert idp.fetches == 3


async def test_an_issuer_that_starts_after_us_is_found_soon() -> None:
    idp = Idp(EC)
    idp.away = True
    for _ in range(5):
        with pytest.raises(Unauthenticated):
            await idp.knows("ec")
    assert idp.fetches == 1

    idp.away = False
    idp.now += COOL_DOWN_EMPTY
    assert await idp.knows("ec")


async def test_an_unforeseen_failure_leaves_the_known_keys() -> None:
    idp = Idp(EC)
    await idp.knows("ec")
    idp.keys = (None,)  # type: ignore[assignment]
    idp.now += FRESH

    assert await idp.knows("ec")
    assert idp.failures == ["AttributeError"]


async def test_closing_ends_a_fetch_under_way() -> None:
    idp = Idp(EC)
    idp.gate = asyncio.Event()
    caller = asyncio.create_task(idp.knows("ec"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await idp.published.aclose()

    with pytest.raises(asyncio.CancelledError):
        await caller
    await idp.published.aclose()


async def test_a_token_verified_with_a_key_that_was_withdrawn_is_forgotten() -> None:
    """Also when the new key goes by the same name."""
    idp = Idp(EC)
    issuer = Issuer(EC_ISSUER, AUDIENCE, "ES256", frozenset({"0999"}), idp.published)
    tokens = Tokens([issuer], PURPOSES, clock=lambda: NOW)
    await tokens.verify(bearer(claims(), key=EC))
    again = bearer(claims(sub="u-2"), key=EC)
    await tokens.verify(again)

    idp.keys = (ECKey.generate_key("P-256", {"kid": "ec"}),)
    idp.now += FRESH
    await idp.knows("ec")

    with pytest.raises(Unauthenticated) as refused:
        await tokens.verify(again)
    assert refused.value.reason == Reason.SIGNATURE


class Server:
    """A JWKS address as an ASGI app whose answer a test can change."""

    def __init__(self) -> None:
        self.answer = Response(jwks(EC))
        self.requests: list[Request] = []
        self.app = Starlette(routes=[Route("/jwks", self.serve)])

    async def serve(self, request: Request) -> Response:
        self.requests.append(request)
        return self.answer

    async def fetch(self) -> bytes:
        transport = httpx.ASGITransport(self.app)
        async with jwks_client(transport=transport) as client:
            return await fetch_from(client, "https://idp.test/jwks")()


async def test_the_document_is_asked_for_without_compression() -> None:
    server = Server()

    assert jwks(EC) == await server.fetch()
    assert server.requests[0].headers["accept-encoding"] == "identity"
    assert "authorization" not in server.requests[0].headers


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Response(b"x" * 256_001), "te groot"),
        (Response(b"{}", headers={"content-encoding": "gzip"}), "gecomprimeerd"),
        (RedirectResponse("https://evil.test/jwks"), "status 307"),
        (Response(b"oops", status_code=500), "status 500"),
        (Response(b"", status_code=204), "status 204"),
    ],
)
async def test_an_answer_that_will_not_do(answer: Response, expected: str) -> None:
    server = Server()
    server.answer = answer

    with pytest.raises(FetchError, match=f"^{expected}$"):
        await server.fetch()


class Silent(httpx.AsyncBaseTransport):
    """Accepts a request and never answers."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError


async def test_a_silent_issuer_is_given_up() -> None:
    async with jwks_client(transport=Silent()) as client:
        with pytest.raises(FetchError, match=r"^te traag$"):
            await fetch_from(client, "https://idp.test/jwks", seconds=0.01)()


@contextlib.asynccontextmanager
async def listening(app: Starlette, port: int = 0) -> AsyncIterator[int]:
    """A real server on loopback, on a free port unless one is given."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen()
        config = uvicorn.Config(app, lifespan="off", ws="none", log_config=None, loop="asyncio")
        server = uvicorn.Server(config)
        running = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            await running


async def test_rotation_and_outage_over_the_wire() -> None:
    idp = Server()
    now = 0.0
    async with jwks_client() as client:
        async with listening(idp.app) as port:
            fetch = fetch_from(client, f"http://127.0.0.1:{port}/jwks")
            keys = PublishedKeys(fetch, "ES256", clock=lambda: now)
            issuer = Issuer(EC_ISSUER, AUDIENCE, "ES256", frozenset({"0999"}), keys)
            tokens = Tokens([issuer], PURPOSES, clock=lambda: NOW)
            assert (await tokens.verify(bearer(claims()))).kind == Kind.MEDEWERKER

            idp.answer = Response(jwks(NEXT))
            now = COOL_DOWN
            new = bearer(claims(), header={"alg": "ES256", "kid": "next"}, key=NEXT)
            assert (await tokens.verify(new)).subject == "u-1"
            with pytest.raises(Unauthenticated):
                await tokens.verify(bearer(claims()))

            await tokens.aclose()

        now += FRESH
        other = bearer(claims(sub="u-2"), header={"alg": "ES256", "kid": "next"}, key=NEXT)
        assert (await tokens.verify(other)).subject == "u-2"
        assert len(idp.requests) == 2
