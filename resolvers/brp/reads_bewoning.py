"""The questions that are put to BRP Bewoning (operation); declared at startup.

BRP Bewoning 2.1: one adresseerbaar object a call, on a day or in a period, and no selection of
fields. What a client did not select is dropped here, not by the source. Nothing outlives the
operation: every answer has to be accounted for.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from gateway.source.errors import SourceFault
from gateway.source.keep import Keep
from gateway.source.read import Fields, read, whole
from gateway.source.source import Source
from resolvers.bag.keys import IDENTIFICATIE
from resolvers.brp.questions import Wire, checked_period, items_of
from schema.brp_bewoning import Bewoning

OBJECT = "adresseerbaarObjectIdentificatie"


@read("brp-bewoning", keep=Keep.personal(), key_of=IDENTIFICATIE, parts=whole, gives=Bewoning)
async def bewoningen_op_peildatum(
    bewoning: Source, identificatie: str, fields: Fields, *, peildatum: str
) -> Sequence[Wire]:
    """Who lived at an adresseerbaar object on a day: one bewoning, or none if nobody did."""
    question = {"type": "BewoningMetPeildatum", "peildatum": peildatum}
    return await _answer(bewoning, question, identificatie)


@read("brp-bewoning", keep=Keep.personal(), key_of=IDENTIFICATIE, parts=whole, gives=Bewoning)
async def bewoningen_in_periode(
    bewoning: Source, identificatie: str, fields: Fields, *, datum_van: str, datum_tot: str
) -> Sequence[Wire]:
    """Who lived at an adresseerbaar object in a period: one bewoning for every composition."""
    period = checked_period(bewoning, datum_van, datum_tot)
    return await _answer(bewoning, {"type": "BewoningMetPeriode", **period}, identificatie)


async def _answer(
    source: Source, question: Mapping[str, Any], identificatie: str
) -> Sequence[Wire]:
    answer = await source.post("bewoningen", json={**question, OBJECT: identificatie})
    found = items_of(source, answer, "bewoningen")
    if any(bewoning.get(OBJECT) != identificatie for bewoning in found):
        raise SourceFault(source.name, "the bewoning of an object that was not asked for")
    return found
