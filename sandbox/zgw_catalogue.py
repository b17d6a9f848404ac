"""The catalogus of the municipality as the Catalogi API 1.3.1 writes it, built at startup.

Every version of a zaaktype is an object of its own with its own statustypen, resultaattypen,
roltypen and eigenschappen; versions share an `identificatie` (Catalogi API 1.3.1, resource
ZAAKTYPE).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sandbox.municipality import Municipality
from sandbox.wire import Wire
from sandbox.zgw_links import catalogi_url, uuid_for
from sandbox.zgw_paper_types import build_paper_types
from sandbox.zgw_zaaktypen import ONTWERPEN, Kenmerk, Ontwerp, Uitkomst

SELECTIELIJST = "https://selectielijst.openzaak.nl/api/v1"


@dataclass(frozen=True, slots=True)
class Versie:
    """One version of a zaaktype: its design, dates (both included) and its wire objects."""

    ontwerp: Ontwerp
    begin: date
    einde: date | None
    zaaktype: Wire
    statustypen: tuple[Wire, ...]
    resultaattypen: tuple[Wire, ...]
    roltypen: tuple[Wire, ...]
    eigenschappen: tuple[Wire, ...]

    def holds_on(self, day: date) -> bool:
        """Whether a zaak that starts on this day gets this version."""
        ends = self.einde is None or day <= self.einde
        return not self.ontwerp.concept and self.begin <= day and ends


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One catalogus and all in it; `resources` holds the objects by resource and uuid."""

    versies: tuple[Versie, ...]
    resources: Mapping[str, Mapping[str, Wire]]

    def versie(self, ontwerp: Ontwerp, day: date) -> Versie:
        """The version of this zaaktype that holds on a day; LookupError when there is none."""
        for versie in self.versies:
            if versie.ontwerp is ontwerp and versie.holds_on(day):
                return versie
        raise LookupError(f"{ontwerp.identificatie} heeft geen versie op {day}")


def build_catalogue(municipality: Municipality) -> Catalogue:
    """The catalogus of this municipality: always the same objects with the same uuids."""
    url = catalogi_url("catalogussen", uuid_for("catalogus", municipality.code))
    versies = tuple(
        _versie(url, ontwerp, number, begin, einde)
        for ontwerp in ONTWERPEN
        for number, (begin, einde) in enumerate(ontwerp.versies, start=1)
    )
    papers = build_paper_types(url)
    for versie in versies:
        papers.belong_to(versie.zaaktype)
    catalogus = _catalogus(url, municipality, versies) | {
        "besluittypen": [wire["url"] for wire in papers.besluittypen.values()],
        "informatieobjecttypen": [wire["url"] for wire in papers.informatieobjecttypen.values()],
    }
    return Catalogue(
        versies,
        {
            "catalogussen": _by_uuid(catalogus),
            "zaaktypen": _by_uuid(*(versie.zaaktype for versie in versies)),
            "statustypen": _by_uuid(*(s for versie in versies for s in versie.statustypen)),
            "resultaattypen": _by_uuid(*(r for versie in versies for r in versie.resultaattypen)),
            "roltypen": _by_uuid(*(r for versie in versies for r in versie.roltypen)),
            "eigenschappen": _by_uuid(*(e for versie in versies for e in versie.eigenschappen)),
            "informatieobjecttypen": _by_uuid(*papers.informatieobjecttypen.values()),
            "besluittypen": _by_uuid(*papers.besluittypen.values()),
        },
    )


def _by_uuid(*objects: Wire) -> dict[str, Wire]:
    return {wire["url"].rpartition("/")[2]: wire for wire in objects}


def _catalogus(url: str, municipality: Municipality, versies: tuple[Versie, ...]) -> Wire:
    return {
        "url": url,
        "domein": "WVAAR",
        "rsin": municipality.rsin,
        "contactpersoonBeheerNaam": "Functioneel beheer",
        "contactpersoonBeheerTelefoonnummer": "",
        "contactpersoonBeheerEmailadres": "",
        "zaaktypen": [versie.zaaktype["url"] for versie in versies],
        "besluittypen": [],
        "informatieobjecttypen": [],
        "naam": f"Zaaktypecatalogus {municipality.name}",
        "versie": "2026.1",
        "begindatumVersie": "2026-01-01",
    }


def _versie(catalogus: str, ontwerp: Ontwerp, number: int, begin: str, einde: str) -> Versie:
    uuid = uuid_for("zaaktype", ontwerp.identificatie, number)
    shared = _Shared(
        catalogus, catalogi_url("zaaktypen", uuid), ontwerp.identificatie, begin, einde
    )
    statustypen = tuple(
        _statustype(shared, ontwerp, place) for place in range(1, len(ontwerp.statussen) + 1)
    )
    resultaattypen = tuple(_resultaattype(shared, uitkomst) for uitkomst in ontwerp.resultaten)
    roltypen = tuple(_roltype(shared, naam, generiek) for naam, generiek in ontwerp.rollen)
    eigenschappen = tuple(_eigenschap(shared, kenmerk) for kenmerk in ontwerp.kenmerken)
    zaaktype = _zaaktype(shared, ontwerp) | {
        "statustypen": [wire["url"] for wire in statustypen],
        "resultaattypen": [wire["url"] for wire in resultaattypen],
        "eigenschappen": [wire["url"] for wire in eigenschappen],
        "roltypen": [wire["url"] for wire in roltypen],
    }
    return Versie(
        ontwerp,
        date.fromisoformat(begin),
        date.fromisoformat(einde) if einde else None,
        zaaktype,
        statustypen,
        resultaattypen,
        roltypen,
        eigenschappen,
    )


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all objects of one version of a zaaktype have in common."""

    catalogus: str
    zaaktype: str
    identificatie: str
    begin: str
    einde: str

    def own(self, resource: str, name: object) -> str:
        return catalogi_url(resource, uuid_for(resource, self.zaaktype, name))

    def part(self) -> Wire:
        """The properties by which a part of a zaaktype points at the whole."""
        return {
            "zaaktype": self.zaaktype,
            "zaaktypeIdentificatie": self.identificatie,
            "catalogus": self.catalogus,
            **self.validity(),
        }

    def validity(self) -> Wire:
        return {
            "beginGeldigheid": self.begin,
            "eindeGeldigheid": self.einde or None,
            "beginObject": self.begin,
            "eindeObject": self.einde or None,
        }


def _zaaktype(shared: _Shared, ontwerp: Ontwerp) -> Wire:
    return {
        "url": shared.zaaktype,
        "identificatie": ontwerp.identificatie,
        "omschrijving": ontwerp.omschrijving,
        "omschrijvingGeneriek": "",
        "vertrouwelijkheidaanduiding": ontwerp.vertrouwelijkheidaanduiding,
        "doel": ontwerp.doel,
        "aanleiding": ontwerp.aanleiding,
        "toelichting": "",
        "indicatieInternOfExtern": "extern" if ontwerp.extern else "intern",
        "handelingInitiator": ontwerp.handeling,
        "onderwerp": ontwerp.onderwerp,
        "handelingBehandelaar": "Behandelen",
        "doorlooptijd": f"P{ontwerp.doorlooptijd}D",
        "servicenorm": f"P{ontwerp.doorlooptijd // 2}D" if ontwerp.extern else None,
        "opschortingEnAanhoudingMogelijk": ontwerp.extern,
        "verlengingMogelijk": ontwerp.extern,
        "verlengingstermijn": "P28D" if ontwerp.extern else None,
        "trefwoorden": list(ontwerp.trefwoorden),
        "publicatieIndicatie": ontwerp.vertrouwelijkheidaanduiding == "openbaar",
        "publicatietekst": "",
        "verantwoordingsrelatie": [],
        "productenOfDiensten": [],
        "selectielijstProcestype": f"{SELECTIELIJST}/procestypen/{uuid_for('procestype', 1)}",
        "referentieproces": {"naam": ontwerp.onderwerp, "link": ""},
        "concept": ontwerp.concept,
        "verantwoordelijke": "Publiekszaken",
        "broncatalogus": {"url": "", "domein": "", "rsin": ""},
        "bronzaaktype": {"url": "", "identificatie": "", "omschrijving": ""},
        "versiedatum": shared.begin,
        **shared.validity(),
        "catalogus": shared.catalogus,
        "informatieobjecttypen": [],
        "besluittypen": [],
        "deelzaaktypen": [],
        "gerelateerdeZaaktypen": [],
        "zaakobjecttypen": [],
    }


def _statustype(shared: _Shared, ontwerp: Ontwerp, place: int) -> Wire:
    omschrijving, tekst = ontwerp.statussen[place - 1]
    return {
        "url": shared.own("statustypen", place),
        "omschrijving": omschrijving,
        "omschrijvingGeneriek": "",
        "statustekst": tekst,
        "volgnummer": place,
        "isEindstatus": place == len(ontwerp.statussen),
        "informeren": bool(tekst),
        "doorlooptijd": None,
        "toelichting": "",
        "checklistitemStatustype": [],
        "eigenschappen": [],
        "zaakobjecttypen": [],
        **shared.part(),
    }


def _resultaattype(shared: _Shared, uitkomst: Uitkomst) -> Wire:
    return {
        "url": shared.own("resultaattypen", uitkomst.omschrijving),
        "omschrijving": uitkomst.omschrijving,
        "resultaattypeomschrijving": (
            f"{SELECTIELIJST}/resultaattypeomschrijvingen/{uuid_for('generiek', uitkomst.generiek)}"
        ),
        "omschrijvingGeneriek": uitkomst.generiek,
        "selectielijstklasse": (
            f"{SELECTIELIJST}/resultaten/{uuid_for('selectielijst', uitkomst.generiek)}"
        ),
        "toelichting": "",
        "archiefnominatie": uitkomst.archiefnominatie,
        "archiefactietermijn": f"P{uitkomst.jaren}Y" if uitkomst.jaren else None,
        "brondatumArchiefprocedure": {
            "afleidingswijze": "afgehandeld",
            "datumkenmerk": "",
            "einddatumBekend": False,
            "objecttype": "",
            "registratie": "",
            "procestermijn": None,
        },
        "procesobjectaard": "",
        "indicatieSpecifiek": None,
        "procestermijn": None,
        "besluittypen": [],
        "besluittypeOmschrijving": [],
        "informatieobjecttypen": [],
        "informatieobjecttypeOmschrijving": [],
        **shared.part(),
    }


def _roltype(shared: _Shared, omschrijving: str, generiek: str) -> Wire:
    return {
        "url": shared.own("roltypen", omschrijving),
        "omschrijving": omschrijving,
        "omschrijvingGeneriek": generiek,
        **shared.part(),
    }


def _eigenschap(shared: _Shared, kenmerk: Kenmerk) -> Wire:
    return {
        "url": shared.own("eigenschappen", kenmerk.naam),
        "naam": kenmerk.naam,
        "definitie": kenmerk.definitie,
        "specificatie": {
            "groep": "",
            "formaat": kenmerk.formaat,
            "lengte": kenmerk.lengte,
            "kardinaliteit": "1",
            "waardenverzameling": list(kenmerk.waarden),
        },
        "toelichting": "",
        "statustype": None,
        **shared.part(),
    }
