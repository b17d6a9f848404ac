"""Where somebody in the BRP lived before (startup).

Wire objects are the answer of BRP Historie 2.0 and the four kinds of `verblijfplaatsen` in it, the
latest first. Dates may be incomplete, as everywhere in the BRP.
"""

from __future__ import annotations

from schema.brp_labels import VERBLIJFSHISTORIE
from schema.brp_status import OpschortingBijhouding, RniDeelnemer
from schema.brp_verblijf import (
    VerblijfadresBinnenland,
    VerblijfadresBuitenland,
    VerblijfadresLocatie,
)
from schema.brp_waarden import InOnderzoek, MogelijkOnvolledigeDatum, Waardetabel
from schema.language.declare import derived, one_of, published
from schema.language.scalars import AdresseerbaarObjectId, NummeraanduidingId


@published(label=VERBLIJFSHISTORIE)
class VerblijfplaatsVoorkomenInOnderzoek(InOnderzoek):
    """Welke gegevens over het verblijf mogelijk onjuist zijn: waar is wat wordt onderzocht."""

    type: bool | None
    """Het soort verblijfplaats is in onderzoek."""
    datum_van: bool | None
    """De datum vanaf wanneer is in onderzoek."""
    datum_tot: bool | None
    """De datum tot wanneer is in onderzoek."""
    gemeente_van_inschrijving: bool | None
    """De gemeente van inschrijving is in onderzoek."""
    functie_adres: bool | None
    """De functie van het adres is in onderzoek."""
    nummeraanduiding_identificatie: bool | None
    """De verwijzing naar de nummeraanduiding is in onderzoek."""
    adresseerbaar_object_identificatie: bool | None
    """De verwijzing naar het adresseerbaar object is in onderzoek."""


@published(label=VERBLIJFSHISTORIE)
class AdresseringBinnenlandInOnderzoek(InOnderzoek):
    """Welke adresregels mogelijk onjuist zijn: waar is wat wordt onderzocht."""

    adresregel1: bool | None
    """De eerste adresregel is in onderzoek."""
    adresregel2: bool | None
    """De tweede adresregel is in onderzoek."""


@published(label=VERBLIJFSHISTORIE)
class AdresseringBuitenlandInOnderzoek(AdresseringBinnenlandInOnderzoek):
    """Welke adresregels mogelijk onjuist zijn: waar is wat wordt onderzocht."""

    adresregel3: bool | None
    """De derde adresregel is in onderzoek."""
    land: bool | None
    """Het land is in onderzoek."""


@published(label=VERBLIJFSHISTORIE)
class AdresseringBinnenland:
    """Een adres in Nederland in regels voor een envelop."""

    adresregel1: str | None
    """De eerste adresregel, zoals straat en huisnummer."""
    adresregel2: str | None
    """De tweede adresregel, zoals postcode en plaats."""
    in_onderzoek: AdresseringBinnenlandInOnderzoek | None
    """Welke adresregels worden onderzocht; leeg als er geen zijn."""


@published(label=VERBLIJFSHISTORIE)
class AdresseringBuitenland:
    """Een adres in het buitenland in regels voor een envelop."""

    adresregel1: str | None
    """De eerste adresregel."""
    adresregel2: str | None
    """De tweede adresregel."""
    adresregel3: str | None
    """De derde adresregel."""
    land: Waardetabel | None
    """Het land."""
    in_onderzoek: AdresseringBuitenlandInOnderzoek | None
    """Welke adresregels worden onderzocht; leeg als er geen zijn."""


@one_of(by="type", label=VERBLIJFSHISTORIE)
class VerblijfplaatsVoorkomen:
    """Waar iemand een tijd verbleef: op een adres of locatie, in het buitenland, of onbekend."""

    datum_van: MogelijkOnvolledigeDatum | None
    """Vanaf wanneer iemand er verbleef."""
    datum_tot: MogelijkOnvolledigeDatum | None
    """Vanaf wanneer niet meer; leeg als iemand er nog verblijft."""
    gemeente_van_inschrijving: Waardetabel | None
    """De gemeente waar de persoon toen was ingeschreven."""
    in_onderzoek: VerblijfplaatsVoorkomenInOnderzoek | None
    """Welke gegevens over het verblijf worden onderzocht; leeg als er geen zijn."""


@published(label=VERBLIJFSHISTORIE, when="Adres")
class AdresVoorkomen(VerblijfplaatsVoorkomen):
    """Verblijf op een adres in Nederland."""

    verblijfadres: VerblijfadresBinnenland | None
    """Het adres zoals het in de BRP staat."""
    functie_adres: Waardetabel | None
    """Of het een woonadres of een briefadres was."""
    nummeraanduiding_identificatie: NummeraanduidingId | None
    """Het kenmerk van de nummeraanduiding in de BAG; leeg als het adres daar niet in staat."""
    adresseerbaar_object_identificatie: AdresseerbaarObjectId | None
    """Het kenmerk van het adresseerbaar object in de BAG; leeg als dat daar niet in staat."""
    verblijft_niet_op_adres_vanaf: MogelijkOnvolledigeDatum | None
    """Vanaf wanneer de persoon er volgens onderzoek niet meer verbleef."""
    adressering: AdresseringBinnenland | None
    """Het adres in regels voor een envelop."""


@published(label=VERBLIJFSHISTORIE, when="Locatie")
class LocatieVoorkomen(VerblijfplaatsVoorkomen):
    """Verblijf op een plek in Nederland die geen adres heeft."""

    verblijfadres: VerblijfadresLocatie | None
    """Waar de plek is."""
    functie_adres: Waardetabel | None
    """Of het een woonadres of een briefadres was."""
    verblijft_niet_op_adres_vanaf: MogelijkOnvolledigeDatum | None
    """Vanaf wanneer de persoon er volgens onderzoek niet meer verbleef."""
    adressering: AdresseringBinnenland | None
    """De plek in regels voor een envelop."""


@published(label=VERBLIJFSHISTORIE, when="VerblijfplaatsBuitenland")
class VerblijfplaatsBuitenlandVoorkomen(VerblijfplaatsVoorkomen):
    """Verblijf in het buitenland."""

    verblijfadres: VerblijfadresBuitenland | None
    """Het adres in het buitenland, voor zover bekend."""
    rni: RniDeelnemer | None
    """De organisatie die dit van de niet-ingezetene heeft aangeleverd."""
    adressering: AdresseringBuitenland | None
    """Het adres in regels voor een envelop."""


@published(label=VERBLIJFSHISTORIE, when="VerblijfplaatsOnbekend")
class VerblijfplaatsOnbekendVoorkomen(VerblijfplaatsVoorkomen):
    """Het is niet bekend waar de persoon toen verbleef."""

    rni: RniDeelnemer | None
    """De organisatie die dit van de niet-ingezetene heeft aangeleverd."""


@published(label=VERBLIJFSHISTORIE, wire=("geheimhoudingPersoonsgegevens",))
class Verblijfplaatshistorie:
    """Waar een persoon op een dag of in een periode verbleef."""

    verblijfplaatsen: list[VerblijfplaatsVoorkomen] | None
    """De verblijfplaatsen, de laatste eerst."""
    opschorting_bijhouding: OpschortingBijhouding | None
    """Waarom de gegevens niet meer worden bijgehouden; leeg zolang dat wel gebeurt."""

    @derived
    def geheimhouding_persoonsgegevens(geheimhouding_persoonsgegevens: bool | None) -> bool:
        """Of de persoon heeft gevraagd geen gegevens aan derden te geven."""
        return geheimhouding_persoonsgegevens is True
