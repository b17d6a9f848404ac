"""Where somebody in the BRP lives, is written to, and came from (startup)."""

from __future__ import annotations

from schema.brp_labels import ADRES, BASIS, IMMIGRATIE, NAAM
from schema.brp_waarden import InOnderzoek, MogelijkOnvolledigeDatum, Waardetabel
from schema.language.declare import copied, one_of, published
from schema.language.scalars import (
    AdresseerbaarObjectId,
    Huisletter,
    Huisnummer,
    Huisnummertoevoeging,
    NummeraanduidingId,
    Postcode,
)


@published(label=ADRES)
class VerblijfplaatsInOnderzoek(InOnderzoek):
    """Welke gegevens over de verblijfplaats mogelijk onjuist zijn: waar is wat wordt onderzocht."""

    type: bool | None
    """Het soort verblijfplaats is in onderzoek."""
    datum_van: bool | None
    """De datum vanaf wanneer is in onderzoek."""
    functie_adres: bool | None
    """De functie van het adres is in onderzoek."""
    nummeraanduiding_identificatie: bool | None
    """De verwijzing naar de nummeraanduiding is in onderzoek."""
    adresseerbaar_object_identificatie: bool | None
    """De verwijzing naar het adresseerbaar object is in onderzoek."""


@published(label=ADRES)
class VerblijfadresBinnenlandInOnderzoek(InOnderzoek):
    """Welke delen van het adres mogelijk onjuist zijn: waar is wat wordt onderzocht."""

    officiele_straatnaam: bool | None
    """De straatnaam is in onderzoek."""
    korte_straatnaam: bool | None
    """De korte straatnaam is in onderzoek."""
    huisnummer: bool | None
    """Het huisnummer is in onderzoek."""
    huisletter: bool | None
    """De huisletter is in onderzoek."""
    huisnummertoevoeging: bool | None
    """De huisnummertoevoeging is in onderzoek."""
    aanduiding_bij_huisnummer: bool | None
    """De aanduiding bij het huisnummer is in onderzoek."""
    postcode: bool | None
    """De postcode is in onderzoek."""
    woonplaats: bool | None
    """De woonplaats is in onderzoek."""


@published(label=ADRES)
class VerblijfadresBinnenland:
    """Een adres in Nederland, zoals het in de BRP staat."""

    officiele_straatnaam: str | None
    """De straatnaam zoals de gemeente die heeft vastgesteld."""
    korte_straatnaam: str | None
    """De straatnaam in hoogstens 24 tekens."""
    huisnummer: Huisnummer | None
    """Het huisnummer."""
    huisletter: Huisletter | None
    """De letter bij het huisnummer."""
    huisnummertoevoeging: Huisnummertoevoeging | None
    """Wat er verder bij het huisnummer hoort."""
    aanduiding_bij_huisnummer: Waardetabel | None
    """Of het tegenover of bij het huisnummer is."""
    postcode: Postcode | None
    """De postcode."""
    woonplaats: str | None
    """De woonplaats."""
    in_onderzoek: VerblijfadresBinnenlandInOnderzoek | None
    """Welke delen van het adres worden onderzocht; leeg als er geen zijn."""


@published(label=ADRES)
class VerblijfadresLocatieInOnderzoek(InOnderzoek):
    """Of de beschrijving van de locatie mogelijk onjuist is."""

    locatiebeschrijving: bool | None
    """De beschrijving is in onderzoek."""


@published(label=ADRES)
class VerblijfadresLocatie:
    """Een plek in Nederland zonder adres."""

    locatiebeschrijving: str | None
    """Waar de plek is."""
    in_onderzoek: VerblijfadresLocatieInOnderzoek | None
    """Of de beschrijving wordt onderzocht; leeg als dat niet zo is."""


@published(label=ADRES)
class VerblijfadresBuitenlandInOnderzoek(InOnderzoek):
    """Welke delen van het buitenlandse adres mogelijk onjuist zijn."""

    regel1: bool | None
    """De eerste regel is in onderzoek."""
    regel2: bool | None
    """De tweede regel is in onderzoek."""
    regel3: bool | None
    """De derde regel is in onderzoek."""
    land: bool | None
    """Het land is in onderzoek."""


@published(label=ADRES)
class VerblijfadresBuitenland:
    """Een adres in het buitenland."""

    regel1: str | None
    """De eerste regel, meestal de straat met het huisnummer."""
    regel2: str | None
    """De tweede regel, meestal de plaats."""
    regel3: str | None
    """De derde regel, bijvoorbeeld de regio."""
    land: Waardetabel | None
    """Het land."""
    in_onderzoek: VerblijfadresBuitenlandInOnderzoek | None
    """Welke delen van het adres worden onderzocht; leeg als er geen zijn."""


@one_of(by="type", label=ADRES)
class Verblijfplaats:
    """Waar iemand verblijft: een adres, een locatie, in het buitenland, of onbekend."""

    datum_van: MogelijkOnvolledigeDatum | None
    """Vanaf wanneer iemand er verblijft."""
    in_onderzoek: VerblijfplaatsInOnderzoek | None
    """Welke gegevens over de verblijfplaats worden onderzocht; leeg als er geen zijn."""


@published(label=ADRES, when="Adres")
class VerblijfplaatsAdres(Verblijfplaats):
    """Verblijf op een adres in Nederland."""

    verblijfadres: VerblijfadresBinnenland | None
    """Het adres zoals het in de BRP staat."""
    functie_adres: Waardetabel | None
    """Of het een woonadres of een briefadres is."""
    nummeraanduiding_identificatie: NummeraanduidingId | None
    """Het kenmerk van de nummeraanduiding in de BAG; leeg als het adres daar niet in staat."""
    adresseerbaar_object_identificatie: AdresseerbaarObjectId | None
    """Het kenmerk van het adresseerbaar object in de BAG; leeg als dat daar niet in staat."""
    indicatie_vastgesteld_verblijft_niet_op_adres: bool | None
    """Waar, als onderzoek uitwees dat de persoon hier niet meer verblijft."""


@published(label=ADRES, when="Locatie")
class VerblijfplaatsLocatie(Verblijfplaats):
    """Verblijf op een plek in Nederland die geen adres heeft."""

    verblijfadres: VerblijfadresLocatie | None
    """Waar de plek is."""
    functie_adres: Waardetabel | None
    """Of het een woonadres of een briefadres is."""
    indicatie_vastgesteld_verblijft_niet_op_adres: bool | None
    """Waar, als onderzoek uitwees dat de persoon hier niet meer verblijft."""


@published(label=ADRES, when="VerblijfplaatsBuitenland")
class VerblijfplaatsBuitenland(Verblijfplaats):
    """Verblijf in het buitenland."""

    verblijfadres: VerblijfadresBuitenland | None
    """Het adres in het buitenland, voor zover bekend."""


@published(label=ADRES, when="VerblijfplaatsOnbekend")
class VerblijfplaatsOnbekend(Verblijfplaats):
    """Het is niet bekend waar de persoon verblijft."""


@published(label=BASIS)
class AdresseringBeperktInOnderzoek:
    """Welke adresregels mogelijk onjuist zijn: waar is wat wordt onderzocht."""

    adresregel1: bool | None = copied(
        label=ADRES, description="De eerste adresregel is in onderzoek."
    )
    adresregel2: bool | None = copied(
        label=ADRES, description="De tweede adresregel is in onderzoek."
    )
    adresregel3: bool | None = copied(
        label=ADRES, description="De derde adresregel is in onderzoek."
    )
    land: bool | None = copied(label=ADRES, description="Het land is in onderzoek.")
    datum_ingang_onderzoek_verblijfplaats: MogelijkOnvolledigeDatum | None = copied(
        label=ADRES, description="Vanaf wanneer de verblijfplaats wordt onderzocht."
    )


@published(label=BASIS)
class AdresseringInOnderzoek(AdresseringBeperktInOnderzoek):
    """Welke delen van de adressering mogelijk onjuist zijn: waar is wat wordt onderzocht."""

    aanhef: bool | None = copied(label=NAAM, description="De aanhef is in onderzoek.")
    aanschrijfwijze: bool | None = copied(
        label=NAAM, description="De aanschrijfwijze is in onderzoek."
    )
    gebruik_in_lopende_tekst: bool | None = copied(
        label=NAAM, description="De naam in een lopende tekst is in onderzoek."
    )
    datum_ingang_onderzoek_persoon: MogelijkOnvolledigeDatum | None
    """Vanaf wanneer de gegevens van de persoon worden onderzocht."""
    datum_ingang_onderzoek_partner: MogelijkOnvolledigeDatum | None
    """Vanaf wanneer de gegevens van de partner worden onderzocht."""


@published(label=BASIS)
class AdresseringBeperkt:
    """Het adres van een persoon in regels voor een envelop."""

    adresregel1: str | None = copied(
        label=ADRES, description="De eerste adresregel, zoals straat en huisnummer."
    )
    adresregel2: str | None = copied(
        label=ADRES, description="De tweede adresregel, zoals postcode en plaats."
    )
    adresregel3: str | None = copied(
        label=ADRES, description="De derde adresregel, alleen bij een buitenlands adres."
    )
    land: Waardetabel | None = copied(
        label=ADRES, description="Het land, alleen bij een buitenlands adres."
    )
    indicatie_vastgesteld_verblijft_niet_op_adres: bool | None = copied(
        label=ADRES,
        description="Waar, als onderzoek uitwees dat de persoon hier niet meer verblijft.",
    )
    in_onderzoek: AdresseringBeperktInOnderzoek | None
    """Welke adresregels worden onderzocht; leeg als er geen zijn."""


@published(label=NAAM)
class Aanschrijfwijze:
    """Hoe een persoon in een brief wordt genoemd."""

    naam: str | None
    """De naam voor op de envelop."""
    aanspreekvorm: str | None
    """De aanspreekvorm die bij een adellijke titel of predicaat hoort."""


@published(label=BASIS)
class Adressering(AdresseringBeperkt):
    """Hoe een persoon wordt aangeschreven."""

    aanhef: str | None = copied(label=NAAM, description="De aanhef van een brief.")
    aanschrijfwijze: Aanschrijfwijze | None = copied(
        label=NAAM, description="Hoe de persoon op een envelop wordt genoemd."
    )
    gebruik_in_lopende_tekst: str | None = copied(
        label=NAAM, description="Hoe de persoon in een lopende tekst wordt genoemd."
    )
    in_onderzoek: AdresseringInOnderzoek | None
    """Welke delen van de adressering worden onderzocht; leeg als er geen zijn."""


@published(label=IMMIGRATIE)
class ImmigratieInOnderzoek(InOnderzoek):
    """Welke gegevens over de immigratie mogelijk onjuist zijn: waar is wat wordt onderzocht."""

    datum_vestiging_in_nederland: bool | None
    """De datum van vestiging is in onderzoek."""
    land_vanwaar_ingeschreven: bool | None
    """Het land van herkomst is in onderzoek."""
    vanuit_verblijfplaats_onbekend: bool | None
    """Of de herkomst onbekend is, is in onderzoek."""
    indicatie_vestiging_vanuit_buitenland: bool | None
    """Of de persoon uit het buitenland kwam, is in onderzoek."""


@published(label=IMMIGRATIE)
class Immigratie:
    """Hoe en wanneer iemand zich in Nederland heeft gevestigd."""

    datum_vestiging_in_nederland: MogelijkOnvolledigeDatum | None
    """Vanaf wanneer de persoon in Nederland is gevestigd."""
    land_vanwaar_ingeschreven: Waardetabel | None
    """Het land waar de persoon vandaan kwam."""
    vanuit_verblijfplaats_onbekend: bool | None
    """Waar, als niet bekend is waar de persoon vandaan kwam."""
    indicatie_vestiging_vanuit_buitenland: bool | None
    """Waar, als de persoon uit het buitenland kwam."""
    in_onderzoek: ImmigratieInOnderzoek | None
    """Welke gegevens over de immigratie worden onderzocht; leeg als er geen zijn."""
