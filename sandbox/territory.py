"""The BAG of the fictional municipality: public spaces, buildings and addresses, made at startup.

`survey` walks the streets of `sandbox.municipality` and puts plots on them; what each plot holds
(a house, a block of flats, a shop with a home above it ...) comes from `sandbox.plots`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from sandbox.identifiers import BagKind, bag_identification
from sandbox.municipality import PLACES, WEIDEVAART, Place, Street
from sandbox.wire import Wire

STREETS_A_ROW = 6
PLOTS_A_SIDE = 17
LETTERS = "ABCEGHJKLMNPRTVWXZ"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something goes: its place, street, RD corner in metres, the street's id and the
    postcode.
    """

    place: Place
    street: Street
    street_id: str
    postcode: str
    corner: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Numbering:
    """A house number with what may follow it."""

    number: int
    letter: str | None = None
    addition: str | None = None

    def line(self) -> str:
        """As on an envelope: 31, 31A, 31-2, 31A-2."""
        return f"{self.number}{self.letter or ''}" + (f"-{self.addition}" if self.addition else "")


@dataclass(slots=True)
class Territory:
    """Everything the BAG of the municipality says, by identification, in wire form without links.

    `addresses` and `numberings` are by nummeraanduiding, `objects` holds verblijfsobjecten,
    ligplaatsen and standplaatsen, `doubts` the ``inonderzoek`` lists by identification, `ended`
    the identifications with an end status, `homes` the objects that people may live in, in order
    of the streets.
    """

    addresses: dict[str, Wire] = field(default_factory=dict)
    numberings: dict[str, Wire] = field(default_factory=dict)
    objects: dict[str, Wire] = field(default_factory=dict)
    buildings: dict[str, Wire] = field(default_factory=dict)
    public_spaces: dict[str, Wire] = field(default_factory=dict)
    places: dict[str, Wire] = field(default_factory=dict)
    place_shapes: dict[str, Wire] = field(default_factory=dict)
    doubts: dict[str, list[Wire]] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)
    homes: list[str] = field(default_factory=list)
    serials: dict[BagKind, int] = field(default_factory=dict)

    def identify(self, kind: BagKind) -> str:
        """The next free identification of a kind."""
        self.serials[kind] = serial = self.serials.get(kind, 0) + 1
        return bag_identification(WEIDEVAART.code, kind, serial)


def rectangle(corner: tuple[float, float], width: float, depth: float) -> Wire:
    """A GeoJSON polygon in RD metres, three dimensional as the BAG gives them,
    counter-clockwise.
    """
    x, y = corner
    ring = [(x, y), (x + width, y), (x + width, y + depth), (x, y + depth), (x, y)]
    return {
        "type": "Polygon",
        "coordinates": [[[round(px, 3), round(py, 3), 0.0] for px, py in ring]],
    }


def provenance(rng: Random, year: int | None = None) -> Wire:
    """The document and the version of a record, which every BAG object carries."""
    year = year or rng.randint(2010, 2022)
    month, day = rng.randint(1, 12), rng.randint(1, 28)
    moment = f"{year}-{month:02d}-{day:02d}"
    return {
        "geconstateerd": "N",
        "documentdatum": moment,
        "documentnummer": f"WV{year}-{rng.randint(1, 9999):05d}",
        "voorkomen": {
            "tijdstipRegistratie": f"{moment}T13:00:00.000Z",
            "versie": 1,
            "beginGeldigheid": moment,
            "tijdstipRegistratieLV": f"{moment}T13:30:45.000Z",
        },
    }


def add_place(territory: Territory, place: Place, rng: Random) -> None:
    """A woonplaats and the rectangle it covers."""
    territory.places[place.code] = {
        "identificatie": place.code,
        "domein": "NL.IMBAG.Woonplaats",
        "naam": place.name,
        "status": "Woonplaats aangewezen",
        **provenance(rng, 2010),
    }
    corner = (place.corner[0] - 100.0, place.corner[1] - 100.0)
    territory.place_shapes[place.code] = {"vlak": rectangle(corner, 1_500.0, 1_400.0)}


def add_street(territory: Territory, place: Place, street: Street, rng: Random) -> str:
    """A public space; its identification."""
    street_id = territory.identify(BagKind.OPENBARE_RUIMTE)
    territory.public_spaces[street_id] = {
        "identificatie": street_id,
        "domein": "NL.IMBAG.Openbareruimte",
        "naam": street.name,
        "type": street.kind,
        "status": "Naamgeving uitgegeven",
        "korteNaam": street.short,
        **provenance(rng, 2010),
        "ligtIn": place.code,
    }
    return street_id


def add_numbering(
    territory: Territory, spot: Spot, numbering: Numbering, object_type: str, rng: Random
) -> str:
    """A nummeraanduiding on a street; its identification. The address follows with the object."""
    number_id = territory.identify(BagKind.NUMMERAANDUIDING)
    territory.numberings[number_id] = {
        "identificatie": number_id,
        "domein": "NL.IMBAG.Nummeraanduiding",
        **_numbers(numbering),
        "postcode": spot.postcode,
        "typeAdresseerbaarObject": object_type,
        "status": "Naamgeving uitgegeven",
        **provenance(rng),
        "ligtAan": spot.street_id,
    }
    return number_id


def add_address(
    territory: Territory, spot: Spot, numbering: Numbering, number_id: str, object_id: str
) -> None:
    """The address that a nummeraanduiding gives to an object; a nevenadres unless it is the
    first.
    """
    holder = territory.objects[object_id]
    buildings = holder.get("maaktDeelUitVan")
    territory.addresses[number_id] = {
        "openbareRuimteNaam": spot.street.name,
        "korteNaam": spot.street.short,
        **_numbers(numbering),
        "postcode": spot.postcode,
        "woonplaatsNaam": spot.place.name,
        "nummeraanduidingIdentificatie": number_id,
        "openbareRuimteIdentificatie": spot.street_id,
        "woonplaatsIdentificatie": spot.place.code,
        "adresseerbaarObjectIdentificatie": object_id,
        **({"pandIdentificaties": list(buildings)} if buildings else {}),
        "indicatieNevenadres": holder["heeftAlsHoofdAdres"] != number_id,
        "adresregel5": f"{spot.street.name} {numbering.line()}",
        "adresregel6": f"{spot.postcode[:4]} {spot.postcode[4:]}  {spot.place.name.upper()}",
    }


def spots(place: Place, index: int, street: Street, street_id: str) -> Iterator[Spot]:
    """The plots of one street in order, odd and even side by turns, each side its own postcode."""
    x = place.corner[0] + index % STREETS_A_ROW * 210.0
    y = place.corner[1] + index // STREETS_A_ROW * 120.0
    for plot in range(PLOTS_A_SIDE * 2):
        side = plot % 2
        letters = LETTERS[index % len(LETTERS)] + LETTERS[side * 9 + index // len(LETTERS)]
        corner = (x + plot // 2 * 11.0, y + side * 28.0)
        yield Spot(place, street, street_id, place.postcode + letters, corner)


def places_and_streets(
    territory: Territory, rng: Random
) -> Iterator[tuple[Place, int, Street, str]]:
    """Every street of every place after it has been entered in the territory."""
    for place in PLACES:
        add_place(territory, place, rng)
        for index, street in enumerate(place.streets):
            yield place, index, street, add_street(territory, place, street, rng)


def by_postcode_and_number(addresses: Mapping[str, Wire]) -> dict[tuple[str, int], list[str]]:
    """Nummeraanduidingen by postcode and house number."""
    index: dict[tuple[str, int], list[str]] = {}
    for number_id, address in addresses.items():
        index.setdefault((address["postcode"], address["huisnummer"]), []).append(number_id)
    return index


def _numbers(numbering: Numbering) -> Wire:
    found: Wire = {"huisnummer": numbering.number}
    if numbering.letter:
        found["huisletter"] = numbering.letter
    if numbering.addition:
        found["huisnummertoevoeging"] = numbering.addition
    return found
