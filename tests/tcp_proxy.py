"""A TCP proxy that plays a slow, hanging, dying or half-open server, in front of a real one."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field


@dataclass(slots=True)
class Proxy:
    """What goes through it now: change these at will.

    `delay` seconds is added to every piece that comes back. While `hanging` nothing comes back, and
    connections stay. While `refusing` connections are closed at once.
    """

    target: int
    port: int = 0
    delay: float = 0.0
    hanging: bool = False
    refusing: bool = False
    connections: int = 0
    """How many were ever accepted."""
    _open: set[asyncio.StreamWriter] = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def cut(self) -> None:
        """Close every connection, as a server that dies."""
        for writer in list(self._open):
            writer.transport.abort()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, for as long as either side keeps it."""
        self.connections += 1
        if self.refusing:
            writer.transport.abort()
            return
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        behind: asyncio.StreamWriter | None = None
        try:
            from_server, behind = await asyncio.open_connection("127.0.0.1", self.target)
            self._open |= {writer, behind}
            await asyncio.gather(
                self._pass(reader, behind, back=False), self._pass(from_server, writer, back=True)
            )
        except OSError:
            pass
        finally:
            for each in filter(None, (writer, behind)):
                self._open.discard(each)
                each.transport.abort()
            self._tasks.discard(task)

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, back: bool
    ) -> None:
        while piece := await reader.read(65_536):
            if back and self.delay:
                await asyncio.sleep(self.delay)
            while self.hanging:
                await asyncio.sleep(0.005)
            writer.write(piece)
            await writer.drain()
        raise ConnectionResetError

    async def aclose(self) -> None:
        """End every connection."""
        self.hanging = False
        self.cut()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@asynccontextmanager
async def proxy(target: int, tls: ssl.SSLContext | None = None) -> AsyncIterator[Proxy]:
    """A proxy in front of a port of this machine, over TLS if asked."""
    made = Proxy(target)
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0, ssl=tls)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        with suppress(OSError):
            await made.aclose()
