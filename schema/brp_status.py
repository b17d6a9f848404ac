"""Nationality, right of residence, right to vote and death, in the BRP (startup)."""

from __future__ import annotations

from schema.brp_labels import BASIS, KIESRECHT, NATIONALITEIT, OVERLIJDEN, VERBLIJFSTITEL
from schema.brp_waarden import InOnderzoek, MogelijkOnvolledigeDatum, Waardetabel
from schema.language.declare import one_of, published


@published(label=NATIONALITEIT)
class NationaliteitInOnderzoek(InOnderzoek):
    """Welke gegevens over de nationaliteit mogelijk onjuist zijn: waar is wat wordt onderzocht."""

    type: bool | None
    """Het soort nationaliteit is in onderzoek."""
    nationaliteit: bool | None
    """De nationaliteit is in onderzoek."""
    reden_opname: bool | None
    """De reden van opname is in onderzoek."""


@one_of(by="type", label=NATIONALITEIT)
class Nationaliteit:
    """Een nationaliteit van een persoon, of wat er in plaats daarvan is vastgesteld."""

    reden_opname: Waardetabel | None
    """Waarom dit in de BRP is opgenomen."""
    datum_ingang_geldigheid: MogelijkOnvolledigeDatum | None
    """Vanaf wanneer dit geldt."""
    in_onderzoek: NationaliteitInOnderzoek | None
    """Welke gegevens over de nationaliteit worden onderzocht; leeg als er geen zijn."""


@published(label=NATIONALITEIT, when="Nationaliteit")
class NationaliteitBekend(Nationaliteit):
    """Een nationaliteit die de persoon heeft."""

    nationaliteit: Waardetabel | None
    """Welke nationaliteit dat is."""


@published(label=NATIONALITEIT, when="BehandeldAlsNederlander")
class BehandeldAlsNederlander(Nationaliteit):
    """De persoon wordt als Nederlander behandeld, op grond van een wet."""


@published(label=NATIONALITEIT, when="VastgesteldNietNederlander")
class VastgesteldNietNederlander(Nationaliteit):
    """Er is vastgesteld dat de persoon geen Nederlander is."""


@published(label=NATIONALITEIT, when="Staatloos")
class Staatloos(Nationaliteit):
    """De persoon heeft geen nationaliteit."""


@published(label=NATIONALITEIT, when="NationaliteitOnbekend")
class NationaliteitOnbekend(Nationaliteit):
    """Het is niet bekend welke nationaliteit de persoon heeft."""


@published(label=VERBLIJFSTITEL)
class VerblijfstitelInOnderzoek(InOnderzoek):
    """Welke gegevens over de verblijfstitel mogelijk onjuist zijn: waar is wat wordt onderzocht."""

    aanduiding: bool | None
    """De aanduiding is in onderzoek."""
    datum_ingang: bool | None
    """De ingangsdatum is in onderzoek."""
    datum_einde: bool | None
    """De einddatum is in onderzoek."""


@published(label=VERBLIJFSTITEL)
class Verblijfstitel:
    """Op welke grond een vreemdeling in Nederland mag verblijven."""

    aanduiding: Waardetabel | None
    """De verblijfstitel."""
    datum_ingang: MogelijkOnvolledigeDatum | None
    """Vanaf wanneer de verblijfstitel geldt."""
    datum_einde: MogelijkOnvolledigeDatum | None
    """Tot wanneer de verblijfstitel geldt; leeg voor onbepaalde tijd."""
    in_onderzoek: VerblijfstitelInOnderzoek | None
    """Welke gegevens over de verblijfstitel worden onderzocht; leeg als er geen zijn."""


@published(label=KIESRECHT)
class UitsluitingKiesrecht:
    """Of een persoon niet mag stemmen."""

    uitgesloten_van_kiesrecht: bool | None
    """Waar, als de persoon niet mag stemmen."""
    einddatum: MogelijkOnvolledigeDatum | None
    """Tot wanneer de persoon niet mag stemmen."""


@published(label=KIESRECHT)
class EuropeesKiesrecht:
    """Of een persoon uit een ander EU-land hier voor het Europees Parlement stemt."""

    aanduiding: Waardetabel | None
    """Of de persoon een oproep krijgt of is uitgesloten."""
    einddatum_uitsluiting: MogelijkOnvolledigeDatum | None
    """Tot wanneer de persoon is uitgesloten."""


@published(label=OVERLIJDEN)
class OverlijdenInOnderzoek(InOnderzoek):
    """Welke gegevens over het overlijden mogelijk onjuist zijn: waar is wat wordt onderzocht."""

    datum: bool | None
    """De datum is in onderzoek."""
    land: bool | None
    """Het land is in onderzoek."""
    plaats: bool | None
    """De plaats is in onderzoek."""


@published(label=OVERLIJDEN)
class Overlijden:
    """Waar en wanneer een persoon is overleden."""

    datum: MogelijkOnvolledigeDatum | None
    """De datum van overlijden."""
    plaats: Waardetabel | None
    """De plaats van overlijden; een plaats in het buitenland heeft alleen een omschrijving."""
    land: Waardetabel | None
    """Het land van overlijden."""
    in_onderzoek: OverlijdenInOnderzoek | None
    """Welke gegevens over het overlijden worden onderzocht; leeg als er geen zijn."""


@published(label=BASIS)
class OpschortingBijhouding:
    """Waarom de gegevens van een persoon niet meer worden bijgehouden."""

    reden: Waardetabel | None
    """De reden, zoals overlijden of emigratie."""
    datum: MogelijkOnvolledigeDatum | None
    """Vanaf wanneer de gegevens niet meer worden bijgehouden."""


@published(label=BASIS)
class RniDeelnemer:
    """Een organisatie die gegevens van een niet-ingezetene heeft aangeleverd."""

    deelnemer: Waardetabel | None
    """De organisatie."""
    omschrijving_verdrag: str | None
    """Het verdrag op grond waarvan de gegevens zijn aangeleverd."""
    categorie: str | None
    """De groep gegevens waar het om gaat."""


@published(label=BASIS)
class Verificatie:
    """Wanneer de gegevens van een niet-ingezetene zijn gecontroleerd."""

    datum: MogelijkOnvolledigeDatum | None
    """De datum van de controle."""
    omschrijving: str | None
    """Wat er is gecontroleerd."""
