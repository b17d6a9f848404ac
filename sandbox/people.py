"""Records of people and of how they are related, before they become Persoon objects; made at
startup.

A `Census` collects them. A person is known by a key here, because relatives abroad have no BSN.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from sandbox.identifiers import fictional_bsns
from sandbox.names import Heritage, Surname
from sandbox.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class Birthplace:
    """A country code with either a Dutch municipality code or the name of a town abroad."""

    country: str = "6030"
    municipality: str | None = None
    town: str | None = None


@dataclass(frozen=True, slots=True)
class AtAddress:
    """Lives at, or gets mail at (`mail`), a BAG address; `opposite` is aanduidingBijHuisnummer.

    `outside_bag`: registered without BAG identifications. `gone`: found not to live there.
    """

    number_id: str
    since: PartialDate
    mail: bool = False
    outside_bag: bool = False
    opposite: str | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class AtLocation:
    """Lives at a place that has no address, such as a path or a moored ship."""

    description: str
    since: PartialDate


@dataclass(frozen=True, slots=True)
class Abroad:
    """Lives abroad: up to three lines and a country code."""

    lines: tuple[str, ...]
    country: str
    since: PartialDate


@dataclass(frozen=True, slots=True)
class Untraceable:
    """Left, and nobody knows where to."""

    since: PartialDate


Residence = AtAddress | AtLocation | Abroad | Untraceable


@dataclass(frozen=True, slots=True)
class Citizenship:
    """One of the five kinds of nationaliteiten; `code` only for the kind Nationaliteit."""

    kind: str
    code: str | None
    reason: str
    since: PartialDate


@dataclass(frozen=True, slots=True)
class Arrival:
    """How somebody came to the Netherlands; country None when not known."""

    since: PartialDate
    country: str | None


@dataclass(frozen=True, slots=True)
class Situation:
    """What is special about a person; the defaults are of somebody about whom nothing is.

    died: with the municipality of death. suspended: code E, M or R and the date. title: predicaat
    or titel. doubts: names of the groups under investigation. permit and european_vote: code with
    dates. voteless: end of exclusion.
    """

    died: PartialDate | None = None
    suspended: tuple[str, PartialDate] | None = None
    confidential: bool = False
    doubts: frozenset[str] = frozenset()
    citizenships: tuple[Citizenship, ...] = ()
    arrival: Arrival | None = None
    permit: tuple[str, PartialDate, PartialDate | None] | None = None
    european_vote: tuple[str, PartialDate | None] | None = None
    voteless: PartialDate | None = None
    ward: bool = False
    title: str | None = None
    name_use: str = "E"
    rni: tuple[tuple[str, str, str | None], ...] = ()
    verified: tuple[str, PartialDate] | None = None


@dataclass(frozen=True, slots=True)
class Individual:
    """A person; without BSN and residence for relatives who are in no Dutch registry."""

    key: int
    bsn: str | None
    given: str
    surname: Surname
    sex: str
    born: PartialDate
    birthplace: Birthplace
    heritage: Heritage
    residence: Residence | None
    situation: Situation


@dataclass(frozen=True, slots=True)
class Parentage:
    """That one person is a parent of another, as first or second parent, since a day."""

    child: int
    parent: int
    number: str
    since: PartialDate


@dataclass(frozen=True, slots=True)
class Bond:
    """A marriage (H) or registered partnership (P), perhaps ended."""

    one: int
    other: int
    kind: str
    since: PartialDate
    place: Birthplace
    ended: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Custody:
    """Who has authority over a minor: kind as in the BRP; a third of None is unknown."""

    kind: str
    child: int
    parents: tuple[int, ...] = ()
    thirds: tuple[int | None, ...] = ()
    note: str | None = None
    doubtful: bool = False


@dataclass(slots=True)
class Census:
    """Everybody, with their relations, as they are added.

    `offspring` counts children by parent; `bound` holds who is or was married.
    """

    today: date
    people: list[Individual] = field(default_factory=list)
    parentages: list[Parentage] = field(default_factory=list)
    bonds: list[Bond] = field(default_factory=list)
    custodies: list[Custody] = field(default_factory=list)
    bsns: Iterator[str] = field(default_factory=fictional_bsns)
    offspring: Counter[int] = field(default_factory=Counter)
    bound: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        next(self.bsns)  # the first number is the municipality's RSIN

    def register(
        self,
        given: str,
        surname: Surname,
        sex: str,
        born: PartialDate,
        birthplace: Birthplace,
        heritage: Heritage,
        residence: Residence | None,
        situation: Situation | None = None,
    ) -> Individual:
        """Adds somebody; who has a residence gets the next BSN."""
        bsn = next(self.bsns) if residence else None
        person = Individual(
            len(self.people),
            bsn,
            given,
            surname,
            sex,
            born,
            birthplace,
            heritage,
            residence,
            situation or Situation(),
        )
        self.people.append(person)
        return person

    def amend(self, person: Individual, situation: Situation) -> Individual:
        """The person again, in another situation."""
        self.people[person.key] = changed = replace(person, situation=situation)
        return changed

    def parents(self, child: Individual, *parents: Individual) -> None:
        """Records one or two parents, since birth."""
        for number, parent in zip("12", parents, strict=False):
            self.parentages.append(Parentage(child.key, parent.key, number, child.born))
            self.offspring[parent.key] += 1

    def bind(self, bond: Bond) -> None:
        """Records a marriage or partnership."""
        self.bonds.append(bond)
        self.bound |= {bond.one, bond.other}
