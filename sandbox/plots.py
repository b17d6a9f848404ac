"""What stands on a plot: houses, flats, shops, houseboats and caravans, built at startup.

Each builder takes the next free house number of its side and returns how many numbers it used.
"""

from dataclasses import dataclass
from random import Random

from sandbox.identifiers import BagKind
from sandbox.municipality import Street
from sandbox.territory import (
    Numbering,
    Spot,
    Territory,
    add_address,
    add_numbering,
    places_and_streets,
    provenance,
    rectangle,
    spots,
)
from sandbox.wire import Wire

KINDS = ("house", "split", "flats", "shop", "corner", "farm", "office", "ruin", "site")
WEIGHTS = (78, 7, 3, 3, 3, 2, 1, 2, 1)


@dataclass(frozen=True, slots=True)
class Dwelling:
    """What a verblijfsobject is used for and how large it is, in square metres."""

    purposes: tuple[str, ...] = ("woonfunctie",)
    surface: int = 100
    status: str = "Verblijfsobject in gebruik"


@dataclass(frozen=True, slots=True)
class Builder:
    """Puts things on plots and enters them in the territory."""

    territory: Territory
    rng: Random

    def building(
        self, spot: Spot, width: float = 7.0, depth: float = 10.0, status: str = "Pand in gebruik"
    ) -> str:
        """A pand of this size in metres on the spot."""
        year = self.rng.choice((1632, 1780, *range(1890, 2024)))
        building_id = self.territory.identify(BagKind.PAND)
        self.territory.buildings[building_id] = {
            "identificatie": building_id,
            "domein": "NL.IMBAG.Pand",
            "geometrie": rectangle(spot.corner, width, depth),
            "oorspronkelijkBouwjaar": f"{year}",
            "status": status,
            **provenance(self.rng),
        }
        return building_id

    def dwelling(
        self, spot: Spot, numbers: tuple[Numbering, ...], buildings: tuple[str, ...], use: Dwelling
    ) -> str:
        """A verblijfsobject in one or more panden; the first number is its main address."""
        object_id = self.territory.identify(BagKind.VERBLIJFSOBJECT)
        x, y = spot.corner
        record = {
            "type": "Verblijfsobject",
            "identificatie": object_id,
            "domein": "NL.IMBAG.Verblijfsobject",
            "geometrie": {
                "punt": {
                    "type": "Point",
                    "coordinates": [round(x + 3.5, 3), round(y + 5.0, 3), 0.0],
                }
            },
            "gebruiksdoelen": list(use.purposes),
            "oppervlakte": use.surface,
            "status": use.status,
            **provenance(self.rng),
            "maaktDeelUitVan": list(buildings),
        }
        self._enter(spot, numbers, object_id, record)
        if "woonfunctie" in use.purposes and use.status == "Verblijfsobject in gebruik":
            self.territory.homes.append(object_id)
        return object_id

    def berth(self, spot: Spot, number: Numbering, kind: BagKind) -> str:
        """A ligplaats or standplaats, which has a surface and no pand."""
        name = "Ligplaats" if kind is BagKind.LIGPLAATS else "Standplaats"
        object_id = self.territory.identify(kind)
        record = {
            "type": name,
            "identificatie": object_id,
            "domein": f"NL.IMBAG.{name}",
            "geometrie": rectangle(spot.corner, 9.0, 4.5),
            "status": "Plaats aangewezen",
            **provenance(self.rng),
        }
        self._enter(spot, (number,), object_id, record)
        self.territory.homes.append(object_id)
        return object_id

    def _enter(
        self, spot: Spot, numbers: tuple[Numbering, ...], object_id: str, record: Wire
    ) -> None:
        ids = [
            add_numbering(self.territory, spot, number, record["type"], self.rng)
            for number in numbers
        ]
        addresses: Wire = {"heeftAlsHoofdAdres": ids[0]}
        if ids[1:]:
            addresses["heeftAlsNevenAdres"] = ids[1:]
        self.territory.objects[object_id] = addresses | record
        for number, number_id in zip(numbers, ids, strict=True):
            add_address(self.territory, spot, number, number_id, object_id)

    def plot(self, kind: str, spot: Spot, number: int) -> int:
        """One plot of a kind at a house number; how many numbers of this side it took."""
        match kind:
            case "split":
                return self._split(spot, number)
            case "flats":
                return self._flats(spot, number)
            case "shop":
                return self._shop(spot, number)
            case "corner":
                return self._corner(spot, number)
            case "farm":
                return self._farm(spot, number)
            case "office":
                return self._office(spot, number)
            case "ruin":
                return self._ruin(spot, number)
            case "site":
                return self._site(spot, number)
            case "care":
                return self._care(spot, number)
        return self._house(spot, number)

    def _house(self, spot: Spot, number: int) -> int:
        building = self.building(spot)
        use = Dwelling(surface=self.rng.randint(62, 210))
        self.dwelling(spot, (Numbering(number),), (building,), use)
        return 1

    def _split(self, spot: Spot, number: int) -> int:
        building = self.building(spot, 8.0, 12.0)
        for letter in "AB":
            use = Dwelling(surface=self.rng.randint(45, 95))
            self.dwelling(spot, (Numbering(number, letter),), (building,), use)
        return 1

    def _flats(self, spot: Spot, number: int) -> int:
        building = self.building(spot, 10.5, 22.0)
        for floor in range(1, self.rng.randint(4, 9) + 1):
            use = Dwelling(surface=self.rng.randint(40, 90))
            letter = "B" if floor == 4 else None
            self.dwelling(spot, (Numbering(number, letter, str(floor)),), (building,), use)
        return 1

    def _shop(self, spot: Spot, number: int) -> int:
        building = self.building(spot, 8.0, 14.0)
        shop = Dwelling(("winkelfunctie",), self.rng.randint(50, 300))
        self.dwelling(spot, (Numbering(number),), (building,), shop)
        home = Dwelling(surface=self.rng.randint(55, 100))
        self.dwelling(spot, (Numbering(number, "A"),), (building,), home)
        return 1

    def _corner(self, spot: Spot, number: int) -> int:
        numbers = (Numbering(number), Numbering(number + 2))
        use = Dwelling(("woonfunctie", "kantoorfunctie"), self.rng.randint(120, 260))
        self.dwelling(spot, numbers, (self.building(spot, 9.5, 11.0),), use)
        return 2

    def _farm(self, spot: Spot, number: int) -> int:
        barn = Spot(spot.place, spot.street, spot.street_id, spot.postcode, _behind(spot))
        use = Dwelling(("woonfunctie", "industriefunctie"), self.rng.randint(300, 900))
        buildings = (self.building(spot), self.building(barn, 9.0, 12.0))
        self.dwelling(spot, (Numbering(number),), buildings, use)
        return 1

    def _office(self, spot: Spot, number: int) -> int:
        use = Dwelling(("kantoorfunctie", "bijeenkomstfunctie"), self.rng.randint(150, 900))
        self.dwelling(spot, (Numbering(number),), (self.building(spot, 10.0, 15.0),), use)
        return 1

    def _ruin(self, spot: Spot, number: int) -> int:
        building = self.building(spot, status="Pand gesloopt")
        use = Dwelling(surface=80, status="Verblijfsobject ingetrokken")
        object_id = self.dwelling(spot, (Numbering(number),), (building,), use)
        number_id = self.territory.objects[object_id]["heeftAlsHoofdAdres"]
        self.territory.numberings[number_id]["status"] = "Naamgeving ingetrokken"
        self.territory.ended |= {building, object_id, number_id}
        return 1

    def _site(self, spot: Spot, number: int) -> int:
        building = self.building(spot, status="Bouw gestart")
        use = Dwelling(surface=110, status="Verblijfsobject gevormd")
        self.dwelling(spot, (Numbering(number),), (building,), use)
        return 1

    def _care(self, spot: Spot, number: int) -> int:
        use = Dwelling(("woonfunctie", "gezondheidszorgfunctie"), 2_400)
        self.dwelling(spot, (Numbering(number),), (self.building(spot, 10.5, 24.0),), use)
        return 1


def survey(rng: Random) -> Territory:
    """The whole municipality, built street by street; the same for the same random numbers.

    The start of the first street (Raadhuisplein) is the same for every seed: the showcase lives
    there.
    """
    territory = Territory()
    builder = Builder(territory, rng)
    for place, index, street, street_id in places_and_streets(territory, rng):
        _build_street(builder, place.code, street, list(spots(place, index, street, street_id)))
    _cast_doubt(territory)
    return territory


SHOWCASE_PLOTS = (
    *("house", "house", "corner", "house", "split", "house"),
    *("care", "office", "house", "house", "flats"),
)


def _build_street(builder: Builder, place: str, street: Street, plots: list[Spot]) -> None:
    numbers = [1, 2]
    first = not builder.territory.buildings
    for plot, spot in enumerate(plots):
        side = plot % 2
        if street.kind == "Water" or (street.name == "Achterom" and plot > 27):
            kind = BagKind.LIGPLAATS if street.kind == "Water" else BagKind.STANDPLAATS
            builder.berth(spot, Numbering(numbers[side]), kind)
            numbers[side] += 2
            continue
        fixed = first and plot < len(SHOWCASE_PLOTS)
        kind_of_plot = SHOWCASE_PLOTS[plot] if fixed else builder.rng.choices(KINDS, WEIGHTS)[0]
        numbers[side] += 2 * builder.plot(kind_of_plot, spot, numbers[side])


def _behind(spot: Spot) -> tuple[float, float]:
    return (spot.corner[0], spot.corner[1] + 12.0)


def _cast_doubt(territory: Territory) -> None:
    """Puts a property of every 97th building and of one address in five hundred under
    investigation.
    """
    for building_id in list(territory.buildings)[60::97]:
        territory.doubts[building_id] = [
            _doubt("oorspronkelijk bouwjaar", "identificatieVanPand", building_id)
        ]
    for object_id in list(territory.objects)[45::150]:
        if territory.objects[object_id]["type"] == "Verblijfsobject":
            territory.doubts[object_id] = [
                _doubt("oppervlakte", "identificatieVanVerblijfsobject", object_id)
            ]
    for number_id in list(territory.addresses)[30::500]:
        territory.addresses[number_id]["inonderzoek"] = {
            "postcode": True,
            "toelichting": ["De postcode is in onderzoek."],
        }
        territory.doubts[number_id] = [
            _doubt("postcode", "identificatieVanNummeraanduiding", number_id)
        ]


def _doubt(feature: str, key: str, identification: str) -> Wire:
    return {
        "kenmerk": feature,
        key: identification,
        "inOnderzoek": "J",
        "historie": {
            "tijdstipRegistratie": "2026-03-02T10:00:00.000Z",
            "beginGeldigheid": "2026-03-02",
            "tijdstipRegistratieLV": "2026-03-02T10:01:00.000Z",
        },
        "documentdatum": "2026-03-02",
        "documentnummer": "WV2026-00017",
    }
