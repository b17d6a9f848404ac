"""The zaken in which a company, its owner or a vestiging has a role (operation).

Declared at startup. They are asked as those of a person are: by number, in a body. One question has
one number, because the API has no OR.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from gateway.source.read import About, Brought, Fields
from gateway.source.source import Source
from resolvers.hr.keys import KVK_NUMMER, VESTIGINGSNUMMER
from resolvers.hr.keys import RSIN as RSIN_KEY
from resolvers.zgw.genoemd import kvk_filter, vestiging_filter
from resolvers.zgw.reads_zaken import FOUND, found_zaken, of_zaken
from resolvers.zgw.zoeken import ROL, RSIN, zaak_filters, zaak_order
from schema.language.paging import Page
from schema.zaken import Zaak

zoeken = partial(
    of_zaken, resource="zaak", activity="zoeken", gives=Zaak, tags=FOUND, order_of=zaak_order
)
"""A read that finds zaken by who takes part in them."""


@zoeken(key_of=KVK_NUMMER, about=About.COMPANY_WIDE)
async def zaken_van_bedrijf(
    zaken: Source,
    kvk_nummer: str,
    fields: Fields,
    *,
    rol: str | None,
    filter: Mapping[str, Any] | None,
    volgorde: str | None,
    first: int,
    after: str | None,
) -> Brought:
    """Zaken in which the company with this KVK-nummer has a role; each edge knows the number."""
    wanted = {**zaak_filters(zaken, filter), kvk_filter(zaken): kvk_nummer}
    edge = {"kvkNummer": kvk_nummer}
    return await _with(zaken, fields, wanted, edge, rol, volgorde, first, after)


@zoeken(key_of=RSIN_KEY, about=About.LEGAL_PERSON)
async def zaken_van_rechtspersoon(
    zaken: Source,
    rsin: str,
    fields: Fields,
    *,
    rol: str | None,
    filter: Mapping[str, Any] | None,
    volgorde: str | None,
    first: int,
    after: str | None,
) -> Brought:
    """Zaken in which the organisation with this RSIN has a role; each edge knows the number."""
    wanted = {**zaak_filters(zaken, filter), RSIN: rsin}
    return await _with(zaken, fields, wanted, {"rsin": rsin}, rol, volgorde, first, after)


@zoeken(key_of=VESTIGINGSNUMMER, about=About.BRANCH)
async def zaken_van_vestiging(
    zaken: Source,
    vestigingsnummer: str,
    fields: Fields,
    *,
    rol: str | None,
    filter: Mapping[str, Any] | None,
    volgorde: str | None,
    first: int,
    after: str | None,
) -> Brought:
    """Zaken in which the vestiging with this number has a role; each edge knows the number."""
    wanted = {**zaak_filters(zaken, filter), vestiging_filter(zaken): vestigingsnummer}
    edge = {"vestigingsnummer": vestigingsnummer}
    return await _with(zaken, fields, wanted, edge, rol, volgorde, first, after)


async def _with(
    zaken: Source,
    fields: Fields,
    wanted: dict[str, Any],
    edge: dict[str, Any],
    rol: str | None,
    volgorde: str | None,
    first: int,
    after: str | None,
) -> Brought:
    if rol is not None:
        wanted[ROL] = rol
    page, also = await found_zaken(zaken, fields, wanted, volgorde, first, after)
    edges = [edge] * len(page.items)
    made = Page(page.items, page.cursors, page.has_next, page.total, page.has_previous, edges=edges)
    return Brought(made, also)
