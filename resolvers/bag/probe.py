"""Whether the BAG answers as the municipality's file says (process): asked by `bronpoort check`.

Nothing here is about a real address: a postcode, a pand and a street that nobody has. The BAG
answers a search that finds nothing with an empty collection, so 404 says that the address is wrong.
"""

from collections.abc import Mapping

from gateway.source.errors import SourceFault, SourceMissing
from gateway.source.source import Source
from gateway.source.version import named
from resolvers.bag.paging import embedded
from resolvers.bag.wire import HAL, HAL_RD
from schema.language.links import Advice, Capability

NOWHERE = {"postcode": "9999ZZ", "huisnummer": "99999"}
Question = tuple[str, Mapping[str, str]]
BY_PAND: Question = ("adressenuitgebreid", {"pandIdentificatie": "9999109999999999"})
BY_SPACE: Question = ("adressen", {"openbareRuimteIdentificatie": "9999309999999999"})
WITH_EXPAND: Question = ("adressen", {**NOWHERE, "expand": "panden"})
REFUSED = 400

NO_API = (
    "hier staat geen `adressen`; laat `address` eindigen op het pad van de API, "
    "zoals .../lvbag/individuelebevragingen/v2"
)
NOT_EXTENDED = (
    "uitgebreide adressen kunnen hier niet op pand worden gevraagd (dat kan vanaf versie 2.9); "
    "zet `dialect.uitgebreid_op_pand` op false"
)
EXTENDED = (
    "uitgebreide adressen kunnen hier op pand worden gevraagd, en dat scheelt aanroepen; "
    "zet `dialect.uitgebreid_op_pand` op true"
)
NOT_BY_STREET = (
    "adressen kunnen hier niet op openbare ruimte worden gevraagd (dat kan vanaf versie 2.7); "
    "zet `dialect.adressen_op_straat` op false"
)
BY_STREET = (
    "adressen kunnen hier op openbare ruimte worden gevraagd, en dat scheelt aanroepen; "
    "zet `dialect.adressen_op_straat` op true"
)
NO_EXPAND = "kan `expand` niet aan; zet `dialect.expand` op nooit"


async def bag(source: Source) -> list[str]:
    """What is wrong with this source or could be better, in Dutch; raises SourceError if it does
    not answer.
    """
    heard: dict[str, str] = {}
    try:
        found = await source.get("adressen", params=NOWHERE, headers=HAL, heard=heard)
    except SourceMissing:
        return [NO_API]
    embedded(source, found, "adressen")
    extended, by_street, expands = [
        await _is_able(source, question) for question in (BY_PAND, BY_SPACE, WITH_EXPAND)
    ]
    parts = (
        named("BAG individuele bevragingen", heard),
        _told("uitgebreide adressen op pand", extended),
        _told("adressen op openbare ruimte", by_street),
        _told("`expand`", expands),
    )
    return [
        *_flag(source, "uitgebreid_op_pand", extended, EXTENDED, NOT_EXTENDED),
        *_flag(source, "adressen_op_straat", by_street, BY_STREET, NOT_BY_STREET),
        *_expand(source, expands),
        Capability("; ".join(part for part in parts if part)),
    ]


def _flag(source: Source, flag: str, able: bool | None, more: str, less: str) -> list[str]:
    """What to change about a flag, if the source tells whether it can do this."""
    if able is None or able is source.flag(flag, False):
        return []
    return [Advice(more) if able else less]


def _expand(source: Source, able: bool | None) -> list[str]:
    """Whether what is brought along can be."""
    wrong = source.flag("expand", "nooit") == "altijd" and able is False
    return [NO_EXPAND] if wrong else []


def _told(what: str, able: bool | None) -> str:
    return "" if able is None else what if able else f"niet: {what}"


async def _is_able(source: Source, question: Question) -> bool | None:
    """Whether the source takes a question; None when the answer does not tell."""
    path, params = question
    try:
        await source.get(path, params=params, headers=HAL_RD)
    except SourceMissing:
        return None
    except SourceFault as fault:
        if fault.status != REFUSED:
            raise
        return False
    return True
