"""What a request says of who asks and what for, and the refusal of it (per request)."""

from typing import Final

from starlette.requests import Request

from gateway.auth.errors import AuthError, PurposeUnclear
from gateway.auth.principal import Principal
from gateway.auth.tokens import Tokens
from gateway.edge.errors import TransportError
from gateway.operation.errors import Code

PURPOSE: Final = "Bronpoort-Doelbinding"
"""The header that chooses among the purposes that the token allows."""


async def authorized(request: Request, tokens: Tokens) -> Principal:
    """Who asks, and for what; AuthError if that cannot be said.

    Of a header that comes twice nobody knows which was meant: neither counts.
    """
    given = request.headers.getlist("authorization")
    grant = await tokens.grant(given[0] if len(given) == 1 else None)
    chosen = request.headers.getlist(PURPOSE)
    if len(chosen) > 1:
        raise PurposeUnclear
    return grant.chosen(chosen[0] if chosen else None)


def denial(error: AuthError) -> TransportError:
    """The refusal of a request whose sender may not be let in, or not for this."""
    return TransportError(
        Code(error.code),
        error.message,
        status=error.status,
        headers={"WWW-Authenticate": error.challenge},
        extensions=error.extensions,
    )
