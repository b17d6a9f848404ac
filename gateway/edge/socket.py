"""Subscriptions over a WebSocket: the protocol graphql-transport-ws, and no other (per connection).

From the protocol's document (GraphQL over WebSocket, enisdenny/graphql-ws) and OWASP's sheet on
WebSockets. The token comes in the first message, since a browser cannot send headers here. What is
asked for is the same, and bounded the same, as over HTTP; only subscriptions are answered.

One task reads; each subscription is a task of its own, and whoever finds that the connection must
end raises `_Close`, which ends the others.
"""

import asyncio
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, aclosing, contextmanager, suppress
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from gateway.auth.errors import AuthError
from gateway.edge.authorize import PURPOSE, ZAAKTYPE, Credentials
from gateway.edge.body import parse_json
from gateway.edge.errors import TransportError, error_response
from gateway.edge.following import Ended, Ending, Following, Shown
from gateway.edge.origin import is_welcome
from gateway.edge.question import to_question
from gateway.operation.errors import Code, RequestError, refused
from gateway.operation.written import written

PROTOCOL: Final = "graphql-transport-ws"
_ACK: Final = b'{"type":"connection_ack"}'
_PONG: Final = b'{"type":"pong"}'
INIT: Final = 5.0
"""Seconds in which a client must say who it is."""
_LONGEST_ID: Final = 128
_FAREWELL: Final = 1.0

_log = logging.getLogger(__name__)


class _Close(Exception):  # noqa: N818  # it says what is to be done
    """The connection is to be closed, with a code of the protocol or of RFC 6455 (7.4)."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


_INVALID: Final = (4400, "Invalid message")
_UNAUTHORIZED: Final = (4401, "Unauthorized")
_FORBIDDEN: Final = (4403, "Forbidden")
_PROTOCOL: Final = (4406, "Subprotocol not acceptable")
_NO_INIT: Final = (4408, "Connection initialisation timeout")
_TOO_MANY: Final = (4429, "Too many connections")
_TWICE: Final = (4429, "Too many initialisation requests")
_FAULT: Final = (4500, "Internal server error")
_OF_ENDING: Final[Mapping[Ending, tuple[int, str]]] = {
    Ending.EXPIRED: _FORBIDDEN,
    Ending.LEAVING: (1001, "Going away"),
    Ending.SLOW: (1013, "Messages are not taken"),
}
"""Clients of this protocol try again after any of these, with a new token."""


class Sockets:
    """An ASGI application for WebSockets to the GraphQL address.

    `origins` are the web sites whose pages may connect, beside those of this gateway itself.
    """

    def __init__(
        self, following: Following, origins: Sequence[str], *, init_seconds: float = INIT
    ) -> None:
        self._following = following
        self._origins = origins
        self._init_seconds = init_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection."""
        with ExitStack() as held:
            try:
                self._check_origin(Headers(scope=scope))
                held.enter_context(self._following.connection())
            except TransportError as error:
                self._following.refused(error.status, error.code)
                await self._deny(error_response(error, scope), scope, receive, send)
                return
            await self._serve(WebSocket(scope, receive, send))

    def _check_origin(self, headers: Headers) -> None:
        if not is_welcome(headers, self._origins):
            message = "Deze website mag de gateway niet aanroepen."
            raise TransportError(Code.NIET_GEAUTORISEERD, message, status=403)

    @staticmethod
    async def _deny(response: Response, scope: Scope, receive: Receive, send: Send) -> None:
        if "websocket.http.response" in scope.get("extensions", {}):
            await response(scope, receive, send)
        else:
            await WebSocket(scope, receive, send).close()

    async def _serve(self, websocket: WebSocket) -> None:
        try:
            if PROTOCOL not in websocket.scope["subprotocols"]:
                await websocket.accept()
                raise _Close(*_PROTOCOL)
            await websocket.accept(PROTOCOL)
            await _Connection(websocket, self._following, self._init_seconds).run()
        except (WebSocketDisconnect, OSError):
            return
        except _Close as close:
            await _closed(websocket, close)


async def _closed(websocket: WebSocket, close: _Close) -> None:
    """Says why, unless the client has gone or takes nothing any more."""
    if websocket.application_state is not WebSocketState.CONNECTED:
        return
    with suppress(TimeoutError, WebSocketDisconnect, OSError):
        # In a task of its own: in this one Python 3.11.2 may still count a cancellation.
        await asyncio.wait_for(websocket.close(close.code, close.reason), _FAREWELL)


class _Connection:
    """One connection that has been accepted."""

    def __init__(self, websocket: WebSocket, following: Following, init_seconds: float) -> None:
        self._websocket = websocket
        self._following = following
        self._init_seconds = init_seconds
        self._subscriptions: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Serves it; raises _Close, or starlette's WebSocketDisconnect, when it is over."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._following.until_leaving())
                tasks.create_task(self._talk(tasks))
        except BaseExceptionGroup as group:
            raise _first(group) from None

    async def _talk(self, tasks: asyncio.TaskGroup) -> None:
        shown, who = await self._introduced()
        with self._counted(who):
            await self._send(_ACK)
            tasks.create_task(self._following.until_expired(shown))
            while True:
                await self._heed(await self._message(), shown, tasks)

    @contextmanager
    def _counted(self, who: tuple[str, str]) -> Iterator[None]:
        with ExitStack() as held:
            try:
                held.enter_context(self._following.held_by(who))
            except TransportError as error:
                self._following.refused(error.status, error.code)
                raise _Close(*_TOO_MANY) from None
            yield

    # ---- who is there -------------------------------------------------------------------------

    async def _introduced(self) -> tuple[Credentials, tuple[str, str]]:
        """What the client comes with, and the principal that it stands for."""
        try:
            async with asyncio.timeout(self._init_seconds):
                message = await self._first_message()
        except TimeoutError:
            raise _Close(*_NO_INIT) from None
        client = self._websocket.client
        shown = _credentials(message.get("payload"), client.host if client else None)
        try:
            admitted = await self._following.admitted(shown)
        except AuthError:
            raise _Close(*_FORBIDDEN) from None
        return shown, admitted.who

    async def _first_message(self) -> Mapping[str, Any]:
        while True:
            message = await self._message()
            match message["type"]:
                case "connection_init":
                    return message
                case "ping":
                    await self._send(_PONG)
                case "pong":
                    pass
                case "subscribe":
                    raise _Close(*_UNAUTHORIZED)
                case _:
                    raise _Close(*_INVALID)

    # ---- messages -----------------------------------------------------------------------------

    async def _message(self) -> dict[str, Any]:
        """The next message, an object with a type. Raises _Close for anything else."""
        received = await self._websocket.receive()
        if received["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(received.get("code", 1005))
        try:
            value = parse_json((received.get("text") or "").encode("utf-8", "surrogatepass"))
        except TransportError:
            raise _Close(*_INVALID) from None
        if not isinstance(value, dict) or not isinstance(value.get("type"), str):
            raise _Close(*_INVALID)
        return value

    async def _send(self, message: bytes) -> None:
        await self._following.hand_over(self._websocket.send_text(message.decode("utf-8")))

    async def _heed(
        self, message: Mapping[str, Any], shown: Credentials, tasks: asyncio.TaskGroup
    ) -> None:
        match message["type"]:
            case "subscribe":
                await self._subscribe(message, shown, tasks)
            case "complete":
                task = self._subscriptions.pop(_id(message), None)
                if task is not None:
                    task.cancel()
            case "ping":
                await self._send(_PONG)
            case "pong":
                pass
            case "connection_init":
                raise _Close(*_TWICE)
            case _:
                raise _Close(*_INVALID)

    # ---- subscriptions ------------------------------------------------------------------------

    async def _subscribe(
        self, message: Mapping[str, Any], shown: Credentials, tasks: asyncio.TaskGroup
    ) -> None:
        id, payload = _id(message), message.get("payload")
        if id in self._subscriptions:
            raise _Close(4409, f"Subscriber for {id} already exists")
        if not isinstance(payload, dict):
            raise _Close(*_INVALID)
        most = self._following.allowance.subscriptions
        if len(self._subscriptions) >= most:
            text = f"Een verbinding heeft ten hoogste {most} abonnementen."
            await self._refuse(id, RequestError(Code.LIMIET, text))
            return
        task = tasks.create_task(self._follow(id, payload, shown))
        self._subscriptions[id] = task
        task.add_done_callback(lambda done: self._over(id, done))

    def _over(self, id: str, task: asyncio.Task[None]) -> None:
        """By then another may have its id."""
        if self._subscriptions.get(id) is task:
            del self._subscriptions[id]

    async def _follow(self, id: str, payload: Mapping[str, Any], credentials: Credentials) -> None:
        try:
            question = to_question(payload, {})
        except TransportError as error:
            await self._refuse(id, error)
            return
        async with aclosing(self._following.messages(question, credentials)) as messages:
            async for shown in messages:
                await self._send(_written(id, shown))

    async def _refuse(self, id: str, error: RequestError) -> None:
        self._following.refused(error.status, error.code)
        await self._send(_written(id, Shown(refused([error]), refused=True)))


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """Why a connection ended: the first of what its tasks raised."""
    first = group.exceptions[0]
    match first:
        case Ended(ending=ending):
            return _Close(*_OF_ENDING[ending])
        case _Close() | WebSocketDisconnect() | OSError():
            return first
        case _:
            _log.error("verbinding mislukt", exc_info=first)
            return _Close(*_FAULT)


def _written(id: str, shown: Shown) -> bytes:
    type_, payload = b"next", shown.written
    if shown.refused:
        type_, payload = b"error", written(shown.body["errors"])
    return b'{"id":%b,"type":"%b","payload":%b}' % (json.dumps(id).encode(), type_, payload)


def _id(message: Mapping[str, Any]) -> str:
    id = message.get("id")
    if not isinstance(id, str) or not 0 < len(id) <= _LONGEST_ID:
        raise _Close(*_INVALID)
    return id


def _credentials(payload: object, origin: str | None) -> Credentials:
    """The token in the payload of `connection_init`, the purpose that was chosen and the zaaktype
    that was named, under the names of the HTTP headers.
    """
    given = _named(payload, "authorization")
    chosen, zaaktypen = _named(payload, PURPOSE), _named(payload, ZAAKTYPE)
    return Credentials(given[0] if len(given) == 1 else None, chosen, origin, zaaktypen)


def _named(payload: object, header: str) -> tuple[str, ...]:
    """All that stands there under this name; what is no text counts, and matches nothing."""
    given = payload.items() if isinstance(payload, dict) else ()
    found = [value for name, value in given if name.lower() == header.lower()]
    return tuple(value if isinstance(value, str) else "" for value in found)
