"""KVK's answers as the objects that are published, and which answer is needed (operation)."""

from collections.abc import Mapping, Sequence
from typing import Any

from gateway.source.errors import SourceFault
from gateway.source.read import Fields
from gateway.source.source import Source
from resolvers.hr.calls import Wire

YES, NO = "Ja", "Nee"
_OPEN = (NO, None)
OWNER = "_embedded.eigenaar"
GEO = "geoData"
OF_EVERY_ADDRESS = ("type", "indAfgeschermd")


def numbers_only(fields: Fields, *numbers: str) -> bool:
    """Whether nothing is wanted but numbers, which Zoeken gives for nothing."""
    return set(fields.paths) <= set(numbers)


def owner_only(fields: Fields) -> bool:
    """Whether nothing is wanted of a company but its owner."""
    wanted = {path for path in fields.paths if path != "kvkNummer"}
    return all(path == OWNER or path.startswith(f"{OWNER}.") for path in wanted)


def wants_geo(fields: Fields) -> bool:
    """Whether anything is wanted that only comes with `geoData=true`."""
    return any(GEO in path.split(".") for path in fields.paths)


def bedrijf_of(source: Source, answer: Wire, kvk_nummer: str) -> Wire:
    """A basisprofiel, of this number and no other."""
    if answer.get("kvkNummer") != kvk_nummer:
        raise SourceFault(source.name, "another bedrijf than was asked")
    parts = answer.get("_embedded", {})
    if not isinstance(parts, Mapping):
        raise SourceFault(source.name, "no parts of a bedrijf")
    return {**answer, "_embedded": {name: _shown(part) for name, part in parts.items()}}


def owner_of(answer: Wire, kvk_nummer: str) -> Wire:
    """A company of which no more was asked than its owner."""
    return {"kvkNummer": kvk_nummer, "_embedded": {"eigenaar": _shown(answer)}}


def vestiging_of(source: Source, answer: Wire, vestigingsnummer: str) -> Wire:
    """A vestigingsprofiel, of this number and no other."""
    if answer.get("vestigingsnummer") != vestigingsnummer:
        raise SourceFault(source.name, "another vestiging than was asked")
    made: Wire = _shown(answer)
    return made


def vestigingen_of(source: Source, answer: Wire, kvk_nummer: str) -> Sequence[Wire]:
    """The vestigingen in the list of this company."""
    items = answer.get("vestigingen", [])
    if answer.get("kvkNummer") != kvk_nummer or not isinstance(items, list):
        raise SourceFault(source.name, "not the vestigingen of this bedrijf")
    if not all(isinstance(item, Mapping) and _has_number(item) for item in items):
        raise SourceFault(source.name, "a vestiging without number")
    return [_without_shielded(item) for item in items]


def _shown(holder: Any) -> Any:
    """A vestiging or owner; of a shielded address nothing is passed on but that it is shielded.

    KVK leaves the rest out, but what we pass on does not hang on that. What is said in another way
    than by Ja or Nee counts as shielded.
    """
    addresses = holder.get("adressen") if isinstance(holder, Mapping) else None
    if not isinstance(addresses, list):
        return holder
    return {**holder, "adressen": [_shown_address(address) for address in addresses]}


def _shown_address(address: Any) -> Any:
    if not isinstance(address, Mapping) or address.get("indAfgeschermd") in _OPEN:
        return address
    return {name: address[name] for name in OF_EVERY_ADDRESS if name in address}


def _without_shielded(vestiging: Wire) -> Wire:
    if vestiging.get("indAdresAfgeschermd") in _OPEN:
        return vestiging
    return {name: value for name, value in vestiging.items() if name != "volledigAdres"}


def _has_number(vestiging: Wire) -> bool:
    return isinstance(vestiging.get("vestigingsnummer"), str)
