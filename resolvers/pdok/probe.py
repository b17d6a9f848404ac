"""Whether the Locatieserver answers as the file says (process): asked by `bronpoort check`.

The question is for a place that nobody typed: one whose identification does not exist.
"""

from gateway.source.errors import SourceFault, SourceMissing
from gateway.source.source import Source
from gateway.source.version import named
from resolvers.pdok.reads import docs
from schema.language.links import Capability

NOWHERE = "adr-" + 32 * "0"
NO_API = (
    "hier staat geen `lookup`; laat `address` eindigen op het pad van de API, "
    "zoals .../bzk/locatieserver/search/v3_1"
)


async def pdok(source: Source) -> list[str]:
    """What is wrong with this source, in Dutch; raises SourceError if it does not answer."""
    heard: dict[str, str] = {}
    try:
        found = await source.get("lookup", params={"id": NOWHERE, "fl": "id"}, heard=heard)
    except SourceMissing:
        return [NO_API]
    if docs(source, found):
        raise SourceFault(source.name, "a place that is not there")
    return [Capability(named("PDOK Locatieserver", heard))]
