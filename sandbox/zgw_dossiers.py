"""Writes one zaak with everything that hangs under it in the wire form of Open Zaak, at startup.

Zaken API 1.5.1. Optional scalars that were not filled in are empty strings, optional dates are
null, as Open Zaak writes them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from sandbox.wire import Wire
from sandbox.zgw_catalogue import Catalogue, Versie
from sandbox.zgw_links import uuid_for, zaken_url
from sandbox.zgw_parties import Party
from sandbox.zgw_zaaktypen import Ontwerp

CONFIDENTIALITY = (
    "openbaar",
    "beperkt_openbaar",
    "intern",
    "zaakvertrouwelijk",
    "vertrouwelijk",
    "confidentieel",
    "geheim",
    "zeer_geheim",
)
PAYMENT = {
    "": "",
    "nvt": "Niet van toepassing",
    "nog_niet": "Nog niet betaald",
    "gedeeltelijk": "Gedeeltelijk betaald",
    "geheel": "Geheel betaald",
}


@dataclass(frozen=True, slots=True)
class Story:
    """What happened, before it is written down.

    `einde` closes the zaak. `reached` is how many of its statussen an open zaak has had and
    `outcome` the number of its resultaattype; None leaves them to chance. `roles` are generic role
    names with who plays them; a role that the zaaktype does not know is left out.
    """

    ontwerp: Ontwerp
    start: date
    einde: date | None
    roles: tuple[tuple[str, Party], ...]
    objects: tuple[Wire, ...] = ()
    geometry: Wire | None = None
    summary: str = ""
    reached: int | None = None
    outcome: int | None = None
    hoofdzaak: Wire | None = None
    about: Wire | None = None


@dataclass(slots=True)
class Dossiers:
    """The shelf on which zaken are put while they are made; objects by uuid, oldest first."""

    catalogue: Catalogue
    rsin: str
    rng: Random
    today: date
    zaken: dict[str, Wire] = field(default_factory=dict)
    statussen: dict[str, Wire] = field(default_factory=dict)
    resultaten: dict[str, Wire] = field(default_factory=dict)
    rollen: dict[str, Wire] = field(default_factory=dict)
    zaakobjecten: dict[str, Wire] = field(default_factory=dict)
    zaakeigenschappen: dict[str, Wire] = field(default_factory=dict)
    serials: dict[int, int] = field(default_factory=dict)

    def write(self, story: Story) -> Wire:
        """The zaak of a story, put on the shelf with its statussen, rollen and the rest."""
        versie = self.catalogue.versie(story.ontwerp, story.start)
        zaak = self._zaak(story, versie)
        self.zaken[zaak["uuid"]] = zaak
        if story.hoofdzaak is not None:
            zaak["hoofdzaak"] = story.hoofdzaak["url"]
            story.hoofdzaak["deelzaken"].append(zaak["url"])
        self._add_statussen(zaak, story, versie)
        if story.einde is not None:
            self._close(zaak, story, story.einde, versie)
        for generic, party in story.roles:
            self._add_rol(zaak, generic, party, versie)
        for zaakobject in story.objects:
            self._add_object(zaak, zaakobject)
        for eigenschap in versie.eigenschappen:
            self._add_eigenschap(zaak, eigenschap)
        return zaak

    def _identify(self, year: int) -> str:
        self.serials[year] = serial = self.serials.get(year, 0) + 1
        return f"ZAAK-{year}-{serial:010d}"

    def _zaak(self, story: Story, versie: Versie) -> Wire:
        identificatie = self._identify(story.start.year)
        uuid = uuid_for("zaak", identificatie)
        start = story.start.isoformat()
        return {
            "url": zaken_url("zaken", uuid),
            "uuid": uuid,
            "identificatie": identificatie,
            "bronorganisatie": self.rsin,
            "omschrijving": story.summary or story.ontwerp.onderwerp,
            "toelichting": "",
            "zaaktype": versie.zaaktype["url"],
            "registratiedatum": start,
            "verantwoordelijkeOrganisatie": self.rsin,
            "startdatum": start,
            "einddatum": None,
            **self._terms(story),
            "laatstGemuteerd": f"{start}T08:00:00.000000Z",
            "laatstGeopend": None,
            "communicatiekanaal": "",
            "communicatiekanaalNaam": "",
            "productenOfDiensten": [],
            "vertrouwelijkheidaanduiding": self._confidentiality(story.ontwerp),
            **self._payment(story),
            "zaakgeometrie": story.geometry,
            **self._delays(story),
            "selectielijstklasse": "",
            "hoofdzaak": None,
            "deelzaken": [],
            "relevanteAndereZaken": [_about(story.about)] if story.about else [],
            "gerelateerdeZaken": [],
            "eigenschappen": [],
            "rollen": [],
            "status": None,
            "zaakinformatieobjecten": [],
            "zaakobjecten": [],
            "kenmerken": self._references(),
            "archiefnominatie": None,
            "archiefstatus": "nog_te_archiveren",
            "archiefactiedatum": None,
            "resultaat": None,
            "opdrachtgevendeOrganisatie": "",
            "processobjectaard": "",
            "startdatumBewaartermijn": None,
            "processobject": {
                "datumkenmerk": "",
                "identificatie": "",
                "objecttype": "",
                "registratie": "",
            },
        }

    def _terms(self, story: Story) -> Wire:
        days = story.ontwerp.doorlooptijd
        public = story.ontwerp.vertrouwelijkheidaanduiding == "openbaar" and self.rng.random() < 0.5
        planned = self.rng.random() < 0.7
        return {
            "einddatumGepland": _later(story.start, days * 2 // 3) if planned else None,
            "uiterlijkeEinddatumAfdoening": _later(story.start, days),
            "publicatiedatum": _later(story.start, 3) if public else None,
        }

    def _confidentiality(self, ontwerp: Ontwerp) -> str:
        usual = ontwerp.vertrouwelijkheidaanduiding
        return self.rng.choice(CONFIDENTIALITY) if self.rng.random() < 0.04 else usual

    def _payment(self, story: Story) -> Wire:
        paid = story.ontwerp.onderwerp in ("Parkeervergunning", "Omgevingsvergunning")
        code = self.rng.choice(list(PAYMENT)) if paid else ""
        when = f"{_later(story.start, 1)}T12:00:00Z" if code == "geheel" else None
        return {
            "betalingsindicatie": code,
            "betalingsindicatieWeergave": PAYMENT[code],
            "laatsteBetaaldatum": when,
        }

    def _delays(self, story: Story) -> Wire:
        extended = story.ontwerp.extern and self.rng.random() < 0.08
        waiting = story.ontwerp.extern and story.einde is None and self.rng.random() < 0.1
        return {
            "verlenging": {"reden": "Advies van derden", "duur": "P28D"} if extended else None,
            "opschorting": {
                "indicatie": waiting,
                "eerdereOpschorting": self.rng.random() < 0.05,
                "reden": "Wacht op gegevens van de aanvrager" if waiting else "",
            },
        }

    def _references(self) -> list[Wire]:
        if self.rng.random() < 0.8:
            return []
        return [{"kenmerk": f"OF-{self.rng.randrange(16**6):06X}", "bron": "Formulieren"}]

    def _add_statussen(self, zaak: Wire, story: Story, versie: Versie) -> None:
        types = versie.statustypen
        count = len(types) if story.einde else self._reached(story, len(types))
        until = story.einde or min(story.start + timedelta(days=2 * count), self.today)
        for index, statustype in enumerate(types[:count]):
            step = (until - story.start) * index // max(1, count - 1)
            moment = f"{story.start + step}T{8 + index:02d}:{self.rng.randrange(60):02d}:00.000000Z"
            uuid = uuid_for("status", zaak["uuid"], index)
            self.statussen[uuid] = {
                "url": zaken_url("statussen", uuid),
                "uuid": uuid,
                "zaak": zaak["url"],
                "statustype": statustype["url"],
                "datumStatusGezet": moment,
                "statustoelichting": "" if self.rng.random() < 0.8 else "Automatisch gezet",
                "indicatieLaatstGezetteStatus": index == count - 1,
                "gezetdoor": None,
                "zaakinformatieobjecten": [],
            }
            zaak["status"] = zaken_url("statussen", uuid)
            zaak["laatstGemuteerd"] = moment

    def _reached(self, story: Story, known: int) -> int:
        if story.reached is not None:
            return story.reached
        return 0 if self.rng.random() < 0.03 else self.rng.randint(1, known - 1)

    def _close(self, zaak: Wire, story: Story, einde: date, versie: Versie) -> None:
        types = versie.resultaattypen
        chosen = types[story.outcome] if story.outcome is not None else self.rng.choice(types)
        uuid = uuid_for("resultaat", zaak["uuid"])
        self.resultaten[uuid] = {
            "url": zaken_url("resultaten", uuid),
            "uuid": uuid,
            "zaak": zaak["url"],
            "resultaattype": chosen["url"],
            "toelichting": "",
        }
        years = int(chosen["archiefactietermijn"][1:-1]) if chosen["archiefactietermijn"] else None
        zaak |= {
            "einddatum": einde.isoformat(),
            "resultaat": zaken_url("resultaten", uuid),
            "selectielijstklasse": chosen["selectielijstklasse"],
            "archiefnominatie": chosen["archiefnominatie"],
            "archiefactiedatum": _later(einde, 365 * years) if years else None,
            "startdatumBewaartermijn": einde.isoformat(),
        }

    def _add_rol(self, zaak: Wire, generic: str, party: Party, versie: Versie) -> None:
        roltype = _roltype(versie, generic)
        if roltype is None:
            return
        uuid = uuid_for("rol", zaak["uuid"], len(zaak["rollen"]))
        rol: Wire = {
            "url": zaken_url("rollen", uuid),
            "uuid": uuid,
            "zaak": zaak["url"],
            "betrokkene": "",
            "betrokkeneType": party.kind,
            "afwijkendeNaamBetrokkene": "",
            "roltype": roltype["url"],
            "omschrijving": roltype["omschrijving"],
            "omschrijvingGeneriek": generic,
            "roltoelichting": roltype["omschrijving"] if self.rng.random() < 0.3 else "",
            "registratiedatum": f"{zaak['startdatum']}T08:00:00.000000Z",
            "indicatieMachtiging": "gemachtigde"
            if roltype["omschrijving"] == "Gemachtigde"
            else "",
            "contactpersoonRol": party.contact,
            "statussen": [],
            "beginGeldigheid": None,
            "eindeGeldigheid": None,
            "betrokkeneIdentificatie": party.identification,
        }
        if party.kind not in ("medewerker", "organisatorische_eenheid"):
            rol["authenticatieContext"] = None
        self.rollen[uuid] = rol
        zaak["rollen"].append(rol["url"])

    def _add_object(self, zaak: Wire, zaakobject: Wire) -> None:
        uuid = uuid_for("zaakobject", zaak["uuid"], len(zaak["zaakobjecten"]))
        url = zaken_url("zaakobjecten", uuid)
        own = {"url": url, "uuid": uuid, "zaak": zaak["url"], "zaakobjecttype": ""}
        self.zaakobjecten[uuid] = own | zaakobject
        zaak["zaakobjecten"].append(url)

    def _add_eigenschap(self, zaak: Wire, eigenschap: Wire) -> None:
        if self.rng.random() < 0.25:
            return
        uuid = uuid_for("zaakeigenschap", zaak["uuid"], eigenschap["naam"])
        url = f"{zaak['url']}/zaakeigenschappen/{uuid}"
        self.zaakeigenschappen[uuid] = {
            "url": url,
            "uuid": uuid,
            "zaak": zaak["url"],
            "eigenschap": eigenschap["url"],
            "naam": eigenschap["naam"],
            "waarde": self._value(eigenschap["specificatie"], zaak["startdatum"]),
        }
        zaak["eigenschappen"].append(url)

    def _value(self, specification: Mapping[str, object], start: str) -> str:
        allowed = specification["waardenverzameling"]
        if isinstance(allowed, list) and allowed:
            return str(self.rng.choice(allowed))
        match specification["formaat"]:
            case "getal":
                return str(self.rng.randrange(50, 9000, 25))
            case "datum":
                return start.replace("-", "")
        letters = "".join(self.rng.choices("BDFGHJKLNPRSTVXZ", k=4))
        return f"{letters[:2]}-{self.rng.randrange(100, 999)}-{letters[3]}"


def _later(day: date, days: int) -> str:
    return (day + timedelta(days=days)).isoformat()


def _about(zaak: Wire) -> Wire:
    return {"url": zaak["url"], "aardRelatie": "onderwerp", "overigeRelatie": "", "toelichting": ""}


def _roltype(versie: Versie, generic: str) -> Wire | None:
    return next((r for r in versie.roltypen if r["omschrijvingGeneriek"] == generic), None)
