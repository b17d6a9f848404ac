"""A subscription as a stream of events: GraphQL over SSE, distinct connections (per request).

From the protocol's document (GraphQL over Server-Sent Events, enisdenny/graphql-sse): `POST` with
`Accept: text/event-stream`; each answer is an event `next`, and `complete` ends it. What is wrong
with the request is told by the status, what is wrong with the question in an event.

A stream that ends without `complete` is to be asked for again: the token has expired, the process
stops, or the client was too slow.
"""

import asyncio
import logging
from contextlib import ExitStack, aclosing
from typing import Final, NoReturn

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.auth.errors import AuthError
from gateway.edge.authorize import Credentials, credentials, denial
from gateway.edge.body import parse_json, read_body
from gateway.edge.endpoint import check_question
from gateway.edge.errors import TransportError, error_response, of_status
from gateway.edge.following import Ended, Ending, Following, Shown
from gateway.edge.head import Asking
from gateway.edge.negotiate import wants_events
from gateway.edge.question import to_question
from gateway.operation.answer import Question
from gateway.source.surroundings import Surroundings

KEEP_ALIVE: Final = 12.0
"""Seconds between comments, so that nothing on the way takes the connection for dead."""
_BODY_SECONDS: Final = 15.0
_COMMENT: Final = b":\n\n"
_COMPLETE: Final = b"event: complete\ndata:\n\n"
_HEADERS: Final = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
)

_log = logging.getLogger(__name__)


class ByAccept:
    """An ASGI application: requests for a stream of events go one way, all others the other."""

    def __init__(self, answers: ASGIApp, events: ASGIApp) -> None:
        self._answers = answers
        self._events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        accepted = [str(value, "latin-1") for name, value in scope["headers"] if name == b"accept"]
        wanted = wants_events(accepted)
        app = self._events if wanted and scope["method"] == "POST" else self._answers
        await app(scope, receive, send)


class EventStreams:
    """An ASGI application for subscriptions that are asked for with POST."""

    def __init__(
        self, following: Following, surroundings: Surroundings, *, body_bytes: int
    ) -> None:
        self._following = following
        self._around = surroundings
        self._body_bytes = body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        with ExitStack() as held:
            try:
                question, shown = await self._asked(Asking(scope, receive), held)
            except ClientDisconnect:
                return
            except AuthError as error:
                refusal = denial(error)
            except TransportError as error:
                refusal = error
                self._following.refused(refusal.status, refusal.code)
            except Exception as error:
                _log.error("verzoek mislukt", exc_info=error)
                refusal = of_status(500)
                self._following.refused(refusal.status, refusal.code)
            else:
                await self._stream(question, shown, receive, send)
                return
        await error_response(refusal, scope)(scope, receive, send)

    async def _asked(self, request: Asking, held: ExitStack) -> tuple[Question, Credentials]:
        check_question(request)
        shown = credentials(request)
        admitted = await self._following.admitted(shown)
        body = await read_body(request, self._body_bytes, _BODY_SECONDS)
        question = to_question(parse_json(body), request.headers)
        held.enter_context(self._following.connection())
        held.enter_context(self._following.held_by(admitted.who))
        return question, shown

    async def _stream(
        self, question: Question, shown: Credentials, receive: Receive, send: Send
    ) -> None:
        """Sends events until there are no more, or the client has gone."""
        stream = _Stream(self._following, send)
        try:
            async with asyncio.TaskGroup() as tasks:
                await stream.start()
                tasks.create_task(self._following.until_leaving())
                tasks.create_task(self._following.until_expired(shown))
                tasks.create_task(self._keep_alive(stream))
                tasks.create_task(_until_gone(receive))
                tasks.create_task(stream.events(question, shown))
        except BaseExceptionGroup as group:
            await stream.end(group.exceptions[0])

    async def _keep_alive(self, stream: "_Stream") -> NoReturn:
        while True:
            await self._around.sleep(KEEP_ALIVE)
            await stream.send(_COMMENT)


class _Complete(Exception):  # noqa: N818  # it says what is the case
    """There is nothing more to send."""


class _Stream:
    """One answer that goes on."""

    def __init__(self, following: Following, send: Send) -> None:
        self._following = following
        self._send = send

    async def start(self) -> None:
        """Says that a stream comes, with a comment so that it is seen at once."""
        await self._send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        await self.send(_COMMENT)

    async def events(self, question: Question, credentials: Credentials) -> NoReturn:
        """Sends what there is to send; raises _Complete after the last."""
        async with aclosing(self._following.messages(question, credentials)) as messages:
            async for shown in messages:
                await self.send(_written(shown))
        raise _Complete

    async def send(self, content: bytes) -> None:
        """Sends some of it. Raises Ended when the client does not take it."""
        message = {"type": "http.response.body", "body": content, "more_body": True}
        await self._following.hand_over(self._send(message))

    async def end(self, why: BaseException) -> None:
        """Ends it; what the client did not take breaks off, as HTTP has it (RFC 9112, 8)."""
        match why:
            case ClientDisconnect() | OSError() | Ended(ending=Ending.SLOW):
                return
            case _Complete():
                last = _COMPLETE
            case Ended():
                last = b""
            case _:
                _log.error("abonnement mislukt", exc_info=why)
                last = b""
        message = {"type": "http.response.body", "body": last, "more_body": False}
        try:
            await self._following.hand_over(self._send(message))
        except (Ended, OSError):
            return


async def _until_gone(receive: Receive) -> NoReturn:
    while (await receive())["type"] != "http.disconnect":
        pass
    raise ClientDisconnect


def _written(shown: Shown) -> bytes:
    return b"event: next\ndata: " + shown.written + b"\n\n"
