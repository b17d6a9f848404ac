"""Whether Objecten and Objecttypen answer as the file says (process): asked by `bronpoort check`.

Of each objecttype that is published the objects with a property that nobody has: none. A source
that gives some ignores filters; one that does not know the type says so. From 4.0 the objecttypes
stand beside the objects: that tells the two generations apart, and no personal data is in it.
"""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from gateway.source.errors import ConfigurationMissing, SourceFault, SourceMissing
from gateway.source.source import Source
from gateway.source.version import named
from resolvers.objecten.reads import CRS, objecttype_url, uuid_flag
from resolvers.zgw.paging import Envelope
from schema.language.links import Advice, Capability
from schema.objecten import Objecttype

NOBODY_HAS = "bronpoortcontrole__exact__geen"
REFUSED = 400
FORBIDDEN = (401, 403)

NO_API = (
    "hier staat geen `objects`; laat `address` eindigen op het pad van de API, zoals .../api/v2"
)
NO_TYPES = (
    "hier staat geen `objecttypes`; laat `address` eindigen op het pad van de API, zoals .../api/v2"
)
IGNORES = "negeert filters op eigenschappen; de gateway weigert dan elk antwoord erop"
ELSEWHERE = (
    "is van voor 4.0: de objecttypen staan ergens anders; zet in `dialect.objecttypen_url` "
    "het adres van de Objecttypen API zoals objecten het schrijven"
)
HERE = "is van 4.0 of later: de objecttypen staan ernaast; `dialect.objecttypen_url` kan weg"
MAY_REFUSE = (
    "is van voor 4.0 en kan een vraag weigeren om een veld dat een object niet heeft; zet "
    "`dialect.veldselectie` op false als er objecten ontbreken"
)

Probe = Callable[[Source], Coroutine[Any, Any, list[str]]]


def objecten(objecttypes: Sequence[Objecttype]) -> Probe:
    """The probe of the source with objects, for these types."""

    async def probe(source: Source) -> list[str]:
        """What this source is and what is wrong or could be better, in Dutch; raises SourceError if
        it does not answer.
        """
        heard: dict[str, str] = {}
        asked = [each for each in objecttypes if _has(source, each)]
        if objecttypes and not asked:
            return []
        found = [text for each in asked for text in await _of_type(source, each, heard)]
        wrong = list(dict.fromkeys(found if asked else await _reachable(source, heard)))
        if NO_API in wrong:
            return [NO_API]
        beside = await _types_beside(source)
        return [*wrong, *_in_flags(source, beside), _generation(beside, heard)]

    return probe


async def objecttypen(source: Source) -> list[str]:
    """What is wrong with this source, in Dutch; raises SourceError if it does not answer."""
    heard: dict[str, str] = {}
    try:
        found = await source.get("objecttypes", params={"pageSize": "1"}, heard=heard)
    except SourceMissing:
        return [NO_TYPES]
    Envelope.of(source, found)
    return [Capability(named("Objecttypes API", heard))]


async def _reachable(source: Source, heard: dict[str, str]) -> list[str]:
    try:
        await source.get("permissions", params={"pageSize": "1"}, heard=heard)
    except SourceMissing:
        return [NO_API]
    return []


async def _types_beside(source: Source) -> bool:
    """Whether objecttypes stand beside the objects, also where we may not see them."""
    try:
        await source.get("objecttypes", params={"pageSize": "1"})
    except SourceMissing:
        return False
    except SourceFault as fault:
        if fault.status not in FORBIDDEN:
            raise
    return True


def _has(source: Source, objecttype: Objecttype) -> bool:
    """Whether this municipality has such objects."""
    try:
        objecttype_url(source, objecttype)
    except ConfigurationMissing:
        return False
    return True


def _in_flags(source: Source, beside: bool) -> list[str]:
    told = "objecttypen_url" in source.dialect
    if beside:
        return [Advice(HERE)] if told else []
    wrong: list[str] = [] if told else [ELSEWHERE]
    return [*wrong, Advice(MAY_REFUSE)] if source.flag("veldselectie", True) else wrong


def _generation(beside: bool, heard: dict[str, str]) -> Capability:
    kind = "4.0 of later, objecttypen ernaast" if beside else "van voor 4.0, zonder objecttypen"
    return Capability(f"{named('Objects API', heard)} ({kind})")


async def _of_type(source: Source, objecttype: Objecttype, heard: dict[str, str]) -> list[str]:
    url = objecttype_url(source, objecttype)
    params = {"type": url, "data_attr": NOBODY_HAS, "pageSize": "1", "fields": "uuid"}
    try:
        answer = await source.get("objects", params=params, headers=CRS, heard=heard)
    except SourceMissing:
        return [NO_API]
    except SourceFault as fault:
        if fault.status != REFUSED:
            raise
        return [_unknown(objecttype)]
    return [IGNORES] if Envelope.of(source, answer).count else []


def _unknown(objecttype: Objecttype) -> str:
    return (
        f"kent het objecttype {objecttype.name} niet; kijk `uuid` na in "
        f"objecttypen/{objecttype.name}.toml, of `dialect.{uuid_flag(objecttype.name)}` en "
        "`dialect.objecttypen_url` hier"
    )
