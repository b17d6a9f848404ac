"""The questions that are put to the BAG (operation); declared at startup.

BAG individuele bevragingen 2.6. There is no selection of fields; the properties of an address that
only /adressenuitgebreid has are asked there, and /adressen is asked when none of them is needed.
Only `adresseerbareobjecten` takes several keys. All of it is open data and is kept for hours.
What a link leads to may come along (resolvers.bag.expand); /adressenuitgebreid brings nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from gateway.source.at_once import at_once
from gateway.source.errors import (
    SourceFault,
    SourceMissing,
    SourceRefusedQuestion,
)
from gateway.source.keep import DataClass, Keep, Sharing
from gateway.source.read import About, Brought, Fields, Found, Read, read, whole
from gateway.source.source import Source
from resolvers.bag.expand import (
    NOTHING,
    VAN_ADRES,
    VAN_NUMMERAANDUIDING,
    VAN_OBJECT,
    VAN_OPENBARE_RUIMTE,
    Expansion,
    to_expand,
)
from resolvers.bag.keys import IDENTIFICATIE, WOONPLAATS
from resolvers.bag.paging import LARGEST, embedded, has_next, page_of
from resolvers.bag.wire import (
    HAL,
    HAL_RD,
    Wire,
    adres_of,
    by_pand,
    expanded_of,
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

HOURS = Keep.shared(
    DataClass.OPEN,
    Sharing.EVERYONE,
    fresh=14_400,
    stale_while_revalidate=3_600,
    stale_if_error=86_400,
)

open_data = partial(read, "bag", keep=HOURS, about=About.OPEN, parts=whole)
"""A read of the BAG: open to all, kept for hours, and as much as the BAG has."""
LONGEST_NAME = 80
"""Of a woonplaats or a straat, and the most that the BAG takes."""
MOST_PAGES = 20
"""Of objects in twenty panden: two thousand objects; more is not an answer but a mistake."""


@read(
    "bag",
    keep=HOURS,
    about=About.OPEN,
    resource="bag.adres",
    parts=extended_part,
    gives=Adres,
    key_of=IDENTIFICATIE,
)
async def adres(bag: Source, identificatie: str, fields: Fields) -> Brought:
    """The current address of a nummeraanduiding."""
    extended = wants_extended(fields)
    along = _van_adres(bag, fields)
    headers = HAL_RD if extended else along.headers()
    answer = await bag.get(
        _path(extended), identificatie, params=along.params() or None, headers=headers
    )
    return Brought(this_adres(bag, answer, identificatie), _also(bag, along, [answer]))


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
    number = _number(huisnummer, huisletter, huisnummertoevoeging, exact)
    return await _adressen(bag, {"postcode": postcode, **number}, fields, first, after)


@open_data(resource="bag.adres", parts=extended_part, gives=Adres)
async def adressen_op_straat(
    bag: Source,
    fields: Fields,
    *,
    woonplaats_naam: str,
    openbare_ruimte_naam: str,
    huisnummer: int,
    huisletter: str | None,
    huisnummertoevoeging: str | None,
    exact: bool,
    first: int,
    after: str | None,
) -> Brought:
    """Current addresses with a house number in a street, both by name."""
    street = _straat(bag, woonplaats_naam, openbare_ruimte_naam)
    number = _number(huisnummer, huisletter, huisnummertoevoeging, exact)
    return await _adressen(bag, {**street, **number}, fields, first, after)


@open_data(
    keep=Keep.request(DataClass.OPEN), resource="bag.adres", parts=extended_part, gives=Adres
)
async def adressen_zoeken(
    bag: Source, fields: Fields, *, zoektekst: str, first: int, after: str | None
) -> Brought:
    """Current addresses that fit a text of street, number, postcode and place."""
    return await _adressen(bag, {"q": zoektekst}, fields, first, after)


@read(
    "bag",
    keep=HOURS,
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
    params = {"pandIdentificatie": pand}
    if not wants_extended(fields) or bag.flag("uitgebreid_op_pand", False):
        return await _adressen(bag, params, fields, first, after, NOTHING)
    page = await page_of(bag, _path(False), "adressen", params, HAL, first, after)
    keys = [adres_of(bag, item)["nummeraanduidingIdentificatie"] for item in page.items]
    return _with_adressen(await _each(bag, page, keys, True))


@read(
    "bag",
    keep=HOURS,
    about=About.OPEN,
    resource="bag.adres",
    parts=extended_part,
    gives=Adres,
    key_of=IDENTIFICATIE,
)
async def adressen_in_openbare_ruimte(
    bag: Source, straat: str, fields: Fields, *, first: int, after: str | None
) -> Brought:
    """Current addresses in a street.

    Before 2.7 addresses could not be asked by street: then its nummeraanduidingen are, and the
    address of each on its own.
    """
    params = {"openbareRuimteIdentificatie": straat}
    if bag.flag("adressen_op_straat", False):
        return await _adressen(bag, params, fields, first, after, NOTHING)
    params["huidig"] = "true"
    page = await page_of(bag, "nummeraanduidingen", "nummeraanduidingen", params, HAL, first, after)
    keys = [unwrapped(bag, item, "nummeraanduiding")["identificatie"] for item in page.items]
    return _with_adressen(await _each(bag, page, keys, wants_extended(fields)))


@read(
    "bag",
    keep=HOURS,
    about=About.OPEN,
    parts=whole,
    gives=AdresseerbaarObject,
    key_of=IDENTIFICATIE,
)
async def adresseerbaar_object(bag: Source, identificatie: str, fields: Fields) -> Brought:
    """A verblijfsobject, ligplaats or standplaats, whatever its status."""
    along = to_expand(bag, fields, VAN_OBJECT)
    answer = await bag.get(
        "adresseerbareobjecten", identificatie, params=along.params() or None, headers=HAL_RD
    )
    found = object_of(bag, answer, identificatie)
    return Brought(found, _also(bag, along, [expanded_of(answer)]))


@read(
    "bag",
    batch=20,
    keep=HOURS,
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
async def nummeraanduiding(bag: Source, identificatie: str, fields: Fields) -> Brought:
    """A nummeraanduiding, whatever its status."""
    along = to_expand(bag, fields, VAN_NUMMERAANDUIDING)
    answer = await bag.get(
        "nummeraanduidingen", identificatie, params=along.params() or None, headers=HAL
    )
    found = unwrapped(bag, answer, "nummeraanduiding", identificatie)
    return Brought(found, _also(bag, along, [answer]))


@open_data(gives=OpenbareRuimte, key_of=IDENTIFICATIE)
async def openbare_ruimte(bag: Source, identificatie: str, fields: Fields) -> Brought:
    """An openbare ruimte, whatever its status."""
    along = to_expand(bag, fields, VAN_OPENBARE_RUIMTE)
    answer = await bag.get(
        "openbareruimten", identificatie, params=along.params() or None, headers=HAL
    )
    found = unwrapped(bag, answer, "openbareRuimte", identificatie)
    return Brought(found, _also(bag, along, [answer]))


@open_data(gives=OpenbareRuimte)
async def openbare_ruimten_op_naam(
    bag: Source,
    fields: Fields,
    *,
    woonplaats_naam: str,
    openbare_ruimte_naam: str,
    first: int,
    after: str | None,
) -> Brought:
    """Current openbare ruimten with a name in a woonplaats with a name."""
    along = to_expand(bag, fields, VAN_OPENBARE_RUIMTE)
    params = {
        **_straat(bag, woonplaats_naam, openbare_ruimte_naam),
        "huidig": "true",
        **along.params(),
    }
    page = await page_of(bag, "openbareruimten", "openbareruimten", params, HAL, first, after)
    items = [unwrapped(bag, item, "openbareRuimte") for item in page.items]
    found = Page(items, page.cursors, page.has_next, has_previous=page.has_previous)
    also = _also(bag, along, page.items)
    return Brought(found, {openbare_ruimte: {i["identificatie"]: i for i in items}, **also})


@open_data(parts=expanded_parts, gives=Woonplaats, key_of=WOONPLAATS)
async def woonplaats(bag: Source, identificatie: str, fields: Fields) -> Wire:
    """A woonplaats; its border and its bronhouders only come when they are asked for."""
    wanted = sorted(expanded_parts(fields))
    params = {"expand": ",".join(wanted)} if wanted else None
    answer = await bag.get("woonplaatsen", identificatie, params=params, headers=HAL_RD)
    return woonplaats_of(bag, answer, identificatie)


async def _adressen(
    bag: Source,
    params: Mapping[str, str],
    fields: Fields,
    first: int,
    after: str | None,
    along: Expansion | None = None,
) -> Brought:
    """A page of addresses, brought along under their own keys as well, with what came along."""
    extended = wants_extended(fields)
    along = _van_adres(bag, fields) if along is None else along
    headers = HAL_RD if extended else along.headers()
    asked = {**params, **along.params()}
    page = await page_of(bag, _path(extended), "adressen", asked, headers, first, after)
    items = [adres_of(bag, item) for item in page.items]
    found = Page(items, page.cursors, page.has_next, has_previous=page.has_previous)
    return _with_adressen(found, _also(bag, along, page.items))


def _van_adres(bag: Source, fields: Fields) -> Expansion:
    """What an address brings along; what /adressenuitgebreid is asked for comes alone."""
    return NOTHING if wants_extended(fields) else to_expand(bag, fields, VAN_ADRES)


def _with_adressen(page: Page, also: Mapping[Read, Mapping[str, Wire]] | None = None) -> Brought:
    known = {item["nummeraanduidingIdentificatie"]: item for item in page.items}
    return Brought(page, also={adres: known, **(also or {})})


def _also(
    bag: Source, along: Expansion, answers: Iterable[Any]
) -> Mapping[Read, Mapping[str, Wire]]:
    """Answers to other reads: what came along with these is not asked by itself."""
    reads = {
        "adresseerbaarObject": adresseerbaar_object,
        "nummeraanduiding": nummeraanduiding,
        "openbareRuimte": openbare_ruimte,
        "panden": pand,
        "woonplaats": woonplaats,
    }
    also: dict[Read, dict[str, Wire]] = {}
    for answer in answers:
        for item in along.came_along(bag, answer):
            also.setdefault(reads[item.link], {})[item.key] = item.value
    return also


def _straat(bag: Source, woonplaats: str, openbare_ruimte: str) -> Mapping[str, str]:
    """A street by name, if its names are not longer than any name in the BAG."""
    if max(len(woonplaats), len(openbare_ruimte)) > LONGEST_NAME:
        message = f"Een naam van een woonplaats of straat heeft hoogstens {LONGEST_NAME} tekens."
        raise SourceRefusedQuestion(bag.name, "a name that is too long", message=message)
    return {"woonplaatsNaam": woonplaats, "openbareRuimteNaam": openbare_ruimte}


def _number(
    huisnummer: int, huisletter: str | None, huisnummertoevoeging: str | None, exact: bool
) -> Mapping[str, str]:
    asked = {
        "huisnummer": str(huisnummer),
        "huisletter": huisletter,
        "huisnummertoevoeging": huisnummertoevoeging,
        "exacteMatch": "true" if exact else None,
    }
    return {name: value for name, value in asked.items() if value is not None}


async def _each(bag: Source, page: Page, keys: Sequence[str], extended: bool) -> Page:
    """The addresses with these keys in the place of what is on a page, asked side by side within
    the source's limit; one that is no current address is left out.
    """
    items = await at_once(_one(bag, key, extended) for key in keys)
    pairs = zip(items, page.cursors, strict=True)
    found = [(item, cursor) for item, cursor in pairs if item is not None]
    return Page(
        [item for item, _ in found],
        [cursor for _, cursor in found],
        page.has_next,
        has_previous=page.has_previous,
    )


async def _one(bag: Source, key: str, extended: bool) -> Wire | None:
    try:
        answer = await bag.get(_path(extended), key, headers=HAL_RD if extended else HAL)
    except SourceMissing:
        return None
    return this_adres(bag, answer, key)


def _path(extended: bool) -> str:
    return "adressenuitgebreid" if extended else "adressen"
