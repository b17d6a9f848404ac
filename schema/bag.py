"""What is published of the Basisregistratie Adressen en Gebouwen (startup).

Wire objects are those of BAG individuele bevragingen 2.6, taken out of their wrapping: the objects
inside `{"pand": {...}}` with the `inonderzoek` that stands beside them.
"""

from __future__ import annotations

from typing import Any

from schema.bag_waarden import (
    Gebruiksdoel,
    StatusAdresseerbaarObject,
    StatusNaamgeving,
    StatusPand,
    StatusWoonplaats,
    TypeAdresseerbaarObject,
    TypeOpenbareRuimte,
)
from schema.language.coordinates import in_wgs84, positions
from schema.language.declare import copied, derived, one_of, published
from schema.language.scalars import (
    AdresseerbaarObjectId,
    Datum,
    Gemeentecode,
    Geometrie,
    Huisletter,
    Huisnummer,
    Huisnummertoevoeging,
    Jaar,
    NummeraanduidingId,
    OpenbareRuimteId,
    PandId,
    Postcode,
    Tijdstip,
    WoonplaatsId,
)

ADRES = "adres.basis"
OBJECT = "adres.object"
PAND = "pand.basis"

GeoJson = dict[str, Any]


@published(label=ADRES)
class VoorkomenBag:
    """Een versie van een object in de BAG: hoe het in een bepaalde periode was."""

    versie: int | None
    """Het volgnummer van de versie."""
    begin_geldigheid: Datum | None
    """Vanaf wanneer deze versie geldt."""
    eind_geldigheid: Datum | None
    """Tot wanneer deze versie geldt; leeg zolang die geldt."""
    tijdstip_registratie: Tijdstip | None
    """Wanneer de gemeente deze versie heeft geregistreerd."""
    eind_registratie: Tijdstip | None
    """Wanneer de gemeente deze versie heeft beëindigd."""
    tijdstip_inactief: Tijdstip | None
    """Wanneer de gemeente deze toekomstige versie uit de levensloop heeft gehaald."""
    tijdstip_registratie_lv: Tijdstip | None = copied(
        "tijdstipRegistratieLV",
        name="tijdstipRegistratieLV",
        description="Wanneer deze versie in de landelijke voorziening is opgenomen.",
    )
    tijdstip_eind_registratie_lv: Tijdstip | None = copied(
        "tijdstipEindRegistratieLV",
        name="tijdstipEindRegistratieLV",
        description="Wanneer deze versie in de landelijke voorziening is beëindigd.",
    )


@published(label=ADRES)
class HistorieOnderzoekBag:
    """Vanaf wanneer een onderzoek loopt, en wanneer het is geregistreerd."""

    begin_geldigheid: Datum | None
    """Vanaf wanneer het gegeven in onderzoek is."""
    eind_geldigheid: Datum | None
    """Tot wanneer het gegeven in onderzoek was; leeg zolang het onderzoek loopt."""
    tijdstip_registratie: Tijdstip | None
    """Wanneer de gemeente het onderzoek heeft geregistreerd."""
    eind_registratie: Tijdstip | None
    """Wanneer de gemeente deze vermelding heeft beëindigd."""


@published(label=ADRES, wire=("inOnderzoek",))
class KenmerkInOnderzoek:
    """Een gegeven van een BAG-object waarvan de juistheid wordt onderzocht."""

    kenmerk: str | None
    """Welk gegeven wordt onderzocht, in de woorden van de BAG."""
    documentdatum: Datum | None
    """De datum van het document waarmee het onderzoek is gestart of gestopt."""
    documentnummer: str | None
    """Het nummer van dat document bij de gemeente."""
    historie: HistorieOnderzoekBag | None
    """Vanaf wanneer het onderzoek loopt."""

    @derived
    def in_onderzoek(in_onderzoek: str | None) -> bool:
        """Of het onderzoek nog loopt."""
        return in_onderzoek == "J"


@published(label=ADRES)
class AdresInOnderzoek:
    """Welke gegevens van een adres mogelijk onjuist zijn: waar is wat wordt onderzocht."""

    openbare_ruimte_naam: bool | None
    """De naam van de straat is in onderzoek."""
    korte_naam: bool | None
    """De korte naam van de straat is in onderzoek."""
    huisnummer: bool | None
    """Het huisnummer is in onderzoek."""
    huisletter: bool | None
    """De huisletter is in onderzoek."""
    huisnummertoevoeging: bool | None
    """De huisnummertoevoeging is in onderzoek."""
    postcode: bool | None
    """De postcode is in onderzoek."""
    woonplaats_naam: bool | None
    """De naam van de woonplaats is in onderzoek."""
    openbare_ruimte_ligt_in: bool | None
    """In welke woonplaats de straat ligt is in onderzoek."""
    openbare_ruimte_status: bool | None
    """De status van de straat is in onderzoek."""
    nummeraanduiding_ligt_in: bool | None
    """In welke woonplaats de nummeraanduiding ligt is in onderzoek."""
    nummeraanduiding_ligt_aan: bool | None = copied(
        "nummeraanduidingligtAan",
        description="Aan welke straat de nummeraanduiding ligt is in onderzoek.",
    )
    nummeraanduiding_status: bool | None
    """De status van de nummeraanduiding is in onderzoek."""
    adresregel5: bool | None
    """De eerste adresregel is in onderzoek."""
    adresregel6: bool | None
    """De tweede adresregel is in onderzoek."""
    type_adresseerbaar_object: bool | None
    """De soort van het adresseerbaar object is in onderzoek."""
    adresseerbaar_object_geometrie: bool | None
    """De ligging van het adresseerbaar object is in onderzoek."""
    adresseerbaar_object_status: bool | None
    """De status van het adresseerbaar object is in onderzoek."""
    gebruiksdoelen: bool | None
    """De gebruiksdoelen zijn in onderzoek."""
    oppervlakte: bool | None
    """De oppervlakte is in onderzoek."""
    maakt_deel_uit_van: bool | None
    """In welke panden het object ligt is in onderzoek."""
    oorspronkelijk_bouwjaar: bool | None
    """Het bouwjaar van het pand is in onderzoek."""
    toelichting: list[str] | None
    """Wat er mogelijk onjuist is."""


@published(label=ADRES)
class AdresGeconstateerd:
    """Wat er bij een adres is opgenomen na een waarneming, zonder regulier brondocument."""

    woonplaats: bool | None
    """De woonplaats is geconstateerd."""
    openbare_ruimte: bool | None
    """De openbare ruimte is geconstateerd."""
    nummeraanduiding: bool | None
    """De nummeraanduiding is geconstateerd."""
    verblijfsobject: bool | None
    """Het verblijfsobject is geconstateerd."""
    ligplaats: bool | None
    """De ligplaats is geconstateerd."""
    standplaats: bool | None
    """De standplaats is geconstateerd."""
    pand: bool | None
    """Het pand is geconstateerd."""


@published(label=ADRES, wire=("adresseerbaarObjectGeometrie", "postcodeHuisnummerHuisletter"))
class Adres:
    """Een adres uit de BAG: een nummeraanduiding met haar straat, woonplaats en object."""

    nummeraanduiding_identificatie: NummeraanduidingId
    """Het kenmerk van de nummeraanduiding, en daarmee van het adres."""
    openbare_ruimte_naam: str | None
    """De naam van de straat of andere openbare ruimte."""
    korte_naam: str | None
    """De naam van de straat in hoogstens 24 tekens."""
    huisnummer: Huisnummer | None
    """Het huisnummer."""
    huisletter: Huisletter | None
    """De letter bij het huisnummer."""
    huisnummertoevoeging: Huisnummertoevoeging | None
    """Wat er verder bij huisnummer en huisletter hoort."""
    postcode: Postcode | None
    """De postcode; niet elk adres heeft er een."""
    woonplaats_naam: str | None
    """De naam van de woonplaats."""
    openbare_ruimte_identificatie: OpenbareRuimteId | None
    """Het kenmerk van de straat of andere openbare ruimte."""
    woonplaats_identificatie: WoonplaatsId | None
    """Het kenmerk van de woonplaats."""
    adresseerbaar_object_identificatie: AdresseerbaarObjectId | None
    """Het kenmerk van het verblijfsobject, de ligplaats of de standplaats."""
    pand_identificaties: list[PandId] | None
    """De kenmerken van de panden waarin het adres ligt."""
    indicatie_nevenadres: bool | None
    """Of het een nevenadres is van het object."""
    adresregel5: str | None
    """Straat en huisnummer zoals ze op een envelop staan."""
    adresregel6: str | None
    """Postcode en woonplaats zoals ze op een envelop staan."""
    geconstateerd: AdresGeconstateerd | None
    """Wat er zonder regulier brondocument is opgenomen."""
    in_onderzoek: AdresInOnderzoek | None = copied(
        "inonderzoek", description="Welke gegevens worden onderzocht; leeg als er geen zijn."
    )
    type_adresseerbaar_object: TypeAdresseerbaarObject | None
    """De soort van het adresseerbaar object."""
    adresseerbaar_object_status: StatusAdresseerbaarObject | None
    """Hoe ver het adresseerbaar object in zijn levensloop is."""
    gebruiksdoelen: list[Gebruiksdoel] | None
    """Waarvoor het verblijfsobject is bestemd."""
    oppervlakte: int | None
    """De gebruiksoppervlakte van het verblijfsobject in hele vierkante meters."""
    oorspronkelijk_bouwjaar: list[Jaar] | None
    """Het bouwjaar van elk pand waarin het adres ligt."""
    pand_statussen: list[StatusPand] | None
    """Hoe ver elk pand waarin het adres ligt in zijn levensloop is."""

    @derived
    def adresseerbaar_object_geometrie(
        adresseerbaar_object_geometrie: GeoJson | None,
    ) -> Geometrie | None:
        """De ligging van het adresseerbaar object: een punt of vlak in RD (EPSG:28992), meters."""
        return point_or_surface(adresseerbaar_object_geometrie)

    @derived(effort=positions)
    def adresseerbaar_object_geometrie_wgs84(
        adresseerbaar_object_geometrie: GeoJson | None,
    ) -> Geometrie | None:
        """Dezelfde ligging in WGS 84 (EPSG:4326), lengtegraad eerst: omgerekend uit RD met
        RDNAPTRANS2018.
        """
        return in_wgs84(point_or_surface(adresseerbaar_object_geometrie))


@published(label=ADRES, wire=("geconstateerd",))
class BagObject:
    """Wat van elk object in de BAG wordt bijgehouden."""

    documentdatum: Datum | None
    """De datum van het brondocument."""
    documentnummer: str | None
    """Het nummer van het brondocument bij de gemeente."""
    voorkomen: VoorkomenBag | None
    """De versie waarvan dit de gegevens zijn."""
    in_onderzoek: list[KenmerkInOnderzoek] | None = copied(
        "inonderzoek", description="De gegevens waarvan de juistheid wordt onderzocht."
    )

    @derived
    def geconstateerd(geconstateerd: str | None) -> bool | None:
        """Of het is opgenomen na een waarneming, zonder regulier brondocument."""
        return {"J": True, "N": False}.get(geconstateerd or "")


@one_of(by="type", label=OBJECT, wire=("geometrie",))
class AdresseerbaarObject(BagObject):
    """Een verblijfsobject, ligplaats of standplaats: iets dat een adres kan hebben."""

    identificatie: AdresseerbaarObjectId
    """Het kenmerk van het object."""
    type: TypeAdresseerbaarObject
    """De soort van het object."""
    status: StatusAdresseerbaarObject | None
    """Hoe ver het object in zijn levensloop is."""
    heeft_als_hoofd_adres: NummeraanduidingId | None
    """Het kenmerk van de nummeraanduiding die het hoofdadres is."""
    heeft_als_neven_adres: list[NummeraanduidingId] | None
    """De kenmerken van de nummeraanduidingen die nevenadres zijn."""

    @derived
    def geometrie(geometrie: GeoJson | None) -> Geometrie | None:
        """De ligging: een punt of vlak in het RD-stelsel (EPSG:28992), in meters."""
        return point_or_surface(geometrie)

    @derived(effort=positions)
    def geometrie_wgs84(geometrie: GeoJson | None) -> Geometrie | None:
        """Dezelfde ligging in WGS 84 (EPSG:4326), lengtegraad eerst: omgerekend uit RD met
        RDNAPTRANS2018.
        """
        return in_wgs84(point_or_surface(geometrie))


@published(label=OBJECT, when="Verblijfsobject")
class Verblijfsobject(AdresseerbaarObject):
    """De kleinste eenheid van gebruik in een of meer panden, met een eigen afsluitbare toegang."""

    gebruiksdoelen: list[Gebruiksdoel] | None
    """Waarvoor het verblijfsobject is bestemd."""
    oppervlakte: int | None
    """De gebruiksoppervlakte in hele vierkante meters."""
    maakt_deel_uit_van: list[PandId] | None
    """De kenmerken van de panden waarin het verblijfsobject ligt."""


@published(label=OBJECT, when="Ligplaats")
class Ligplaats(AdresseerbaarObject):
    """Een plaats in het water die is aangewezen voor het afmeren van een drijvend object."""


@published(label=OBJECT, when="Standplaats")
class Standplaats(AdresseerbaarObject):
    """Een terrein dat is aangewezen voor een ruimte die niet vast met de aarde is verbonden."""


@published(label=PAND)
class Pand(BagObject):
    """Een gebouw: de kleinste eenheid die bouwkundig op zichzelf staat."""

    identificatie: PandId
    """Het kenmerk van het pand."""
    oorspronkelijk_bouwjaar: Jaar | None
    """Het jaar waarin het pand oorspronkelijk gereed was of komt."""
    status: StatusPand | None
    """Hoe ver het pand in zijn levensloop is."""
    geometrie: Geometrie | None
    """Het bovenaanzicht: een vlak in het RD-stelsel (EPSG:28992), in meters."""

    @derived(effort=positions)
    def geometrie_wgs84(geometrie: GeoJson | None) -> Geometrie | None:
        """Hetzelfde bovenaanzicht in WGS 84 (EPSG:4326), lengtegraad eerst: omgerekend uit RD met
        RDNAPTRANS2018.
        """
        return in_wgs84(geometrie)


@published(label=ADRES)
class Nummeraanduiding(BagObject):
    """Het nummer dat de gemeente aan een adresseerbaar object heeft toegekend."""

    identificatie: NummeraanduidingId
    """Het kenmerk van de nummeraanduiding."""
    huisnummer: Huisnummer | None
    """Het huisnummer."""
    huisletter: Huisletter | None
    """De letter bij het huisnummer."""
    huisnummertoevoeging: Huisnummertoevoeging | None
    """Wat er verder bij huisnummer en huisletter hoort."""
    postcode: Postcode | None
    """De postcode."""
    type_adresseerbaar_object: TypeAdresseerbaarObject | None
    """De soort van het object waaraan het nummer is toegekend."""
    status: StatusNaamgeving | None
    """Of het nummer nog geldt."""
    ligt_aan: OpenbareRuimteId | None
    """Het kenmerk van de openbare ruimte waaraan het nummer is toegekend."""
    ligt_in: WoonplaatsId | None
    """Het kenmerk van de woonplaats, als dat een andere is dan die van de openbare ruimte."""


@published(label=ADRES)
class OpenbareRuimte(BagObject):
    """Een straat, plein, water of andere buitenruimte met een naam."""

    identificatie: OpenbareRuimteId
    """Het kenmerk van de openbare ruimte."""
    naam: str | None
    """De naam die de gemeente heeft toegekend."""
    korte_naam: str | None
    """De naam in hoogstens 24 tekens."""
    type: TypeOpenbareRuimte | None
    """De aard van de openbare ruimte."""
    status: StatusNaamgeving | None
    """Of de naam nog geldt."""
    ligt_in: WoonplaatsId | None
    """Het kenmerk van de woonplaats waarin de openbare ruimte ligt."""


@published(label=ADRES)
class BronhouderBag:
    """De gemeente die een woonplaats in de BAG bijhoudt."""

    code: Gemeentecode | None
    """De gemeentecode (landelijke tabel 33)."""
    naam: str | None
    """De naam van de gemeente."""


@published(label=ADRES, wire=("geometrie",))
class Woonplaats(BagObject):
    """Een deel van het grondgebied van een gemeente dat als woonplaats is aangewezen."""

    identificatie: WoonplaatsId
    """Het kenmerk van de woonplaats."""
    naam: str | None
    """De naam van de woonplaats."""
    status: StatusWoonplaats | None
    """Of de woonplaats nog is aangewezen."""
    bronhouders: list[BronhouderBag] | None
    """De gemeenten die de woonplaats bijhouden."""

    @derived
    def geometrie(geometrie: GeoJson | None) -> Geometrie | None:
        """De grens: een of meer vlakken in het RD-stelsel (EPSG:28992), in meters."""
        return point_or_surface(geometrie)

    @derived(effort=positions)
    def geometrie_wgs84(geometrie: GeoJson | None) -> Geometrie | None:
        """Dezelfde grens in WGS 84 (EPSG:4326), lengtegraad eerst: omgerekend uit RD met
        RDNAPTRANS2018.
        """
        return in_wgs84(point_or_surface(geometrie))


def point_or_surface(geometry: GeoJson | None) -> Geometrie | None:
    """The GeoJSON under the BAG's `punt`, `vlak` or `multivlak`, or else the object itself."""
    if geometry is None:
        return None
    chosen = (geometry.get(name) for name in ("punt", "vlak", "multivlak"))
    return Geometrie(next((found for found in chosen if found is not None), geometry))
