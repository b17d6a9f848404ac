"""Fixtures for every test: the event loop that anyio's plugin uses, and a real Valkey."""

from collections.abc import Iterator

import pytest
import redis

from tests.valkey import Valkey, valkey


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """asyncio only: uvicorn and aiocache know no other."""
    return "asyncio"


@pytest.fixture(scope="session")
def running_server() -> Iterator[Valkey]:
    """One server for all tests of this process; started when the first needs it."""
    with valkey() as started:
        yield started


@pytest.fixture
def server(running_server: Valkey) -> Valkey:
    """The server, with nothing in it."""
    with redis.Redis.from_url(running_server.url, driver_info=None) as client:
        client.flushall()
    return running_server
