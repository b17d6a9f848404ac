"""Why nobody is let in, or not for this (operation).

The tree, whole:

AuthError
  Unauthenticated   401, NIET_AANGEMELD: no token, or none that can be trusted
  LevelTooLow       401, NIET_GEAUTORISEERD: the purpose asks for a surer login (RFC 9470)
  PurposeForeign    403, NIET_GEAUTORISEERD: the token does not allow the purpose that was chosen
  PurposeUnclear    400, INVOER: the token allows several purposes and none was chosen
  ZaaktypeUnknown   400, INVOER: no zaaktype that this purpose knows was named

`message` is safe to show; `reason` is for the log only. All are of the request and not of the
GraphQL in it, so their status holds for every media type.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar

from gateway.assurance import Level


class Reason(StrEnum):
    """Why a token was refused: a stable word for log and metrics, never shown to the caller."""

    NO_TOKEN = "geen_token"  # noqa: S105 - the name of a reason
    NOT_BEARER = "geen_bearer"
    TOO_LARGE = "te_groot"
    MALFORMED = "onleesbaar"
    DUPLICATE_NAME = "dubbele_naam"
    HEADER_REFUSED = "kopveld_geweigerd"
    TYPE_REFUSED = "typ_geweigerd"
    ALGORITHM = "algoritme"
    ISSUER = "uitgever"
    NO_KEY = "geen_sleutel"
    KEYS_UNREACHABLE = "sleutels_onbereikbaar"
    SIGNATURE = "handtekening"
    AUDIENCE = "publiek"
    CLIENT = "client"
    BOUND = "gebonden"
    TOKEN_ID = "jti"  # noqa: S105 - the name of a reason
    EXPIRED = "verlopen"
    NOT_YET_VALID = "nog_niet_geldig"
    LIFETIME = "te_lang_geldig"
    TIMES = "tijden"
    SUBJECT = "subject"
    NAME = "naam"
    TENANT = "gemeente"
    PURPOSE = "doelbinding"
    PURPOSE_UNCLEAR = "doelbinding_niet_gekozen"
    ZAAKTYPE = "zaaktype"
    PURPOSE_FOREIGN = "doelbinding_niet_toegestaan"
    KIND = "soort"
    ROLES = "rollen"
    BSN = "bsn"
    COMPANY = "bedrijf"
    MANDATE = "machtiging"
    ASSURANCE = "betrouwbaarheid"
    ASSURANCE_TOO_LOW = "betrouwbaarheid_te_laag"
    UNEXPECTED = "onverwacht"


class AuthError(Exception):
    """No caller could be established for this request."""

    code: ClassVar[str]
    status: ClassVar[int]
    message: ClassVar[str]
    error: ClassVar[str]
    """The error code of `WWW-Authenticate` (RFC 6750, section 3.1; RFC 9470, section 3)."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"{self.code} ({reason})")
        self.reason = reason

    @property
    def challenge(self) -> str:
        """The value of `WWW-Authenticate`: tells no more than the status does."""
        return f'Bearer error="{self.error}"'

    @property
    def extensions(self) -> Mapping[str, str]:
        """What the error's `extensions` hold beside the code."""
        return MappingProxyType({})


class Unauthenticated(AuthError):  # noqa: N818 - what it says to the caller
    """There is no token, or none that can be trusted."""

    code = "NIET_AANGEMELD"
    status = 401
    message = "Aanmelden is nodig: stuur een geldig toegangstoken mee."
    error = "invalid_token"

    @property
    def challenge(self) -> str:
        """Without an error where there was no token to find fault with (RFC 6750, 3.1)."""
        return "Bearer" if self.reason is Reason.NO_TOKEN else super().challenge


class PurposeUnclear(AuthError):  # noqa: N818
    """The token allows several purposes, and the request names none or more than one."""

    code = "INVOER"
    status = 400
    message = (
        "Het token laat meer dan een doelbinding toe: "
        "kies er precies een met de header Bronpoort-Doelbinding."
    )
    error = "invalid_request"

    def __init__(self) -> None:
        super().__init__(Reason.PURPOSE_UNCLEAR)


class ZaaktypeUnknown(AuthError):  # noqa: N818
    """The request names a zaaktype that its purpose does not know, or more than one."""

    code = "INVOER"
    status = 400
    message = (
        "Noem in de header Bronpoort-Zaaktype precies een zaaktype dat bij de doelbinding hoort, "
        "of laat haar weg."
    )
    error = "invalid_request"

    def __init__(self) -> None:
        super().__init__(Reason.ZAAKTYPE)


class PurposeForeign(AuthError):  # noqa: N818
    """The request names a purpose that the token does not allow."""

    code = "NIET_GEAUTORISEERD"
    status = 403
    message = (
        "Het token laat de doelbinding niet toe die in de header Bronpoort-Doelbinding is gekozen."
    )
    error = "insufficient_scope"

    def __init__(self) -> None:
        super().__init__(Reason.PURPOSE_FOREIGN)


class LevelTooLow(AuthError):  # noqa: N818
    """The purpose asks for a higher level of assurance than that of the login."""

    code = "NIET_GEAUTORISEERD"
    status = 401
    message = "Voor deze doelbinding moet met een hoger betrouwbaarheidsniveau worden ingelogd."
    error = "insufficient_user_authentication"

    def __init__(self, wanted: Level) -> None:
        super().__init__(Reason.ASSURANCE_TOO_LOW)
        self.wanted = wanted

    @property
    def extensions(self) -> Mapping[str, str]:
        """The level that is asked for, by our name for it."""
        return MappingProxyType({"betrouwbaarheid": self.wanted.value})
