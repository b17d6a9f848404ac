"""Runs an application on uvicorn (process): one server, drained before it stops."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from gateway.edge.health import Readiness
from gateway.settings import Settings


class Server(uvicorn.Server):
    """A server that says it is draining before it stops taking connections."""

    def __init__(self, config: uvicorn.Config, readiness: Readiness) -> None:
        super().__init__(config)
        self._readiness = readiness

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal to stop: readiness goes off first, what runs is finished."""
        self._readiness.drain()
        super().handle_exit(sig, frame)


def serve(
    app: ASGIApp,
    settings: Settings,
    readiness: Readiness,
    started: Callable[[], Awaitable[None]] | None = None,
) -> None:
    """Serve until a signal. `started` runs once, when requests are taken."""
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        lifespan="on",
        timeout_keep_alive=15,
        timeout_graceful_shutdown=round(settings.shutdown_seconds),
        limit_concurrency=None,
        h11_max_incomplete_event_size=32_768,
    )
    server = Server(config, readiness)
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises it again when it has stopped
        asyncio.run(_serve(server, started))


async def _serve(server: Server, started: Callable[[], Awaitable[None]] | None) -> None:
    task = asyncio.create_task(server.serve())
    while not server.started and not task.done():
        await asyncio.sleep(0.01)
    if server.started and started is not None:
        await started()
    await task
