"""The fictional municipality itself: its codes, places and streets, fixed at startup.

Weidevaart, its places and its postcodes do not exist in the Netherlands.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality: four digit code, name, RSIN and OIN (nine and twenty digits), province."""

    code: str
    name: str
    rsin: str
    oin: str


@dataclass(frozen=True, slots=True)
class Street:
    """A public space: its name, the short name of at most 24 characters, the kind the BAG gives
    it.
    """

    name: str
    short: str
    kind: str = "Weg"


@dataclass(frozen=True, slots=True)
class Place:
    """A woonplaats: four digit code, name, postcode digits, south-west corner in RD metres,
    streets.
    """

    code: str
    name: str
    postcode: str
    corner: tuple[float, float]
    streets: tuple[Street, ...]


WEIDEVAART = Municipality("0999", "Weidevaart", "999900006", "00000009999000060000")


def _streets(*names: str) -> tuple[Street, ...]:
    return tuple(Street(name, name) for name in names)


PLACES = (
    Place(
        "9991",
        "Weidevaart",
        "8995",
        (186_000.0, 553_000.0),
        (
            *_streets("Raadhuisplein", "Kerkstraat", "Dorpsstraat", "Molenweg", "Havenkade"),
            *_streets("Schoolstraat", "Lindelaan", "Eikenlaan", "Beukenhof", "Elzenpad"),
            *_streets("Wilgenstraat", "Meidoornlaan", "Zwanebloem", "Waterlelie", "Lisdodde"),
            *_streets("Reigerstraat", "Kievitlaan", "Gruttohof", "Leeuwerik", "Stationsweg"),
            Street("Burgemeester van der Weidelaan", "Burg vd Weidelaan"),
            Street("Professor Zilvermeerstraat", "Prof Zilvermeerstr"),
            *_streets("Weverstraat", "Touwslagerij", "Zeilmakersgang"),
            Street("Kromme Vaart", "Kromme Vaart", "Water"),
        ),
    ),
    Place(
        "9992",
        "Zilverhoek",
        "8996",
        (189_400.0, 555_100.0),
        (
            *_streets("Hoofdweg", "Achterom", "Zilverlaan", "Kapelpad", "Boomgaard"),
            *_streets("Korenbloem", "Klaproos", "Rietgors", "Polderdijk"),
        ),
    ),
    Place(
        "9993",
        "Aldemeer",
        "8997",
        (183_200.0, 556_700.0),
        (
            *_streets("Tsjerkepaed", "Mounewei", "Âlde Dyk", "Skoallestrjitte", "Hegewei"),
            *_streets("De Finne", "Wâlikkers"),
        ),
    ),
)
