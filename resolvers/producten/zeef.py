"""What of products who sees only what is their own is shown (startup, operation).

A product can be of several: it is shown to each, without the others and without the data that is
free in form, where others may stand (docs/decisions/0037).
"""

from typing import Any, Final

from gateway.source.sieve import Judged, Named, Reach, Sieve, Wire

FREE: Final = ("dataobject", "verbruiksobject")
"""What is of any form: nothing tells of which owner it is."""


def _is_closed(reach: Reach) -> bool:
    return reach.own is not None


def _shown(judged: Judged) -> Wire | None:
    """The product with the caller as its only owner; None if they are not one of them."""
    owners = judged.item.get("eigenaren") or []
    mine = [each for each in owners if _is_own(judged, each)]
    if not mine:
        return None
    if len(mine) == len(owners):
        return judged.item
    return {**judged.item, "eigenaren": mine, **dict.fromkeys(FREE)}


def _is_own(judged: Judged, owner: Any) -> bool:
    own = judged.reach.own
    who = Named(
        bsn=owner.get("bsn"),
        kvk_nummer=owner.get("kvk_nummer"),
        vestigingsnummer=owner.get("vestigingsnummer"),
    )
    return own is not None and who.is_own(own)


PRODUCTEN: Final = Sieve(_is_closed, _shown)
