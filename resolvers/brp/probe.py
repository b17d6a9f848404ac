"""Whether the BRP answers as the municipality's file says (process): asked by `bronpoort check`.

The question names nobody and asks for nothing, so that there is no person to account for. The BRP
refuses it, but only after it has judged our credentials: that refusal is the good answer.
"""

from gateway.source.errors import SourceFault, SourceMissing
from gateway.source.source import Source

NOBODY = {"type": "RaadpleegMetBurgerservicenummer", "burgerservicenummer": []}
GOOD = frozenset({"paramsValidation", "paramsRequired"})
REFUSED = 400

NO_API = (
    "hier staat geen `personen`; laat `address` eindigen op het pad waar `/personen` achter komt, "
    "zoals .../haalcentraal/api/brp"
)
ACCEPTED = (
    "aanvaardt een vraag zonder burgerservicenummer en zonder velden: "
    "dit is geen BRP Personen bevragen versie 2"
)
OTHER_REFUSAL = (
    "weigert een lege vraag anders dan BRP Personen bevragen versie 2; "
    "kijk na of `address` naar die API en die versie wijst"
)


async def brp(source: Source) -> list[str]:
    """What is wrong with this source, in Dutch; raises SourceError if it does not answer."""
    try:
        await source.post("personen", json=NOBODY)
    except SourceMissing:
        return [NO_API]
    except SourceFault as fault:
        if fault.status != REFUSED:
            raise
        return [] if fault.problem in GOOD else [OTHER_REFUSAL]
    return [ACCEPTED]
