"""Which company, property or object of the BAG a rol or zaakobject names (operation): one value to
look it up by.

Organisations stand in a zaak with their RSIN, their KVK-nummer or both. In which property a
municipality writes the KVK-nummer is the flag `kvk_nummer_in` of its zaken. Without the flag that
is `kvkNummer`, which Open Zaak has and the standard has not. A vestiging is one of its own, or an
organisation with a vestigingsnummer, as newer Open Zaak wants it: flag `vestigingsnummer_in`.
An object of the BAG stands in a zaakobject with its identification, its address or both.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from gateway.source.errors import SourceRefusedQuestion
from gateway.source.source import Source
from resolvers.hr.keys import company
from resolvers.zgw.beside import identificatie_in

Wire = Mapping[str, Any]

KVK_NUMMER = "kvkNummer"
KVK_NUMMER_IN = (KVK_NUMMER, "innNnpId", "annIdentificatie")
"""The values of the flag."""
VESTIGINGSNUMMER_IN = ("vestiging", "nietNatuurlijkPersoon")
"""The values of the flag; the first is the standard's only way."""
BAG: Mapping[str, str] = MappingProxyType(
    {
        "adres": "adressen",
        "openbare_ruimte": "openbareruimten",
        "pand": "panden",
        "woonplaats": "woonplaatsen",
    }
)
"""By the kind of a zaakobject, under which resource the BAG has it."""
_ROL = "rol__betrokkeneIdentificatie__"
FILTER = f"{_ROL}nietNatuurlijkPersoon__"
NO_KVK_NUMMER = "Deze bron kan niet op KVK-nummer zoeken; zoek op RSIN of vestigingsnummer."

_EIGHT_DIGITS = re.compile("[0-9]{8}", re.ASCII)
_NINE_DIGITS = re.compile("[0-9]{9}", re.ASCII)


def kvk_filter(zaken: Source) -> str:
    """The filter on the KVK-nummer of an organisation; SourceRefusedQuestion if there is none."""
    written: str = zaken.flag("kvk_nummer_in", "")
    if written:
        return f"{FILTER}{written}"
    if zaken.flag("variant", "standaard") != "openzaak":
        reason = "kvkNummer is no standard filter"
        raise SourceRefusedQuestion(zaken.name, reason, message=NO_KVK_NUMMER)
    return f"{FILTER}{KVK_NUMMER}"


def vestiging_filter(zaken: Source) -> str:
    """The filter on the vestigingsnummer of who takes part."""
    written: str = zaken.flag("vestigingsnummer_in", VESTIGINGSNUMMER_IN[0])
    return f"{_ROL}{written}__vestigingsNummer"


def rol_of(zaken: Source, rol: Wire) -> Wire:
    """A rol; that of an organisation with its `kvkNummer`, and with `bedrijf` to look it up by."""
    named = rol.get("betrokkeneIdentificatie")
    if rol.get("betrokkeneType") != "niet_natuurlijk_persoon" or not isinstance(named, Mapping):
        return rol
    number = kvk_nummer(zaken, named)
    return {**rol, "kvkNummer": number, "bedrijf": company(number, named.get("innNnpId"))}


def zaakobject_of(zaken: Source, zaakobject: Wire) -> Wire:
    """A zaakobject; an organisation with `bedrijf`, an object of the BAG with `bag` and a property
    with `kadastraal`, which is its identification or else its aanduiding, to look them up by.
    """
    kind, named = zaakobject.get("objectType"), zaakobject.get("objectIdentificatie")
    if isinstance(kind, str) and kind in BAG:
        return {**zaakobject, "bag": _in_bag(zaken, zaakobject, BAG[kind])}
    if not isinstance(named, Mapping):
        return zaakobject
    match kind:
        case "niet_natuurlijk_persoon":
            number = kvk_nummer(zaken, named)
            return {**zaakobject, "bedrijf": company(number, named.get("innNnpId"))}
        case "kadastrale_onroerende_zaak":
            key = named.get("kadastraleIdentificatie") or named.get("kadastraleAanduiding")
            return {**zaakobject, "kadastraal": key}
    return zaakobject


def _in_bag(zaken: Source, zaakobject: Wire, resource: str) -> Any:
    """The identification that was written, or else the one in the address of the object."""
    named = zaakobject.get("objectIdentificatie")
    written = named.get("identificatie") if isinstance(named, Mapping) else None
    return written or identificatie_in(zaken, zaakobject.get("object"), resource)


def kvk_nummer(zaken: Source, named: Wire) -> str | None:
    """The KVK-nummer in the identification of an organisation, if there is one."""
    for name in (zaken.flag("kvk_nummer_in", KVK_NUMMER), KVK_NUMMER):
        value = str(named.get(name) or "").strip()
        if _EIGHT_DIGITS.fullmatch(value):
            return value
    return None


def rsin(named: Wire) -> str | None:
    """The RSIN in the identification of an organisation; a KVK-nummer that stands there is none."""
    value = str(named.get("innNnpId") or "").strip()
    return value if _NINE_DIGITS.fullmatch(value) else None
