"""The questions that are put to the WOZ (operation); declared at startup.

WOZ bevragen 1.0: objects by exactly one kind of key, paged as the BAG is, and `fields` for what is
wanted of them. There is no question by burgerservicenummer. Nothing outlives the operation: who
may see a value is bounded by law.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from gateway.source.errors import SourceRefusedQuestion
from gateway.source.keep import Keep
from gateway.source.read import About, Brought, Fields, read
from gateway.source.source import Source
from resolvers.bag.keys import IDENTIFICATIE, digits
from resolvers.bag.paging import LARGEST, has_next, page_of
from resolvers.brk.wire import collection, identified, this
from resolvers.woz.wire import HAL, Wire, woz_fields, woz_object_of
from schema.language.paging import Page
from schema.woz import WozObject

OBJECTEN = "wozobjecten"
OBJECTS = "wozObjecten"
WOZ_OBJECT = digits(12)
TOO_MANY = (
    f"Hier liggen meer dan {LARGEST} WOZ-objecten. "
    "Vraag nauwkeuriger, zoals met huisletter of huisnummertoevoeging."
)

objects = partial(read, "woz", keep=Keep.personal(), resource="woz.object", gives=WozObject)
"""A read of WOZ-objecten: they ask for the same, and answer for each other."""


@objects(key_of=WOZ_OBJECT)
async def woz_object(woz: Source, identificatie: str, fields: Fields) -> Wire:
    """A WOZ-object."""
    params = {"fields": woz_fields(fields.paths)}
    answer = await woz.get(OBJECTEN, identificatie, params=params, headers=HAL)
    return woz_object_of(woz, this(woz, answer, identificatie))


@objects(key_of=IDENTIFICATIE)
async def objecten_van_adresseerbaar_object(
    woz: Source, identificatie: str, fields: Fields
) -> Brought:
    """The WOZ-objecten that an adresseerbaar object of the BAG belongs to."""
    return await _all(woz, {"adresseerbaarObjectIdentificatie": identificatie}, fields)


@objects(key_of=IDENTIFICATIE)
async def objecten_met_nummeraanduiding(woz: Source, identificatie: str, fields: Fields) -> Brought:
    """The WOZ-objecten that an address of the BAG stands for."""
    return await _all(woz, {"nummeraanduidingIdentificatie": identificatie}, fields)


@objects()
async def objecten_op_postcode(
    woz: Source,
    fields: Fields,
    *,
    postcode: str,
    huisnummer: int,
    huisletter: str | None,
    huisnummertoevoeging: str | None,
) -> Brought:
    """The WOZ-objecten at a postcode and house number."""
    asked = {
        "postcode": postcode,
        "huisnummer": str(huisnummer),
        "huisletter": huisletter,
        "huisnummertoevoeging": huisnummertoevoeging,
    }
    return await _all(woz, {name: value for name, value in asked.items() if value}, fields)


@objects(key_of=digits(9), about=About.LEGAL_PERSON, activity="zoeken")
async def objecten_van_rsin(
    woz: Source, rsin: str, fields: Fields, *, first: int, after: str | None
) -> Brought:
    """The WOZ-objecten that an organisation owns, by RSIN."""
    return await _page(woz, {"rsin": rsin}, fields, first, after)


@objects(key_of=digits(8), about=About.COMPANY_WIDE, activity="zoeken")
async def objecten_van_kvk_nummer(
    woz: Source, kvk_nummer: str, fields: Fields, *, first: int, after: str | None
) -> Brought:
    """The WOZ-objecten that an organisation or one of its vestigingen owns, by KVK-nummer."""
    return await _page(woz, {"kvkNummer": kvk_nummer}, fields, first, after)


async def _all(woz: Source, params: Mapping[str, str], fields: Fields) -> Brought:
    """All that are found, which are few: an address stands for one WOZ-object, rarely for more."""
    asked = {**params, "fields": woz_fields(fields.paths), "pageSize": str(LARGEST)}
    answer = await woz.get(OBJECTEN, params=asked, headers=HAL)
    found = [woz_object_of(woz, item) for item in collection(woz, answer, OBJECTS)]
    if has_next(answer):
        raise SourceRefusedQuestion(woz.name, "more than a page", message=TOO_MANY)
    return Brought(found, also={woz_object: _by_key(found)})


async def _page(
    woz: Source, params: Mapping[str, str], fields: Fields, first: int, after: str | None
) -> Brought:
    asked = {**params, "fields": woz_fields(fields.paths)}
    page = await page_of(woz, OBJECTEN, OBJECTS, asked, HAL, first, after)
    found = [woz_object_of(woz, item) for item in identified(woz, page.items)]
    made = Page(found, page.cursors, page.has_next, has_previous=page.has_previous)
    return Brought(made, also={woz_object: _by_key(found)})


def _by_key(found: Sequence[Wire]) -> Mapping[Any, Wire]:
    return {item["identificatie"]: item for item in found}
