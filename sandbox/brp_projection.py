"""Takes out of a whole Persoon what was asked for, plus what comes by itself; object phase of the
BRP app.

By itself come (BRP Personen 2.7): ``inOnderzoek`` for what was asked, ``type`` of a residence or
nationality, geheimhoudingPersoonsgegevens, opschortingBijhouding, rni, verificatie, and the note
that somebody does not live at the address.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sandbox.brp_fields import TREES, Kind, Tree, comes_whole
from sandbox.wire import Wire

ALWAYS = ("geheimhoudingPersoonsgegevens", "opschortingBijhouding", "verificatie")
ABSENT_FROM_ADDRESS = "indicatieVastgesteldVerblijftNietOpAdres"
LINE_NAMES = frozenset({"adresregel1", "adresregel2", "adresregel3", "land"})
AT_HOME = ("Adres", "Locatie")
SINCE = "datumIngangOnderzoek"
SINCE_OF = {
    "burgerservicenummer": "Persoon",
    "geslacht": "Persoon",
    "leeftijd": "Persoon",
    "gemeenteVanInschrijving": "Gemeente",
    "datumInschrijvingInGemeente": "Gemeente",
    "indicatieCurateleRegister": "Gezag",
    "indicatieGezagMinderjarige": "Gezag",
    **dict.fromkeys(LINE_NAMES, "Verblijfplaats"),
}
RNI_CATEGORIES = {
    "Persoon": frozenset({"aNummer", "burgerservicenummer", "naam", "geboorte", "geslacht"}),
    "Nationaliteit": frozenset({"nationaliteiten"}),
    "Verblijfplaats": frozenset({"verblijfplaats", "adressering", "immigratie"}),
}


def wanted(kind: Kind, paths: Iterable[str]) -> Tree:
    """The tree of what valid paths ask for; dates and value tables whole, groups with all their
    parts.
    """
    return wanted_of(TREES[kind], paths)


def wanted_of(allowed: Tree, paths: Iterable[str]) -> Tree:
    """The same for any tree of what may be asked."""
    tree: dict[str, Any] = {}
    for path in paths:
        _add(tree, allowed, path.split("."))
    return tree


def project(person: Wire, asked: Tree) -> Wire:
    """The part of a whole Persoon that a tree from `wanted` asks for."""
    asked = _at_home_only(person, asked)
    part = part_of(person, asked)
    for name in ALWAYS:
        if name in person:
            part[name] = person[name]
    entries = [entry for entry in person.get("rni", ()) if _concerns(entry["categorie"], asked)]
    return part | ({"rni": entries} if entries else {})


def _add(tree: dict[str, Any], allowed: Tree, path: list[str]) -> None:
    name, rest = path[0], path[1:]
    parts = allowed[name]
    if comes_whole(parts):
        tree[name] = {}
    elif not rest:
        tree[name] = {part: _all_of(sub) for part, sub in parts.items()}
    else:
        _add(tree.setdefault(name, {}), parts, rest)


def _all_of(tree: Tree) -> Tree:
    return {} if comes_whole(tree) else {name: _all_of(parts) for name, parts in tree.items()}


def _at_home_only(person: Wire, asked: Tree) -> Tree:
    """Replaces the aliases ...Binnenland by what they may show of this person."""
    merged = dict(asked)
    residence = merged.pop("verblijfplaatsBinnenland", None)
    letter = merged.pop("adresseringBinnenland", None)
    at_home = person["verblijfplaats"]["type"] in AT_HOME
    if residence is not None and at_home:
        merged["verblijfplaats"] = _merge(merged.get("verblijfplaats", {}), residence)
    if letter is not None:
        shown = letter if at_home else {k: v for k, v in letter.items() if k not in LINE_NAMES}
        if shown:
            merged["adressering"] = _merge(merged.get("adressering", {}), shown)
    return merged


def _merge(one: Tree, other: Tree) -> Tree:
    names = [*one, *(name for name in other if name not in one)]
    return {name: _merge(one.get(name, {}), other.get(name, {})) for name in names}


def part_of(group: Wire, asked: Tree) -> Wire:
    """What a tree asks for of a group, with the doubts about that."""
    part: Wire = {}
    for name, parts in asked.items():
        if name in group:
            value = _value(group[name], parts)
            if value != {}:
                part[name] = value
    if "type" in group and ("verblijfadres" in group or "datumIngangGeldigheid" in group):
        part["type"] = group["type"]
    if ABSENT_FROM_ADDRESS in group and ("type" in group or LINE_NAMES & part.keys()):
        part[ABSENT_FROM_ADDRESS] = True
    doubts = _doubts(group.get("inOnderzoek"), part)
    return part | ({"inOnderzoek": doubts} if doubts else {})


def _value(value: Any, parts: Tree) -> Any:
    if not parts:
        return value
    if isinstance(value, list):
        return [part_of(entry, parts) for entry in value]
    return part_of(value, parts)


def _doubts(doubts: Any, part: Wire) -> Wire:
    """The flags of what is in the part, with the days on which those investigations began."""
    if not isinstance(doubts, Mapping):
        return {}
    flags = {name: True for name in doubts if name in part}
    if not flags:
        return {}
    if SINCE in doubts:
        return flags | {SINCE: doubts[SINCE]}
    kinds = {SINCE_OF.get(name, "") for name in flags}
    begun = {
        name: day
        for name, day in doubts.items()
        if name.startswith(SINCE) and (name.removeprefix(SINCE) in kinds or "" in kinds)
    }
    return flags | begun


def _concerns(category: str, asked: Tree) -> bool:
    return bool(RNI_CATEGORIES.get(category, frozenset()) & asked.keys())
