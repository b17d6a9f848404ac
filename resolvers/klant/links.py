"""What can be asked about customers, and how they lead to other registries and back (startup)."""

from __future__ import annotations

from typing import Annotated

from resolvers.bag.reads import adres
from resolvers.brp.reads import personen
from resolvers.klant.reads_contacten import (
    actor,
    bijlage,
    interne_taak,
    interne_taken,
    klantcontact,
    klantcontacten_van_partij,
    klantcontacten_van_persoon,
    klantcontacten_van_zaak,
    onderwerpobject,
)
from resolvers.klant.reads_partijen import (
    betrokkene,
    digitaal_adres,
    digitale_adressen_van_partij,
    partij,
    partij_van_persoon,
    partijen_op_adres,
    partijen_van_onderneming,
    partijen_van_persoon,
    partijen_van_rechtspersoon,
    partijen_van_vestiging,
    rekeningnummer,
    vertegenwoordigingen_door_partij,
    vertegenwoordigingen_van_partij,
)
from resolvers.zgw.reads_documenten import document
from resolvers.zgw.reads_zaken import zaak
from schema.bag import Adres
from schema.brp import Persoon, PersoonBasis
from schema.documenten import Document
from schema.klant import (
    DigitaalAdres,
    KlantAdres,
    Partij,
    Rekeningnummer,
    Vertegenwoordiging,
)
from schema.klant_contact import (
    Actor,
    Betrokkene,
    Bijlage,
    InterneTaak,
    Klantcontact,
    Onderwerpobject,
)
from schema.klant_waarden import (
    BASIS,
    CONTACTEN,
    CONTACTGEGEVENS,
    MEDEWERKER,
    OP_ADRES,
    RAADPLEGEN,
    REKENING,
    TAKEN,
    TAKEN_ZOEKEN,
    VERTEGENWOORDIGING,
    SoortDigitaalAdres,
    StatusInterneTaak,
)
from schema.language.links import Mijn, Own, Query, extend, link
from schema.language.paging import After, Connection, First
from schema.language.scalars import Bsn, KvkNummer, Rsin, Uuid, Vestigingsnummer
from schema.zaken import Zaak


@extend(Query)
class KlantVragen:
    """The root questions about customers: one for each way of finding."""

    @link(partij, argument="uuid", label=RAADPLEGEN)
    def partij(self, uuid: Annotated[Uuid, "Het uuid van de partij bij de bron."]) -> Partij | None:
        """De klant met dit uuid."""

    @link(partij_van_persoon, argument="bsn", label=RAADPLEGEN)
    def partij_van_persoon(
        self, bsn: Annotated[Bsn, "Het burgerservicenummer van de klant."]
    ) -> Partij | None:
        """De klant met dit burgerservicenummer."""

    @link(partijen_van_persoon, argument="bsn", label=RAADPLEGEN)
    def partijen_van_persoon(
        self, bsn: Annotated[Bsn, "Het burgerservicenummer van de klant."]
    ) -> list[Partij] | None:
        """De klanten met dit burgerservicenummer: in elke bron van de gemeente hoogstens één."""

    @link(partijen_van_onderneming, argument="kvk_nummer", label=RAADPLEGEN)
    def partijen_van_onderneming(
        self, kvk_nummer: Annotated[KvkNummer, "Het nummer van de onderneming."]
    ) -> list[Partij] | None:
        """De klanten met dit KVK-nummer: de onderneming, en vestigingen die het ook dragen."""

    @link(partijen_van_rechtspersoon, argument="rsin", label=RAADPLEGEN)
    def partijen_van_rechtspersoon(
        self, rsin: Annotated[Rsin, "Het nummer van de rechtspersoon."]
    ) -> list[Partij] | None:
        """De klanten met dit RSIN."""

    @link(
        partijen_van_vestiging,
        argument="vestigingsnummer",
        where=("kvkNummer", "$kvk_nummer"),
        label=RAADPLEGEN,
    )
    def partijen_van_vestiging(
        self,
        vestigingsnummer: Annotated[Vestigingsnummer, "Het nummer van de vestiging."],
        kvk_nummer: Annotated[
            KvkNummer | None, "Alleen zoals de vestiging bij deze onderneming hoort."
        ] = None,
    ) -> list[Partij] | None:
        """De klanten met dit vestigingsnummer; dat gaat bij een overname mee naar de volgende."""

    @link(klantcontact, argument="uuid", label=RAADPLEGEN)
    def klantcontact(
        self, uuid: Annotated[Uuid, "Het uuid van het klantcontact bij de bron."]
    ) -> Klantcontact | None:
        """Het klantcontact met dit uuid."""

    @link(klantcontacten_van_persoon, argument="bsn", label=RAADPLEGEN)
    def klantcontacten_van_persoon(
        self,
        bsn: Annotated[Bsn, "Het burgerservicenummer van de klant."],
        first: First = 20,
        after: After = None,
    ) -> Connection[Klantcontact] | None:
        """De klantcontacten met iemand, in de volgorde van de bron."""

    @link(interne_taken, label=TAKEN_ZOEKEN)
    def interne_taken(
        self,
        status: Annotated[
            StatusInterneTaak | None, "Hoe ver de taken zijn; weglaten geeft alle."
        ] = None,
        actor: Annotated[
            Uuid | None, "Het uuid van wie de taken heeft; weglaten geeft die van iedereen."
        ] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[InterneTaak] | None:
        """De taken die uit klantcontacten volgen."""

    @link(interne_taak, argument="uuid", label=TAKEN_ZOEKEN)
    def interne_taak(
        self, uuid: Annotated[Uuid, "Het uuid van de taak bij de bron."]
    ) -> InterneTaak | None:
        """De taak met dit uuid."""


@extend(Mijn)
class MijnKlant:
    """Who they are as a customer, and their contacts."""

    @link(partij_van_persoon, own=Own.BSN, label=BASIS)
    def partij(self) -> Partij | None:
        """De inwoner als klant van de gemeente; leeg voor wie daar niet als klant bekend is."""

    @link(partijen_van_persoon, own=Own.BSN, label=BASIS)
    def partijen(self) -> list[Partij] | None:
        """De inwoner als klant, in elke bron die de gemeente daarvoor heeft."""

    @link(klantcontacten_van_persoon, own=Own.BSN, label=CONTACTEN)
    def klantcontacten(
        self, first: First = 20, after: After = None
    ) -> Connection[Klantcontact] | None:
        """De klantcontacten met de inwoner, in de volgorde van de bron."""


@extend(Partij)
class PartijLinks:
    """From a customer to how to reach them, their contacts, and other registries."""

    @link(
        digitale_adressen_van_partij,
        key="uuid",
        where=("soortDigitaalAdres", "$soort"),
        label=CONTACTGEGEVENS,
        expected=2,
    )
    def digitale_adressen(
        self,
        soort: Annotated[
            SoortDigitaalAdres | None, "Alleen adressen van deze soort; weglaten geeft alle."
        ] = None,
    ) -> list[DigitaalAdres] | None:
        """Waarlangs de klant digitaal bereikbaar is."""

    @link(digitaal_adres, key="voorkeursDigitaalAdres.uuid", label=CONTACTGEGEVENS)
    def voorkeurs_digitaal_adres(self) -> DigitaalAdres | None:
        """Waarlangs de klant het liefst wordt bereikt."""

    @link(klantcontacten_van_partij, key="uuid", label=CONTACTEN)
    def klantcontacten(
        self, first: First = 20, after: After = None
    ) -> Connection[Klantcontact] | None:
        """De klantcontacten met de klant, in de volgorde van de bron."""

    @link(vertegenwoordigingen_door_partij, key="uuid", label=VERTEGENWOORDIGING)
    def vertegenwoordigingen(self) -> list[Vertegenwoordiging] | None:
        """Namens wie de klant contact met de gemeente heeft."""

    @link(vertegenwoordigingen_van_partij, key="uuid", label=VERTEGENWOORDIGING)
    def vertegenwoordigd_door(self) -> list[Vertegenwoordiging] | None:
        """Wie namens de klant contact met de gemeente hebben."""

    @link(partij, key="partijIdentificatie.werkteVoorPartij.uuid", label=BASIS)
    def werkte_voor_partij(self) -> Partij | None:
        """De organisatie waarvoor een contactpersoon contact heeft."""

    @link(rekeningnummer, key="rekeningnummers.uuid", label=REKENING)
    def rekeningnummers(self) -> list[Rekeningnummer | None] | None:
        """De bankrekeningen van de klant."""

    @link(rekeningnummer, key="voorkeursRekeningnummer.uuid", label=REKENING)
    def voorkeurs_rekeningnummer(self) -> Rekeningnummer | None:
        """De bankrekening die de klant het liefst gebruikt."""

    @link(personen, key="burgerservicenummer", label=BASIS)
    def persoon(self) -> Persoon | None:
        """De klant in de BRP; leeg als er geen burgerservicenummer bij de klant staat."""


@extend(Vertegenwoordiging)
class VertegenwoordigingLinks:
    """From who acts for whom to both of them."""

    @link(partij, key="vertegenwoordigendePartij.uuid", label=VERTEGENWOORDIGING)
    def vertegenwoordigende_partij(self) -> Partij | None:
        """De klant die namens een ander contact met de gemeente heeft."""

    @link(partij, key="vertegenwoordigdePartij.uuid", label=VERTEGENWOORDIGING)
    def vertegenwoordigde_partij(self) -> Partij | None:
        """De klant namens wie dat is."""


@extend(KlantAdres)
class KlantAdresLinks:
    """From an address that a customer gave to the BAG."""

    @link(adres, key="nummeraanduidingId", label=CONTACTGEGEVENS)
    def adres(self) -> Adres | None:
        """Het adres in de BAG, als het opgegeven kenmerk dat van een nummeraanduiding is."""


@extend(Klantcontact)
class KlantcontactLinks:
    """From a contact to who took part, what it was about and what came of it."""

    @link(betrokkene, key="hadBetrokkenen.uuid", label=CONTACTEN)
    def had_betrokkenen(self) -> list[Betrokkene | None] | None:
        """Wie als klant of namens een klant deelnamen."""

    @link(onderwerpobject, key="gingOverOnderwerpobjecten.uuid", label=CONTACTEN)
    def ging_over_onderwerpobjecten(self) -> list[Onderwerpobject | None] | None:
        """Waar het contact over ging, zoals de bron dat vastlegt."""

    @link(
        onderwerpobject,
        key="gingOverOnderwerpobjecten.uuid",
        through=(zaak, "zaak"),
        label=CONTACTEN,
    )
    def zaken(self) -> list[Zaak | None] | None:
        """De zaken waar het contact over ging; null waar een zaak niet te zien is."""

    @link(interne_taak, key="leiddeTotInterneTaken.uuid", label=TAKEN)
    def leidde_tot_interne_taken(self) -> list[InterneTaak | None] | None:
        """Wat de gemeente naar aanleiding van het contact moet doen."""

    @link(bijlage, key="omvatteBijlagen.uuid", label=CONTACTEN)
    def omvatte_bijlagen(self) -> list[Bijlage | None] | None:
        """De documenten die bij het contact hoorden."""


@extend(Betrokkene)
class BetrokkeneLinks:
    """From a participant to the customer and the contact."""

    @link(partij, key="wasPartij.uuid", label=CONTACTEN)
    def was_partij(self) -> Partij | None:
        """De klant die de betrokkene is; leeg als die niet bekend is."""

    @link(klantcontact, key="hadKlantcontact.uuid", label=CONTACTEN)
    def had_klantcontact(self) -> Klantcontact | None:
        """Het contact waaraan de betrokkene deelnam."""

    @link(digitaal_adres, key="digitaleAdressen.uuid", label=CONTACTGEGEVENS)
    def digitale_adressen(self) -> list[DigitaalAdres | None] | None:
        """Waarlangs de betrokkene voor dit contact bereikbaar is."""


@extend(Onderwerpobject)
class OnderwerpobjectLinks:
    """From what a contact was about to the thing itself."""

    @link(zaak, key="zaak", label=CONTACTEN)
    def zaak(self) -> Zaak | None:
        """De zaak; leeg als het onderwerpobject iets anders is."""

    @link(klantcontact, key="wasKlantcontact.uuid", label=CONTACTEN, leaves=True)
    def was_klantcontact(self) -> Klantcontact | None:
        """Het eerdere contact dat dit is; leeg als het iets anders is."""

    @link(klantcontact, key="klantcontact.uuid", label=CONTACTEN, leaves=True)
    def klantcontact(self) -> Klantcontact | None:
        """Het contact dat hierover ging."""


@extend(Bijlage)
class BijlageLinks:
    """From what was sent along with a contact to the document itself."""

    @link(document, key="document", label=CONTACTEN, leaves=True)
    def document(self) -> Document | None:
        """Het document zelf, in zijn laatste versie; leeg als de bijlage iets anders is."""


@extend(InterneTaak)
class InterneTaakLinks:
    """From a task to why it is there and whose it is."""

    @link(klantcontact, key="aanleidinggevendKlantcontact.uuid", label=TAKEN, leaves=True)
    def aanleidinggevend_klantcontact(self) -> Klantcontact | None:
        """Het contact waaruit de taak volgt."""

    @link(actor, key="toegewezenAanActoren.uuid", label=MEDEWERKER)
    def toegewezen_aan_actoren(self) -> list[Actor | None] | None:
        """Wie de taak hebben."""


@extend(PersoonBasis)
class PersoonLinks:
    """From a person to themself as a customer."""

    @link(partij_van_persoon, key="burgerservicenummer", label=BASIS)
    def partij(self) -> Partij | None:
        """De persoon als klant van de gemeente; leeg als die daar niet als klant bekend is."""

    @link(partijen_van_persoon, key="burgerservicenummer", label=BASIS)
    def partijen(self) -> list[Partij] | None:
        """De persoon als klant, in elke bron die de gemeente daarvoor heeft."""

    @link(klantcontacten_van_persoon, key="burgerservicenummer", label=CONTACTEN)
    def klantcontacten(
        self, first: First = 20, after: After = None
    ) -> Connection[Klantcontact] | None:
        """De klantcontacten met de persoon, in de volgorde van de bron."""


@extend(Zaak)
class ZaakLinks:
    """From a zaak to the contacts about it."""

    @link(klantcontacten_van_zaak, key="uuid", label=CONTACTEN, leaves=True)
    def klantcontacten(
        self, first: First = 20, after: After = None
    ) -> Connection[Klantcontact] | None:
        """De klantcontacten over de zaak, in de volgorde van de bron."""


@extend(Adres)
class AdresLinks:
    """From an address of the BAG to customers."""

    @link(partijen_op_adres, key="nummeraanduidingIdentificatie", label=OP_ADRES)
    def partijen(self, first: First = 20, after: After = None) -> Connection[Partij] | None:
        """De klanten die dit adres als bezoekadres hebben opgegeven.

        Wie het adres alleen met straat en huisnummer opgaf, kan de bron zo niet vinden.
        """
