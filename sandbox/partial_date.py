"""Dates that may be incomplete, as the BRP knows them; made at startup, written to the wire by
`wire`.

Four shapes on the wire (BRP Personen 2.7, AbstractDatum): Datum, JaarMaandDatum, JaarDatum,
DatumOnbekend.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which the day, the month or everything may be unknown (None)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, known: date) -> "PartialDate":
        return cls(known.year, known.month, known.day)

    def whole(self) -> date | None:
        """The date when it is complete, else None."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    def first(self) -> date:
        """The first day that it may be; the first there is when nothing is known."""
        return date(self.year or date.min.year, self.month or 1, self.day or 1)

    def settled(self) -> date:
        """The first day on which it is certain to have come; the last there is when nothing is
        known.
        """
        if self.year is None:
            return date.max
        if self.month is None:
            return date(self.year + 1, 1, 1)
        if self.day is None:
            return date(self.year + self.month // 12, self.month % 12 + 1, 1)
        return date(self.year, self.month, self.day)

    def without_day(self) -> "PartialDate":
        return PartialDate(self.year, self.month)

    def without_month(self) -> "PartialDate":
        return PartialDate(self.year)


UNKNOWN = PartialDate()


def wire(moment: PartialDate) -> dict[str, Any]:
    """The BRP's form of a date, with its long form in Dutch."""
    if moment.year is None:
        return {"type": "DatumOnbekend", "onbekend": True, "langFormaat": "onbekend"}
    if moment.month is None:
        return {"type": "JaarDatum", "jaar": moment.year, "langFormaat": str(moment.year)}
    name = MONTHS[moment.month - 1]
    if moment.day is None:
        return {
            "type": "JaarMaandDatum",
            "jaar": moment.year,
            "maand": moment.month,
            "langFormaat": f"{name} {moment.year}",
        }
    return {
        "type": "Datum",
        "datum": f"{moment.year:04d}-{moment.month:02d}-{moment.day:02d}",
        "langFormaat": f"{moment.day} {name} {moment.year}",
    }


def read(moment: Mapping[str, Any]) -> PartialDate:
    """What `wire` wrote."""
    if "datum" in moment:
        return PartialDate.of(date.fromisoformat(moment["datum"]))
    return PartialDate(moment.get("jaar"), moment.get("maand"))


def age_on(born: PartialDate, today: date) -> int | None:
    """Completed years on a day, or None when what is known of the birth date does not settle it."""
    if born.year is None or born.month is None:
        return None
    if born.day is None:
        if born.month == today.month:
            return None
        return today.year - born.year - (today.month < born.month)
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
