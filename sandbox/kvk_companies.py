"""The companies of the fictional municipality, as the Handelsregister has them; made at startup.

The organisations that take part in zaken are here under their own numbers, residents with an
eenmanszaak at their own address, and a few that show what is rare. Shapes are those of KVK's
Basisprofiel 1.4 and Vestigingsprofiel 1.4; `geoData` is kept in and left out when not asked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sandbox import showcase
from sandbox.wire import Wire
from sandbox.world import World
from sandbox.zgw_geometry import to_wgs84
from sandbox.zgw_parties import ORGANISATIES, Organisatie

YES, NO = "Ja", "Nee"
FORMS: Mapping[str, tuple[str, str]] = {
    "besloten_vennootschap": (
        "BeslotenVennootschap",
        "Besloten Vennootschap met gewone structuur",
    ),
    "naamloze_vennootschap": ("NaamlozeVennootschap", "Naamloze Vennootschap"),
    "stichting": ("Stichting", "Stichting"),
    "vereniging": ("Vereniging", "Vereniging met volledige rechtsbevoegdheid"),
    "vereniging_van_eigenaars": ("Vereniging", "Vereniging van eigenaars"),
    "vennootschap_onder_firma": ("VennootschapOnderFirma", "Vennootschap onder firma"),
    "maatschap": ("Maatschap", "Maatschap"),
    "overig_privaatrechtelijke_rechtspersoon": ("Cooperatie", "Coöperatie U.A."),
    "eenmanszaak": ("Eenmanszaak", "Eenmanszaak"),
}
PARTNERSHIPS = frozenset({"vennootschap_onder_firma", "maatschap", "eenmanszaak"})
"""Forms without legal personality: no rechtspersoon stands in the register for these."""
NOT_COMMERCIAL = frozenset({"stichting", "vereniging", "vereniging_van_eigenaars"})
ACTIVITIES = (
    ("1071", "Vervaardiging van brood en vers banketbakkerswerk"),
    ("94997", "Overige belangen- en ideële organisaties"),
    ("68203", "Verhuur van onroerend goed (niet van woonruimte)"),
    ("4120", "Algemene burgerlijke en utiliteitsbouw"),
    ("56102", "Fastfoodrestaurants, cafetaria's, ijssalons, eetkramen e.d."),
    ("35111", "Productie van elektriciteit door windenergie"),
    ("7022", "Advisering op het gebied van management en bedrijfsvoering"),
)
TRADES = ("Tekst en Uitleg", "Fietsreparatie", "Tuinonderhoud", "Fotografie", "Administratie")
FIRST_SOLE = 99_901_000
EVERY = 30
"""One in so many residents has an eenmanszaak."""


@dataclass(frozen=True, slots=True)
class Company:
    """One inschrijving: its number, its basisprofiel, its owner, its vestigingen, main one first.

    `person` says whether it is a rechtspersoon; `ended` whether it is no longer registered.
    """

    number: str
    profile: Wire
    owner: Wire
    branches: Sequence[Wire] = field(default=())
    person: bool = False
    ended: bool = False
    former: str | None = None


def companies(world: World) -> list[Company]:
    """All of them, in the order of their numbers."""
    maker = _Maker(world)
    found = [*maker.organisations(), *maker.rare(), *maker.sole_traders()]
    return sorted(found, key=lambda company: company.number)


class _Maker:
    def __init__(self, world: World) -> None:
        self._world = world
        self._free = [key for key in world.addresses if key not in world.ended][40::13]

    def organisations(self) -> Iterator[Company]:
        """Those of sandbox.zgw_parties; the coöperatie has many vestigingen."""
        for at, known in enumerate(ORGANISATIES):
            more = 24 if known.kvk == showcase.COOPERATIE_KVK else at % 3
            addresses = self._free[at * 3 : at * 3 + 3]
            yield self._organisation(known, at, [addresses[n % 3] for n in range(more + 1)])

    def sole_traders(self) -> Iterator[Company]:
        """Residents who work from home; of one in five the address is shielded."""
        homes = [
            (person, home)
            for person in self._world.persons.values()
            if (home := person.get("verblijfplaats", {}).get("nummeraanduidingIdentificatie"))
            and "overlijden" not in person
            and person.get("leeftijd", 0) >= 18
            and "geslachtsnaam" in person.get("naam", {})
        ]
        chosen = [self._world.persons[showcase.BURGER_BSN], *(p for p, _ in homes[60::EVERY])]
        for at, person in enumerate(chosen):
            name = f"{person['naam']['geslachtsnaam']} {TRADES[at % len(TRADES)]}"
            home = person["verblijfplaats"]["nummeraanduidingIdentificatie"]
            yield self._sole_trader(at, name, home, shielded=at % 5 == 4)

    def rare(self) -> Iterator[Company]:
        """One that ended and of which the begin is not wholly known, one without vestiging."""
        number = showcase.OPGEHEVEN_KVK
        name = "Slijterij De Laatste Ronde"
        dates = {"datumAanvang": "19980000", "datumEinde": "20210500"}
        branch = _branch("000099900800", number, name, self._adres(self._free[70], "bezoekadres"))
        owner = _owner("eenmanszaak", None)
        profile = _profile(number, name, 0, dates)
        former = "Slijterij Van Ouds"
        yield Company(number, profile, owner, (branch,), ended=True, former=former)
        number, rsin = showcase.BUITENLAND_KVK, showcase.BUITENLAND_RSIN
        abroad = {
            "type": "correspondentieadres",
            "indAfgeschermd": NO,
            "volledigAdres": "12 Invented Mews OR1 2AB Oregonia",
            "straatHuisnummer": "12 Invented Mews",
            "postcodeWoonplaats": "OR1 2AB Oregonia",
            "regio": "Verzonnen",
            "land": "Verenigd Koninkrijk",
        }
        owner = {**_owner("stichting", rsin), "adressen": [abroad]}
        dates = {"datumAanvang": "20150300"}
        profile = _profile(number, "Stichting Invented Friends", 1, dates)
        yield Company(number, profile, owner, person=True)

    def _organisation(self, known: Organisatie, at: int, keys: Sequence[str]) -> Company:
        commercial = known.rechtsvorm not in NOT_COMMERCIAL
        dates = {"datumAanvang": f"{1990 + at}0{at % 9 + 1}15"}
        branches = []
        for index, key in enumerate(keys):
            number = f"00009{at:02d}{index:05d}" if index else known.vestiging
            addresses = [self._adres(key, "bezoekadres")]
            if index == 0:
                addresses.append(self._postbus(at))
            made = _branch(number, known.kvk, known.naam, *addresses, main=index == 0)
            made |= {"rsin": known.rsin, "indCommercieleVestiging": YES if commercial else NO}
            made |= _people(at + index) | {"materieleRegistratie": dates}
            branches.append(made | {"sbiActiviteiten": _activities(at)})
        profile = _profile(known.kvk, known.naam, at, dates)
        if known.rechtsvorm not in PARTNERSHIPS:
            profile["statutaireNaam"] = known.naam
        owner = _owner(known.rechtsvorm, known.rsin)
        owner |= {"adressen": [self._adres(keys[0], "bezoekadres")], "websites": []}
        person = known.rechtsvorm not in PARTNERSHIPS
        return Company(known.kvk, profile, owner, branches, person)

    def _sole_trader(self, at: int, name: str, home: str, *, shielded: bool) -> Company:
        number = f"{FIRST_SOLE + at * 7}"
        address = self._adres(home, "bezoekadres")
        if shielded:
            address = {"type": "bezoekadres", "indAfgeschermd": YES}
        dates = {"datumAanvang": f"20{at % 20 + 5:02d}0{at % 9 + 1}01"}
        branch = _branch(f"0000{number}", number, name, address)
        branch |= _people(0) | {"materieleRegistratie": dates, "sbiActiviteiten": _activities(6)}
        profile = _profile(number, name, 6, dates) | {"totaalWerkzamePersonen": 1}
        return Company(number, profile, _owner("eenmanszaak", None), (branch,))

    def _adres(self, key: str, kind: str) -> Wire:
        address = self._world.addresses[key]
        line = address["adresregel5"]
        place = address["woonplaatsNaam"]
        made: Wire = {
            "type": kind,
            "indAfgeschermd": NO,
            "volledigAdres": f"{line} {address['postcode']} {place}",
            "straatnaam": address["openbareRuimteNaam"],
            "huisnummer": address["huisnummer"],
            "postcode": address["postcode"],
            "plaats": place,
            "land": "Nederland",
            "geoData": self._geo(address),
        }
        if "huisletter" in address:
            made["huisletter"] = address["huisletter"]
        if "huisnummertoevoeging" in address:
            made["huisnummerToevoeging"] = address["huisnummertoevoeging"]
        return made

    def _geo(self, address: Wire) -> Wire:
        holder = address["adresseerbaarObjectIdentificatie"]
        geometry = self._world.objects[holder]["geometrie"]
        shape = geometry.get("punt") or geometry.get("vlak") or geometry
        point = shape["coordinates"]
        x, y, *_ = point if shape["type"] == "Point" else point[0][0]
        longitude, latitude = to_wgs84(x, y)
        return {
            "addresseerbaarObjectId": holder,
            "nummerAanduidingId": address["nummeraanduidingIdentificatie"],
            "gpsLatitude": latitude,
            "gpsLongitude": longitude,
            "rijksdriehoekX": x,
            "rijksdriehoekY": y,
            "rijksdriehoekZ": 0.0,
        }

    @staticmethod
    def _postbus(at: int) -> Wire:
        number = 10 + at
        return {
            "type": "correspondentieadres",
            "indAfgeschermd": NO,
            "volledigAdres": f"Postbus {number} 8995ZZ Weidevaart",
            "postbusnummer": number,
            "postcode": "8995ZZ",
            "plaats": "Weidevaart",
            "land": "Nederland",
        }


def _profile(number: str, name: str, at: int, dates: Wire) -> Wire:
    return {
        "kvkNummer": number,
        "indNonMailing": YES if at % 2 else NO,
        "naam": name,
        "formeleRegistratiedatum": f"{dates['datumAanvang'][:4]}0601",
        "materieleRegistratie": dates,
        "totaalWerkzamePersonen": 2 + at,
        "handelsnamen": [{"naam": name, "volgorde": 0}],
        "sbiActiviteiten": _activities(at),
    }


def _branch(number: str, kvk: str, name: str, *addresses: Wire, main: bool = True) -> Wire:
    return {
        "vestigingsnummer": number,
        "kvkNummer": kvk,
        "indNonMailing": NO,
        "formeleRegistratiedatum": "20170710",
        "materieleRegistratie": {"datumAanvang": "20170701"},
        "eersteHandelsnaam": name,
        "indHoofdvestiging": YES if main else NO,
        "indCommercieleVestiging": YES,
        "handelsnamen": [{"naam": name, "volgorde": 0}],
        "adressen": list(addresses),
        "websites": [f"www.{number}.example"],
    }


def _owner(form: str, rsin: str | None) -> Wire:
    short, long = FORMS[form]
    made: Wire = {"rechtsvorm": short, "uitgebreideRechtsvorm": long}
    return {"rsin": rsin, **made} if rsin else made


def _people(at: int) -> Wire:
    full, part = 1 + at, at % 3
    return {
        "voltijdWerkzamePersonen": full,
        "deeltijdWerkzamePersonen": part,
        "totaalWerkzamePersonen": full + part,
    }


def _activities(at: int) -> list[Wire]:
    chosen = [ACTIVITIES[at % len(ACTIVITIES)], ACTIVITIES[(at + 2) % len(ACTIVITIES)]]
    return [
        {"sbiCode": code, "sbiOmschrijving": text, "indHoofdactiviteit": NO if second else YES}
        for second, (code, text) in enumerate(chosen)
    ]
