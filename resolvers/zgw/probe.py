"""Whether the ZGW sources answer as the municipality's file says (process): `bronpoort check`.

Of zaken, documents and besluiten only the one with the nil UUID is asked for (RFC 9562, 5.9), which
nobody has. Catalogi are public: the address of the first one tells how the source writes its own
addresses.

Open Zaak knows `pageSize` and refuses parameters that it does not know; the standard has a fixed
page size. A source that accepts any parameter tells nothing by accepting this one. Of names in a
body Open Zaak refuses none, so a source that takes any `fields` may only pass it over: then its
version tells, since the standard has it from 1.6.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from gateway.source.addresses import Base
from gateway.source.errors import (
    ConfigurationMissing,
    ForeignAddress,
    SourceFault,
    SourceMissing,
)
from gateway.source.source import Source
from gateway.source.version import named, version_in
from resolvers.zgw.beside import zaak_url, zaaktype_url
from resolvers.zgw.expand import selects
from resolvers.zgw.genoemd import kvk_filter, vestiging_filter
from resolvers.zgw.paging import LARGEST_SIZE, Envelope
from resolvers.zgw.reads_zaken import CRS
from schema.language.links import Advice, Capability

NIL = "00000000-0000-0000-0000-000000000000"
NO_ZAAK = {"uuid__in": [NIL]}
NO_BESLUIT = {"identificatie": NIL}
EVERYTHING: Mapping[str, str] = {}
DOCUMENTS = "enkelvoudiginformatieobjecten"
REFUSED = 400
BROKEN = 500

INP_BSN = "natuurlijkPersoon__inpBsn"
NOBODY = "000000000"
"""No burgerservicenummer: all zeros are never given out."""
NO_FIELD = "bronpoortcontrole"
"""No field of a zaak."""
NO_COMPANY = "00000000"
"""No KVK-nummer, likewise."""
NO_VESTIGING = "000000000000"
_NUMBERS = (
    ("kvk_nummer_in", kvk_filter, NO_COMPANY),
    ("vestigingsnummer_in", vestiging_filter, NO_VESTIGING),
)
"""Flags that say where a number stands, the filter that each makes, and a number of nobody."""
NO_BSN_FILTER = (
    "zoekt niet op het BSN van een betrokkene, zodat een inwoner zaken van anderen zou zien; "
    "gebruik deze bron niet voor zaken van personen"
)
NO_ZAKEN = "hier staat geen `zaken/_zoek`; laat `address` eindigen op .../zaken/api/v1"
NO_CATALOGI = "hier staat geen `catalogussen`; laat `address` eindigen op .../catalogi/api/v1"
NO_DOCUMENTEN = (
    f"hier staat geen `{DOCUMENTS}/_zoek`; laat `address` eindigen op .../documenten/api/v1"
)
NO_BESLUITEN = "hier staat geen `besluiten`; laat `address` eindigen op .../besluiten/api/v1"
IS_STANDARD = (
    "weigert `pageSize` en is dus geen Open Zaak; zet `dialect.variant` op standaard "
    "en haal `paginagrootte` weg"
)
IS_OPENZAAK = "kent `pageSize`, zoals Open Zaak; zet `dialect.variant` op openzaak"
SIZE_UNUSED = "`dialect.paginagrootte` werkt alleen met `dialect.variant` openzaak; haal haar weg"
SIZE_WRONG = f"`dialect.paginagrootte` moet 1 tot en met {LARGEST_SIZE} zijn"
NO_EXPAND = "kan `expand` niet aan; zet `dialect.expand` op nooit"
NO_FIELDS = (
    "laat geen velden kiezen (`fields` in `zaken/_zoek`, van de standaard vanaf 1.6); "
    "zet `dialect.veldselectie` op false"
)
FIELDS = (
    "laat velden kiezen, en dan komt er niets mee dat niet gevraagd is; "
    "zet `dialect.veldselectie` op true"
)
FIELDS_SINCE = (1, 6)
UNREADABLE = "schrijft haar eigen adressen niet als http(s)://naam/pad, zodat verbanden ontbreken"
NO_CATALOGI_URL = (
    "waar de zaaktypen staan blijkt niet uit `address`; zet in `dialect.catalogi_url` "
    "het adres van de Catalogi API zoals zaken het schrijven"
)
NO_ZAKEN_URL = (
    "waar de zaken staan blijkt niet uit `address`; zet in `dialect.zaken_url` "
    "het adres van de Zaken API zoals besluiten het schrijven"
)


async def zaken(source: Source) -> list[str]:
    """What this source can do and what is wrong or could be better, in Dutch; raises SourceError if
    it does not answer.
    """
    heard: dict[str, str] = {}
    try:
        await _none_found(source, {}, heard)
    except SourceMissing:
        return [NO_ZAKEN]
    if not await _filters_by_bsn(source):
        return [NO_BSN_FILTER]
    wrong = _in_sizes(source) + _in_addresses(source)
    for flag, filter_of, number in _NUMBERS:
        if flag in source.dialect and not await _filters_by(source, filter_of(source), number):
            wrong.append(_no_filter(flag))
    sized = await _sized(source, ("zaken", "_zoek"), NO_ZAAK)
    wrong += _in_variant(source, sized)
    if wrong:
        return [*wrong, _told(named("Zaken API", heard), _pages(sized))]
    chooses, expands = await _chooses(source, heard), await _expands(source)
    remarks = _in_selection(source, chooses) + _in_expand(source, expands)
    parts = (
        named("Zaken API", heard),
        _pages(sized),
        "zoekt op BSN in `_zoek`",
        _able("zoekt op BSN in de lijst", await _lists_by_bsn(source)),
        _able("`expand`", expands),
        _able("`fields`", chooses),
    )
    return [*remarks, _told(*parts)]


async def catalogi(source: Source) -> list[str]:
    """As `zaken`, of the catalogus."""
    heard: dict[str, str] = {}
    try:
        found = await source.get("catalogussen", heard=heard)
    except SourceMissing:
        return [NO_CATALOGI]
    sized = await _sized(source, ("catalogussen",), None)
    wrong = _in_sizes(source) + _in_variant(source, sized)
    first = next(iter(Envelope.of(source, found).items), None)
    if first is not None:
        wrong += _in_canonical(source, first.get("url"))
    return [*wrong, _told(named("Catalogi API", heard), _pages(sized))]


async def documenten(source: Source) -> list[str]:
    """As `zaken`, of documents."""
    path, heard = (DOCUMENTS, "_zoek"), dict[str, str]()
    try:
        found = await source.post(*path, json=NO_ZAAK, heard=heard)
    except SourceMissing:
        return [NO_DOCUMENTEN]
    if Envelope.of(source, found).items:
        raise SourceFault(source.name, "a filter on uuid is ignored")
    sized = await _sized(source, path, NO_ZAAK)
    wrong = _in_sizes(source) + _in_variant(source, sized)
    return [*wrong, _told(named("Documenten API", heard), _pages(sized), "`_zoek` op uuid")]


async def besluiten(source: Source) -> list[str]:
    """As `zaken`, of besluiten."""
    heard: dict[str, str] = {}
    try:
        found = await source.get("besluiten", params=NO_BESLUIT, heard=heard)
    except SourceMissing:
        return [NO_BESLUITEN]
    if Envelope.of(source, found).items:
        raise SourceFault(source.name, "a filter on identificatie is ignored")
    wrong = _in_sizes(source) + _in_flags(source, "zaken_url")
    try:
        zaak_url(source, NIL)
    except ConfigurationMissing:
        wrong.append(NO_ZAKEN_URL)
    sized = await _sized(source, ("besluiten",), None, NO_BESLUIT)
    wrong += _in_variant(source, sized)
    return [*wrong, _told(named("Besluiten API", heard), _pages(sized))]


# ---- what it can do -----------------------------------------------------------------------------


def _told(*parts: str) -> str:
    return Capability("; ".join(part for part in parts if part))


def _able(what: str, able: bool | None) -> str:
    """One capability; nothing when the source does not tell."""
    return "" if able is None else what if able else f"niet: {what}"


def _pages(sized: bool | None) -> str:
    match sized:
        case True:
            return f"bladzijden tot {LARGEST_SIZE} (`pageSize`, zoals Open Zaak)"
        case False:
            return "vaste bladzijden"
    return ""


async def _chooses(source: Source, heard: Mapping[str, str]) -> bool | None:
    """Whether it gives the fields that are named; None when it takes any and has no version."""
    if not await _takes(source, {"fields": ["url"]}):
        return False
    if not await _takes(source, {"fields": [NO_FIELD]}):
        return True
    version = version_in(heard)
    return None if version is None else version >= FIELDS_SINCE


async def _expands(source: Source) -> bool | None:
    """Whether it brings along what is named; None when it takes any name."""
    is_list = source.flag("variant", "standaard") == "openzaak"

    async def takes(name: str) -> bool:
        return await _takes(source, {"expand": [name] if is_list else name})

    if not await takes("status"):
        return False
    return None if await takes(NO_FIELD) else True


async def _lists_by_bsn(source: Source) -> bool | None:
    """Whether the list can be asked by BSN: the gateway never does, since it would stand in the
    address.
    """
    params = {f"rol__betrokkeneIdentificatie__{INP_BSN}": NOBODY}
    try:
        found = await source.get("zaken", params=params, headers=CRS)
    except SourceMissing:
        return None
    except SourceFault as fault:
        if fault.status != REFUSED:
            raise
        return False
    return Envelope.of(source, found).count == 0


async def _takes(source: Source, more: Mapping[str, Any]) -> bool:
    try:
        await _none_found(source, more)
    except SourceFault as fault:
        if fault.status not in (REFUSED, BROKEN):
            raise
        return False
    return True


def _in_selection(source: Source, able: bool | None) -> list[str]:
    match selects(source), able:
        case True, False:
            return [NO_FIELDS]
        case False, True:
            return [Advice(FIELDS)]
    return []


def _in_expand(source: Source, able: bool | None) -> list[str]:
    asked = source.flag("expand", "nooit") == "altijd" and not selects(source)
    return [NO_EXPAND] if asked and able is False else []


async def _filters_by_bsn(source: Source) -> bool:
    """Whether nobody's number finds no zaken: who leaves out the filter gives everybody's."""
    return await _finds_nothing(source, f"rol__betrokkeneIdentificatie__{INP_BSN}", NOBODY)


def _no_filter(flag: str) -> str:
    return (
        f"zoekt niet op het gegeven in `dialect.{flag}`, zodat bij een bedrijf zaken van "
        "anderen zouden staan; haal de vlag weg"
    )


async def _filters_by(source: Source, name: str, number: str) -> bool:
    try:
        return await _finds_nothing(source, name, number)
    except SourceFault as fault:
        if fault.status != REFUSED:
            raise
        return False


async def _finds_nothing(source: Source, name: str, value: str) -> bool:
    found = await source.post("zaken", "_zoek", json={name: value}, headers=CRS)
    return Envelope.of(source, found).count == 0


# ---- the variant --------------------------------------------------------------------------------


async def _sized(
    source: Source, path: Sequence[str], body: Any, asked: Mapping[str, str] = EVERYTHING
) -> bool | None:
    """Whether the source knows `pageSize`; None when it accepts whatever it is asked."""
    if not await _accepts(source, path, body, {**asked, "pageSize": "1"}):
        return False
    return None if await _accepts(source, path, body, {**asked, "bronpoort": "1"}) else True


async def _accepts(
    source: Source, path: Sequence[str], body: Any, params: Mapping[str, str]
) -> bool:
    try:
        if body is None:
            await source.get(*path, params=params)
        else:
            await source.post(*path, json=body, params=params, headers=CRS)
    except SourceFault as fault:
        if fault.status != REFUSED:
            raise
        return False
    return True


def _in_variant(source: Source, sized: bool | None) -> list[str]:
    match source.flag("variant", "standaard"), sized:
        case "openzaak", False:
            return [IS_STANDARD]
        case "standaard", True:
            return [IS_OPENZAAK]
    return []


def _in_sizes(source: Source) -> list[str]:
    if "paginagrootte" not in source.dialect:
        return []
    if source.flag("variant", "standaard") != "openzaak":
        return [SIZE_UNUSED]
    return [] if 1 <= source.flag("paginagrootte", 0) <= LARGEST_SIZE else [SIZE_WRONG]


async def _none_found(
    source: Source, more: Mapping[str, Any], heard: dict[str, str] | None = None
) -> None:
    """Asks for the zaak that nobody has; SourceFault if there is one, or no list at all."""
    body = {**NO_ZAAK, **more}
    found = await source.post("zaken", "_zoek", json=body, headers=CRS, heard=heard)
    if Envelope.of(source, found).items:
        raise SourceFault(source.name, "a filter on uuid is ignored")


# ---- addresses ----------------------------------------------------------------------------------


def _in_canonical(source: Source, url: object) -> list[str]:
    """How the source writes its own addresses must be how we write them in filters."""
    base = str(url).rpartition("/catalogussen/")[0]
    try:
        theirs = Base.parse(base).text
    except ValueError:
        return [UNREADABLE]
    try:
        known = source.uuid_of(url, "catalogussen")
    except ForeignAddress:
        return [_other_base(theirs, f"zet dat adres in `canonical` van bronnen.{source.name}")]
    if source.url_of("catalogussen", known) != f"{theirs}/catalogussen/{known}":
        return [
            _other_base(theirs, f"zet dat adres vooraan in `canonical` van bronnen.{source.name}")
        ]
    return []


def _other_base(theirs: str, what: str) -> str:
    rest = "en kijk hetzelfde na bij zaken: anders ontbreken er verbanden"
    return f"noemt zichzelf {theirs}; {what}, {rest}"


def _in_addresses(source: Source) -> list[str]:
    """The flags with an address in them; without one it must follow from the source's own."""
    wrong = _in_flags(source, "catalogi_url", "bag_url")
    try:
        zaaktype_url(source, NIL)
    except ConfigurationMissing:
        wrong.append(NO_CATALOGI_URL)
    return wrong


def _in_flags(source: Source, *flags: str) -> list[str]:
    return [
        f"`dialect.{flag}` is geen adres als http(s)://naam/pad"
        for flag in flags
        if flag in source.dialect and not _is_address(source.flag(flag, ""))
    ]


def _is_address(text: str) -> bool:
    try:
        Base.parse(text)
    except ValueError:
        return False
    return True
