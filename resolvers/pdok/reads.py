"""The questions that are put to the Locatieserver (operation); declared at startup.

Locatieserver 3.1, without a key. Names of properties are asked for (`fl`), all that is published,
so that kept answers serve every question. It is open data, the same for everybody; what is typed
is part of a question, so suggestions are kept for a few minutes only.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from gateway.source.errors import SourceFault, SourceRefusedQuestion
from gateway.source.keep import DataClass, Keep, Sharing
from gateway.source.read import About, Fields, read, whole
from gateway.source.source import Source
from resolvers.pdok.text import plain
from schema.pdok import Locatie, LocatieSuggestie

Wire = Mapping[str, Any]

HOURS = Keep.shared(
    DataClass.OPEN,
    Sharing.EVERYONE,
    fresh=14_400,
    stale_while_revalidate=3_600,
    stale_if_error=86_400,
)
MINUTES = Keep.shared(DataClass.OPEN, Sharing.EVERYONE, fresh=300)
SUGGESTED = ("id", "type", "weergavenaam", "score")
PARTS_OF_PERCEEL = ("kadastrale_gemeentecode", "kadastrale_sectie", "perceelnummer")
"""Of a place that is a perceel. The description of 3.0.0 leaves out what a document holds; others
who ask the Locatieserver name these."""
KNOWN = (
    "id",
    "type",
    "bron",
    "weergavenaam",
    "straatnaam",
    "huisnummer",
    "huisletter",
    "huisnummertoevoeging",
    "huis_nlt",
    "postcode",
    "woonplaatsnaam",
    "woonplaatscode",
    "gemeentenaam",
    "gemeentecode",
    "provincienaam",
    "nummeraanduiding_id",
    "adresseerbaarobject_id",
    "openbareruimte_id",
    "gekoppeld_perceel",
    *PARTS_OF_PERCEEL,
    "centroide_rd",
    "centroide_ll",
)
_ID = re.compile("[a-z]{3}-[0-9a-f]{32}", re.ASCII)


def locatie_key(source: Source, value: Any) -> str:
    """The identification of a place; SourceRefusedQuestion for anything else."""
    if not isinstance(value, str) or _ID.fullmatch(value) is None:
        message = "Dit is geen kenmerk van de Locatieserver; gebruik er een uit het antwoord."
        raise SourceRefusedQuestion(source.name, "not an id", message=message)
    return value


@read("pdok", keep=MINUTES, about=About.OPEN, parts=whole, gives=LocatieSuggestie)
async def locaties_gesuggereerd(
    pdok: Source, fields: Fields, *, zoektekst: str, soort: str | None, aantal: int
) -> Sequence[Wire]:
    """Places whose names fit what was typed so far, the best first."""
    params = {
        "q": plain(pdok, zoektekst),
        "fl": ",".join(SUGGESTED),
        "rows": str(aantal),
    }
    if soort is not None:
        params["fq"] = f"type:{soort}"
    found = docs(pdok, await pdok.get("suggest", params=params))
    if len(found) > aantal:
        raise SourceFault(pdok.name, "more than was asked for")
    if soort is not None and any(item.get("type") != soort for item in found):
        raise SourceFault(pdok.name, "places of another kind")
    return found


@read("pdok", keep=HOURS, about=About.OPEN, parts=whole, key_of=locatie_key, gives=Locatie)
async def locatie(pdok: Source, identificatie: str, fields: Fields) -> Wire | None:
    """The place that was chosen."""
    params = {"id": identificatie, "fl": ",".join(KNOWN)}
    found = docs(pdok, await pdok.get("lookup", params=params))
    if not found:
        return None
    if len(found) > 1 or found[0]["id"] != identificatie:
        raise SourceFault(pdok.name, "another place than was asked for")
    return {**found[0], "percelen": _percelen(found[0])}


def docs(pdok: Source, answer: Any) -> Sequence[Wire]:
    """The documents in the envelope of Solr; SourceFault if there is none."""
    match answer:
        case {"response": {"docs": list(found)}} if all(map(_is_doc, found)):
            return found
    raise SourceFault(pdok.name, "not an answer of Solr")


def _percelen(place: Wire) -> list[Any]:
    """The percelen under an address, or the one that the place is: WDV00-A-1."""
    if place.get("type") != "perceel":
        found = place.get("gekoppeld_perceel")
        return found if isinstance(found, list) else []
    parts = [place.get(name) for name in PARTS_OF_PERCEEL]
    return ["-".join(map(str, parts))] if all(parts) else []


def _is_doc(item: Any) -> bool:
    return isinstance(item, Mapping) and isinstance(item.get("id"), str)
