"""The files of a fictional municipality, as its own people would write them (startup).

What each purpose may see is what stands in Weidevaart's file, less what the municipality has no
source for; what its sources hear is what its vendors want.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping, Set
from functools import cache
from textwrap import fill
from typing import Any

from sandbox.access import MUNICIPALITY, SECRETS
from sandbox.neighbours import Neighbour
from sandbox.offers import Door, Offer

AUDIENCE = "https://bronpoort.example"
STAFF = "https://aanmelden.example"
CITIZENS = "https://mijn.example"
KEY_FILE = "uitgever.jwks.json"
OWN = ["burger", "bedrijf", "gemachtigde"]
_REFERENCE = {"api-key": "waarde", "token": "waarde", "zgw-jwt": "secret"}
_OF_SOURCE = {
    "woz": ("woz.", "vraag.woz"),
    "klant": ("klant.", "vraag.klant"),
    "objecten": ("object.",),
    "producten": ("product.", "vraag.product"),
    "producttypen": ("producttype.",),
    "brp-bewoning": ("persoon.bewoning-historie",),
    "brp-historie": ("persoon.verblijfshistorie",),
    "brp-reisdocumenten": ("persoon.reisdocumenten",),
}
"""By source that a municipality may do without: how the labels begin that need it."""

Table = Mapping[str, Any]


def municipality(of: Neighbour, registries: str | None) -> str:
    """The municipality's file; its sources stand with their vendors, or all at the sandbox whose
    address is `registries`.
    """
    parts = [
        f"# {of.name}, een verzonnen gemeente.\n",
        *(f"# {offer.about}\n" for offer in of.offers),
        "\n",
        *_pairs(_names(of)),
        "vrije_vragen = true    # om te oefenen; in productie alleen geregistreerde vragen\n",
    ]
    for offer in of.offers:
        base = _base(offer, of, registries)
        known = {**_names(of), "base": base}
        for name, door in offer.doors.items():
            parts += [f"\n[bronnen.{name}]\n", *_pairs(_source(door, base, known))]
    for code, table in _weidevaart()["doelbindingen"].items():
        parts += _purpose(code, table, of)
    for name, table in _weidevaart()["diensten"].items():
        parts += [f"\n[diensten.{name}]\n", *_pairs(_seen(table, of))]
    return "".join(parts)


def secrets(of: Neighbour, registries: str | None) -> dict[str, str]:
    """What the municipality's file refers to, by name: those of the sandbox, or invented ones."""
    keys = {door.key for offer in of.offers for door in offer.doors.values() if door.key}
    return {
        key: SECRETS[f"SANDBOX_{key.upper()}"]
        if registries
        else f"verzonnen-geheim-van-{of.code}-voor-{key}"
        for key in sorted(keys)
    }


def issuers(codes: list[str]) -> str:
    """Who issues tokens: one for employees and systems, one for who comes for what is their own."""
    shared = {"audience": AUDIENCE, "algorithm": "ES256", "key_file": KEY_FILE, "tenants": codes}
    tables = (
        {"issuer": STAFF, **shared, "kinds": ["medewerker", "systeem"]},
        {"issuer": CITIZENS, **shared, "kinds": OWN, "max_lifetime": 900},
    )
    parts = ["# Wie de tokens uitgeeft van wie vraagt; de sleutel staat in deze map.\n"]
    for table in tables:
        parts += ["\n[[issuer]]\n", *_pairs(table)]
    return "".join(parts)


@cache
def _weidevaart() -> dict[str, dict[str, Table]]:
    return tomllib.loads(MUNICIPALITY.read_text("utf-8"))


def _names(of: Neighbour) -> dict[str, str]:
    return {"code": of.code, "naam": of.name, "oin": of.oin}


def _base(offer: Offer, of: Neighbour, registries: str | None) -> str:
    if registries:
        return f"{registries}{offer.front}"
    return f"https://{offer.vendor}.example/{of.name.lower()}"


def _source(door: Door, base: str, known: Mapping[str, str]) -> Table:
    credentials = dict(door.credentials)
    if door.key:
        secret = f"file:geheimen/{known['code']}/{door.key}"
        credentials[_REFERENCE[credentials["soort"]]] = secret
    address = f"{base}{door.path}"
    return {"address": address, "credentials": credentials, **_filled(door.more, known)}


def _purpose(code: str, table: Table, of: Neighbour) -> Iterator[str]:
    yield f"\n[doelbindingen.{code}]\n"
    yield from _pairs({**_seen(table, of), "headers": None, "zoekheaders": None})
    for offer in of.offers:
        for name in offer.doors:
            yield from _headers(offer, name, table, {**_names(of), "doelbinding": code})


def _seen(table: Table, of: Neighbour) -> Table:
    """A purpose or a service without the labels that this municipality has no source for."""
    sources = {name for offer in of.offers for name in offer.doors}
    levels = table.get("betrouwbaarheid_per_label", {})
    usable = {label: level for label, level in levels.items() if _usable(label, sources)}
    labels = [label for label in table["labels"] if _usable(label, sources)]
    return {**table, "labels": labels, "betrouwbaarheid_per_label": usable or None}


def _headers(offer: Offer, name: str, table: Table, known: Mapping[str, str]) -> Iterator[str]:
    """What one source hears of one purpose, and what it hears otherwise of a search."""
    always, searching = (table.get(kind, {}).get(name) for kind in ("headers", "zoekheaders"))
    if not always or not offer.headers:
        return
    told = _filled(offer.headers, {**known, **always})
    yield f"\n[doelbindingen.{known['doelbinding']}.headers.{name}]\n"
    yield from _pairs(told)
    other = _filled(offer.headers, {**known, **always, **(searching or {})})
    if other != told:
        yield f"\n[doelbindingen.{known['doelbinding']}.zoekheaders.{name}]\n"
        yield from _pairs({key: each for key, each in other.items() if each != told[key]})


def _usable(label: str, sources: Set[str]) -> bool:
    return not any(
        label.startswith(starts) for name, starts in _OF_SOURCE.items() if name not in sources
    )


def _filled(value: Any, known: Mapping[str, str]) -> Any:
    """`value` with the names in braces of all its texts filled in."""
    match value:
        case str():
            return value.format_map(known)
        case Mapping():
            return {name: _filled(each, known) for name, each in value.items()}
        case _:
            return value


# ---- TOML -----------------------------------------------------------------------------------


def _pairs(table: Table) -> Iterator[str]:
    """The lines of a table, without what is None."""
    for name, value in table.items():
        if value is None:
            continue
        line = f"{name} = {_written(value)}"
        yield (
            f"{line}\n" if len(line) <= 100 or not isinstance(value, list) else _folded(name, value)
        )


def _folded(name: str, values: list[Any]) -> str:
    """A long list over several lines."""
    items = ", ".join(map(_written, values))
    inside = fill(items, 98, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
    return f"{name} = [\n{inside},\n]\n"


def _key(name: str) -> str:
    return json.dumps(name) if "." in name else name


def _written(value: Any) -> str:
    match value:
        case Mapping():
            inside = ", ".join(f"{_key(name)} = {_written(each)}" for name, each in value.items())
            return f"{{ {inside} }}"
        case list():
            return f"[{', '.join(map(_written, value))}]"
        case _:
            return json.dumps(value, ensure_ascii=False)  # as TOML writes text, numbers, booleans
