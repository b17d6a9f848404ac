"""Puts BAG records in their HAL form: wrapped, with links and, when expanded, other records;
object phase.

An address stands by itself; every other record is wrapped in its kind: ``{"pand": {...}, "_links":
{...}}``, with ``inonderzoek`` beside it when something is under investigation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.wire import Wire
from sandbox.world import World

PLURAL = {
    "verblijfsobject": "verblijfsobjecten",
    "ligplaats": "ligplaatsen",
    "standplaats": "standplaatsen",
}
ADDRESS_RELATIONS = ("openbareRuimte", "nummeraanduiding", "woonplaats", "adresseerbaarObject")
EXPANSIONS: Mapping[str, tuple[str, ...]] = {
    "adressen": (*ADDRESS_RELATIONS, "panden"),
    "nummeraanduidingen": ("ligtInWoonplaats", "ligtAanOpenbareRuimte"),
    "verblijfsobjecten": ("heeftAlsHoofdAdres", "heeftAlsNevenAdres", "maaktDeelUitVan"),
    "adresseerbareobjecten": ("heeftAlsHoofdAdres", "heeftAlsNevenAdres", "maaktDeelUitVan"),
    "ligplaatsen": ("heeftAlsHoofdAdres", "heeftAlsNevenAdres"),
    "standplaatsen": ("heeftAlsHoofdAdres", "heeftAlsNevenAdres"),
    "openbareruimten": ("ligtInWoonplaats",),
    "woonplaatsen": ("bronhouders", "geometrie"),
}
PROVINCE = {"identificatie": 21, "naam": "Fryslân", "afkorting": "FR"}


@dataclass(frozen=True, slots=True)
class Shelf:
    """The records of a world in HAL form; `base` is the address of the API, without slash."""

    world: World
    base: str

    def link(self, *path: str) -> Wire:
        return {"href": "/".join((self.base, *path))}

    def address(self, number_id: str, expand: frozenset[str] = frozenset()) -> Wire:
        """An adres by nummeraanduiding."""
        address = self.world.addresses[number_id]
        record = address | {"_links": self._address_links(address, "adressen")}
        return _with(record, {name: self._of_address(address, name) for name in sorted(expand)})

    def full_address(self, number_id: str) -> Wire:
        """An adresuitgebreid: the address with what the object and the panden say."""
        address = self.world.addresses[number_id]
        holder = self.world.objects[address["adresseerbaarObjectIdentificatie"]]
        geometry = holder["geometrie"]
        record = address | {
            "typeAdresseerbaarObject": holder["type"],
            "adresseerbaarObjectGeometrie": (
                geometry if "punt" in geometry or "vlak" in geometry else {"vlak": geometry}
            ),
            "adresseerbaarObjectStatus": holder["status"],
        }
        panden = [self.world.panden[pand] for pand in address.get("pandIdentificaties", ())]
        if holder["type"] == "Verblijfsobject":
            record["gebruiksdoelen"] = holder["gebruiksdoelen"]
            record["oppervlakte"] = holder["oppervlakte"]
            record["oorspronkelijkBouwjaar"] = [pand["oorspronkelijkBouwjaar"] for pand in panden]
            record["pandStatussen"] = [pand["status"] for pand in panden]
        return record | {"_links": self._address_links(address, "adressenuitgebreid")}

    def numbering(self, number_id: str, expand: frozenset[str] = frozenset()) -> Wire:
        """A nummeraanduiding; its woonplaats is that of the street."""
        record = self.world.numberings[number_id]
        street = record["ligtAan"]
        place = self.world.public_spaces[street]["ligtIn"]
        links = {
            "self": self.link("nummeraanduidingen", number_id),
            "ligtInWoonplaats": self.link("woonplaatsen", place),
            "ligtAanOpenbareRuimte": self.link("openbareruimten", street),
        }
        embedded = {
            "ligtInWoonplaats": lambda: self.place(place),
            "ligtAanOpenbareRuimte": lambda: self.public_space(street),
        }
        wrapped = self._wrapped("nummeraanduiding", record, links)
        return _with(wrapped, {name: embedded[name]() for name in sorted(expand)})

    def holder(self, object_id: str, expand: frozenset[str] = frozenset()) -> Wire:
        """A verblijfsobject, ligplaats or standplaats."""
        record = self.world.objects[object_id]
        kind = record["type"].lower()
        numbers = {"heeftAlsHoofdAdres": record["heeftAlsHoofdAdres"]}
        others, panden = record.get("heeftAlsNevenAdres", ()), record.get("maaktDeelUitVan", ())
        links: Wire = {"self": self.link(PLURAL[kind], object_id)}
        links |= {k: self.link("nummeraanduidingen", number) for k, number in numbers.items()}
        embedded: Wire = {}
        if "heeftAlsHoofdAdres" in expand:
            embedded["heeftAlsHoofdAdres"] = self.numbering(record["heeftAlsHoofdAdres"])
        if others:
            links["heeftAlsNevenAdres"] = [self.link("nummeraanduidingen", o) for o in others]
            if "heeftAlsNevenAdres" in expand:
                embedded["heeftAlsNevenAdres"] = [self.numbering(other) for other in others]
        if panden:
            links["maaktDeelUitVan"] = [self.link("panden", pand) for pand in panden]
            if "maaktDeelUitVan" in expand:
                embedded["maaktDeelUitVan"] = [self.pand(pand) for pand in panden]
        return _with(self._wrapped(kind, record, links), embedded)

    def addressable(self, object_id: str, expand: frozenset[str] = frozenset()) -> Wire:
        """The same, once more under its kind, as /adresseerbareobjecten gives it."""
        kind = self.world.objects[object_id]["type"].lower()
        links = {"self": self.link("adresseerbareobjecten", object_id)}
        return {kind: self.holder(object_id, expand), "_links": links}

    def pand(self, pand_id: str) -> Wire:
        links = {"self": self.link("panden", pand_id)}
        return self._wrapped("pand", self.world.panden[pand_id], links)

    def public_space(self, street_id: str, expand: frozenset[str] = frozenset()) -> Wire:
        record = self.world.public_spaces[street_id]
        place = record["ligtIn"]
        links = {
            "self": self.link("openbareruimten", street_id),
            "ligtInWoonplaats": self.link("woonplaatsen", place),
        }
        wrapped = self._wrapped("openbareRuimte", record, links)
        return _with(wrapped, {"ligtInWoonplaats": self.place(place)} if expand else {})

    def place(self, code: str, expand: frozenset[str] = frozenset()) -> Wire:
        links = {
            "self": self.link("woonplaatsen", code),
            "bronhouders": [self.link("bronhouders", self.world.municipality.code)],
        }
        embedded: Wire = {}
        if "geometrie" in expand:
            embedded["geometrie"] = self.world.place_shapes[code]
        if "bronhouders" in expand:
            embedded["bronhouders"] = [self._municipality()]
        return _with(self._wrapped("woonplaats", self.world.places[code], links), embedded)

    def _wrapped(self, kind: str, record: Wire, links: Wire) -> Wire:
        doubts = self.world.doubts.get(record["identificatie"])
        return {kind: record} | ({"inonderzoek": doubts} if doubts else {}) | {"_links": links}

    def _address_links(self, address: Wire, path: str) -> Wire:
        object_id = address["adresseerbaarObjectIdentificatie"]
        kind = self.world.objects[object_id]["type"].lower()
        number_id = address["nummeraanduidingIdentificatie"]
        links: Wire = {
            "self": self.link(path, number_id),
            "openbareRuimte": self.link("openbareruimten", address["openbareRuimteIdentificatie"]),
            "nummeraanduiding": self.link("nummeraanduidingen", number_id),
            "woonplaats": self.link("woonplaatsen", address["woonplaatsIdentificatie"]),
            "adresseerbaarObject": self.link(PLURAL[kind], object_id),
        }
        panden = address.get("pandIdentificaties", ())
        return links | ({"panden": [self.link("panden", p) for p in panden]} if panden else {})

    def _of_address(self, address: Wire, relation: str) -> Any:
        match relation:
            case "openbareRuimte":
                return self.public_space(address["openbareRuimteIdentificatie"])
            case "nummeraanduiding":
                return self.numbering(address["nummeraanduidingIdentificatie"])
            case "woonplaats":
                return self.place(address["woonplaatsIdentificatie"])
            case "adresseerbaarObject":
                return self.addressable(address["adresseerbaarObjectIdentificatie"])
        return [self.pand(pand) for pand in address.get("pandIdentificaties", ())]

    def _municipality(self) -> Wire:
        municipality = self.world.municipality
        return {
            "code": municipality.code,
            "naam": municipality.name,
            "beginGeldigheid": "2010-01-01",
            "provincie": PROVINCE,
            "status": "Actief",
            "versie": 1,
            "tijdstipRegistratieLV": "2010-01-01T12:00:00.000Z",
        }


def _with(record: Wire, embedded: Wire) -> Wire:
    """The record with what was expanded; nothing when there is nothing."""
    present = {name: value for name, value in embedded.items() if value != []}
    return record | ({"_embedded": present} if present else {})
