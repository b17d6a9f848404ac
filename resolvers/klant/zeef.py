"""What of customers and their contacts is shown to who sees only their own (startup, operation).

The customer system's token opens everything, and a contact can be with several people: the others
in it are not shown, nor are customers that somebody acts or works for (docs/decisions/0037).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from gateway.source.read import Read
from gateway.source.sieve import Beside, Judged, Named, Reach, Sieve, whether
from resolvers.klant.wire import identifications_of, named_in

PARTICIPANTS: Final = "hadBetrokkenen.wasPartij"
"""What of a contact tells whose it is: asked along with it, where the source can."""


def _is_closed(reach: Reach) -> bool:
    return reach.own is not None


def of_partijen(identificator: Read) -> Sieve:
    """Of customers: themselves. A vestiging goes from company to company with its number, so for
    one branch the company must be known too: from the customer, or from what its number is under.
    """

    def beside(reach: Reach) -> Sequence[Beside]:
        for_branch = reach.own is not None and reach.own.vestigingsnummer is not None
        return [Beside(identificator, ("hoortBij",))] if for_branch else ()

    def admits(judged: Judged) -> bool:
        own = judged.reach.own
        if own is None:
            return False
        who = named_in(judged.item)
        if own.vestigingsnummer is None:
            return who.is_own(own)
        return any(each.kvk_nummer and each.is_own(own) for each in _whole(who, judged))

    def _whole(who: Named, judged: Judged) -> Sequence[Named]:
        """With the number of the company that it carries, or else with those it is under."""
        if who.kvk_nummer:
            return [who]
        above = identifications_of(judged.beside(identificator))
        return [replace(who, kvk_nummer=number) for kind, number in above if kind == "kvk_nummer"]

    return Sieve(_is_closed, whether(admits), beside)


def of_betrokkenen(partij: Read) -> Sieve:
    """Of who took part in a contact: the customer who asks, and nobody who is not a customer."""
    return _with_one_of(Beside(partij, ("wasPartij", "uuid")))


def of_klantcontacten(betrokkene: Read) -> Sieve:
    """Of contacts: those in which who asks took part, whatever the source was asked."""
    return _with_one_of(Beside(betrokkene, ("hadBetrokkenen", "uuid")), needs=(PARTICIPANTS,))


def of_adressen(partij: Read, betrokkene: Read) -> Sieve:
    """Of digital addresses: what who asks gave, as a customer or in a contact. Whatever points to
    one, it says itself whose it is.
    """
    return _with_one_of(
        Beside(partij, ("verstrektDoorPartij", "uuid")),
        Beside(betrokkene, ("verstrektDoorBetrokkene", "uuid")),
    )


def of_rekeningnummers(partij: Read) -> Sieve:
    """Of bank accounts: those of who asks, as they say themselves."""
    return _with_one_of(Beside(partij, ("partij", "uuid")))


def _with_one_of(*needed: Beside, needs: tuple[str, ...] = ()) -> Sieve:
    """What names something that who asks is shown."""

    def admits(judged: Judged) -> bool:
        return any(judged.beside(each.read) for each in needed)

    return Sieve(_is_closed, whether(admits), lambda reach: needed, needs=needs)
