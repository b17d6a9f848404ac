"""What is published of rights to property, mortgages, seizures and restrictions (startup).

BRK bevragen 2.0.
"""

from __future__ import annotations

from schema.brk_labels import BEPERKINGEN, GERECHTIGDEN, ZEKERHEIDSRECHTEN
from schema.brk_personen import PersoonInBrk
from schema.brk_stukken import OpStukdeel, OpStukdelen
from schema.brk_waarden import BedragBrk, Breuk, TypeGerechtigde, WaardeBrk
from schema.language.declare import published
from schema.language.scalars import Datum, Identificatie


@published(label=GERECHTIGDEN)
class AantekeningTenaamstelling(OpStukdeel):
    """Wat bij een tenaamstelling is aangetekend, meestal een beperking."""

    identificatie: Identificatie | None
    """Het kenmerk van de aantekening."""
    domein: str | None
    """Het domein waarin het kenmerk geldt."""
    aard: WaardeBrk | None
    """De aard van de aantekening."""
    omschrijving: str | None
    """De aantekening in woorden."""
    einddatum: Datum | None
    """De dag waarop de aantekening eindigt."""
    einddatum_recht: Datum | None
    """De dag waarop het recht eindigt waarover de aantekening gaat."""


@published(label=GERECHTIGDEN)
class Tenaamstelling(OpStukdelen):
    """Welk aandeel iemand in een zakelijk recht heeft, en hoe dat is verkregen."""

    aandeel: Breuk | None
    """Het aandeel in het recht."""
    gezamenlijk_aandeel: Breuk | None
    """Het aandeel van meer personen samen, als niet bekend is wie welk deel heeft."""
    burgerlijke_staat_ten_tijde_van_verkrijging: WaardeBrk | None
    """De burgerlijke staat toen het recht werd verkregen."""
    verkregen_namens_samenwerkingsverband: WaardeBrk | None
    """Het soort samenwerkingsverband waarvoor het recht is verkregen."""
    betrokken_partner: PersoonInBrk | None
    """De partner die bij de verkrijging betrokken is."""
    betrokken_samenwerkingsverband: PersoonInBrk | None
    """Het samenwerkingsverband waarvoor het recht is verkregen."""
    betrokken_gorzen_en_aanwassen: PersoonInBrk | None
    """De organisatie die gorzen en aanwassen verdeelt."""
    aantekeningen: list[AantekeningTenaamstelling] | None
    """Wat bij de tenaamstelling is aangetekend."""


@published(label=GERECHTIGDEN)
class ErfpachtCanon(OpStukdeel):
    """Wat een erfpachter de eigenaar van de grond betaalt."""

    soort_erfpacht_canon: WaardeBrk | None
    """Hoe de canon wordt betaald."""
    jaarlijks_bedrag: BedragBrk | None
    """Het bedrag per jaar."""
    betref_meer_onroerende_zaken: bool | None
    """Of het bedrag voor meer onroerende zaken samen geldt."""
    einddatum_afkoop: Datum | None
    """De dag tot wanneer de canon is afgekocht."""
    indicatie_oude_onroerende_zaak_betrokken: bool | None
    """Of de erfpacht begon bij een perceel dat later met een ander is verenigd."""


@published(label=GERECHTIGDEN)
class ZakelijkRecht(OpStukdelen):
    """De stukken waarin een zakelijk recht is gevestigd."""


@published(label=GERECHTIGDEN)
class ZakelijkGerechtigde:
    """Een recht van één persoon of organisatie op een kadastraal onroerende zaak."""

    identificatie: Identificatie
    """Het kenmerk van de zakelijk gerechtigde."""
    type: TypeGerechtigde | None
    """Het recht."""
    aanvangsdatum: Datum | None
    """De dag waarop het recht inging."""
    tenaamstelling: Tenaamstelling | None
    """Het aandeel, en hoe het is verkregen."""
    erfpacht_canon: ErfpachtCanon | None
    """Wat voor erfpacht wordt betaald."""
    zakelijk_recht: ZakelijkRecht | None
    """De stukken waarin het recht is gevestigd."""
    persoon: PersoonInBrk | None
    """Wie het recht heeft."""


@published(label=ZEKERHEIDSRECHTEN)
class AantekeningHypotheek:
    """Wat bij een hypotheek is aangetekend."""

    aard: WaardeBrk | None
    """De aard van de aantekening."""
    omschrijving: str | None
    """De aantekening in woorden."""
    betreft_gedeelte_van_perceel: bool | None
    """Of de aantekening over een gedeelte van het perceel gaat."""


@published(label=ZEKERHEIDSRECHTEN)
class Hypotheek(OpStukdeel):
    """Een recht van hypotheek: zekerheid voor een geldlening."""

    identificatie: Identificatie
    """Het kenmerk van de hypotheek."""
    domein: str | None
    """Het domein waarin het kenmerk geldt."""
    hypotheekhouders: list[PersoonInBrk] | None
    """Wie het geld leende."""
    bedrag_zekerheidsstelling: BedragBrk | None
    """Het bedrag waarvoor de hypotheek zekerheid geeft."""
    aandeel_in_betrokken_recht: Breuk | None
    """Het aandeel in het recht waarop de hypotheek rust."""
    omschrijving_betrokken_recht: WaardeBrk | None
    """Het recht waarop de hypotheek rust."""
    betreft_gedeelte_van_perceel: bool | None
    """Of de hypotheek op een gedeelte van het perceel rust."""
    gedeeltelijke_bezwaring_oud_object: bool | None
    """Of de hypotheek rustte op een deel van een vervallen object."""
    omschrijving_gekozen_woonplaats: str | None
    """De woonplaats die voor de hypotheek is gekozen."""
    toelichting_bewaarder: str | None
    """Een toelichting van de bewaarder van het Kadaster."""
    aantekeningen: list[AantekeningHypotheek] | None
    """Wat bij de hypotheek is aangetekend."""


@published(label=ZEKERHEIDSRECHTEN)
class AantekeningBeslag:
    """Wat bij een beslag is aangetekend."""

    aard: WaardeBrk | None
    """De aard van de aantekening."""
    omschrijving: str | None
    """De aantekening in woorden."""


@published(label=ZEKERHEIDSRECHTEN)
class Beslag(OpStukdeel):
    """Een beslag: wie gerechtigd is, kan voorlopig niet over de zaak beschikken."""

    identificatie: Identificatie
    """Het kenmerk van het beslag."""
    domein: str | None
    """Het domein waarin het kenmerk geldt."""
    aard: WaardeBrk | None
    """De aard van het beslag."""
    beslagleggers: list[PersoonInBrk] | None
    """Wie het beslag legde."""
    bedrag_vordering: BedragBrk | None
    """Het bedrag dat wordt gevorderd."""
    aandeel_in_betrokken_recht: Breuk | None
    """Het aandeel in het recht waarop het beslag rust."""
    omschrijving_betrokken_recht: WaardeBrk | None
    """Het recht waarop het beslag rust."""
    gedeeltelijke_bezwaring_oud_object: bool | None
    """Of het beslag rustte op een deel van een vervallen object."""
    toelichting_bewaarder: str | None
    """Een toelichting van de bewaarder van het Kadaster."""
    aantekeningen: list[AantekeningBeslag] | None
    """Wat bij het beslag is aangetekend."""


@published(label=BEPERKINGEN)
class PrivaatrechtelijkeBeperking(OpStukdeel):
    """Een beperking die uit een overeenkomst of een recht van een ander volgt."""

    identificatie: Identificatie
    """Het kenmerk van de beperking."""
    domein: str | None
    """Het domein waarin het kenmerk geldt."""
    aard: WaardeBrk | None
    """De aard van de beperking."""
    omschrijving: str | None
    """De beperking in woorden."""
    einddatum: Datum | None
    """De dag waarop de aantekening van de beperking eindigt."""
    einddatum_recht: Datum | None
    """De dag waarop de beperking zelf eindigt."""


@published(label=BEPERKINGEN)
class PubliekrechtelijkeBeperking(OpStukdeel):
    """Een beperking die de overheid oplegde, zoals voor een monument of de bodem."""

    identificatie: Identificatie
    """Het kenmerk van de beperking."""
    domein: str | None
    """Het domein waarin het kenmerk geldt."""
    grondslag: WaardeBrk | None
    """De wet of het besluit waaruit de beperking volgt."""
    datum_in_werking: Datum | None
    """De dag waarop de beperking inging."""
    datum_beeindiging: Datum | None
    """De dag waarop de beperking eindigt."""
    bevoegd_gezag: PersoonInBrk | None
    """De overheid die de beperking oplegde."""
