"""What is published of the gateway's own account: what was done with somebody's data (startup).

Not of a registry: the gateway wrote it down itself. Nothing tells who asked, or who else was
concerned.
"""

from __future__ import annotations

from schema.language.declare import published
from schema.language.scalars import Tijdstip

VERWERKINGEN = "persoon.verwerkingen"
"""What was asked about somebody, when, for what purpose and from which source."""


@published(label=VERWERKINGEN)
class Verwerking:
    """Eén keer dat deze gateway bij een bron naar gegevens over de inwoner vroeg."""

    tijdstip: Tijdstip
    """Wanneer ernaar gevraagd werd."""
    handeling: str
    """Wat er gedaan is, zoals `brp.personen`: het soort bron en het soort vraag."""
    bron: str
    """De bron waaraan het gevraagd werd, zoals de gemeente haar noemt."""
    doelbinding: str
    """De code van de doelbinding waarvoor het gevraagd werd."""
    waarvoor: str | None
    """Waarvoor, in woorden: de omschrijving die de doelbinding nu heeft; leeg als zij er niet meer
    is."""
    verwerkingsactiviteit: str
    """De verwerkingsactiviteit in het register van de gemeente (artikel 30 AVG), als URI."""
    gelukt: bool
    """Of de bron antwoord gaf; ook zonder antwoord, of als er niets was, is ernaar gevraagd."""
