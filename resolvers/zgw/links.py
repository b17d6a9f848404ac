"""What can be asked about zaken, and how zaken lead to other registries and back (startup)."""

from __future__ import annotations

from typing import Annotated

from resolvers.bag.reads import adres, openbare_ruimte, pand, woonplaats
from resolvers.brp.reads import personen
from resolvers.zgw.reads_catalogi import (
    catalogus,
    catalogussen,
    eigenschap,
    eigenschappen_van_zaaktype,
    resultaattype,
    resultaattypen_van_zaaktype,
    roltype,
    roltypen_van_zaaktype,
    statustype,
    statustypen_van_zaaktype,
    zaaktype,
    zaaktypen,
    zaaktypen_van_catalogus,
)
from resolvers.zgw.reads_zaken import (
    resultaat,
    rollen_van_zaak,
    status,
    statussen_van_zaak,
    zaak,
    zaak_op_identificatie,
    zaakeigenschappen_van_zaak,
    zaakobjecten_van_adres,
    zaakobjecten_van_openbare_ruimte,
    zaakobjecten_van_pand,
    zaakobjecten_van_woonplaats,
    zaakobjecten_van_zaak,
    zaken_gezocht,
    zaken_van_persoon,
)
from schema.bag import Adres, OpenbareRuimte, Pand, Woonplaats
from schema.brp import Persoon, PersoonBasis
from schema.brp_labels import RAADPLEGEN
from schema.catalogi import (
    Catalogus,
    Eigenschap,
    Resultaattype,
    RolOmschrijvingGeneriek,
    Roltype,
    Statustype,
    Zaaktype,
    ZaaktypeStatus,
)
from schema.language.links import Mijn, Own, Query, Subscription, extend, link
from schema.language.paging import After, Connection, First
from schema.language.scalars import Bsn, Datum, Identificatie, Rsin, Uuid
from schema.zaakobjecten import (
    ObjectZaakEdge,
    Zaakobject,
    ZaakobjectAdres,
    ZaakobjectNatuurlijkPersoon,
    ZaakobjectOpenbareRuimte,
    ZaakobjectPand,
    ZaakobjectWoonplaats,
)
from schema.zaken import (
    PersoonZaakEdge,
    RelevanteZaak,
    Resultaat,
    Rol,
    RolNatuurlijkPersoon,
    Status,
    Zaak,
    Zaakeigenschap,
)
from schema.zaken_zoeken import RolFilter, ZaakFilter, ZaakVolgorde

Filter = Annotated[ZaakFilter | None, "Waaraan de zaken moeten voldoen."]
Volgorde = Annotated[
    ZaakVolgorde | None, "Waarop de zaken gesorteerd zijn; weglaten geeft de volgorde van de bron."
]
EigenRol = Annotated[
    RolOmschrijvingGeneriek | None, "De rol van de persoon in de zaak; weglaten geeft elke rol."
]
Kenmerk = Annotated[Identificatie | None, "Het kenmerk van het zaaktype, voor alle versies gelijk."]
GeldigOp = Annotated[Datum | None, "De dag waarop het zaaktype geldig is."]
Publicatie = Annotated[ZaaktypeStatus, "Of het zaaktype al vaststaat."]


@extend(Query)
class ZgwVragen:
    """The root questions about zaken and the catalogus: one for each way of finding."""

    @link(zaak, argument="uuid", label="vraag.zaak-raadplegen")
    def zaak(self, uuid: Annotated[Uuid, "Het uuid van de zaak bij de bron."]) -> Zaak | None:
        """De zaak met dit uuid."""

    @link(zaak_op_identificatie, label="vraag.zaak-raadplegen")
    def zaak_op_identificatie(
        self,
        identificatie: Annotated[Identificatie, "Het zaaknummer."],
        bronorganisatie: Annotated[
            Rsin | None,
            "Het RSIN van de organisatie die de zaak aanmaakte; nodig als er meer zijn.",
        ] = None,
    ) -> Zaak | None:
        """De zaak met dit zaaknummer."""

    @link(zaken_gezocht, label="vraag.zaken-zoeken")
    def zaken(
        self,
        filter: Filter = None,
        rol: Annotated[RolFilter | None, "Wie bij de zaken betrokken moet zijn."] = None,
        volgorde: Volgorde = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Zaak] | None:
        """Zaken die aan alles voldoen wat gevraagd is; zonder filter alle zaken."""

    @link(zaken_van_persoon, argument="bsn", label="persoon.zaken")
    def zaken_van_persoon(
        self,
        bsn: Annotated[Bsn, "Het burgerservicenummer van de persoon."],
        rol: EigenRol = None,
        filter: Filter = None,
        volgorde: Volgorde = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[PersoonZaakEdge] | None:
        """De zaken waarin een persoon een rol heeft.

        De bron toetst persoon en rol los van elkaar: met `rol` komt ook een zaak mee waarin de
        persoon een andere rol heeft en iemand anders de gevraagde. `rollen` zegt welke het is.
        """

    @link(zaaktype, argument="uuid", label="catalogus.basis")
    def zaaktype(
        self, uuid: Annotated[Uuid, "Het uuid van deze versie van het zaaktype bij de bron."]
    ) -> Zaaktype | None:
        """De versie van een zaaktype met dit uuid."""

    @link(zaaktypen, label="catalogus.basis")
    def zaaktypen(
        self,
        identificatie: Kenmerk = None,
        geldig_op: GeldigOp = None,
        status: Publicatie = ZaaktypeStatus.DEFINITIEF,
        first: First = 20,
        after: After = None,
    ) -> Connection[Zaaktype] | None:
        """De zaaktypen van de gemeente; elke versie is er een."""

    @link(catalogussen, label="catalogus.basis")
    def catalogi(
        self,
        domein: Annotated[Identificatie | None, "De korte aanduiding van de catalogus."] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Catalogus] | None:
        """De catalogi van de gemeente."""


@extend(Mijn)
class MijnZaken:
    """The zaken in which somebody has a role."""

    @link(zaken_van_persoon, own=Own.BSN, label="persoon.zaken")
    def zaken(
        self,
        rol: EigenRol = None,
        filter: Filter = None,
        volgorde: Volgorde = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[PersoonZaakEdge] | None:
        """De zaken waarin de inwoner een rol heeft; leeg voor wie geen inwoner is.

        De bron toetst persoon en rol los van elkaar: met `rol` komt ook een zaak mee waarin de
        inwoner een andere rol heeft en iemand anders de gevraagde. `rollen` zegt welke het is.
        """

    @link(zaak, argument="uuid", label="vraag.zaak-raadplegen")
    def zaak(self, uuid: Annotated[Uuid, "Het uuid van de zaak bij de bron."]) -> Zaak | None:
        """De zaak met dit uuid; leeg als het geen zaak is van wie vraagt."""


@extend(Subscription)
class ZgwVolgen:
    """What of zaken can be followed."""

    @link(zaak, argument="uuid", label="vraag.zaak-raadplegen")
    def zaak_gewijzigd(
        self, uuid: Annotated[Uuid, "Het uuid van de zaak bij de bron."]
    ) -> Zaak | None:
        """De zaak met dit uuid, nu en telkens wanneer zij is gewijzigd.

        Het eerste bericht is de zaak zoals zij nu is: er gaat tussen vragen en volgen niets
        verloren. Elk volgend bericht is opnieuw gevraagd, met de rechten van dat moment. Volgen
        wijzigingen elkaar snel op, dan komt alleen de laatste stand.
        """


@extend(Zaak)
class ZaakLinks:
    """From a zaak to what hangs under it and to other zaken."""

    @link(zaaktype, key="zaaktype", label="zaak.basis")
    def zaaktype(self) -> Zaaktype | None:
        """De versie van het zaaktype waarnaar de zaak gemaakt is."""

    @link(status, key="status", label="zaak.basis")
    def status(self) -> Status | None:
        """De laatste status; leeg als de zaak nog geen status heeft."""

    @link(statussen_van_zaak, key="url", label="zaak.basis", expected=3)
    def statussen(self) -> list[Status] | None:
        """Alle statussen die de zaak heeft gehad, in de volgorde van de bron."""

    @link(resultaat, key="resultaat", label="zaak.basis")
    def resultaat(self) -> Resultaat | None:
        """Waarop de zaak is uitgelopen; leeg zolang dat niet vaststaat."""

    @link(
        rollen_van_zaak,
        key="url",
        where=("omschrijvingGeneriek", "$omschrijving_generiek"),
        label="zaak.rol",
        expected=3,
    )
    def rollen(
        self,
        omschrijving_generiek: Annotated[
            RolOmschrijvingGeneriek | None, "Alleen wie deze rol heeft; weglaten geeft iedereen."
        ] = None,
    ) -> list[Rol] | None:
        """Wie er bij de zaak betrokken is."""

    @link(zaakobjecten_van_zaak, key="url", label="zaak.object", expected=2)
    def zaakobjecten(self) -> list[Zaakobject] | None:
        """Waar de zaak over gaat."""

    @link(zaakeigenschappen_van_zaak, key="url", label="zaak.eigenschap", expected=3)
    def eigenschappen(self) -> list[Zaakeigenschap] | None:
        """De gegevens die alleen zaken van dit zaaktype hebben."""

    @link(zaak, key="hoofdzaak", label="zaak.verwant")
    def hoofdzaak(self) -> Zaak | None:
        """De zaak waar deze een deel van is."""

    @link(zaak, key="deelzaken", label="zaak.verwant", expected=2)
    def deelzaken(self) -> list[Zaak | None] | None:
        """De zaken die een deel van deze zijn; null waar een zaak niet te zien is."""


@extend(RelevanteZaak)
class RelevanteZaakLinks:
    """From the mention of another zaak to that zaak."""

    @link(zaak, key="url", label="zaak.verwant")
    def zaak(self) -> Zaak | None:
        """De andere zaak."""


@extend(Status)
class StatusLinks:
    """From a status to its type."""

    @link(statustype, key="statustype", label="zaak.basis")
    def statustype(self) -> Statustype | None:
        """De stap in het verloop van het zaaktype die dit is."""


@extend(Resultaat)
class ResultaatLinks:
    """From a resultaat to its type."""

    @link(resultaattype, key="resultaattype", label="zaak.basis")
    def resultaattype(self) -> Resultaattype | None:
        """De uitkomst van het zaaktype die dit is."""


@extend(Zaakeigenschap)
class ZaakeigenschapLinks:
    """From a zaakeigenschap to its definition."""

    @link(eigenschap, key="eigenschap", label="zaak.eigenschap")
    def eigenschap(self) -> Eigenschap | None:
        """Wat het gegeven volgens de catalogus betekent."""


@extend(Rol)
class RolLinks:
    """From a rol to its type."""

    @link(roltype, key="roltype", label="rol.basis")
    def roltype(self) -> Roltype | None:
        """De rol van het zaaktype die dit is."""


@extend(RolNatuurlijkPersoon)
class RolNatuurlijkPersoonLinks:
    """From the mention of a person to the BRP."""

    @link(personen, key="betrokkeneIdentificatie.inpBsn", label=RAADPLEGEN)
    def persoon(self) -> Persoon | None:
        """De persoon in de BRP; leeg als er bij de zaak geen burgerservicenummer staat."""


@extend(ZaakobjectNatuurlijkPersoon)
class ZaakobjectNatuurlijkPersoonLinks:
    """From the mention of a person to the BRP."""

    @link(personen, key="objectIdentificatie.inpBsn", label=RAADPLEGEN)
    def persoon(self) -> Persoon | None:
        """De persoon in de BRP; leeg als er bij de zaak geen burgerservicenummer staat."""


@extend(PersoonBasis)
class PersoonLinks:
    """From a person to the zaken in which they have a role."""

    @link(zaken_van_persoon, key="burgerservicenummer", label="persoon.zaken")
    def zaken(
        self,
        rol: EigenRol = None,
        filter: Filter = None,
        volgorde: Volgorde = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[PersoonZaakEdge] | None:
        """De zaken waarin de persoon een rol heeft.

        De bron toetst persoon en rol los van elkaar: met `rol` komt ook een zaak mee waarin de
        persoon een andere rol heeft en iemand anders de gevraagde. `rollen` zegt welke het is.
        """


@extend(PersoonZaakEdge)
class PersoonZaakLinks:
    """From a person's zaak to what that person has to do with it."""

    @link(
        rollen_van_zaak,
        key="node.url",
        where=("betrokkeneIdentificatie.inpBsn", "bsn"),
        label="persoon.zaken",
        expected=1,
    )
    def rollen(self) -> list[Rol] | None:
        """De rollen van de persoon in deze zaak."""


@extend(Zaaktype)
class ZaaktypeLinks:
    """From a zaaktype to its parts and its catalogus."""

    @link(catalogus, key="catalogus", label="catalogus.basis")
    def catalogus(self) -> Catalogus | None:
        """De catalogus waar het zaaktype in staat."""

    @link(statustypen_van_zaaktype, key="url", label="catalogus.basis", expected=5)
    def statustypen(self) -> list[Statustype] | None:
        """De stappen in het verloop."""

    @link(resultaattypen_van_zaaktype, key="url", label="catalogus.basis", expected=4)
    def resultaattypen(self) -> list[Resultaattype] | None:
        """De mogelijke uitkomsten."""

    @link(roltypen_van_zaaktype, key="url", label="catalogus.basis", expected=4)
    def roltypen(self) -> list[Roltype] | None:
        """De mogelijke rollen."""

    @link(eigenschappen_van_zaaktype, key="url", label="catalogus.basis", expected=4)
    def eigenschappen(self) -> list[Eigenschap] | None:
        """De gegevens die alleen zaken van dit zaaktype hebben."""

    @link(zaaktype, key="deelzaaktypen", label="catalogus.basis")
    def deelzaaktypen(self) -> list[Zaaktype | None] | None:
        """De zaaktypen die deelzaken kunnen hebben; null waar de bron er geen kan geven."""


@extend(Catalogus)
class CatalogusLinks:
    """From a catalogus to its zaaktypen."""

    @link(zaaktypen_van_catalogus, key="url", label="catalogus.basis")
    def zaaktypen(
        self,
        identificatie: Kenmerk = None,
        geldig_op: GeldigOp = None,
        status: Publicatie = ZaaktypeStatus.DEFINITIEF,
        first: First = 20,
        after: After = None,
    ) -> Connection[Zaaktype] | None:
        """De zaaktypen in deze catalogus; elke versie is er een."""


@extend(ZaakobjectAdres)
class ZaakobjectAdresLinks:
    """From the mention of an address to the BAG."""

    @link(adres, key="bag", label="zaak.object")
    def adres(self) -> Adres | None:
        """Het adres in de BAG, als het kenmerk of de BAG-url dat van een nummeraanduiding is."""


@extend(ZaakobjectPand)
class ZaakobjectPandLinks:
    """From the mention of a building to the BAG."""

    @link(pand, key="bag", label="zaak.object")
    def pand(self) -> Pand | None:
        """Het pand in de BAG, als het kenmerk of de BAG-url dat van een pand is."""


@extend(ZaakobjectOpenbareRuimte)
class ZaakobjectOpenbareRuimteLinks:
    """From the mention of a street to the BAG."""

    @link(openbare_ruimte, key="bag", label="zaak.object")
    def openbare_ruimte(self) -> OpenbareRuimte | None:
        """De openbare ruimte in de BAG, als het kenmerk of de BAG-url daarvan is."""


@extend(ZaakobjectWoonplaats)
class ZaakobjectWoonplaatsLinks:
    """From the mention of a woonplaats to the BAG."""

    @link(woonplaats, key="bag", label="zaak.object")
    def woonplaats(self) -> Woonplaats | None:
        """De woonplaats in de BAG, als het kenmerk of de BAG-url daarvan is."""


@extend(ObjectZaakEdge)
class ObjectZaakLinks:
    """From the mention of an object to the zaak that mentions it."""

    @link(zaak, key="node.zaak", label="zaak.object")
    def node(self) -> Zaak | None:
        """De zaak zelf."""


@extend(Adres)
class AdresLinks:
    """From an address of the BAG to zaken."""

    @link(zaakobjecten_van_adres, key="nummeraanduidingIdentificatie", label="zaak.object")
    def zaken(self, first: First = 20, after: After = None) -> Connection[ObjectZaakEdge] | None:
        """De zaken over dit adres, als de zaak het adres met zijn BAG-url noemt.

        Een zaak die het adres alleen met kenmerk of straat en huisnummer noemt, kan de bron zo
        niet vinden.
        """


@extend(Pand)
class PandLinks:
    """From a building of the BAG to zaken."""

    @link(zaakobjecten_van_pand, key="identificatie", label="zaak.object")
    def zaken(self, first: First = 20, after: After = None) -> Connection[ObjectZaakEdge] | None:
        """De zaken over dit pand, als de zaak het pand met zijn BAG-url noemt.

        Een zaak die het pand alleen met kenmerk noemt, kan de bron zo niet vinden.
        """


@extend(OpenbareRuimte)
class OpenbareRuimteLinks:
    """From a street of the BAG to zaken."""

    @link(zaakobjecten_van_openbare_ruimte, key="identificatie", label="zaak.object")
    def zaken(self, first: First = 20, after: After = None) -> Connection[ObjectZaakEdge] | None:
        """De zaken over deze openbare ruimte zelf, als de zaak haar met haar BAG-url noemt.

        Een zaak die haar alleen met kenmerk of naam noemt, kan de bron zo niet vinden.
        """


@extend(Woonplaats)
class WoonplaatsLinks:
    """From a woonplaats of the BAG to zaken."""

    @link(zaakobjecten_van_woonplaats, key="identificatie", label="zaak.object")
    def zaken(self, first: First = 20, after: After = None) -> Connection[ObjectZaakEdge] | None:
        """De zaken over deze woonplaats als geheel, als de zaak haar met haar BAG-url noemt.

        Een zaak die haar alleen met kenmerk of naam noemt, kan de bron zo niet vinden.
        """
