"""Whose data a caller may ask for, where that is somebody's own (operation)."""

from collections.abc import Hashable
from dataclasses import dataclass

from gateway.source.read import About
from schema.language.links import Own

BY_NUMBER = frozenset(
    {About.PERSON, About.COMPANY, About.COMPANY_WIDE, About.LEGAL_PERSON, About.BRANCH}
)
"""Reads whose keys say whose it is."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A person, by `bsn`, or a company, by `kvk_nummer`; never both.

    All are digits as text, of the right length; BSN and RSIN pass the elfproef. With a
    `vestigingsnummer` it is that one branch of the company.
    """

    bsn: str | None = None
    kvk_nummer: str | None = None
    vestigingsnummer: str | None = None
    rsin: str | None = None

    @property
    def numbers(self) -> tuple[str, ...]:
        """All that are known. They identify: not for logs, addresses or keys."""
        every = (self.bsn, self.kvk_nummer, self.vestigingsnummer, self.rsin)
        return tuple(number for number in every if number is not None)

    def number(self, which: Own) -> str | None:
        """The number of that kind, if it is known."""
        match which:
            case Own.BSN:
                return self.bsn
            case Own.KVK_NUMMER:
                return self.kvk_nummer
            case Own.RSIN:
                return self.rsin
            case Own.VESTIGINGSNUMMER:
                return self.vestigingsnummer

    def owns(self, about: About, key: Hashable) -> bool:
        """Whether this key of a read about that (one of BY_NUMBER) is this person's or company's.

        Who asks for one branch has nothing of what is the whole company's, but for what everybody
        can look up of it in the Handelsregister.
        """
        match about:
            case About.PERSON:
                own = self.bsn
            case About.COMPANY:
                own = self.kvk_nummer
            case About.COMPANY_WIDE:
                own = self.kvk_nummer if self.vestigingsnummer is None else None
            case About.LEGAL_PERSON:
                own = self.rsin if self.vestigingsnummer is None else None
            case About.BRANCH:
                own = self.vestigingsnummer
            case _:
                own = None
        return own is not None and key == own


def asks_for_own(own: Identity | None, about: About, key: Hashable) -> bool:
    """Whether whoever may ask for what is `own` only (None: for anything) may ask for this key."""
    return own is None or about not in BY_NUMBER or own.owns(about, key)
