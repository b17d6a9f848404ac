"""The questions about producttypen that are put to Open Product (operation); declared at startup.

Producttypen API 1.7.0. What a municipality offers is open data, kept for an hour for the whole
municipality. Only what it shows the public may be asked for; a product may be of a type that is no
longer shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from gateway.source.addresses import is_uuid
from gateway.source.errors import SourceFault
from gateway.source.keep import DataClass, Keep, Sharing
from gateway.source.read import About, Brought, Fields, read, whole
from gateway.source.source import Source
from gateway.source.tags import Part, lijst, resource
from resolvers.klant.paging import page_of
from resolvers.klant.wire import Wire, by_uuid, identified, uuid_key
from resolvers.producten.wire import names, uuid_of_address
from resolvers.zgw.merken import items, under
from resolvers.zgw.paging import whole as whole_list
from schema.language.paging import Page
from schema.producttypen import ContentElement, Producttype

HOUR = Keep.shared(
    DataClass.REFERENCE,
    Sharing.TENANT,
    fresh=3_600,
    stale_while_revalidate=3_600,
    stale_if_error=86_400,
)
SIZE = "page_size"
DUTCH = {"accept-language": "nl"}
TYPE = "producttypen.producttype"

of_types = partial(read, "producttypen", keep=HOUR, parts=whole)
"""A read of producttypen: kept for an hour, and as much as they have."""


def _found(source: Source, key: Any, value: Any) -> Iterator[Part]:
    yield lijst("producttypen")
    for item in items(value):
        yield resource("producttype", item["uuid"])


def producttype_key(producttypen: Source, value: Any) -> str:
    """A uuid, or that of an address under a registered base of the source; else ForeignAddress."""
    if isinstance(value, str) and is_uuid(value.lower()):
        return value.lower()
    return producttypen.uuid_of(str(value), "producttypen")


@of_types(resource=TYPE, key_of=producttype_key, gives=Producttype, tags=under("producttype"))
async def producttype(producttypen: Source, uuid: str, fields: Fields) -> Wire:
    """One producttype, shown to the public or not."""
    return await _one(producttypen, uuid)


@of_types(
    about=About.OPEN,
    resource=TYPE,
    key_of=uuid_key,
    gives=Producttype,
    tags=under("producttype"),
)
async def gepubliceerd_producttype(producttypen: Source, uuid: str, fields: Fields) -> Wire | None:
    """One producttype, if it is shown to the public."""
    found = await _one(producttypen, uuid)
    return found if found.get("gepubliceerd") is True else None


@of_types(about=About.OPEN, resource=TYPE, gives=Producttype, tags=_found)
async def producttypen_gezocht(
    producttypen: Source,
    fields: Fields,
    *,
    naam: str | None,
    doelgroep: str | None,
    thema: str | None,
    first: int,
    after: str | None,
) -> Brought:
    """Producttypen that are shown to the public, by a part of the name, for whom, and subject."""
    given = {"naam__icontains": naam, "doelgroep": doelgroep, "themas__uuid": thema}
    filters = {name: value for name, value in given.items() if value is not None}
    filters["gepubliceerd"] = "true"

    async def ask(page: Mapping[str, str]) -> Any:
        return await producttypen.get("producttypen", params={**filters, **page}, headers=DUTCH)

    page = await page_of(producttypen, ask, first, after, SIZE)
    items = [identified(producttypen, item) for item in page.items]
    if any(item.get("gepubliceerd") is not True for item in items):
        raise SourceFault(producttypen.name, "producttypen that are not shown")
    shown = Page(items, page.cursors, page.has_next, page.total, page.has_previous)
    return Brought(shown, {producttype: by_uuid(items)})


@of_types(about=About.OPEN, resource=TYPE, key_of=uuid_of_address, gives=Producttype, tags=_found)
async def producttypen_van_zaaktype(producttypen: Source, zaaktype: str, fields: Fields) -> Brought:
    """The producttypen, shown to the public, that a version of a zaaktype comes with."""
    filters = {"zaaktypen__url__contains": zaaktype, "gepubliceerd": "true"}

    async def ask(page: Mapping[str, str]) -> Any:
        return await producttypen.get("producttypen", params={**filters, **page}, headers=DUTCH)

    items = [identified(producttypen, item) for item in await whole_list(producttypen, ask)]
    if not all(item.get("gepubliceerd") and names(item, "zaaktypen", zaaktype) for item in items):
        raise SourceFault(producttypen.name, "other producttypen than were asked for")
    return Brought(items, {producttype: by_uuid(items)})


@of_types(key_of=uuid_key, gives=ContentElement, tags=under("producttype"))
async def content_van_producttype(
    producttypen: Source, uuid: str, fields: Fields
) -> Sequence[Wire]:
    """The texts about one producttype, in the order in which they are shown."""

    async def ask(page: Mapping[str, str]) -> Any:
        return await producttypen.get(
            "producttypen", uuid, "content", params=page or None, headers=DUTCH
        )

    return [identified(producttypen, item) for item in await whole_list(producttypen, ask)]


async def _one(producttypen: Source, uuid: str) -> Wire:
    answer = await producttypen.get("producttypen", uuid, headers=DUTCH)
    return identified(producttypen, answer, uuid)
