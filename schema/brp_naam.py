"""Names and births in the BRP, of persons and of their relatives (startup)."""

from __future__ import annotations

from enum import Enum

import strawberry

from schema.brp_labels import BASIS, NAAM, RELATIES
from schema.brp_waarden import InOnderzoek, MogelijkOnvolledigeDatum, Waardetabel
from schema.language.declare import published


@strawberry.enum(description="Of het om een adellijke titel of om een predicaat gaat.")
class SoortAdellijkeTitelPredicaat(Enum):
    TITEL = strawberry.enum_value("titel", description="Een titel, zoals baron of gravin.")
    PREDICAAT = strawberry.enum_value("predicaat", description="Jonkheer of jonkvrouw.")


@published(label=BASIS)
class AdellijkeTitelPredicaat:
    """Een adellijke titel of een predicaat."""

    code: str | None
    """De code in de landelijke tabel."""
    omschrijving: str | None
    """De titel of het predicaat."""
    soort: SoortAdellijkeTitelPredicaat | None
    """Of het een titel of een predicaat is."""


@published(label=BASIS)
class NaamGerelateerdeInOnderzoek(InOnderzoek):
    """Welke delen van de naam mogelijk onjuist zijn: waar is wat wordt onderzocht."""

    voornamen: bool | None
    """De voornamen zijn in onderzoek."""
    adellijke_titel_predicaat: bool | None
    """De titel of het predicaat is in onderzoek."""
    voorvoegsel: bool | None
    """Het voorvoegsel is in onderzoek."""
    geslachtsnaam: bool | None
    """De geslachtsnaam is in onderzoek."""
    voorletters: bool | None
    """De voorletters zijn in onderzoek."""


@published(label=BASIS)
class NaamBeperktInOnderzoek(NaamGerelateerdeInOnderzoek):
    """Welke delen van de naam mogelijk onjuist zijn: waar is wat wordt onderzocht."""

    volledige_naam: bool | None
    """De volledige naam is in onderzoek."""


@published(label=BASIS)
class NaamInOnderzoek(NaamBeperktInOnderzoek):
    """Welke delen van de naam mogelijk onjuist zijn: waar is wat wordt onderzocht."""

    aanduiding_naamgebruik: bool | None
    """De voorkeur voor de naam bij aanschrijven is in onderzoek."""


@published(label=RELATIES)
class NaamGerelateerde:
    """De naam van een kind, ouder of partner."""

    voornamen: str | None
    """De voornamen, gescheiden door spaties."""
    voorletters: str | None
    """De voorletters."""
    voorvoegsel: str | None
    """Wat er voor de geslachtsnaam komt, zoals "van der"."""
    geslachtsnaam: str | None
    """De geslachtsnaam zonder voorvoegsel."""
    adellijke_titel_predicaat: AdellijkeTitelPredicaat | None
    """De adellijke titel of het predicaat."""
    in_onderzoek: NaamGerelateerdeInOnderzoek | None
    """Welke delen van de naam worden onderzocht; leeg als er geen zijn."""


@published(label=NAAM)
class NaamBeperkt(NaamGerelateerde):
    """De naam van een persoon, zoals die bij het zoeken wordt gevonden."""

    volledige_naam: str | None
    """De naam zoals die wordt uitgeschreven."""
    in_onderzoek: NaamBeperktInOnderzoek | None
    """Welke delen van de naam worden onderzocht; leeg als er geen zijn."""


@published(label=NAAM)
class Naam(NaamBeperkt):
    """De naam van een persoon."""

    aanduiding_naamgebruik: Waardetabel | None
    """Of de persoon met de eigen naam, die van de partner of beide wil worden aangeschreven."""
    in_onderzoek: NaamInOnderzoek | None
    """Welke delen van de naam worden onderzocht; leeg als er geen zijn."""


@published(label=BASIS)
class GeboorteBeperktInOnderzoek(InOnderzoek):
    """Of de geboortedatum mogelijk onjuist is."""

    datum: bool | None
    """De geboortedatum is in onderzoek."""


@published(label=BASIS)
class GeboorteInOnderzoek(GeboorteBeperktInOnderzoek):
    """Welke gegevens over de geboorte mogelijk onjuist zijn."""

    land: bool | None
    """Het geboorteland is in onderzoek."""
    plaats: bool | None
    """De geboorteplaats is in onderzoek."""


@published(label=BASIS)
class GeboorteBeperkt:
    """De geboorte van een persoon, zoals die bij het zoeken wordt gevonden."""

    datum: MogelijkOnvolledigeDatum | None
    """De geboortedatum."""
    in_onderzoek: GeboorteBeperktInOnderzoek | None
    """Of de geboortedatum wordt onderzocht; leeg als dat niet zo is."""


@published(label=BASIS)
class Geboorte(GeboorteBeperkt):
    """Waar en wanneer iemand is geboren."""

    plaats: Waardetabel | None
    """De geboorteplaats; een plaats in het buitenland heeft alleen een omschrijving."""
    land: Waardetabel | None
    """Het geboorteland."""
    in_onderzoek: GeboorteInOnderzoek | None
    """Welke gegevens over de geboorte worden onderzocht; leeg als er geen zijn."""
