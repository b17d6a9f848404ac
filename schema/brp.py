"""What is published of persons in the Basisregistratie Personen (startup).

Wire objects are the `Persoon`, `PersoonBeperkt` and `GezagPersoonBeperkt` of BRP Personen bevragen
2.7. The source leaves out what is absent, false, unknown or not asked, so nearly all is nullable.
"""

from __future__ import annotations

from schema.brp_labels import (
    A_NUMMER,
    ADRES,
    BASIS,
    BSN,
    CURATELE,
    GEBOORTE,
    GESLACHT,
    GEZAG,
    IMMIGRATIE,
    INSCHRIJVING,
    KIESRECHT,
    NAAM,
    NATIONALITEIT,
    OVERLIJDEN,
    RELATIES,
    VERBLIJFSTITEL,
)
from schema.brp_naam import Geboorte, GeboorteBeperkt, Naam, NaamBeperkt
from schema.brp_relaties import Gezagsrelatie, Kind, Ouder, Partner
from schema.brp_status import (
    EuropeesKiesrecht,
    Nationaliteit,
    OpschortingBijhouding,
    Overlijden,
    RniDeelnemer,
    UitsluitingKiesrecht,
    Verblijfstitel,
    Verificatie,
)
from schema.brp_verblijf import Adressering, AdresseringBeperkt, Immigratie, Verblijfplaats
from schema.brp_waarden import MogelijkOnvolledigeDatum, Waardetabel
from schema.language.declare import copied, derived, published
from schema.language.scalars import Bsn, PersoonRef


@published(label=BASIS)
class PersoonBeperktInOnderzoek:
    """Welke gegevens van een persoon mogelijk onjuist zijn: waar is wat wordt onderzocht."""

    burgerservicenummer: bool | None = copied(
        label=BSN, description="Het burgerservicenummer is in onderzoek."
    )
    geslacht: bool | None = copied(label=GESLACHT, description="Het geslacht is in onderzoek.")
    leeftijd: bool | None = copied(label=GEBOORTE, description="De leeftijd is in onderzoek.")
    datum_ingang_onderzoek_persoon: MogelijkOnvolledigeDatum | None
    """Vanaf wanneer de persoonsgegevens worden onderzocht."""


@published(label=BASIS)
class PersoonInOnderzoek(PersoonBeperktInOnderzoek):
    """Welke gegevens van een persoon mogelijk onjuist zijn: waar is wat wordt onderzocht."""

    gemeente_van_inschrijving: bool | None = copied(
        label=INSCHRIJVING, description="De gemeente van inschrijving is in onderzoek."
    )
    datum_inschrijving_in_gemeente: bool | None = copied(
        label=INSCHRIJVING, description="De datum van inschrijving is in onderzoek."
    )
    indicatie_curatele_register: bool | None = copied(
        label=CURATELE, description="Of de persoon onder curatele staat is in onderzoek."
    )
    datum_ingang_onderzoek_gemeente: MogelijkOnvolledigeDatum | None
    """Vanaf wanneer de gegevens over de inschrijving worden onderzocht."""
    datum_ingang_onderzoek_gezag: MogelijkOnvolledigeDatum | None
    """Vanaf wanneer de gegevens over gezag en curatele worden onderzocht."""


@published(label=BASIS, wire=("geheimhoudingPersoonsgegevens",))
class PersoonBasis:
    """Wat van elke gevonden persoon bekend is."""

    burgerservicenummer: Bsn | None = copied(label=BSN, description="Het burgerservicenummer.")
    persoon_ref: PersoonRef | None = copied("burgerservicenummer")
    """Een verwijzing naar deze persoon, te geven waar om een burgerservicenummer gevraagd wordt."""
    geslacht: Waardetabel | None = copied(label=GESLACHT, description="Het geslacht.")
    leeftijd: int | None = copied(label=GEBOORTE, description="De leeftijd in hele jaren.")
    opschorting_bijhouding: OpschortingBijhouding | None
    """Waarom de gegevens niet meer worden bijgehouden; leeg zolang dat wel gebeurt."""
    rni: list[RniDeelnemer] | None
    """De organisaties die gegevens van deze niet-ingezetene hebben aangeleverd."""
    verificatie: Verificatie | None
    """Wanneer de gegevens van deze niet-ingezetene zijn gecontroleerd."""

    @derived
    def geheimhouding_persoonsgegevens(geheimhouding_persoonsgegevens: bool | None) -> bool:
        """Of de persoon heeft gevraagd geen gegevens aan derden te geven."""
        return geheimhouding_persoonsgegevens is True


@published(label=BASIS)
class PersoonBeperkt(PersoonBasis):
    """Een persoon zoals die bij het zoeken wordt gevonden, met alleen de belangrijkste gegevens."""

    naam: NaamBeperkt | None = copied(label=NAAM, description="De naam.")
    geboorte: GeboorteBeperkt | None = copied(label=GEBOORTE, description="De geboorte.")
    adressering: AdresseringBeperkt | None
    """Het adres in regels voor een envelop."""
    in_onderzoek: PersoonBeperktInOnderzoek | None
    """Welke gegevens worden onderzocht; leeg als er geen zijn."""


@published(label=BASIS)
class GezagPersoonBeperkt(PersoonBeperkt):
    """Een persoon zoals die bij een adresseerbaar object wordt gevonden, met het gezag erbij."""

    gezag: list[Gezagsrelatie] | None = copied(
        label=GEZAG,
        description="Wie er gezag heeft over deze persoon, of over wie deze gezag heeft.",
    )


@published(label=BASIS)
class Persoon(PersoonBasis):
    """Een persoon zoals ingeschreven in de Basisregistratie Personen."""

    a_nummer: str | None = copied(
        label=A_NUMMER, description="Het administratienummer van de persoon in de BRP."
    )
    naam: Naam | None = copied(label=NAAM, description="De naam.")
    geboorte: Geboorte | None = copied(
        label=GEBOORTE, description="Waar en wanneer de persoon is geboren."
    )
    overlijden: Overlijden | None = copied(
        label=OVERLIJDEN, description="Waar en wanneer de persoon is overleden."
    )
    adressering: Adressering | None
    """Hoe de persoon wordt aangeschreven."""
    verblijfplaats: Verblijfplaats | None = copied(
        label=ADRES, description="Waar de persoon verblijft."
    )
    immigratie: Immigratie | None = copied(
        label=IMMIGRATIE, description="Hoe de persoon in Nederland is komen wonen."
    )
    gemeente_van_inschrijving: Waardetabel | None = copied(
        label=INSCHRIJVING, description="De gemeente waar de persoon is ingeschreven."
    )
    datum_inschrijving_in_gemeente: MogelijkOnvolledigeDatum | None = copied(
        label=INSCHRIJVING, description="Vanaf wanneer de persoon daar is ingeschreven."
    )
    datum_eerste_inschrijving_gba: MogelijkOnvolledigeDatum | None = copied(
        "datumEersteInschrijvingGBA",
        name="datumEersteInschrijvingGBA",
        label=INSCHRIJVING,
        description="Wanneer de persoon voor het eerst is ingeschreven.",
    )
    nationaliteiten: list[Nationaliteit] | None = copied(
        label=NATIONALITEIT, description="De huidige nationaliteiten."
    )
    verblijfstitel: Verblijfstitel | None = copied(
        label=VERBLIJFSTITEL, description="Op welke grond een vreemdeling hier mag verblijven."
    )
    uitsluiting_kiesrecht: UitsluitingKiesrecht | None = copied(
        label=KIESRECHT, description="Of de persoon niet mag stemmen."
    )
    europees_kiesrecht: EuropeesKiesrecht | None = copied(
        label=KIESRECHT, description="Of de persoon voor het Europees Parlement stemt."
    )
    indicatie_curatele_register: bool | None = copied(
        label=CURATELE, description="Waar, als de persoon onder curatele staat."
    )
    gezag: list[Gezagsrelatie] | None = copied(
        label=GEZAG,
        description="Wie er gezag heeft over deze persoon, of over wie deze gezag heeft.",
    )
    kinderen: list[Kind] | None = copied(label=RELATIES, description="De kinderen.")
    ouders: list[Ouder] | None = copied(label=RELATIES, description="De ouders.")
    partners: list[Partner] | None = copied(
        label=RELATIES, description="De huidige partner, of anders de laatste."
    )
    in_onderzoek: PersoonInOnderzoek | None
    """Welke gegevens worden onderzocht; leeg als er geen zijn."""
