"""The questions about customers that are put to the Klantinteracties API (operation); declared at
startup.

Klantinteracties API 0.9.0 (Open Klant 2). It takes no list of keys, no selection of fields, and no
question in a body: a customer is found by burgerservicenummer with a GET that has it in its query,
because there is no other way (docs/decisions/0014). Neither we nor our errors and logs repeat an
address that was asked. The token opens everything, so what a caller may see is decided here alone.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from gateway.source.errors import SourceFault
from gateway.source.keep import Keep
from gateway.source.read import About, Brought, Fields, Read, links_wanted, read, whole
from gateway.source.source import Source
from resolvers.bag.keys import BSN, IDENTIFICATIE, digits
from resolvers.klant import zeef
from resolvers.klant.expand import OF_PARTIJ, came_along, expanding
from resolvers.klant.paging import page_of
from resolvers.klant.wire import (
    Wire,
    by_uuid,
    identifications,
    identified,
    partij_of,
    refers_to,
    uuid_key,
)
from resolvers.zgw.paging import whole as whole_list
from schema.klant import DigitaalAdres, Partij, Rekeningnummer, Vertegenwoordiging
from schema.klant_contact import Betrokkene
from schema.language.paging import Page

PARTIJ = "klant.partij"
Also = dict[Read, dict[Any, Any]]

personal = partial(read, "klant", keep=Keep.personal(), varies=links_wanted)
"""Everything there is about people: who they are, and what they asked."""


@personal(parts=whole, key_of=uuid_key)
async def partij_identificator(klant: Source, uuid: str, fields: Fields) -> Wire:
    """One number of a customer: that of the company, which the number of a vestiging is under."""
    return identified(klant, await klant.get("partij-identificatoren", uuid), uuid)


of_partijen = partial(personal, resource=PARTIJ, sieve=zeef.of_partijen(partij_identificator))
"""A read of customers themselves."""


@of_partijen(parts=whole, key_of=uuid_key, gives=Partij)
async def partij(klant: Source, uuid: str, fields: Fields) -> Brought:
    """One customer."""
    params = expanding(klant, fields, OF_PARTIJ) or None
    found = partij_of(klant, await klant.get("partijen", uuid, params=params), uuid)
    return Brought(found, along_with_partijen(klant, [found]))


@of_partijen(
    parts=whole,
    activity="zoeken",
    about=About.PERSON,
    key_of=BSN,
    gives=Partij,
)
async def partij_van_persoon(klant: Source, bsn: str, fields: Fields) -> Brought | None:
    """The customer who is the person with this BSN; the BSN is in the query of a GET."""
    found = await _identified_by(klant, fields, "natuurlijk_persoon", "brp", "bsn", bsn)
    if len(found) > 1:
        raise SourceFault(klant.name, "several partijen with one burgerservicenummer")
    return Brought(found[0], along_with_partijen(klant, found)) if found else None


@of_partijen(parts=whole, activity="zoeken", about=About.PERSON, key_of=BSN, gives=Partij)
async def partijen_van_persoon(klant: Source, bsn: str, fields: Fields) -> Brought:
    """The same as a list, for a municipality with several customer systems: one of each."""
    found = await _identified_by(klant, fields, "natuurlijk_persoon", "brp", "bsn", bsn)
    return Brought(found, along_with_partijen(klant, found))


@of_partijen(
    parts=whole,
    activity="zoeken",
    key_of=digits(8),
    about=About.COMPANY_WIDE,
    gives=Partij,
)
async def partijen_van_onderneming(klant: Source, kvk_nummer: str, fields: Fields) -> Brought:
    """The customers with this KVK number: the company, and establishments that carry it too."""
    found = await _identified_by(
        klant, fields, "niet_natuurlijk_persoon", "hr", "kvk_nummer", kvk_nummer
    )
    return Brought(found, along_with_partijen(klant, found))


@of_partijen(
    parts=whole,
    activity="zoeken",
    key_of=digits(9),
    about=About.LEGAL_PERSON,
    gives=Partij,
)
async def partijen_van_rechtspersoon(klant: Source, rsin: str, fields: Fields) -> Brought:
    """The customers with this RSIN."""
    found = await _identified_by(klant, fields, "niet_natuurlijk_persoon", "hr", "rsin", rsin)
    return Brought(found, along_with_partijen(klant, found))


@of_partijen(
    parts=whole,
    activity="zoeken",
    key_of=digits(12),
    about=About.BRANCH,
    gives=Partij,
)
async def partijen_van_vestiging(klant: Source, vestigingsnummer: str, fields: Fields) -> Brought:
    """The customers with this vestigingsnummer: several, if it went from company to company."""
    found = await _identified_by(
        klant, fields, "vestiging", "hr", "vestigingsnummer", vestigingsnummer
    )
    return Brought(found, along_with_partijen(klant, found))


@of_partijen(parts=whole, key_of=IDENTIFICATIE, gives=Partij)
async def partijen_op_adres(
    klant: Source, nummeraanduiding: str, fields: Fields, *, first: int, after: str | None
) -> Brought:
    """The customers who can be visited at an address of the BAG."""
    filters = {"bezoekadresNummeraanduidingId": nummeraanduiding}
    asked = {**filters, **expanding(klant, fields, OF_PARTIJ)}

    async def ask(page: Mapping[str, str]) -> Any:
        return await klant.get("partijen", params={**asked, **page})

    page = await page_of(klant, ask, first, after)
    items = [partij_of(klant, item) for item in page.items]
    if any(_visited_at(item) != nummeraanduiding for item in items):
        raise SourceFault(klant.name, "customers at another address")
    shown = Page(items, page.cursors, page.has_next, page.total, page.has_previous)
    return Brought(shown, along_with_partijen(klant, items))


@personal(parts=whole, key_of=uuid_key, gives=Betrokkene, sieve=zeef.of_betrokkenen(partij))
async def betrokkene(klant: Source, uuid: str, fields: Fields) -> Wire:
    """One participant in a contact."""
    return identified(klant, await klant.get("betrokkenen", uuid), uuid)


@personal(
    parts=whole,
    key_of=uuid_key,
    gives=DigitaalAdres,
    sieve=zeef.of_adressen(partij, betrokkene),
)
async def digitaal_adres(klant: Source, uuid: str, fields: Fields) -> Wire:
    """One digital address."""
    return identified(klant, await klant.get("digitaleadressen", uuid), uuid)


@personal(parts=whole, key_of=uuid_key, gives=DigitaalAdres)
async def digitale_adressen_van_partij(klant: Source, uuid: str, fields: Fields) -> Brought:
    """All digital addresses of one customer."""
    found = await _all_of(klant, "digitaleadressen", "verstrektDoorPartij", uuid)
    return Brought(found, {digitaal_adres: by_uuid(found)})


@personal(parts=whole, key_of=uuid_key, gives=Vertegenwoordiging)
async def vertegenwoordigingen_door_partij(
    klant: Source, uuid: str, fields: Fields
) -> Sequence[Wire]:
    """Whom a customer acts for."""
    return await _all_of(klant, "vertegenwoordigingen", "vertegenwoordigendePartij", uuid)


@personal(parts=whole, key_of=uuid_key, gives=Vertegenwoordiging)
async def vertegenwoordigingen_van_partij(
    klant: Source, uuid: str, fields: Fields
) -> Sequence[Wire]:
    """Who acts for a customer."""
    return await _all_of(klant, "vertegenwoordigingen", "vertegenwoordigdePartij", uuid)


@personal(parts=whole, key_of=uuid_key, gives=Rekeningnummer, sieve=zeef.of_rekeningnummers(partij))
async def rekeningnummer(klant: Source, uuid: str, fields: Fields) -> Wire:
    """One bank account."""
    return identified(klant, await klant.get("rekeningnummers", uuid), uuid)


# ---- one question each --------------------------------------------------------------------------


def by_number(prefix: str, objecttype: str, register: str, kind: str, number: str) -> Wire:
    """The four filters that name a number; the number alone could be of another kind."""
    return {
        f"{prefix}partijIdentificator__codeObjecttype": objecttype,
        f"{prefix}partijIdentificator__codeRegister": register,
        f"{prefix}partijIdentificator__codeSoortObjectId": kind,
        f"{prefix}partijIdentificator__objectId": number,
    }


async def _identified_by(
    klant: Source, fields: Fields, objecttype: str, register: str, kind: str, number: str
) -> Sequence[Wire]:
    filters = by_number("", objecttype, register, kind, number)
    asked = {**filters, **expanding(klant, fields, OF_PARTIJ)}

    async def ask(page: Mapping[str, str]) -> Any:
        return await klant.get("partijen", params={**asked, **page})

    found = [partij_of(klant, item) for item in await whole_list(klant, ask)]
    if any((kind, number) not in identifications(item) for item in found):
        raise SourceFault(klant.name, "customers with another number")
    return found


async def _all_of(klant: Source, resource: str, holder: str, uuid: str) -> list[Wire]:
    """Everything that refers to a partij as its `holder`, proven to do so."""

    async def ask(page: Mapping[str, str]) -> Any:
        return await klant.get(resource, params={f"{holder}__uuid": uuid, **page})

    found = [identified(klant, item) for item in await whole_list(klant, ask)]
    if not all(refers_to(item, holder, uuid) for item in found):
        raise SourceFault(klant.name, f"{resource} of another partij")
    return found


def along_with_partijen(klant: Source, partijen: Sequence[Wire]) -> Also:
    """Answers to other reads: the customers themselves, and their addresses if those came too.

    A customer without digital addresses says so itself; then nobody has to ask.
    """
    also: Also = {partij: by_uuid(partijen)}
    addresses: dict[Any, Any] = {}
    for item in partijen:
        expanded = _own_addresses(item)
        if item.get("digitaleAdressen") == []:
            expanded = []
        if expanded is not None:
            found = [identified(klant, address) for address in expanded]
            addresses[item["uuid"]] = found
            also.setdefault(digitaal_adres, {}).update(by_uuid(found))
    return also | {digitale_adressen_van_partij: addresses}


def _own_addresses(partij: Wire) -> list[Any] | None:
    """The addresses that came along, if all say that they are this customer's."""
    expanded = came_along(partij, "digitaleAdressen")
    mine = (refers_to(each, "verstrektDoorPartij", partij["uuid"]) for each in expanded or ())
    return expanded if all(mine) else None


def _visited_at(partij: Wire) -> object:
    address = partij.get("bezoekadres")
    return address.get("nummeraanduidingId") if isinstance(address, Mapping) else None
