"""Finds companies for the sandbox's Zoeken; object phase, with the results made at startup.

A result stands for a rechtspersoon or for a vestiging. Of the address it shows street and place,
and house number, letter and postcode only to who searched by those (KVK Zoeken 2.0).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.brp_search import fold
from sandbox.kvk_companies import NO, YES, Company
from sandbox.wire import Wire

POSTAL = ("postcode", "huisnummer", "huisletter", "postbusnummer")
AT_HOME = ("straatnaam", "huisnummer", "huisletter", "postcode", "plaats")
NUMBERS = ("kvkNummer", "vestigingsnummer")
ABROAD = ("straatHuisnummer", "postcodeWoonplaats", "land")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found: what is shown of it, and by which addresses it is found."""

    shown: Wire
    addresses: Sequence[Wire]
    names: str
    rsin: str | None

    def fits(self, asked: Mapping[str, Any]) -> bool:
        """Whether it meets all that was asked."""
        if self.shown["actief"] == NO and not asked.get("inclusiefInactieveRegistraties"):
            return False
        if "type" in asked and self.shown["type"] not in asked["type"]:
            return False
        if any(name in asked and self.shown.get(name) != asked[name] for name in NUMBERS):
            return False
        if "rsin" in asked and self.rsin != asked["rsin"]:
            return False
        words = re.findall(r"\w+", fold(asked.get("naam", "")))
        return all(word in self.names for word in words) and self._is_at(asked)

    def _is_at(self, asked: Mapping[str, Any]) -> bool:
        wanted = {name: asked[name] for name in (*POSTAL, "straatnaam", "plaats") if name in asked}
        if not wanted:
            return True
        return any(
            all(fold(str(a.get(n, ""))) == fold(str(v)) for n, v in wanted.items())
            for a in self.addresses
        )


def entries(companies: Sequence[Company]) -> list[Entry]:
    """Everything that can be found, in the order in which it is shown."""
    return [entry for company in companies for entry in _of(company)]


def result(entry: Entry, asked: Mapping[str, Any], root: str) -> Wire:
    """An entry as it is shown to who asked this."""
    made = dict(entry.shown)
    if "adres" in made and asked.keys().isdisjoint(POSTAL):
        made["adres"] = {
            where: {name: value for name, value in address.items() if name not in POSTAL}
            for where, address in made["adres"].items()
        }
    number = made["kvkNummer"]
    made["_links"] = {"basisprofiel": {"href": f"{root}/v1/basisprofielen/{number}"}}
    if "vestigingsnummer" in made:
        href = f"{root}/v1/vestigingsprofielen/{made['vestigingsnummer']}"
        made["_links"]["vestigingsprofiel"] = {"href": href}
    return made


def _of(company: Company) -> Iterator[Entry]:
    actief = NO if company.ended else YES
    former = {"vervallenNaam": company.former} if company.former else {}
    names = fold(f"{company.profile['naam']} {company.former or ''}")
    rsin = company.owner.get("rsin")
    if company.person:
        shown = {
            "kvkNummer": company.number,
            "rsin": rsin,
            "naam": company.profile.get("statutaireNaam", company.profile["naam"]),
            **_address(company.owner.get("adressen", [])),
            "type": "rechtspersoon",
            "actief": actief,
            **former,
        }
        yield Entry(shown, _findable(company.owner.get("adressen", [])), names, rsin)
    for branch in company.branches:
        main = branch["indHoofdvestiging"] == YES
        shown = {
            "kvkNummer": company.number,
            "vestigingsnummer": branch["vestigingsnummer"],
            "naam": branch["eersteHandelsnaam"],
            **_address(branch["adressen"]),
            "type": "hoofdvestiging" if main else "nevenvestiging",
            "actief": actief,
            **former,
        }
        yield Entry(shown, _findable(branch["adressen"]), names, rsin)


def _findable(addresses: Sequence[Wire]) -> list[Wire]:
    return [address for address in addresses if address["indAfgeschermd"] == NO]


def _address(addresses: Sequence[Wire]) -> Wire:
    shown = _findable(addresses)
    if not shown:
        return {}
    first = shown[0]
    kind = "bezoekadres" if first["type"] == "bezoekadres" else "postadres"
    abroad = "straatHuisnummer" in first
    names = ABROAD if abroad else AT_HOME
    where = "buitenlandsAdres" if abroad else "binnenlandsAdres"
    return {"adres": {where: {"type": kind, **{n: first[n] for n in names if n in first}}}}
