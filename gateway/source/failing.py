"""A source's failure, told to who waited in another worker for the same load (operation).

Codes only, so that whoever waited fails at once and alike instead of asking the source again. A
load that ran out of its asker's time says nothing about the time that others have: it is not told.
"""

import msgspec

from gateway.source.errors import SourceError, SourceFault, SourceQuota, SourceUnreachable

_DETAIL = "failed in another worker"


def told(error: SourceError) -> bytes | None:
    """What is told of it, if anything."""
    match error:
        case SourceUnreachable() | SourceQuota():
            return msgspec.json.encode([error.code, None])
        case SourceFault(code=SourceFault.code, status=status):
            return msgspec.json.encode([error.code, status])
        case _:
            return None


def heard(source: str, message: bytes) -> SourceError | None:
    """The failure that was told, of the source of that name."""
    try:
        code, status = msgspec.json.decode(message, type=tuple[str, int | None])
    except ValueError:
        return None
    match code:
        case SourceUnreachable.code:
            return SourceUnreachable(source, _DETAIL)
        case SourceQuota.code:
            return SourceQuota(source, _DETAIL)
        case SourceFault.code:
            return SourceFault(source, _DETAIL, status=status)
        case _:
            return None
