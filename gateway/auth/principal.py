"""The caller of one operation, as a verified token describes them (operation)."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of caller a token speaks for."""

    MEDEWERKER = "medewerker"
    SYSTEEM = "systeem"
    BURGER = "burger"


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks, for which municipality, and for what purpose; every value comes from the token."""

    subject: str
    """The issuer's pseudonym for the caller (`sub`); may be logged."""
    name: str
    """How a source's audit trail names the caller; the subject where the token has no name."""
    tenant: str
    """Municipality code, four digits."""
    purpose: str
    """Code of a purpose (doelbinding) that the tenant has."""
    kind: Kind
    bsn: str | None
    """A citizen's own number, nine digits passing the elfproef; None for all other kinds."""
