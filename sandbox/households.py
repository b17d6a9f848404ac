"""The households of the fictional municipality, drawn at startup: who lives together at one
address.

Adults may be the grown-up children of older residents; whoever has no parents in the municipality
gets parents without BSN. What is unusual about single persons comes from `sandbox.circumstances`.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from sandbox.circumstances import newborn_situation, settled_situation
from sandbox.names import HERITAGES, SHARES, Heritage, Surname, given_names
from sandbox.partial_date import PartialDate
from sandbox.people import AtAddress, Birthplace, Bond, Census, Custody, Individual

KINDS = ("single", "couple", "family", "lone", "elders", "shared", "blended", "empty")
WEIGHTS = (22, 24, 30, 8, 12, 2, 2, 30)
DUTCH_TOWNS = ("0999", "0999", "0999", "0363", "0599", "0344", "0080", "0014", "0193")


@dataclass(slots=True)
class Settler:
    """Fills homes with households. `elders` are couples who may have grown-up children
    elsewhere.
    """

    census: Census
    rng: Random
    elders: list[tuple[Individual, Individual]] = field(default_factory=list)

    def settle(self, home: str, heritage: Heritage | None = None) -> None:
        """One household of a drawn kind at an address (a nummeraanduiding)."""
        heritage = heritage or self.rng.choices(HERITAGES, SHARES)[0]
        match self.rng.choices(KINDS, WEIGHTS)[0]:
            case "single":
                self.adult(home, heritage, self.rng.randint(20, 92))
            case "couple":
                self.couple(home, heritage, self.rng.randint(22, 75))
            case "family":
                self.family(home, heritage)
            case "lone":
                self.lone_parent(home, heritage)
            case "elders":
                self.elderly(home, heritage)
            case "shared":
                for _ in range(self.rng.randint(4, 7)):
                    self.adult(home, self.rng.choice(HERITAGES), self.rng.randint(18, 29))
            case "blended":
                self.blended(home, heritage)

    def day_of_age(self, age: int) -> date:
        """A date of birth that makes somebody this old today."""
        return self.census.today - timedelta(days=age * 365 + age // 4 + self.rng.randint(1, 360))

    def adult(self, home: str, heritage: Heritage, age: int, sex: str | None = None) -> Individual:
        """A grown-up with parents, inside or outside the municipality."""
        sex = sex or self.rng.choice("MV")
        born = self._birth_date(heritage, age)
        origin = self._elders_for(heritage, age)
        surname = origin[0].surname if origin else self.rng.choice(heritage.surnames)
        birthplace = self._birthplace(heritage, adult=True)
        residence = self._residence(home, age)
        person = self.census.register(
            given_names(heritage, sex, self.rng),
            surname,
            sex,
            born,
            birthplace,
            heritage,
            residence,
            settled_situation(self.rng, heritage, birthplace, age, residence.since),
        )
        self.census.parents(person, *(origin or self._outsiders(person, age)))
        return person

    def couple(self, home: str, heritage: Heritage, age: int) -> tuple[Individual, Individual]:
        """Two adults, mostly married or in a registered partnership."""
        other = heritage if self.rng.random() < 0.8 else self.rng.choices(HERITAGES, SHARES)[0]
        sexes = self.rng.choices(("VM", "VV", "MM"), (94, 3, 3))[0]
        one = self.adult(home, heritage, age, sexes[0])
        two = self.adult(home, other, max(19, age + self.rng.randint(-4, 6)), sexes[1])
        kind = self.rng.choices(("H", "P", None), (62, 18, 20))[0]
        if kind:
            one, two = self.bind(one, two, kind, age)
        if age > 56:
            self.elders.append((one, two))
        return one, two

    def bind(
        self, one: Individual, two: Individual, kind: str, age: int
    ) -> tuple[Individual, Individual]:
        """Marries two people; one may use the other's name from then on."""
        years = self.rng.randint(0, max(1, age - 21))
        since = PartialDate.of(self.census.today - timedelta(days=years * 365 + 40))
        place = Birthplace(municipality=self.rng.choice(DUTCH_TOWNS))
        self.census.bind(Bond(one.key, two.key, kind, since, place))
        use = self.rng.choices("ENPV", (55, 28, 12, 5))[0]
        return self.census.amend(one, replace(one.situation, name_use=use)), two

    def family(self, home: str, heritage: Heritage) -> None:
        """A couple with one to five children at home."""
        age = self.rng.randint(26, 54)
        one, two = self.couple(home, heritage, age)
        surname = self.rng.choice((one, two)).surname
        for _ in range(self.rng.choices((1, 2, 3, 4, 5), (30, 45, 17, 6, 2))[0]):
            child = self.child(home, (one, two), surname, age)
            if self.is_minor(child):
                self.census.custodies.append(
                    Custody("GezamenlijkOuderlijkGezag", child.key, (one.key, two.key))
                )

    def lone_parent(self, home: str, heritage: Heritage) -> None:
        """One parent at home; the other is divorced, abroad or not known."""
        age = self.rng.randint(24, 50)
        parent = self.adult(home, heritage, age)
        other = self._former_partner(parent) if self.rng.random() < 0.7 else None
        if other and self.rng.random() < 0.6:
            self._divorce(parent, other)
        for _ in range(self.rng.choices((1, 2, 3), (50, 38, 12))[0]):
            parents = (parent, other) if other else (parent,)
            child = self.child(home, parents, parent.surname, age)
            if self.is_minor(child):
                self.census.custodies.append(
                    Custody("EenhoofdigOuderlijkGezag", child.key, (parent.key,))
                )

    def blended(self, home: str, heritage: Heritage) -> None:
        """A parent with children and a partner who shares the authority over them."""
        age = self.rng.randint(30, 48)
        parent, partner = self.couple(home, heritage, age)
        known = self.rng.random() < 0.8
        for _ in range(self.rng.randint(1, 2)):
            child = self.child(home, (parent,), parent.surname, age)
            if self.is_minor(child):
                thirds = (partner.key if known else None,)
                self.census.custodies.append(
                    Custody("GezamenlijkGezag", child.key, (parent.key,), thirds)
                )

    def elderly(self, home: str, heritage: Heritage) -> None:
        """An old couple, of whom one may have died."""
        age = self.rng.randint(66, 93)
        _, two = self.couple(home, heritage, age)
        if self.rng.random() < 0.35:
            self.bury(two, PartialDate.of(self.census.today - timedelta(days=age * 31)))

    def bury(self, person: Individual, moment: PartialDate) -> None:
        """Records a death, which ends a marriage."""
        self.census.amend(person, replace(person.situation, died=moment, name_use="E"))
        for index, bond in enumerate(self.census.bonds):
            if person.key in (bond.one, bond.other) and bond.ended is None:
                self.census.bonds[index] = replace(bond, ended=moment)

    def child(
        self, home: str, parents: tuple[Individual, ...], surname: Surname, age: int
    ) -> Individual:
        """A child of these parents, younger than the mother by 19 years or more."""
        years = self.rng.randint(0, max(0, min(23, age - 20)))
        heritage = parents[0].heritage
        sex = self.rng.choices("MVO", (50, 49, 1))[0]
        born = PartialDate.of(self.day_of_age(years))
        birthplace = self._birthplace(heritage, adult=False)
        residence = AtAddress(home, born)
        child = self.census.register(
            given_names(heritage, sex, self.rng),
            surname,
            sex,
            born,
            birthplace,
            heritage,
            residence,
            newborn_situation(self.rng, heritage, birthplace, born),
        )
        self.census.parents(child, *parents)
        return child

    def is_minor(self, person: Individual) -> bool:
        """Whether somebody is under eighteen today."""
        born = person.born.whole()
        today = self.census.today
        return (
            born is not None
            and (today.year - born.year) - ((today.month, today.day) < (born.month, born.day)) < 18
        )

    def _birth_date(self, heritage: Heritage, age: int) -> PartialDate:
        whole = PartialDate.of(self.day_of_age(age))
        if not heritage.from_abroad:
            return whole
        shapes = (whole, whole.without_day(), whole.without_month(), PartialDate())
        return self.rng.choices(shapes, (88, 4, 6, 2))[0]

    def _birthplace(self, heritage: Heritage, adult: bool) -> Birthplace:
        if heritage.from_abroad and self.rng.random() < (0.7 if adult else 0.1):
            return Birthplace(heritage.country, town=self.rng.choice(heritage.towns))
        return Birthplace(municipality=self.rng.choice(DUTCH_TOWNS))

    def _residence(self, home: str, age: int) -> AtAddress:
        years = self.rng.randint(0, min(30, max(1, age - 18)))
        moved = self.census.today - timedelta(days=years * 365 + self.rng.randint(5, 300))
        since = PartialDate.of(moved)
        return AtAddress(home, since.without_day() if self.rng.random() < 0.01 else since)

    def _elders_for(self, heritage: Heritage, age: int) -> tuple[Individual, Individual] | None:
        if self.rng.random() > 0.5:
            return None
        for couple in self.elders[-60:]:
            parent_ages = [self._years(parent) for parent in couple]
            fits = all(years is not None and 20 <= years - age <= 44 for years in parent_ages)
            if fits and couple[0].heritage is heritage and self.census.offspring[couple[0].key] < 4:
                return couple
        return None

    def _years(self, person: Individual) -> int | None:
        return self.census.today.year - person.born.year if person.born.year else None

    def _outsiders(self, person: Individual, age: int) -> tuple[Individual, ...]:
        """A mother and a father without BSN, or only one of them, or nobody."""
        known = self.rng.choices(("VM", "V", "M", ""), (86, 8, 2, 4))[0]
        return tuple(self._outsider(person, age, sex) for sex in known)

    def _outsider(self, person: Individual, age: int, sex: str) -> Individual:
        heritage = person.heritage
        born = PartialDate.of(self.day_of_age(age + self.rng.randint(21, 38)))
        shape = self.rng.choices((born, born.without_month(), PartialDate()), (80, 14, 6))[0]
        abroad = heritage.from_abroad
        place = Birthplace(heritage.country, town=heritage.towns[0]) if abroad else Birthplace()
        name = person.surname if sex == "M" else self.rng.choice(heritage.surnames)
        given = given_names(heritage, sex, self.rng)
        return self.census.register(given, name, sex, shape, place, heritage, None)

    def _former_partner(self, parent: Individual) -> Individual:
        sex = "M" if parent.sex == "V" else "V"
        singles = [p for p in self.census.people[-60:] if self._could_be_ex(p, parent, sex)]
        return singles[-1] if singles else self._outsider(parent, 5, sex)

    def _could_be_ex(self, person: Individual, parent: Individual, sex: str) -> bool:
        if not person.bsn or person.sex != sex or person.residence == parent.residence:
            return False
        mine, theirs = self._years(parent), self._years(person)
        return person.key not in self.census.bound and bool(
            mine and theirs and abs(mine - theirs) < 9
        )

    def _divorce(self, one: Individual, other: Individual) -> None:
        since = PartialDate.of(self.census.today - timedelta(days=self.rng.randint(3000, 5500)))
        ended = PartialDate.of(self.census.today - timedelta(days=self.rng.randint(100, 2500)))
        place = Birthplace(municipality="0999")
        self.census.bind(Bond(one.key, other.key, "H", since, place, ended))
