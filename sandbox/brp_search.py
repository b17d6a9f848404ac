"""Finds the persons a checked BRP question asks for; object phase of the BRP app.

Names match without regard to case and diacritics; an asterisk stands for the rest of a name. The
deceased are only found when asked for, records with errors (suspension F) never (BRP Personen 2.7).
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sandbox.wire import Wire
from sandbox.world import World

Test = Callable[[Wire, Any], bool]


def fold(text: str) -> str:
    """Text for comparison: lower case, without diacritics."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("\u0131", "i"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def name_matches(pattern: str, name: str) -> bool:
    """Whether a name fits a pattern with an asterisk at its begin or end, or none."""
    wanted, given = fold(pattern), fold(name)
    if wanted.endswith("*"):
        return given.startswith(wanted[:-1])
    if wanted.startswith("*"):
        return given.endswith(wanted[1:])
    return given == wanted


def _in_name(part: str) -> Test:
    return lambda person, value: name_matches(value, person["naam"].get(part, ""))


def _in_address(part: str) -> Test:
    return lambda person, value: fold(str(_home(person).get(part, ""))) == fold(str(value))


def _street(person: Wire, value: Any) -> bool:
    home = _home(person)
    names = (home.get("officieleStraatnaam", ""), home.get("korteStraatnaam", ""))
    return any(name_matches(value, name) for name in names)


def _home(person: Wire) -> Wire:
    residence = person["verblijfplaats"]
    home: Wire = residence.get("verblijfadres", {}) if residence["type"] == "Adres" else {}
    return home


TESTS: Mapping[str, Test] = {
    "geslachtsnaam": _in_name("geslachtsnaam"),
    "voornamen": _in_name("voornamen"),
    "voorvoegsel": _in_name("voorvoegsel"),
    "geslacht": lambda person, value: person["geslacht"]["code"] == value.upper(),
    "geboortedatum": lambda person, value: person["geboorte"]["datum"].get("datum") == value,
    "gemeenteVanInschrijving": (
        lambda person, value: person["gemeenteVanInschrijving"]["code"] == value
    ),
    "postcode": (
        lambda person, value: _home(person).get("postcode") == value.replace(" ", "").upper()
    ),
    "huisnummer": _in_address("huisnummer"),
    "huisletter": _in_address("huisletter"),
    "huisnummertoevoeging": _in_address("huisnummertoevoeging"),
    "straat": _street,
    "nummeraanduidingIdentificatie": (
        lambda person, value: person["verblijfplaats"].get("nummeraanduidingIdentificatie") == value
    ),
    "adresseerbaarObjectIdentificatie": (
        lambda person, value: (
            person["verblijfplaats"].get("adresseerbaarObjectIdentificatie") == value
        )
    ),
}


def find(world: World, question: Mapping[str, Any]) -> list[Wire]:
    """The whole records that fit; in an order of the registry's own, which is not the one asked
    for.
    """
    candidates = _candidates(world, question)
    criteria = [(TESTS[name], value) for name, value in question.items() if name in TESTS]
    found = [p for p in candidates if all(test(p, value) for test, value in criteria)]
    return sorted(found, key=lambda person: str(person["burgerservicenummer"])[::-1])


def _candidates(world: World, question: Mapping[str, Any]) -> Iterable[Wire]:
    if "burgerservicenummer" in question:
        asked = dict.fromkeys(question["burgerservicenummer"])
        return [world.persons[bsn] for bsn in asked if bsn in world.persons]
    if "adresseerbaarObjectIdentificatie" in question:
        home = question["adresseerbaarObjectIdentificatie"]
        return _alive([world.persons[bsn] for bsn in world.residents_of.get(home, ())], question)
    return _alive(world.persons.values(), question)


def _alive(persons: Iterable[Wire], question: Mapping[str, Any]) -> list[Wire]:
    with_dead = question.get("inclusiefOverledenPersonen", False)
    hidden = ("F",) if with_dead else ("F", "O")
    return [person for person in persons if _suspension(person) not in hidden]


def _suspension(person: Wire) -> str | None:
    reason: str | None = person.get("opschortingBijhouding", {}).get("reden", {}).get("code")
    return reason
