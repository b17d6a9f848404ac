"""Which zaken are about an object, as the Zaken API tells (operation); declared at startup.

Zaken API 1.5.1: a zaakobject names an object of the Objects API by its address, and is found by
that very address. So it is asked as the source of the objects itself writes it.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gateway.source.addresses import is_uuid
from gateway.source.errors import SourceFault
from gateway.source.read import Fields
from gateway.source.source import Source
from resolvers.zgw.genoemd import zaakobject_of
from resolvers.zgw.merken import listed
from resolvers.zgw.paging import page_of
from resolvers.zgw.reads_zaken import CRS, about
from schema.language.paging import Page
from schema.zaakobjecten import Zaakobject


def object_address(zaken: Source, value: Any) -> str:
    """The address of an object, which is only ever put in a filter; SourceFault for none."""
    if isinstance(value, str) and is_uuid(value.rpartition("/")[2]):
        return value
    raise SourceFault(zaken.name, "an object without an address")


@about(key_of=object_address, gives=Zaakobject, tags=listed("zaakobject", "zaken"))
async def zaakobjecten_van_object(
    zaken: Source, url: str, fields: Fields, *, first: int, after: str | None
) -> Page:
    """Where an object is named as what a zaak is about."""

    async def ask(page: Mapping[str, str]) -> Any:
        return await zaken.get("zaakobjecten", params={"object": url, **page}, headers=CRS)

    found = await page_of(zaken, ask, first, after)
    if any(item.get("object") != url for item in found.items):
        raise SourceFault(zaken.name, "other objects than were asked for")
    return replace(found, items=[zaakobject_of(zaken, item) for item in found.items])
