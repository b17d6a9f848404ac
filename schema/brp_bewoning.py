"""Who lived at an adresseerbaar object, on a day or in a period (startup).

Wire objects are the `Bewoning` of BRP Bewoning 2.1. Every composition of residents is one bewoning.
Of more than a hundred residents the source tells no more than that there are so many.
"""

from __future__ import annotations

from schema.brp_labels import BEWONING_HISTORIE, BSN, GEBOORTE, NAAM
from schema.brp_waarden import MogelijkOnvolledigeDatum
from schema.language.declare import copied, derived, published
from schema.language.scalars import AdresseerbaarObjectId, Bsn, Datum, PersoonRef


@published(label=BEWONING_HISTORIE)
class BewoningPeriode:
    """Zolang er dezelfde personen woonden, binnen de tijd waarnaar gevraagd is."""

    datum_van: Datum | None
    """De eerste dag."""
    datum_tot: Datum | None
    """De dag na de laatste dag."""


@published(label=NAAM)
class NaamBewoner:
    """De naam van een bewoner."""

    volledige_naam: str | None
    """De naam zoals die wordt uitgeschreven."""


@published(label=GEBOORTE)
class GeboorteBewoner:
    """De geboorte van een bewoner."""

    datum: MogelijkOnvolledigeDatum | None
    """De geboortedatum."""


@published(label=BEWONING_HISTORIE, wire=("geheimhoudingPersoonsgegevens", "inOnderzoek"))
class Bewoner:
    """Een persoon die er woonde of misschien woonde."""

    burgerservicenummer: Bsn | None = copied(label=BSN, description="Het burgerservicenummer.")
    persoon_ref: PersoonRef | None = copied("burgerservicenummer")
    """Een verwijzing naar deze persoon, te geven waar om een burgerservicenummer gevraagd wordt."""
    naam: NaamBewoner | None = copied(label=NAAM, description="De naam.")
    geboorte: GeboorteBewoner | None = copied(label=GEBOORTE, description="De geboorte.")

    @derived
    def geheimhouding_persoonsgegevens(geheimhouding_persoonsgegevens: bool | None) -> bool:
        """Of de persoon heeft gevraagd geen gegevens aan derden te geven."""
        return geheimhouding_persoonsgegevens is True

    @derived
    def in_onderzoek(in_onderzoek: bool | None) -> bool:
        """Of wordt onderzocht dat de persoon hier verblijft."""
        return in_onderzoek is True


@published(label=BEWONING_HISTORIE, wire=("indicatieVeelBewoners",))
class Bewoning:
    """De personen die een tijd lang samen in een adresseerbaar object woonden."""

    adresseerbaar_object_identificatie: AdresseerbaarObjectId | None
    """Het kenmerk van het adresseerbaar object in de BAG."""
    periode: BewoningPeriode | None
    """Wanneer het deze personen waren."""
    bewoners: list[Bewoner] | None
    """Wie er woonden; geen, als het er meer dan honderd zijn: zie indicatieVeelBewoners."""
    mogelijke_bewoners: list[Bewoner] | None
    """Wie er misschien woonden, omdat niet precies bekend is vanaf of tot wanneer."""

    @derived
    def indicatie_veel_bewoners(indicatie_veel_bewoners: bool | None) -> bool:
        """Of er meer dan honderd bewoners zijn: dan geeft de BRP er geen."""
        return indicatie_veel_bewoners is True
