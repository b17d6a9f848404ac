"""The one refusal that authentication knows (operation).

Unauthenticated     401, code NIET_AANGEMELD; its reason is for our log only
"""

from enum import StrEnum
from typing import ClassVar


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
    EXPIRED = "verlopen"
    NOT_YET_VALID = "nog_niet_geldig"
    LIFETIME = "te_lang_geldig"
    TIMES = "tijden"
    SUBJECT = "subject"
    NAME = "naam"
    TENANT = "gemeente"
    PURPOSE = "doelbinding"
    KIND = "soort"
    BSN = "bsn"
    UNEXPECTED = "onverwacht"


class Unauthenticated(Exception):  # noqa: N818 - what it says to the caller, not what failed in us
    """No caller could be established. `message` is safe to show, `reason` is for the log only."""

    code: ClassVar[str] = "NIET_AANGEMELD"
    status: ClassVar[int] = 401
    message: ClassVar[str] = "Aanmelden is nodig: stuur een geldig toegangstoken mee."

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"{self.code} ({reason})")
        self.reason = reason

    @property
    def challenge(self) -> str:
        """The value of `WWW-Authenticate` (RFC 6750, section 3): tells nothing about the cause."""
        if self.reason is Reason.NO_TOKEN:
            return "Bearer"
        return 'Bearer error="invalid_token"'
