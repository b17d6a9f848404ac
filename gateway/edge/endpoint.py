"""The GraphQL address: `POST` with JSON, nothing else (per request).

The order is that of what is cheapest to refuse: method, media types, who asks, the body's size, its
JSON, its shape. Only then is the question given to the operation, which bounds and checks its text.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Protocol, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gateway.auth.errors import AuthError, Reason
from gateway.edge.authorize import denial
from gateway.edge.body import parse_json, read_body
from gateway.edge.disconnect import leaving_of, while_connected
from gateway.edge.errors import (
    TransportError,
    error_response,
    json_response,
    of_status,
    ready_response,
)
from gateway.edge.head import Asking
from gateway.edge.negotiate import GRAPHQL_JSON, JSON, answer_type, is_json
from gateway.edge.question import is_bare, to_question
from gateway.edge.room import Room
from gateway.observe.audit import Actor
from gateway.operation.answer import Question
from gateway.operation.errors import Code

CLIENT_GONE: Final = 499
"""The status that a report shows when nobody waited for the answer; it is never sent."""

_log = logging.getLogger(__name__)


class Answered(Protocol):
    """An operation's outcome: the response body, and whether and why the question was refused.

    `status` counts only with `request_error`: the HTTP status that says so. `ready` is the body as
    it is to be sent, where it has been written already; `codes` are those of the errors in it, in
    order. `retry_after` is of a question that was asked too often: in how many seconds it may be.
    """

    @property
    def body(self) -> Mapping[str, Any]: ...

    @property
    def request_error(self) -> bool: ...

    @property
    def status(self) -> int: ...

    @property
    def ready(self) -> bytes | None: ...

    @property
    def codes(self) -> Sequence[str]: ...

    @property
    def retry_after(self) -> int | None: ...


C = TypeVar("C")
C_contra = TypeVar("C_contra", contravariant=True)
A = TypeVar("A", bound=Answered)
A_co = TypeVar("A_co", bound=Answered, covariant=True)


class Begun(Protocol):
    """What is under way for one who is told what comes of it. `task` is its own, if any; `leave`
    ends the waiting.
    """

    @property
    def task(self) -> asyncio.Task[None] | None: ...

    def leave(self) -> None: ...


class Answers(Protocol[C_contra, A_co]):
    """What carries out operations; never raises for what a caller can send.

    `mark` stands for a body, without telling what is in it; `ready` is what there is already for
    the body with that mark, None if it must be read and asked. `listen` has `told` what comes of
    what that very caller asked and is under way, and gives what ends that; None for nothing.
    `begin` has `told` what `answer` would give; None where it was told, or `answer` must be asked.
    `itself` makes the caller of this request, where something must be written down for it.
    """

    def mark(self, body: bytes) -> bytes: ...

    def ready(self, mark: bytes, caller: C_contra) -> A_co | None: ...

    def listen(
        self,
        mark: bytes,
        caller: C_contra,
        itself: Callable[[], C_contra],
        told: Callable[[A_co | None, BaseException | None], None],
    ) -> Callable[[], None] | None: ...

    def begin(
        self,
        question: Question,
        caller: C_contra,
        told: Callable[[A_co | None, BaseException | None], None],
    ) -> Begun | None: ...

    async def answer(self, question: Question, caller: C_contra) -> A_co: ...


@dataclass(slots=True)  # made for every request: frozen it takes three times as long
class Handled(Generic[C, A]):
    """What became of one request, for whoever reports it. What was not reached is None.

    `question` is None as well where the answer was ready before the body was read.
    `status` is the HTTP status, 499 if the client had gone; `codes` are those of the errors in the
    answer, in order; `reason` says why nobody was let in, if so. Read-only.
    """

    status: int
    milliseconds: float
    codes: Sequence[str]
    question: Question | None
    caller: C | None
    answer: A | None
    reason: Reason | None = None
    actor: Actor | None = None
    """Who acts, where the caller is not of this very request."""


@dataclass(slots=True)
class _Progress(Generic[C, A]):
    """How far one request came."""

    question: Question | None = None
    caller: C | None = None
    answer: A | None = None
    reason: Reason | None = None


class Endpoint(Generic[C, A]):
    """An ASGI application for the GraphQL address.

    `authenticate` says who asks, or raises an AuthError or a TransportError; it must not read
    the body. `report` is called once per request, when the answer is known and not yet sent;
    `remember` with each whose head and media type were found good and say nothing unusual.
    `body_bytes` and `body_seconds` bound the body; `clock` gives seconds, from any start.
    """

    def __init__(
        self,
        authenticate: Callable[[Request], Awaitable[C]],
        operations: Answers[C, A],
        room: Room,
        report: Callable[[Handled[C, A]], None],
        *,
        remember: Callable[[Request, str], Awaitable[None]] | None = None,
        body_bytes: int = 1_000_000,
        body_seconds: float = 15.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._authenticate = authenticate
        self._operations = operations
        self._room = room
        self._report = report
        self._body_bytes = body_bytes
        self._body_seconds = body_seconds
        self._clock = clock
        self._remember = remember

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        started = self._clock()
        progress: _Progress[C, A] = _Progress()
        response, codes = await self._respond(Asking(scope, receive), progress)
        milliseconds = (self._clock() - started) * 1000
        self._report(
            Handled(
                response.status_code,
                milliseconds,
                codes,
                progress.question,
                progress.caller,
                progress.answer,
                progress.reason,
            )
        )
        await response(scope, receive, send)

    async def _respond(
        self, request: Request, progress: _Progress[C, A]
    ) -> tuple[Response, Sequence[str]]:
        try:
            return await self._answer(request, progress)
        except ClientDisconnect:
            return Response(status_code=CLIENT_GONE), ()
        except TransportError as error:
            refusal = error
        except AuthError as error:
            progress.reason = error.reason
            refusal = denial(error)
        except Exception as error:
            refusal = unexpected_refusal(error)
        return error_response(refusal, request.scope), (refusal.code.value,)

    async def _answer(
        self, request: Request, progress: _Progress[C, A]
    ) -> tuple[Response, Sequence[str]]:
        media_type = _check_headers(request)
        progress.caller = caller = await self._authenticate(request)
        body = await read_body(request, self._body_bytes, self._body_seconds)
        mark = self._operations.mark(body) if is_bare(request.headers) else None
        if mark is not None and self._remember is not None:
            await self._remember(request, media_type)
        # What is ready waits for nothing: it takes no place, and nobody can be seen to go.
        answer = None if mark is None else self._operations.ready(mark, caller)
        if answer is None:
            progress.question = question = to_question(parse_json(body), request.headers, mark)
            answer = await while_connected(
                request.receive, self._carry_out(question, caller), leaving_of(request.scope)
            )
        progress.answer = answer
        return written_answer(answer, media_type), tuple(answer.codes)

    async def _carry_out(self, question: Question, caller: C) -> A:
        async with self._room.place():
            return await self._operations.answer(question, caller)


def unexpected_refusal(error: BaseException) -> TransportError:
    """What is told of an error that nobody saw coming, which is logged."""
    _log.error("verzoek mislukt", exc_info=error)
    return of_status(500)


def check_question(request: Request) -> None:
    """Refuses what is no question by its method and headers: TransportError, 405 or 415."""
    if request.method != "POST":
        message = "Stel de vraag met POST."
        raise TransportError(Code.METHODE, message, status=405, headers={"Allow": "POST"})
    headers = request.headers
    if not is_json(headers.getlist("content-type")):
        message = "Stuur de vraag als application/json in UTF-8."
        raise TransportError(Code.MEDIATYPE, message, status=415, headers={"Accept-Post": JSON})
    if "content-encoding" in headers:
        message = "Stuur de vraag zonder Content-Encoding."
        raise TransportError(
            Code.MEDIATYPE, message, status=415, headers={"Accept-Encoding": "identity"}
        )


def _check_headers(request: Request) -> str:
    """The media type to answer in. Raises TransportError: 405, 415 or 406."""
    check_question(request)
    media_type = answer_type(request.headers.getlist("accept"))
    if media_type is None:
        message = f"Het antwoord is er als {GRAPHQL_JSON} of {JSON}."
        raise TransportError(Code.MEDIATYPE, message, status=406)
    return media_type


def written_answer(answer: Answered, media_type: str) -> Response:
    """The answer by its media type: only GraphQL's own tells a refused question by the status.

    GraphQL over HTTP, the sections on status codes per media type. That something was asked too
    often is no fault of the question: its status holds for both.
    """
    if answer.ready is not None:
        return ready_response(answer.ready, 200, media_type)
    often = answer.retry_after is not None
    tells = answer.request_error and (often or media_type == GRAPHQL_JSON)
    headers = {"Retry-After": str(answer.retry_after)} if often else None
    return json_response(answer.body, answer.status if tells else 200, media_type, headers)
