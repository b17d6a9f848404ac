"""The people of the showcase, written out by hand and registered first, at startup.

Between them they have every kind of date, residence, nationality and authority that BRP Personen
2.7 knows. `sandbox.showcase` names the ones that examples use; a test holds the two together.
"""

from dataclasses import dataclass, replace

from sandbox.circumstances import (
    FOUND_FOREIGN,
    REASONS,
    STATELESS,
    TREATED,
    UNKNOWN,
    dutch,
    foreign,
)
from sandbox.names import (
    DUTCH,
    FRISIAN,
    GERMAN,
    MOROCCAN,
    POLISH,
    SURINAMESE,
    SYRIAN,
    TURKISH,
    Heritage,
    Surname,
)
from sandbox.partial_date import PartialDate
from sandbox.people import (
    Abroad,
    Arrival,
    AtAddress,
    AtLocation,
    Birthplace,
    Bond,
    Census,
    Citizenship,
    Custody,
    Individual,
    Residence,
    Situation,
    Untraceable,
)

D = PartialDate
SQUARE = [f"09992000000000{serial:02d}" for serial in range(100)]
HOME, GRANDMOTHER, CORNER, CORNER_SIDE, SECRET, LONE, SHARED, FOSTER, CARE, TOWN_HALL, DOUBTED = (
    SQUARE[1:12]
)
WEIDEVINDER, KARABEY, LISVELD = (
    Surname("Weidevinder"),
    Surname("Karabey"),
    Surname("Lisveld", "van der"),
)


@dataclass(frozen=True, slots=True)
class Stage:
    """Registers the showcase in a census."""

    census: Census

    def person(
        self,
        given: str,
        surname: Surname,
        sex: str,
        born: PartialDate,
        residence: Residence | None,
        heritage: Heritage = DUTCH,
        situation: Situation | None = None,
    ) -> Individual:
        """Somebody; Dutch unless the situation says otherwise."""
        abroad = heritage.from_abroad
        birthplace = (
            Birthplace(heritage.country, town=heritage.towns[0])
            if abroad
            else Birthplace(municipality="0999")
        )
        situation = situation or Situation()
        if not situation.citizenships:
            situation = replace(situation, citizenships=(dutch(born),))
        return self.census.register(
            given, surname, sex, born, birthplace, heritage, residence, situation
        )

    def family(self) -> None:
        """A family of four over three generations: parents, two children, grandmother, late
        grandfather.
        """
        mother = self.person(
            "Sanne Maria", WEIDEVINDER, "V", D(1985, 4, 12), AtAddress(HOME, D(2013, 6, 1))
        )
        father = self.person(
            "Emre",
            KARABEY,
            "M",
            D(1983, 9, 30),
            AtAddress(HOME, D(2013, 6, 1)),
            TURKISH,
            Situation(
                citizenships=(dutch(D(2011, 5, 4), "187"), foreign(TURKISH, D())),
                arrival=Arrival(D(2006, 8, 15), TURKISH.country),
            ),
        )
        daughter = self.person(
            "Elif Johanna", KARABEY, "V", D(2014, 2, 3), AtAddress(HOME, D(2014, 2, 3))
        )
        son = self.person("Daan", KARABEY, "M", D(2017, 11, 19), AtAddress(HOME, D(2017, 11, 19)))
        widow = self.person(
            "Johanna", LISVELD, "V", D(1954, 1, 22), AtAddress(GRANDMOTHER, D(1979, 3, 1))
        )
        late = self.person(
            "Pieter Hendrik",
            WEIDEVINDER,
            "M",
            D(1951, 7, 8),
            AtAddress(GRANDMOTHER, D(1979, 3, 1)),
            situation=Situation(died=D(2024, 2, 29)),
        )
        foreign_mother = self.person("Fatma", Surname("Tozluk"), "V", D(1958), None, TURKISH)
        foreign_father = self.person("Hakan", KARABEY, "M", D(), None, TURKISH)
        self._marry(mother, father, D(2012, 5, 25), "N")
        self._marry(widow, late, D(1978, 9, 9), "V", ended=D(2024, 2, 29))
        for child in (daughter, son):
            self.census.parents(child, mother, father)
            self._custody("GezamenlijkOuderlijkGezag", child, (mother, father))
        self.census.parents(mother, widow, late)
        self.census.parents(father, foreign_mother, foreign_father)

    def neighbours(self) -> None:
        """Somebody with secrecy, somebody at a nevenadres, a lone parent, a shared house."""
        self.person(
            "Iris",
            Surname("Kuipersloot"),
            "V",
            D(1990, 12, 31),
            AtAddress(SECRET, D(2021, 10, 1)),
            situation=Situation(confidential=True, title="predicaat"),
        )
        self.person(
            "Wybe",
            Surname("Hoarsstra"),
            "M",
            D(1968, 5, 5),
            AtAddress(CORNER_SIDE, D(2001, 1, 1)),
            FRISIAN,
        )
        parent = self.person(
            "Anjali",
            Surname("Jhinkaloe"),
            "V",
            D(1992, 3, 17),
            AtAddress(LONE, D(2019, 8, 1)),
            SURINAMESE,
            Situation(citizenships=(dutch(D(1992, 3, 17)),), name_use="E"),
        )
        child = self.person(
            "Romeo", Surname("Jhinkaloe"), "M", D(2020, 8, 8), AtAddress(LONE, D(2020, 8, 8))
        )
        self.census.parents(child, parent)
        self._custody("EenhoofdigOuderlijkGezag", child, (parent,))
        for number, (given, heritage) in enumerate(
            (
                ("Thijs", DUTCH),
                ("Zofia", POLISH),
                ("Rania", SYRIAN),
                ("Jelle", FRISIAN),
                ("Björn", GERMAN),
                ("Samira", MOROCCAN),
            )
        ):
            self._student(given, heritage, number)

    def wards(self) -> None:
        """A foster home with every form of authority that is not that of two parents."""
        guardians = [
            self.person(given, LISVELD, sex, born, AtAddress(FOSTER, D(2008, 4, 1)))
            for given, sex, born in (("Marieke", "V", D(1975, 6, 6)), ("Joost", "M", D(1974, 2, 2)))
        ]
        self._marry(guardians[0], guardians[1], D(2003, 7, 4), "P")
        names = ("Noor", "Sem", "Evi", "Ruben", "Amal", "Lucas")
        foster = [
            self.person(
                given,
                Surname("Haverbloem"),
                "V" if index % 2 == 0 else "M",
                D(2010 + index, 1 + index, 14),
                AtAddress(FOSTER, D(2022, 9, 1)),
                situation=Situation(doubts=frozenset({"gezag"})) if index == 4 else None,
            )
            for index, given in enumerate(names)
        ]
        key = [guardian.key for guardian in guardians]
        own = self.person(
            "Petra", Surname("Haverbloem"), "V", D(1987), AtAddress(FOSTER, D(2022, 9, 1))
        )
        self.census.parents(foster[3], own)
        self.census.parents(foster[5], own)
        add = self.census.custodies.append
        add(Custody("Voogdij", foster[0].key, thirds=(key[0], key[1])))
        add(Custody("Voogdij", foster[1].key))
        add(Custody("TijdelijkGeenGezag", foster[2].key, note="Beide ouders zijn onder curatele."))
        add(Custody("GezamenlijkGezag", foster[3].key, (own.key,), (key[0],)))
        add(
            Custody(
                "GezagNietTeBepalen",
                foster[4].key,
                doubtful=True,
                note="Gezag is niet te bepalen omdat ouders ontbreken.",
            )
        )
        add(Custody("GezamenlijkGezag", foster[5].key, (own.key,), (None,)))

    def care_home(self) -> None:
        """Thirty-four residents at one address: more than the BRP gives in one search."""
        surnames = ("Linden", "Wilgen", "Havik", "Molen")
        for index in range(34):
            sex = "VM"[index % 2]
            names = (DUTCH.women, DUTCH.men)[index % 2]
            self.person(
                names[index % len(names)],
                Surname(surnames[index % 4] + ("wijk" if index % 3 else "berg")),
                sex,
                D(1930 + index % 17, 1 + index % 12, 1 + index % 28),
                AtAddress(CARE, D(2018 + index % 8, 2, 1)),
            )

    def oddities(self) -> None:
        """Everyone who is a case of their own: residences, nationalities, dates, suspensions."""
        self.person(
            "Mark",
            Surname("Dijkwachter"),
            "M",
            D(1979, 10, 10),
            Abroad(("12 Invented Mews", "Springfield 00000", "Oregon"), "6014", D(2021, 7, 1)),
            situation=Situation(
                suspended=("E", D(2021, 7, 1)),
                rni=(("0101", "Persoon", None), ("0101", "Verblijfplaats", "Belastingverdrag")),
                verified=("bewijs van nationaliteit", D(2022, 3)),
            ),
        )
        self.person(
            "Stanley",
            Surname("Goedewens"),
            "M",
            D(1970, 6),
            Untraceable(D(2019, 2, 11)),
            SURINAMESE,
            Situation(suspended=("E", D(2019, 2, 11)), citizenships=(dutch(D(1970)),)),
        )
        self.person(
            "Carolien",
            Surname("Zeilmaat"),
            "V",
            D(1961),
            AtLocation("Woonschip De Vrijheid", D(2005, 5, 1)),
        )
        self.person(
            "Nizar",
            Surname("Darwishan"),
            "M",
            D(),
            AtAddress(TOWN_HALL, D(2025, 1, 10), mail=True),
            SYRIAN,
            Situation(
                citizenships=(Citizenship(STATELESS, None, REASONS[STATELESS], D(2025, 1, 10)),),
                arrival=Arrival(D(2024, 12), None),
                permit=("26", D(2025, 1, 10), D(2030, 1, 10)),
            ),
        )
        for given, kind in (
            ("Indra", TREATED),
            ("Clyde", FOUND_FOREIGN),
            ("Lucia", UNKNOWN),
        ):
            self.person(
                given,
                Surname("Vreedenrust"),
                "M" if given == "Clyde" else "V",
                D(1966, 9, 1),
                AtAddress(DOUBTED, D(1999, 1, 1), outside_bag=given == "Clyde"),
                SURINAMESE,
                Situation(citizenships=(Citizenship(kind, None, REASONS[kind], D(1975, 11, 25)),)),
            )
        self.person(
            "Käthe",
            Surname("Weidenthaler"),
            "V",
            D(1988, 1, 15),
            AtAddress(DOUBTED, D(2020, 1, 1)),
            GERMAN,
            Situation(
                citizenships=(foreign(GERMAN, D(1988, 1, 15)),),
                arrival=Arrival(D(2020, 1, 1), GERMAN.country),
                european_vote=("1", D(2029, 5, 1)),
            ),
        )
        self.person(
            "Erik",
            Surname("Klinkspoor"),
            "M",
            D(1958, 8, 8),
            AtAddress(DOUBTED, D(1990, 1, 1), opposite="to", gone=True),
            situation=Situation(
                doubts=frozenset(
                    {"persoon", "naam", "geboorte", "nationaliteit", "verblijfplaats"}
                ),
                ward=True,
                voteless=D(2027, 9, 1),
            ),
        )
        self.person(
            "William",
            Surname("Vaarder", "de"),
            "M",
            D(1980, 2, 20),
            AtLocation("Terrein De Kazerne", D(2018, 8, 1)),
            situation=Situation(suspended=("M", D(2018, 8, 1)), title="titel"),
        )
        self.person(
            "Jürgen",
            Surname("Müllersbach"),
            "M",
            D(1949, 4, 30),
            Abroad(("Erfundene Allee 7", "26721 EMDEN"), "9089", D(2014, 1, 6)),
            GERMAN,
            Situation(
                suspended=("R", D(2014, 1, 6)),
                citizenships=(foreign(GERMAN, D(1949, 4, 30)),),
                rni=(("0201", "Persoon", None), ("0201", "Nationaliteit", None)),
            ),
        )
        self.person(
            "Anouk",
            Surname("Onbekend"),
            "O",
            D(2003, 3),
            AtAddress(DOUBTED, D(2023, 3)),
        )

    def _student(self, given: str, heritage: Heritage, number: int) -> None:
        sex = "M" if given in heritage.men else "V"
        born = D(2000 + number % 5, 1 + number, 11)
        away = heritage.from_abroad
        situation = Situation(
            citizenships=(foreign(heritage, born),) if away else (),
            arrival=Arrival(D(2022, 8, 20), heritage.country) if away else None,
            european_vote=("2", None) if heritage in (POLISH, GERMAN) else None,
            permit=("21", D(2022, 8, 20), D(2027, 8, 20))
            if heritage in (SYRIAN, MOROCCAN)
            else None,
        )
        residence = AtAddress(SHARED, D(2022, 9, 1 + number))
        self.person(given, heritage.surnames[number % 4], sex, born, residence, heritage, situation)

    def _marry(
        self,
        one: Individual,
        other: Individual,
        since: PartialDate,
        use: str,
        ended: PartialDate | None = None,
    ) -> None:
        place = Birthplace(municipality="0999")
        self.census.bind(Bond(one.key, other.key, "H", since, place, ended))
        self.census.amend(one, replace(one.situation, name_use=use))

    def _custody(self, kind: str, child: Individual, parents: tuple[Individual, ...]) -> None:
        keys = tuple(parent.key for parent in parents)
        self.census.custodies.append(Custody(kind, child.key, keys))


def stage(census: Census) -> None:
    """Registers the whole showcase."""
    scene = Stage(census)
    scene.family()
    scene.neighbours()
    scene.wards()
    scene.care_home()
    scene.oddities()
