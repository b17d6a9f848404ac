"""Names for the people of the fictional municipality, by heritage; drawn at startup.

Given names are common ones, family names are put together from parts or made up.
"""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Surname:
    """A family name and the prefix that is registered apart from it."""

    name: str
    prefix: str | None = None

    def whole(self) -> str:
        return f"{self.prefix} {self.name}" if self.prefix else self.name


@dataclass(frozen=True, slots=True)
class Heritage:
    """Where a family comes from: its names, places of birth abroad, country and nationality
    codes.
    """

    key: str
    men: tuple[str, ...]
    women: tuple[str, ...]
    surnames: tuple[Surname, ...]
    towns: tuple[str, ...]
    country: str
    nationality: str

    @property
    def from_abroad(self) -> bool:
        return self.country != "6030"


def _words(names: str) -> tuple[str, ...]:
    return tuple(names.split())


def _plain(names: str) -> tuple[Surname, ...]:
    return tuple(Surname(name) for name in names.split())


def _composed(starts: str, ends: str) -> tuple[Surname, ...]:
    return tuple(Surname(start + end) for start in starts.split() for end in ends.split())


def _prefixed(prefix: str, names: str) -> tuple[Surname, ...]:
    return tuple(Surname(name, prefix) for name in names.split())


DUTCH = Heritage(
    "dutch",
    _words(
        "Johannes Pieter Hendrik Willem Cornelis Daan Bram Sem Lucas Thijs Jasper Maarten Koen "
        "Ruben Joost Gerrit Adriaan Bastiaan Floris Sander Wouter Stijn Mees Teun Gijs Hugo Niels "
        "Mark Erik Frank"
    ),
    _words(
        "Johanna Maria Cornelia Wilhelmina Anna Sophie Emma Julia Lotte Fleur Femke Sanne Marieke "
        "Ingrid Elisabeth Margaretha Hendrika Roos Noor Evi Saar Iris Anouk Esther Petra Monique "
        "Annelies Carolien Judith Renée"
    ),
    _composed("Zilver Linden Wilgen Rietveen Havik Molen", "hout berg wijk horst")
    + _prefixed("van der", "Weidebos Zandvaart Kolkema Lisveld")
    + _prefixed("van den", "Elzenkamp Vaartdijk")
    + _prefixed("van", "Aldemeren Oeverloo Zwaanswijk")
    + _prefixed("de", "Vaarder Turfbaas Kruidenier")
    + _prefixed("ten", "Broekhove")
    + _plain("Weidevinder Kuipersloot Haverbloem Zeilmaat Dijkwachter Klinkspoor"),
    ("Weidevaart",),
    "6030",
    "0001",
)
FRISIAN = Heritage(
    "frisian",
    _words("Sjoerd Wybe Douwe Jelle Tjeerd Hylke Rinse Sietse Bauke Fokke Ype Gosse Ate"),
    _words("Sietske Femke Tjitske Jildou Hiske Wytske Nynke Baukje Froukje Aukje Minke"),
    _composed("Wâld Hoars Tsjer Meren Oast Sânk", "stra inga sma"),
    ("Aldemeer",),
    "6030",
    "0001",
)
TURKISH = Heritage(
    "turkish",
    _words("Mehmet Emre Yusuf Burak Kerem Hakan Çağlar Serkan İbrahim Onur"),
    _words("Ayşe Elif Zeynep Fatma Merve Gül Şeyma Özlem Derya Sibel"),
    _plain("Yildiraç Karabey Demirdağ Özkanar Çelikyol Akgündal Tozluk"),
    ("Kayseri", "Konya", "Trabzon"),
    "6043",
    "0339",
)
MOROCCAN = Heritage(
    "moroccan",
    _words("Mohamed Youssef Bilal Hamza Rachid Omar Karim Said Anas Driss"),
    _words("Fatima Naima Samira Hanan Salma Khadija Imane Nadia Yasmina Loubna"),
    _prefixed("el", "Bahrani Kastali Ouarzi") + _plain("Aitzoud Benrahmi Tazaghi Ouchali"),
    ("Nador", "Al Hoceima", "Berkane"),
    "5022",
    "0131",
)
SURINAMESE = Heritage(
    "surinamese",
    _words("Rajesh Winston Ashwin Romeo Clyde Vishal Henk Iwan Dewanand Stanley"),
    _words("Anjali Sharda Cynthia Marlène Indra Rowena Priya Lucia Kamla Astrid"),
    _plain("Ramlachanpersad Jhinkaloe Soerdien Vreedenrust Kanhaisingh Goedewens Misiedjan"),
    ("Paramaribo", "Nieuw-Nickerie"),
    "5007",
    "0205",
)
POLISH = Heritage(
    "polish",
    _words("Krzysztof Paweł Tomasz Jakub Mateusz Łukasz Piotr Szymon"),
    _words("Agnieszka Katarzyna Małgorzata Zofia Ewa Joanna Żaneta Monika"),
    _plain("Wierzbal Kołodziń Zawiślan Brzozar Nowicień Dąbrowiak"),
    ("Kraków", "Gdańsk", "Łódź"),
    "7028",
    "0066",
)
SYRIAN = Heritage(
    "syrian",
    _words("Khaled Ahmad Fadi Nizar Walid Samer"),
    _words("Rania Lina Hala Dima Nour Amal"),
    _prefixed("al", "Halabin Sharqan") + _plain("Darwishan Qabbanir"),
    ("Aleppo", "Homs"),
    "7009",
    "0312",
)
GERMAN = Heritage(
    "german",
    _words("Jürgen Matthias Stefan Uwe Björn"),
    _words("Ursula Heike Sabine Käthe Anke"),
    _plain("Weidenthaler Müllersbach Großkamp Lindenhäuser"),
    ("Emden", "Leer"),
    "9089",
    "0055",
)
HERITAGES = (DUTCH, FRISIAN, TURKISH, MOROCCAN, SURINAMESE, POLISH, SYRIAN, GERMAN)
SHARES = (58, 18, 6, 5, 5, 4, 2, 2)


def given_names(heritage: Heritage, sex: str, rng: Random) -> str:
    """One to three given names, without repeats."""
    bank = heritage.men if sex == "M" else heritage.women
    count = rng.choices((1, 2, 3), (55, 35, 10))[0]
    return " ".join(rng.sample(bank, count))


def initials(names: str) -> str:
    """The initials of given names: "Johannes Pieter" gives "J.P."."""
    return "".join(f"{name[0]}." for name in names.split())
