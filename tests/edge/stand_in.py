"""What stands in for the rest of the gateway in tests of its edge, and the server around it."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from graphql import GraphQLError, parse
from starlette.requests import Request
from starlette.types import ASGIApp

from gateway.auth.errors import Reason, Unauthenticated
from gateway.edge.endpoint import Endpoint, Handled
from gateway.edge.health import Readiness
from gateway.edge.room import Room
from gateway.edge.site import build_site
from gateway.operation.answer import Question
from gateway.operation.errors import Code, RequestError, refused
from gateway.operation.limits import Limits, check_document, check_text

TOKEN = "Bearer goed"
CALLER = "een medewerker"


@dataclass(frozen=True, slots=True)
class Outcome:
    """An operation's outcome."""

    body: Mapping[str, Any]
    request_error: bool = False
    status: int = 400
    ready: bytes | None = None
    retry_after: int | None = None

    @property
    def codes(self) -> Sequence[str]:
        """Of the errors in the body."""
        return [
            error.get("extensions", {}).get("code", "") for error in self.body.get("errors", ())
        ]


Reported = Handled[str, Outcome]
Work = Callable[[Question], Awaitable[Outcome]]


async def authenticate(request: Request) -> str:
    """Knows one token."""
    header = request.headers.get("authorization")
    if header != TOKEN:
        raise Unauthenticated(Reason.MALFORMED if header else Reason.NO_TOKEN)
    return CALLER


async def nothing(_question: Question) -> Outcome:
    """The least that an operation can do."""
    return Outcome({"data": {"__typename": "Query"}})


@dataclass(slots=True)
class Operations:
    """Bounds the question as the gateway does, and then does `work`, which it notes in `asked`."""

    work: Work = nothing
    introspection: bool = False
    asked: list[Question] = field(default_factory=list)
    there: dict[bytes, Outcome] = field(default_factory=dict)
    """What is ready, by body."""

    def mark(self, body: bytes) -> bytes:
        """The body itself."""
        return body

    def ready(self, mark: bytes, caller: str) -> Outcome | None:
        """What is ready for that body."""
        assert caller == CALLER
        return self.there.get(mark)

    def listen(
        self,
        mark: bytes,
        caller: str,
        itself: Callable[[], str],
        told: Callable[[Outcome | None, BaseException | None], None],
    ) -> Callable[[], None] | None:
        """Nothing is ever under way here."""
        return None

    def begin(
        self,
        question: Question,
        caller: str,
        told: Callable[[Outcome | None, BaseException | None], None],
    ) -> None:
        """All of it may have to wait here."""

    async def answer(self, question: Question, caller: str) -> Outcome:
        """What the work gives, or the refusal of the question."""
        assert caller == CALLER
        try:
            check_text(question.query, Limits())
            document = parse(question.query)
            check_document(document, Limits(), introspection=self.introspection)
        except RequestError as error:
            return Outcome(refused([error]), request_error=True)
        except GraphQLError:
            syntax = RequestError(Code.SYNTAX, "Dit is geen GraphQL.")
            return Outcome(refused([syntax]), request_error=True)
        self.asked.append(question)
        return await self.work(question)


@dataclass(slots=True)
class Site:
    """A whole application around a stand-in, with what it reported."""

    operations: Operations = field(default_factory=Operations)
    room: Room = field(default_factory=lambda: Room(running=10, waiting=10))
    readiness: Readiness = field(default_factory=Readiness)
    body_seconds: float = 10.0
    reports: list[Reported] = field(default_factory=list)

    def app(self) -> ASGIApp:
        """The application."""
        endpoint = Endpoint(
            authenticate,
            self.operations,
            self.room,
            self.reports.append,
            body_seconds=self.body_seconds,
        )
        return build_site(endpoint, self.readiness, "1.2.3")


@asynccontextmanager
async def serving(app: ASGIApp, http: Any = "auto") -> AsyncIterator[str]:
    """Runs uvicorn on a free port of the loopback; gives the address, without a slash."""
    # The protocol is named, or asyncio leaves Nagle's algorithm on: 40 ms for every answer.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        config = uvicorn.Config(
            app, http=http, ws="none", lifespan="off", log_config=None, access_log=False
        )
        server = uvicorn.Server(config)
        running = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await running
