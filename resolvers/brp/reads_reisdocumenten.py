"""The questions that are put to BRP Reisdocumenten (operation); declared at startup.

BRP Reisdocumenten 2.0: one person or one document a call, with the fields that are wanted. Whose
document it is is always asked: that is checked, and has to be accounted for. Nothing outlives the
operation.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from gateway.source.errors import SourceFault
from gateway.source.keep import Keep
from gateway.source.read import About, Fields, read
from gateway.source.source import Source
from resolvers.bag.keys import BSN
from resolvers.brp.fields import KEY, selected
from resolvers.brp.questions import Wire, items_of
from schema.brp_reisdocumenten import Reisdocument

NUMBER = "reisdocumentnummer"
HOLDER = "houder.burgerservicenummer"
REISDOCUMENT: frozenset[str] = frozenset(
    {
        NUMBER,
        "soort",
        "datumEindeGeldigheid",
        "inhoudingOfVermissing.datum",
        "inhoudingOfVermissing.aanduiding",
        HOLDER,
    }
)
"""The ends of what may be asked; the rest comes along (doubts, secrecy, suspension)."""
PROXY: Mapping[str, str] = MappingProxyType(
    {"inhoudingOfVermissing": "inhoudingOfVermissing.aanduiding"}
)
"""As resolvers.brp.fields.PROXY."""


@read(
    "brp-reisdocumenten", keep=Keep.personal(), about=About.PERSON, key_of=BSN, gives=Reisdocument
)
async def reisdocumenten_van_persoon(
    reisdocumenten: Source, bsn: str, fields: Fields
) -> Sequence[Wire]:
    """The travel documents that a person still has."""
    question = {"type": "ZoekMetBurgerservicenummer", KEY: bsn}
    found = await _answer(reisdocumenten, question, fields, {HOLDER})
    if any(_holder(document) != bsn for document in found):
        raise SourceFault(reisdocumenten.name, "a document of a person who was not asked for")
    return found


@read("brp-reisdocumenten", keep=Keep.personal(), gives=Reisdocument)
async def reisdocument(reisdocumenten: Source, nummer: str, fields: Fields) -> Wire | None:
    """The travel document with a number, also if its holder has it no longer."""
    question = {"type": "RaadpleegMetReisdocumentnummer", NUMBER: [nummer]}
    found = await _answer(reisdocumenten, question, fields, {HOLDER, NUMBER})
    if len(found) > 1 or any(document.get(NUMBER) != nummer for document in found):
        raise SourceFault(reisdocumenten.name, "a document that was not asked for")
    return found[0] if found else None


async def _answer(
    source: Source, question: Mapping[str, Any], fields: Fields, always: Iterable[str]
) -> Sequence[Wire]:
    wanted = sorted(selected(fields.paths, REISDOCUMENT, always, PROXY))
    answer = await source.post("reisdocumenten", json={**question, "fields": wanted})
    found = items_of(source, answer, "reisdocumenten")
    if answer.get("type") != question["type"]:
        raise SourceFault(source.name, "not the answer to this question")
    return found


def _holder(document: Wire) -> Any:
    holder = document.get("houder")
    return holder.get(KEY) if isinstance(holder, Mapping) else None
