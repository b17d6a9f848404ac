"""The questions that are put to BRP Historie (operation); declared at startup.

BRP Historie 2.0: one person a call, on a day or in a period, and no selection of fields. The answer
does not say whom it is about. Nothing outlives the operation: every answer has to be accounted for.
"""

from collections.abc import Mapping
from typing import Any

from gateway.source.keep import Keep
from gateway.source.read import About, Fields, read, whole
from gateway.source.source import Source
from resolvers.bag.keys import BSN
from resolvers.brp.fields import KEY
from resolvers.brp.questions import Wire, checked_period, items_of
from schema.brp_historie import Verblijfplaatshistorie


@read(
    "brp-historie",
    keep=Keep.personal(),
    about=About.PERSON,
    key_of=BSN,
    parts=whole,
    gives=Verblijfplaatshistorie,
)
async def verblijfplaatshistorie_op_peildatum(
    historie: Source, bsn: str, fields: Fields, *, peildatum: str
) -> Wire:
    """Where a person lived on a day; more than one place if a date is not wholly known."""
    question = {"type": "RaadpleegMetPeildatum", "peildatum": peildatum}
    return await _answer(historie, question, bsn)


@read(
    "brp-historie",
    keep=Keep.personal(),
    about=About.PERSON,
    key_of=BSN,
    parts=whole,
    gives=Verblijfplaatshistorie,
)
async def verblijfplaatshistorie_in_periode(
    historie: Source, bsn: str, fields: Fields, *, datum_van: str, datum_tot: str
) -> Wire:
    """Where a person lived in a period, the latest first."""
    period = checked_period(historie, datum_van, datum_tot)
    return await _answer(historie, {"type": "RaadpleegMetPeriode", **period}, bsn)


async def _answer(source: Source, question: Mapping[str, Any], bsn: str) -> Wire:
    answer: Wire = await source.post("verblijfplaatshistorie", json={**question, KEY: bsn})
    items_of(source, answer, "verblijfplaatsen")
    return answer
