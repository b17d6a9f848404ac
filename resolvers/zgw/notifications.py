"""What a notification about zaken, documents, besluiten or the catalogus makes old (operation).

The channels are those of the standards of 2021 and later: zaken, documenten, besluiten, zaaktypen,
besluittypen and informatieobjecttypen. A message names what it is about (`hoofdObject`) and what of
it changed; that suffices, because an answer about what hangs under a zaak also shows the zaak
(resolvers/zgw/merken.py). Any change may move an object into or out of a list, so lists always go:
that of somebody's zaken when a rol is made, that of open zaken when one is closed.

A message never names the other side of a relation, so what lists relations there goes as a whole.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from gateway.source.notices import Change, Kanaal, Touch
from gateway.source.tags import lijst, resource

OF_DOCUMENTS = Touch(lijst("objectinformatieobjecten"), "documenten")
"""What documents belong to: told by the other side, which does not say of which document."""
OF_BESLUITEN = Touch(lijst("besluiten"), "besluiten")

_RELATED: Mapping[str, tuple[Touch, ...]] = {
    "zaakinformatieobject": (OF_DOCUMENTS,),
    "besluitinformatieobject": (OF_DOCUMENTS,),
    "zaakbesluit": (OF_BESLUITEN,),
}
"""By the resource of the message."""
_ENDED: Mapping[str, tuple[Touch, ...]] = {
    "zaak": (OF_DOCUMENTS, OF_BESLUITEN),
    "besluit": (OF_DOCUMENTS,),
}
"""What goes with one that is destroyed, of which the source sends no messages."""
_HANGS_UNDER: Mapping[str, str] = {
    "statussen": "status",
    "resultaten": "resultaat",
    "statustypen": "statustype",
    "resultaattypen": "resultaattype",
    "roltypen": "roltype",
    "eigenschappen": "eigenschap",
}
"""What is also asked by a uuid of its own, by its path: it may have been kept as not existing."""


def about(name: str, path: str) -> Callable[[Change], Iterable[Touch]]:
    """What is made old by messages about resources of this name, listed under this path."""

    def touches(change: Change) -> Iterator[Touch]:
        yield Touch(resource(name, change.main.uuid))
        yield Touch(lijst(path))
        if change.own is not None and change.own.resource in _HANGS_UNDER:
            yield Touch(resource(_HANGS_UNDER[change.own.resource], change.own.uuid))
        yield from _RELATED.get(change.resource, ())
        if change.actie == "destroy":
            yield from _ENDED.get(change.resource, ())

    return touches


def _kanaal(source: str, path: str, name: str) -> Kanaal:
    return Kanaal(source, path, about(name, path))


DOCUMENTEN = "enkelvoudiginformatieobjecten"
NOTIFICATIONS: Mapping[str, Kanaal] = {
    "zaken": _kanaal("zaken", "zaken", "zaak"),
    "besluiten": _kanaal("besluiten", "besluiten", "besluit"),
    "documenten": _kanaal("documenten", DOCUMENTEN, "enkelvoudiginformatieobject"),
    "zaaktypen": _kanaal("catalogi", "zaaktypen", "zaaktype"),
    "besluittypen": _kanaal("catalogi", "besluittypen", "besluittype"),
    "informatieobjecttypen": _kanaal("catalogi", "informatieobjecttypen", "informatieobjecttype"),
}
