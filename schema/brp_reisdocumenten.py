"""Travel documents in the BRP and their holders (startup).

Wire objects are the `Reisdocument` of BRP Reisdocumenten 2.0. Asked by the holder it gives the
documents that the holder still has; by its number also one that is lost or has been handed in.
"""

from __future__ import annotations

from schema.brp_labels import BSN, REISDOCUMENTEN
from schema.brp_status import OpschortingBijhouding
from schema.brp_waarden import InOnderzoek, MogelijkOnvolledigeDatum, Waardetabel
from schema.language.declare import copied, derived, published
from schema.language.scalars import Bsn, PersoonRef, Reisdocumentnummer


@published(label=REISDOCUMENTEN)
class ReisdocumentInOnderzoek(InOnderzoek):
    """Welke gegevens van het document mogelijk onjuist zijn: waar is wat wordt onderzocht."""

    reisdocumentnummer: bool | None
    """Het nummer is in onderzoek."""
    soort: bool | None
    """Het soort is in onderzoek."""
    datum_einde_geldigheid: bool | None
    """De einddatum is in onderzoek."""


@published(label=REISDOCUMENTEN)
class InhoudingOfVermissingInOnderzoek(InOnderzoek):
    """Of de inhouding of vermissing mogelijk onjuist is: waar is wat wordt onderzocht."""

    datum: bool | None
    """De datum is in onderzoek."""
    aanduiding: bool | None
    """De aanduiding is in onderzoek."""


@published(label=REISDOCUMENTEN)
class InhoudingOfVermissing:
    """Waarom en sinds wanneer de houder het document niet meer heeft."""

    datum: MogelijkOnvolledigeDatum | None
    """Vanaf wanneer."""
    aanduiding: Waardetabel | None
    """Of het is ingehouden, ingeleverd, vermist of vervallen."""
    in_onderzoek: InhoudingOfVermissingInOnderzoek | None
    """Wat hiervan wordt onderzocht; leeg als er niets is."""


@published(label=REISDOCUMENTEN)
class ReisdocumenthouderInOnderzoek(InOnderzoek):
    """Of het burgerservicenummer van de houder mogelijk onjuist is."""

    burgerservicenummer: bool | None = copied(
        label=BSN, description="Het burgerservicenummer is in onderzoek."
    )


@published(label=REISDOCUMENTEN, wire=("geheimhoudingPersoonsgegevens",))
class Reisdocumenthouder:
    """De persoon van wie een reisdocument is."""

    burgerservicenummer: Bsn | None = copied(label=BSN, description="Het burgerservicenummer.")
    persoon_ref: PersoonRef | None = copied("burgerservicenummer")
    """Een verwijzing naar deze persoon, te geven waar om een burgerservicenummer gevraagd wordt."""
    opschorting_bijhouding: OpschortingBijhouding | None
    """Waarom de gegevens van de houder niet meer worden bijgehouden; leeg zolang dat gebeurt."""
    in_onderzoek: ReisdocumenthouderInOnderzoek | None
    """Wat er van de houder wordt onderzocht; leeg als er niets is."""

    @derived
    def geheimhouding_persoonsgegevens(geheimhouding_persoonsgegevens: bool | None) -> bool:
        """Of de houder heeft gevraagd geen gegevens aan derden te geven."""
        return geheimhouding_persoonsgegevens is True


@published(label=REISDOCUMENTEN)
class Reisdocument:
    """Een Nederlands reisdocument, zoals een paspoort of een identiteitskaart."""

    reisdocumentnummer: Reisdocumentnummer | None
    """Het nummer; leeg als het onbekend is."""
    soort: Waardetabel | None
    """Het soort document."""
    datum_einde_geldigheid: MogelijkOnvolledigeDatum | None
    """De laatste dag waarop het geldig is."""
    inhouding_of_vermissing: InhoudingOfVermissing | None
    """Waarom de houder het niet meer heeft; leeg zolang dat niet zo is."""
    houder: Reisdocumenthouder | None
    """Van wie het is."""
    in_onderzoek: ReisdocumentInOnderzoek | None
    """Welke gegevens worden onderzocht; leeg als er geen zijn."""
