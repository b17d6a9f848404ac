"""What carries a subscription, whatever it is sent over: who, how long, what is sent (operation).

A subscription is answered at once, and anew after each change of what it follows, every time as who
asks is then: the token is verified again, with the configuration of that moment. Changes that come
while it is answered or sent make one answer more, so nothing piles up for whoever reads slowly.
"""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, NoReturn

from gateway.auth.errors import AuthError, Reason
from gateway.edge.authorize import Credentials
from gateway.edge.endpoint import Handled
from gateway.edge.errors import TransportError
from gateway.edge.room import Room
from gateway.operation.answer import Answer, Caller, Operations, Question
from gateway.operation.changes import Changes
from gateway.operation.errors import Code, RequestError, refused
from gateway.operation.written import written
from gateway.source.surroundings import Surroundings

PAUSE: Final = 0.2
"""Seconds between a change and asking for it: sources tell of one action in several messages."""
LOOK: Final = 30.0
"""Seconds after which a token is looked at again, if it does not expire before that."""
_LEAST: Final = 1.0
_PATIENCE: Final = 2.0
_NOTHING: Final = "Dit is er niet of niet meer, of u mag het niet zien."


class Ending(Enum):
    """Why a connection ends though nobody at the other side asked for it."""

    EXPIRED = "token"
    """The token has expired, or the configuration no longer lets its holder in."""
    LEAVING = "drain"
    """The process is going to stop."""
    SLOW = "slow"
    """The client does not take what is sent."""


class Ended(Exception):  # noqa: N818  # it says what is the case
    """A connection has come to its end."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(ending.value)
        self.ending = ending


@dataclass(frozen=True, slots=True)
class Admitted:
    """Who a token says to be, by the configuration of now; `expires` in seconds since 1970."""

    caller: Caller
    expires: float

    @property
    def who(self) -> tuple[str, str]:
        """The principal, for counting what they have open."""
        return self.caller.scope.tenant, self.caller.scope.principal


@dataclass(frozen=True, slots=True)
class Shown:
    """One message of a subscription: a response body. With one that is `refused`, which has errors
    and no `data`, the subscription ends.
    """

    body: Mapping[str, Any]
    refused: bool
    ready: bytes | None = None
    """The body as JSON, where it has been written already."""

    @property
    def written(self) -> bytes:
        """The body as JSON."""
        return self.ready or written(self.body)

    def as_last(self) -> "Shown":
        """The same, where nothing is waited for."""
        return self if self.refused else Shown({"errors": self.body["errors"]}, refused=True)

    @property
    def is_there(self) -> bool:
        """Whether what is followed is in it."""
        return any(value is not None for value in (self.body.get("data") or {}).values())


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many connections there may be, all together and of one principal, how many subscriptions
    one of them may have, and how many seconds a message may take to be taken.
    """

    connections: int = 1_000
    per_principal: int = 20
    subscriptions: int = 20
    idle: float = 10.0


Admit = Callable[[Credentials], Awaitable[Admitted]]
"""Verifies what a client shows of itself; raises AuthError."""


class Following:
    """The subscriptions of one process."""

    def __init__(
        self,
        admit: Admit,
        operations: Operations,
        changes: Changes,
        room: Room,
        report: Callable[[Handled[Caller, Answer]], None],
        allowance: Allowance,
        surroundings: Surroundings,
        *,
        pause: float = PAUSE,
    ) -> None:
        """`room` is for their answers: who waits in it keeps no other question from its turn."""
        self.allowance = allowance
        self._admit = admit
        self._operations = operations
        self._changes = changes
        self._room = room
        self._report = report
        self._around = surroundings
        self._pause = pause
        self._connections = 0
        self._held: Counter[tuple[str, str]] = Counter()
        self._leaving = asyncio.Event()
        self._empty = asyncio.Event()
        self._empty.set()

    # ---- connections --------------------------------------------------------------------------

    @property
    def connections(self) -> int:
        """How many there are now."""
        return self._connections

    @contextmanager
    def connection(self) -> Iterator[None]:
        """Holds a place for a connection. Raises TransportError (503) if there is none."""
        if self._leaving.is_set() or self._connections >= self.allowance.connections:
            message = "Er zijn nu te veel abonnementen. Probeer het over enkele seconden opnieuw."
            again = {"Retry-After": "5"}
            raise TransportError(Code.DRUKTE, message, status=503, headers=again)
        self._connections += 1
        self._empty.clear()
        try:
            yield
        finally:
            self._connections -= 1
            if not self._connections:
                self._empty.set()

    @contextmanager
    def held_by(self, who: tuple[str, str]) -> Iterator[None]:
        """Counts a connection as this principal's. Raises TransportError (429) if that is one too
        many.
        """
        if self._held[who] >= self.allowance.per_principal:
            message = "U heeft te veel verbindingen open. Sluit er eerst een."
            raise TransportError(Code.LIMIET, message, status=429)
        self._held[who] += 1
        try:
            yield
        finally:
            self._held[who] -= 1
            if not self._held[who]:
                del self._held[who]

    async def goodbye(self) -> None:
        """Ends every connection and takes no more; returns when they have ended, or soon."""
        self._leaving.set()
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._empty.wait()
        except TimeoutError:
            return

    async def until_leaving(self) -> NoReturn:
        """Raises Ended when the process is going to stop."""
        await self._leaving.wait()
        raise Ended(Ending.LEAVING)

    async def until_expired(self, shown: Credentials) -> NoReturn:
        """Raises Ended when this token is no longer good."""
        while True:
            admitted = await self._still(shown)
            left = admitted.expires - self._around.now()
            await self._around.sleep(max(_LEAST, min(LOOK, left)))

    async def admitted(self, shown: Credentials) -> Admitted:
        """Who comes. Raises AuthError, which has been reported then."""
        try:
            return await self._admit(shown)
        except AuthError as error:
            self.refused(error.status, error.code, error.reason)
            raise

    async def hand_over(self, sending: Awaitable[None]) -> None:
        """Sends one message. Raises Ended when the client does not take it."""
        try:
            async with asyncio.timeout(self.allowance.idle):
                await sending
        except TimeoutError:
            raise Ended(Ending.SLOW) from None

    def refused(self, status: int, code: str, reason: Reason | None = None) -> None:
        """Reports a connection that is not taken."""
        self._report(Handled(status, 0.0, (code,), None, None, None, reason))

    # ---- one subscription -----------------------------------------------------------------------

    async def messages(
        self, question: Question, credentials: Credentials
    ) -> AsyncGenerator[Shown, None]:
        """What is to be sent: what the question shows now, and again after each change.

        Who sees only what is their own follows nothing that they were not shown at once, whatever
        the reason: that something changed would tell of what is another's.

        Raises Ended when the token is no longer good. To be closed when it is not read to its end.
        """
        caller = (await self._still(credentials)).caller
        part = self._operations.followed(question, caller)
        if isinstance(part, Answer):
            self._reported(question, caller, part, time.monotonic())
            yield Shown(part.body, refused=True)
            return
        may_wait = not caller.closed
        with self._changes.followed(caller.scope.tenant, part) as changed:
            while True:
                shown = _shown(await self._answer(question, caller))
                may_wait |= shown.is_there
                yield shown if may_wait else shown.as_last()
                if shown.refused or not may_wait:
                    return
                await changed.heard()
                await self._around.sleep(self._pause)
                changed.silence()
                caller = (await self._still(credentials)).caller

    async def _still(self, shown: Credentials) -> Admitted:
        try:
            return await self._admit(shown)
        except AuthError as error:
            raise Ended(Ending.EXPIRED) from error

    async def _answer(self, question: Question, caller: Caller) -> Answer:
        async with self._room.place():
            began = time.monotonic()
            answer = await self._operations.shown(question, caller)
        self._reported(question, caller, answer, began)
        return answer

    def _reported(self, question: Question, caller: Caller, answer: Answer, began: float) -> None:
        milliseconds = (time.monotonic() - began) * 1000
        status = answer.status if answer.request_error else 200
        self._report(Handled(status, milliseconds, answer.codes, question, caller, answer))


def _shown(answer: Answer) -> Shown:
    """An answer as a message. What is not there and what may not be seen end it alike; a source
    that does not answer now does not.
    """
    if answer.request_error:
        return Shown(answer.body, refused=True)
    shown = Shown(answer.body, refused=False, ready=answer.ready)
    later = any(error["extensions"].get("opnieuw") for error in answer.body.get("errors", ()))
    if shown.is_there or later:
        return shown
    return Shown(refused([RequestError(Code.NIET_GEVONDEN, _NOTHING)]), refused=True)
