"""How zaken lead to the Handelsregister, the BRK and the WOZ, and companies back to zaken.

Startup. There is no way back from a perceel or WOZ-object: the Zaken API finds a zaakobject by its
address only, and there is no convention for the addresses of those.
"""

from __future__ import annotations

from typing import Annotated

from resolvers.brk.reads import kadastraal_onroerende_zaak, zaak_zoals_genoemd
from resolvers.hr.reads import bedrijf_op_kvk_nummer, bedrijf_zoals_genoemd, vestiging
from resolvers.woz.reads import woz_object
from resolvers.zgw.links import Filter, Volgorde
from resolvers.zgw.reads_bedrijven import (
    zaken_van_bedrijf,
    zaken_van_rechtspersoon,
    zaken_van_vestiging,
)
from resolvers.zgw.reads_zaken import rollen_van_zaak
from schema.brk import KadastraalOnroerendeZaak
from schema.catalogi import RolOmschrijvingGeneriek
from schema.hr import Bedrijf, BedrijfEigenaar, Vestiging
from schema.language.links import Mijn, Own, extend, link
from schema.language.paging import After, Connection, First
from schema.woz import WozObject
from schema.zaakobjecten import (
    KADASTER,
    WOZ,
    ZaakobjectKadastraleOnroerendeZaak,
    ZaakobjectNietNatuurlijkPersoon,
    ZaakobjectVestiging,
    ZaakobjectWozObject,
    ZaakobjectWozWaarde,
)
from schema.zaken import Rol, RolNietNatuurlijkPersoon, RolVestiging
from schema.zaken_bedrijven import (
    BEDRIJF,
    ZAKEN,
    BedrijfZaakEdge,
    EigenaarZaakEdge,
    VestigingZaakEdge,
)

EigenRol = Annotated[
    RolOmschrijvingGeneriek | None,
    "De rol van het bedrijf of de vestiging in de zaak; weglaten geeft elke rol. De bron toetst "
    "die los van wie de rol heeft.",
]


# ---- from a zaak --------------------------------------------------------------------------------


@extend(RolNietNatuurlijkPersoon)
class RolNietNatuurlijkPersoonLinks:
    """From the mention of an organisation to the Handelsregister."""

    @link(
        bedrijf_zoals_genoemd,
        key="bedrijf",
        through=(bedrijf_op_kvk_nummer, "kvkNummer"),
        label=BEDRIJF,
    )
    def bedrijf(self) -> Bedrijf | None:
        """Het bedrijf in het Handelsregister, op het KVK-nummer of anders het RSIN bij de zaak."""

    @link(vestiging, key="betrokkeneIdentificatie.vestigingsNummer", label=BEDRIJF)
    def vestiging(self) -> Vestiging | None:
        """De vestiging in het Handelsregister; leeg als er bij de zaak geen vestigingsnummer staat.

        Sommige zaaksystemen leggen een vestiging zo vast, ook met niets dan dat nummer.
        """


@extend(RolVestiging)
class RolVestigingLinks:
    """From the mention of a vestiging to the Handelsregister."""

    @link(vestiging, key="betrokkeneIdentificatie.vestigingsNummer", label=BEDRIJF)
    def vestiging(self) -> Vestiging | None:
        """De vestiging in het Handelsregister; leeg als er bij de zaak geen nummer staat."""


@extend(ZaakobjectNietNatuurlijkPersoon)
class ZaakobjectNietNatuurlijkPersoonLinks:
    """From the mention of an organisation to the Handelsregister."""

    @link(
        bedrijf_zoals_genoemd,
        key="bedrijf",
        through=(bedrijf_op_kvk_nummer, "kvkNummer"),
        label=BEDRIJF,
    )
    def bedrijf(self) -> Bedrijf | None:
        """Het bedrijf in het Handelsregister, op het KVK-nummer of anders het RSIN bij de zaak."""

    @link(vestiging, key="objectIdentificatie.vestigingsNummer", label=BEDRIJF)
    def vestiging(self) -> Vestiging | None:
        """De vestiging in het Handelsregister; leeg als er bij de zaak geen vestigingsnummer staat.

        Sommige zaaksystemen leggen een vestiging zo vast, ook met niets dan dat nummer.
        """


@extend(ZaakobjectVestiging)
class ZaakobjectVestigingLinks:
    """From the mention of a vestiging to the Handelsregister."""

    @link(vestiging, key="objectIdentificatie.vestigingsNummer", label=BEDRIJF)
    def vestiging(self) -> Vestiging | None:
        """De vestiging in het Handelsregister; leeg als er bij de zaak geen nummer staat."""


@extend(ZaakobjectKadastraleOnroerendeZaak)
class ZaakobjectKadastraleOnroerendeZaakLinks:
    """From the mention of a property to the BRK."""

    @link(
        zaak_zoals_genoemd,
        key="kadastraal",
        through=(kadastraal_onroerende_zaak, "identificatie"),
        label=KADASTER,
        leaves=True,
    )
    def kadastraal_onroerende_zaak(self) -> KadastraalOnroerendeZaak | None:
        """Het perceel of appartementsrecht in de BRK, op kenmerk of anders op aanduiding."""


@extend(ZaakobjectWozObject)
class ZaakobjectWozObjectLinks:
    """From the mention of a WOZ-object to the WOZ."""

    @link(woz_object, key="objectIdentificatie.wozObjectNummer", label=WOZ, leaves=True)
    def woz_object(self) -> WozObject | None:
        """Het WOZ-object, als het opgegeven nummer dat van een WOZ-object is."""


@extend(ZaakobjectWozWaarde)
class ZaakobjectWozWaardeLinks:
    """From the mention of a value to the WOZ-object that it is the value of."""

    @link(woz_object, key="objectIdentificatie.isVoor.wozObjectNummer", label=WOZ, leaves=True)
    def woz_object(self) -> WozObject | None:
        """Het WOZ-object, als het opgegeven nummer dat van een WOZ-object is."""


# ---- to zaken -----------------------------------------------------------------------------------


@extend(Mijn)
class MijnBedrijfszaken:
    """The zaken in which a company, its owner or a vestiging has a role."""

    @link(zaken_van_bedrijf, own=Own.KVK_NUMMER, label=ZAKEN)
    def zaken_van_bedrijf(
        self,
        rol: EigenRol = None,
        filter: Filter = None,
        volgorde: Volgorde = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[BedrijfZaakEdge] | None:
        """De zaken waarin de onderneming met haar KVK-nummer staat.

        Zaken met alleen het RSIN staan bij de rechtspersoon, die van een vestiging bij de
        vestiging. Leeg voor wie geen onderneming is, of alleen voor één vestiging mag vragen.
        """

    @link(zaken_van_rechtspersoon, own=Own.RSIN, label=ZAKEN)
    def zaken_van_rechtspersoon(
        self,
        rol: EigenRol = None,
        filter: Filter = None,
        volgorde: Volgorde = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[EigenaarZaakEdge] | None:
        """De zaken waarin de rechtspersoon met haar RSIN staat.

        Leeg voor wie geen RSIN heeft, of alleen voor één vestiging mag vragen.
        """

    @link(zaken_van_vestiging, own=Own.VESTIGINGSNUMMER, label=ZAKEN)
    def zaken_van_vestiging(
        self,
        rol: EigenRol = None,
        filter: Filter = None,
        volgorde: Volgorde = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[VestigingZaakEdge] | None:
        """De zaken waarin de vestiging een rol heeft; leeg voor wie niet voor één inlogde."""


@extend(Bedrijf)
class BedrijfLinks:
    """From a company to the zaken in which it has a role."""

    @link(zaken_van_bedrijf, key="kvkNummer", label=ZAKEN)
    def zaken(
        self,
        rol: EigenRol = None,
        filter: Filter = None,
        volgorde: Volgorde = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[BedrijfZaakEdge] | None:
        """De zaken waarin het bedrijf met zijn KVK-nummer staat.

        Zaken met alleen het RSIN staan bij de eigenaar, die van een vestiging bij de vestiging.
        """


@extend(BedrijfEigenaar)
class BedrijfEigenaarLinks:
    """From the owner of a company to the zaken in which it has a role."""

    @link(zaken_van_rechtspersoon, key="rsin", label=ZAKEN)
    def zaken(
        self,
        rol: EigenRol = None,
        filter: Filter = None,
        volgorde: Volgorde = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[EigenaarZaakEdge] | None:
        """De zaken waarin de eigenaar met zijn RSIN staat; leeg als die geen RSIN heeft."""


@extend(Vestiging)
class VestigingLinks:
    """From a vestiging to the zaken in which it has a role."""

    @link(zaken_van_vestiging, key="vestigingsnummer", label=ZAKEN)
    def zaken(
        self,
        rol: EigenRol = None,
        filter: Filter = None,
        volgorde: Volgorde = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[VestigingZaakEdge] | None:
        """De zaken waarin de vestiging een rol heeft."""


@extend(BedrijfZaakEdge)
class BedrijfZaakLinks:
    """From a company's zaak to what it has to do with it."""

    @link(
        rollen_van_zaak, key="node.url", where=("kvkNummer", "kvkNummer"), label=ZAKEN, expected=1
    )
    def rollen(self) -> list[Rol] | None:
        """De rollen van het bedrijf in deze zaak."""


@extend(EigenaarZaakEdge)
class EigenaarZaakLinks:
    """From an owner's zaak to what it has to do with it."""

    @link(
        rollen_van_zaak,
        key="node.url",
        where=("betrokkeneIdentificatie.innNnpId", "rsin"),
        label=ZAKEN,
        expected=1,
    )
    def rollen(self) -> list[Rol] | None:
        """De rollen van de eigenaar in deze zaak."""


@extend(VestigingZaakEdge)
class VestigingZaakLinks:
    """From a vestiging's zaak to what it has to do with it."""

    @link(
        rollen_van_zaak,
        key="node.url",
        where=("betrokkeneIdentificatie.vestigingsNummer", "vestigingsnummer"),
        label=ZAKEN,
        expected=1,
    )
    def rollen(self) -> list[Rol] | None:
        """De rollen van de vestiging in deze zaak."""
