"""Finds identifications for the searches of the BAG app; object phase, with a word index made at
startup.

Only current records are addresses, unless ``inclusiefEindStatus``; object searches find ended
records as well, unless ``huidig`` (BAG API Individuele Bevragingen v2).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sandbox.brp_search import fold
from sandbox.wire import Wire
from sandbox.world import World

FOUND_PREFIX = "adr-"


class Finder:
    """Answers searches on a world with identifications, in the order of the registry."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._words = {number_id: _words(a) for number_id, a in world.addresses.items()}
        self._by_street: dict[str, list[str]] = {}
        self._by_object: dict[str, list[str]] = {}
        for number_id, address in world.addresses.items():
            street = address["openbareRuimteIdentificatie"]
            self._by_street.setdefault(street, []).append(number_id)
            holder = address["adresseerbaarObjectIdentificatie"]
            self._by_object.setdefault(holder, []).append(number_id)

    def addresses(self, asked: Mapping[str, Any]) -> list[str]:
        """Nummeraanduidingen of the addresses that are asked for."""
        found = self._numbers(asked)
        if asked.get("inclusiefEindStatus"):
            return found
        return [number_id for number_id in found if number_id not in self._world.ended]

    def numberings(self, asked: Mapping[str, Any]) -> list[str]:
        """Nummeraanduidingen that are asked for, valid at the moment asked for."""
        return self.valid(self._numbers(asked), self._world.numberings, asked)

    def valid(
        self, found: Iterable[str], records: Mapping[str, Wire], asked: Mapping[str, Any]
    ) -> list[str]:
        """Those that exist at the moment asked for and, with ``huidig``, have not ended."""
        moment = asked.get("geldigOp") or str(asked.get("beschikbaarOp", "9999"))[:10]
        return [
            key
            for key in found
            if records[key]["voorkomen"]["beginGeldigheid"] <= moment
            and not (asked.get("huidig") and key in self._world.ended)
        ]

    def holders(self, asked: Mapping[str, Any], kind: str | None = None) -> list[str]:
        """Verblijfsobjecten, ligplaatsen and standplaatsen, or one kind of them."""
        found = [key for key in self._holders(asked) if self._holder_fits(key, asked, kind)]
        return self.valid(found, self._world.objects, asked)

    def panden(self, asked: Mapping[str, Any]) -> list[str]:
        """Panden by what is in them or by where they stand."""
        found = [key for key in self._panden(asked) if self._pand_fits(key, asked)]
        return self.valid(found, self._world.panden, asked)

    def public_spaces(self, asked: Mapping[str, Any]) -> list[str]:
        """Openbare ruimten by name and place."""
        places = self._place_codes(asked)
        name = asked.get("openbareRuimteNaam")
        found = [
            key
            for key, space in self._world.public_spaces.items()
            if space["ligtIn"] in places and (name is None or fold(space["naam"]) == fold(name))
        ]
        return self.valid(found, self._world.public_spaces, asked)

    def places(self, asked: Mapping[str, Any]) -> list[str]:
        """Woonplaatsen by name or by where they are."""
        found = [
            code
            for code, place in self._world.places.items()
            if ("naam" not in asked or fold(place["naam"]) == fold(asked["naam"]))
            and _touches(self._world.place_shapes[code]["vlak"], asked)
        ]
        return self.valid(found, self._world.places, asked)

    def free_text(self, text: str) -> list[str]:
        """Addresses that have every word of the text; a word of three letters may be a
        beginning.
        """
        wanted = _tokens(text)
        exact = [key for key, words in self._words.items() if wanted and wanted <= words]
        return exact or [
            key
            for key, words in self._words.items()
            if wanted and all(_has(words, token) for token in wanted)
        ]

    def _numbers(self, asked: Mapping[str, Any]) -> list[str]:
        world = self._world
        match asked:
            case {"postcode": postcode, "huisnummer": number}:
                place = (postcode.replace(" ", "").upper(), number)
                return self._exact(world.addresses_at.get(place, []), asked)
            case {"adresseerbaarObjectIdentificatie": object_id}:
                return list(self._by_object.get(object_id, ()))
            case {"pandIdentificatie": pand}:
                objects = world.objects_in.get(pand, ())
                return [n for object_id in objects for n in self._by_object[object_id]]
            case {"openbareRuimteIdentificatie": street}:
                return list(self._by_street.get(street, ()))
            case {"zoekresultaatIdentificatie": found}:
                number_id = found.removeprefix(FOUND_PREFIX)
                return [number_id] if number_id in world.addresses else []
            case {"q": text}:
                return self.free_text(text)
        return self._exact(self._in_street(asked), asked)

    def _in_street(self, asked: Mapping[str, Any]) -> list[str]:
        return [
            number_id
            for street in self.public_spaces(
                {name: asked[name] for name in ("woonplaatsNaam", "openbareRuimteNaam")}
            )
            for number_id in self._by_street.get(street, ())
            if self._world.addresses[number_id]["huisnummer"] == asked["huisnummer"]
        ]

    def _exact(self, found: Iterable[str], asked: Mapping[str, Any]) -> list[str]:
        addresses = self._world.addresses
        return [key for key in found if _same_suffix(addresses[key], asked)]

    def _holders(self, asked: Mapping[str, Any]) -> Iterator[str]:
        match asked:
            case {"nummeraanduidingIdentificatie": number_id}:
                address = self._world.addresses.get(number_id)
                yield from [address["adresseerbaarObjectIdentificatie"]] if address else []
            case {"pandIdentificaties": panden}:
                keys = [key for p in panden for key in self._world.objects_in.get(p, ())]
                yield from dict.fromkeys(keys)
            case {"pandIdentificatie": pand}:
                yield from self._world.objects_in.get(pand, ())
            case _:
                yield from self._world.objects

    def _holder_fits(self, key: str, asked: Mapping[str, Any], kind: str | None) -> bool:
        record = self._world.objects[key]
        if kind and record["type"] != kind:
            return False
        if "type" in asked and record["type"] != asked["type"]:
            return False
        purposes = asked.get("gebruiksdoelen")
        if purposes and not set(purposes) & set(record.get("gebruiksdoelen", ())):
            return False
        surface = record.get("oppervlakte")
        if not _between(surface, asked, "oppervlakte") or not _found(record, asked):
            return False
        return _touches(record["geometrie"], asked)

    def _panden(self, asked: Mapping[str, Any]) -> Iterable[str]:
        match asked:
            case {"adresseerbaarObjectIdentificatie": object_id}:
                holder = self._world.objects.get(object_id, {})
                return list(holder.get("maaktDeelUitVan", ()))
            case {"nummeraanduidingIdentificatie": number_id}:
                address = self._world.addresses.get(number_id, {})
                return list(address.get("pandIdentificaties", ()))
        return self._world.panden

    def _pand_fits(self, key: str, asked: Mapping[str, Any]) -> bool:
        record = self._world.panden[key]
        if "statusPand" in asked and record["status"] not in asked["statusPand"]:
            return False
        year = int(record["oorspronkelijkBouwjaar"])
        if not _between(year, asked, "bouwjaar") or not _found(record, asked):
            return False
        return _touches(record["geometrie"], asked)

    def _place_codes(self, asked: Mapping[str, Any]) -> set[str]:
        code, name = asked.get("woonplaatsIdentificatie"), asked.get("woonplaatsNaam")
        return {
            key
            for key, place in self._world.places.items()
            if (code is None or key == code) and (name is None or fold(place["naam"]) == fold(name))
        }


def _same_suffix(address: Wire, asked: Mapping[str, Any]) -> bool:
    for name in ("huisletter", "huisnummertoevoeging"):
        has, wants = address.get(name, ""), asked.get(name)
        if wants is None and not (asked.get("exacteMatch") and has):
            continue
        if fold(has) != fold(wants or ""):
            return False
    return True


def _between(value: int | None, asked: Mapping[str, Any], name: str) -> bool:
    least, most = asked.get(f"{name}[min]"), asked.get(f"{name}[max]")
    if least is None and most is None:
        return True
    return value is not None and (least or 0) <= value <= (most or 10**9)


def _found(record: Wire, asked: Mapping[str, Any]) -> bool:
    wants = asked.get("geconstateerd")
    return wants is None or (record["geconstateerd"] == "J") == wants


def _touches(geometry: Wire, asked: Mapping[str, Any]) -> bool:
    """Whether a geometry touches the point or box that is asked for, by its own box."""
    if "point" in asked:
        west, south = east, north = asked["point"]
    elif "bbox" in asked:
        west, south, east, north = asked["bbox"]
    else:
        return True
    shape = geometry.get("punt") or geometry.get("vlak") or geometry
    points = [shape["coordinates"]] if shape["type"] == "Point" else shape["coordinates"][0]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return bool(min(xs) <= east and max(xs) >= west and min(ys) <= north and max(ys) >= south)


def _words(address: Wire) -> frozenset[str]:
    street = address["openbareRuimteNaam"]
    line = fold(address["adresregel5"]).removeprefix(fold(street)).strip()
    number = str(address["huisnummer"])
    extra = {address.get("huisletter", ""), address.get("huisnummertoevoeging", "")} - {""}
    postcode = address["postcode"].lower()
    names = f"{street} {address['woonplaatsNaam']}"
    return frozenset(
        {line, number, postcode, postcode[:4]}
        | {fold(part) for part in extra}
        | set(re.findall(r"\w+", fold(names)))
    )


def _tokens(text: str) -> set[str]:
    joined = re.sub(r"\b([1-9][0-9]{3})\s+([a-z]{2})\b", r"\1\2", fold(text))
    return {token.strip("-") for token in re.findall(r"[\w-]+", joined)} - {""}


def _has(words: Iterable[str], token: str) -> bool:
    if len(token) < 3 or token.isdigit():
        return token in words
    return any(word.startswith(token) for word in words)
