"""What can be asked of the Locatieserver, and how its places lead to the BAG and BRK (startup)."""

from __future__ import annotations

from typing import Annotated

from resolvers.bag.reads import adres, adresseerbaar_object, openbare_ruimte, woonplaats
from resolvers.brk.reads import kadastraal_onroerende_zaak, zaak_zoals_genoemd
from resolvers.pdok.reads import locatie, locaties_gesuggereerd
from schema.bag import ADRES, OBJECT, Adres, AdresseerbaarObject, OpenbareRuimte, Woonplaats
from schema.brk import KadastraalOnroerendeZaak
from schema.language.links import Query, Range, extend, link
from schema.language.scalars import Identificatie, Zoektekst
from schema.pdok import LOCATIE, PERCEEL, Locatie, LocatieSuggestie, SoortLocatie


@extend(Query)
class PdokVragen:
    """The root questions of the Locatieserver: while typing, and after choosing."""

    @link(locaties_gesuggereerd, label=LOCATIE, expected=10)
    def locatie_suggesties(
        self,
        zoektekst: Annotated[
            Zoektekst,
            "Wat er tot nu toe getypt is, 2 tot en met 100 tekens; alleen woorden tellen.",
        ],
        soort: Annotated[
            SoortLocatie | None, "Alleen plaatsen van deze soort; weglaten geeft elke soort."
        ] = None,
        aantal: Annotated[
            int, "Hoeveel er hoogstens gegeven worden, 1 tot en met 50.", Range(1, 50)
        ] = 10,
    ) -> list[LocatieSuggestie] | None:
        """Plaatsen die passen bij wat er getypt is, de best passende eerst."""

    @link(locatie, argument="id", label=LOCATIE)
    def locatie(
        self, id: Annotated[Identificatie, "Het kenmerk van een suggestie."]
    ) -> Locatie | None:
        """De plaats die uit de suggesties gekozen is."""


@extend(Locatie)
class LocatieLinks:
    """From a place to the BAG and the BRK."""

    @link(adres, key="nummeraanduiding_id", label=ADRES)
    def adres(self) -> Adres | None:
        """Het adres in de BAG; leeg als de plaats geen adres is."""

    @link(adresseerbaar_object, key="adresseerbaarobject_id", label=OBJECT)
    def adresseerbaar_object(self) -> AdresseerbaarObject | None:
        """Het verblijfsobject, de ligplaats of de standplaats met dit adres."""

    @link(openbare_ruimte, key="openbareruimte_id", label=ADRES)
    def openbare_ruimte(self) -> OpenbareRuimte | None:
        """De straat of andere openbare ruimte in de BAG."""

    @link(woonplaats, key="woonplaatscode", label=ADRES)
    def woonplaats(self) -> Woonplaats | None:
        """De woonplaats in de BAG."""

    @link(
        zaak_zoals_genoemd,
        key="percelen",
        through=(kadastraal_onroerende_zaak, "identificatie"),
        label=PERCEEL,
    )
    def kadastraal_onroerende_zaken(self) -> list[KadastraalOnroerendeZaak | None] | None:
        """De percelen waarop een adres ligt, of het perceel dat de plaats is; null waar de BRK er
        geen bij de aanduiding kent.
        """
