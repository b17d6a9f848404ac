"""What can be asked about documents and besluiten, and how they and zaken lead to each other.

Startup. Questions about zaken themselves are in resolvers.zgw.links, which this belongs to.
"""

from __future__ import annotations

from typing import Annotated

from resolvers.zgw.reads_besluiten import (
    besluit,
    besluit_op_identificatie,
    besluiten_van_zaak,
    documenten_van_besluit,
)
from resolvers.zgw.reads_catalogi import (
    besluittype,
    besluittypen,
    catalogus,
    informatieobjecttype,
    informatieobjecttypen,
)
from resolvers.zgw.reads_documenten import (
    document,
    document_op_identificatie,
    objecten_van_document,
    versies_van_document,
)
from resolvers.zgw.reads_een_document import document_in_versie
from resolvers.zgw.reads_zaken import status, zaak, zaakinformatieobjecten_van_zaak
from schema.besluiten import BESLUIT, Besluit, Besluitinformatieobject
from schema.catalogi import Catalogus, Zaaktype, ZaaktypeStatus
from schema.catalogi_documenten import Besluittype, Informatieobjecttype
from schema.documenten import DOCUMENT, Document, Objectinformatieobject, Zaakinformatieobject
from schema.language.links import Mijn, Query, Range, extend, link
from schema.language.paging import After, Connection, First
from schema.language.scalars import Datum, Identificatie, Rsin, Uuid, Zoektekst
from schema.zaakobjecten import ZaakobjectBesluit, ZaakobjectEnkelvoudigDocument
from schema.zaken import Status, Zaak

CATALOGUS = "catalogus.basis"
VERWANT = "zaak.verwant"
ASK_DOCUMENT = "vraag.document-raadplegen"
ASK_BESLUIT = "vraag.besluit-raadplegen"

Versie = Annotated[
    int | None, "De hoeveelste versie; weglaten geeft de laatste.", Range(1, 100_000)
]
Omschrijving = Annotated[Zoektekst | None, "De omschrijving van het type, helemaal."]
GeldigOp = Annotated[Datum | None, "De dag waarop het type geldig is."]
Publicatie = Annotated[ZaaktypeStatus, "Of het type al vaststaat."]
FirstVersions = Annotated[
    int, "Hoeveel versies er hoogstens gegeven worden, 1 tot en met 10.", Range(1, 10)
]


@extend(Query)
class DocumentVragen:
    """The root questions about documents and besluiten: one for each way of finding."""

    @link(document_in_versie, argument="uuid", label=ASK_DOCUMENT)
    def document(
        self,
        uuid: Annotated[Uuid, "Het uuid van het document bij de bron."],
        versie: Versie = None,
    ) -> Document | None:
        """Het document met dit uuid."""

    @link(document_op_identificatie, label=ASK_DOCUMENT)
    def document_op_identificatie(
        self,
        identificatie: Annotated[Identificatie, "Het kenmerk van het document."],
        bronorganisatie: Annotated[
            Rsin | None,
            "Het RSIN van de organisatie die het document maakte of ontving; nodig als er meer "
            "zijn.",
        ] = None,
    ) -> Document | None:
        """Het document met dit kenmerk, in zijn laatste versie."""

    @link(besluit, argument="uuid", label=ASK_BESLUIT)
    def besluit(
        self, uuid: Annotated[Uuid, "Het uuid van het besluit bij de bron."]
    ) -> Besluit | None:
        """Het besluit met dit uuid."""

    @link(besluit_op_identificatie, label=ASK_BESLUIT)
    def besluit_op_identificatie(
        self,
        identificatie: Annotated[Identificatie, "Het kenmerk van het besluit."],
        verantwoordelijke_organisatie: Annotated[
            Rsin | None,
            "Het RSIN van de organisatie die het besluit vaststelde; nodig als er meer zijn.",
        ] = None,
    ) -> Besluit | None:
        """Het besluit met dit kenmerk."""

    @link(informatieobjecttype, argument="uuid", label=CATALOGUS)
    def informatieobjecttype(
        self, uuid: Annotated[Uuid, "Het uuid van het informatieobjecttype bij de bron."]
    ) -> Informatieobjecttype | None:
        """Het informatieobjecttype met dit uuid."""

    @link(informatieobjecttypen, label=CATALOGUS)
    def informatieobjecttypen(
        self,
        omschrijving: Omschrijving = None,
        geldig_op: GeldigOp = None,
        status: Publicatie = ZaaktypeStatus.DEFINITIEF,
        first: First = 20,
        after: After = None,
    ) -> Connection[Informatieobjecttype] | None:
        """De soorten documenten van de gemeente."""

    @link(besluittype, argument="uuid", label=CATALOGUS)
    def besluittype(
        self, uuid: Annotated[Uuid, "Het uuid van het besluittype bij de bron."]
    ) -> Besluittype | None:
        """Het besluittype met dit uuid."""

    @link(besluittypen, label=CATALOGUS)
    def besluittypen(
        self,
        omschrijving: Omschrijving = None,
        geldig_op: GeldigOp = None,
        status: Publicatie = ZaaktypeStatus.DEFINITIEF,
        first: First = 20,
        after: After = None,
    ) -> Connection[Besluittype] | None:
        """De soorten besluiten van de gemeente."""


@extend(Mijn)
class MijnDocumenten:
    """Documents of somebody's own zaken."""

    @link(document_in_versie, argument="uuid", label=ASK_DOCUMENT)
    def document(
        self,
        uuid: Annotated[Uuid, "Het uuid van het document bij de bron."],
        versie: Versie = None,
    ) -> Document | None:
        """Het document met dit uuid; leeg als het niet bij een zaak hoort van wie vraagt."""


@extend(Zaak)
class ZaakDocumentLinks:
    """From a zaak to its documents and besluiten."""

    @link(
        zaakinformatieobjecten_van_zaak,
        key="url",
        through=(document, "informatieobject"),
        label=DOCUMENT,
        expected=3,
    )
    def documenten(self) -> list[Document | None] | None:
        """De documenten van de zaak; null waar een document niet te zien is."""

    @link(zaakinformatieobjecten_van_zaak, key="url", label=DOCUMENT, expected=3)
    def zaakinformatieobjecten(self) -> list[Zaakinformatieobject] | None:
        """De documenten van de zaak, met wat de zaak erover vastlegt."""

    @link(besluiten_van_zaak, key="url", label=BESLUIT)
    def besluiten(self) -> list[Besluit] | None:
        """De besluiten die in de zaak genomen zijn."""


@extend(Zaakinformatieobject)
class ZaakinformatieobjectLinks:
    """From the mention of a document in a zaak to the document."""

    @link(document, key="informatieobject", label=DOCUMENT)
    def document(self) -> Document | None:
        """Het document zelf, in zijn laatste versie."""

    @link(status, key="status", label="zaak.basis")
    def status(self) -> Status | None:
        """De status van de zaak waarvoor het document van belang was."""


@extend(Document)
class DocumentLinks:
    """From a document to its type, its versions and what it belongs to."""

    @link(informatieobjecttype, key="informatieobjecttype", label=DOCUMENT)
    def informatieobjecttype(self) -> Informatieobjecttype | None:
        """De soort document die dit is."""

    @link(versies_van_document, key="url", label=DOCUMENT, expected=5)
    def versies(self, first: FirstVersions = 5, after: After = None) -> Connection[Document] | None:
        """Alle versies van het document, de laatste eerst; elke versie is een aanroep."""

    @link(objecten_van_document, key="url", label=DOCUMENT, leaves=True)
    def objectinformatieobjecten(self) -> list[Objectinformatieobject] | None:
        """Waar het document bij hoort."""

    @link(objecten_van_document, key="url", through=(zaak, "zaak"), label=VERWANT, leaves=True)
    def zaken(self) -> list[Zaak | None] | None:
        """De zaken waar het document bij hoort; null waar een zaak niet te zien is."""

    @link(
        objecten_van_document, key="url", through=(besluit, "besluit"), label=BESLUIT, leaves=True
    )
    def besluiten(self) -> list[Besluit | None] | None:
        """De besluiten waar het document bij hoort; null waar een besluit niet te zien is."""


@extend(Objectinformatieobject)
class ObjectinformatieobjectLinks:
    """From the mention of a zaak or besluit by a document to it."""

    @link(zaak, key="zaak", label=VERWANT, leaves=True)
    def zaak(self) -> Zaak | None:
        """De zaak, als het document bij een zaak hoort."""

    @link(besluit, key="besluit", label=BESLUIT, leaves=True)
    def besluit(self) -> Besluit | None:
        """Het besluit, als het document bij een besluit hoort."""


@extend(Besluit)
class BesluitLinks:
    """From a besluit to its type, its zaak and its documents."""

    @link(besluittype, key="besluittype", label=BESLUIT)
    def besluittype(self) -> Besluittype | None:
        """De soort besluit die dit is."""

    @link(zaak, key="zaak", label=VERWANT)
    def zaak(self) -> Zaak | None:
        """De zaak waarin het besluit is genomen."""

    @link(documenten_van_besluit, key="url", through=(document, "informatieobject"), label=DOCUMENT)
    def documenten(self) -> list[Document | None] | None:
        """De documenten bij het besluit; null waar een document niet te zien is."""

    @link(documenten_van_besluit, key="url", label=BESLUIT)
    def besluitinformatieobjecten(self) -> list[Besluitinformatieobject] | None:
        """Welke documenten bij het besluit horen."""


@extend(Besluitinformatieobject)
class BesluitinformatieobjectLinks:
    """From the mention of a document by a besluit to the document."""

    @link(document, key="informatieobject", label=DOCUMENT)
    def document(self) -> Document | None:
        """Het document zelf, in zijn laatste versie."""


@extend(ZaakobjectBesluit)
class ZaakobjectBesluitLinks:
    """From the mention of a besluit as what a zaak is about to the besluit."""

    @link(besluit, key="object", label=BESLUIT, leaves=True)
    def besluit(self) -> Besluit | None:
        """Het besluit zelf, als de zaak het met zijn adres bij de bron noemt."""


@extend(ZaakobjectEnkelvoudigDocument)
class ZaakobjectEnkelvoudigDocumentLinks:
    """From the mention of a document as what a zaak is about to the document."""

    @link(document, key="object", label=DOCUMENT, leaves=True)
    def document(self) -> Document | None:
        """Het document zelf, in zijn laatste versie, als de zaak het met zijn adres noemt."""


@extend(Besluittype)
class BesluittypeLinks:
    """From a besluittype to its catalogus and its kinds of documents."""

    @link(catalogus, key="catalogus", label=CATALOGUS)
    def catalogus(self) -> Catalogus | None:
        """De catalogus waar het besluittype in staat."""

    @link(informatieobjecttype, key="informatieobjecttypen", label=CATALOGUS, expected=2)
    def informatieobjecttypen(self) -> list[Informatieobjecttype | None] | None:
        """De soorten documenten die erbij horen; null waar de bron er geen kan geven."""


@extend(Informatieobjecttype)
class InformatieobjecttypeLinks:
    """From an informatieobjecttype to its catalogus."""

    @link(catalogus, key="catalogus", label=CATALOGUS)
    def catalogus(self) -> Catalogus | None:
        """De catalogus waar het informatieobjecttype in staat."""


@extend(Zaaktype)
class ZaaktypeDocumentLinks:
    """From a zaaktype to the kinds of documents and besluiten that its zaken can have."""

    @link(informatieobjecttype, key="informatieobjecttypen", label=CATALOGUS, expected=4)
    def informatieobjecttypen(self) -> list[Informatieobjecttype | None] | None:
        """De soorten documenten; null waar de bron er geen kan geven."""

    @link(besluittype, key="besluittypen", label=CATALOGUS)
    def besluittypen(self) -> list[Besluittype | None] | None:
        """De soorten besluiten; null waar de bron er geen kan geven."""
