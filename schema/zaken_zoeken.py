"""By what zaken can be searched and sorted (ZGW) (startup).

What the Zaken API 1.5.1 can be asked. A person is searched by BSN with a question of its own.
"""

from __future__ import annotations

from enum import Enum

import strawberry

from schema.catalogi import (
    Archiefnominatie,
    RolOmschrijvingGeneriek,
    Vertrouwelijkheidaanduiding,
)
from schema.language.declare import asked
from schema.language.scalars import Datum, Identificatie, KvkNummer, Rsin, Uuid, Vestigingsnummer
from schema.zaken import Archiefstatus, BetrokkeneType


@strawberry.enum(description="Waarop zaken gesorteerd worden.")
class ZaakVolgorde(Enum):
    STARTDATUM = strawberry.enum_value("startdatum", description="Startdatum, oudste eerst.")
    STARTDATUM_AFLOPEND = strawberry.enum_value(
        "-startdatum", description="Startdatum, nieuwste eerst."
    )
    EINDDATUM = strawberry.enum_value("einddatum", description="Einddatum, oudste eerst.")
    EINDDATUM_AFLOPEND = strawberry.enum_value(
        "-einddatum", description="Einddatum, nieuwste eerst."
    )
    REGISTRATIEDATUM = strawberry.enum_value(
        "registratiedatum", description="Registratiedatum, oudste eerst."
    )
    REGISTRATIEDATUM_AFLOPEND = strawberry.enum_value(
        "-registratiedatum", description="Registratiedatum, nieuwste eerst."
    )
    PUBLICATIEDATUM = strawberry.enum_value(
        "publicatiedatum", description="Publicatiedatum, oudste eerst."
    )
    PUBLICATIEDATUM_AFLOPEND = strawberry.enum_value(
        "-publicatiedatum", description="Publicatiedatum, nieuwste eerst."
    )
    ARCHIEFACTIEDATUM = strawberry.enum_value(
        "archiefactiedatum", description="Archiefactiedatum, oudste eerst."
    )
    ARCHIEFACTIEDATUM_AFLOPEND = strawberry.enum_value(
        "-archiefactiedatum", description="Archiefactiedatum, nieuwste eerst."
    )
    IDENTIFICATIE = strawberry.enum_value("identificatie", description="Zaaknummer, oplopend.")
    IDENTIFICATIE_AFLOPEND = strawberry.enum_value(
        "-identificatie", description="Zaaknummer, aflopend."
    )


@asked
class ZaakFilter:
    """Waaraan zaken moeten voldoen: aan alles wat is ingevuld."""

    identificatie: Identificatie | None
    """Het zaaknummer; meer organisaties en meer bronnen kunnen een zaak met dat nummer hebben."""
    open: bool | None
    """Waar geeft alleen zaken zonder einddatum, onwaar alleen afgeronde zaken."""
    zaaktype: Uuid | None
    """Het uuid van het zaaktype; dat is één versie daarvan."""
    bronorganisatie: Rsin | None
    """Het RSIN van de organisatie die de zaak heeft aangemaakt."""
    startdatum_vanaf: Datum | None
    """De eerste startdatum die meedoet."""
    startdatum_tot_en_met: Datum | None
    """De laatste startdatum die meedoet."""
    einddatum_vanaf: Datum | None
    """De eerste einddatum die meedoet; een open zaak doet dan niet mee."""
    einddatum_tot_en_met: Datum | None
    """De laatste einddatum die meedoet; een open zaak doet dan niet mee."""
    registratiedatum_vanaf: Datum | None
    """De eerste registratiedatum die meedoet."""
    registratiedatum_tot_en_met: Datum | None
    """De laatste registratiedatum die meedoet."""
    uiterlijke_einddatum_afdoening_vanaf: Datum | None
    """De eerste uiterlijke einddatum die meedoet."""
    uiterlijke_einddatum_afdoening_tot_en_met: Datum | None
    """De laatste uiterlijke einddatum die meedoet; handig om te zien wat te laat dreigt."""
    maximale_vertrouwelijkheidaanduiding: Vertrouwelijkheidaanduiding | None
    """Hoe vertrouwelijk een zaak hoogstens is."""
    archiefnominatie: Archiefnominatie | None
    """Wat er met het dossier gebeurt."""
    archiefstatus: Archiefstatus | None
    """Hoe ver het archiveren is."""


@asked
class RolFilter:
    """Wie bij een zaak betrokken moet zijn; alles wat is ingevuld moet voor de zaak gelden.

    Zaken van een persoon worden met diens burgerservicenummer gevonden met `zakenVanPersoon`.
    """

    omschrijving_generiek: RolOmschrijvingGeneriek | None
    """De aard van de rol."""
    betrokkene_type: BetrokkeneType | None
    """Wat voor iemand het is."""
    rsin: Rsin | None
    """Het RSIN van een organisatie."""
    kvk_nummer: KvkNummer | None
    """Het KVK-nummer van een organisatie; niet elke bron kan daarop zoeken."""
    vestigingsnummer: Vestigingsnummer | None
    """Het nummer van een vestiging."""
    medewerker: Identificatie | None
    """Het kenmerk van een medewerker."""
    organisatorische_eenheid: Identificatie | None
    """Het kenmerk van een afdeling of team."""
