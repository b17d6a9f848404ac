"""The questions that are put to the BAG (operation); declared at startup.

BAG individuele bevragingen 2.6. There is no selection of fields; the properties of an address that
only /adressenuitgebreid has are asked there, and /adressen is asked when none of them is needed.
Only `adresseerbareobjecten` takes several keys. All of it is open data and is kept for an hour.
"""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial

from gateway.source.errors import SourceError, SourceFault
from gateway.source.keep import Keep, Sharing
from gateway.source.read import About, Brought, Fields, Found, read, whole
from gateway.source.source import Source
from resolvers.bag.keys import IDENTIFICATIE, WOONPLAATS
from resolvers.bag.paging import LARGEST, embedded, has_next, page_of
from resolvers.bag.wire import (
    HAL,
    HAL_RD,
    Wire,
    adres_of,
    by_pand,
    expanded_parts,
    extended_part,
    object_of,
    this_adres,
    unwrapped,
    wants_extended,
    woonplaats_of,
)
from schema.bag import (
    Adres,
    AdresseerbaarObject,
    Nummeraanduiding,
    OpenbareRuimte,
    Pand,
    Woonplaats,
)
from schema.language.paging import Page

HOUR = Keep.shared(3600, Sharing.EVERYONE)

open_data = partial(read, "bag", keep=HOUR, about=About.OPEN, parts=whole)
"""A read of the BAG: open to all, kept for an hour, and as much as the BAG has."""
MOST_PAGES = 20
"""Of objects in twenty panden: two thousand objects; more is not an answer but a mistake."""


@read(
    "bag",
    keep=HOUR,
    about=About.OPEN,
    resource="bag.adres",
    parts=extended_part,
    gives=Adres,
    key_of=IDENTIFICATIE,
)
async def adres(bag: Source, identificatie: str, fields: Fields) -> Wire:
    """The current address of a nummeraanduiding."""
    extended = wants_extended(fields)
    answer = await bag.get(_path(extended), identificatie, headers=_headers(extended))
    return this_adres(bag, answer, identificatie)


@open_data(resource="bag.adres", parts=extended_part, gives=Adres)
async def adressen_op_postcode(
    bag: Source,
    fields: Fields,
    *,
    postcode: str,
    huisnummer: int,
    huisletter: str | None,
    huisnummertoevoeging: str | None,
    exact: bool,
    first: int,
    after: str | None,
) -> Brought:
    """Current addresses at a postcode and house number; `exact` leaves out other additions."""
    asked = {
        "postcode": postcode,
        "huisnummer": str(huisnummer),
        "huisletter": huisletter,
        "huisnummertoevoeging": huisnummertoevoeging,
        "exacteMatch": "true" if exact else None,
    }
    params = {name: value for name, value in asked.items() if value is not None}
    return await _adressen(bag, params, wants_extended(fields), first, after)


@open_data(keep=Keep.request(), resource="bag.adres", parts=extended_part, gives=Adres)
async def adressen_zoeken(
    bag: Source, fields: Fields, *, zoektekst: str, first: int, after: str | None
) -> Brought:
    """Current addresses that fit a text of street, number, postcode and place."""
    return await _adressen(bag, {"q": zoektekst}, wants_extended(fields), first, after)


@read(
    "bag",
    keep=HOUR,
    about=About.OPEN,
    resource="bag.adres",
    parts=extended_part,
    gives=Adres,
    key_of=IDENTIFICATIE,
)
async def adressen_van_pand(
    bag: Source, pand: str, fields: Fields, *, first: int, after: str | None
) -> Brought:
    """Current addresses in a pand.

    Before 2.9 /adressenuitgebreid could not be asked by pand, so then each is asked on its own.
    """
    extended = wants_extended(fields)
    params = {"pandIdentificatie": pand}
    if not extended or bag.flag("uitgebreid_op_pand", False):
        return await _adressen(bag, params, extended, first, after)
    page = (await _adressen(bag, params, False, first, after)).value
    keys = [item["nummeraanduidingIdentificatie"] for item in page.items]
    items = await _each(bag, keys)
    found = Page(items, page.cursors, page.has_next, has_previous=page.has_previous)
    return _with_adressen(found)


@read(
    "bag", keep=HOUR, about=About.OPEN, parts=whole, gives=AdresseerbaarObject, key_of=IDENTIFICATIE
)
async def adresseerbaar_object(bag: Source, identificatie: str, fields: Fields) -> Wire:
    """A verblijfsobject, ligplaats or standplaats, whatever its status."""
    answer = await bag.get("adresseerbareobjecten", identificatie, headers=HAL_RD)
    return object_of(bag, answer, identificatie)


@read(
    "bag",
    batch=20,
    keep=HOUR,
    about=About.OPEN,
    parts=whole,
    gives=AdresseerbaarObject,
    key_of=IDENTIFICATIE,
)
async def objecten_in_panden(bag: Source, panden: Sequence[str], fields: Fields) -> Found:
    """The current objects in each of these panden: the one question that takes several keys."""
    objects: list[Wire] = []
    for page in range(1, MOST_PAGES + 1):
        params: Mapping[str, str | Sequence[str]] = {
            "pandIdentificaties": list(panden),
            "huidig": "true",
            "page": str(page),
            "pageSize": str(LARGEST),
        }
        answer = await bag.get("adresseerbareobjecten", params=params, headers=HAL_RD)
        found = embedded(bag, answer, "adresseerbareObjecten")
        objects += [object_of(bag, item) for item in found]
        if not has_next(answer):
            known = {item["identificatie"]: item for item in objects}
            return Found(by_pand(objects, panden), also={adresseerbaar_object: known})
    raise SourceFault(bag.name, "no end to the objects in these panden")


@open_data(gives=Pand, key_of=IDENTIFICATIE)
async def pand(bag: Source, identificatie: str, fields: Fields) -> Wire:
    """A pand, whatever its status."""
    answer = await bag.get("panden", identificatie, headers=HAL_RD)
    return unwrapped(bag, answer, "pand", identificatie)


@open_data(gives=Nummeraanduiding, key_of=IDENTIFICATIE)
async def nummeraanduiding(bag: Source, identificatie: str, fields: Fields) -> Wire:
    """A nummeraanduiding, whatever its status."""
    answer = await bag.get("nummeraanduidingen", identificatie, headers=HAL)
    return unwrapped(bag, answer, "nummeraanduiding", identificatie)


@open_data(gives=OpenbareRuimte, key_of=IDENTIFICATIE)
async def openbare_ruimte(bag: Source, identificatie: str, fields: Fields) -> Wire:
    """An openbare ruimte, whatever its status."""
    answer = await bag.get("openbareruimten", identificatie, headers=HAL)
    return unwrapped(bag, answer, "openbareRuimte", identificatie)


@open_data(parts=expanded_parts, gives=Woonplaats, key_of=WOONPLAATS)
async def woonplaats(bag: Source, identificatie: str, fields: Fields) -> Wire:
    """A woonplaats; its border and its bronhouders only come when they are asked for."""
    wanted = sorted(expanded_parts(fields))
    params = {"expand": ",".join(wanted)} if wanted else None
    answer = await bag.get("woonplaatsen", identificatie, params=params, headers=HAL_RD)
    return woonplaats_of(bag, answer, identificatie)


async def _adressen(
    bag: Source, params: Mapping[str, str], extended: bool, first: int, after: str | None
) -> Brought:
    """A page of addresses, brought along under their own keys as well."""
    headers = _headers(extended)
    page = await page_of(bag, _path(extended), "adressen", params, headers, first, after)
    items = [adres_of(bag, item) for item in page.items]
    return _with_adressen(Page(items, page.cursors, page.has_next, has_previous=page.has_previous))


def _with_adressen(page: Page) -> Brought:
    known = {item["nummeraanduidingIdentificatie"]: item for item in page.items}
    return Brought(page, also={adres: known})


async def _each(bag: Source, keys: Sequence[str]) -> list[Wire]:
    """The extended addresses with these keys, asked side by side within the source's limit."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(_extended(bag, key)) for key in keys]
    except* SourceError as failures:
        raise _first(failures) from None
    return [task.result() for task in tasks]


async def _extended(bag: Source, key: str) -> Wire:
    answer = await bag.get(_path(True), key, headers=_headers(True))
    return this_adres(bag, answer, key)


def _first(failures: BaseExceptionGroup[SourceError]) -> SourceError:
    found = failures.exceptions[0]
    return _first(found) if isinstance(found, BaseExceptionGroup) else found


def _path(extended: bool) -> str:
    return "adressenuitgebreid" if extended else "adressen"


def _headers(extended: bool) -> Mapping[str, str]:
    return HAL_RD if extended else HAL
