"""The questions about products that are put to Open Product (operation); declared at startup.

Producten API 1.7.0. Products are found with a GET only, so whose they are stands in its query,
because there is no other way (docs/decisions/0014). A source of this family may ignore a filter
that it does not know, so every product in an answer is held against the question.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from gateway.source.errors import SourceFault
from gateway.source.keep import Keep
from gateway.source.read import About, Brought, Fields, Read, links_wanted, read, whole
from gateway.source.source import Source
from resolvers.bag.keys import BSN, digits
from resolvers.klant.paging import page_of
from resolvers.klant.wire import Wire, by_uuid, uuid_key
from resolvers.producten.reads_typen import producttype
from resolvers.producten.wire import (
    about_zaak,
    asked_in_zaak,
    names,
    owned_by,
    product_of,
    producttypen_in,
    uuid_of_address,
)
from resolvers.producten.zeef import PRODUCTEN
from schema.language.paging import Page
from schema.producten import Product

PRODUCT = "producten.product"
SIZE = "page_size"

personal = partial(read, "producten", keep=Keep.personal(), varies=links_wanted, sieve=PRODUCTEN)
"""A product says whose it is."""


@personal(resource=PRODUCT, parts=whole, key_of=uuid_key, gives=Product)
async def product(producten: Source, uuid: str, fields: Fields) -> Brought:
    """One product."""
    found = product_of(producten, await producten.get("producten", uuid), uuid)
    return Brought(found, _typen([found], fields))


@personal(
    resource=PRODUCT,
    parts=whole,
    activity="zoeken",
    about=About.PERSON,
    key_of=BSN,
    gives=Product,
)
async def producten_van_persoon(
    producten: Source,
    bsn: str,
    fields: Fields,
    *,
    status: str | None,
    producttype: str | None,
    first: int,
    after: str | None,
) -> Brought:
    """What the person with this BSN has; the BSN is in the query of a GET."""
    return await _owned(producten, fields, "bsn", bsn, status, producttype, first, after)


@personal(
    resource=PRODUCT,
    parts=whole,
    activity="zoeken",
    key_of=digits(8),
    about=About.COMPANY_WIDE,
    gives=Product,
)
async def producten_van_onderneming(
    producten: Source,
    kvk_nummer: str,
    fields: Fields,
    *,
    status: str | None,
    producttype: str | None,
    first: int,
    after: str | None,
) -> Brought:
    """What the company with this KVK number has, its establishments included."""
    return await _owned(
        producten, fields, "kvk_nummer", kvk_nummer, status, producttype, first, after
    )


@personal(
    resource=PRODUCT,
    parts=whole,
    activity="zoeken",
    key_of=digits(12),
    about=About.BRANCH,
    gives=Product,
)
async def producten_van_vestiging(
    producten: Source,
    vestigingsnummer: str,
    fields: Fields,
    *,
    status: str | None,
    producttype: str | None,
    first: int,
    after: str | None,
) -> Brought:
    """What the establishment with this vestigingsnummer has."""
    return await _owned(
        producten, fields, "vestigingsnummer", vestigingsnummer, status, producttype, first, after
    )


@personal(resource=PRODUCT, parts=whole, key_of=uuid_key, gives=Product)
async def producten_van_zaak(
    producten: Source, zaak: str, fields: Fields, *, first: int, after: str | None
) -> Brought:
    """The products that came of a zaak: those that name its uuid, whatever the address before."""
    filters = {"zaken__url__contains": zaak}
    return await _found(
        producten, fields, filters, lambda item: about_zaak(item, zaak), first, after
    )


@personal(resource=PRODUCT, parts=whole, key_of=uuid_key, gives=Product)
async def producten_aangevraagd_in_zaak(
    producten: Source, zaak: str, fields: Fields, *, first: int, after: str | None
) -> Brought:
    """The products that were asked for in a zaak."""
    filters = {"aanvraag_zaak_url__contains": zaak}
    return await _found(
        producten, fields, filters, lambda item: asked_in_zaak(item, zaak), first, after
    )


@personal(resource=PRODUCT, parts=whole, key_of=uuid_of_address, gives=Product)
async def producten_van_document(
    producten: Source, document: str, fields: Fields, *, first: int, after: str | None
) -> Brought:
    """The products that a document belongs to."""
    filters = {"documenten__url__contains": document}
    return await _found(
        producten, fields, filters, lambda item: names(item, "documenten", document), first, after
    )


# ---- one question each --------------------------------------------------------------------------


async def _owned(
    producten: Source,
    fields: Fields,
    number: str,
    value: str,
    status: str | None,
    kind: str | None,
    first: int,
    after: str | None,
) -> Brought:
    """A page of the products of one owner, of one status and producttype if that is asked."""
    given = {f"eigenaren__{number}": value, "status": status, "producttype__uuid": kind}
    filters = {name: text for name, text in given.items() if text is not None}

    def fits(item: Wire) -> bool:
        return (
            owned_by(item, number, value)
            and status in (None, item.get("status"))
            and kind in (None, item["producttype"]["uuid"])
        )

    return await _found(producten, fields, filters, fits, first, after)


async def _found(
    producten: Source,
    fields: Fields,
    filters: Mapping[str, str],
    fits: Callable[[Wire], bool],
    first: int,
    after: str | None,
) -> Brought:
    async def ask(page: Mapping[str, str]) -> Any:
        return await producten.get("producten", params={**filters, **page})

    page = await page_of(producten, ask, first, after, SIZE)
    items = [product_of(producten, item) for item in page.items]
    if not all(map(fits, items)):
        raise SourceFault(producten.name, "other products than were asked for")
    shown = Page(items, page.cursors, page.has_next, page.total, page.has_previous)
    return Brought(shown, {product: by_uuid(items), **_typen(items, fields)})


def _typen(products: list[Wire], fields: Fields) -> Mapping[Read, Mapping[Any, Any]]:
    """Their producttypen, so that nobody asks them again when nothing more is wanted."""
    selected = fields.links.get("producttype")
    if selected is None:
        return {}
    return {producttype: producttypen_in(products, selected.paths)}
