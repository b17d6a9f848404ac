"""The questions that are put to the Handelsregister (operation); declared at startup.

KVK Zoeken 2, Basisprofiel 1 and Vestigingsprofiel 1. Zoeken is free; each profile is paid for. So
a profile is asked for what only a profile has, and one is asked, whatever is selected of it. The
register takes one number a call, selects no fields, and knows GET only: what is searched for stands
in the address. It knows no burgerservicenummers.

Nothing outlives the operation: an eenmanszaak is a person.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from gateway.source.keep import Keep
from gateway.source.read import About, Fields, read
from gateway.source.source import Source
from resolvers.bag.paging import place
from resolvers.hr.calls import Wire, profile
from resolvers.hr.keys import (
    KVK_NUMMER,
    RSIN,
    VESTIGINGSNUMMER,
    company_key,
    place_key,
    place_parameters,
)
from resolvers.hr.paging import PAST_THE_END, page_of, results, search
from resolvers.hr.wire import (
    NO,
    YES,
    bedrijf_of,
    numbers_only,
    owner_of,
    owner_only,
    vestiging_of,
    vestigingen_of,
    wants_geo,
)
from schema.hr import Bedrijf, BedrijfZoekresultaat, Vestiging, VestigingBeperkt
from schema.language.paging import Page

EVER = "inclusiefInactieveRegistraties"
COUNTS = {
    None: "totaalAantalVestigingen",
    True: "aantalCommercieleVestigingen",
    False: "aantalNietCommercieleVestigingen",
}
"""How many vestigingen there are: all, the commercial ones, the others."""

zoeken = partial(read, "kvk", keep=Keep.personal(), activity="zoeken", gives=BedrijfZoekresultaat)
"""A read of Zoeken: free of charge."""


@read(
    "kvk",
    keep=Keep.personal(),
    about=About.COMPANY,
    resource="hr.bedrijf",
    key_of=KVK_NUMMER,
    gives=Bedrijf,
)
async def bedrijf_op_kvk_nummer(kvk: Source, kvk_nummer: str, fields: Fields) -> Wire | None:
    """A company: its basisprofiel, its owner, or (free) no more than that it exists."""
    if numbers_only(fields, "kvkNummer"):
        found, _ = await results(kvk, {"kvkNummer": kvk_nummer, EVER: "true"}, size=1)
        return {"kvkNummer": kvk_nummer} if found else None
    geo = wants_geo(fields)
    if owner_only(fields):
        owner = await profile(kvk, "basisprofielen", kvk_nummer, "eigenaar", geo=geo)
        return None if owner is None else owner_of(owner, kvk_nummer)
    answer = await profile(kvk, "basisprofielen", kvk_nummer, geo=geo)
    return None if answer is None else bedrijf_of(kvk, answer, kvk_nummer)


@zoeken(key_of=RSIN, about=About.LEGAL_PERSON)
async def bedrijf_op_rsin(kvk: Source, rsin: str, fields: Fields) -> Wire | None:
    """Which company has this RSIN: to go through, to `bedrijf_op_kvk_nummer` by `kvkNummer`.

    Of more than one, what is still registered comes first, and the rechtspersoon itself.
    """
    return await _company_with(kvk, rsin)


@zoeken(key_of=company_key)
async def bedrijf_zoals_genoemd(kvk: Source, nummer: str, fields: Fields) -> Wire | None:
    """Which company another register means: to go through, to `bedrijf_op_kvk_nummer`.

    By its KVK-nummer, for which nothing is asked here, or by its RSIN.
    """
    kind, _, number = nummer.partition(":")
    return {"kvkNummer": number} if kind == "kvk" else await _company_with(kvk, number)


@read(
    "kvk",
    keep=Keep.personal(),
    about=About.BRANCH,
    resource="hr.vestiging",
    key_of=VESTIGINGSNUMMER,
    gives=Vestiging,
)
async def vestiging(kvk: Source, vestigingsnummer: str, fields: Fields) -> Wire | None:
    """A vestiging: its profile, or (free) no more than whose it is."""
    if numbers_only(fields, "vestigingsnummer", "kvkNummer"):
        return await _vestiging_found(kvk, vestigingsnummer)
    segments = ("vestigingsprofielen", vestigingsnummer)
    answer = await profile(kvk, *segments, geo=wants_geo(fields))
    return None if answer is None else vestiging_of(kvk, answer, vestigingsnummer)


@read(
    "kvk",
    keep=Keep.personal(),
    about=About.COMPANY,
    key_of=KVK_NUMMER,
    gives=VestigingBeperkt,
)
async def vestigingen_van_bedrijf(
    kvk: Source,
    kvk_nummer: str,
    fields: Fields,
    *,
    commercieel: bool | None,
    first: int,
    after: str | None,
) -> Page:
    """The vestigingen of a company: KVK gives all of them in one answer, also for a part."""
    start = place(kvk, after)
    if start is None:
        return PAST_THE_END
    answer = await profile(kvk, "basisprofielen", kvk_nummer, "vestigingen")
    if answer is None:
        return Page([], [], has_next=False, total=0)
    every = vestigingen_of(kvk, answer, kvk_nummer)
    wanted = {None: (YES, NO, None), True: (YES,), False: (NO,)}[commercieel]
    kept = [each for each in every if each.get("indCommercieleVestiging") in wanted]
    total = answer.get(COUNTS[commercieel], len(kept))
    return page_of(kept[start:][:first], start, len(kept), total)


@zoeken(key_of=VESTIGINGSNUMMER, about=About.BRANCH)
async def vestiging_gevonden(kvk: Source, vestigingsnummer: str, fields: Fields) -> Wire | None:
    """What Zoeken knows of a vestiging, whether it still exists or not."""
    return await _vestiging_found(kvk, vestigingsnummer)


@zoeken(key_of=KVK_NUMMER, about=About.COMPANY)
async def zoek_met_kvk_nummer(
    kvk: Source,
    kvk_nummer: str,
    fields: Fields,
    *,
    type: Sequence[str] | None,
    inclusief_inactieve_registraties: bool,
    first: int,
    after: str | None,
) -> Page:
    """The rechtspersoon and the vestigingen with a KVK-nummer."""
    asked = _filtered({"kvkNummer": kvk_nummer}, type, inclusief_inactieve_registraties)
    return await search(kvk, asked, first, after)


@zoeken(key_of=RSIN, about=About.LEGAL_PERSON)
async def zoek_met_rsin(
    kvk: Source,
    rsin: str,
    fields: Fields,
    *,
    type: Sequence[str] | None,
    inclusief_inactieve_registraties: bool,
    first: int,
    after: str | None,
) -> Page:
    """The rechtspersoon with a RSIN, and what else Zoeken finds by it."""
    asked = _filtered({"rsin": rsin}, type, inclusief_inactieve_registraties)
    return await search(kvk, asked, first, after)


@zoeken()
async def zoek_met_naam(
    kvk: Source,
    fields: Fields,
    *,
    naam: str,
    plaats: str | None,
    type: Sequence[str] | None,
    inclusief_inactieve_registraties: bool,
    first: int,
    after: str | None,
) -> Page:
    """By the name under which a rechtspersoon or vestiging trades."""
    wanted = {"naam": naam, "plaats": plaats}
    asked = _filtered(wanted, type, inclusief_inactieve_registraties)
    return await search(kvk, asked, first, after)


@zoeken()
async def zoek_met_straat(
    kvk: Source,
    fields: Fields,
    *,
    straatnaam: str,
    plaats: str,
    type: Sequence[str] | None,
    inclusief_inactieve_registraties: bool,
    first: int,
    after: str | None,
) -> Page:
    """In a street of a place."""
    wanted = {"straatnaam": straatnaam, "plaats": plaats}
    asked = _filtered(wanted, type, inclusief_inactieve_registraties)
    return await search(kvk, asked, first, after)


@zoeken()
async def zoek_met_postcode_en_huisnummer(
    kvk: Source,
    fields: Fields,
    *,
    postcode: str,
    huisnummer: int,
    huisletter: str | None,
    type: Sequence[str] | None,
    inclusief_inactieve_registraties: bool,
    first: int,
    after: str | None,
) -> Page:
    """At a postcode and house number."""
    wanted = {"postcode": postcode, "huisnummer": str(huisnummer), "huisletter": huisletter}
    asked = _filtered(wanted, type, inclusief_inactieve_registraties)
    return await search(kvk, asked, first, after)


@zoeken()
async def zoek_met_postbus(
    kvk: Source,
    fields: Fields,
    *,
    postcode: str,
    postbusnummer: int,
    type: Sequence[str] | None,
    inclusief_inactieve_registraties: bool,
    first: int,
    after: str | None,
) -> Page:
    """With a postbus."""
    wanted = {"postcode": postcode, "postbusnummer": str(postbusnummer)}
    asked = _filtered(wanted, type, inclusief_inactieve_registraties)
    return await search(kvk, asked, first, after)


@zoeken(key_of=place_key)
async def bedrijven_op_adres(
    kvk: Source, adres: str, fields: Fields, *, first: int, after: str | None
) -> Page:
    """At the postcode, house number and letter of an address of the BAG.

    Zoeken knows no additions, and without a letter it gives those with one as well.
    """
    return await search(kvk, place_parameters(adres), first, after)


async def _company_with(kvk: Source, rsin: str) -> Wire | None:
    found, _ = await results(kvk, {"rsin": rsin, EVER: "true"})
    ordered = sorted(found, key=lambda item: (item.get("actief") == NO, not _is_person(item)))
    return ordered[0] if ordered else None


async def _vestiging_found(kvk: Source, vestigingsnummer: str) -> Wire | None:
    asked = {"vestigingsnummer": vestigingsnummer, EVER: "true"}
    found, _ = await results(kvk, asked, size=1)
    return {**found[0], "vestigingsnummer": vestigingsnummer} if found else None


def _filtered(
    wanted: Mapping[str, str | None], types: Sequence[str] | None, inactive: bool
) -> Mapping[str, str | Sequence[str]]:
    asked: dict[str, str | Sequence[str]] = {
        name: value for name, value in wanted.items() if value is not None
    }
    if types:
        asked["type"] = list(types)
    if inactive:
        asked[EVER] = "true"
    return asked


def _is_person(item: Wire) -> bool:
    return item.get("type") == "rechtspersoon"
