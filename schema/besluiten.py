"""What is published of the Besluiten API (ZGW): besluiten and their documents (startup).

Names follow the Besluiten API 1.1.0. Addresses of the source are never published.
"""

from __future__ import annotations

from enum import Enum

import strawberry

from schema.catalogi import uuid_of_address
from schema.language.declare import derived, published, source_name
from schema.language.scalars import Datum

BESLUIT = "besluit.basis"


@strawberry.enum(description="Waardoor een besluit niet meer geldt.")
class Vervalreden(Enum):
    TIJDELIJK = strawberry.enum_value(
        "tijdelijk", description="Het besluit gold voor een bepaalde tijd."
    )
    INGETROKKEN_OVERHEID = strawberry.enum_value(
        "ingetrokken_overheid", description="De overheid heeft het besluit ingetrokken."
    )
    INGETROKKEN_BELANGHEBBENDE = strawberry.enum_value(
        "ingetrokken_belanghebbende",
        description="Het besluit is ingetrokken op verzoek van een belanghebbende.",
    )


@published(label=BESLUIT, wire=("url", "besluittype", "zaak"), blank_is_absent=True)
class Besluit:
    """Een beslissing van een bestuursorgaan, meestal aan het eind van een zaak."""

    uuid = derived(uuid_of_address)

    bron: str = source_name()
    identificatie: str | None
    """Het kenmerk van het besluit, uniek binnen de verantwoordelijke organisatie."""
    verantwoordelijke_organisatie: str
    """Het RSIN van de organisatie die het besluit heeft vastgesteld."""
    datum: Datum | None
    """De dag waarop besloten is."""
    toelichting: str | None
    """Uitleg over het besluit, in vrije tekst."""
    bestuursorgaan: str | None
    """Het orgaan dat het besluit nam, zoals het college van burgemeester en wethouders."""
    ingangsdatum: Datum | None
    """De dag waarop het besluit ingaat."""
    vervaldatum: Datum | None
    """De dag waarop het besluit eindigt; leeg als dat niet vaststaat."""
    vervalreden: Vervalreden | None
    """Waardoor het besluit eindigt."""
    publicatiedatum: Datum | None
    """De dag waarop het besluit bekendgemaakt is of wordt."""
    verzenddatum: Datum | None
    """De dag waarop het besluit verstuurd is."""
    uiterlijke_reactiedatum: Datum | None
    """De laatste dag waarop tegen het besluit opgekomen kan worden."""


@published(label=BESLUIT, wire=("url", "besluit", "informatieobject"), blank_is_absent=True)
class Besluitinformatieobject:
    """Dat een document bij een besluit hoort."""

    uuid = derived(uuid_of_address)
