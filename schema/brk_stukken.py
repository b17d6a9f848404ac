"""What is published of deeds, and of whatever refers to them (startup). BRK bevragen 2.0.

A deed (stuk) has parts (stukdelen), each with one fact of law. Nearly everything in the BRK says on
which part it is based, and in which others it is mentioned.
"""

from __future__ import annotations

from schema.brk_labels import KOOPSOM, STUKKEN
from schema.brk_waarden import BedragBrk, WaardeBrk
from schema.language.declare import copied, published
from schema.language.scalars import Identificatie


@published(label=STUKKEN)
class InStukken:
    """Wat in akten staat."""

    stuk_identificaties: list[Identificatie] | None = copied(label=STUKKEN)
    """De kenmerken van de akten en andere stukken waaruit dit volgt."""
    is_vermeld_in_stukdeel_identificaties: list[Identificatie] | None = copied(label=STUKKEN)
    """De kenmerken van de stukdelen waarin dit wordt vermeld."""


@published(label=STUKKEN)
class OpStukdeel(InStukken):
    """Wat op een stukdeel is gebaseerd."""

    is_gebaseerd_op_stukdeel_identificatie: Identificatie | None = copied(label=STUKKEN)
    """Het kenmerk van het stukdeel waarop dit is gebaseerd."""


@published(label=STUKKEN)
class OpStukdelen(InStukken):
    """Wat op stukdelen is gebaseerd."""

    is_gebaseerd_op_stukdeel_identificaties: list[Identificatie] | None = copied(label=STUKKEN)
    """De kenmerken van de stukdelen waarop dit is gebaseerd."""


@published(label=STUKKEN)
class DeelEnNummer:
    """Waar een stuk in de openbare registers staat."""

    deel: str | None
    """Het deel van het register."""
    nummer: str | None
    """Het volgnummer in het deel."""
    reeks: WaardeBrk | None
    """De reeks: het kantoor dat het stuk inschreef."""
    registercode: WaardeBrk | None
    """Het register."""
    soort_register: WaardeBrk | None
    """De soort van het register."""


@published(label=STUKKEN)
class EquivalentieVerklaarder:
    """Wie verklaarde dat het stuk gelijk is aan het origineel, meestal een notaris."""

    voornamen: str | None
    """De voornamen."""
    voorvoegsel: str | None
    """Wat voor de geslachtsnaam komt."""
    geslachtsnaam: str | None
    """De geslachtsnaam."""
    standplaats: str | None
    """De plaats van vestiging."""


@published(label=STUKKEN)
class RedenVerzoek:
    """Waarom het Kadaster een stuk niet inschreef of verbetering vroeg."""

    reden: WaardeBrk | None
    """De reden."""
    reden_omschrijving: str | None
    """De reden in woorden, als die niet in de waardelijst staat."""


@published(label=STUKKEN)
class Kadasterverzoek:
    """Een verzoek van het Kadaster om een stuk te verbeteren."""

    aard: WaardeBrk | None
    """De aard van het verzoek."""
    redenen_verzoek: list[RedenVerzoek] | None
    """De redenen van het verzoek."""


@published(label=STUKKEN)
class Stuk:
    """Een akte of ander brondocument in de openbare registers."""

    identificatie: Identificatie
    """Het kenmerk van het stuk."""
    domein: str | None
    """Het domein waarin het kenmerk geldt."""
    aard: WaardeBrk | None
    """De aard van het stuk."""
    status: WaardeBrk | None
    """Hoe ver de inschrijving van het stuk is."""
    deel_en_nummer: DeelEnNummer | None
    """Waar het stuk in de openbare registers staat."""
    toelichting_bewaarder: str | None
    """Een toelichting van de bewaarder van het Kadaster."""
    bewaarders_verklaring: str | None
    """Een verbetering door de bewaarder van het Kadaster."""
    indicatie_tekening_bijgevoegd: bool | None
    """Of er een tekening bij het stuk hoort."""
    equivalentie_verklaarder: EquivalentieVerklaarder | None
    """Wie verklaarde dat het stuk gelijk is aan het origineel."""
    kadasterverzoeken: list[Kadasterverzoek] | None
    """De verzoeken van het Kadaster over het stuk."""
    stukdeel_identificaties: list[Identificatie] | None
    """De kenmerken van de delen van het stuk."""


@published(label=STUKKEN)
class Stukdeel:
    """Een deel van een stuk met één rechtsfeit."""

    identificatie: Identificatie
    """Het kenmerk van het stukdeel."""
    domein: str | None
    """Het domein waarin het kenmerk geldt."""
    aard: WaardeBrk | None
    """De aard van het rechtsfeit."""
    bedrag_transactiesom_levering: BedragBrk | None = copied(label=KOOPSOM)
    """Het bedrag waarvoor is geleverd."""
    omschrijving_kadastrale_objecten: str | None
    """De kadastrale objecten, in woorden."""
    omschrijving_topografische_mutatie: str | None
    """Wat er in het terrein verandert, in woorden."""
