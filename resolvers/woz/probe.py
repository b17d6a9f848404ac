"""Whether the WOZ answers as the municipality's file says (process): asked by `bronpoort check`.

Nothing here is about a real object: an address that nobody has.
"""

from gateway.source.errors import SourceMissing
from gateway.source.source import Source
from gateway.source.version import named
from resolvers.brk.wire import collection
from resolvers.woz.reads import OBJECTEN, OBJECTS
from resolvers.woz.wire import HAL
from schema.language.links import Capability

NOWHERE = {"nummeraanduidingIdentificatie": "9999209999999999", "fields": "identificatie"}
NO_API = (
    "hier staat geen `wozobjecten`; laat `address` eindigen op het pad van de API, "
    "zoals .../lvwoz/huidigebevragingen/v1"
)


async def woz(source: Source) -> list[str]:
    """What is wrong with this source, in Dutch; raises SourceError if it does not answer."""
    heard: dict[str, str] = {}
    try:
        answer = await source.get(OBJECTEN, params=NOWHERE, headers=HAL, heard=heard)
    except SourceMissing:
        return [NO_API]
    collection(source, answer, OBJECTS)
    return [Capability(named("WOZ bevragen", heard))]
