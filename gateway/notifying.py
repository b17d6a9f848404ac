"""Joins notifications with municipalities, registries and the cache (startup, then per request).

A composition root beside `gateway.app`: what a channel makes old is declared by the registries, who
may tell stands in the municipality's file.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import SecretStr

from gateway.configuration import Configuration
from gateway.edge.notifications import Done, Effect, Notifications, Told
from gateway.edge.room import Room
from gateway.observe.log import NotificationEvent, notification_event
from gateway.source.cache import Cache
from gateway.source.directory import parted
from gateway.source.notices import Kanaal, Notice, Notices
from gateway.source.tags import Tag
from resolvers import REGISTRIES

RUNNING, WAITING = 20, 500
"""Messages that are dealt with at once, and that may wait: a sender has its own queue beside."""


@cache
def kanalen() -> Mapping[str, Kanaal]:
    """The channels that concern us, by name."""
    return {name: each for registry in REGISTRIES for name, each in registry.notifications.items()}


def kinds(names: Iterable[str]) -> Mapping[str, str]:
    """The kind of each source by its name: `zaken-sociaal` is one of the kind zaken."""
    known = {kind for registry in REGISTRIES for kind in registry.sources}
    return {name: (parted(name, known) or (name, ""))[0] for name in names}


async def _nobody_waits(tags: frozenset[Tag]) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Notifying:
    """The address for notifications of one gateway; `configuration` gives the one in force,
    `changed` hears of what was dropped, after that.
    """

    configuration: Callable[[], Configuration]
    cache: Cache
    log: Any
    changed: Callable[[frozenset[Tag]], Awaitable[None]] = _nobody_waits

    def routes(self) -> list[Any]:
        """What to add to the site."""
        room = Room(RUNNING, WAITING)
        return [
            Notifications(self._knows, self._secret, self._carry_out, room, self._report).route()
        ]

    def _knows(self, code: str) -> bool:
        return code in self.configuration().tenants

    def _secret(self, code: str) -> SecretStr | None:
        tenant = self.configuration().tenants.get(code)
        return None if tenant is None else tenant.notifications

    async def _carry_out(self, code: str, notice: Notice) -> Done:
        sources = self.configuration().tenants[code].sources
        notices = Notices(code, sources, kinds(sources), kanalen())
        if not notices.knows(notice.kanaal):
            return Done(Effect.ONBEKEND_KANAAL)
        tags = notices.tags(notice)
        if not tags:
            return Done(Effect.ONBEKEND_ADRES)
        dropped = await self.cache.drop(tags)
        await self.changed(tags)
        return Done(Effect.VERVALLEN, dropped.entries)

    def _report(self, told: Told) -> None:
        event = NotificationEvent(
            status=told.status,
            duration_ms=round(told.milliseconds),
            tenant=told.tenant,
            channel=told.kanaal,
            outcome=told.done.effect.value if told.done else None,
            dropped=told.done.dropped if told.done else 0,
            code=told.code,
        )
        notification_event(self.log, event)
