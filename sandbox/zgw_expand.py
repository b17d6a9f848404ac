"""Puts related objects into `_expand` as Open Zaak does; in operation.

Zaken API 1.5.1, parameter expand. Its oddities: `status.statustype` without `status` brings
nothing, a relation that is empty is left out, the outermost objects always have an `_expand`,
nested ones only when there is something in it.
"""

from collections.abc import Iterable, Mapping

from sandbox.wire import Wire
from sandbox.zgw_problem import Param, invalid

NESTED = {
    "zaaktype": (),
    "status": ("statustype",),
    "resultaat": ("resultaattype",),
    "rollen": ("roltype",),
    "zaakobjecten": (),
    "zaakinformatieobjecten": (),
}


def _options() -> frozenset[str]:
    shared = set(NESTED) | {f"{n}.{sub}" for n in NESTED for sub in NESTED[n]}
    others = {f"{zaak}.{name}" for zaak in ("hoofdzaak", "deelzaken") for name in shared}
    return frozenset(
        shared | others | {"hoofdzaak", "deelzaken", "eigenschappen", "eigenschappen.eigenschap"}
    )


OPTIONS = _options()


def checked(names: Iterable[object]) -> frozenset[str]:
    """The names to expand; Problem 400 when one of them cannot be."""
    wanted = frozenset(str(name).strip() for name in names) - {""}
    unknown = sorted(wanted - OPTIONS)
    if unknown:
        raise invalid([Param("expand", "invalid_choice", "Dit is geen geldige keuze.")])
    return wanted


def expanded(wire: Wire, names: frozenset[str], library: Mapping[str, Wire]) -> Wire:
    """The object with an `_expand`; `library` holds every object by its URL."""
    return wire | {"_expand": _inside(wire, names, library, "")}


def _inside(wire: Wire, names: frozenset[str], library: Mapping[str, Wire], path: str) -> Wire:
    found: Wire = {}
    for name, value in wire.items():
        below = f"{path}{name}"
        if below not in names or not value:
            continue
        one = isinstance(value, str)
        objects = [library[url] for url in ([value] if one else value)]
        shown = [_nested(thing, names, library, f"{below}.") for thing in objects]
        found[name] = shown[0] if one else shown
    return found


def _nested(wire: Wire, names: frozenset[str], library: Mapping[str, Wire], path: str) -> Wire:
    inside = _inside(wire, names, library, path)
    return wire | {"_expand": inside} if inside else wire
