"""What can be asked of the BRK, and how property, persons and addresses lead to one another
(startup).
"""

from __future__ import annotations

from typing import Annotated

from resolvers.bag.reads import adres, adresseerbaar_object
from resolvers.brk.reads import (
    beslagen,
    hypotheken,
    kadaster_natuurlijk_persoon,
    kadaster_niet_natuurlijk_persoon,
    kadaster_niet_natuurlijke_personen_zoeken,
    kadastraal_onroerende_zaak,
    privaatrechtelijke_beperkingen,
    publiekrechtelijke_beperkingen,
    stuk,
    stukdeel,
    zakelijk_gerechtigden,
    zaken_met_aanduiding,
    zaken_met_nummeraanduiding,
    zaken_op_postcode,
    zaken_van_kadasterpersoon,
    zaken_van_persoon,
)
from resolvers.brp.reads import personen
from schema.bag import ADRES, OBJECT, Adres, AdresseerbaarObject
from schema.brk import KadastraalOnroerendeZaak, KadastraleVerwijzing, LocatieKadastraalObject
from schema.brk_labels import (
    BEPERKINGEN,
    EIGENDOM,
    GERECHTIGDEN,
    KADASTERPERSOON,
    OP_ADRES,
    OP_PERSOON,
    PERSOON,
    RAADPLEGEN,
    STUKKEN,
    VERWIJZING,
    ZEKERHEIDSRECHTEN,
)
from schema.brk_personen import (
    IngeschrevenNatuurlijkPersoon,
    KadasterAdres,
    KadasterNatuurlijkPersoon,
    KadasterNietNatuurlijkPersoon,
    KadasterPersoon,
    NatuurlijkPersoonBijKadaster,
    NietNatuurlijkPersoonBijKadaster,
)
from schema.brk_rechten import (
    Beslag,
    Hypotheek,
    PrivaatrechtelijkeBeperking,
    PubliekrechtelijkeBeperking,
    ZakelijkGerechtigde,
)
from schema.brk_stukken import InStukken, OpStukdeel, OpStukdelen, Stuk, Stukdeel
from schema.brk_waarden import TypeGerechtigde
from schema.brp import Persoon
from schema.language.links import Mijn, Own, Query, extend, link
from schema.language.scalars import (
    Bsn,
    Huisletter,
    Huisnummer,
    Huisnummertoevoeging,
    Identificatie,
    KadastraalOnroerendeZaakId,
    KadastraleAanduiding,
    NummeraanduidingId,
    Postcode,
    Zoektekst,
)


@extend(Query)
class BrkVragen:
    """The root questions of the BRK: one for each way of finding."""

    @link(kadastraal_onroerende_zaak, argument="identificatie", label=RAADPLEGEN)
    def kadastraal_onroerende_zaak(
        self,
        identificatie: Annotated[
            KadastraalOnroerendeZaakId, "Het kenmerk van de kadastraal onroerende zaak."
        ],
    ) -> KadastraalOnroerendeZaak | None:
        """Een perceel of appartementsrecht, ook als het is vervallen."""

    @link(zaken_met_aanduiding, argument="kadastrale_aanduiding", label=RAADPLEGEN, expected=2)
    def kadastraal_onroerende_zaken_met_aanduiding(
        self,
        kadastrale_aanduiding: Annotated[
            KadastraleAanduiding, "De aanduiding, met de naam of de code van de gemeente."
        ],
        inclusief_uit_splitsing: Annotated[
            bool, "Of ook de appartementsrechten waarin het object is gesplitst gegeven worden."
        ] = False,
    ) -> list[KadastraalOnroerendeZaak] | None:
        """Het perceel of appartementsrecht met een kadastrale aanduiding."""

    @link(zaken_op_postcode, label=RAADPLEGEN, expected=2)
    def kadastraal_onroerende_zaken_op_postcode(
        self,
        postcode: Annotated[Postcode, "De postcode."],
        huisnummer: Annotated[Huisnummer | None, "Het huisnummer."] = None,
        huisletter: Annotated[Huisletter | None, "De letter bij het huisnummer."] = None,
        huisnummertoevoeging: Annotated[
            Huisnummertoevoeging | None, "Wat er verder bij het huisnummer hoort."
        ] = None,
    ) -> list[KadastraalOnroerendeZaak] | None:
        """Percelen en appartementsrechten op een postcode; te veel, dan geeft de BRK er geen."""

    @link(zaken_met_nummeraanduiding, argument="identificatie", label=RAADPLEGEN, expected=2)
    def kadastraal_onroerende_zaken_met_nummeraanduiding(
        self,
        identificatie: Annotated[
            NummeraanduidingId, "Het kenmerk van de nummeraanduiding in de BAG."
        ],
    ) -> list[KadastraalOnroerendeZaak] | None:
        """Percelen en appartementsrechten op een adres uit de BAG."""

    @link(zaken_van_persoon, argument="burgerservicenummer", label=OP_PERSOON, expected=2)
    def kadastraal_onroerende_zaken_van_persoon(
        self, burgerservicenummer: Annotated[Bsn, "Het burgerservicenummer."]
    ) -> list[KadastraalOnroerendeZaak] | None:
        """Percelen en appartementsrechten waarop iemand een recht heeft."""

    @link(kadaster_natuurlijk_persoon, argument="identificatie", label=OP_PERSOON)
    def kadaster_natuurlijk_persoon(
        self, identificatie: Annotated[Identificatie, "Het kenmerk bij het Kadaster."]
    ) -> KadasterNatuurlijkPersoon | None:
        """Een persoon die het Kadaster zelf heeft geregistreerd."""

    @link(kadaster_niet_natuurlijk_persoon, argument="identificatie", label=OP_PERSOON)
    def kadaster_niet_natuurlijk_persoon(
        self, identificatie: Annotated[Identificatie, "Het kenmerk bij het Kadaster."]
    ) -> KadasterNietNatuurlijkPersoon | None:
        """Een organisatie die het Kadaster zelf heeft geregistreerd."""

    @link(kadaster_niet_natuurlijke_personen_zoeken, label=OP_PERSOON, expected=3)
    def kadaster_niet_natuurlijke_personen_zoeken(
        self,
        zoektekst: Annotated[
            Zoektekst, "Het begin van de statutaire naam, eventueel met de zetel."
        ],
    ) -> list[KadasterNietNatuurlijkPersoon] | None:
        """Organisaties die het Kadaster zelf heeft geregistreerd; één kan er vaker bij staan."""

    @link(stuk, argument="identificatie", label=RAADPLEGEN)
    def stuk(
        self, identificatie: Annotated[Identificatie, "Het kenmerk van het stuk."]
    ) -> Stuk | None:
        """Een akte of ander stuk in de openbare registers."""

    @link(stukdeel, argument="identificatie", label=RAADPLEGEN)
    def stukdeel(
        self, identificatie: Annotated[Identificatie, "Het kenmerk van het stukdeel."]
    ) -> Stukdeel | None:
        """Een deel van een stuk."""


@extend(KadastraalOnroerendeZaak)
class ZaakLinks:
    """From an object to what rests on it."""

    @link(
        zakelijk_gerechtigden,
        key="identificatie",
        where=("type", "$type"),
        label=GERECHTIGDEN,
        expected=2,
    )
    def zakelijk_gerechtigden(
        self,
        type: Annotated[TypeGerechtigde | None, "Alleen wie dit recht heeft."] = None,
    ) -> list[ZakelijkGerechtigde] | None:
        """Wie er een recht op hebben; leeg als dat is gesplitst in appartementsrechten."""

    @link(hypotheken, key="identificatie", label=ZEKERHEIDSRECHTEN)
    def hypotheken(self) -> list[Hypotheek] | None:
        """De hypotheken die erop rusten."""

    @link(beslagen, key="identificatie", label=ZEKERHEIDSRECHTEN)
    def beslagen(self) -> list[Beslag] | None:
        """De beslagen die erop liggen."""

    @link(privaatrechtelijke_beperkingen, key="identificatie", label=BEPERKINGEN)
    def privaatrechtelijke_beperkingen(self) -> list[PrivaatrechtelijkeBeperking] | None:
        """Wat er niet mag door een overeenkomst of een recht van een ander."""

    @link(publiekrechtelijke_beperkingen, key="identificatie", label=BEPERKINGEN)
    def publiekrechtelijke_beperkingen(self) -> list[PubliekrechtelijkeBeperking] | None:
        """Wat er niet mag van de overheid."""


@extend(KadastraleVerwijzing)
class VerwijzingLinks:
    """From a reference to the object."""

    @link(kadastraal_onroerende_zaak, key="identificatie", label=VERWIJZING, leaves=True)
    def kadastraal_onroerende_zaak(self) -> KadastraalOnroerendeZaak | None:
        """Het perceel of appartementsrecht zelf."""


@extend(LocatieKadastraalObject)
class LocatieLinks:
    """From where an object lies to the BAG."""

    @link(adres, key="nummeraanduidingIdentificatie", label=ADRES)
    def adres(self) -> Adres | None:
        """Het adres in de BAG; leeg als het daar niet in staat."""

    @link(adresseerbaar_object, key="adresseerbaarObjectIdentificatie", label=OBJECT)
    def adresseerbaar_object(self) -> AdresseerbaarObject | None:
        """Het verblijfsobject, de ligplaats of de standplaats in de BAG."""


@extend(KadasterAdres)
class KadasterAdresLinks:
    """From where somebody lives to the BAG."""

    @link(adres, key="nummeraanduidingIdentificatie", label=KADASTERPERSOON)
    def adres(self) -> Adres | None:
        """Het adres in de BAG; leeg als het daar niet in staat."""


@extend(InStukken)
class InStukkenLinks:
    """From whatever stands in deeds to those deeds."""

    @link(stuk, key="stukIdentificaties", label=STUKKEN)
    def stukken(self) -> list[Stuk] | None:
        """De akten en andere stukken waaruit dit volgt."""

    @link(stukdeel, key="isVermeldInStukdeelIdentificaties", label=STUKKEN)
    def is_vermeld_in_stukdelen(self) -> list[Stukdeel] | None:
        """De stukdelen waarin dit wordt vermeld."""


@extend(OpStukdeel)
class OpStukdeelLinks:
    """From whatever is based on a part of a deed to that part."""

    @link(stukdeel, key="isGebaseerdOpStukdeelIdentificatie", label=STUKKEN)
    def is_gebaseerd_op_stukdeel(self) -> Stukdeel | None:
        """Het stukdeel waarop dit is gebaseerd."""


@extend(OpStukdelen)
class OpStukdelenLinks:
    """From whatever is based on parts of deeds to those parts."""

    @link(stukdeel, key="isGebaseerdOpStukdeelIdentificaties", label=STUKKEN)
    def is_gebaseerd_op_stukdelen(self) -> list[Stukdeel] | None:
        """De stukdelen waarop dit is gebaseerd."""


@extend(Stuk)
class StukLinks:
    """From a deed to its parts."""

    @link(stukdeel, key="stukdeelIdentificaties", label=STUKKEN, leaves=True)
    def stukdelen(self) -> list[Stukdeel] | None:
        """De delen van het stuk, elk met één rechtsfeit."""


@extend(IngeschrevenNatuurlijkPersoon)
class IngeschrevenNatuurlijkPersoonLinks:
    """From who has a right to the BRP."""

    @link(personen, key="identificatie", label=PERSOON)
    def persoon(self) -> Persoon | None:
        """De gegevens van de persoon in de BRP."""


@extend(NatuurlijkPersoonBijKadaster)
class NatuurlijkPersoonBijKadasterLinks:
    """From who has a right to what the Kadaster holds of them."""

    @link(kadaster_natuurlijk_persoon, key="identificatie", label=KADASTERPERSOON, leaves=True)
    def kadasterpersoon(self) -> KadasterNatuurlijkPersoon | None:
        """De gegevens van de persoon bij het Kadaster."""


@extend(NietNatuurlijkPersoonBijKadaster)
class NietNatuurlijkPersoonBijKadasterLinks:
    """From an organisation that has a right to what the Kadaster holds of it."""

    @link(kadaster_niet_natuurlijk_persoon, key="identificatie", label=KADASTERPERSOON, leaves=True)
    def kadasterpersoon(self) -> KadasterNietNatuurlijkPersoon | None:
        """De gegevens van de organisatie bij het Kadaster."""


@extend(KadasterPersoon)
class KadasterPersoonLinks:
    """From who is only known at the Kadaster to their property."""

    @link(
        zaken_van_kadasterpersoon,
        key="identificatie",
        label=KADASTERPERSOON,
        expected=2,
        leaves=True,
    )
    def kadastraal_onroerende_zaken(self) -> list[KadastraalOnroerendeZaak] | None:
        """De percelen en appartementsrechten waarop de persoon of organisatie een recht heeft."""


@extend(Mijn)
class MijnEigendom:
    """What they own."""

    @link(zaken_van_persoon, own=Own.BSN, label=EIGENDOM, expected=2)
    def kadastraal_onroerende_zaken(self) -> list[KadastraalOnroerendeZaak] | None:
        """De percelen en appartementsrechten waarop de inwoner een recht heeft.

        Leeg voor wie geen inwoner is.
        """


@extend(Persoon)
class PersoonEigendom:
    """From somebody to their property."""

    @link(zaken_van_persoon, key="burgerservicenummer", label=EIGENDOM, expected=2)
    def kadastraal_onroerende_zaken(self) -> list[KadastraalOnroerendeZaak] | None:
        """De percelen en appartementsrechten waarop de persoon een recht heeft."""


@extend(Adres)
class AdresKadaster:
    """From an address to what lies there."""

    @link(
        zaken_met_nummeraanduiding,
        key="nummeraanduidingIdentificatie",
        label=OP_ADRES,
        expected=2,
    )
    def kadastraal_onroerende_zaken(self) -> list[KadastraalOnroerendeZaak] | None:
        """De percelen en appartementsrechten die op dit adres liggen."""
