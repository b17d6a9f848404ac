"""For every test: a short run, the event loop that anyio's plugin uses, and a real Valkey."""

import gc
import logging
import sys
from collections.abc import Generator, Iterator

import pytest
import redis
import structlog
from hypothesis import HealthCheck, settings

from tests.valkey import Valkey, valkey

# httpx looks for sniffio before every request to an application; what is known to be absent is not
# looked for on disk each time.
sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]


# No example is wrong because the machine is busy.
PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("patient", settings(), **PATIENT)
settings.load_profile("patient")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported stays until the end: the garbage collector need not look at it, ever."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        _settle()


@pytest.fixture(scope="module", autouse=True)
def _settled() -> Iterator[None]:
    """What the tests of one file leave in caches stays as well; how they have the process log does
    not: a test of the next file may look at the log.
    """
    levels = _levels()
    yield
    _settle()
    for name in _levels():
        logging.getLogger(name).setLevel(levels.get(name, logging.NOTSET))
    handlers = logging.root.handlers
    handlers[:] = [each for each in handlers if type(each) is not logging.StreamHandler]
    structlog.reset_defaults()


def _levels() -> dict[str, int]:
    known = ["root", *logging.root.manager.loggerDict]
    return {name: logging.getLogger(name).level for name in known}


def _settle() -> None:
    gc.collect()
    gc.freeze()


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
