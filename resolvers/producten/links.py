"""What can be asked about products, and how they lead to other registries and back (startup)."""

from __future__ import annotations

from typing import Annotated

from resolvers.brp.reads import personen
from resolvers.producten.reads import (
    product,
    producten_aangevraagd_in_zaak,
    producten_van_document,
    producten_van_onderneming,
    producten_van_persoon,
    producten_van_vestiging,
    producten_van_zaak,
)
from resolvers.producten.reads_typen import (
    content_van_producttype,
    gepubliceerd_producttype,
    producttype,
    producttypen_gezocht,
    producttypen_van_zaaktype,
)
from resolvers.zgw.reads_catalogi import zaaktype
from resolvers.zgw.reads_documenten import document
from resolvers.zgw.reads_zaken import zaak
from schema.brp import Persoon, PersoonBasis
from schema.catalogi import Zaaktype
from schema.documenten import Document
from schema.language.links import Mijn, Own, Query, extend, link
from schema.language.paging import After, Connection, First
from schema.language.scalars import Bsn, KvkNummer, Uuid, Vestigingsnummer, Zoektekst
from schema.producten import EIGENAAR, PRODUCT, RAADPLEGEN, Product, ProductEigenaar, ProductStatus
from schema.producttypen import PRODUCTTYPE, ContentElement, Doelgroep, Producttype
from schema.zaken import Zaak

Status = Annotated[
    ProductStatus | None, "Alleen producten met deze status; weglaten geeft elke status."
]
VanType = Annotated[Uuid | None, "Alleen producten van het type met dit uuid."]


@extend(Query)
class ProductVragen:
    """The root questions about products: one for each way of finding."""

    @link(product, argument="uuid", label=RAADPLEGEN)
    def product(
        self, uuid: Annotated[Uuid, "Het uuid van het product bij de bron."]
    ) -> Product | None:
        """Het product met dit uuid."""

    @link(producten_van_persoon, argument="bsn", label=RAADPLEGEN)
    def producten_van_persoon(
        self,
        bsn: Annotated[Bsn, "Het burgerservicenummer van wie de producten heeft."],
        status: Status = None,
        producttype: VanType = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Product] | None:
        """Wat iemand van de gemeente heeft."""

    @link(producten_van_onderneming, argument="kvk_nummer", label=RAADPLEGEN)
    def producten_van_onderneming(
        self,
        kvk_nummer: Annotated[KvkNummer, "Het nummer van de onderneming."],
        status: Status = None,
        producttype: VanType = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Product] | None:
        """Wat een onderneming van de gemeente heeft, met wat haar vestigingen hebben."""

    @link(producten_van_vestiging, argument="vestigingsnummer", label=RAADPLEGEN)
    def producten_van_vestiging(
        self,
        vestigingsnummer: Annotated[Vestigingsnummer, "Het nummer van de vestiging."],
        status: Status = None,
        producttype: VanType = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Product] | None:
        """Wat een vestiging van de gemeente heeft."""

    @link(gepubliceerd_producttype, argument="uuid", label=PRODUCTTYPE)
    def producttype(
        self, uuid: Annotated[Uuid, "Het uuid van het type bij de bron."]
    ) -> Producttype | None:
        """De soort product met dit uuid; leeg als de gemeente die niet toont."""

    @link(producttypen_gezocht, label=PRODUCTTYPE, expected=20)
    def producttypen(
        self,
        naam: Annotated[Zoektekst | None, "Een deel van de naam."] = None,
        doelgroep: Annotated[Doelgroep | None, "Voor wie de producten zijn."] = None,
        thema: Annotated[Uuid | None, "Het uuid van het thema waar de typen onder vallen."] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Producttype] | None:
        """Wat de gemeente aanbiedt en toont."""


@extend(Mijn)
class MijnProducten:
    """What they have."""

    @link(producten_van_persoon, own=Own.BSN, label=PRODUCT)
    def producten(
        self,
        status: Status = None,
        producttype: VanType = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Product] | None:
        """Wat de inwoner van de gemeente heeft; leeg voor wie geen inwoner is."""

    @link(product, argument="uuid", label=RAADPLEGEN)
    def product(
        self, uuid: Annotated[Uuid, "Het uuid van het product bij de bron."]
    ) -> Product | None:
        """Het product met dit uuid; leeg als het niet is van wie vraagt."""


@extend(Product)
class ProductLinks:
    """From a product to its type, and to the zaken and documents that it came of."""

    @link(producttype, key="producttype.uuid", label=PRODUCTTYPE)
    def producttype(self) -> Producttype | None:
        """De soort product die het is."""

    @link(zaak, key="zaken.url", label=PRODUCT)
    def zaken(self) -> list[Zaak | None] | None:
        """De zaken waar het product bij hoort; null waar een zaak niet te zien is."""

    @link(document, key="documenten.url", label=PRODUCT, leaves=True)
    def documenten(self) -> list[Document | None] | None:
        """De documenten die bij het product horen; null waar een document niet te zien is."""

    @link(zaak, key="aanvraag_zaak_url", label=PRODUCT)
    def aanvraag_zaak(self) -> Zaak | None:
        """De zaak waarmee het product is aangevraagd."""


@extend(ProductEigenaar)
class ProductEigenaarLinks:
    """From the owner of a product to the BRP."""

    @link(personen, key="bsn", label=EIGENAAR)
    def persoon(self) -> Persoon | None:
        """De eigenaar in de BRP; leeg als de eigenaar geen mens is."""


@extend(Producttype)
class ProducttypeLinks:
    """From a producttype to its texts and to the zaaktypen that come with it."""

    @link(content_van_producttype, key="uuid", label=PRODUCTTYPE, expected=3)
    def content(self) -> list[ContentElement] | None:
        """De teksten over het product."""

    @link(zaaktype, key="zaaktypen.url", label=PRODUCTTYPE)
    def zaaktypen(self) -> list[Zaaktype | None] | None:
        """De zaaktypen waarmee het product wordt behandeld; null waar er een niet te zien is."""


@extend(PersoonBasis)
class PersoonLinks:
    """From a person to what they have."""

    @link(producten_van_persoon, key="burgerservicenummer", label=PRODUCT)
    def producten(
        self,
        status: Status = None,
        producttype: VanType = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Product] | None:
        """Wat de persoon van de gemeente heeft."""


@extend(Zaak)
class ZaakLinks:
    """From a zaak to what came of it."""

    @link(producten_van_zaak, key="uuid", label=PRODUCT)
    def producten(self, first: First = 20, after: After = None) -> Connection[Product] | None:
        """De producten die bij de zaak horen."""

    @link(producten_aangevraagd_in_zaak, key="uuid", label=PRODUCT)
    def aangevraagde_producten(
        self, first: First = 20, after: After = None
    ) -> Connection[Product] | None:
        """De producten die met de zaak zijn aangevraagd."""

    @link(producttype, key="productenOfDiensten", label=PRODUCTTYPE)
    def producten_of_diensten(self) -> list[Producttype | None] | None:
        """De soorten product waar de zaak over gaat; null waar de zaak er een van elders noemt."""


@extend(Document)
class DocumentLinks:
    """From a document to the products that it belongs to."""

    @link(producten_van_document, key="url", label=PRODUCT)
    def producten(self, first: First = 20, after: After = None) -> Connection[Product] | None:
        """De producten waar het document bij hoort."""


@extend(Zaaktype)
class ZaaktypeLinks:
    """From a zaaktype to the producttypen that it comes with."""

    @link(producttypen_van_zaaktype, key="url", label=PRODUCTTYPE)
    def producttypen(self) -> list[Producttype] | None:
        """De soorten product, voor zover getoond, die deze versie van het zaaktype noemen."""

    @link(producttype, key="productenOfDiensten", label=PRODUCTTYPE)
    def producten_of_diensten(self) -> list[Producttype | None] | None:
        """De soorten product die het zaaktype noemt; null waar het er een van elders noemt."""
