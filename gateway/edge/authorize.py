"""What a request says of who asks and what for, and the refusal of it (per request)."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from gateway.auth.errors import AuthError, PurposeUnclear, ZaaktypeUnknown
from gateway.auth.principal import Principal
from gateway.auth.tokens import Tokens
from gateway.edge.errors import TransportError
from gateway.operation.errors import Code

PURPOSE: Final = "Bronpoort-Doelbinding"
"""The header that chooses among the purposes that the token allows."""
ZAAKTYPE: Final = "Bronpoort-Zaaktype"
"""The header that names the zaaktype for which is asked, among those that the purpose knows."""


@dataclass(slots=True, repr=False)  # made for every request: frozen it takes longer
class Credentials:
    """What a client shows of itself: the value of its Authorization header, the purposes it chose
    (one at most, to be let in), the address it comes from, and the zaaktypen it named (likewise).
    Read-only.
    """

    authorization: str | None
    chosen: tuple[str, ...] = ()
    origin: str | None = None
    zaaktypen: tuple[str, ...] = ()

    @property
    def purpose(self) -> str | None:
        """The purpose that was chosen, if any. Raises PurposeUnclear where there are two."""
        if len(self.chosen) > 1:
            raise PurposeUnclear
        return self.chosen[0] if self.chosen else None

    def zaaktype(self, known: Container[str]) -> str | None:
        """The zaaktype that was named, if any. Raises ZaaktypeUnknown for two, or for another than
        those of the purpose.
        """
        if not self.zaaktypen:
            return None
        if len(self.zaaktypen) > 1 or self.zaaktypen[0] not in known:
            raise ZaaktypeUnknown
        return self.zaaktypen[0]


def credentials(request: Request) -> Credentials:
    """Those of a request. Of a header that comes twice nobody knows which was meant: neither
    counts.
    """
    headers = request.headers
    given = headers.getlist("authorization")
    client = request.scope.get("client")
    chosen = tuple(headers.getlist(PURPOSE))
    zaaktypen = tuple(headers.getlist(ZAAKTYPE))
    origin = client[0] if client else None
    return Credentials(given[0] if len(given) == 1 else None, chosen, origin, zaaktypen)


async def authorized(shown: Credentials, tokens: Tokens) -> tuple[Principal, float]:
    """Who asks, and for what, and until when that is so (seconds since 1970, not counting the
    leeway); AuthError if that cannot be said.
    """
    verified = await tokens.verified(shown.authorization)
    return verified.grant.chosen(shown.purpose), verified.expires


def denial(error: AuthError) -> TransportError:
    """The refusal of a request whose sender may not be let in, or not for this."""
    return TransportError(
        Code(error.code),
        error.message,
        status=error.status,
        headers={"WWW-Authenticate": error.challenge},
        extensions=error.extensions,
    )
