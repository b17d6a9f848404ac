"""Runs an application on uvicorn (process): one server, drained before it stops."""

import asyncio
import errno
import gc
import logging
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Sequence
from types import FrameType
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from gateway.edge.health import Readiness
from gateway.gathering import Http
from gateway.settings import Settings

Started = Callable[[Sequence[str]], Awaitable[None]]
"""Told the addresses that are listened on, as `host:port`."""
Goodbye = Callable[[], Awaitable[None]]
"""Ends the connections that would never end by themselves; returns soon."""
MESSAGE_BYTES = 131_072
"""The largest message over a WebSocket: more than the longest question that is allowed."""
BEAT = 0.1
"""Seconds that who has just connected has to say what he asks, when no more may connect."""
LINGER = 5.0
"""Seconds that a client may take for what was last sent over a WebSocket that is closed."""

COLLECTED = (50_000, 20, 50)
"""When the garbage collector looks (`gc.set_threshold`). An operation leaves nothing to it, and one
of a hundred calls makes thousands of objects: at the usual threshold a fifth of its time goes to
looking at what is still in use. So many objects are about 10 MB.
"""


class WebSockets(WebSocketsSansIOProtocol):
    """uvicorn's WebSockets, without what it tells of them in the log: addresses, and at debug level
    every message, in which tokens are. It would also keep for ever what a client does not take.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.logger = self.conn.logger = logging.getLogger("gateway.websockets")
        self.logger.setLevel(logging.WARNING)
        self.conn.debug = False

    async def run_asgi(self) -> None:
        """Serves one connection."""
        await super().run_asgi()
        self.loop.call_later(LINGER, self.transport.abort)


class Server(uvicorn.Server):
    """A server that says it is draining before it stops taking connections."""

    def __init__(
        self,
        config: uvicorn.Config,
        readiness: Readiness,
        started: Started | None,
        goodbye: Goodbye | None = None,
    ) -> None:
        super().__init__(config)
        self._readiness = readiness
        self._on_started = started
        self._goodbye = goodbye

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal to stop: readiness goes off first, what runs is finished; a second Ctrl-C waits
        for nothing. uvicorn would raise the signal again in the end, but a drained stop is no
        failure.
        """
        self._readiness.drain()
        if self.should_exit and sig == signal.SIGINT:
            self.force_exit = True
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Takes requests from here on; a start that failed has been logged and leaves `started`
        false.
        """
        try:
            await super().startup(sockets)
        except SystemExit:
            self.should_exit = True
            return
        if self._on_started is not None:
            await self._on_started([_written(each) for each in sockets or ()])

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Lets nobody in, ends in their own way what would never end, and finishes what runs."""
        for each in (*self.servers, *(sockets or ())):
            each.close()
        await asyncio.sleep(BEAT)
        if self._goodbye is not None:
            await self._goodbye()
        await super().shutdown(sockets)


def serve(
    app: ASGIApp,
    settings: Settings,
    readiness: Readiness,
    started: Started | None = None,
    goodbye: Goodbye | None = None,
    sockets: list[socket.socket] | None = None,
) -> None:
    """Serve until a signal; ends the process, saying why, where that cannot be begun.

    `started` runs once, when requests are taken, and is told where; `goodbye` runs when no more are
    to be taken. `sockets` are those of `listening`, if they have been made.
    """
    config = configured(app, settings)
    gc.freeze()  # all that was made until here stays: never looked at again
    gc.set_threshold(*COLLECTED)
    gc.enable()
    server = Server(config, readiness, started, goodbye)
    sockets = sockets or listening(settings.host, settings.port)
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:  # uvloop's
        runner.run(server.serve(sockets=sockets))
    if not server.started:
        sys.exit("De gateway kon niet starten; het log zegt waarom.")


def configured(app: ASGIApp, settings: Settings) -> uvicorn.Config:
    """How the application is served."""
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        lifespan="on",
        http=Http,
        ws=WebSockets,
        ws_max_size=MESSAGE_BYTES,
        ws_per_message_deflate=False,  # a message of a kilobyte could become one of a megabyte
        timeout_keep_alive=15,
        timeout_graceful_shutdown=round(settings.shutdown_seconds),
        limit_concurrency=None,
        h11_max_incomplete_event_size=32_768,
    )


def listening(host: str, port: int) -> list[socket.socket]:
    """A socket on every address that `host` names; ends the process if it cannot be had."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError:
        sys.exit(f"{host} is geen adres van deze machine: kies een ander met BRONPOORT_HOST.")
    bound = [_bound(family, address) for family, _, _, _, address in found]
    sockets = [each for each in bound if isinstance(each, socket.socket)]
    if not sockets or errno.EADDRINUSE in bound:
        sys.exit(_refusal(host, port, bound))
    return sockets


def _written(listening: socket.socket) -> str:
    host, port, *_ = listening.getsockname()
    return f"[{host}]:{port}" if listening.family == socket.AF_INET6 else f"{host}:{port}"


def _bound(family: int, address: tuple[object, ...]) -> socket.socket | int | None:
    """A socket on this address, or the number of the error."""
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind(address)
    except OSError as error:
        made.close()
        return error.errno
    return made


def _refusal(host: str, port: int, bound: Sequence[object]) -> str:
    if errno.EADDRINUSE in bound:
        return f"Poort {port} is al in gebruik: kies een andere met PORT (of BRONPOORT_PORT)."
    if errno.EACCES in bound:
        return f"Poort {port} mag niet worden gebruikt: kies een andere met PORT, boven de 1024."
    return f"{host} is geen adres van deze machine: kies een ander met BRONPOORT_HOST."
