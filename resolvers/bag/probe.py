"""Whether the BAG answers as the municipality's file says (process): asked by `bronpoort check`.

Nothing here is about a real address: a postcode and a pand that nobody has. The BAG answers a
search that finds nothing with an empty collection, so 404 says that the address is wrong.
"""

from gateway.source.errors import SourceFault, SourceMissing
from gateway.source.source import Source
from resolvers.bag.paging import embedded
from resolvers.bag.wire import HAL, HAL_RD
from schema.language.links import Advice

NOWHERE = {"postcode": "9999ZZ", "huisnummer": "99999"}
NO_PAND = "9999109999999999"
REFUSED = 400

NO_API = (
    "hier staat geen `adressen`; laat `address` eindigen op het pad van de API, "
    "zoals .../lvbag/individuelebevragingen/v2"
)
NOT_EXTENDED = (
    "uitgebreide adressen kunnen hier niet op pand worden gevraagd (dat kan vanaf versie 2.9); "
    "zet `dialect.uitgebreid_op_pand` op false"
)
EXTENDED = (
    "uitgebreide adressen kunnen hier op pand worden gevraagd, en dat scheelt aanroepen; "
    "zet `dialect.uitgebreid_op_pand` op true"
)


async def bag(source: Source) -> list[str]:
    """What is wrong with this source or could be better, in Dutch; raises SourceError if it does
    not answer.
    """
    try:
        found = await source.get("adressen", params=NOWHERE, headers=HAL)
    except SourceMissing:
        return [NO_API]
    embedded(source, found, "adressen")
    able = await _extended_by_pand(source)
    said = source.flag("uitgebreid_op_pand", False)
    if able is None or able is said:
        return []
    return [Advice(EXTENDED) if able else NOT_EXTENDED]


async def _extended_by_pand(source: Source) -> bool | None:
    """Whether extended addresses can be asked by pand; None when the answer does not tell."""
    try:
        await source.get(
            "adressenuitgebreid", params={"pandIdentificatie": NO_PAND}, headers=HAL_RD
        )
    except SourceMissing:
        return None
    except SourceFault as fault:
        if fault.status != REFUSED:
            raise
        return False
    return True
