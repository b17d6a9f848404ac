"""What a verified token allows, and the one purpose of it that a request is for (operation)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gateway.assurance import Level
from gateway.auth.errors import LevelTooLow, PurposeForeign, PurposeUnclear
from gateway.auth.principal import Principal


@dataclass(frozen=True, slots=True)
class Grant:
    """The caller of a token for each purpose that it allows, at least one.

    `above` has the purposes among them that ask for a surer login than this one.
    """

    principals: Mapping[str, Principal]
    above: Mapping[str, Level] = field(default_factory=dict)

    def chosen(self, purpose: str | None) -> Principal:
        """The caller for this purpose, or for the only one; an AuthError if that cannot be."""
        if purpose is None:
            if len(self.principals) > 1:
                raise PurposeUnclear
            (purpose,) = self.principals
        principal = self.principals.get(purpose)
        if principal is None:
            raise PurposeForeign
        if purpose in self.above:
            raise LevelTooLow(self.above[purpose])
        return principal
