"""What an operator does with what is kept (process): `bronpoort cache show` and `cache erase`.

Both work on what all processes keep together, in Redis. A process without Redis keeps its answers
in its own memory, where nobody else comes; stopping it erases them.
"""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from gateway.configuration import Configuration
from gateway.kept import make_cache
from gateway.notifying import kinds
from gateway.settings import CacheSettings
from gateway.source.cache import Cache, Shown
from gateway.source.faults import failures
from gateway.source.keeping import DropIncomplete
from gateway.source.surroundings import Surroundings
from gateway.source.tags import EVERYONE, Tag, of_person, of_source, of_tenant

_COLUMNS = ("gemeente", "bron", "gegevens", "aantal", "bytes", "oudste")
_DIGITS = 9
_SHARED = "allen"
"""How the pseudo municipality is shown of what everybody shares."""


class UpkeepError(Exception):
    """Why it could not be done, in Dutch; names nobody."""


NO_REDIS = (
    "Er is geen Redis ingesteld (BRONPOORT_CACHE__REDIS_URL): elk proces bewaart dan zijn eigen "
    "antwoorden, en wie een proces herstart, wist ze."
)
NOT_THERE = "Redis is niet bereikbaar; probeer het opnieuw."
INCOMPLETE = "Niet zeker is dat alles gewist is, want Redis antwoordt niet; doe het opnieuw."
NO_BSN = "Op standaardinvoer hoort één burgerservicenummer, van negen cijfers."
UNKNOWN = "Geen enkele gemeente heeft deze bron; kies met --bron uit: {names}."


@dataclass(frozen=True, slots=True, repr=False)
class Choice:
    """What is to be erased: what all that are given have in common."""

    tenant: str | None = None
    source: str | None = None
    bsn: str | None = None


async def show(settings: CacheSettings, configuration: Configuration) -> Sequence[Shown]:
    """What is kept, per municipality, source and class. Raises UpkeepError."""
    sources: dict[str, list[str]] = {
        code: list(tenant.sources) for code, tenant in configuration.tenants.items()
    }
    shared = {kind for each in sources.values() for kind in kinds(each).values()}
    async with _opened(settings) as cache:
        try:
            return await cache.show({**sources, EVERYONE: sorted(shared)})
        except failures():
            raise UpkeepError(NOT_THERE) from None


async def erase(settings: CacheSettings, configuration: Configuration, choice: Choice) -> int:
    """Erase it everywhere; how many answers that was outside of processes. Raises UpkeepError."""
    tags = list(_tags(configuration, choice))
    async with _opened(settings) as cache:
        try:
            return (await cache.drop(tags)).entries
        except DropIncomplete:
            raise UpkeepError(INCOMPLETE) from None


def _tags(configuration: Configuration, choice: Choice) -> Iterator[Tag]:
    bsn = None if choice.bsn is None else _checked(choice.bsn)
    chosen = configuration.tenants
    if choice.tenant is not None:
        chosen = {choice.tenant: chosen[choice.tenant]}
    names = {code: _names(tenant.sources, choice.source) for code, tenant in chosen.items()}
    if choice.source is not None and not any(names.values()):
        known = sorted({name for tenant in chosen.values() for name in tenant.sources})
        raise UpkeepError(UNKNOWN.format(names=", ".join(known)))
    for code, of_one in names.items():
        if bsn is not None:
            yield from of_person(code, of_one, bsn)
        elif choice.source is not None:
            yield from (of_source(code, name) for name in of_one)
        else:
            yield of_tenant(code)
    if choice.source is not None and choice.tenant is None and bsn is None:
        yield of_source(EVERYONE, kinds([choice.source])[choice.source])


def _names(sources: Mapping[str, Any], only: str | None) -> list[str]:
    return [name for name in sources if only in (None, name)]


def _checked(bsn: str) -> str:
    if not (len(bsn) == _DIGITS and bsn.isascii() and bsn.isdigit()):
        raise UpkeepError(NO_BSN)
    return bsn


@asynccontextmanager
async def _opened(settings: CacheSettings) -> AsyncIterator[Cache]:
    if settings.redis_url is None:
        raise UpkeepError(NO_REDIS)
    cache = make_cache(settings, Surroundings(), lambda reason: None)
    await cache.open()
    try:
        yield cache
    finally:
        await cache.aclose()


# ---- how it is shown ----------------------------------------------------------------------------


def as_wire(shown: Sequence[Shown]) -> list[Mapping[str, Any]]:
    """For programs: `oudste` in seconds."""
    return [
        {
            "gemeente": _tenant(each),
            "bron": each.source,
            "gegevens": each.data.value,
            "aantal": each.entries,
            "bytes": each.size,
            "oudste": round(each.oldest),
        }
        for each in shown
    ]


def as_table(shown: Sequence[Shown]) -> str:
    """For people: a line for each source and class."""
    if not shown:
        return "Er is niets bewaard."
    rows = [_COLUMNS, *(_row(each) for each in shown)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_COLUMNS))]
    return "\n".join(_line(row, widths) for row in rows)


def _row(each: Shown) -> tuple[str, ...]:
    amounts = (str(each.entries), str(each.size), f"{each.oldest:.0f} s")
    return (_tenant(each), each.source, each.data.value, *amounts)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    """Words to the left, amounts to the right."""
    words = (text.ljust(width) for text, width in zip(row[:3], widths[:3], strict=True))
    amounts = (text.rjust(width) for text, width in zip(row[3:], widths[3:], strict=True))
    return "  ".join((*words, *amounts))


def _tenant(each: Shown) -> str:
    return _SHARED if each.tenant == EVERYONE else each.tenant
