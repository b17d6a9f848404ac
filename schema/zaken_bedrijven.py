"""What is published of the zaken of a company, its owner or a vestiging (startup)."""

from __future__ import annotations

from schema.language.declare import published
from schema.language.scalars import Cursor
from schema.zaken import Zaak

BEDRIJF = "zaak.bedrijf"
"""The step from an organisation in a zaak to the Handelsregister."""
ZAKEN = "bedrijf.zaken"
"""The step from a company, its owner or a vestiging to the zaken in which it has a role."""


@published(label="zaak.basis", wire=("kvkNummer",))
class BedrijfZaakEdge:
    """Een zaak van een bedrijf in een lijst."""

    node: Zaak
    """De zaak zelf."""
    cursor: Cursor
    """De plaats in de lijst, om hierna verder te gaan."""


@published(label="zaak.basis", wire=("rsin",))
class EigenaarZaakEdge:
    """Een zaak van de eigenaar van een bedrijf in een lijst."""

    node: Zaak
    """De zaak zelf."""
    cursor: Cursor
    """De plaats in de lijst, om hierna verder te gaan."""


@published(label="zaak.basis", wire=("vestigingsnummer",))
class VestigingZaakEdge:
    """Een zaak van een vestiging in een lijst."""

    node: Zaak
    """De zaak zelf."""
    cursor: Cursor
    """De plaats in de lijst, om hierna verder te gaan."""
