"""Takes from an object what only Open Zaak adds to the standard; at startup.

Compared: Open Zaak's Zaken API 1.5.1 with the standard's 1.5.2.
"""

from collections.abc import Mapping

from sandbox.wire import Wire

EXTRAS: Mapping[str, frozenset[str]] = {
    "zaken": frozenset(
        {"laatstGemuteerd", "laatstGeopend", "communicatiekanaalNaam", "gerelateerdeZaken"}
    ),
    "opschorting": frozenset({"eerdereOpschorting"}),
    "relevanteAndereZaken": frozenset({"overigeRelatie", "toelichting"}),
    "rollen": frozenset({"authenticatieContext", "beginGeldigheid", "eindeGeldigheid"}),
    "niet_natuurlijk_persoon": frozenset(
        {"kvkNummer", "vestigingsNummer", "verblijfsadres", "subVerblijfBuitenland"}
    ),
}


def standard_zaak(zaak: Wire) -> Wire:
    """A zaak with the properties of the standard only."""
    related = [_without(other, "relevanteAndereZaken") for other in zaak["relevanteAndereZaken"]]
    return _without(zaak, "zaken") | {
        "opschorting": _without(zaak["opschorting"], "opschorting"),
        "relevanteAndereZaken": related,
    }


def standard_rol(rol: Wire) -> Wire:
    """A rol with the properties of the standard only."""
    party = _without(rol["betrokkeneIdentificatie"], rol["betrokkeneType"])
    return _without(rol, "rollen") | {"betrokkeneIdentificatie": party}


def _without(wire: Wire, what: str) -> Wire:
    extras = EXTRAS.get(what, frozenset())
    return {name: value for name, value in wire.items() if name not in extras}
