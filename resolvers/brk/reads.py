"""The questions that are put to the BRK (operation); declared at startup.

BRK bevragen 2.0. Objects are found by exactly one kind of key, without pages: when there are too
many none is given. `fields` asks for what is wanted of an object; rights and privaatrechtelijke
beperkingen come along with `expand` when they are wanted as well. What is found by person comes
without them, and they are then asked by object. Nothing outlives the operation: these are data
about somebody's property.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from gateway.source.errors import SourceFault, SourceRefusedQuestion
from gateway.source.keep import Keep
from gateway.source.read import About, Brought, Fields, Read, links_wanted, read
from gateway.source.source import Source
from resolvers.bag.keys import BSN, IDENTIFICATIE
from resolvers.brk import keys
from resolvers.brk.fields import KEY, field_paths, fields_of
from resolvers.brk.wire import HAL, HAL_RD, Wire, brought, collection, this
from schema.brk import KadastraalOnroerendeZaak
from schema.brk_personen import KadasterNatuurlijkPersoon, KadasterNietNatuurlijkPersoon
from schema.brk_rechten import (
    Beslag,
    Hypotheek,
    PrivaatrechtelijkeBeperking,
    PubliekrechtelijkeBeperking,
    ZakelijkGerechtigde,
)
from schema.brk_stukken import Stuk, Stukdeel

ZAKEN = "kadastraalonroerendezaken"
TOO_MANY = "tooManyResults"
TOO_MANY_FOUND = (
    "Er zijn te veel kadastraal onroerende zaken gevonden en dan geeft de BRK er geen. "
    "Vraag nauwkeuriger, zoals met huisnummer, of vraag ze één voor één."
)

personal = partial(read, "brk", keep=Keep.personal(), varies=links_wanted)
"""A read of the BRK: kept for nobody else and no longer than the operation."""
objects = partial(personal, resource="brk.object", gives=KadastraalOnroerendeZaak)
"""A read of kadastraal onroerende zaken: they ask for the same, and answer for each other."""


# ---- what rests on an object ------------------------------------------------------------------


@personal(key_of=keys.zaak, gives=ZakelijkGerechtigde)
async def zakelijk_gerechtigden(brk: Source, zaak: str, fields: Fields) -> Sequence[Wire]:
    """The rights to an object and who has them; none where it is split: its parts have them."""
    path, name = "zakelijkgerechtigden", "zakelijkGerechtigden"
    return await _of_zaak(brk, zaak, path, name, ZakelijkGerechtigde, fields)


@personal(key_of=keys.zaak, gives=Hypotheek)
async def hypotheken(brk: Source, zaak: str, fields: Fields) -> Sequence[Wire]:
    """The mortgages on an object."""
    return await _of_zaak(brk, zaak, "hypotheken", "hypotheken", Hypotheek, fields)


@personal(key_of=keys.zaak, gives=Beslag)
async def beslagen(brk: Source, zaak: str, fields: Fields) -> Sequence[Wire]:
    """The seizures of an object."""
    return await _of_zaak(brk, zaak, "beslagen", "beslagen", Beslag, fields)


@personal(key_of=keys.zaak, gives=PrivaatrechtelijkeBeperking)
async def privaatrechtelijke_beperkingen(brk: Source, zaak: str, fields: Fields) -> Sequence[Wire]:
    """What may not be done with an object, by agreement or by a right of another."""
    path, name = "privaatrechtelijkebeperkingen", "privaatrechtelijkeBeperkingen"
    return await _of_zaak(brk, zaak, path, name, PrivaatrechtelijkeBeperking, fields)


@personal(key_of=keys.zaak, gives=PubliekrechtelijkeBeperking)
async def publiekrechtelijke_beperkingen(brk: Source, zaak: str, fields: Fields) -> Sequence[Wire]:
    """What may not be done with an object, by decision of a public body."""
    params = {
        "kadastraalOnroerendeZaakIdentificatie": zaak,
        "fields": fields_of(PubliekrechtelijkeBeperking, fields.paths),
    }
    answer = await brk.get("publiekrechtelijkebeperkingen", params=params, headers=HAL)
    return collection(brk, answer, "publiekrechtelijkeBeperkingen")


ALONG: Mapping[str, Read] = {
    "zakelijkGerechtigden": zakelijk_gerechtigden,
    "privaatrechtelijkeBeperkingen": privaatrechtelijke_beperkingen,
}
"""The links of an object that `expand` brings along, each with the read that it answers."""


# ---- objects ----------------------------------------------------------------------------------


@objects(key_of=keys.zaak)
async def kadastraal_onroerende_zaak(brk: Source, identificatie: str, fields: Fields) -> Brought:
    """A perceel or appartementsrecht, one that has lapsed as well."""
    answer = await brk.get(ZAKEN, identificatie, params=_expanded(fields), headers=HAL_RD)
    found = this(brk, answer, identificatie)
    return Brought(found, also=_along(brk, [found]))


@objects()
async def zaken_met_aanduiding(
    brk: Source, aanduiding: str, fields: Fields, *, inclusief_uit_splitsing: bool
) -> Brought:
    """The object with a kadastrale aanduiding, and if so asked what it was split into.

    The kadastrale gemeente stands there by name or by code; the API has a parameter for each.
    """
    params = {_aanduiding(aanduiding): aanduiding}
    if inclusief_uit_splitsing:
        params["inclusiefKadastraalOnroerendeZakenUitSplitsing"] = "true"
    return await _found(brk, params, fields)


@objects(key_of=keys.zaak_of_aanduiding)
async def zaak_zoals_genoemd(brk: Source, genoemd: str, fields: Fields) -> Wire | Brought | None:
    """Which object another register means: to go through, to `kadastraal_onroerende_zaak`.

    By its identification, for which nothing is asked here, or by its kadastrale aanduiding.
    """
    if genoemd.isdecimal():
        return {KEY: genoemd}
    answer = await _found(brk, {_aanduiding(genoemd): genoemd}, fields)
    if len(answer.value) > 1:
        raise SourceFault(brk.name, "several objects with one aanduiding")
    return Brought(answer.value[0], answer.also) if answer.value else None


@objects()
async def zaken_op_postcode(
    brk: Source,
    fields: Fields,
    *,
    postcode: str,
    huisnummer: int | None,
    huisletter: str | None,
    huisnummertoevoeging: str | None,
) -> Brought:
    """The objects that lie at a postcode and house number."""
    asked = {
        "postcode": postcode,
        "huisnummer": None if huisnummer is None else str(huisnummer),
        "huisletter": huisletter,
        "huisnummertoevoeging": huisnummertoevoeging,
    }
    params = {name: value for name, value in asked.items() if value is not None}
    return await _found(brk, params, fields)


@objects(key_of=IDENTIFICATIE)
async def zaken_met_nummeraanduiding(brk: Source, identificatie: str, fields: Fields) -> Brought:
    """The objects that lie at an address of the BAG."""
    return await _found(brk, {"nummeraanduidingIdentificatie": identificatie}, fields)


@objects(key_of=BSN, about=About.PERSON, activity="zoeken")
async def zaken_van_persoon(brk: Source, bsn: str, fields: Fields) -> Brought:
    """The objects to which somebody in the BRP has a right; the BSN is in the body."""
    body = {"burgerservicenummer": bsn, "fields": fields_of(KadastraalOnroerendeZaak, fields.paths)}
    return _objects(brk, await _answer(brk.post(ZAKEN, json=body, headers=HAL_RD)))


@objects(activity="zoeken")
async def zaken_van_kadasterpersoon(brk: Source, identificatie: str, fields: Fields) -> Brought:
    """The objects to which somebody has a right whom only the Kadaster knows.

    The API takes this identification in the address only. It says nothing outside the BRK.
    """
    params = {
        "persoon__identificatie": identificatie,
        "fields": fields_of(KadastraalOnroerendeZaak, fields.paths),
    }
    return _objects(brk, await _answer(brk.get(ZAKEN, params=params, headers=HAL_RD)))


# ---- who and what the Kadaster itself registered ----------------------------------------------


@personal(gives=KadasterNatuurlijkPersoon)
async def kadaster_natuurlijk_persoon(brk: Source, identificatie: str, fields: Fields) -> Wire:
    """Somebody whom only the Kadaster knows, or whom it could not connect to the BRP.

    There is a search by name and date of birth too, but those would stand in the address.
    """
    path = "kadasternatuurlijkpersonen"
    return await _one(brk, path, identificatie, KadasterNatuurlijkPersoon, fields)


@personal(gives=KadasterNietNatuurlijkPersoon)
async def kadaster_niet_natuurlijk_persoon(brk: Source, identificatie: str, fields: Fields) -> Wire:
    """An organisation that the Kadaster could not connect to the Handelsregister."""
    path = "kadasternietnatuurlijkpersonen"
    return await _one(brk, path, identificatie, KadasterNietNatuurlijkPersoon, fields)


@personal(resource="kadaster_niet_natuurlijk_persoon", gives=KadasterNietNatuurlijkPersoon)
async def kadaster_niet_natuurlijke_personen_zoeken(
    brk: Source, fields: Fields, *, zoektekst: str
) -> Brought:
    """Organisations by the beginning of their name, perhaps with their seat."""
    params = {"q": zoektekst, "fields": fields_of(KadasterNietNatuurlijkPersoon, fields.paths)}
    answer = await _answer(brk.get("kadasternietnatuurlijkpersonen", params=params, headers=HAL))
    found = collection(brk, answer, "kadasterNietNatuurlijkPersonen")
    return Brought(found, also={kadaster_niet_natuurlijk_persoon: _by_key(found)})


@personal(gives=Stukdeel)
async def stukdeel(brk: Source, identificatie: str, fields: Fields) -> Wire:
    """A part of a deed."""
    return await _one(brk, "stukdelen", identificatie, Stukdeel, fields)


@personal(gives=Stuk)
async def stuk(brk: Source, identificatie: str, fields: Fields) -> Brought:
    """A deed; its parts come along when they are wanted."""
    params = {"fields": fields_of(Stuk, fields.paths)}
    wanted = fields.links.get("stukdelen")
    if wanted is not None:
        params["expand"] = _under("stukdelen", field_paths(Stukdeel, wanted.paths))
    answer = await brk.get("stukken", identificatie, params=params, headers=HAL)
    found = this(brk, answer, identificatie)
    parts = brought(brk, [found], "stukdelen").get(identificatie, ())
    return Brought(found, also={stukdeel: _by_key(parts)})


# ---- how ----------------------------------------------------------------------------------------


async def _of_zaak(
    brk: Source, zaak: str, path: str, name: str, gives: type, fields: Fields
) -> Sequence[Wire]:
    params = {"fields": fields_of(gives, fields.paths)}
    answer = await brk.get(ZAKEN, zaak, path, params=params, headers=HAL)
    return collection(brk, answer, name)


async def _one(brk: Source, path: str, key: str, gives: type, fields: Fields) -> Wire:
    params = {"fields": fields_of(gives, fields.paths)}
    return this(brk, await brk.get(path, key, params=params, headers=HAL), key)


async def _found(brk: Source, params: Mapping[str, str], fields: Fields) -> Brought:
    asked = {**params, **_expanded(fields)}
    return _objects(brk, await _answer(brk.get(ZAKEN, params=asked, headers=HAL_RD)))


async def _answer(asking: Any) -> Any:
    """What a search gives; too many is for the asker to solve."""
    try:
        return await asking
    except SourceFault as fault:
        if fault.problem != TOO_MANY:
            raise
        raise SourceRefusedQuestion(fault.source, TOO_MANY, message=TOO_MANY_FOUND) from None


def _objects(brk: Source, answer: Any) -> Brought:
    """Objects as they were found, each brought along under its own key."""
    found = collection(brk, answer, "kadastraalOnroerendeZaken")
    also = {kadastraal_onroerende_zaak: _by_key(found), **_along(brk, found)}
    return Brought(found, also=also)


def _expanded(fields: Fields) -> dict[str, str]:
    """`fields`, and `expand` with what is wanted of the links that can come along."""
    asked = {"fields": fields_of(KadastraalOnroerendeZaak, fields.paths)}
    along = [
        _under(name, field_paths(read.gives, fields.links[name].paths))
        for name, read in ALONG.items()
        if name in fields.links and read.gives is not None
    ]
    return {**asked, "expand": ",".join(along)} if along else asked


def _along(brk: Source, found: Sequence[Wire]) -> dict[Read, Mapping[str, Any]]:
    return {read: brought(brk, found, name) for name, read in ALONG.items()}


def _under(name: str, paths: Sequence[str]) -> str:
    return ",".join(f"{name}.{path}" for path in paths)


def _by_key(found: Sequence[Wire]) -> Mapping[str, Wire]:
    return {item[KEY]: item for item in found}


def _aanduiding(aanduiding: str) -> str:
    """The parameter for an aanduiding, by how its kadastrale gemeente is written."""
    gemeente = aanduiding.split(" ")[0]
    by_code = gemeente[:3].isalpha() and gemeente[:3].isupper() and gemeente[3:].isdecimal()
    coded = len(gemeente) == 5 and by_code
    return "kadastraleAanduidingMetGemeentecode" if coded else "kadastraleAanduiding"
