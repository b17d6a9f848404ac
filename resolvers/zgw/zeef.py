"""What of zaken, documents and besluiten a caller is shown (startup: sieves; operation: rules).

ZGW sources know what the gateway may see, and nothing of citizens. So who sees only what is their
own is held here to the zaken in which they have a rol that makes a zaak theirs, and to what hangs
under those; and a purpose can be held to some zaaktypen and to what is not too confidential. What
a municipality's file says is in `LIMITS` (docs/decisions/0037).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

from gateway.source.read import Read
from gateway.source.sieve import (
    Beside,
    Judged,
    Named,
    Proof,
    Reach,
    Sieve,
    Wire,
    whether,
)
from resolvers.zgw.genoemd import kvk_nummer, rsin
from schema.language.inzage import Inzage

CONFIDENTIALITY: Final = (
    "openbaar",
    "beperkt_openbaar",
    "intern",
    "zaakvertrouwelijk",
    "vertrouwelijk",
    "confidentieel",
    "geheim",
    "zeer_geheim",
)
"""From low to high, as the standard orders them; whoever may see one may see those before it."""
CAP: Final = "vertrouwelijkheid"
DOCUMENT_CAP: Final = "vertrouwelijkheid_documenten"
ONLY: Final = "zaaktypen"
NOT: Final = "zaaktypen_niet"
OWN_ROLES: Final = "eigen_rollen"
STATUSES: Final = "documentstatussen"
UNKNOWN: Final = "onbekend"
"""The status of a document of which none is recorded."""
OWN_CAP: Final = "zaakvertrouwelijk"
"""Means: for who takes part in the zaak."""
ROLES: Final = (
    "adviseur",
    "behandelaar",
    "belanghebbende",
    "beslisser",
    "initiator",
    "klantcontacter",
    "mede_initiator",
    "zaakcoordinator",
)
USUAL_ROLES: Final = frozenset({"initiator", "mede_initiator", "belanghebbende"})
USUAL_STATUSES: Final = frozenset({"definitief", "gearchiveerd"})
ALL_STATUSES: Final = (*sorted(USUAL_STATUSES), "in_bewerking", "ter_vaststelling", UNKNOWN)
CASES: Final = ("zaak.", "persoon.zaken", "bedrijf.zaken")
DOCUMENTS: Final = ("document.",)

LIMITS: Final = {
    CAP: Inzage(
        "Zaken en documenten tot en met deze vertrouwelijkheidaanduiding.",
        CASES,
        values=CONFIDENTIALITY,
        own=OWN_CAP,
    ),
    DOCUMENT_CAP: Inzage(
        "Documenten tot en met deze vertrouwelijkheidaanduiding.", DOCUMENTS, values=CONFIDENTIALITY
    ),
    ONLY: Inzage(
        "Alleen zaken van deze zaaktypen (hun `identificatie`).",
        CASES,
        many=True,
        per_service=True,
        judged_by="catalogi",
    ),
    NOT: Inzage(
        "Geen zaken van deze zaaktypen (hun `identificatie`).",
        CASES,
        many=True,
        judged_by="catalogi",
    ),
    OWN_ROLES: Inzage(
        "De rollen die een zaak tot de eigen zaak maken.",
        CASES,
        values=ROLES,
        many=True,
        own=USUAL_ROLES,
    ),
    STATUSES: Inzage(
        "Alleen documenten met een van deze statussen.",
        DOCUMENTS,
        values=ALL_STATUSES,
        many=True,
        own=USUAL_STATUSES,
    ),
}
"""What `[doelbindingen.<code>.inzage]` can say."""

_PARTIES: Final = frozenset({"natuurlijk_persoon", "niet_natuurlijk_persoon", "vestiging"})
_STAFF: Final = frozenset({"medewerker", "organisatorische_eenheid"})
_HOUSEHOLDS: Final = frozenset({"huishouden", "maatschappelijke_activiteit"})
"""Kinds of zaakobject that are somebody, and do not say who."""
_WHO: Final = "betrokkeneIdentificatie"

Lazily = Callable[[], Read]
"""A read that is declared after the sieve that asks it."""


# ---- zaken --------------------------------------------------------------------------------------


def of_zaken(rollen: Lazily, zaaktype: Lazily) -> Sieve:
    """Of zaken: own, of a zaaktype that may be seen, and not too confidential."""

    def beside(reach: Reach) -> Sequence[Beside]:
        needed = []
        if reach.own is not None:
            needed.append(Beside(rollen(), ("url",), raw=True))
        if _by_type(reach):
            needed.append(Beside(zaaktype(), ("zaaktype",)))
        return needed

    def admits(judged: Judged) -> bool:
        return (
            _within(judged.item, _cap(judged.reach, CAP))
            and _of_type(judged, zaaktype())
            and (judged.reach.own is None or _own(judged, rollen()))
        )

    return Sieve(
        _reaches_zaken,
        whether(admits),
        beside,
        needs=("url", "vertrouwelijkheidaanduiding", "zaaktype"),
    )


def own_zaak(rollen: Lazily) -> Callable[[], Proof]:
    """What proves of the uuid of a zaak that it is who asks's own."""
    return lambda: Proof(rollen(), lambda judged: _own(judged, rollen()))


def of_what_names_a_zaak(zaak: Lazily) -> Sieve:
    """Of what is there for whoever is shown the zaak that it names."""

    def beside(reach: Reach) -> Sequence[Beside]:
        return [Beside(zaak(), ("zaak",))]

    def admits(judged: Judged) -> bool:
        return bool(judged.beside(zaak()))

    return Sieve(_reaches_zaken, whether(admits), beside, needs=("zaak",))


def of_besluiten(zaak: Lazily) -> Sieve:
    """Of besluiten that were not found under a zaak: those of one that is shown, and of none."""

    def admits(judged: Judged) -> bool:
        if not judged.item.get("zaak"):
            return judged.reach.own is None
        return bool(judged.beside(zaak()))

    return Sieve(
        _reaches_zaken, whether(admits), of_what_names_a_zaak(zaak).beside, needs=("zaak",)
    )


def _reaches_zaken(reach: Reach) -> bool:
    return reach.own is not None or reach.word(CAP) is not None or _by_type(reach)


def _by_type(reach: Reach) -> bool:
    return reach.words(ONLY) is not None or reach.words(NOT) is not None


def _of_type(judged: Judged, zaaktype: Read) -> bool:
    """Whether a zaak is of a zaaktype that may be seen; not if its zaaktype is not there."""
    if not _by_type(judged.reach):
        return True
    only, never = judged.reach.words(ONLY), judged.reach.words(NOT) or frozenset()
    kinds = {found.get("identificatie") for found in judged.beside(zaaktype)}
    return bool(kinds) and kinds.isdisjoint(never) and (only is None or kinds <= only)


def _own(judged: Judged, rollen: Read) -> bool:
    roles = judged.reach.words(OWN_ROLES) or USUAL_ROLES
    return any(
        rol.get("omschrijvingGeneriek") in roles
        and not _for_another(rol)
        and _holds_on(rol, judged.reach.today)
        and _names_own(judged, rol.get("betrokkeneType"), rol.get(_WHO))
        for rol in judged.beside(rollen)
    )


def _for_another(rol: Wire) -> bool:
    """Whether somebody acted for another: the zaak is of that other."""
    return rol.get("indicatieMachtiging") == "gemachtigde"


def _holds_on(rol: Wire, today: str) -> bool:
    """Whether a rol has begun and has not ended; not if what it says of that is no text."""
    first, last = rol.get("beginGeldigheid") or "", rol.get("eindeGeldigheid") or today
    return isinstance(first, str) and isinstance(last, str) and first <= today <= last


def _names_own(judged: Judged, kind: object, named: object) -> bool:
    """Whether an identification of this kind of party is of who asks."""
    own = judged.reach.own
    if own is None or not isinstance(named, dict):
        return False
    match kind:
        case "natuurlijk_persoon":
            who = Named(bsn=named.get("inpBsn"))
        case "niet_natuurlijk_persoon":
            who = Named(
                kvk_nummer=kvk_nummer(judged.source, named),
                vestigingsnummer=named.get("vestigingsNummer"),
                rsin=rsin(named),
            )
        case "vestiging":
            who = Named(
                kvk_nummer=named.get("kvkNummer"), vestigingsnummer=named.get("vestigingsNummer")
            )
        case _:
            return False
    return who.is_own(own)


# ---- who and what stands in a zaak --------------------------------------------------------------


def _is_closed(reach: Reach) -> bool:
    return reach.own is not None


def _shows_rol(judged: Judged) -> bool:
    kind = judged.item.get("betrokkeneType")
    return kind in _STAFF or _names_own(judged, kind, judged.item.get(_WHO))


def _shows_zaakobject(judged: Judged) -> bool:
    kind = judged.item.get("objectType")
    if kind in _PARTIES:
        return _names_own(judged, kind, judged.item.get("objectIdentificatie"))
    return kind not in _HOUSEHOLDS


ROLLEN: Final = Sieve(
    _is_closed,
    whether(_shows_rol),
    needs=(
        "beginGeldigheid",
        "betrokkeneType",
        "eindeGeldigheid",
        "indicatieMachtiging",
        "kvkNummer",
        "omschrijvingGeneriek",
        f"{_WHO}.innNnpId",
        f"{_WHO}.inpBsn",
        f"{_WHO}.vestigingsNummer",
    ),
)
"""Of rollen: who asks, and who acts for the municipality; of others not that they take part."""
ZAAKOBJECTEN: Final = Sieve(
    _is_closed,
    whether(_shows_zaakobject),
    needs=(
        "objectType",
        "objectIdentificatie.inpBsn",
        "objectIdentificatie.innNnpId",
        "objectIdentificatie.vestigingsNummer",
        "bedrijf",
    ),
)
"""Of what a zaak is about: no other persons and companies than who asks."""


# ---- documents ----------------------------------------------------------------------------------


def _reaches_documents(reach: Reach) -> bool:
    return (
        reach.own is not None
        or _cap(reach, DOCUMENT_CAP) is not None
        or reach.words(STATUSES) is not None
    )


def _shows_document(judged: Judged) -> bool:
    reach = judged.reach
    statuses = reach.words(STATUSES) or (USUAL_STATUSES if reach.own is not None else None)
    status = judged.item.get("status") or UNKNOWN
    return _within(judged.item, _cap(reach, DOCUMENT_CAP)) and (
        statuses is None or status in statuses
    )


DOCUMENTEN: Final = Sieve(
    _reaches_documents,
    whether(_shows_document),
    needs=("vertrouwelijkheidaanduiding", "status"),
)
"""Of documents: not too confidential, and far enough to be seen."""


def of_versions(document: Lazily) -> Sieve:
    """Of documents in any version: as of others, where the last version is shown as well."""

    def beside(reach: Reach) -> Sequence[Beside]:
        return [Beside(document(), ("url",))]

    def shows(judged: Judged) -> bool:
        return _shows_document(judged) and bool(judged.beside(document()))

    return replace(
        DOCUMENTEN, shows=whether(shows), beside=beside, needs=(*DOCUMENTEN.needs, "url")
    )


def own_document(objecten: Lazily, zaak: Lazily) -> Callable[[], Proof]:
    """What proves of the uuid of a document that it belongs to a zaak that who asks is shown."""

    def proof() -> Proof:
        shown = Beside(zaak(), ("zaak",))
        return Proof(objecten(), lambda judged: bool(judged.beside(zaak())), shown)

    return proof


def of_what_names_a_document(document: Lazily) -> Sieve:
    """Of what tells of a document, which has a title: there where the document is."""

    def beside(reach: Reach) -> Sequence[Beside]:
        return [Beside(document(), ("informatieobject",))]

    def admits(judged: Judged) -> bool:
        return bool(judged.beside(document()))

    return Sieve(_reaches_documents, whether(admits), beside, needs=("informatieobject",))


# ---- how confidential ---------------------------------------------------------------------------


def _cap(reach: Reach, name: str) -> str | None:
    """Up to which aanduiding is shown; None: any. Documents have that of zaken, without their own.

    Who is shown their own is never shown what the standard keeps from who takes part in a zaak,
    unless a municipality says so.
    """
    said = reach.word(name) or reach.word(CAP)
    return said or (OWN_CAP if reach.own is not None else None)


def _within(wire: Wire, cap: str | None) -> bool:
    """Whether something is not more confidential than this; what does not say so is the most."""
    return cap is None or _rank(wire.get("vertrouwelijkheidaanduiding")) <= _rank(cap)


def _rank(aanduiding: Any) -> int:
    known = aanduiding in CONFIDENTIALITY
    return CONFIDENTIALITY.index(aanduiding) if known else len(CONFIDENTIALITY)
