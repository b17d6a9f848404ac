"""What the reads of the BRP beside persons have in common (operation): checks before and after.

A question that the source would refuse anyhow is refused here, with a sentence that helps.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from gateway.source.errors import SourceFault, SourceRefusedQuestion
from gateway.source.source import Source

Wire = Mapping[str, Any]

ENDS_TOO_SOON = "Kies een datumTot die na datumVan ligt: de periode loopt tot die dag."


def checked_period(source: Source, datum_van: str, datum_tot: str) -> Mapping[str, str]:
    """The parameters of a period (whole ISO dates; the last is not part of it).

    `SourceRefusedQuestion` if it has no days, as BRP Bewoning and BRP Historie demand.
    """
    if datum_tot <= datum_van:
        raise SourceRefusedQuestion(source.name, "not a period", message=ENDS_TOO_SOON)
    return {"datumVan": datum_van, "datumTot": datum_tot}


def items_of(source: Source, answer: Any, name: str) -> Sequence[Wire]:
    """The objects in the list of that name in an answer; SourceFault if it has no such list."""
    found = answer.get(name) if isinstance(answer, Mapping) else None
    if not isinstance(found, list) or not all(isinstance(item, Mapping) for item in found):
        raise SourceFault(source.name, "not the answer to this question")
    return found
