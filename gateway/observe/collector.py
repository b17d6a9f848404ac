"""The collector that lines of the log are sent to, over HTTP (in the background): OTLP/HTTP.

The one place in `observe` that uses httpx. Only what the collector says it has taken has arrived.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Final, Protocol

import httpx

from gateway.observe.verwerking import Verwerking

_PATH: Final = "/v1/traces"
_SECONDS: Final = 15.0
_MAX_BYTES: Final = 64_000
_NEVER: Final = frozenset({400, 413, 415, 422})
"""What says that these very lines will not be taken, whenever they are sent."""


class NotDelivered(Exception):  # noqa: N818  # what is wrong is the collector
    """They have not arrived, or nobody said so: to be sent again."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotTaken(NotDelivered):
    """They have arrived and were refused: sending them again will not help."""


class Collector(Protocol):
    """Takes lines."""

    async def deliver(self, lines: Sequence[Verwerking]) -> None:
        """Returns when they have been taken. Raises NotDelivered."""
        ...


class Nowhere:
    """For trying: has taken everything at once, and keeps nothing."""

    async def deliver(self, lines: Sequence[Verwerking]) -> None:
        """Nothing is kept."""


class OtlpCollector:
    """A collector at an address, to which `/v1/traces` is added."""

    def __init__(self, client: httpx.AsyncClient, address: str) -> None:
        from gateway.observe import otlp  # protobuf, for who has a collector only

        self._otlp = otlp
        self._client = client
        self._address = address.rstrip("/") + _PATH

    async def deliver(self, lines: Sequence[Verwerking]) -> None:
        """One export. A redirect, or an answer in another form, is no acknowledgement."""
        try:
            async with asyncio.timeout(_SECONDS):
                status, body = await self._posted(
                    await asyncio.to_thread(self._otlp.request, lines)
                )
        except (httpx.HTTPError, TimeoutError) as error:
            raise NotDelivered(type(error).__name__) from None
        if status in _NEVER:
            raise NotTaken(f"status {status}")
        if status != httpx.codes.OK:
            raise NotDelivered(f"status {status}")
        try:
            refused = self._otlp.rejected(body)
        except ValueError:
            raise NotDelivered("geen antwoord van een collector") from None
        if refused:
            raise NotTaken(f"{refused} regels geweigerd")

    async def _posted(self, content: bytes) -> tuple[int, bytes]:
        headers = {"Content-Type": self._otlp.CONTENT_TYPE, "Accept-Encoding": "identity"}
        async with self._client.stream(
            "POST", self._address, content=content, headers=headers
        ) as response:
            body = bytearray()
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > _MAX_BYTES:
                    raise NotDelivered("antwoord te groot")
            return response.status_code, bytes(body)


@asynccontextmanager
async def collector_client(
    verify: ssl.SSLContext | None = None,
    headers: Mapping[str, str] | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> AsyncIterator[httpx.AsyncClient]:
    """The client for the collector; no redirects, no proxies or netrc from the environment."""
    async with httpx.AsyncClient(
        verify=verify or ssl.create_default_context(),
        transport=transport,
        timeout=_SECONDS,
        follow_redirects=False,
        trust_env=False,
        limits=httpx.Limits(max_connections=1),
        headers={"User-Agent": "bronpoort", **(headers or {})},
    ) as client:
        yield client
