"""Whose data a caller may ask for, where that is somebody's own (operation)."""

from dataclasses import dataclass


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
