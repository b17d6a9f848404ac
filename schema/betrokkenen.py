"""What is published of who takes part in a zaak, as the Zaken API (ZGW) identifies them (startup).

These are copies that were made when the zaak was; the registries themselves know better. A
natuurlijk persoon, an organisation and an employee have labels of their own.
"""

from __future__ import annotations

from enum import Enum

import strawberry

from schema.language.declare import copied, published
from schema.language.scalars import Bsn, PersoonRef


@strawberry.enum(description="Het geslacht zoals bij een zaak vastgelegd.")
class Geslachtsaanduiding(Enum):
    MAN = strawberry.enum_value("m", description="Man.")
    VROUW = strawberry.enum_value("v", description="Vrouw.")
    ONBEKEND = strawberry.enum_value("o", description="Onbekend of anders.")


@published(label="rol.adres", blank_is_absent=True)
class BetrokkeneAdres:
    """Het Nederlandse adres van een betrokkene, zoals bij de zaak vastgelegd."""

    aoa_identificatie: str | None
    """Het kenmerk van het adres zoals opgegeven; meestal dat van de nummeraanduiding in de BAG."""
    wpl_woonplaats_naam: str | None
    """De naam van de woonplaats."""
    gor_openbare_ruimte_naam: str | None
    """De naam van de straat of andere openbare ruimte."""
    aoa_postcode: str | None
    """De postcode."""
    aoa_huisnummer: int | None
    """Het huisnummer."""
    aoa_huisletter: str | None
    """De huisletter."""
    aoa_huisnummertoevoeging: str | None
    """De huisnummertoevoeging."""
    inp_locatiebeschrijving: str | None
    """Een beschrijving van de plaats, als er geen adres is."""


@published(label="rol.adres", blank_is_absent=True)
class BetrokkeneAdresBuitenland:
    """Het adres van een betrokkene in het buitenland, zoals bij de zaak vastgelegd."""

    lnd_landcode: str | None
    """De code van het land."""
    lnd_landnaam: str | None
    """De naam van het land."""
    sub_adres_buitenland_1: str | None = copied("subAdresBuitenland_1", name="subAdresBuitenland1")
    """De eerste regel van het adres."""
    sub_adres_buitenland_2: str | None = copied("subAdresBuitenland_2", name="subAdresBuitenland2")
    """De tweede regel van het adres."""
    sub_adres_buitenland_3: str | None = copied("subAdresBuitenland_3", name="subAdresBuitenland3")
    """De derde regel van het adres."""


@published(label="rol.betrokkene", blank_is_absent=True)
class NatuurlijkPersoonIdentificatie:
    """Een mens, zoals bij een zaak vastgelegd; alles kan ontbreken of verouderd zijn."""

    inp_bsn: Bsn | None = copied(label="persoon.bsn")
    """Het burgerservicenummer."""
    persoon_ref: PersoonRef | None = copied("inpBsn", label="rol.betrokkene")
    """Een verwijzing naar deze persoon, te geven waar om een burgerservicenummer gevraagd wordt."""
    anp_identificatie: str | None
    """Het nummer dat de gemeente gaf aan iemand zonder burgerservicenummer."""
    inp_a_nummer: str | None = copied("inpA_nummer", name="inpA_nummer", label="persoon.a-nummer")
    """Het administratienummer in de Basisregistratie Personen."""
    geslachtsnaam: str | None
    """De achternaam zonder voorvoegsel."""
    voorvoegsel_geslachtsnaam: str | None
    """Wat voor de achternaam staat, zoals 'van der'."""
    voorletters: str | None
    """De voorletters."""
    voornamen: str | None
    """De voornamen."""
    geslachtsaanduiding: Geslachtsaanduiding | None
    """Het geslacht."""
    geboortedatum: str | None
    """De geboortedatum als vrije tekst, meestal jjjj-mm-dd of jjjjmmdd."""
    verblijfsadres: BetrokkeneAdres | None
    """Het adres in Nederland."""
    sub_verblijf_buitenland: BetrokkeneAdresBuitenland | None
    """Het adres in het buitenland."""


@published(label="rol.organisatie", blank_is_absent=True)
class NietNatuurlijkPersoonIdentificatie:
    """Een rechtspersoon of andere organisatie, zoals bij een zaak vastgelegd.

    Welk nummer is ingevuld verschilt per gemeente en per formulier.
    """

    inn_nnp_id: str | None
    """Het RSIN."""
    ann_identificatie: str | None
    """Het nummer dat de gemeente aan de organisatie gaf."""
    kvk_nummer: str | None
    """Het KVK-nummer, als de bron dat bijhoudt."""
    vestigings_nummer: str | None
    """Het nummer van de vestiging, als de bron dat bijhoudt."""
    statutaire_naam: str | None
    """De naam van de organisatie volgens haar statuten."""
    inn_rechtsvorm: str | None
    """De rechtsvorm zoals de bron die noemt, zoals besloten_vennootschap of stichting."""
    bezoekadres: str | None
    """Het adres als vrije tekst."""
    verblijfsadres: BetrokkeneAdres | None
    """Het adres in Nederland."""
    sub_verblijf_buitenland: BetrokkeneAdresBuitenland | None
    """Het adres in het buitenland."""


@published(label="rol.organisatie", blank_is_absent=True)
class VestigingIdentificatie:
    """Een vestiging van een onderneming, zoals bij een zaak vastgelegd."""

    vestigings_nummer: str | None
    """Het nummer van de vestiging."""
    handelsnaam: list[str] | None
    """De namen waaronder de vestiging handelt."""
    kvk_nummer: str | None
    """Het KVK-nummer van de onderneming, als de bron dat bijhoudt."""
    verblijfsadres: BetrokkeneAdres | None
    """Het adres in Nederland."""
    sub_verblijf_buitenland: BetrokkeneAdresBuitenland | None
    """Het adres in het buitenland."""


@published(label="rol.organisatie", blank_is_absent=True)
class OrganisatorischeEenheidIdentificatie:
    """Een afdeling of team van de gemeente, zoals bij een zaak vastgelegd."""

    identificatie: str | None
    """Het kenmerk van de afdeling of het team."""
    naam: str | None
    """De naam van de afdeling of het team."""
    is_gehuisvest_in: str | None
    """Het gebouw waar de afdeling of het team werkt."""


@published(label="rol.medewerker", blank_is_absent=True)
class MedewerkerIdentificatie:
    """Een medewerker van de gemeente, zoals bij een zaak vastgelegd."""

    identificatie: str | None
    """Het kenmerk van de medewerker."""
    achternaam: str | None
    """De achternaam zonder voorvoegsel."""
    voorletters: str | None
    """De voorletters."""
    voorvoegsel_achternaam: str | None
    """Wat voor de achternaam staat, zoals 'van der'."""
