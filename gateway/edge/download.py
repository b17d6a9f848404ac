"""The address of a sealed link: `GET`, with a token of whoever was given it (per request).

The bytes go from the source to the client one chunk at a time: the next is asked for when the last
was taken, so a slow client slows the source and nothing piles up here. Whoever leaves cancels what
is asked of the source.

All links that do not open are answered alike: malformed, over, somebody else's, of a document that
is gone or of a field that may no longer be seen.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gateway.auth.errors import AuthError
from gateway.edge.attachment import attachment_headers
from gateway.edge.authorize import denial
from gateway.edge.disconnect import leaving_of, while_connected
from gateway.edge.errors import TransportError, error_response, of_status, problem_response
from gateway.edge.room import Room
from gateway.operation.errors import Code
from gateway.source.errors import SourceError, SourceFault, SourceMissing
from gateway.source.stream import Streamed
from schema.language.content import Content

CLIENT_GONE: Final = 499
"""The status that a report shows when nobody waited for the rest; it is never sent."""
_NO_LINK: Final = "Deze link is er niet of is verlopen. Vraag het document opnieuw op."
_TOO_SLOW: Final = "Het ophalen duurde te lang."
_STATUSES: Final = {
    "BRON_ONBEREIKBAAR": 503,
    "BRON_TIMEOUT": 504,
    "QUOTA": 503,
    "NIET_GEAUTORISEERD": 403,
    "INVOER": 400,
    "LIMIET": 403,
    "VERWERKING_NIET_VASTGELEGD": 503,
}
_AGAIN: Final = {"Retry-After": "2"}
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})

_log = logging.getLogger(__name__)

V = TypeVar("V")


class NoSuchLink(Exception):  # noqa: N818  # what is wrong is the link
    """A link that does not open for whoever asks, for whatever reason."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file that has begun to come in."""

    source: str
    content: Content
    streamed: Streamed
    cause: str = ""
    """The trace of the question whose answer had the link."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that the client may take none of what it asked for, and that all of it may take."""

    idle: float
    whole: float


@dataclass(slots=True)
class Delivered(Generic[V]):
    """What became of one request, for whoever reports it.

    `codes` tells what went wrong, also after the answer had begun, and `error` why, if it was the
    source; `size` is in bytes, as far as they were given. `visitor` is None where nobody was
    recognised. `cause` is the trace of the question whose answer had the link.
    """

    status: int = 200
    milliseconds: float = 0.0
    codes: Sequence[str] = ()
    size: int = 0
    visitor: V | None = None
    error: SourceError | None = None
    started: bool = False
    cause: str = ""


class Downloads(Generic[V]):
    """An ASGI application for the links of one stream.

    `authenticate` says who asks, or raises an AuthError. `opened` opens a link for them: it
    raises NoSuchLink or SourceError on entering. `account` is told before anything leaves, which it
    forbids with a SourceError, and once more of what went wrong after that; `report` at the end.
    Of `room` a queue is no use: who waits for a file to go might wait for minutes.
    """

    def __init__(
        self,
        authenticate: Callable[[Request], Awaitable[V]],
        opened: Callable[[V, str], AbstractAsyncContextManager[Delivery]],
        room: Room,
        account: Callable[[Delivered[V]], None],
        report: Callable[[Delivered[V]], None],
        patience: Patience,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._authenticate = authenticate
        self._opened = opened
        self._room = room
        self._account = account
        self._report = report
        self._patience = patience
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        began = self._clock()
        outcome: Delivered[V] = Delivered()
        refusal = await self._respond(Request(scope, receive), send, outcome)
        outcome.milliseconds = (self._clock() - began) * 1000
        if not outcome.started or outcome.codes:
            self._account(outcome)
        self._report(outcome)
        if refusal is not None:
            await refusal(scope, receive, send)

    async def _respond(
        self, request: Request, send: Send, outcome: Delivered[V]
    ) -> Response | None:
        """Sends the file; or gives the refusal to send, if nothing has been sent yet.

        When the rest of a file does not come, the answer is left unfinished: the server then breaks
        the connection off, which is how HTTP says that something is missing (RFC 9112, 8).
        """
        try:
            await self._deliver(request, send, outcome)
            return None
        except ClientDisconnect:
            outcome.status = CLIENT_GONE
            return None
        except TransportError as error:
            refusal = error
        except AuthError as error:
            refusal = denial(error)
        except SourceError as error:
            outcome.error = error
            return self._refused(outcome, error.code, _of_source(error))
        except Exception as error:
            _log.error("download mislukt", exc_info=error)
            refusal = of_status(500)
        return self._refused(outcome, refusal.code.value, error_response(refusal, request.scope))

    @staticmethod
    def _refused(outcome: Delivered[V], code: str, refusal: Response) -> Response | None:
        """Notes the refusal; gives it, if it can still be sent."""
        outcome.codes = (code,)
        if outcome.started:
            return None
        outcome.status = refusal.status_code
        return refusal

    async def _deliver(self, request: Request, send: Send, outcome: Delivered[V]) -> None:
        if request.method != "GET":
            message = "Haal het bestand op met GET."
            raise TransportError(Code.METHODE, message, status=405, headers={"Allow": "GET"})
        outcome.visitor = visitor = await self._authenticate(request)
        token = request.path_params["token"]
        work = self._pass_on(visitor, token, send, outcome)
        await while_connected(request.receive, work, leaving_of(request.scope))

    async def _pass_on(self, visitor: V, token: str, send: Send, outcome: Delivered[V]) -> None:
        try:
            async with (
                self._room.place(),
                asyncio.timeout(self._patience.whole),
                self._opened(visitor, token) as delivery,
            ):
                await self._send(delivery, send, outcome)
        except (NoSuchLink, SourceMissing):
            raise TransportError(Code.NIET_GEVONDEN, _NO_LINK, status=404) from None
        except TimeoutError:
            raise TransportError(Code.TE_TRAAG, _TOO_SLOW, status=408) from None

    async def _send(self, delivery: Delivery, send: Send, outcome: Delivered[V]) -> None:
        """Nothing is sent before the first bytes are in: until then a failure can be told."""
        if delivery.streamed.media_type in _PAGES and delivery.content.media_type not in _PAGES:
            # A page to sign in on, or of a proxy in between, and not the document.
            raise SourceFault(delivery.source, "content type")
        chunks = aiter(delivery.streamed.chunks)
        chunk = await anext(chunks, None)
        outcome.cause = delivery.cause
        self._account(outcome)
        outcome.started = True
        await self._hand_over(send, _start(delivery))
        while chunk is not None:
            outcome.size += len(chunk)
            await self._hand_over(send, _body(chunk, more=True))
            chunk = await anext(chunks, None)
        await self._hand_over(send, _body(b"", more=False))

    async def _hand_over(self, send: Send, message: dict[str, Any]) -> None:
        """Returns when the server has room for more, which is when the client took enough."""
        async with asyncio.timeout(self._patience.idle):
            await send(message)


def _of_source(error: SourceError) -> Response:
    status = _STATUSES.get(error.code, 502)
    return problem_response(status, error.code, error.message, _AGAIN if error.retry else None)


def _start(delivery: Delivery) -> dict[str, Any]:
    content, streamed = delivery.content, delivery.streamed
    headers = attachment_headers(content.name, content.media_type)
    if streamed.length is not None:
        headers["Content-Length"] = str(streamed.length)
    written = [(k.lower().encode("ascii"), v.encode("ascii")) for k, v in headers.items()]
    return {"type": "http.response.start", "status": 200, "headers": written}


def _body(chunk: bytes, *, more: bool) -> dict[str, Any]:
    return {"type": "http.response.body", "body": chunk, "more_body": more}
