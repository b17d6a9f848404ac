"""Sealed links, from the field that shows one to the bytes behind it (operation, per request).

The field's link is made while an answer is completed (`seal_for`). Whoever comes with it must show
a token of their own, be the caller that it was made for, and still hold the label of the field.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from starlette.requests import Request
from starlette.routing import Route

from gateway.auth.person_ref import PersonRefs
from gateway.auth.principal import Principal
from gateway.auth.seal import Seals
from gateway.edge.download import Delivered, Delivery, Downloads, NoSuchLink, Patience
from gateway.edge.errors import TransportError
from gateway.edge.room import Room
from gateway.operation.answer import Caller
from gateway.operation.complete import PERSON, Seal
from gateway.operation.decision import Refused, Undecided, download_of
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
    fields: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """By stream and label: the field that makes such links, as `Type.field`."""

    def seal_for(self, principal: Principal, trace: str) -> Seal:
        """Makes the links of one caller: paths, since the client knows where the gateway is; and
        their references to persons. `trace` is the id of the question's.
        """

        def seal(stream: str, label: str, content: Content) -> str | None:
            if stream == PERSON:
                return self.persons.seal(principal, content.key[0])
            return f"/{stream}/{self.seals.seal(principal, stream, label, content, trace)}"

        return seal

    @asynccontextmanager
    async def opened(self, stream: str, visitor: Visitor, token: str) -> AsyncIterator[Delivery]:
        """The bytes of a link, while they come in; NoSuchLink or a SourceError."""
        caller = visitor.caller
        found = self.seals.open(visitor.principal, stream, token)
        if found is None or found.label not in caller.labels:
            raise NoSuchLink
        await self._decided(caller, stream, found.label)
        known = self.streams[stream]
        name = found.content.source or caller.directory.names(known.source)[0]
        recorder = caller.recorder
        if not recorder.ready:
            raise NotRecorded(name)
        source, began = caller.open(Ledger())(name, ACTIVITY), recorder.now()
        own = caller.own.bsn if caller.own else None
        subjects = () if own is None else (own,)

        async def record(ok: bool) -> None:
            done = f"{known.source}.{stream}"
            ended = recorder.now()
            await recorder.write([Deed(done, name, source.span, began, ended, ok, subjects)])

        async with AsyncExitStack() as stack:
            call = known.call(source, self.bounds, *found.content.key)
            try:
                streamed = await stack.enter_async_context(call)
            except SourceError:
                await record(False)
                raise
            await record(True)
            yield Delivery(name, found.content, streamed, found.cause)

    async def _decided(self, caller: Caller, stream: str, label: str) -> None:
        """Returns if the decision point lets it be done, or there is none."""
        if caller.decide is None:
            return
        try:
            shown_by = self.fields.get((stream, label), stream)
            await caller.decide(download_of(stream, shown_by, label))
        except Refused:
            raise NoSuchLink from None
        except Undecided as error:
            again = {"Retry-After": str(error.seconds)}
            raise TransportError(
                error.code, error.message, status=error.status, headers=again
            ) from None

    def routes(
        self,
        authenticate: Callable[[Request], Awaitable[Visitor]],
        room: Room,
        account: Callable[[Delivered[Visitor]], None],
        report: Callable[[Delivered[Visitor]], None],
        patience: Patience,
    ) -> list[Route]:
        """An address for every stream; they share one room."""
        return [
            Route(
                f"/{name}/{{token}}",
                Downloads(authenticate, self._opening(name), room, account, report, patience),
            )
            for name in self.streams
        ]

    def _opening(
        self, stream: str
    ) -> Callable[[Visitor, str], AbstractAsyncContextManager[Delivery]]:
        return partial(self.opened, stream)
