"""What a question to the BRP asks for: wire paths as the values of its `fields` (operation).

BRP Personen bevragen 2.7 wants 1 to 130 dot paths and refuses the whole question for one that it
does not know. Dates and coded values are asked whole, `gezag` as well. What it gives by itself
(`inOnderzoek`, `geheimhoudingPersoonsgegevens`, `opschortingBijhouding`, `rni`, `verificatie`,
`indicatieVastgesteldVerblijftNietOpAdres`, the `type` of a union) may not be asked.

A tree below names what may be asked; a test holds it equal to the tables of the API. It has fewer
than 130 ends, so no question can be too long.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

KEY = "burgerservicenummer"
DOUBT = "inOnderzoek"

_NAAM = ("adellijkeTitelPredicaat", "geslachtsnaam", "voorletters", "voornamen", "voorvoegsel")
_GEBOORTE = ("datum", "land", "plaats")
_VERBLIJFADRES_BINNENLAND = (
    "aanduidingBijHuisnummer",
    "huisletter",
    "huisnummer",
    "huisnummertoevoeging",
    "korteStraatnaam",
    "officieleStraatnaam",
    "postcode",
    "woonplaats",
    "locatiebeschrijving",
)
_VERBLIJFADRES_BUITENLAND = ("land", "regel1", "regel2", "regel3")
_VERBLIJFPLAATS = (
    "datumVan",
    "adresseerbaarObjectIdentificatie",
    "functieAdres",
    "nummeraanduidingIdentificatie",
)


def _under(group: str, names: Iterable[str]) -> frozenset[str]:
    return frozenset(f"{group}.{name}" for name in names)


_ADRESSERING = _under("adressering", ("adresregel1", "adresregel2", "adresregel3", "land"))

PERSOON: frozenset[str] = frozenset(
    {
        KEY,
        "aNummer",
        "datumEersteInschrijvingGBA",
        "datumInschrijvingInGemeente",
        "gemeenteVanInschrijving",
        "geslacht",
        "gezag",
        "indicatieCurateleRegister",
        "leeftijd",
        "kinderen.burgerservicenummer",
        "ouders.burgerservicenummer",
        "ouders.datumIngangFamilierechtelijkeBetrekking",
        "ouders.geslacht",
        "ouders.ouderAanduiding",
        "partners.burgerservicenummer",
        "partners.geslacht",
        "partners.soortVerbintenis",
        "partners.ontbindingHuwelijkPartnerschap.datum",
    }
).union(
    _ADRESSERING,
    _under("adressering", ("aanhef", "gebruikInLopendeTekst")),
    _under("adressering.aanschrijfwijze", ("aanspreekvorm", "naam")),
    _under("europeesKiesrecht", ("aanduiding", "einddatumUitsluiting")),
    _under("geboorte", _GEBOORTE),
    _under(
        "immigratie",
        (
            "datumVestigingInNederland",
            "indicatieVestigingVanuitBuitenland",
            "landVanwaarIngeschreven",
            "vanuitVerblijfplaatsOnbekend",
        ),
    ),
    _under("kinderen.geboorte", _GEBOORTE),
    _under("kinderen.naam", _NAAM),
    _under("naam", (*_NAAM, "volledigeNaam", "aanduidingNaamgebruik")),
    _under("nationaliteiten", ("redenOpname", "datumIngangGeldigheid", "nationaliteit")),
    _under("ouders.geboorte", _GEBOORTE),
    _under("ouders.naam", _NAAM),
    _under("overlijden", _GEBOORTE),
    _under("partners.aangaanHuwelijkPartnerschap", _GEBOORTE),
    _under("partners.geboorte", _GEBOORTE),
    _under("partners.naam", _NAAM),
    _under("uitsluitingKiesrecht", ("einddatum", "uitgeslotenVanKiesrecht")),
    _under("verblijfplaats", _VERBLIJFPLAATS),
    _under("verblijfplaats.verblijfadres", _VERBLIJFADRES_BINNENLAND),
    _under("verblijfplaats.verblijfadres", _VERBLIJFADRES_BUITENLAND),
    _under("verblijfstitel", ("aanduiding", "datumEinde", "datumIngang")),
)
"""The ends of what may be asked of a person read by BSN."""

BEPERKT: frozenset[str] = frozenset({KEY, "geboorte.datum", "geslacht", "leeftijd"}).union(
    _ADRESSERING, _under("naam", (*_NAAM, "volledigeNaam"))
)
"""The ends of what may be asked of a person found by searching."""

GEZAG_BEPERKT: frozenset[str] = BEPERKT | {"gezag"}
"""The same, for those found at an adresseerbaar object."""

BINNENLAND: Mapping[str, str] = MappingProxyType(
    {"verblijfplaats": "verblijfplaatsBinnenland", "adressering": "adresseringBinnenland"}
)
"""The other names of groups for who may not see addresses abroad."""

ONLY_ABROAD: frozenset[str] = _under("verblijfplaats.verblijfadres", _VERBLIJFADRES_BUITENLAND) | {
    "adressering.adresregel3",
    "adressering.land",
}
RENAMED: frozenset[str] = (
    _under("verblijfplaats", _VERBLIJFPLAATS)
    | _under("verblijfplaats.verblijfadres", _VERBLIJFADRES_BINNENLAND)
    | {"adressering.adresregel1", "adressering.adresregel2"}
)
"""What has another name under `BINNENLAND`."""

PROXY: Mapping[str, str] = MappingProxyType(
    {
        "adressering.aanschrijfwijze": "adressering.aanschrijfwijze.naam",
        "europeesKiesrecht": "europeesKiesrecht.aanduiding",
        "geboorte": "geboorte.datum",
        "immigratie": "immigratie.indicatieVestigingVanuitBuitenland",
        "kinderen": "kinderen.naam.geslachtsnaam",
        "kinderen.geboorte": "kinderen.geboorte.datum",
        "kinderen.naam": "kinderen.naam.geslachtsnaam",
        "naam": "naam.geslachtsnaam",
        "nationaliteiten": "nationaliteiten.datumIngangGeldigheid",
        "ouders": "ouders.ouderAanduiding",
        "ouders.geboorte": "ouders.geboorte.datum",
        "ouders.naam": "ouders.naam.geslachtsnaam",
        "overlijden": "overlijden.datum",
        "partners": "partners.soortVerbintenis",
        "partners.aangaanHuwelijkPartnerschap": "partners.aangaanHuwelijkPartnerschap.datum",
        "partners.geboorte": "partners.geboorte.datum",
        "partners.naam": "partners.naam.geslachtsnaam",
        "partners.ontbindingHuwelijkPartnerschap": "partners.ontbindingHuwelijkPartnerschap.datum",
        "uitsluitingKiesrecht": "uitsluitingKiesrecht.uitgeslotenVanKiesrecht",
        "verblijfplaats": "verblijfplaats.datumVan",
        "verblijfplaats.verblijfadres": "verblijfplaats.verblijfadres.woonplaats",
        "verblijfstitel": "verblijfstitel.aanduiding",
    }
)
"""Per group the field to ask when all that is wanted of it is what cannot be asked: its presence,
the `type` of a union, what comes along. Each reveals no more than the group itself does."""

ALONG: Mapping[str, str] = MappingProxyType(
    {"adressering.indicatieVastgesteldVerblijftNietOpAdres": "adressering.adresregel1"}
)
"""What comes along with one field, where the group has parts that others may see."""


def brp_fields(
    paths: Iterable[str], allowed: frozenset[str] = PERSOON, *, abroad: bool = True
) -> list[str]:
    """The values of `fields` for these wire paths: as few as will do, sorted, never without BSN.

    `abroad=False` is for sources that may not give addresses abroad.
    """
    asked = selected(paths, allowed, {KEY}, PROXY)
    if not abroad:
        asked = {_domestic(field) for field in asked - ONLY_ABROAD}
    return sorted(asked)


@lru_cache(256)  # a question that comes again, about another person, asks for the same
def fields_for(paths: tuple[str, ...], allowed: frozenset[str], abroad: bool) -> tuple[str, ...]:
    """The same, remembered."""
    return tuple(brp_fields(paths, allowed, abroad=abroad))


def selected(
    paths: Iterable[str],
    allowed: frozenset[str],
    always: Iterable[str],
    proxy: Mapping[str, str],
) -> set[str]:
    """The fields to ask for these wire paths, those of `always` among them.

    A path goes to the end of `allowed` that it lies on or under; a path under `inOnderzoek` goes to
    the field that is in doubt, and to nothing when it names none. Of a group of which only the
    presence or something automatic is wanted its `proxy` is asked, unless something else in it is.
    """
    parts = [path.split(".") for path in paths]
    ends = [_end(path, allowed) for path in parts]
    asked = {*always, *(end for end in ends if end is not None)}
    unasked = [path for path, end in zip(parts, ends, strict=True) if end is None]
    groups = {_group(path, proxy) for path in unasked if DOUBT not in path}
    for group in sorted(groups - {None}, key=str, reverse=True):
        if not any(field.startswith(f"{group}.") for field in asked):
            asked |= {proxy[str(group)]} & allowed
    return asked


def _end(parts: Sequence[str], allowed: frozenset[str]) -> str | None:
    """The field that may be asked and that this path lies on or under, or is the doubt about."""
    path = ".".join(part for part in parts if part != DOUBT)
    names = ALONG.get(path, path).split(".")
    prefixes = (".".join(names[:length]) for length in range(1, len(names) + 1))
    return next((prefix for prefix in prefixes if prefix in allowed), None)


def _group(parts: Sequence[str], proxy: Mapping[str, str]) -> str | None:
    """The innermost group that this path is or lies in."""
    prefixes = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((prefix for prefix in prefixes if prefix in proxy), None)


def _domestic(field: str) -> str:
    if field not in RENAMED:
        return field
    group, _, rest = field.partition(".")
    return f"{BINNENLAND[group]}.{rest}"
