"""Children, parents, partners and authority over minors, in the BRP (startup)."""

from __future__ import annotations

from enum import Enum

import strawberry

from schema.brp_labels import BSN, GEZAG, RELATIES
from schema.brp_naam import Geboorte, NaamGerelateerde
from schema.brp_waarden import InOnderzoek, MogelijkOnvolledigeDatum, Waardetabel
from schema.language.declare import copied, one_of, published
from schema.language.scalars import Bsn, PersoonRef


@published(label=RELATIES)
class KindInOnderzoek(InOnderzoek):
    """Of de gegevens over het kind mogelijk onjuist zijn."""

    burgerservicenummer: bool | None
    """Het burgerservicenummer is in onderzoek."""


@published(label=RELATIES)
class Kind:
    """Een kind, zoals het bij de ouder staat geregistreerd."""

    burgerservicenummer: Bsn | None = copied(
        label=BSN, description="Het burgerservicenummer van het kind; niet elk kind heeft er een."
    )
    persoon_ref: PersoonRef | None = copied("burgerservicenummer")
    """Een verwijzing naar deze persoon, te geven waar om een burgerservicenummer gevraagd wordt."""
    naam: NaamGerelateerde | None
    """De naam van het kind."""
    geboorte: Geboorte | None
    """Waar en wanneer het kind is geboren."""
    in_onderzoek: KindInOnderzoek | None
    """Welke gegevens over het kind worden onderzocht; leeg als er geen zijn."""


@strawberry.enum(description="Welke van de twee ouders het is; de volgorde zegt verder niets.")
class OuderAanduiding(Enum):
    OUDER1 = strawberry.enum_value("1", description="De ouder die als eerste is geregistreerd.")
    OUDER2 = strawberry.enum_value("2", description="De ouder die als tweede is geregistreerd.")


@published(label=RELATIES)
class OuderInOnderzoek(InOnderzoek):
    """Welke gegevens over de ouder mogelijk onjuist zijn: waar is wat wordt onderzocht."""

    burgerservicenummer: bool | None
    """Het burgerservicenummer is in onderzoek."""
    datum_ingang_familierechtelijke_betrekking: bool | None
    """De datum van de familierechtelijke betrekking is in onderzoek."""
    geslacht: bool | None
    """Het geslacht is in onderzoek."""


@published(label=RELATIES)
class Ouder:
    """Een ouder, zoals die bij het kind staat geregistreerd."""

    burgerservicenummer: Bsn | None = copied(
        label=BSN, description="Het burgerservicenummer van de ouder; niet elke ouder heeft er een."
    )
    persoon_ref: PersoonRef | None = copied("burgerservicenummer")
    """Een verwijzing naar deze persoon, te geven waar om een burgerservicenummer gevraagd wordt."""
    ouder_aanduiding: OuderAanduiding | None
    """Welke van de twee ouders het is."""
    geslacht: Waardetabel | None
    """Het geslacht van de ouder."""
    datum_ingang_familierechtelijke_betrekking: MogelijkOnvolledigeDatum | None
    """Vanaf wanneer de ouder in juridische zin ouder is."""
    naam: NaamGerelateerde | None
    """De naam van de ouder."""
    geboorte: Geboorte | None
    """Waar en wanneer de ouder is geboren."""
    in_onderzoek: OuderInOnderzoek | None
    """Welke gegevens over de ouder worden onderzocht; leeg als er geen zijn."""


@published(label=RELATIES)
class AangaanInOnderzoek(InOnderzoek):
    """Welke gegevens over het aangaan mogelijk onjuist zijn: waar is wat wordt onderzocht."""

    datum: bool | None
    """De datum is in onderzoek."""
    land: bool | None
    """Het land is in onderzoek."""
    plaats: bool | None
    """De plaats is in onderzoek."""


@published(label=RELATIES)
class AangaanHuwelijkPartnerschap:
    """Waar en wanneer een huwelijk of partnerschap is aangegaan."""

    datum: MogelijkOnvolledigeDatum | None
    """De datum waarop het is aangegaan."""
    plaats: Waardetabel | None
    """De plaats waar het is aangegaan; in het buitenland alleen een omschrijving."""
    land: Waardetabel | None
    """Het land waar het is aangegaan."""
    in_onderzoek: AangaanInOnderzoek | None
    """Welke gegevens hierover worden onderzocht; leeg als er geen zijn."""


@published(label=RELATIES)
class OntbindingInOnderzoek(InOnderzoek):
    """Of de datum van ontbinding mogelijk onjuist is."""

    datum: bool | None
    """De datum is in onderzoek."""


@published(label=RELATIES)
class OntbindingHuwelijkPartnerschap:
    """Wanneer een huwelijk of partnerschap is beëindigd."""

    datum: MogelijkOnvolledigeDatum | None
    """De datum waarop het is beëindigd."""
    in_onderzoek: OntbindingInOnderzoek | None
    """Of de datum wordt onderzocht; leeg als dat niet zo is."""


@published(label=RELATIES)
class PartnerInOnderzoek(InOnderzoek):
    """Welke gegevens over de partner mogelijk onjuist zijn: waar is wat wordt onderzocht."""

    burgerservicenummer: bool | None
    """Het burgerservicenummer is in onderzoek."""
    geslacht: bool | None
    """Het geslacht is in onderzoek."""
    soort_verbintenis: bool | None
    """Of het een huwelijk of partnerschap is, is in onderzoek."""


@published(label=RELATIES)
class Partner:
    """Een echtgenoot of geregistreerd partner; zonder huidige de laatste van wie is gescheiden."""

    burgerservicenummer: Bsn | None = copied(
        label=BSN,
        description="Het burgerservicenummer van de partner; niet elke partner heeft er een.",
    )
    persoon_ref: PersoonRef | None = copied("burgerservicenummer")
    """Een verwijzing naar deze persoon, te geven waar om een burgerservicenummer gevraagd wordt."""
    geslacht: Waardetabel | None
    """Het geslacht van de partner."""
    soort_verbintenis: Waardetabel | None
    """Of het een huwelijk of een geregistreerd partnerschap is."""
    naam: NaamGerelateerde | None
    """De naam van de partner."""
    geboorte: Geboorte | None
    """Waar en wanneer de partner is geboren."""
    aangaan_huwelijk_partnerschap: AangaanHuwelijkPartnerschap | None
    """Waar en wanneer het huwelijk of partnerschap is aangegaan."""
    ontbinding_huwelijk_partnerschap: OntbindingHuwelijkPartnerschap | None
    """Wanneer het huwelijk of partnerschap is beëindigd; leeg als dat niet zo is."""
    in_onderzoek: PartnerInOnderzoek | None
    """Welke gegevens over de partner worden onderzocht; leeg als er geen zijn."""


@published(label=GEZAG)
class NaamBijGezag:
    """De naam van iemand in een gezagsrelatie."""

    volledige_naam: str | None
    """De naam zoals die wordt uitgeschreven."""


@published(label=GEZAG)
class Minderjarige:
    """Het kind over wie het gezag gaat."""

    burgerservicenummer: Bsn | None = copied(
        label=BSN, description="Het burgerservicenummer van het kind."
    )
    persoon_ref: PersoonRef | None = copied("burgerservicenummer")
    """Een verwijzing naar deze persoon, te geven waar om een burgerservicenummer gevraagd wordt."""
    naam: NaamBijGezag | None
    """De naam van het kind."""
    leeftijd: int | None
    """De leeftijd van het kind in hele jaren."""


@published(label=GEZAG)
class GezagOuder:
    """Een ouder die gezag heeft."""

    burgerservicenummer: Bsn | None = copied(
        label=BSN, description="Het burgerservicenummer van de ouder; niet elke ouder heeft er een."
    )
    persoon_ref: PersoonRef | None = copied("burgerservicenummer")
    """Een verwijzing naar deze persoon, te geven waar om een burgerservicenummer gevraagd wordt."""
    naam: NaamBijGezag | None
    """De naam van de ouder."""


@strawberry.enum(description="Of bekend is welke derde het gezag heeft.")
class SoortDerde(Enum):
    BEKEND = strawberry.enum_value("BekendeDerde", description="Bekend is wie het is.")
    ONBEKEND = strawberry.enum_value("OnbekendeDerde", description="Niet bekend is wie het is.")


@one_of(by="type", label=GEZAG)
class Derde:
    """Iemand die gezag heeft en geen ouder is."""

    type: SoortDerde | None
    """Of bekend is wie het is."""


@published(label=GEZAG, when="BekendeDerde")
class BekendeDerde(Derde):
    """Een derde met gezag van wie bekend is wie het is."""

    burgerservicenummer: Bsn | None = copied(
        label=BSN, description="Het burgerservicenummer van de derde."
    )
    persoon_ref: PersoonRef | None = copied("burgerservicenummer")
    """Een verwijzing naar deze persoon, te geven waar om een burgerservicenummer gevraagd wordt."""
    naam: NaamBijGezag | None
    """De naam van de derde."""


@published(label=GEZAG, when="OnbekendeDerde")
class OnbekendeDerde(Derde):
    """Een derde met gezag van wie niet bekend is wie het is."""


@one_of(by="type", label=GEZAG)
class Gezagsrelatie:
    """Wie er gezag heeft over een minderjarige."""

    minderjarige: Minderjarige | None
    """Het kind over wie het gezag gaat."""
    in_onderzoek: bool | None
    """Waar, als gegevens worden onderzocht die het gezag bepalen."""


@published(label=GEZAG, when="GezamenlijkOuderlijkGezag")
class GezamenlijkOuderlijkGezag(Gezagsrelatie):
    """Twee ouders hebben samen het gezag."""

    ouders: list[GezagOuder] | None
    """De ouders."""


@published(label=GEZAG, when="EenhoofdigOuderlijkGezag")
class EenhoofdigOuderlijkGezag(Gezagsrelatie):
    """Eén ouder heeft het gezag."""

    ouder: GezagOuder | None
    """De ouder."""


@published(label=GEZAG, when="GezamenlijkGezag")
class GezamenlijkGezag(Gezagsrelatie):
    """Een ouder heeft het gezag samen met iemand die geen ouder is."""

    ouder: GezagOuder | None
    """De ouder."""
    derde: Derde | None
    """De ander."""


@published(label=GEZAG, when="Voogdij")
class Voogdij(Gezagsrelatie):
    """Een of meer anderen dan de ouders hebben het gezag."""

    derden: list[BekendeDerde] | None
    """De voogden, voor zover bekend; bij een instelling is de lijst leeg."""


@published(label=GEZAG, when="TijdelijkGeenGezag")
class TijdelijkGeenGezag(Gezagsrelatie):
    """Er is tijdelijk niemand die het gezag heeft."""

    toelichting: str | None
    """Waarom er niemand gezag heeft."""


@published(label=GEZAG, when="GezagNietTeBepalen")
class GezagNietTeBepalen(Gezagsrelatie):
    """Uit de gegevens in de BRP is niet op te maken wie het gezag heeft."""

    toelichting: str | None
    """Waarom dat niet op te maken is."""
