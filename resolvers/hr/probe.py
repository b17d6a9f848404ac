"""Whether the Handelsregister answers as the municipality's file says (process): `bronpoort check`.

A search is asked, because those are free, for a KVK-nummer that nobody has. That nothing is found
is the good answer; KVK says so with a 404 and a code of its own.
"""

from gateway.source.errors import SourceMissing
from gateway.source.source import Source
from gateway.source.version import named
from resolvers.hr.calls import HAL, is_own
from resolvers.hr.paging import results_in
from schema.language.links import Capability

NOBODY = {"kvkNummer": "00000000"}

NO_API = (
    "hier staat geen `v2/zoeken`; laat `address` eindigen op het pad waar `/v2/zoeken` en "
    "`/v1/basisprofielen` achter komen, zoals .../api"
)


async def kvk(source: Source) -> list[str]:
    """What is wrong with this source, in Dutch; raises SourceError if it does not answer."""
    heard: dict[str, str] = {}
    try:
        answer = await source.get("v2", "zoeken", params=NOBODY, headers=HAL, heard=heard)
    except SourceMissing as missing:
        if not is_own(missing.problem):
            return [NO_API]
    else:
        results_in(source, answer, NOBODY)
    return [Capability(named("KVK Zoeken", heard))]
