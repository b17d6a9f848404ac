"""The WOZ of the fictional municipality: one object per home, berth or pitch, made on demand.

Owners are those of the BRK, users who lives there. Most objects have one value per waardepeildatum;
the first has seen an objection, a revision and an annulment.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sandbox.brk_owners import NATUURLIJK, NIET_NATUURLIJK, Owner, resident
from sandbox.brk_register import Kadaster
from sandbox.wire import Wire

YEARS = 4
TAKEN = "beschikking_genomen"


@dataclass
class Valuation:
    """Every WOZ-object of a municipality by identification; made when somebody first asks."""

    kadaster: Kadaster

    @cached_property
    def objects(self) -> Mapping[str, Wire]:
        """Whole objects, without links."""
        units = self.kadaster.register.units
        world = self.kadaster.world
        present = [key for key in world.objects if key in units and key not in world.ended]
        return {
            f"{world.municipality.code}{serial:08d}": self._object(serial, key)
            for serial, key in enumerate(present, start=1)
        }

    def _object(self, serial: int, object_id: str) -> Wire:
        world = self.kadaster.world
        register = self.kadaster.register
        record = world.objects[object_id]
        zaken = [key for key, _ in register.units[object_id]]
        owner = register.units[object_id][0][1][0]
        user = resident(world, object_id)
        found: Wire = {
            "identificatie": f"{world.municipality.code}{serial:08d}",
            "aanduiding": _aanduiding(world.addresses[record["heeftAlsHoofdAdres"]]),
            "adresseerbaarObjectIdentificaties": [object_id],
            "belanghebbendeEigenaar": _party(owner),
            "grondoppervlakte": 80 + serial * 37 % 900,
            "kadastraalOnroerendeZaken": [_zaak(register.zaken[key]) for key in zaken],
            "verantwoordelijkeGemeente": {
                "code": world.municipality.code,
                "omschrijving": world.municipality.name,
            },
            "waarden": list(_values(serial, world.today.year)),
        }
        if user is not None:
            found["belanghebbendeGebruiker"] = _party(user, self._secret(user))
        if "maaktDeelUitVan" in record:
            found["pandIdentificaties"] = list(record["maaktDeelUitVan"])
        return found

    def _secret(self, user: Owner) -> bool:
        person = self.kadaster.world.persons.get(user.identificatie, {})
        return bool(person.get("geheimhoudingPersoonsgegevens"))


def _aanduiding(address: Wire) -> Wire:
    same = ("huisnummer", "huisletter", "huisnummertoevoeging", "postcode")
    return {
        "straat": address["openbareRuimteNaam"],
        **{name: address[name] for name in same if name in address},
        "woonplaats": address["woonplaatsNaam"],
        "nummeraanduidingIdentificatie": address["nummeraanduidingIdentificatie"],
    }


def _zaak(zaak: Wire) -> Wire:
    gemeente, sectie, number, *index = zaak["kadastraleAanduiding"].split(" ")
    parts = {"gemeentecode": "WDV00", "sectie": sectie, "perceelnummer": int(number)}
    if index:
        parts["appartementsindex"] = int(index[0][1:])
    return {
        "identificatie": zaak["identificatie"],
        "aanduiding": parts,
        "aanduidingMetGemeentenaam": f"{gemeente} {sectie} {number}",
    }


def _party(owner: Owner, secret: bool = False) -> Wire:
    """Somebody with an interest; whom only the Kadaster knows has a name and no number."""
    if owner.kind == NATUURLIJK:
        found: Wire = {"type": "natuurlijk_persoon", "burgerservicenummer": owner.identificatie}
        if secret:
            found["geheimhoudingPersoonsgegevens"] = True
    elif owner.kind == NIET_NATUURLIJK:
        found = {"type": "niet_natuurlijk_persoon", "rsin": owner.identificatie}
        if owner.kvk:
            found["kvkNummer"] = owner.kvk
    else:
        natural = owner.kind.endswith("r_natuurlijk_persoon")
        found = {"type": "natuurlijk_persoon" if natural else "niet_natuurlijk_persoon"}
    return {**found, "naam": owner.omschrijving}


def _values(serial: int, this_year: int) -> Iterator[Wire]:
    """The values of the last years, the latest waardepeildatum and ingangsdatum first."""
    base = 180_000 + serial * 6_131 % 420_000
    for age in range(YEARS):
        year = this_year - 1 - age
        value = round(base * (1 - 0.04 * age), -3)
        since = f"{year + 1}-01-01"
        if serial == 1:
            yield from _disputed(age, year, int(value))
        else:
            yield _value(int(value), year, since, TAKEN)


def _disputed(age: int, year: int, value: int) -> Iterator[Wire]:
    """Of the showcase: an objection, a revision, an annulment and an ordinary year."""
    first = f"{year + 1}-01-01"
    match age:
        case 0:
            yield _value(value, year, first, TAKEN, "bezwaar_ingediend")
        case 1:
            yield _value(value - 15_000, year, f"{year + 1}-07-01", "bezwaar_veranderd")
            yield _value(value, year, first, TAKEN)
        case 2:
            yield _value(value + 90_000, year, f"{year + 1}-03-01", "beschikking_vernietigd")
            yield _value(value, year, first, TAKEN)
        case _:
            yield _value(value, year, first, TAKEN)


def _value(value: int, year: int, since: str, *statuses: str) -> Wire:
    return {
        "vastgesteldeWaarde": value,
        "waardepeildatum": f"{year}-01-01",
        "ingangsdatum": since,
        "beschikkingsStatussen": list(statuses),
    }
