"""What is published of what a zaak is about: the zaakobjecten of the Zaken API (ZGW) (startup).

A zaakobject is written by whichever application made the zaak and is checked by nobody, so every
identification here is text. Some kinds have a property more than the source gives
(resolvers.zgw.genoemd).
"""

from __future__ import annotations

from schema.betrokkenen import (
    NatuurlijkPersoonIdentificatie,
    NietNatuurlijkPersoonIdentificatie,
    VestigingIdentificatie,
)
from schema.language.declare import OTHERWISE, copied, one_of, published
from schema.language.scalars import Cursor, JsonObject, Uuid

KADASTER = "zaak.kadaster"
"""The step from a perceel or appartementsrecht that a zaak is about to the BRK."""
WOZ = "zaak.woz"
"""The step from a WOZ-object that a zaak is about to the WOZ."""


@one_of(by="objectType", label="zaak.object", wire=("url", "zaak"), blank_is_absent=True)
class Zaakobject:
    """Iets waar een zaak over gaat, zoals een adres, een gebouw of een persoon."""

    uuid: Uuid
    """Het uuid van het zaakobject bij de bron."""
    object_type: str | None
    """De soort object zoals de bron die noemt, zoals adres, pand of overige."""
    object_type_overige: str | None
    """De soort object in eigen woorden, als de bron daar geen soort voor kent."""
    relatieomschrijving: str | None
    """Wat het object met de zaak te maken heeft."""


@published(label="zaak.object", when="adres", wire=("bag",))
class ZaakobjectAdres(Zaakobject):
    """Een adres waar een zaak over gaat."""

    identificatie: str | None = copied("objectIdentificatie.identificatie")
    """Het kenmerk van het adres zoals opgegeven; hoort dat van de nummeraanduiding te zijn."""
    wpl_woonplaats_naam: str | None = copied("objectIdentificatie.wplWoonplaatsNaam")
    """De naam van de woonplaats."""
    gor_openbare_ruimte_naam: str | None = copied("objectIdentificatie.gorOpenbareRuimteNaam")
    """De naam van de straat of andere openbare ruimte."""
    huisnummer: int | None = copied("objectIdentificatie.huisnummer")
    """Het huisnummer."""
    huisletter: str | None = copied("objectIdentificatie.huisletter")
    """De huisletter."""
    huisnummertoevoeging: str | None = copied("objectIdentificatie.huisnummertoevoeging")
    """De huisnummertoevoeging."""
    postcode: str | None = copied("objectIdentificatie.postcode")
    """De postcode."""


@published(label="zaak.object", when="pand", wire=("bag",))
class ZaakobjectPand(Zaakobject):
    """Een pand waar een zaak over gaat."""

    identificatie: str | None = copied("objectIdentificatie.identificatie")
    """Het kenmerk van het pand zoals opgegeven; hoort dat van de BAG te zijn."""


@published(label="zaak.object", when="openbare_ruimte", wire=("bag",))
class ZaakobjectOpenbareRuimte(Zaakobject):
    """Een straat of andere openbare ruimte waar een zaak over gaat."""

    identificatie: str | None = copied("objectIdentificatie.identificatie")
    """Het kenmerk van de openbare ruimte zoals opgegeven; hoort dat van de BAG te zijn."""
    wpl_woonplaats_naam: str | None = copied("objectIdentificatie.wplWoonplaatsNaam")
    """De naam van de woonplaats."""
    gor_openbare_ruimte_naam: str | None = copied("objectIdentificatie.gorOpenbareRuimteNaam")
    """De naam van de openbare ruimte."""


@published(label="zaak.object", when="woonplaats", wire=("bag",))
class ZaakobjectWoonplaats(Zaakobject):
    """Een woonplaats waar een zaak over gaat."""

    identificatie: str | None = copied("objectIdentificatie.identificatie")
    """Het kenmerk van de woonplaats zoals opgegeven; hoort dat van de BAG te zijn."""
    woonplaats_naam: str | None = copied("objectIdentificatie.woonplaatsNaam")
    """De naam van de woonplaats."""


@published(label="zaak.object", when="kadastrale_onroerende_zaak", wire=("kadastraal",))
class ZaakobjectKadastraleOnroerendeZaak(Zaakobject):
    """Een perceel of appartementsrecht waar een zaak over gaat."""

    kadastrale_identificatie: str | None = copied("objectIdentificatie.kadastraleIdentificatie")
    """Het kenmerk bij het Kadaster zoals opgegeven."""
    kadastrale_aanduiding: str | None = copied("objectIdentificatie.kadastraleAanduiding")
    """De kadastrale gemeente, sectie en perceelnummer zoals opgegeven."""


@published(label="zaak.object", when="woz_object")
class ZaakobjectWozObject(Zaakobject):
    """Een WOZ-object waar een zaak over gaat."""

    woz_object_nummer: str | None = copied("objectIdentificatie.wozObjectNummer")
    """Het nummer van het WOZ-object zoals opgegeven."""


@published(label="zaak.object", when="woz_waarde")
class ZaakobjectWozWaarde(Zaakobject):
    """Een WOZ-waarde waar een zaak over gaat."""

    waardepeildatum: str | None = copied("objectIdentificatie.waardepeildatum")
    """De dag waarvoor de waarde geldt, zoals opgegeven."""
    woz_object_nummer: str | None = copied("objectIdentificatie.isVoor.wozObjectNummer")
    """Het nummer van het WOZ-object zoals opgegeven."""


@published(label="zaak.object", when="natuurlijk_persoon")
class ZaakobjectNatuurlijkPersoon(Zaakobject):
    """Een mens over wie een zaak gaat."""

    object_identificatie: NatuurlijkPersoonIdentificatie | None
    """Wie het is, zoals bij de zaak vastgelegd."""


@published(label="zaak.object", when="niet_natuurlijk_persoon", wire=("bedrijf",))
class ZaakobjectNietNatuurlijkPersoon(Zaakobject):
    """Een organisatie waar een zaak over gaat."""

    object_identificatie: NietNatuurlijkPersoonIdentificatie | None
    """Welke organisatie het is, zoals bij de zaak vastgelegd."""


@published(label="zaak.object", when="vestiging")
class ZaakobjectVestiging(Zaakobject):
    """Een vestiging van een onderneming waar een zaak over gaat."""

    object_identificatie: VestigingIdentificatie | None
    """Welke vestiging het is, zoals bij de zaak vastgelegd."""


@published(label="zaak.object", when="besluit", wire=("object",))
class ZaakobjectBesluit(Zaakobject):
    """Een besluit waar een zaak over gaat."""


@published(label="zaak.object", when="enkelvoudig_document", wire=("object",))
class ZaakobjectEnkelvoudigDocument(Zaakobject):
    """Een document waar een zaak over gaat."""


@published(label="zaak.object", when="overige", wire=("object",))
class ZaakobjectOverige(Zaakobject):
    """Een object van een soort die de bron niet kent."""

    overige_data: JsonObject | None = copied("objectIdentificatie.overigeData")
    """De gegevens van het object, in de vorm die de toepassing eraan gaf."""


@published(label="zaak.object", when=OTHERWISE)
class ZaakobjectAnders(Zaakobject):
    """Een object van een soort waarvan alleen de soort gegeven wordt."""


@published(label="zaak.object")
class ObjectZaakEdge:
    """Een zaak over een object in een lijst."""

    zaakobject: Zaakobject = copied("node")
    """Wat het object met de zaak te maken heeft."""
    cursor: Cursor
    """De plaats in de lijst, om hierna verder te gaan."""
