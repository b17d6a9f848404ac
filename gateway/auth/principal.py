"""The caller of one operation, as a verified token describes them (operation)."""

import hashlib
import json
from dataclasses import astuple, dataclass, field
from enum import StrEnum

from gateway.assurance import Level
from gateway.operation.identity import Identity


class Kind(StrEnum):
    """What sort of caller a token speaks for."""

    MEDEWERKER = "medewerker"
    SYSTEEM = "systeem"
    BURGER = "burger"
    BEDRIJF = "bedrijf"
    GEMACHTIGDE = "gemachtigde"
    """Somebody who acts for a person or a company, for the services that were granted."""

    @property
    def closed(self) -> bool:
        """Whether this sort of caller may ask only for what is somebody's own."""
        return self in _CLOSED


_CLOSED = frozenset({Kind.BURGER, Kind.BEDRIJF, Kind.GEMACHTIGDE})


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks, for which municipality, and for what purpose; every value comes from the token,
    but which of its purposes this operation is for.
    """

    issuer: str
    """Who vouches for all this (`iss`)."""
    subject: str
    """The issuer's pseudonym for who acts (`sub`), also when for somebody else; may be logged."""
    name: str
    """How a source's audit trail names the caller; the subject where the token has no name."""
    tenant: str
    """Municipality code, four digits."""
    purpose: str
    """Code of a purpose (doelbinding) that the tenant has."""
    kind: Kind
    own: Identity | None = None
    """Whose data may be asked for: of a GEMACHTIGDE that of whom they act for. None where any may:
    for a MEDEWERKER and a SYSTEEM, and for nobody else."""
    rollen: frozenset[str] = frozenset()
    """A MEDEWERKER's roles."""
    diensten: frozenset[str] = frozenset()
    """The services that a GEMACHTIGDE may act for, in the codes of who registers the machtiging."""
    assurance: Level | None = None
    """How sure it is who logged in; None where the token does not say so."""
    pseudonym: str = field(init=False, repr=False, compare=False)
    """One text for one caller: of this issuer, for this person or company, these services.

    A SHA-256 in hexadecimal. What it stands for can be tried out by whoever has a token's other
    values, so it is for use within the process, or under a secret key.
    """

    @property
    def bsn(self) -> str | None:
        """The BSN of the person whose data may be asked for, if it is a person."""
        return self.own.bsn if self.own else None

    def __post_init__(self) -> None:
        object.__setattr__(self, "pseudonym", _pseudonym(self))


def _pseudonym(caller: Principal) -> str:
    own = astuple(caller.own) if caller.own else None
    who = (caller.issuer, caller.subject, caller.kind.value, own, sorted(caller.diensten))
    return hashlib.sha256(json.dumps(who).encode("ascii")).hexdigest()
