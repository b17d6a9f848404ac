"""The cache of a process, from its settings and the tenants' files (startup)."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from gateway.operation.persons import OwnCount, PersonQuota, Pseudonyms, SharedCount
from gateway.settings import CacheSettings
from gateway.source.bus import Bus
from gateway.source.cache import Cache
from gateway.source.envelope import Envelopes, MasterKey
from gateway.source.keep import DataClass
from gateway.source.policy import Cap, Policy
from gateway.source.shelf import Shelf
from gateway.source.surroundings import Surroundings
from gateway.tenants import Tenant

COUNT_SECONDS: Final = 0.25
"""That counting at Redis may take; then this process counts for itself."""


def policy_of(settings: CacheSettings, tenants: Mapping[str, Tenant]) -> Policy:
    """The table in force."""
    negative, refresh = settings.negative_seconds, settings.refresh_seconds
    caps = {
        DataClass.PERSONAL: Cap(0, 0, 0, negative),
        DataClass.CASE: Cap(settings.case_seconds, 0, settings.case_stale_seconds, negative),
        DataClass.REFERENCE: Cap(
            settings.reference_seconds, refresh, settings.reference_stale_seconds, negative
        ),
        DataClass.OPEN: Cap(settings.open_seconds, refresh, settings.open_stale_seconds, negative),
    }
    personal = {
        code: tenant.personal.seconds
        for code, tenant in tenants.items()
        if tenant.personal is not None
    }
    return Policy(caps, personal)


def make_cache(
    settings: CacheSettings, surroundings: Surroundings, report: Callable[[str], None]
) -> Cache:
    """The cache, to be opened; `report` hears of Redis going (why) and coming (nothing)."""
    if settings.redis_url is None or settings.secret is None:
        return Cache(
            memory_bytes=settings.memory_bytes,
            whole_bytes=settings.whole_bytes,
            surroundings=surroundings,
        )
    from gateway.source.connection import Connection

    url, ca = settings.redis_url.get_secret_value(), settings.redis_ca
    secret = settings.secret.get_secret_value().encode()
    envelopes = Envelopes(
        [MasterKey(key.id, key.secret.get_secret_value().encode()) for key in settings.master_keys]
    )

    def bus(back: Callable[[], None]) -> Bus:
        return Bus(Connection(url, ca), envelopes, secret, surroundings, back)

    return Cache(
        memory_bytes=settings.memory_bytes,
        whole_bytes=settings.whole_bytes,
        surroundings=surroundings,
        secret=secret,
        shelf=Shelf(Connection(url, ca), envelopes, secret, surroundings, report),
        bus=bus,
    )


def person_quota(
    settings: CacheSettings, surroundings: Surroundings
) -> tuple[PersonQuota, Callable[[], Awaitable[None]]]:
    """What counts the persons of a minute: where there is a Redis, of all processes together. Also
    what closes it.
    """
    if settings.redis_url is None or settings.secret is None:
        return OwnCount(surroundings.clock), _nothing
    from gateway.source.connection import Connection

    connection = Connection(settings.redis_url.get_secret_value(), settings.redis_ca)
    secret = settings.secret.get_secret_value().encode()
    own = OwnCount(surroundings.clock)
    shared = SharedCount(connection, Pseudonyms(secret), own, timed=_timed)
    return shared, connection.aclose


async def _timed(asking: Awaitable[Any]) -> Any:
    async with asyncio.timeout(COUNT_SECONDS):
        return await asking


async def _nothing() -> None:
    return


def told(policy: Policy, tenant: Tenant) -> list[str]:
    """How long answers are kept for a municipality, a line for each class of data."""
    return [f"{data.value}: {_told(policy.cap(data, tenant.code))}" for data in DataClass] + (
        [f"reden om persoonsgegevens te bewaren: {tenant.personal.reason}"]
        if tenant.personal is not None
        else []
    )


def _told(cap: Cap) -> str:
    if cap.fresh <= 0:
        return "niet langer dan de vraag duurt"
    parts = [f"{cap.fresh:g} s"]
    if cap.stale_while_revalidate:
        parts.append(f"tijdens verversen {cap.stale_while_revalidate:g} s langer")
    if cap.stale_if_error:
        parts.append(f"als de bron faalt {cap.stale_if_error:g} s langer")
    return ", ".join((*parts, f"niet gevonden {cap.negative:g} s"))
