"""The questions that are put to the BRP (operation); declared at startup.

BRP Personen bevragen 2.7: one POST for seven kinds of question, told apart by `type`. Persons are
read by BSN, twenty at a time; the other six search, and give at most 10 or 30 persons with little
data, or refuse. Nothing outlives the operation: every answer has to be accounted for.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from gateway.source.errors import SourceFault, SourceRefusedQuestion
from gateway.source.keep import Keep
from gateway.source.read import About, Fields, read
from gateway.source.source import Source
from resolvers.bag.keys import BSN, IDENTIFICATIE
from resolvers.brp.fields import BEPERKT, GEZAG_BEPERKT, KEY, PERSOON, fields_for
from resolvers.brp.filters import (
    GESLACHTSNAAM,
    STRAAT,
    VOORNAMEN,
    VOORNAMEN_BIJ_GEBOORTEDATUM,
    VOORVOEGSEL,
    checked,
)
from schema.brp import GezagPersoonBeperkt, Persoon, PersoonBeperkt

Wire = Mapping[str, Any]

TOO_MANY = "tooManyResults"
TOO_MANY_BY_NAME = (
    "Er zijn meer dan 10 personen gevonden en dan geeft de BRP er geen. "
    "Vraag met meer gegevens, zoals voornamen of voorvoegsel."
)
TOO_MANY_AT_ADDRESS = (
    "Er zijn meer dan 30 personen op dit adres gevonden en dan geeft de BRP er geen. "
    "Vraag nauwkeuriger, zoals met huisletter of huisnummertoevoeging."
)
TOO_MANY_RESIDENTS = (
    "Hier staan meer dan 30 personen ingeschreven en dan geeft de BRP er geen. "
    "Zoek de persoon op naam en geboortedatum."
)

search = partial(read, "brp", keep=Keep.personal(), about=About.PERSONS, activity="zoeken")


@read(
    "brp",
    batch=20,
    keep=Keep.personal(),
    about=About.PERSON,
    resource="brp.persoon",
    key_of=BSN,
    gives=Persoon,
)
async def personen(brp: Source, bsns: Sequence[str], fields: Fields) -> Mapping[str, Wire]:
    """Persons by BSN, the deceased as well; who is not in the BRP is left out."""
    question = {"type": "RaadpleegMetBurgerservicenummer", KEY: list(bsns)}
    found: dict[str, Wire] = {}
    for persoon in await _answer(brp, question, fields, PERSOON):
        bsn = persoon[KEY]
        if bsn not in bsns or bsn in found:
            raise SourceFault(brp.name, "a person who was not asked for")
        found[bsn] = persoon
    return found


@search(gives=PersoonBeperkt)
async def zoek_met_geslachtsnaam_en_geboortedatum(
    brp: Source,
    fields: Fields,
    *,
    geslachtsnaam: str,
    geboortedatum: str,
    voornamen: str | None,
    voorvoegsel: str | None,
    geslacht: str | None,
    gemeente_van_inschrijving: str | None,
    inclusief_overleden_personen: bool,
) -> Sequence[Wire]:
    """Persons by name and whole date of birth: at most 10."""
    question = {
        "type": "ZoekMetGeslachtsnaamEnGeboortedatum",
        "geslachtsnaam": checked(brp, GESLACHTSNAAM, geslachtsnaam),
        "geboortedatum": geboortedatum,
        "voornamen": checked(brp, VOORNAMEN_BIJ_GEBOORTEDATUM, voornamen),
        "voorvoegsel": checked(brp, VOORVOEGSEL, voorvoegsel),
        "geslacht": geslacht,
        "gemeenteVanInschrijving": gemeente_van_inschrijving,
        "inclusiefOverledenPersonen": inclusief_overleden_personen or None,
    }
    return await _answer(brp, question, fields, BEPERKT, TOO_MANY_BY_NAME)


@search(gives=PersoonBeperkt)
async def zoek_met_naam_en_gemeente_van_inschrijving(
    brp: Source,
    fields: Fields,
    *,
    geslachtsnaam: str,
    voornamen: str,
    gemeente_van_inschrijving: str,
    voorvoegsel: str | None,
    geslacht: str | None,
    inclusief_overleden_personen: bool,
) -> Sequence[Wire]:
    """Persons by whole name in a municipality: at most 10."""
    question = {
        "type": "ZoekMetNaamEnGemeenteVanInschrijving",
        "geslachtsnaam": checked(brp, GESLACHTSNAAM, geslachtsnaam),
        "voornamen": checked(brp, VOORNAMEN, voornamen),
        "gemeenteVanInschrijving": gemeente_van_inschrijving,
        "voorvoegsel": checked(brp, VOORVOEGSEL, voorvoegsel),
        "geslacht": geslacht,
        "inclusiefOverledenPersonen": inclusief_overleden_personen or None,
    }
    return await _answer(brp, question, fields, BEPERKT, TOO_MANY_BY_NAME)


@search(gives=PersoonBeperkt)
async def zoek_met_postcode_en_huisnummer(
    brp: Source,
    fields: Fields,
    *,
    postcode: str,
    huisnummer: int,
    huisletter: str | None,
    huisnummertoevoeging: str | None,
    geboortedatum: str | None,
    geslachtsnaam: str | None,
    gemeente_van_inschrijving: str | None,
    inclusief_overleden_personen: bool,
) -> Sequence[Wire]:
    """Persons at a postcode and house number: at most 30."""
    question = {
        "type": "ZoekMetPostcodeEnHuisnummer",
        "postcode": postcode,
        "huisnummer": huisnummer,
        "huisletter": huisletter,
        "huisnummertoevoeging": huisnummertoevoeging,
        "geboortedatum": geboortedatum,
        "geslachtsnaam": checked(brp, GESLACHTSNAAM, geslachtsnaam),
        "gemeenteVanInschrijving": gemeente_van_inschrijving,
        "inclusiefOverledenPersonen": inclusief_overleden_personen or None,
    }
    return await _answer(brp, question, fields, BEPERKT, TOO_MANY_AT_ADDRESS)


@search(gives=PersoonBeperkt)
async def zoek_met_straat_huisnummer_en_gemeente_van_inschrijving(
    brp: Source,
    fields: Fields,
    *,
    straat: str,
    huisnummer: int,
    gemeente_van_inschrijving: str,
    huisletter: str | None,
    huisnummertoevoeging: str | None,
    inclusief_overleden_personen: bool,
) -> Sequence[Wire]:
    """Persons in a street of a municipality, at a house number: at most 30."""
    question = {
        "type": "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving",
        "straat": checked(brp, STRAAT, straat),
        "huisnummer": huisnummer,
        "gemeenteVanInschrijving": gemeente_van_inschrijving,
        "huisletter": huisletter,
        "huisnummertoevoeging": huisnummertoevoeging,
        "inclusiefOverledenPersonen": inclusief_overleden_personen or None,
    }
    return await _answer(brp, question, fields, BEPERKT, TOO_MANY_AT_ADDRESS)


@search(gives=PersoonBeperkt, key_of=IDENTIFICATIE)
async def zoek_met_nummeraanduiding_identificatie(
    brp: Source, identificatie: str, fields: Fields, *, inclusief_overleden_personen: bool
) -> Sequence[Wire]:
    """Persons at an address of the BAG: at most 30."""
    question = _at_nummeraanduiding(identificatie, inclusief_overleden_personen)
    return await _answer(brp, question, fields, BEPERKT, TOO_MANY_RESIDENTS)


@search(gives=GezagPersoonBeperkt, key_of=IDENTIFICATIE)
async def zoek_met_adresseerbaar_object_identificatie(
    brp: Source, identificatie: str, fields: Fields, *, inclusief_overleden_personen: bool
) -> Sequence[Wire]:
    """Persons at an adresseerbaar object of the BAG, with authority over minors: at most 30."""
    question = _at_object(identificatie, inclusief_overleden_personen)
    return await _answer(brp, question, fields, GEZAG_BEPERKT, TOO_MANY_RESIDENTS)


@search(gives=PersoonBeperkt, key_of=IDENTIFICATIE)
async def bewoners_van_adres(brp: Source, identificatie: str, fields: Fields) -> Sequence[Wire]:
    """The living persons at an address of the BAG: at most 30."""
    question = _at_nummeraanduiding(identificatie, include_deceased=False)
    return await _answer(brp, question, fields, BEPERKT, TOO_MANY_RESIDENTS)


@search(gives=GezagPersoonBeperkt, key_of=IDENTIFICATIE)
async def bewoners_van_object(brp: Source, identificatie: str, fields: Fields) -> Sequence[Wire]:
    """The living persons at an adresseerbaar object of the BAG: at most 30."""
    question = _at_object(identificatie, include_deceased=False)
    return await _answer(brp, question, fields, GEZAG_BEPERKT, TOO_MANY_RESIDENTS)


def _at_nummeraanduiding(identificatie: str, include_deceased: bool) -> Mapping[str, Any]:
    return {
        "type": "ZoekMetNummeraanduidingIdentificatie",
        "nummeraanduidingIdentificatie": identificatie,
        "inclusiefOverledenPersonen": include_deceased or None,
    }


def _at_object(identificatie: str, include_deceased: bool) -> Mapping[str, Any]:
    return {
        "type": "ZoekMetAdresseerbaarObjectIdentificatie",
        "adresseerbaarObjectIdentificatie": identificatie,
        "inclusiefOverledenPersonen": include_deceased or None,
    }


async def _answer(
    brp: Source,
    question: Mapping[str, Any],
    fields: Fields,
    allowed: frozenset[str],
    too_many: str = TOO_MANY_BY_NAME,
) -> Sequence[Wire]:
    """The persons in the answer to a question, each with a BSN; what is None is not asked with."""
    abroad = brp.flag("buitenlandse_adressen", True)
    body = {name: value for name, value in question.items() if value is not None}
    body["fields"] = fields_for(fields.paths, allowed, abroad)
    try:
        answer = await brp.post("personen", json=body)
    except SourceFault as fault:
        if fault.problem != TOO_MANY:
            raise
        raise SourceRefusedQuestion(brp.name, TOO_MANY, message=too_many) from None
    return _persons(brp, answer, question["type"])


def _persons(brp: Source, answer: Any, kind: str) -> Sequence[Wire]:
    personen_found = answer.get("personen") if isinstance(answer, Mapping) else None
    if not isinstance(personen_found, list) or answer.get("type") != kind:
        raise SourceFault(brp.name, "not the answer to this question")
    for persoon in personen_found:
        if not isinstance(persoon, Mapping) or not isinstance(persoon.get(KEY), str):
            raise SourceFault(brp.name, "a person without burgerservicenummer")
    return personen_found
