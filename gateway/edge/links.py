"""Sealed links, from the field that shows one to the bytes behind it (operation, per request).

The field's link is made while an answer is completed (`seal_for`). Whoever comes with it must show
a token of their own, be the caller that it was made for, and still hold the label of the field.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.routing import Route

from gateway.auth.person_ref import PersonRefs
from gateway.auth.principal import Principal
from gateway.auth.seal import Seals
from gateway.edge.download import Delivered, Delivery, Downloads, NoSuchLink, Patience
from gateway.edge.room import Room
from gateway.operation.answer import Caller
from gateway.operation.seal import PERSON, Seal
from gateway.source.deeds import Deed
from gateway.source.errors import NotRecorded, SourceError
from gateway.source.ledger import Ledger
from gateway.source.stream import Bounds, Stream
from schema.language.content import Content

ACTIVITY = "raadplegen"
"""What a download is to a source: its purpose headers are those of reading one thing."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who comes with a link: as their token says, and what they may see and ask."""

    principal: Principal
    caller: Caller


@dataclass(frozen=True, slots=True)
class Links:
    """The links of one gateway: `streams` by the name that is also the first part of a link."""

    seals: Seals
    persons: PersonRefs
    streams: Mapping[str, Stream]
    bounds: Bounds

    def seal_for(self, principal: Principal) -> Seal:
        """Makes the links of one caller: paths, since the client knows where the gateway is; and
        their references to persons.
        """

        def seal(stream: str, label: str, content: Content) -> str | None:
            if stream == PERSON:
                return self.persons.seal(principal, content.key[0])
            return f"/{stream}/{self.seals.seal(principal, stream, label, content)}"

        return seal

    @asynccontextmanager
    async def opened(self, stream: str, visitor: Visitor, token: str) -> AsyncIterator[Delivery]:
        """The bytes of a link, while they come in; NoSuchLink or a SourceError."""
        caller = visitor.caller
        found = self.seals.open(visitor.principal, stream, token)
        if found is None or found.label not in caller.labels:
            raise NoSuchLink
        known = self.streams[stream]
        name = found.content.source or caller.directory.names(known.source)[0]
        recorder = caller.recorder
        if not recorder.ready:
            raise NotRecorded(name)
        source, began = caller.open(Ledger())(name, ACTIVITY), recorder.now()

        async def record(ok: bool) -> None:
            deed = Deed(f"{known.source}.{stream}", name, source.span, began, recorder.now(), ok)
            await recorder.write([deed])

        async with AsyncExitStack() as stack:
            call = known.call(source, self.bounds, *found.content.key)
            try:
                streamed = await stack.enter_async_context(call)
            except SourceError:
                await record(False)
                raise
            await record(True)
            yield Delivery(name, found.content, streamed)

    def routes(
        self,
        authenticate: Callable[[Request], Awaitable[Visitor]],
        room: Room,
        report: Callable[[Delivered[Visitor]], None],
        patience: Patience,
    ) -> list[Route]:
        """An address for every stream; they share one room."""
        return [
            Route(
                f"/{name}/{{token}}",
                Downloads(authenticate, self._opening(name), room, report, patience),
            )
            for name in self.streams
        ]

    def _opening(
        self, stream: str
    ) -> Callable[[Visitor, str], AbstractAsyncContextManager[Delivery]]:
        return partial(self.opened, stream)
