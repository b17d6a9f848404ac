"""The sandbox's PDOK Locatieserver, version 3.1, as a Starlette app (operation).

Answers are the envelope of Solr. Unknown parameters are refused, and so is a question without `q`;
in which words the real one does so is not known to us, nor how it ranks what it finds.
Places are those of the world; they are indexed at the first request.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.brk_register import CODE, GEMEENTE, Kadaster
from sandbox.showcase import HOME_AANDUIDING, HOME_AANDUIDING_CODE
from sandbox.wire import Wire
from sandbox.world import World
from sandbox.zgw_geometry import to_wgs84

COMMON = frozenset({"q", "fq", "fl", "rows", "start", "lat", "lon", "sort"})
ROWS, MOST_ROWS = 10, 100
SUGGESTED = ("id", "type", "weergavenaam", "score")
WEIGHTS = {
    "perceel": 0.5,
    "gemeente": 5.0,
    "woonplaats": 4.0,
    "weg": 3.0,
    "postcode": 2.0,
    "adres": 1.0,
}
BRON = {"gemeente": "Bestuurlijke Grenzen", "perceel": "DKK"}
PROVINCE = "Fryslân"
_WORD = re.compile(r"\w+")


@dataclass
class Gazetteer:
    """The places of a world as Solr documents, and where words occur in their names."""

    world: World
    kadaster: Kadaster

    def percelen(self, nummeraanduiding: str) -> list[str]:
        """The percelen on which an address lies, of a flat the ground under it: WDV00-A-1."""
        register = self.kadaster.register
        keys = []
        for key in register.at_number.get(nummeraanduiding, ()):
            ground = register.zaken[key].get("bijbehorendeGrondpercelen")
            keys += [part["identificatie"] for part in ground] if ground else [key]
        names = [register.zaken[key]["kadastraleAanduiding"] for key in dict.fromkeys(keys)]
        return [name.replace(GEMEENTE, CODE, 1).replace(" ", "-") for name in names]

    @cached_property
    def docs(self) -> Mapping[str, Wire]:
        """Every place by its identification."""
        made = (*self._areas(), *self._streets(), *self._addresses(), self._perceel())
        return {doc["id"]: doc for doc in made}

    @cached_property
    def _words(self) -> Mapping[str, set[str]]:
        """Identifications by every beginning of every word of a name, of two letters or more."""
        found: dict[str, set[str]] = {}
        for key, doc in self.docs.items():
            for word in _WORD.findall(doc["weergavenaam"].lower()):
                for length in range(1, len(word) + 1):
                    found.setdefault(word[:length], set()).add(key)
        return found

    def search(self, text: str, kinds: frozenset[str]) -> list[Wire]:
        """The places in whose names every word of the text begins some word, the best first."""
        words = _WORD.findall(text.lower())
        hits = [self._words.get(word, set()) for word in words]
        keys = set.intersection(*hits) if hits else set()
        found = [self.docs[key] for key in keys]
        scored = [
            {**doc, "score": round(WEIGHTS[doc["type"]] + 10 / len(doc["weergavenaam"]), 4)}
            for doc in found
            if not kinds or doc["type"] in kinds
        ]
        return sorted(scored, key=lambda doc: (-doc["score"], doc["weergavenaam"]))

    def _areas(self) -> Iterator[Wire]:
        municipality = self.world.municipality
        yield self._doc("gemeente", municipality.code, f"Gemeente {municipality.name}", None)
        for key, place in self.world.places.items():
            name = f"{place['naam']}, {municipality.name}, {PROVINCE}"
            own = {"woonplaatsnaam": place["naam"], "woonplaatscode": key, "identificatie": key}
            yield self._doc("woonplaats", key, name, None, **own)

    def _streets(self) -> Iterator[Wire]:
        for key, street in self.world.public_spaces.items():
            place = self.world.places[street["ligtIn"]]["naam"]
            own = {
                "straatnaam": street["naam"],
                "woonplaatsnaam": place,
                "woonplaatscode": street["ligtIn"],
                "openbareruimte_id": key,
                "identificatie": key,
            }
            yield self._doc("weg", key, f"{street['naam']}, {place}", None, **own)

    def _addresses(self) -> Iterator[Wire]:
        for key, address in self.world.addresses.items():
            if key in self.world.ended:
                continue
            number = "".join(
                str(address[name])
                for name in ("huisnummer", "huisletter", "huisnummertoevoeging")
                if name in address
            )
            street, place = address["openbareRuimteNaam"], address["woonplaatsNaam"]
            code = address.get("postcode", "")
            own = {
                "straatnaam": street,
                "huisnummer": address["huisnummer"],
                "huis_nlt": number,
                "postcode": code,
                "woonplaatsnaam": place,
                "woonplaatscode": address["woonplaatsIdentificatie"],
                "nummeraanduiding_id": key,
                "adresseerbaarobject_id": address["adresseerbaarObjectIdentificatie"],
                "openbareruimte_id": address["openbareRuimteIdentificatie"],
                "identificatie": f"{address['adresseerbaarObjectIdentificatie']}-{key}",
            }
            extra = {
                name: address[name]
                for name in ("huisletter", "huisnummertoevoeging")
                if name in address
            }
            shown = f"{street} {number}, {code} {place}".replace(",  ", ", ")
            spot = self._spot(address["adresseerbaarObjectIdentificatie"])
            yield self._doc("adres", key, shown, spot, **own, **extra)

    def _perceel(self) -> Wire:
        """One perceel, that of the family of the showcase; the register itself is not needed."""
        code, section, number = HOME_AANDUIDING_CODE.split()
        own = {
            "kadastrale_gemeentecode": code,
            "kadastrale_sectie": section,
            "perceelnummer": int(number),
        }
        return self._doc("perceel", HOME_AANDUIDING_CODE, HOME_AANDUIDING, None, **own)

    def _spot(self, object_id: str) -> tuple[float, float] | None:
        geometry = self.world.objects.get(object_id, {}).get("geometrie", {})
        if "punt" in geometry:
            x, y, *_ = geometry["punt"]["coordinates"]
            return x, y
        shape = geometry.get("vlak") or geometry
        if shape.get("type") != "Polygon":
            return None
        x, y, *_ = shape["coordinates"][0][0]
        return x, y

    def _doc(
        self, kind: str, key: str, name: str, spot: tuple[float, float] | None, **own: object
    ) -> Wire:
        marks = {
            "gemeente": "gem",
            "woonplaats": "wpl",
            "weg": "weg",
            "adres": "adr",
            "perceel": "pcl",
        }
        digest = hashlib.sha256(key.encode()).hexdigest()[:32]
        doc: Wire = {
            "id": f"{marks[kind]}-{digest}",
            "type": kind,
            "bron": BRON.get(kind, "BAG"),
            "weergavenaam": name,
            "gemeentenaam": self.world.municipality.name,
            "gemeentecode": self.world.municipality.code,
            "provincienaam": PROVINCE,
            **own,
        }
        if spot is not None:
            x, y = spot
            lon, lat = to_wgs84(x, y)
            doc |= {"centroide_rd": f"POINT({x} {y})", "centroide_ll": f"POINT({lon} {lat})"}
        return doc


def pdok_app(world: World, kadaster: Kadaster | None = None) -> Starlette:
    """The app with suggest, free and lookup; only lookup tells of percelen."""
    gazetteer = Gazetteer(world, kadaster or Kadaster(world))

    def suggest(request: Request) -> Response:
        return _found(gazetteer, request, SUGGESTED, needs_text=True)

    def free(request: Request) -> Response:
        return _found(gazetteer, request, (), needs_text=False)

    def lookup(request: Request) -> Response:
        asked = request.query_params
        if set(asked) - {"id", "fl", "wt"} or not asked.get("id"):
            return _refused("Onjuiste of ontbrekende parameter")
        doc = gazetteer.docs.get(asked["id"])
        if doc is None:
            return _envelope([], 0, 0)
        if doc["type"] == "adres":
            doc = {**doc, "gekoppeld_perceel": gazetteer.percelen(doc["nummeraanduiding_id"])}
        return _envelope([_fields(doc, asked.get("fl"), ())], 1, 0)

    routes = [Route(f"/{name.__name__}", name) for name in (suggest, free, lookup)]
    return Starlette(routes=routes)


def _found(
    gazetteer: Gazetteer, request: Request, usual: tuple[str, ...], *, needs_text: bool
) -> Response:
    asked = request.query_params
    if set(asked) - COMMON or (needs_text and not asked.get("q")):
        return _refused("Onjuiste of ontbrekende parameter")
    rows, start = asked.get("rows", str(ROWS)), asked.get("start", "0")
    if not rows.isdecimal() or not start.isdecimal() or int(rows) > MOST_ROWS:
        return _refused("rows of start is geen geldig getal")
    kinds = frozenset(
        value.removeprefix("type:") for value in asked.getlist("fq") if value.startswith("type:")
    )
    found = gazetteer.search(asked.get("q", ""), kinds)
    page = found[int(start) : int(start) + int(rows)]
    return _envelope([_fields(doc, asked.get("fl"), usual) for doc in page], len(found), int(start))


def _fields(doc: Wire, fl: str | None, usual: tuple[str, ...]) -> Wire:
    names = tuple(fl.split(",")) if fl else usual
    if not names or "*" in names:
        return doc
    return {name: doc[name] for name in names if name in doc}


def _envelope(docs: list[Wire], found: int, start: int) -> Response:
    response: Wire = {"numFound": found, "start": start, "numFoundExact": True, "docs": docs}
    if docs and "score" in docs[0]:
        response["maxScore"] = docs[0]["score"]
    return JSONResponse(
        {
            "response": response,
            "highlighting": {},
            "spellcheck": {"suggestions": [], "collations": []},
        }
    )


def _refused(message: str) -> Response:
    return JSONResponse({"error": {"msg": message, "code": 400}}, 400)
