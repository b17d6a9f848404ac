"""What of customers and their contacts is shown to who sees only their own (startup, operation).

The customer system's token opens everything, and a contact can be with several people: the others
in it are not shown, nor are customers that somebody acts or works for (docs/decisions/0037).
"""

from typing import Final

from gateway.source.read import Read
from gateway.source.sieve import Beside, Judged, Reach, Sieve, whether
from resolvers.klant.wire import named_in


def _is_closed(reach: Reach) -> bool:
    return reach.own is not None


def _is_own(judged: Judged) -> bool:
    own = judged.reach.own
    return own is not None and named_in(judged.item).is_own(own)


PARTIJEN: Final = Sieve(_is_closed, whether(_is_own))
"""Of customers: themselves."""


def of_betrokkenen(partij: Read) -> Sieve:
    """Of who took part in a contact: the customer who asks, and nobody who is not a customer."""

    def admits(judged: Judged) -> bool:
        return bool(judged.beside(partij))

    return Sieve(_is_closed, whether(admits), lambda reach: [Beside(partij, ("wasPartij", "uuid"))])
