"""The one question that is put to the gateway's own account (operation); declared at startup.

Asked about a person as any registry is, so that it is for the person only, counted and accounted
for. It is never kept: what was just done must be in it.
"""

from collections.abc import Mapping
from typing import Any

from gateway.source.errors import SourceFault, SourceRefusedQuestion
from gateway.source.keep import DataClass, Keep
from gateway.source.read import About, Fields, read, whole
from gateway.source.source import Source
from resolvers.bag.keys import BSN
from schema.language.paging import Page
from schema.verwerkingen import Verwerking


@read(
    "verwerkingen",
    keep=Keep.request(DataClass.PERSONAL),
    about=About.PERSON,
    parts=whole,
    key_of=BSN,
    gives=Verwerking,
)
async def verwerkingen(
    verwerkingen: Source, bsn: str, fields: Fields, *, first: int, after: str | None
) -> Page:
    """What was done with the data of this person, the newest first."""
    asked = {"burgerservicenummer": bsn, "first": first, "after": after}
    try:
        found = await verwerkingen.post("verwerkingen", "_zoek", json=asked)
    except SourceFault as error:
        if error.status != 400:
            raise
        message = "Deze cursor hoort niet bij deze lijst."
        detail = "not a cursor of ours"
        raise SourceRefusedQuestion(verwerkingen.name, detail, message=message) from None
    items: list[Mapping[str, Any]] = found["verwerkingen"]
    return Page(
        items=items,
        cursors=[item["cursor"] for item in items],
        has_next=found["meer"],
        has_previous=after is not None,
    )
