"""Gets a JWKS document over HTTP (operation).

The one place in `auth` that uses httpx. The address is from the configuration, never from a token.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from gateway.auth.jwks import Fetch, FetchError
from gateway.source.tls import of_system

_SECONDS = 5.0
_MAX_BYTES = 256_000


@asynccontextmanager
async def jwks_client(
    verify: ssl.SSLContext | None = None, transport: httpx.AsyncBaseTransport | None = None
) -> AsyncIterator[httpx.AsyncClient]:
    """The client for all issuers; no redirects, no proxies or netrc from the environment."""
    async with httpx.AsyncClient(
        transport=transport or _WhenAsked(verify),
        timeout=_SECONDS,
        follow_redirects=False,
        trust_env=False,
        headers={"Accept": "application/jwk-set+json, application/json"},
    ) as client:
        yield client


class _WhenAsked(httpx.AsyncBaseTransport):
    """A transport that is made at the first request: what the system trusts and httpx's own pool
    take some 80 ms and several MB, for nothing where the keys are in a file.
    """

    def __init__(self, verify: ssl.SSLContext | None) -> None:
        self._verify = verify
        self._making = asyncio.Lock()
        self._made: httpx.AsyncBaseTransport | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        async with self._making:
            if self._made is None:
                self._made = await asyncio.to_thread(self._make)
        return await self._made.handle_async_request(request)

    async def aclose(self) -> None:
        if self._made is not None:
            await self._made.aclose()

    def _make(self) -> httpx.AsyncBaseTransport:
        return httpx.AsyncHTTPTransport(
            verify=self._verify or of_system(),
            trust_env=False,
            limits=httpx.Limits(max_connections=4, max_keepalive_connections=0),
        )


def fetch_from(client: httpx.AsyncClient, address: str, seconds: float = _SECONDS) -> Fetch:
    """A fetch of one address, of at most `seconds` and 256 kB; raises FetchError only."""

    async def fetch() -> bytes:
        try:
            async with asyncio.timeout(seconds):
                return await _get(client, address)
        except TimeoutError as error:
            raise FetchError("te traag") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise FetchError(type(error).__name__) from error

    return fetch


async def _get(client: httpx.AsyncClient, address: str) -> bytes:
    headers = {"Accept-Encoding": "identity"}
    async with client.stream("GET", address, headers=headers) as response:
        if response.status_code != httpx.codes.OK:
            raise FetchError(f"status {response.status_code}")
        if response.headers.get("content-encoding", "identity") != "identity":
            raise FetchError("gecomprimeerd")
        body = bytearray()
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > _MAX_BYTES:
                raise FetchError("te groot")
        return bytes(body)
