"""Whether Open Product answers as the municipality's file says (process): `bronpoort check`.

Nobody is asked for: products of a burgerservicenummer that fails the elfproef, which nobody has. A
source that has some passes that filter over, and would give what everybody has. Producttypen are
public.
"""

from gateway.source.errors import SourceMissing
from gateway.source.source import Source
from resolvers.zgw.paging import Envelope

NOBODYS = {"eigenaren__bsn": "000000000"}
NO_PRODUCTEN = "hier staat geen `producten`; laat `address` eindigen op .../producten/api/v1"
IGNORES = (
    "slaat de vraag over van wie een product is (`eigenaren__bsn`) en geeft die van iedereen: "
    "dit is geen Producten API 1.7"
)
NO_TYPEN = "hier staat geen `producttypen`; laat `address` eindigen op .../producttypen/api/v1"


async def producten(source: Source) -> list[str]:
    """What is wrong with this source, in Dutch; raises SourceError if it does not answer."""
    try:
        found = await source.get("producten", params=NOBODYS)
    except SourceMissing:
        return [NO_PRODUCTEN]
    return [IGNORES] if Envelope.of(source, found).items else []


async def producttypen(source: Source) -> list[str]:
    """What is wrong with this source, in Dutch; raises SourceError if it does not answer."""
    try:
        found = await source.get("producttypen", params={"page_size": "1"})
    except SourceMissing:
        return [NO_TYPEN]
    Envelope.of(source, found)
    return []
