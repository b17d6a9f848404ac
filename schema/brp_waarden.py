"""What the BRP's records are built of: coded values, incomplete dates, doubts (startup).

BRP Personen bevragen 2.7: `Waardetabel`, `AbstractDatum` and `InOnderzoek`.
"""

from __future__ import annotations

from enum import Enum

import strawberry

from schema.brp_labels import BASIS
from schema.language.declare import derived, published
from schema.language.scalars import Datum, DatumIncompleet


@strawberry.enum(description="Hoeveel er van een datum bekend is.")
class SoortDatum(Enum):
    VOLLEDIG = strawberry.enum_value("Datum", description="Jaar, maand en dag zijn bekend.")
    JAAR_EN_MAAND = strawberry.enum_value("JaarMaandDatum", description="De dag is onbekend.")
    JAAR = strawberry.enum_value("JaarDatum", description="Maand en dag zijn onbekend.")
    ONBEKEND = strawberry.enum_value("DatumOnbekend", description="De datum is onbekend.")


@strawberry.enum(description="Het geslacht van wie gezocht wordt.")
class GezochtGeslacht(Enum):
    MAN = strawberry.enum_value("M", description="Man.")
    VROUW = strawberry.enum_value("V", description="Vrouw.")
    ONBEKEND = strawberry.enum_value("O", description="Het geslacht is niet bekend.")


@published(label=BASIS)
class MogelijkOnvolledigeDatum:
    """Een datum waarvan de dag, de maand of alles onbekend kan zijn."""

    type: SoortDatum | None
    """Hoeveel er van de datum bekend is."""
    datum: Datum | None
    """De datum, als jaar, maand en dag bekend zijn."""
    jaar: int | None
    """Het jaar, als alleen dat of alleen jaar en maand bekend zijn."""
    maand: int | None
    """De maand (1 tot en met 12), als alleen jaar en maand bekend zijn."""
    onbekend: bool | None
    """Waar, als er niets van de datum bekend is."""
    lang_formaat: str | None
    """De datum zoals die wordt uitgeschreven."""

    @derived
    def waarde(datum: str | None, jaar: int | None, maand: int | None) -> DatumIncompleet | None:
        """Wat er bekend is als jjjj-mm-dd, jjjj-mm of jjjj; leeg als de datum onbekend is."""
        if datum is not None:
            return DatumIncompleet(datum)
        if jaar is None:
            return None
        return DatumIncompleet(f"{jaar:04d}" if maand is None else f"{jaar:04d}-{maand:02d}")


@published(label=BASIS)
class Waardetabel:
    """Een code uit een landelijke tabel, met wat die betekent."""

    code: str | None
    """De code in de tabel."""
    omschrijving: str | None
    """Wat de code betekent."""


@published(label=BASIS)
class InOnderzoek:
    """Welke gegevens mogelijk onjuist zijn: waar is wat wordt onderzocht."""

    datum_ingang_onderzoek: MogelijkOnvolledigeDatum | None
    """Vanaf wanneer het onderzoek loopt."""
