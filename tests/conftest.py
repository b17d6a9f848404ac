"""Fixtures for every test: the event loop that anyio's plugin uses."""

import pytest


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """asyncio only: uvicorn and aiocache know no other."""
    return "asyncio"
