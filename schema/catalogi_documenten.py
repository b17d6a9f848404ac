"""What the Catalogi API publishes of kinds of documents and besluiten (ZGW) (startup).

Names follow the Catalogi API 1.3.1. Kinds of zaken are in schema.catalogi.
"""

from __future__ import annotations

from schema.catalogi import Vertrouwelijkheidaanduiding, uuid_of_address
from schema.language.declare import copied, derived, published, source_name
from schema.language.scalars import Datum, Duur


@published(label="catalogus.basis", wire=("url", "catalogus"), blank_is_absent=True)
class Informatieobjecttype:
    """Een soort document dat bij zaken of besluiten hoort."""

    uuid = derived(uuid_of_address)

    bron: str = source_name()
    omschrijving: str | None
    """Hoe documenten van dit type heten."""
    omschrijving_generiek: str | None = copied(
        "omschrijvingGeneriek.informatieobjecttypeOmschrijvingGeneriek"
    )
    """Hoe documenten van dit type landelijk heten."""
    informatieobjectcategorie: str | None
    """De aard van documenten van dit type, zoals brief of advies."""
    vertrouwelijkheidaanduiding: Vertrouwelijkheidaanduiding | None
    """Hoe vertrouwelijk documenten van dit type zijn, als bij het document niets anders staat."""
    trefwoord: list[str] | None
    """Woorden waarmee documenten van dit type te vinden zijn."""
    concept: bool | None
    """Of dit type nog in ontwerp is."""
    begin_geldigheid: Datum | None
    """De eerste dag waarop dit type geldt."""
    einde_geldigheid: Datum | None
    """De laatste dag waarop dit type geldt; leeg zolang het geldt."""


@published(
    label="catalogus.basis",
    wire=("url", "catalogus", "informatieobjecttypen"),
    blank_is_absent=True,
)
class Besluittype:
    """Een soort besluit dat uit zaken kan volgen."""

    uuid = derived(uuid_of_address)

    bron: str = source_name()
    omschrijving: str | None
    """Hoe besluiten van dit type heten."""
    omschrijving_generiek: str | None
    """Hoe besluiten van dit type landelijk heten."""
    besluitcategorie: str | None
    """De aard van besluiten van dit type."""
    reactietermijn: Duur | None
    """Hoe lang na de verzending op een besluit gereageerd kan worden, zoals met bezwaar."""
    publicatie_indicatie: bool | None
    """Of besluiten van dit type bekendgemaakt worden."""
    publicatietekst: str | None
    """De tekst waarmee een besluit van dit type bekendgemaakt wordt."""
    publicatietermijn: Duur | None
    """Hoe lang na de verzending een besluit bekendgemaakt blijft."""
    toelichting: str | None
    """Uitleg over het besluittype."""
    concept: bool | None
    """Of dit type nog in ontwerp is."""
    begin_geldigheid: Datum | None
    """De eerste dag waarop dit type geldt."""
    einde_geldigheid: Datum | None
    """De laatste dag waarop dit type geldt; leeg zolang het geldt."""
