"""Which failures of a source an older answer may stand in for (operation).

Those of its being away. One that refuses us, or our question, has answered: what it gave before is
then no longer ours to give.
"""

from gateway.source.errors import (
    SourceError,
    SourceFault,
    SourceQuota,
    SourceTimeout,
    SourceUnreachable,
)
from gateway.source.ledger import Why


def why(error: SourceError) -> Why | None:
    """Why something older is served after this failure; None where it may not be."""
    match error:
        case SourceUnreachable():
            return Why.ONBEREIKBAAR
        case SourceTimeout():
            return Why.TE_LAAT
        case SourceQuota():
            return Why.TE_DRUK
        case SourceFault(status=int(status)) if status >= 500:
            return Why.FOUT
        case _:
            return None
