"""A client of an ASGI application that may leave at any moment (test run)."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.types import ASGIApp, Message


@dataclass(frozen=True, slots=True)
class Reply:
    """What came until the end, or until the client left."""

    status: int
    content: bytes


@dataclass(slots=True)
class Exchange:
    """One request. The client leaves after so many turns of the loop, or when it has heard so many
    pieces of an answer that has no end.
    """

    path: str
    headers: Mapping[str, str]
    body: bytes
    turns: int | None = None
    pieces: int | None = None
    method: str = "POST"
    began: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the first piece has been heard."""
    _gone: asyncio.Event = field(default_factory=asyncio.Event)
    _sent: bool = False
    _status: int = 0
    _content: bytearray = field(default_factory=bytearray)
    _heard: int = 0

    async def with_(self, app: ASGIApp) -> Reply:
        """Asks the application."""
        leaving = asyncio.create_task(self._leave()) if self.turns is not None else None
        try:
            await app(self._scope(), self._receive, self._send)
        finally:
            if leaving is not None:
                leaving.cancel()
        return Reply(self._status, bytes(self._content))

    async def _leave(self) -> None:
        for _ in range(self.turns or 0):
            await asyncio.sleep(0)
        self._gone.set()

    def _scope(self) -> dict[str, Any]:
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": self.method,
            "scheme": "http",
            "path": self.path,
            "raw_path": self.path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [(k.encode(), v.encode()) for k, v in self.headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "extensions": {},
        }

    async def _receive(self) -> Message:
        if not self._sent:
            self._sent = True
            return {"type": "http.request", "body": self.body, "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
        elif not self._gone.is_set():
            self._content += message.get("body", b"")
            if message.get("body", b"").startswith(b"event: next"):
                self._heard += 1
                self.began.set()
            if self.pieces is not None and self._heard >= self.pieces:
                self._gone.set()


def question(token: str, body: Mapping[str, Any], accept: str) -> tuple[dict[str, str], bytes]:
    """Headers and body of a question."""
    headers = {
        "authorization": f"Bearer {token}",
        "content-type": "application/json",
        "accept": accept,
    }
    return headers, json.dumps(body).encode()
