"""Whether Open Product answers as the municipality's file says (process): `bronpoort check`.

Nobody is asked for: products of a burgerservicenummer that fails the elfproef, which nobody has. A
source that has some passes that filter over, and would give what everybody has. Producttypen are
public.
"""

from gateway.source.errors import SourceMissing
from gateway.source.source import Source
from gateway.source.version import named
from resolvers.zgw.paging import Envelope
from schema.language.links import Capability

NOBODYS = {"eigenaren__bsn": "000000000"}
NO_PRODUCTEN = "hier staat geen `producten`; laat `address` eindigen op .../producten/api/v1"
IGNORES = (
    "slaat de vraag over van wie een product is (`eigenaren__bsn`) en geeft die van iedereen: "
    "dit is geen Producten API 1.7"
)
NO_TYPEN = "hier staat geen `producttypen`; laat `address` eindigen op .../producttypen/api/v1"


async def producten(source: Source) -> list[str]:
    """What is wrong with this source, in Dutch; raises SourceError if it does not answer."""
    heard: dict[str, str] = {}
    try:
        found = await source.get("producten", params=NOBODYS, heard=heard)
    except SourceMissing:
        return [NO_PRODUCTEN]
    if Envelope.of(source, found).items:
        return [IGNORES]
    return [Capability(named("Producten API", heard))]


async def producttypen(source: Source) -> list[str]:
    """What is wrong with this source, in Dutch; raises SourceError if it does not answer."""
    heard: dict[str, str] = {}
    try:
        found = await source.get("producttypen", params={"page_size": "1"}, heard=heard)
    except SourceMissing:
        return [NO_TYPEN]
    Envelope.of(source, found)
    return [Capability(named("Producttypen API", heard))]
