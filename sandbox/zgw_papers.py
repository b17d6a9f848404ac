"""The documents and besluiten of the zaken, in the wire form of Open Zaak; built at startup.

Documenten API 1.4.2 and Besluiten API 1.1.0. Every zaak that somebody asked for has the request,
some have more, and a zaak that ended in a decision has the besluit with its letter. A document has
versions; each is an object of its own under one address. Bytes are made when they are asked for
(`sandbox.zgw_bytes`); here is only how many there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from sandbox.wire import Wire
from sandbox.zgw_catalogue import Catalogue
from sandbox.zgw_links import besluiten_url, documenten_url, uuid_for, zaken_url
from sandbox.zgw_paper_types import AANVRAAG, BESLUIT, BEWIJSSTUK, BRIEF, DECISIONS, FOTO

PDF, JPEG, HTML = "application/pdf", "image/jpeg", "text/html"
RESOURCE = "enkelvoudiginformatieobjecten"
EXTENSIONS = {PDF: "pdf", JPEG: "jpg", HTML: "html"}
AUTHORS = ("Afdeling Publiekszaken", "Team Vergunningen", "Juridische Zaken")


@dataclass(frozen=True, slots=True)
class Draft:
    """A document before it is written down: `sizes` are bytes, one for each version."""

    kind: str
    titel: str
    day: date
    auteur: str
    sizes: tuple[int, ...]
    formaat: str = PDF
    bestandsnaam: str = ""
    status: str = "definitief"
    received: bool = False


@dataclass(slots=True)
class Papers:
    """All of it, by uuid and oldest first; `documenten` are the versions of each, from the first.

    Their URLs hold the placeholders of `sandbox.zgw_links`.
    """

    rsin: str
    kinds: Mapping[str, Wire]
    rng: Random = field(compare=False)
    documenten: dict[str, list[Wire]] = field(default_factory=dict)
    zaakinformatieobjecten: dict[str, Wire] = field(default_factory=dict)
    objectinformatieobjecten: dict[str, Wire] = field(default_factory=dict)
    besluiten: dict[str, Wire] = field(default_factory=dict)
    besluitinformatieobjecten: dict[str, Wire] = field(default_factory=dict)

    def write_for(self, zaak: Wire, zaaktype: Wire, resultaat: str) -> None:
        """The papers of one zaak; `resultaat` is the name of its outcome, "" while it is open."""
        start = date.fromisoformat(zaak["startdatum"])
        if zaaktype["indicatieInternOfExtern"] == "extern":
            self._add(zaak, self._request(zaak, start))
        if self.rng.random() < 0.35:
            self._add(zaak, self._more(start))
        if zaak["einddatum"] is None:
            if self.rng.random() < 0.2:
                self._add(zaak, self._concept(start))
        elif zaaktype["identificatie"] in DECISIONS and resultaat != "Ingetrokken":
            self._decide(zaak, zaaktype, resultaat)

    def write_drawings(self, zaak: Wire) -> None:
        """What a citizen sent along with a permit: a drawing in three versions, and a page that
        nobody should open in a browser, under a name that is hard on headers and on file systems.
        """
        start = date.fromisoformat(zaak["startdatum"])
        sizes = (1_400_000, 2_250_000, 2_500_000)
        self._add(zaak, Draft(BEWIJSSTUK, "Bouwtekening dakkapel", start, "Aanvrager", sizes))
        name = '../Schets "oud/nieuw" – café’s & ☂.html'
        self._add(
            zaak, Draft(BEWIJSSTUK, "Schets van de buren", start, "Buren", (2_048,), HTML, name)
        )

    def _request(self, zaak: Wire, start: date) -> Draft:
        titel = f"Aanvraag {zaak['omschrijving']}"[:200]
        return Draft(
            AANVRAAG, titel, start, "Aanvrager", (self._size(),), PDF, "aanvraag.pdf", received=True
        )

    def _more(self, start: date) -> Draft:
        if self.rng.random() < 0.4:
            size = (self._size(),)
            return Draft(FOTO, "Foto van de situatie", start, "Aanvrager", size, JPEG, "foto.jpg")
        sizes = tuple(self._size() for _ in range(self.rng.choice((1, 1, 1, 2))))
        return Draft(BEWIJSSTUK, "Bewijsstuk", start + timedelta(days=1), "Aanvrager", sizes)

    def _concept(self, start: date) -> Draft:
        sizes = tuple(self._size() for _ in range(self.rng.randint(1, 3)))
        author = self.rng.choice(AUTHORS)
        titel = "Concept van het besluit"
        return Draft(BRIEF, titel, start + timedelta(days=5), author, sizes, status="in_bewerking")

    def _size(self) -> int:
        return self.rng.randrange(1_500, 60_000)

    def _decide(self, zaak: Wire, zaaktype: Wire, resultaat: str) -> None:
        day = date.fromisoformat(zaak["einddatum"])
        titel = f"Besluit {zaak['omschrijving']}"[:200]
        author = self.rng.choice(AUTHORS)
        letter = self._add(
            zaak, Draft(BESLUIT, titel, day, author, (self._size(),), PDF, "besluit.pdf")
        )
        uuid = uuid_for("besluit", zaak["uuid"])
        url = besluiten_url("besluiten", uuid)
        sent = day + timedelta(days=1)
        published = zaaktype["identificatie"] in ("B0210", "B0518", "B0601")
        self.besluiten[uuid] = {
            "url": url,
            "identificatie": f"BESLUIT-{day.year}-{len(self.besluiten) + 1:010d}",
            "verantwoordelijkeOrganisatie": self.rsin,
            "besluittype": zaaktype["besluittypen"][0],
            "zaak": zaak["url"],
            "datum": day.isoformat(),
            "toelichting": resultaat if self.rng.random() < 0.5 else "",
            "bestuursorgaan": "College van burgemeester en wethouders",
            "ingangsdatum": sent.isoformat(),
            "vervaldatum": (sent + timedelta(days=365)).isoformat()
            if zaaktype["identificatie"] == "B0101"
            else None,
            "vervalreden": "tijdelijk" if zaaktype["identificatie"] == "B0101" else "",
            "vervalredenWeergave": "Besluit met tijdelijke werking"
            if zaaktype["identificatie"] == "B0101"
            else "",
            "publicatiedatum": sent.isoformat() if published else None,
            "verzenddatum": sent.isoformat(),
            "uiterlijkeReactiedatum": (sent + timedelta(weeks=6)).isoformat(),
        }
        own = _beside(uuid, 1)
        self.besluitinformatieobjecten[own] = {
            "url": besluiten_url("besluitinformatieobjecten", own),
            "informatieobject": letter,
            "besluit": url,
        }
        self._relate(letter, url, "besluit", _beside(uuid, 2))

    def _add(self, zaak: Wire, draft: Draft) -> str:
        """Write a document down and file it with its zaak; the document's URL."""
        uuid = uuid_for("document", zaak["uuid"], len(zaak["zaakinformatieobjecten"]))
        url = documenten_url(RESOURCE, uuid)
        serial = len(self.documenten) + 1
        self.documenten[uuid] = [
            self._version(url, serial, draft, number) for number in range(1, len(draft.sizes) + 1)
        ]
        own = _beside(uuid, 1)
        self.zaakinformatieobjecten[own] = {
            "url": zaken_url("zaakinformatieobjecten", own),
            "uuid": own,
            "informatieobject": url,
            "zaak": zaak["url"],
            "aardRelatieWeergave": "Hoort bij, omgekeerd: kent",
            "titel": draft.titel,
            "beschrijving": "",
            "registratiedatum": f"{draft.day.isoformat()}T09:00:00.000000Z",
            "vernietigingsdatum": None,
            "status": None,
        }
        zaak["zaakinformatieobjecten"].append(zaken_url("zaakinformatieobjecten", own))
        self._relate(url, zaak["url"], "zaak", _beside(uuid, 2))
        return url

    def _relate(self, document: str, other: str, kind: str, uuid: str) -> None:
        self.objectinformatieobjecten[uuid] = {
            "url": documenten_url("objectinformatieobjecten", uuid),
            "informatieobject": document,
            "object": other,
            "objectType": kind,
        }

    def _version(self, url: str, serial: int, draft: Draft, number: int) -> Wire:
        kind = self.kinds[draft.kind]
        day = draft.day + timedelta(days=number - 1)
        last = number == len(draft.sizes)
        extension = EXTENSIONS[draft.formaat]
        return {
            "url": url,
            "identificatie": f"DOCUMENT-{draft.day.year}-{serial:010d}",
            "bronorganisatie": self.rsin,
            "creatiedatum": draft.day.isoformat(),
            "titel": draft.titel,
            "vertrouwelijkheidaanduiding": kind["vertrouwelijkheidaanduiding"],
            "auteur": draft.auteur,
            "status": draft.status if last or draft.status != "definitief" else "in_bewerking",
            "formaat": draft.formaat,
            "taal": "nld",
            "versie": number,
            "beginRegistratie": f"{day.isoformat()}T09:00:00.000000Z",
            "bestandsnaam": draft.bestandsnaam or f"{draft.titel.lower()}.{extension}",
            "inhoud": f"{url}/download?versie={number}",
            "bestandsomvang": draft.sizes[number - 1],
            "link": "",
            "beschrijving": "",
            "ontvangstdatum": draft.day.isoformat() if draft.received else None,
            "verzenddatum": None,
            "indicatieGebruiksrecht": None,
            "verschijningsvorm": "",
            "ondertekening": {"soort": "digitaal", "datum": draft.day.isoformat()}
            if draft.kind == BESLUIT
            else {"soort": "", "datum": None},
            "integriteit": {"algoritme": "", "waarde": "", "datum": None},
            "informatieobjecttype": kind["url"],
            "locked": draft.status == "in_bewerking",
            "bestandsdelen": [],
            "trefwoorden": [],
        }


def _beside(uuid: str, number: int) -> str:
    """Another UUID that follows from one; cheaper than one from a name."""
    return f"{int(uuid[:8], 16) ^ number:08x}{uuid[8:]}"


def write_papers(
    catalogue: Catalogue,
    rsin: str,
    zaken: Mapping[str, Wire],
    resultaten: Mapping[str, Wire],
    *,
    citizen: Wire | None,
    seed: int,
) -> Papers:
    """The papers of all these zaken, which get to know their documents. `citizen` is the zaak with
    the drawings. Chance is its own, so that the zaken are the same with and without papers.
    """
    resources = catalogue.resources
    kinds = {kind["omschrijving"]: kind for kind in resources["informatieobjecttypen"].values()}
    papers = Papers(rsin, kinds, Random(f"papers {seed}"))
    for zaak in zaken.values():
        zaaktype = resources["zaaktypen"][zaak["zaaktype"].rpartition("/")[2]]
        papers.write_for(zaak, zaaktype, _outcome(zaak, resultaten, resources["resultaattypen"]))
    if citizen is not None:
        papers.write_drawings(citizen)
    return papers


def _outcome(zaak: Wire, resultaten: Mapping[str, Wire], types: Mapping[str, Wire]) -> str:
    if zaak["resultaat"] is None:
        return ""
    resultaat = resultaten[zaak["resultaat"].rpartition("/")[2]]
    return str(types[resultaat["resultaattype"].rpartition("/")[2]]["omschrijving"])
