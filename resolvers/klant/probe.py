"""Whether Klantinteracties answers as the municipality's file says (process): `bronpoort check`.

Nobody is asked for: customers with the nil UUID (RFC 9562, 5.9) as that of the one they act for,
which nobody has. A source that takes a parameter it does not know could as well ignore a filter,
and would then give the customers and contacts of everybody.
"""

from gateway.source.errors import SourceFault, SourceMissing
from gateway.source.source import Source
from gateway.source.version import named
from resolvers.zgw.paging import Envelope
from schema.language.links import Capability

NIL = "00000000-0000-0000-0000-000000000000"
NOBODY = {"vertegenwoordigdePartij__uuid": NIL}
REFUSED = 400
BROKEN = 500

NO_API = "hier staat geen `partijen`; laat `address` eindigen op .../klantinteracties/api/v1"
IGNORES = (
    "weigert een onbekende vraag niet; dan kan zij ook een filter overslaan en de gegevens van "
    "iedereen geven: dit is geen Open Klant 2"
)
NO_EXPAND = "kan `expand` niet aan; zet `dialect.expand` op nooit"


async def klant(source: Source) -> list[str]:
    """What is wrong with this source, in Dutch; raises SourceError if it does not answer."""
    heard: dict[str, str] = {}
    try:
        await _nobody(source, heard)
    except SourceMissing:
        return [NO_API]
    if await _accepts(source, "bronpoort", "1"):
        return [IGNORES]
    expands = await _accepts(source, "expand", "digitaleAdressen")
    wrong = source.flag("expand", "nooit") == "altijd" and not expands
    able = "`expand`" if expands else "niet: `expand`"
    told = Capability(f"{named('Klantinteracties API', heard)}; {able}")
    return [NO_EXPAND, told] if wrong else [told]


async def _nobody(source: Source, heard: dict[str, str], **more: str) -> None:
    """Asks for a customer whom nobody is; SourceFault if there is one, or no list at all."""
    found = await source.get("partijen", params=NOBODY | more, heard=heard)
    if Envelope.of(source, found).items:
        raise SourceFault(source.name, "a filter on uuid is ignored")


async def _accepts(source: Source, parameter: str, value: str) -> bool:
    try:
        await _nobody(source, {}, **{parameter: value})
    except SourceFault as fault:
        if fault.status not in (REFUSED, BROKEN):
            raise
        return False
    return True
