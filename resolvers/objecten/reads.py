"""The questions that are put to the Objects API about one type of objects (operation).

Made at startup for every configured objecttype, since each has types of its own. Objects API 2.7.
What points to a person stands in a body: `POST objects/search`, which always sends whole objects.
Everything else is asked with GET and only the fields that are needed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.source.addresses import is_uuid
from gateway.source.at_once import at_once
from gateway.source.errors import ConfigurationMissing, SourceFault
from gateway.source.keep import DataClass, Keep, Sharing
from gateway.source.read import About, Fields, KeyOf, Read, read
from gateway.source.source import Source
from resolvers.bag.keys import BSN, IDENTIFICATIE
from resolvers.brk import keys as brk_keys
from resolvers.hr.keys import KVK_NUMMER, VESTIGINGSNUMMER
from resolvers.objecten.filters import Condition, as_text, conditions, proven
from resolvers.objecten.paging import all_at_once, page_of, slice_of
from resolvers.objecten.wire import VALIDITY, Wire, believed, uuid_in, wanted
from resolvers.zgw.merken import listed
from resolvers.zgw.paging import AskPage, Envelope
from schema.language.paging import Page
from schema.language.paths import value_at
from schema.objecten import LinkKind, Objecttype, Verband
from schema.objecten_typen import Made

CRS = {"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}
"""A search without the second is answered with 412."""
MOST_KEYS = 50
OPEN = Keep.shared(DataClass.OPEN, Sharing.TENANT, fresh=300, stale_if_error=86_400)
PERSONAL = Keep.personal()


@dataclass(frozen=True, slots=True)
class Reads:
    """The reads of one objecttype."""

    made: Made
    one: Read
    """By uuid."""
    found: Read
    """By filter."""
    linked: Mapping[str, Read]
    """By the key of another registry, for each link with a way back, by the link's name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One list of objects: what they must meet, on which day, and what is needed of them."""

    made: Made
    conditions: Sequence[Condition]
    day: str | None
    fields: Fields

    @property
    def is_personal(self) -> bool:
        """Whether something in the question points to a person."""
        return any(self.made.objecttype.is_personal(each.path) for each in self.conditions)


def reads_of(made: Made) -> Reads:
    """The reads of an objecttype."""
    links = [link for link in made.objecttype.links if link.back is not None]
    return Reads(made, _one(made), _found(made), {link.name: _linked(made, link) for link in links})


def objecttype_url(objecten: Source, objecttype: Objecttype) -> str:
    """The address of an objecttype as the source writes it, for filters.

    The flag `objecttypen_url` says where that is: before 4.0 the Objecttypes API was a service of
    its own. Without it the objecttypes stand beside the objects.
    """
    uuid = objecttype_uuid(objecten, objecttype)
    base = objecten.flag("objecttypen_url", "").rstrip("/")
    return f"{base}/objecttypes/{uuid}" if base else objecten.url_of("objecttypes", uuid)


def objecttype_uuid(objecten: Source, objecttype: Objecttype) -> str:
    """The uuid of an objecttype at this municipality: its own, or else the common one."""
    uuid = objecten.flag(uuid_flag(objecttype.name), objecttype.uuid or "").lower()
    if not is_uuid(uuid):
        raise ConfigurationMissing(objecten.name, f"no uuid for objecttype {objecttype.name}")
    return uuid


def uuid_flag(name: str) -> str:
    """The flag of a municipality whose objecttype has another uuid than the common one."""
    return f"objecttype_{name}"


def object_key(objecten: Source, value: Any) -> str:
    """A uuid, or that of an object's address under a registered base; else ForeignAddress."""
    if isinstance(value, str) and is_uuid(value.lower()):
        return value.lower()
    return objecten.uuid_of(value, "objects")


# ---- the reads ----------------------------------------------------------------------------------


def _one(made: Made) -> Read:
    async def een(objecten: Source, uuid: str, fields: Fields, *, datum: str | None) -> Wire | None:
        """The object with this uuid; one of another type is as if it were not there."""
        params = _on(datum) | _selection(objecten, made, fields, VALIDITY if datum else ())
        heard: dict[str, str] = {}
        answer = await objecten.get("objects", uuid, params=params, headers=CRS, heard=heard)
        item = believed(objecten, answer, made, heard)
        if str(item["uuid"]).lower() != uuid:
            raise SourceFault(objecten.name, "another object than was asked for")
        if uuid_in(objecten, item.get("type")) != objecttype_uuid(objecten, made.objecttype):
            return None
        return proven(objecten, [item], (), datum)[0]

    return _declared(made, een, _about(made), key_of=object_key)


def _found(made: Made) -> Read:
    async def gezocht(
        objecten: Source,
        fields: Fields,
        *,
        filter: Mapping[str, Any] | None,
        datum: str | None,
        first: int,
        after: str | None,
    ) -> Page:
        """Objects that meet all filters."""
        asked = Asked(made, conditions(made.filters, filter), datum, fields)
        return await page_of(objecten, _asking(objecten, asked), first, after)

    async def alle(
        objecten: Source, fields: Fields, *, datum: str | None, first: int, after: str | None
    ) -> Page:
        """All objects, of a type that has nothing to filter on."""
        return await gezocht(objecten, fields, filter=None, datum=datum, first=first, after=after)

    function = alle if made.asked is None else gezocht
    return _declared(made, function, _about(made), activity="zoeken")


def _linked(made: Made, link: Verband) -> Read:
    if link.is_url:
        return _of_zaak(made, link)

    async def bij(
        objecten: Source, keys: Sequence[str], fields: Fields, *, first: int, after: str | None
    ) -> Mapping[str, Page]:
        """Objects by the keys that stand in them: with one call for all keys, if one page holds
        what is found; else the page of each key is asked by itself.
        """
        if len(keys) > 1:
            every = Asked(made, [Condition(link.path, "in", tuple(keys))], None, fields)
            items = await all_at_once(objecten, _asking(objecten, every))
            if items is not None:
                of_key = {key: [each for each in items if _key_in(each, link) == key]
                          for key in keys}  # fmt: skip
                return {key: slice_of(objecten, of_key[key], first, after) for key in keys}
        return await _each(objecten, made, link, keys, fields, first, after)

    return _declared(
        made,
        bij,
        _about_holder(made, link),
        batch=MOST_KEYS,
        key_of=_KEYS[link.kind],
        suffix=link.name,
    )


def _about_holder(made: Made, link: Verband) -> About:
    """Whom objects are about that are asked for by what they name."""
    match link.kind:
        case "persoon":
            return About.PERSON
        case "bedrijf" if not made.objecttype.is_open:
            return About.COMPANY_WIDE
        case "vestiging" if not made.objecttype.is_open:
            return About.BRANCH
        case _:
            return _about(made)


def _of_zaak(made: Made, link: Verband) -> Read:
    async def bij_zaak(
        objecten: Source, uuid: str, fields: Fields, *, first: int, after: str | None
    ) -> Page:
        """Objects that name a zaak by its address, of which only the uuid is sure."""
        asked = Asked(made, [Condition(link.path, "icontains", (uuid,))], None, fields)
        page = await page_of(objecten, _asking(objecten, asked), first, after)
        if any(uuid_in(objecten, _key_in(each, link)) != uuid for each in page.items):
            raise SourceFault(objecten.name, "objects of another zaak")
        return page

    return _declared(made, bij_zaak, _about(made), key_of=_KEYS[link.kind], suffix=link.name)


def _key_in(wire: Wire, link: Verband) -> Any:
    return value_at(wire, ("record", "data", *link.path))


async def _each(
    objecten: Source,
    made: Made,
    link: Verband,
    keys: Sequence[str],
    fields: Fields,
    first: int,
    after: str | None,
) -> Mapping[str, Page]:
    async def page(key: str) -> Page:
        asked = Asked(made, [Condition(link.path, "exact", (key,))], None, fields)
        return await page_of(objecten, _asking(objecten, asked), first, after)

    return dict(zip(keys, await at_once(map(page, keys)), strict=True))


# ---- one question -------------------------------------------------------------------------------


def _asking(objecten: Source, asked: Asked) -> AskPage:
    """Asks for a page of a list, and lets nothing through that was not asked for."""
    made = asked.made
    kind = {"type": objecttype_url(objecten, made.objecttype)}

    async def ask(page: Mapping[str, str]) -> Any:
        heard: dict[str, str] = {}
        params = {**_on(asked.day), **page}
        if asked.is_personal:
            body = {**kind, "data_attrs": as_text(objecten, asked.conditions)}
            answer = await objecten.post(
                "objects", "search", json=body, params=params, headers=CRS, heard=heard
            )
        else:
            more = [condition.wire_path for condition in asked.conditions]
            more += VALIDITY if asked.day else ()
            every: dict[str, str | Sequence[str]] = {**kind, **params}
            every |= _selection(objecten, made, asked.fields, more)
            if asked.conditions:
                every["data_attr"] = [each.expression(objecten) for each in asked.conditions]
            answer = await objecten.get("objects", params=every, headers=CRS, heard=heard)
        return _proven(objecten, asked, answer, heard)

    return ask


def _proven(objecten: Source, asked: Asked, answer: Any, heard: Mapping[str, str]) -> Any:
    envelope = Envelope.of(objecten, answer)
    items = [believed(objecten, each, asked.made, heard) for each in envelope.items]
    uuid = objecttype_uuid(objecten, asked.made.objecttype)
    if any(uuid_in(objecten, each.get("type")) != uuid for each in items):
        raise SourceFault(objecten.name, "objects of another type")
    return {**answer, "results": proven(objecten, items, asked.conditions, asked.day)}


def _on(day: str | None) -> dict[str, str]:
    """The day for which objects are asked; in the address with POST as well, the API reads it
    nowhere else.
    """
    return {"date": day} if day is not None else {}


def _selection(
    objecten: Source, made: Made, fields: Fields, more: Sequence[tuple[str, ...]]
) -> dict[str, str]:
    """`fields`, unless this source refuses to leave out what an object does not have."""
    if not objecten.flag("veldselectie", True):
        return {}
    return {"fields": wanted(fields, made, more)}


# ---- declaring ----------------------------------------------------------------------------------


def _zaak_uuid(source: Source, value: Any) -> str:
    return uuid_in(source, value)


_KEYS: Mapping[LinkKind, KeyOf] = {
    "persoon": BSN,
    "adres": IDENTIFICATIE,
    "adresseerbaar-object": IDENTIFICATIE,
    "pand": IDENTIFICATIE,
    "kadastraal-onroerende-zaak": brk_keys.zaak,
    "bedrijf": KVK_NUMMER,
    "vestiging": VESTIGINGSNUMMER,
    "zaak": _zaak_uuid,
}


_shows = listed("object", "objecten")


def _about(made: Made) -> About:
    return About.OPEN if made.objecttype.is_open else About.OTHER


def _declared(
    made: Made,
    function: Any,
    about: About,
    *,
    batch: int | None = None,
    activity: str = "raadplegen",
    key_of: KeyOf | None = None,
    suffix: str = "",
) -> Read:
    """The read, named after its objecttype; all reads of one type ask for the same fields."""
    own = made.objecttype
    function.__name__ = "_".join(part for part in (own.name, function.__name__, suffix) if part)
    declare = read(
        "objecten",
        batch=batch,
        keep=OPEN if own.is_open else PERSONAL,
        about=about,
        activity=activity,
        resource=f"object.{own.name}",
        key_of=key_of,
        gives=made.cls,
        tags=_shows,
    )
    return declare(function)
