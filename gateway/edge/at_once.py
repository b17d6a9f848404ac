"""Answers requests of which the head came before (per request).

What such a head says is known (`gateway.edge.heads`), so a request with it needs no scope and no
messages; and where the answer is ready, or under way for the same caller, no task either. Our own
server asks here first; whatever else it may be goes the ordinary way, as with any server.

What is answered in one turn of the loop is reported together, and leaves after that.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final, Generic, NamedTuple, Protocol, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from gateway.edge.body import parse_json
from gateway.edge.endpoint import (
    CLIENT_GONE,
    Answered,
    Answers,
    Handled,
    unexpected_refusal,
    written_answer,
)
from gateway.edge.errors import TransportError, graphql_error
from gateway.edge.head import Head
from gateway.edge.headers import Header
from gateway.edge.heads import SIGHTED, Heads, Known, Standing, may_be_known
from gateway.edge.question import to_question
from gateway.edge.room import Room
from gateway.operation.answer import Question

C = TypeVar("C")
A = TypeVar("A", bound=Answered)
AT_ONCE: Final = "bronpoort.meteen"
"""In the state of the lifespan: the AtOnce of the application."""

_BARE: Final[Mapping[str, str]] = {}
"""What headers ask of the question: nothing, or the head would not be known."""

_log = logging.getLogger(__name__)


class Reply(NamedTuple):
    """An answer as HTTP has it, but for the headers of a server."""

    status: int
    headers: Sequence[Header]
    body: bytes


class Turn(Protocol):
    """Whose turn it is on a connection."""

    def begun(self, task: asyncio.Task[None]) -> None:
        """It has a task, which the server is to wait for before it stops."""
        ...

    def send(self, reply: Reply | None) -> None:
        """The answer, or None: there will be none."""
        ...


class Leaves(Protocol):
    """Whose client goes."""

    def leave(self) -> None:
        """Nobody waits any more."""
        ...


class AtOnce(Generic[C, A]):
    """`standing` tells who sent a request that was let in, for others with the same head; None if
    each must be looked at. `room` is for what is carried out. `report` is called with what was
    answered, before it is sent. While `draining` nothing should be taken; `fixed` are the headers
    of every answer.
    """

    def __init__(
        self,
        operations: Answers[C, A],
        room: Room,
        standing: Callable[[Request], Awaitable[Standing[C] | None]],
        report: Callable[[Sequence[Handled[C, A]]], None],
        draining: Callable[[], bool],
        fixed: Sequence[Header],
        *,
        body_bytes: int = 1_000_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.heads: Heads[C] = Heads()
        self.operations = operations
        self.room = room
        self.clock = clock
        self.draining = draining
        self._fixed = fixed
        self._standing = standing
        self._report = report
        self._body_bytes = body_bytes
        self._out: list[tuple[Turn, Response | None, Handled[C, A]]] = []

    async def remember(self, request: Request, media_type: str) -> None:
        """The head of a request that was let in and may have its answer in that media type, where
        our server told that it could be known.
        """
        sighting = request.scope.get("state", {}).get(SIGHTED)
        headers = request.headers
        if sighting is None or not isinstance(headers, Head):
            return
        if may_be_known(headers, sighting, request.scope["http_version"]):
            standing = await self._standing(request)
            if standing is not None:
                self.heads.remember(sighting.mark, Known(media_type, standing))

    def take(self, mark: bytes, traceparent: str | None, body: bytes, turn: Turn) -> Leaves | None:
        """Answer what came with the head of this mark: `turn` is told, and what is given back is
        told if the client goes before that. None: nothing was done, and the request must go the
        ordinary way.

        What is ready or under way takes no place among what is carried out.
        """
        known = self.heads.find(mark)
        if known is None or not known.standing.holds() or len(body) > self._body_bytes:
            return None
        asked = _Asked(self, known, traceparent, self.operations.mark(body), turn)
        if not asked.found():
            asked.carry_out(body)
        return asked

    def gave_place(self, _: asyncio.Task[None]) -> None:
        """Something that was carried out has ended."""
        self.room.give()

    def put(self, turn: Turn, response: Response | None, handled: Handled[C, A]) -> None:
        """Report this and send it, before the loop waits again."""
        if not self._out:
            asyncio.get_running_loop().call_soon(self._flush)
        self._out.append((turn, response, handled))

    def _flush(self) -> None:
        out, self._out = self._out, []
        try:
            self._report([handled for _, _, handled in out])
        except Exception as error:
            _log.error("verzoek mislukt", exc_info=error)
            out = [(turn, None, handled) for turn, _, handled in out]
        for turn, response, _ in out:
            try:
                turn.send(None if response is None else self._reply(response))
            except Exception as error:  # one connection is not another
                _log.error("verzoek mislukt", exc_info=error)

    def _reply(self, response: Response) -> Reply:
        """With what every answer carries; what answers a question has none of that itself."""
        headers = [*response.raw_headers, *self._fixed]
        return Reply(response.status_code, headers, bytes(response.body))


class _Asked(Generic[C, A]):
    """One such request."""

    __slots__ = (
        "_at_once",
        "_caller",
        "_known",
        "_leave",
        "_over",
        "_started",
        "_task",
        "_traceparent",
        "_turn",
        "mark",
    )

    def __init__(
        self,
        at_once: AtOnce[C, A],
        known: Known[C],
        traceparent: str | None,
        mark: bytes,
        turn: Turn,
    ) -> None:
        self._at_once = at_once
        self._known = known
        self._traceparent = traceparent
        self._turn = turn
        self._caller: C | None = None
        self._leave: Callable[[], None] | None = None
        self._task: asyncio.Task[None] | None = None
        self._over = False
        self._started = at_once.clock()
        self.mark = mark

    def found(self) -> bool:
        """Whether the answer is there, or coming."""
        operations, caller = self._at_once.operations, self._known.standing.caller
        answer = operations.ready(self.mark, caller)
        if answer is not None:
            self._told(answer, None)
            return True
        self._leave = operations.listen(self.mark, caller, self._itself, self._told)
        return self._leave is not None

    def carry_out(self, body: bytes) -> None:
        """It ends when the client goes."""
        try:
            question = to_question(parse_json(body), _BARE, self.mark)
            begun = self._begun(question)
        except Exception as error:
            self._told(None, error)
            return
        if not begun:
            self._task = asyncio.get_running_loop().create_task(self._carried_out(question))
            self._turn.begun(self._task)

    def _begun(self, question: Question) -> bool:
        """Whether it was answered, or began in no other task than its own, as nearly all do."""
        at_once, begun = self._at_once, None
        if not at_once.room.take():
            return False
        try:
            begun = at_once.operations.begin(question, self._itself(), self._told)
        finally:
            if begun is None or begun.task is None:
                at_once.room.give()
        if begun is None:
            return self._over
        self._leave = begun.leave
        if begun.task is not None:
            begun.task.add_done_callback(at_once.gave_place)
            self._turn.begun(begun.task)
        return True

    async def _carried_out(self, question: Question) -> None:
        try:
            async with self._at_once.room.place():
                answer = await self._at_once.operations.answer(question, self._itself())
        except asyncio.CancelledError:
            self._told(None, None)
            raise
        except Exception as error:
            self._told(None, error)
        else:
            self._told(answer, None)

    def leave(self) -> None:
        """The client has gone."""
        if self._task is not None:
            self._task.cancel()
        elif self._leave is not None:
            self._leave()
        self._told(None, None)  # here: a task that is cancelled before it began never would

    def _itself(self) -> C:
        """The caller of this very request."""
        if self._caller is None:
            self._caller = self._known.standing.again(self._traceparent)
        return self._caller

    def _told(self, answer: A | None, error: BaseException | None) -> None:
        """What is to be sent; neither where nothing is. Never raises: there are others to tell.
        Once: what it is told after that is nothing.
        """
        if self._over:
            return
        self._over, self._leave = True, None  # what it leaves holds this one, and this one it
        response, codes = self._response(answer, error)
        standing = self._known.standing
        actor = None if self._caller is not None else standing.actor(self._traceparent)
        milliseconds = (self._at_once.clock() - self._started) * 1000
        status = CLIENT_GONE if response is None else response.status_code
        caller = self._caller or standing.caller
        handled = Handled(status, milliseconds, codes, None, caller, answer, None, actor)
        self._at_once.put(self._turn, response, handled)

    def _response(
        self, answer: A | None, error: BaseException | None
    ) -> tuple[Response | None, Sequence[str]]:
        media_type = self._known.media_type
        try:
            if answer is not None:
                return written_answer(answer, media_type), tuple(answer.codes)
        except Exception as unwritten:
            error = unwritten
        if error is None:
            return None, ()
        refusal = error if isinstance(error, TransportError) else unexpected_refusal(error)
        return graphql_error(refusal, media_type), (refusal.code.value,)
