"""The questions that are put to the Catalogi API (operation); declared at startup.

Catalogi API 1.3.1. It has no way to ask for several objects at once, but what is published there no
longer changes, so answers are kept for the whole municipality: one thing for a day, and what is in
a list for an hour, since a new version can come.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from gateway.source import read as reading
from gateway.source.addresses import is_uuid
from gateway.source.errors import SourceFault
from gateway.source.keep import DataClass, Keep, Sharing
from gateway.source.read import Brought, Fields, Read, read
from gateway.source.source import Source
from resolvers.zgw.expand import is_at, uuid_in
from resolvers.zgw.merken import listed, one, under
from resolvers.zgw.paging import page_of, whole
from schema.catalogi import Catalogus, Eigenschap, Resultaattype, Roltype, Statustype, Zaaktype
from schema.catalogi_documenten import Besluittype, Informatieobjecttype
from schema.language.paging import Page

Wire = Mapping[str, Any]

published = partial(
    Keep.shared,
    DataClass.REFERENCE,
    Sharing.TENANT,
    stale_while_revalidate=3_600,
    stale_if_error=86_400,
)
a_list = partial(read, "catalogi", keep=published(fresh=3_600), parts=reading.whole)
"""A read of several things of Catalogi: as much as they have."""
a_thing = partial(
    read, "catalogi", keep=published(fresh=86_400), parts=reading.whole, conditional=True
)
"""A read of one thing of Catalogi."""


def key_under(resource: str) -> Callable[[Source, Any], str]:
    """Takes the uuid of an address of this resource, or a uuid that a client named.

    Raises ForeignAddress for an address that is not under a registered base of the source.
    """

    def key_of(source: Source, value: Any) -> str:
        if isinstance(value, str) and "/" not in value and is_uuid(value.lower()):
            return value.lower()
        return source.uuid_of(value, resource)

    return key_of


@a_thing(key_of=key_under("catalogussen"), gives=Catalogus, tags=one("catalogus"))
async def catalogus(catalogi: Source, uuid: str, fields: Fields) -> Wire:
    """One catalogus."""
    return await _one(catalogi, "catalogussen", uuid)


@a_thing(key_of=key_under("zaaktypen"), gives=Zaaktype, tags=one("zaaktype"))
async def zaaktype(catalogi: Source, uuid: str, fields: Fields) -> Wire:
    """One version of a zaaktype."""
    return await _one(catalogi, "zaaktypen", uuid)


@a_thing(key_of=key_under("statustypen"), gives=Statustype, tags=one("statustype", "zaaktype"))
async def statustype(catalogi: Source, uuid: str, fields: Fields) -> Wire:
    """One statustype."""
    return await _one(catalogi, "statustypen", uuid)


@a_thing(
    key_of=key_under("resultaattypen"), gives=Resultaattype, tags=one("resultaattype", "zaaktype")
)
async def resultaattype(catalogi: Source, uuid: str, fields: Fields) -> Wire:
    """One resultaattype."""
    return await _one(catalogi, "resultaattypen", uuid)


@a_thing(key_of=key_under("roltypen"), gives=Roltype, tags=one("roltype", "zaaktype"))
async def roltype(catalogi: Source, uuid: str, fields: Fields) -> Wire:
    """One roltype."""
    return await _one(catalogi, "roltypen", uuid)


@a_thing(key_of=key_under("eigenschappen"), gives=Eigenschap, tags=one("eigenschap", "zaaktype"))
async def eigenschap(catalogi: Source, uuid: str, fields: Fields) -> Wire:
    """One eigenschap."""
    return await _one(catalogi, "eigenschappen", uuid)


@a_list(key_of=key_under("zaaktypen"), gives=Statustype, tags=under("zaaktype"))
async def statustypen_van_zaaktype(catalogi: Source, uuid: str, fields: Fields) -> Brought:
    """The statustypen of one version of a zaaktype."""
    return await _of_zaaktype(catalogi, "statustypen", uuid, statustype)


@a_list(key_of=key_under("zaaktypen"), gives=Resultaattype, tags=under("zaaktype"))
async def resultaattypen_van_zaaktype(catalogi: Source, uuid: str, fields: Fields) -> Brought:
    """The resultaattypen of one version of a zaaktype."""
    return await _of_zaaktype(catalogi, "resultaattypen", uuid, resultaattype)


@a_list(key_of=key_under("zaaktypen"), gives=Roltype, tags=under("zaaktype"))
async def roltypen_van_zaaktype(catalogi: Source, uuid: str, fields: Fields) -> Brought:
    """The roltypen of one version of a zaaktype."""
    return await _of_zaaktype(catalogi, "roltypen", uuid, roltype)


@a_list(key_of=key_under("zaaktypen"), gives=Eigenschap, tags=under("zaaktype"))
async def eigenschappen_van_zaaktype(catalogi: Source, uuid: str, fields: Fields) -> Brought:
    """The eigenschappen of one version of a zaaktype."""
    return await _of_zaaktype(catalogi, "eigenschappen", uuid, eigenschap)


@a_list(gives=Catalogus, tags=listed("catalogus", "catalogussen"))
async def catalogussen(
    catalogi: Source, fields: Fields, *, domein: str | None, first: int, after: str | None
) -> Brought:
    """The catalogi of the municipality."""
    filters = {"domein": domein} if domein is not None else {}
    return await _page(catalogi, "catalogussen", filters, first, after, catalogus)


@a_list(gives=Zaaktype, tags=listed("zaaktype", "zaaktypen"))
async def zaaktypen(
    catalogi: Source,
    fields: Fields,
    *,
    identificatie: str | None,
    geldig_op: str | None,
    status: str,
    first: int,
    after: str | None,
) -> Brought:
    """Zaaktypen, by identificatie and by the day on which they hold."""
    filters = _zaaktype_filters(identificatie, geldig_op, status)
    return await _page(catalogi, "zaaktypen", filters, first, after, zaaktype)


@a_list(key_of=key_under("catalogussen"), gives=Zaaktype, tags=listed("zaaktype", "zaaktypen"))
async def zaaktypen_van_catalogus(
    catalogi: Source,
    uuid: str,
    fields: Fields,
    *,
    identificatie: str | None,
    geldig_op: str | None,
    status: str,
    first: int,
    after: str | None,
) -> Brought:
    """The zaaktypen of one catalogus."""
    own = {"catalogus": catalogi.url_of("catalogussen", uuid)}
    filters = own | _zaaktype_filters(identificatie, geldig_op, status)
    return await _page(catalogi, "zaaktypen", filters, first, after, zaaktype)


@a_thing(
    key_of=key_under("informatieobjecttypen"),
    gives=Informatieobjecttype,
    tags=one("informatieobjecttype"),
)
async def informatieobjecttype(catalogi: Source, uuid: str, fields: Fields) -> Wire:
    """One informatieobjecttype."""
    return await _one(catalogi, "informatieobjecttypen", uuid)


@a_thing(key_of=key_under("besluittypen"), gives=Besluittype, tags=one("besluittype"))
async def besluittype(catalogi: Source, uuid: str, fields: Fields) -> Wire:
    """One besluittype."""
    return await _one(catalogi, "besluittypen", uuid)


@a_list(gives=Informatieobjecttype, tags=listed("informatieobjecttype", "informatieobjecttypen"))
async def informatieobjecttypen(
    catalogi: Source,
    fields: Fields,
    *,
    omschrijving: str | None,
    geldig_op: str | None,
    status: str,
    first: int,
    after: str | None,
) -> Brought:
    """Informatieobjecttypen, by their exact name and by the day on which they hold."""
    filters = _type_filters(omschrijving, geldig_op, status)
    kind = informatieobjecttype
    return await _page(catalogi, "informatieobjecttypen", filters, first, after, kind)


@a_list(gives=Besluittype, tags=listed("besluittype", "besluittypen"))
async def besluittypen(
    catalogi: Source,
    fields: Fields,
    *,
    omschrijving: str | None,
    geldig_op: str | None,
    status: str,
    first: int,
    after: str | None,
) -> Brought:
    """Besluittypen, by their exact name and by the day on which they hold."""
    filters = _type_filters(omschrijving, geldig_op, status)
    return await _page(catalogi, "besluittypen", filters, first, after, besluittype)


def _type_filters(omschrijving: str | None, geldig_op: str | None, status: str) -> dict[str, str]:
    given = {"omschrijving": omschrijving, "datumGeldigheid": geldig_op, "status": status}
    return {name: value for name, value in given.items() if value is not None}


def _zaaktype_filters(
    identificatie: str | None, geldig_op: str | None, status: str
) -> dict[str, str]:
    given = {"identificatie": identificatie, "datumGeldigheid": geldig_op, "status": status}
    return {name: value for name, value in given.items() if value is not None}


async def _one(catalogi: Source, resource: str, uuid: str) -> Wire:
    found = await catalogi.get(resource, uuid)
    if not isinstance(found, dict) or not is_at(found, uuid):
        raise SourceFault(catalogi.name, "another object than was asked for")
    return found


async def _of_zaaktype(catalogi: Source, resource: str, uuid: str, one: Read) -> Brought:
    """All types of a kind, concepts included: a zaaktype that is a concept has concepts only."""
    filters = {"zaaktype": catalogi.url_of("zaaktypen", uuid), "status": "alles"}

    async def ask(page: Mapping[str, str]) -> Any:
        return await catalogi.get(resource, params={**filters, **page})

    found = await whole(catalogi, ask)
    if any(catalogi.uuid_of(item["zaaktype"], "zaaktypen") != uuid for item in found):
        raise SourceFault(catalogi.name, "types of another zaaktype")
    return Brought(found, {one: {uuid_in(item): item for item in found}})


async def _page(
    catalogi: Source,
    resource: str,
    filters: Mapping[str, str],
    first: int,
    after: str | None,
    one: Read,
) -> Brought:
    async def ask(page: Mapping[str, str]) -> Any:
        return await catalogi.get(resource, params={**filters, **page})

    found: Page = await page_of(catalogi, ask, first, after)
    return Brought(found, {one: {uuid_in(item): item for item in found.items}})
