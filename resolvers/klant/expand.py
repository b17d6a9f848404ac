"""What a partij or klantcontact can bring along with `expand` (operation): names, and what came.

Klantinteracties API 0.9.0: `expand=hadBetrokkenen,hadBetrokkenen.wasPartij` gives `_expand` with
the objects themselves. A name below another gives nothing unless the one above is asked too. Only
what the selected links need is asked, and only of a source whose flag `expand` says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gateway.source.read import Fields
from gateway.source.source import Source
from resolvers.klant.zeef import PARTICIPANTS

Wire = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Expansion:
    """One name that can be expanded: the published links that it answers, the names below it."""

    name: str
    links: tuple[str, ...]
    below: tuple["Expansion", ...] = ()


ADRESSEN = Expansion("digitaleAdressen", ("digitaleAdressen",))
OF_PARTIJ = (ADRESSEN,)
OF_CONTACT = (
    Expansion(
        "hadBetrokkenen",
        ("hadBetrokkenen",),
        (ADRESSEN, Expansion("wasPartij", ("wasPartij",))),
    ),
    Expansion("gingOverOnderwerpobjecten", ("gingOverOnderwerpobjecten", "zaken")),
    Expansion("leiddeTotInterneTaken", ("leiddeTotInterneTaken",)),
    Expansion("omvatteBijlagen", ("omvatteBijlagen",)),
)


def expanding(
    source: Source, fields: Fields, expansions: tuple[Expansion, ...]
) -> Mapping[str, str]:
    """The parameter that asks for what the selected links need; empty if it is not wanted."""
    if source.flag("expand", "nooit") != "altijd":
        return {}
    names = dict.fromkeys([*_names(fields, expansions, ""), *_judged(fields)])
    return {"expand": ",".join(names)} if names else {}


def _judged(fields: Fields) -> Iterator[str]:
    """What must be known of a contact before it is shown: a name above before those below it."""
    if PARTICIPANTS in fields.paths:
        parts = PARTICIPANTS.split(".")
        yield from (".".join(parts[: size + 1]) for size in range(len(parts)))


def _names(fields: Fields, expansions: tuple[Expansion, ...], above: str) -> Iterator[str]:
    for expansion in expansions:
        selected = [fields.links[link] for link in expansion.links if link in fields.links]
        if selected:
            yield above + expansion.name
        for inner in selected:
            yield from _names(inner, expansion.below, f"{above}{expansion.name}.")


def came_along(holder: Wire, name: str) -> list[Any] | None:
    """What was expanded under a name, as a list; None if it was not expanded.

    A relation to nothing is left out of `_expand`: then there is nothing to know either.
    """
    expanded = holder.get("_expand")
    value = expanded.get(name) if isinstance(expanded, Mapping) else None
    if value is None:
        return None
    return value if isinstance(value, list) else [value]
