"""The questions about contacts with customers that are put to the Klantinteracties API (operation);
declared at startup.

Klantinteracties API 0.9.0 (Open Klant 2). What belongs to a contact is asked by the uuids that the
contact names. A list of contacts does not say whose they are: that the source does filter is known
from its refusal of parameters that it does not know (`bronpoort check`), and is proven where it can
be, from what came along. To who sees only their own each is proven, whatever the source does.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from gateway.source.errors import SourceFault
from gateway.source.keep import Keep
from gateway.source.read import About, Brought, Fields, Read, links_wanted, read, whole
from gateway.source.source import Source
from resolvers.bag.keys import BSN
from resolvers.klant.expand import OF_CONTACT, came_along, expanding
from resolvers.klant.paging import page_of
from resolvers.klant.reads_partijen import (
    Also,
    along_with_partijen,
    betrokkene,
    by_number,
    digitaal_adres,
)
from resolvers.klant.wire import (
    ZAAK_CODES,
    Wire,
    bijlage_of,
    by_uuid,
    identifications,
    identified,
    onderwerpobject_of,
    partij_of,
    refers_to,
    uuid_key,
)
from resolvers.klant.zeef import of_klantcontacten
from schema.klant_contact import (
    Actor,
    Bijlage,
    InterneTaak,
    Klantcontact,
    Onderwerpobject,
)
from schema.language.paging import Page

CONTACT = "klant.klantcontact"
OBJECT = "onderwerpobject__onderwerpobjectidentificator"

personal = partial(read, "klant", keep=Keep.personal(), varies=links_wanted)
"""Everything there is about people: who they are, and what they asked."""
of_contacten = partial(personal, resource=CONTACT, sieve=of_klantcontacten(betrokkene))
"""A read of contacts themselves."""


@of_contacten(parts=whole, key_of=uuid_key, gives=Klantcontact)
async def klantcontact(klant: Source, uuid: str, fields: Fields) -> Brought:
    """One contact."""
    params = expanding(klant, fields, OF_CONTACT) or None
    found = identified(klant, await klant.get("klantcontacten", uuid, params=params), uuid)
    return Brought(found, _along_with(klant, [found]))


@of_contacten(parts=whole, key_of=uuid_key, gives=Klantcontact)
async def klantcontacten_van_partij(
    klant: Source, uuid: str, fields: Fields, *, first: int, after: str | None
) -> Brought:
    """The contacts with one customer."""
    filters = {"hadBetrokkene__wasPartij__uuid": uuid}
    page = await _contacten(klant, fields, filters, first, after)
    _prove(klant, page, "hadBetrokkenen", lambda one: refers_to(one, "wasPartij", uuid))
    return Brought(page, _along_with(klant, page.items))


@of_contacten(
    parts=whole,
    activity="zoeken",
    about=About.PERSON,
    key_of=BSN,
    gives=Klantcontact,
)
async def klantcontacten_van_persoon(
    klant: Source, bsn: str, fields: Fields, *, first: int, after: str | None
) -> Brought:
    """The contacts with the person with this BSN, which is in the query of a GET.

    The source offers nothing else, see docs/decisions/0014.
    """
    filters = by_number("hadBetrokkene__wasPartij__", "natuurlijk_persoon", "brp", "bsn", bsn)
    page = await _contacten(klant, fields, filters, first, after)

    def is_person(participant: Wire) -> bool:
        customers = came_along(participant, "wasPartij")
        return customers is None or any(("bsn", bsn) in identifications(c) for c in customers)

    _prove(klant, page, "hadBetrokkenen", is_person)
    return Brought(page, _along_with(klant, page.items))


@of_contacten(parts=whole, key_of=uuid_key, gives=Klantcontact)
async def klantcontacten_van_zaak(
    klant: Source, zaak: str, fields: Fields, *, first: int, after: str | None
) -> Brought:
    """The contacts that were about a zaak, named as this municipality names zaken there."""
    filters = {f"{OBJECT}ObjectId": zaak}
    for flag, name, _, usual in ZAAK_CODES:
        if code := klant.flag(flag, usual):
            filters[f"{OBJECT}{name}"] = code
    page = await _contacten(klant, fields, filters, first, after)

    def is_zaak(subject: Wire) -> bool:
        return str(onderwerpobject_of(klant, subject).get("zaak")).lower() == zaak

    _prove(klant, page, "gingOverOnderwerpobjecten", is_zaak)
    return Brought(page, _along_with(klant, page.items))


@personal(parts=whole, key_of=uuid_key, gives=Onderwerpobject)
async def onderwerpobject(klant: Source, uuid: str, fields: Fields) -> Wire:
    """One thing that a contact was about."""
    return onderwerpobject_of(klant, await klant.get("onderwerpobjecten", uuid), uuid)


@personal(parts=whole, key_of=uuid_key, gives=Bijlage)
async def bijlage(klant: Source, uuid: str, fields: Fields) -> Wire:
    """One document that belonged to a contact."""
    return bijlage_of(klant, await klant.get("bijlagen", uuid), uuid)


@personal(parts=whole, key_of=uuid_key, gives=InterneTaak)
async def interne_taak(klant: Source, uuid: str, fields: Fields) -> Wire:
    """One task."""
    return identified(klant, await klant.get("internetaken", uuid), uuid)


@personal(parts=whole, activity="zoeken", gives=InterneTaak)
async def interne_taken(
    klant: Source,
    fields: Fields,
    *,
    status: str | None,
    actor: str | None,
    first: int,
    after: str | None,
) -> Brought:
    """Tasks of whatever customers, by how far they are and who has them."""
    given = {"status": status, "toegewezenAanActor__uuid": actor}
    filters = {name: value for name, value in given.items() if value is not None}
    page = await _page(klant, "internetaken", filters, first, after)
    if status is not None and any(item.get("status") != status for item in page.items):
        raise SourceFault(klant.name, "tasks with another status")
    return Brought(page, {interne_taak: by_uuid(page.items)})


@personal(parts=whole, key_of=uuid_key, gives=Actor)
async def actor(klant: Source, uuid: str, fields: Fields) -> Wire:
    """One employee, department or system."""
    return identified(klant, await klant.get("actoren", uuid), uuid)


# ---- one question each --------------------------------------------------------------------------


async def _contacten(
    klant: Source, fields: Fields, filters: Mapping[str, str], first: int, after: str | None
) -> Page:
    asked = {**filters, **expanding(klant, fields, OF_CONTACT)}
    return await _page(klant, "klantcontacten", asked, first, after)


async def _page(
    klant: Source, resource: str, filters: Mapping[str, str], first: int, after: str | None
) -> Page:
    async def ask(page: Mapping[str, str]) -> Any:
        return await klant.get(resource, params={**filters, **page})

    page = await page_of(klant, ask, first, after)
    items = [identified(klant, item) for item in page.items]
    return Page(items, page.cursors, page.has_next, page.total, page.has_previous)


def _prove(klant: Source, page: Page, name: str, fits: Callable[[Wire], bool]) -> None:
    """SourceFault if a contact names nothing at `name`, or if none of what came along fits."""
    for item in page.items:
        expanded = came_along(item, name)
        if not item.get(name) or (expanded is not None and not any(map(fits, expanded))):
            raise SourceFault(klant.name, "other contacts than were asked for")


# ---- what came along ----------------------------------------------------------------------------


def _along_with(klant: Source, contacts: Sequence[Wire]) -> Mapping[Read, Mapping[Any, Any]]:
    """Answers to other reads: the contacts themselves, and what was expanded in them."""
    participants = _expanded(klant, contacts, "hadBetrokkenen")
    tasks = _expanded(klant, contacts, "leiddeTotInterneTaken")
    documents = [bijlage_of(klant, item) for item in _expanded(klant, contacts, "omvatteBijlagen")]
    addresses = _expanded(klant, participants, "digitaleAdressen")
    objects = [
        onderwerpobject_of(klant, item)
        for item in _expanded(klant, contacts, "gingOverOnderwerpobjecten")
    ]
    customers = [partij_of(klant, item) for item in _expanded(klant, participants, "wasPartij")]
    also: Also = {
        klantcontact: by_uuid(contacts),
        betrokkene: by_uuid(participants),
        interne_taak: by_uuid(tasks),
        bijlage: by_uuid(documents),
        onderwerpobject: by_uuid(objects),
        **along_with_partijen(klant, customers),
    }
    also.setdefault(digitaal_adres, {}).update(by_uuid(addresses))
    return also


def _expanded(klant: Source, holders: Sequence[Wire], name: str) -> list[Wire]:
    return [
        identified(klant, item) for holder in holders for item in came_along(holder, name) or ()
    ]
