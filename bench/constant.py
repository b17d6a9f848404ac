"""An upstream that says the same to everything (process): the least work a server can do.

python -m bench.constant <port> <bytes of body> [<certificate> <key>]
"""

import asyncio
import ssl
import sys
from typing import cast

import uvloop

_END = b"\r\n\r\n"


def answer(size: int) -> bytes:
    """An answer in JSON with a body of so many bytes."""
    body = b'"' + b"x" * (size - 2) + b'"'
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {size}\r\n\r\n"
    return head.encode() + body


class Constant(asyncio.Protocol):
    """Answers each request that has no body."""

    def __init__(self, said: bytes) -> None:
        self._said = said
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """There is a connection."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Something was asked."""
        *asked, self._rest = (self._rest + data).split(_END)
        if asked:
            self._transport.write(self._said * len(asked))


async def _serve(port: int, size: int, tls: ssl.SSLContext | None) -> None:
    said = answer(size)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Constant(said), "127.0.0.1", port, ssl=tls)
    await server.serve_forever()


def main(port: str, size: str, *certificate: str) -> None:
    """Serve until a signal."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if certificate else None
    if tls is not None:
        tls.load_cert_chain(*certificate)
    uvloop.run(_serve(int(port), int(size), tls))


if __name__ == "__main__":
    main(*sys.argv[1:])
