"""Whether the Notificaties API answers as the municipality's file says (process): asked by
`bronpoort check`.

It is a source that no field is read from: `bronpoort abonneren` has it tell us what changes.
"""

from typing import Any

from gateway.source.errors import SourceFault, SourceMissing
from gateway.source.source import Source
from gateway.source.version import named
from schema.language.links import Advice, Capability

NO_API = "hier staat geen `kanaal`; laat `address` eindigen op het pad van de API, zoals .../api/v1"
NO_KANAAL = (
    "kent nog geen enkel kanaal, zodat er niets te melden is; laat ze registreren door de systemen "
    "die wijzigingen melden"
)


async def notificaties(source: Source) -> list[str]:
    """What is wrong with this source, in Dutch; raises SourceError if it does not answer."""
    heard: dict[str, str] = {}
    try:
        found = await source.get("kanaal", heard=heard)
    except SourceMissing:
        return [NO_API]
    names = sorted(kanalen_in(source, found))
    if not names:
        return [Advice(NO_KANAAL)]
    return [Capability(f"{named('Notificaties API', heard)}, kanalen: {', '.join(names)}")]


def kanalen_in(source: Source, answer: Any) -> frozenset[str]:
    """The names of the channels in an answer, which is a bare array; SourceFault if it is not."""
    if not isinstance(answer, list) or not all(
        isinstance(item, dict) and isinstance(item.get("naam"), str) for item in answer
    ):
        raise SourceFault(source.name, "no list of channels")
    return frozenset(item["naam"] for item in answer)
