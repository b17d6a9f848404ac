"""The way to Redis or Valkey (startup to drain): one client of ours, under aiocache's interface.

aiocache's own client cannot be told enough (a CA file, an ACL user, no silent second attempts), so
it is handed one. Of its commands only `raw` is used, which the switch AIOCACHE_DISABLE turns off.
Nothing is decoded: what lies there is bytes.
"""

import hashlib
import ssl
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import redis.asyncio
from aiocache import RedisCache  # type: ignore[import-untyped]
from aiocache.serializers import BaseSerializer  # type: ignore[import-untyped]
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import NoScriptError, RedisError

_CONNECTIONS = 64
_SECONDS = 5.0


class _Bytes(BaseSerializer):  # type: ignore[misc]
    """Nothing is changed on the way."""

    DEFAULT_ENCODING = None

    def dumps(self, value: Any) -> Any:
        return value

    def loads(self, value: Any) -> Any:
        return value


class Connection:
    """Commands to one server; close it with `aclose()`.

    Whoever uses it sets the time limits, with `asyncio.timeout`. The client's own would be set with
    `asyncio.wait_for`, which in Python 3.11 may lose a cancellation, and with it such a limit.
    """

    def __init__(self, url: str, ca: Path | None = None) -> None:
        """`url` as redis-py reads it: `rediss://user:password@host:port/db`."""
        tls: dict[str, Any] = {}
        if url.startswith("rediss:"):
            tls = {
                "ssl_ca_certs": str(ca) if ca else None,
                "ssl_min_version": ssl.TLSVersion.TLSv1_2,
            }
        self.client: redis.asyncio.Redis = redis.asyncio.Redis.from_url(
            url,
            protocol=2,
            retry=Retry(NoBackoff(), 0),
            socket_timeout=None,
            socket_connect_timeout=_SECONDS,
            max_connections=_CONNECTIONS,
            driver_info=None,
            **tls,
        )
        self._cache = RedisCache(serializer=_Bytes(), timeout=0)
        self._cache.client = self.client
        self._digests: dict[str, str] = {}

    async def run(self, script: str, keys: Sequence[str | bytes], *arguments: Any) -> Any:
        """What a script gives. Raises RedisError or OSError."""
        digest = self._digests.get(script)
        if digest is not None:
            try:
                found = await self._cache.raw("evalsha", digest, len(keys), *keys, *arguments)
                return self._checked(found)
            except NoScriptError:
                pass  # a server that was started anew
        found = await self._cache.raw("eval", script, len(keys), *keys, *arguments)
        self._checked(found)
        self._digests[script] = hashlib.sha1(script.encode()).hexdigest()  # noqa: S324  # Redis's name
        return found

    @staticmethod
    def _checked(found: Any) -> Any:
        """None of these gives nothing: then it was not asked."""
        if found is None:
            raise RedisError("switched off")
        return found

    async def command(self, name: str, *arguments: Any, **options: Any) -> Any:
        """What a command gives, by its name in redis-py. Raises RedisError or OSError."""
        return await self._cache.raw(name, *arguments, **options)

    async def ping(self) -> None:
        """Back when the server has answered. Raises RedisError or OSError."""
        self._checked(await self._cache.raw("ping"))

    async def hang_up(self) -> None:
        """Close the connections that are not in use: they may lead nowhere."""
        await self.client.connection_pool.disconnect(inuse_connections=False)

    async def aclose(self) -> None:
        """Close all connections."""
        await self.client.aclose()
