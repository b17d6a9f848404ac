"""Whether the BRK answers as the municipality's file says (process): asked by `bronpoort check`.

Nothing here is about a real object or person: an address that nobody has.
"""

from gateway.source.errors import SourceMissing
from gateway.source.source import Source
from gateway.source.version import named
from resolvers.brk.reads import ZAKEN
from resolvers.brk.wire import HAL_RD, collection
from schema.language.links import Capability

NOWHERE = {"nummeraanduidingIdentificatie": "9999209999999999", "fields": "identificatie"}
NO_API = (
    "hier staat geen `kadastraalonroerendezaken`; laat `address` eindigen op het pad van de API, "
    "zoals .../bevragen/v2"
)


async def brk(source: Source) -> list[str]:
    """What is wrong with this source, in Dutch; raises SourceError if it does not answer."""
    heard: dict[str, str] = {}
    try:
        answer = await source.get(ZAKEN, params=NOWHERE, headers=HAL_RD, heard=heard)
    except SourceMissing:
        return [NO_API]
    collection(source, answer, "kadastraalOnroerendeZaken")
    return [Capability(named("BRK bevragen", heard))]
