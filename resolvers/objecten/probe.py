"""Whether Objecten and Objecttypen answer as the file says (process): asked by `bronpoort check`.

Of each objecttype that is published the objects with a property that nobody has: none. A source
that gives some ignores filters; one that does not know the type says so.
"""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from gateway.source.errors import ConfigurationMissing, SourceFault, SourceMissing
from gateway.source.source import Source
from resolvers.objecten.reads import CRS, objecttype_url, uuid_flag
from resolvers.zgw.paging import Envelope
from schema.objecten import Objecttype

NOBODY_HAS = "bronpoortcontrole__exact__geen"
REFUSED = 400

NO_API = (
    "hier staat geen `objects`; laat `address` eindigen op het pad van de API, zoals .../api/v2"
)
NO_TYPES = (
    "hier staat geen `objecttypes`; laat `address` eindigen op het pad van de API, zoals .../api/v2"
)
IGNORES = "negeert filters op eigenschappen; de gateway weigert dan elk antwoord erop"

Probe = Callable[[Source], Coroutine[Any, Any, list[str]]]


def objecten(objecttypes: Sequence[Objecttype]) -> Probe:
    """The probe of the source with objects, for these types."""

    async def probe(source: Source) -> list[str]:
        """What is wrong with this source, in Dutch; raises SourceError if it does not answer."""
        if not objecttypes:
            return await _reachable(source)
        found = [text for each in objecttypes for text in await _of_type(source, each)]
        return list(dict.fromkeys(found))

    return probe


async def objecttypen(source: Source) -> list[str]:
    """What is wrong with this source, in Dutch; raises SourceError if it does not answer."""
    try:
        Envelope.of(source, await source.get("objecttypes", params={"pageSize": "1"}))
    except SourceMissing:
        return [NO_TYPES]
    return []


async def _reachable(source: Source) -> list[str]:
    try:
        await source.get("permissions", params={"pageSize": "1"})
    except SourceMissing:
        return [NO_API]
    return []


async def _of_type(source: Source, objecttype: Objecttype) -> list[str]:
    try:
        url = objecttype_url(source, objecttype)
    except ConfigurationMissing:
        return []  # this municipality has no such objects
    params = {"type": url, "data_attr": NOBODY_HAS, "pageSize": "1", "fields": "uuid"}
    try:
        found = Envelope.of(source, await source.get("objects", params=params, headers=CRS))
    except SourceMissing:
        return [NO_API]
    except SourceFault as fault:
        if fault.status != REFUSED:
            raise
        return [_unknown(objecttype)]
    return [IGNORES] if found.count else []


def _unknown(objecttype: Objecttype) -> str:
    return (
        f"kent het objecttype {objecttype.name} niet; kijk `uuid` na in "
        f"objecttypen/{objecttype.name}.toml, of `dialect.{uuid_flag(objecttype.name)}` en "
        "`dialect.objecttypen_url` hier"
    )
