"""The questions that are put to the Zaken API (operation); declared at startup.

Zaken API 1.5.1 to 1.7. Zaken are found with `POST /zaken/_zoek`, so that nothing about a person is
ever part of a URL; of all that hangs under a zaak only zaken themselves can be asked for several at
once. Fields can be chosen from 1.6, in `_zoek` only: a source that can (flag `veldselectie`) is
asked for zaken in that way alone. A filter on another object wants the address that the source
itself gives that object, which `Source.url_of` writes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

from gateway.source.errors import (
    ConfigurationMissing,
    SourceFault,
    SourceMissing,
    SourceRefusedQuestion,
)
from gateway.source.keep import Keep
from gateway.source.read import About, Brought, Fields, Found, Read, read
from gateway.source.read import whole as everything
from gateway.source.source import Source
from resolvers.bag.keys import BSN as PERSOON
from resolvers.bag.keys import IDENTIFICATIE, WOONPLAATS
from resolvers.zgw.beside import bag_url
from resolvers.zgw.expand import (
    bare,
    came_along,
    is_at,
    known_empty,
    names_to_expand,
    selects,
    tells_empty,
    uuid_in,
)
from resolvers.zgw.fields import proven, selection
from resolvers.zgw.genoemd import rol_of, zaakobject_of
from resolvers.zgw.merken import listed, one, under
from resolvers.zgw.paging import bare_array, page_of, whole
from resolvers.zgw.reads_catalogi import (
    eigenschap,
    key_under,
    resultaattype,
    roltype,
    statustype,
    zaaktype,
)
from resolvers.zgw.reads_documenten import document
from resolvers.zgw.zeef import (
    ROLLEN,
    ZAAKOBJECTEN,
    of_what_names_a_document,
    of_what_names_a_zaak,
    own_zaak,
)
from resolvers.zgw.zeef import (
    of_zaken as shown_zaken,
)
from resolvers.zgw.zoeken import (
    BSN,
    EVERYTHING,
    ROL,
    Body,
    ordered,
    rol_filters,
    zaak_filters,
    zaak_order,
)
from schema.documenten import Zaakinformatieobject
from schema.language.paging import Page
from schema.zaakobjecten import Zaakobject
from schema.zaken import Resultaat, Rol, Status, Zaak, Zaakeigenschap

Wire = Mapping[str, Any]

CRS = {"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}
"""Asked for on every call: a source answers 412 without the first, and some without the second."""
FOUND = listed("zaak", "zaken")
FIELDS = "fields"
IDENTIFIED_BY = "identificatie"
REFUSED = 400
NO_SELECTION = (
    "De zaken konden niet worden gevraagd: de bron kan geen velden kiezen zoals is ingesteld. "
    "De beheerder ziet met `bronpoort check` wat er moet veranderen."
)


def _expanded(zaken: Source, fields: Fields) -> str:
    return ",".join(names_to_expand(zaken, fields))


def _rollen() -> Read:
    return rollen_van_zaak


def _zaak() -> Read:
    return zaak


SHOWN = shown_zaken(_rollen, lambda: zaaktype)
of_zaken = partial(
    read,
    "zaken",
    keep=Keep.case(),
    parts=everything,
    resource="zaak",
    varies=_expanded,
    chosen=selects,
    sieve=SHOWN,
)
"""A read of zaken themselves: whole and with what was expanded, or of chosen fields."""
of_zaak = partial(read, "zaken", keep=Keep.case(), parts=everything)
"""A read of what hangs under a zaak."""
personal = partial(read, "zaken", keep=Keep.personal(), parts=everything)
"""The same, where it says who somebody is."""
about = partial(personal, sieve=of_what_names_a_zaak(_zaak))
"""The same, of what zaken are about, wherever those zaken are."""


@of_zaken(
    batch=100,
    key_of=key_under("zaken"),
    gives=Zaak,
    tags=under("zaak"),
    sieve=replace(SHOWN, proof=own_zaak(_rollen)),
)
async def zaak(zaken: Source, uuids: Sequence[str], fields: Fields) -> Found:
    """Zaken by uuid: one by its address, several (or chosen fields of one) with one question."""
    names = names_to_expand(zaken, fields)
    if len(uuids) == 1 and not selects(zaken):
        found = await _one_zaak(zaken, uuids[0], names)
    else:
        found = await _several(zaken, uuids, fields, names)
    known = [*map(bare, found)]
    return Found(_by_uuid(known), _also(zaken, found, known, names))


async def _one_zaak(zaken: Source, uuid: str, names: list[str]) -> Sequence[Wire]:
    params = {"expand": ",".join(names)} if names else None
    try:
        found = await zaken.get("zaken", uuid, params=params, headers=CRS)
    except SourceMissing:
        return []
    if not isinstance(found, dict) or not is_at(found, uuid):
        raise SourceFault(zaken.name, "another zaak than was asked for")
    return [found]


async def _several(
    zaken: Source, uuids: Sequence[str], fields: Fields, names: list[str]
) -> Sequence[Wire]:
    body = {"uuid__in": list(uuids), **_wish(zaken, fields, names)}

    async def ask(page: Mapping[str, str]) -> Any:
        return await _zoek(zaken, body, page)

    return [proven(zaken, item, fields) for item in await whole(zaken, ask)]


@of_zaken(activity="zoeken", gives=Zaak, tags=FOUND, order_of=zaak_order)
async def zaken_gezocht(
    zaken: Source,
    fields: Fields,
    *,
    filter: Mapping[str, Any] | None,
    rol: Mapping[str, Any] | None,
    volgorde: str | None,
    first: int,
    after: str | None,
) -> Brought:
    """Zaken that meet all filters."""
    wanted = zaak_filters(zaken, filter) | rol_filters(zaken, rol)
    page, also = await found_zaken(zaken, fields, wanted or EVERYTHING, volgorde, first, after)
    return Brought(page, also)


@of_zaken(
    activity="zoeken",
    about=About.PERSON,
    key_of=PERSOON,
    gives=Zaak,
    tags=FOUND,
    order_of=zaak_order,
)
async def zaken_van_persoon(
    zaken: Source,
    bsn: str,
    fields: Fields,
    *,
    rol: str | None,
    filter: Mapping[str, Any] | None,
    volgorde: str | None,
    first: int,
    after: str | None,
) -> Brought:
    """Zaken in which the person with this BSN has a role; each edge knows the BSN."""
    wanted = zaak_filters(zaken, filter) | {BSN: bsn}
    if rol is not None:
        wanted[ROL] = rol
    page, also = await found_zaken(zaken, fields, wanted, volgorde, first, after)
    edges = [{"bsn": bsn}] * len(page.items)
    return Brought(
        Page(page.items, page.cursors, page.has_next, page.total, page.has_previous, edges=edges),
        also,
    )


@of_zaken(activity="zoeken", gives=Zaak, tags=FOUND)
async def zaak_op_identificatie(
    zaken: Source, fields: Fields, *, identificatie: str, bronorganisatie: str | None
) -> Brought | None:
    """The zaak with this number; refused when several organisations have one with that number."""
    wanted: Body = {IDENTIFIED_BY: identificatie}
    if bronorganisatie is not None:
        wanted["bronorganisatie"] = bronorganisatie
    # The answer is held against the number, so it is asked for whatever is selected.
    needed = replace(fields, paths=tuple(sorted({*fields.paths, IDENTIFIED_BY})))
    page, also = await found_zaken(zaken, needed, wanted, None, 2, None)
    if len(page.items) > 1:
        message = "Meer organisaties hebben een zaak met dit nummer; noem ook de bronorganisatie."
        raise SourceRefusedQuestion(zaken.name, "several zaken", message=message)
    if not page.items:
        return None
    if page.items[0].get(IDENTIFIED_BY) != identificatie:
        raise SourceFault(zaken.name, "another zaak than was asked for")
    return Brought(page.items[0], also)


@of_zaak(key_of=key_under("statussen"), gives=Status, tags=one("status", "zaak"), conditional=True)
async def status(zaken: Source, uuid: str, fields: Fields) -> Wire:
    """One status."""
    return await _one(zaken, "statussen", uuid)


@of_zaak(
    key_of=key_under("resultaten"),
    gives=Resultaat,
    tags=one("resultaat", "zaak"),
    conditional=True,
)
async def resultaat(zaken: Source, uuid: str, fields: Fields) -> Wire:
    """One resultaat."""
    return await _one(zaken, "resultaten", uuid)


@of_zaak(key_of=key_under("zaken"), gives=Status, tags=under("zaak"))
async def statussen_van_zaak(zaken: Source, uuid: str, fields: Fields) -> Brought:
    """Every status that a zaak has had."""
    found = await _of_zaak(zaken, "statussen", uuid)
    return Brought(found, {status: {uuid_in(item): item for item in found}})


@personal(key_of=key_under("zaken"), gives=Rol, tags=under("zaak"), sieve=ROLLEN)
async def rollen_van_zaak(zaken: Source, uuid: str, fields: Fields) -> Sequence[Wire]:
    """Everyone who has a role in a zaak."""
    return [rol_of(zaken, rol) for rol in await _of_zaak(zaken, "rollen", uuid)]


@personal(key_of=key_under("zaken"), gives=Zaakobject, tags=under("zaak"), sieve=ZAAKOBJECTEN)
async def zaakobjecten_van_zaak(zaken: Source, uuid: str, fields: Fields) -> Sequence[Wire]:
    """Everything that a zaak is about."""
    found = await _of_zaak(zaken, "zaakobjecten", uuid)
    return [zaakobject_of(zaken, item) for item in found]


@of_zaak(key_of=key_under("zaken"), gives=Zaakeigenschap, tags=under("zaak"))
async def zaakeigenschappen_van_zaak(zaken: Source, uuid: str, fields: Fields) -> Sequence[Wire]:
    """What is recorded of a zaak beside its properties; a bare array."""
    answer = await zaken.get("zaken", uuid, "zaakeigenschappen", headers=CRS)
    return _only_of(zaken, uuid, bare_array(zaken, answer))


@of_zaak(
    key_of=key_under("zaken"),
    gives=Zaakinformatieobject,
    tags=under("zaak"),
    sieve=of_what_names_a_document(lambda: document),
)
async def zaakinformatieobjecten_van_zaak(
    zaken: Source, uuid: str, fields: Fields
) -> Sequence[Wire]:
    """Which documents belong to a zaak; a bare array, in one answer however many there are."""
    params = {"zaak": zaken.url_of("zaken", uuid)}
    answer = await zaken.get("zaakinformatieobjecten", params=params, headers=CRS)
    return _only_of(zaken, uuid, bare_array(zaken, answer))


@about(key_of=IDENTIFICATIE, gives=Zaakobject, tags=listed("zaakobject", "zaken"))
async def zaakobjecten_van_adres(
    zaken: Source, nummeraanduiding: str, fields: Fields, *, first: int, after: str | None
) -> Page:
    """Where an address of the BAG is named as the object of a zaak."""
    return await _about(zaken, "adressen", nummeraanduiding, first, after)


@about(key_of=IDENTIFICATIE, gives=Zaakobject, tags=listed("zaakobject", "zaken"))
async def zaakobjecten_van_pand(
    zaken: Source, pand: str, fields: Fields, *, first: int, after: str | None
) -> Page:
    """Where a pand of the BAG is named as the object of a zaak."""
    return await _about(zaken, "panden", pand, first, after)


@about(key_of=IDENTIFICATIE, gives=Zaakobject, tags=listed("zaakobject", "zaken"))
async def zaakobjecten_van_openbare_ruimte(
    zaken: Source, openbare_ruimte: str, fields: Fields, *, first: int, after: str | None
) -> Page:
    """Where a street or other openbare ruimte of the BAG is named as the object of a zaak."""
    return await _about(zaken, "openbareruimten", openbare_ruimte, first, after)


@about(key_of=WOONPLAATS, gives=Zaakobject, tags=listed("zaakobject", "zaken"))
async def zaakobjecten_van_woonplaats(
    zaken: Source, woonplaats: str, fields: Fields, *, first: int, after: str | None
) -> Page:
    """Where a woonplaats of the BAG is named as the object of a zaak."""
    return await _about(zaken, "woonplaatsen", woonplaats, first, after)


# ---- one question each --------------------------------------------------------------------------


async def found_zaken(
    zaken: Source,
    fields: Fields,
    wanted: Body,
    volgorde: str | None,
    first: int,
    after: str | None,
) -> tuple[Page, Mapping[Read, Mapping[Any, Any]]]:
    """A page of zaken, and all that came with them, the zaken themselves included."""
    names = names_to_expand(zaken, fields)
    body = {**wanted, **ordered(zaken, volgorde), **_wish(zaken, fields, names)}

    async def ask(page: Mapping[str, str]) -> Any:
        return await _zoek(zaken, body, page)

    page = await page_of(zaken, ask, first, after)
    for item in page.items:
        proven(zaken, item, fields)
    known = [*map(bare, page.items)]
    return replace(page, items=known), _also(zaken, page.items, known, names)


async def _zoek(zaken: Source, body: Body, page: Mapping[str, str]) -> Any:
    try:
        return await zaken.post("zaken", "_zoek", json=body, params=page or None, headers=CRS)
    except SourceFault as fault:
        if FIELDS in body and fault.status == REFUSED and not _names_another(fault, body):
            raise ConfigurationMissing(
                zaken.name, f"{FIELDS} is refused", message=NO_SELECTION
            ) from fault
        raise


def _names_another(fault: SourceFault, body: Body) -> bool:
    """Whether a refusal says that something else in the question is wrong."""
    return bool(fault.params) and set(fault.params) <= body.keys() - {FIELDS}


def _wish(zaken: Source, fields: Fields, names: list[str]) -> Body:
    """What is wanted of the zaken: chosen fields, or whole ones and what they bring along.

    The standard has the names to expand in one text, Open Zaak wants a list.
    """
    if selects(zaken):
        return {FIELDS: selection(zaken, fields)}
    if not names:
        return {}
    is_list = zaken.flag("variant", "standaard") == "openzaak"
    return {"expand": names if is_list else ",".join(names)}


async def _one(zaken: Source, resource: str, uuid: str) -> Wire:
    found = await zaken.get(resource, uuid, headers=CRS)
    if not isinstance(found, dict) or not is_at(found, uuid):
        raise SourceFault(zaken.name, "another object than was asked for")
    return found


async def _of_zaak(zaken: Source, resource: str, uuid: str) -> Sequence[Wire]:
    url = zaken.url_of("zaken", uuid)

    async def ask(page: Mapping[str, str]) -> Any:
        return await zaken.get(resource, params={"zaak": url, **page}, headers=CRS)

    return _only_of(zaken, uuid, await whole(zaken, ask))


def _only_of(zaken: Source, uuid: str, items: Sequence[Wire]) -> Sequence[Wire]:
    """The same items, proven to be of this zaak: a source that ignores a filter gives them all."""
    if any(zaken.uuid_of(item["zaak"], "zaken") != uuid for item in items):
        raise SourceFault(zaken.name, "objects of another zaak")
    return items


async def _about(
    zaken: Source, resource: str, identificatie: str, first: int, after: str | None
) -> Page:
    url = bag_url(zaken, resource, identificatie)

    async def ask(page: Mapping[str, str]) -> Any:
        return await zaken.get("zaakobjecten", params={"object": url, **page}, headers=CRS)

    found = await page_of(zaken, ask, first, after)
    if any(item.get("object") != url for item in found.items):
        raise SourceFault(zaken.name, "other objects than were asked for")
    return replace(found, items=[zaakobject_of(zaken, item) for item in found.items])


# ---- what came along ----------------------------------------------------------------------------


def _by_uuid(zaken: Sequence[Wire]) -> dict[str, Wire]:
    return {uuid_in(item): item for item in zaken}


def _also(
    zaken: Source, found: Sequence[Wire], known: Sequence[Wire], names: list[str]
) -> Mapping[Read, Mapping[Any, Any]]:
    """Answers to other reads: a zaak that was found is not asked again, nor what it expanded;
    `known` are the same zaken, bare.
    """
    uuids = [*map(uuid_in, known)]
    also: dict[Read, dict[Any, Any]] = {zaak: dict(zip(uuids, known, strict=True))}
    empty = tells_empty(zaken)
    if not (empty or names):
        return also
    reads = {
        "zaaktype": zaaktype,
        "status": status,
        "statustype": statustype,
        "resultaat": resultaat,
        "resultaattype": resultaattype,
        "rollen": rollen_van_zaak,
        "roltype": roltype,
        "zaakobjecten": zaakobjecten_van_zaak,
        "zaakinformatieobjecten": zaakinformatieobjecten_van_zaak,
        "eigenschappen": zaakeigenschappen_van_zaak,
        "eigenschap": eigenschap,
        "hoofdzaak": zaak,
        "deelzaken": zaak,
    }
    complete = {"rollen": rol_of, "zaakobjecten": zaakobject_of}
    for uuid, item in zip(uuids, found, strict=True):
        none = known_empty(item, uuid) if empty else ()
        for along in chain(none, came_along(item, names)) if names else none:
            value = along.value
            if along.name in complete:
                value = [complete[along.name](zaken, each) for each in value]
            also.setdefault(reads[along.name], {})[along.key] = value
    return also
