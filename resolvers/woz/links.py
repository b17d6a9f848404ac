"""What can be asked of the WOZ, and how its objects lead to other registries and back (startup)."""

from __future__ import annotations

from typing import Annotated

from resolvers.bag.reads import adres, adresseerbaar_object, pand
from resolvers.brk.reads import kadastraal_onroerende_zaak
from resolvers.brp.reads import personen
from resolvers.hr.reads import bedrijf_op_kvk_nummer, bedrijf_zoals_genoemd, vestiging
from resolvers.woz.reads import (
    objecten_met_nummeraanduiding,
    objecten_op_postcode,
    objecten_van_adresseerbaar_object,
    objecten_van_kvk_nummer,
    objecten_van_rsin,
    woz_object,
)
from schema.bag import ADRES, OBJECT, PAND, Adres, AdresseerbaarObject, Pand
from schema.brk import KadastraalOnroerendeZaak, LocatieKadastraalObject
from schema.brk_labels import VERWIJZING
from schema.brp import Persoon
from schema.hr import Bedrijf, BedrijfEigenaar, Vestiging
from schema.language.links import Mijn, Own, Query, extend, link
from schema.language.paging import After, Connection, First
from schema.language.scalars import (
    AdresseerbaarObjectId,
    Huisletter,
    Huisnummer,
    Huisnummertoevoeging,
    KvkNummer,
    NummeraanduidingId,
    Postcode,
    Rsin,
    WozObjectId,
)
from schema.woz import (
    BelanghebbendeNatuurlijkPersoon,
    BelanghebbendeNietNatuurlijkPersoon,
    BelanghebbendeVestiging,
    WozAanduiding,
    WozKadastraalOnroerendeZaak,
    WozObject,
)
from schema.woz_labels import BEDRIJFSEIGENDOM, BELANGHEBBENDE, OP_ADRES, OP_EIGENAAR, RAADPLEGEN
from schema.woz_labels import OBJECT as WOZ_OBJECT


@extend(Query)
class WozVragen:
    """The root questions of the WOZ: one for each way of finding."""

    @link(woz_object, argument="identificatie", label=RAADPLEGEN)
    def woz_object(
        self, identificatie: Annotated[WozObjectId, "Het kenmerk van het WOZ-object."]
    ) -> WozObject | None:
        """Een WOZ-object."""

    @link(objecten_van_adresseerbaar_object, argument="identificatie", label=RAADPLEGEN)
    def woz_objecten_van_adresseerbaar_object(
        self,
        identificatie: Annotated[
            AdresseerbaarObjectId, "Het kenmerk van het adresseerbaar object in de BAG."
        ],
    ) -> list[WozObject] | None:
        """De WOZ-objecten waarvan een adresseerbaar object deel is."""

    @link(objecten_met_nummeraanduiding, argument="identificatie", label=RAADPLEGEN)
    def woz_objecten_met_nummeraanduiding(
        self,
        identificatie: Annotated[
            NummeraanduidingId, "Het kenmerk van de nummeraanduiding in de BAG."
        ],
    ) -> list[WozObject] | None:
        """De WOZ-objecten die met een adres worden aangeduid."""

    @link(objecten_op_postcode, label=RAADPLEGEN, expected=2)
    def woz_objecten_op_postcode(
        self,
        postcode: Annotated[Postcode, "De postcode."],
        huisnummer: Annotated[Huisnummer, "Het huisnummer."],
        huisletter: Annotated[Huisletter | None, "De letter bij het huisnummer."] = None,
        huisnummertoevoeging: Annotated[
            Huisnummertoevoeging | None, "Wat er verder bij het huisnummer hoort."
        ] = None,
    ) -> list[WozObject] | None:
        """De WOZ-objecten met een postcode en huisnummer."""

    @link(objecten_van_rsin, argument="rsin", label=OP_EIGENAAR)
    def woz_objecten_met_rsin(
        self,
        rsin: Annotated[Rsin, "Het RSIN van de eigenaar."],
        first: First = 20,
        after: After = None,
    ) -> Connection[WozObject] | None:
        """De WOZ-objecten die een organisatie bezit, op RSIN."""

    @link(objecten_van_kvk_nummer, argument="kvk_nummer", label=OP_EIGENAAR)
    def woz_objecten_met_kvk_nummer(
        self,
        kvk_nummer: Annotated[KvkNummer, "Het KVK-nummer van de eigenaar."],
        first: First = 20,
        after: After = None,
    ) -> Connection[WozObject] | None:
        """De WOZ-objecten die een onderneming of een vestiging ervan bezit, op KVK-nummer."""


@extend(WozObject)
class WozObjectLinks:
    """From an object to what it consists of."""

    @link(adresseerbaar_object, key="adresseerbaarObjectIdentificaties", label=OBJECT)
    def adresseerbare_objecten(self) -> list[AdresseerbaarObject] | None:
        """De adresseerbare objecten in de BAG waaruit het bestaat."""

    @link(pand, key="pandIdentificaties", label=PAND)
    def panden(self) -> list[Pand] | None:
        """De panden in de BAG waarin het ligt."""


@extend(WozAanduiding)
class WozAanduidingLinks:
    """From how an object is named to its address."""

    @link(adres, key="nummeraanduidingIdentificatie", label=ADRES)
    def adres(self) -> Adres | None:
        """Het adres in de BAG; leeg als het daar niet in staat."""


@extend(WozKadastraalOnroerendeZaak)
class WozKadastraalOnroerendeZaakLinks:
    """From the ground under an object to the BRK."""

    @link(kadastraal_onroerende_zaak, key="identificatie", label=VERWIJZING, leaves=True)
    def kadastraal_onroerende_zaak(self) -> KadastraalOnroerendeZaak | None:
        """Het perceel of appartementsrecht in de BRK."""


@extend(BelanghebbendeNatuurlijkPersoon)
class BelanghebbendeNatuurlijkPersoonLinks:
    """From an owner or user to the BRP."""

    @link(personen, key="burgerservicenummer", label=BELANGHEBBENDE)
    def persoon(self) -> Persoon | None:
        """De gegevens van de eigenaar of gebruiker in de BRP."""


@extend(BelanghebbendeNietNatuurlijkPersoon)
class BelanghebbendeNietNatuurlijkPersoonLinks:
    """From an organisation that owns or uses to the Handelsregister."""

    @link(
        bedrijf_zoals_genoemd,
        key="bedrijf",
        through=(bedrijf_op_kvk_nummer, "kvkNummer"),
        label=BELANGHEBBENDE,
    )
    def bedrijf(self) -> Bedrijf | None:
        """De eigenaar of gebruiker in het Handelsregister, op KVK-nummer of anders op RSIN."""


@extend(BelanghebbendeVestiging)
class BelanghebbendeVestigingLinks:
    """From a vestiging that owns or uses to the Handelsregister."""

    @link(vestiging, key="vestigingsnummer", label=BELANGHEBBENDE)
    def vestiging(self) -> Vestiging | None:
        """De gegevens van de vestiging in het Handelsregister."""


@extend(LocatieKadastraalObject)
class LocatieWoz:
    """From where a property lies to its value: who may see the property may go there."""

    @link(objecten_met_nummeraanduiding, key="nummeraanduidingIdentificatie", label=WOZ_OBJECT)
    def woz_objecten(self) -> list[WozObject] | None:
        """De WOZ-objecten die met dit adres worden aangeduid."""


@extend(Mijn)
class MijnWoz:
    """What they own, of companies: of persons a WOZ-object is found at their property."""

    @link(objecten_van_kvk_nummer, own=Own.KVK_NUMMER, label=BEDRIJFSEIGENDOM)
    def woz_objecten_van_bedrijf(
        self, first: First = 20, after: After = None
    ) -> Connection[WozObject] | None:
        """De WOZ-objecten die de onderneming bezit, op KVK-nummer; leeg voor wie er geen is.

        Ook leeg voor wie alleen voor één vestiging mag vragen.
        """

    @link(objecten_van_rsin, own=Own.RSIN, label=BEDRIJFSEIGENDOM)
    def woz_objecten_van_rechtspersoon(
        self, first: First = 20, after: After = None
    ) -> Connection[WozObject] | None:
        """De WOZ-objecten die de rechtspersoon bezit, op RSIN; leeg voor wie er geen heeft.

        Ook leeg voor wie alleen voor één vestiging mag vragen.
        """


@extend(Bedrijf)
class BedrijfWoz:
    """From an organisation to what it owns."""

    @link(objecten_van_kvk_nummer, key="kvkNummer", label=BEDRIJFSEIGENDOM)
    def woz_objecten(self, first: First = 20, after: After = None) -> Connection[WozObject] | None:
        """De WOZ-objecten die het bedrijf of een vestiging ervan bezit."""


@extend(BedrijfEigenaar)
class BedrijfEigenaarWoz:
    """From the owner of a company to what it owns."""

    @link(objecten_van_rsin, key="rsin", label=BEDRIJFSEIGENDOM)
    def woz_objecten(self, first: First = 20, after: After = None) -> Connection[WozObject] | None:
        """De WOZ-objecten die de eigenaar met zijn RSIN bezit; leeg als die geen RSIN heeft."""


@extend(Adres)
class AdresWoz:
    """From an address to what is valued there."""

    @link(objecten_met_nummeraanduiding, key="nummeraanduidingIdentificatie", label=OP_ADRES)
    def woz_objecten(self) -> list[WozObject] | None:
        """De WOZ-objecten die met dit adres worden aangeduid."""


@extend(AdresseerbaarObject)
class AdresseerbaarObjectWoz:
    """From an object of the BAG to what is valued."""

    @link(objecten_van_adresseerbaar_object, key="identificatie", label=OP_ADRES)
    def woz_objecten(self) -> list[WozObject] | None:
        """De WOZ-objecten waarvan dit object deel is."""
