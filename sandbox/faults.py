"""Makes a registry of the sandbox slow or broken on request, and counts its calls; operation phase.

`Faults` is the switchboard, shared by tests (as an object) and by ``/_sandbox`` (over HTTP).
`Faulty` wraps the app of one registry.
"""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import anyio
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FAULTS = ("500", "timeout", "garbage", "401", "drop", "429")
PROBLEM = "application/problem+json"
GARBAGE = b'{"onvolledig": ['
STATUSES = {
    "500": (500, "serverError", "Interne server fout."),
    "401": (401, "authentication", "Niet correct geauthenticeerd."),
    "429": (429, "tooManyRequests", "Too many request"),
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is the matter with one registry: extra milliseconds, and a fault from `FAULTS` or
    None.
    """

    latency_ms: int = 0
    fault: str | None = None


class UnknownTroubleError(ValueError):
    """A registry, a fault or a latency that the sandbox does not know; the message says which."""


class BrokenOffError(Exception):
    """Ends an answer halfway, as was asked for: nothing is wrong with the sandbox."""


@dataclass(slots=True)
class Faults:
    """The troubles of every registry, and how many calls each has had."""

    sources: tuple[str, ...] = (
        "bag",
        "brp",
        "brp-bewoning",
        "brp-historie",
        "brp-reisdocumenten",
        "brk",
        "woz",
        "kvk",
        "zaken",
        "catalogi",
        "documenten",
        "besluiten",
        "notificaties",
        "klant",
        "objecten",
        "objecttypen",
        "producten",
        "producttypen",
        "pdok",
        "zaken-sociaal",
        "catalogi-sociaal",
        "documenten-sociaal",
        "besluiten-sociaal",
        "klant-sociaal",
        "producten-sociaal",
        "producttypen-sociaal",
    )
    troubles: dict[str, Trouble] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)

    def set(self, source: str, latency_ms: int = 0, fault: str | None = None) -> None:
        """Puts a registry in trouble, or out of it with the defaults; `UnknownTroubleError` if it
        cannot.
        """
        if source not in self.sources:
            raise UnknownTroubleError(f"onbekende bron; bekend: {', '.join(self.sources)}")
        if fault is not None and fault not in FAULTS:
            raise UnknownTroubleError(f"onbekende fout; bekend: {', '.join(FAULTS)}")
        if not 0 <= latency_ms <= 60_000:
            raise UnknownTroubleError("latency_ms ligt tussen 0 en 60000")
        self.troubles[source] = Trouble(latency_ms, fault)

    def of(self, source: str) -> Trouble:
        """The trouble a registry is in."""
        return self.troubles.get(source, Trouble())

    def reset(self) -> None:
        """No troubles and no calls."""
        self.troubles.clear()
        self.calls.clear()


@dataclass(frozen=True, slots=True)
class Faulty:
    """An app that first suffers the trouble its registry is in. `sleep` takes seconds."""

    app: ASGIApp
    source: str
    faults: Faults
    sleep: Callable[[float], Awaitable[None]] = anyio.sleep

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        self.faults.calls[self.source] += 1
        trouble = self.faults.of(self.source)
        if trouble.latency_ms:
            await self.sleep(trouble.latency_ms / 1000)
        match trouble.fault:
            case None:
                await self.app(scope, receive, send)
            case "timeout":
                await _until_gone(receive)
            case "drop":
                await _break_off(send)
            case "garbage":
                await Response(GARBAGE, media_type="application/json")(scope, receive, send)
            case fault:
                await _refusal(fault)(scope, receive, send)


def _refusal(fault: str) -> Response:
    status, code, title = STATUSES[fault]
    body = f'{{"status":{status},"code":"{code}","title":"{title}"}}'
    headers = {"retry-after": "1"} if status == 429 else None
    return Response(body, status, headers, PROBLEM)


async def _until_gone(receive: Receive) -> None:
    """Never answers: waits until the caller has had enough."""
    message: Message = {"type": "http.request"}
    while message["type"] != "http.disconnect":
        message = await receive()


async def _break_off(send: Send) -> None:
    """Promises more than it sends, and makes the server break the connection off."""
    headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": GARBAGE, "more_body": True})
    raise BrokenOffError
