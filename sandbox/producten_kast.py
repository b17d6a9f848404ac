"""What the fictional municipality offers, and who has what of it: made at first use.

Producten and Producttypen API 1.7.0 (Open Product), in wire form by uuid, oldest first. They are
those of persons and organisations of the same world; addresses of zaken hold placeholders of
`sandbox.zgw_links`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sandbox.cases import Cases
from sandbox.showcase import BURGER_BSN, GRANDMOTHER_BSN, PARTNER_BSN
from sandbox.token_api import OWN
from sandbox.wire import Wire
from sandbox.world import World
from sandbox.zgw_links import catalogi_url, uuid_for
from sandbox.zgw_parties import ORGANISATIES, Organisatie

MADE = "2025-01-06T08:00:00.000000Z"
PERSONS = 300
"""How many persons have something, beside the family that examples are about."""


@dataclass(frozen=True, slots=True)
class Aanbod:
    """A producttype as designed: code, name, what it is, for whom, price, theme, zaaktype."""

    code: str
    naam: str
    samenvatting: str
    doelgroep: str
    prijs: str
    frequentie: str
    thema: str
    zaaktype: str = ""
    gepubliceerd: bool = True


AANBOD = (
    Aanbod(
        "PARKEER-BEWONER",
        "Parkeervergunning voor bewoners",
        "Parkeren in de eigen wijk.",
        "burgers",
        "48.00",
        "jaarlijks",
        "Verkeer en parkeren",
        "B0101",
    ),
    Aanbod(
        "PARKEER-KAART",
        "Gehandicaptenparkeerkaart",
        "Parkeren dicht bij de bestemming.",
        "burgers",
        "62.50",
        "eenmalig",
        "Verkeer en parkeren",
        "B0102",
    ),
    Aanbod(
        "DAKKAPEL",
        "Omgevingsvergunning dakkapel",
        "Bouwen aan de voorzijde van een huis.",
        "burgers",
        "310.00",
        "eenmalig",
        "Bouwen en wonen",
        "B0210",
    ),
    Aanbod(
        "BIJZONDERE-BIJSTAND",
        "Bijzondere bijstand",
        "Geld voor kosten die niet te dragen zijn.",
        "burgers",
        "0.00",
        "eenmalig",
        "Werk en inkomen",
        "B0412",
    ),
    Aanbod(
        "STANDPLAATS",
        "Standplaatsvergunning",
        "Verkopen vanaf een vaste plek.",
        "bedrijven_en_instellingen",
        "25.00",
        "maandelijks",
        "Ondernemen",
    ),
    Aanbod(
        "EVENEMENT",
        "Evenementenvergunning",
        "Een feest of markt houden.",
        "bedrijven_en_instellingen",
        "95.00",
        "eenmalig",
        "Ondernemen",
        "B0518",
    ),
    Aanbod(
        "HONDENPENNING",
        "Hondenpenning",
        "Bestaat niet meer sinds de hondenbelasting weg is.",
        "burgers",
        "0.00",
        "jaarlijks",
        "Wonen",
        gepubliceerd=False,
    ),
)


@dataclass(frozen=True, slots=True)
class Producten:
    """Everything both APIs have: objects by uuid; `content` by the uuid of its producttype."""

    typen: Mapping[str, Wire]
    producten: Mapping[str, Wire]
    content: Mapping[str, list[Wire]]


def build_producten(world: World, cases: Cases, seed: int = 1) -> Producten:
    """The products of a world and its zaken; the same arguments give the same ones."""
    typen = {aanbod.code: _type(aanbod, cases) for aanbod in AANBOD}
    kast = _Kast(world.today, typen, Random(f"producten {seed}"), {})
    _family(kast, cases)
    adults = [
        bsn
        for bsn, person in world.persons.items()
        if person.get("leeftijd", 0) >= 18 and "overlijden" not in person
    ]
    for bsn in kast.rng.sample(adults, min(PERSONS, len(adults))):
        if bsn not in (BURGER_BSN, PARTNER_BSN, GRANDMOTHER_BSN):
            kast.random(bsn)
    for place, organisation in enumerate(ORGANISATIES):
        kast.permit(organisation, place)
    return Producten(
        {wire["uuid"]: wire for wire in typen.values()},
        kast.producten,
        {wire["uuid"]: _content(wire) for wire in typen.values()},
    )


def _family(kast: "_Kast", cases: Cases) -> None:
    mine = [
        cases.zaken[rol["zaak"].rpartition("/")[2]]
        for rol in cases.rollen.values()
        if rol["betrokkeneIdentificatie"].get("inpBsn") == BURGER_BSN
    ]
    zaken = {zaak["omschrijving"]: zaak["url"] for zaak in mine}
    person = {"bsn": BURGER_BSN}
    parking = zaken.get("Parkeervergunning tweede auto")
    kast.add("PARKEER-BEWONER", person, 60, "actief", zaak=parking, data={"kenteken": "XX-99-BP"})
    kast.add("PARKEER-BEWONER", person, 700, "verlopen", data={"kenteken": "XX-98-BP"}, days=365)
    kast.add("DAKKAPEL", person, 40, "in_aanvraag", zaak=zaken.get("Dakkapel aan de voorzijde"))
    kast.add("HONDENPENNING", person, 2000, "ingetrokken")
    kast.add("PARKEER-KAART", {"bsn": GRANDMOTHER_BSN}, 200, "actief")
    kast.add("PARKEER-BEWONER", {"bsn": PARTNER_BSN}, 90, "actief")


@dataclass(slots=True)
class _Kast:
    """Where products are put while they are made."""

    today: date
    typen: Mapping[str, Wire]
    rng: Random
    producten: dict[str, Wire]

    def random(self, bsn: str) -> None:
        """Something that somebody has."""
        code = self.rng.choice([a.code for a in AANBOD if a.doelgroep == "burgers"])
        status = self.rng.choice(("actief", "actief", "verlopen", "in_aanvraag", "geweigerd"))
        self.add(code, {"bsn": bsn}, self.rng.randrange(1, 900), status)

    def permit(self, organisation: Organisatie, place: int) -> None:
        """What an organisation has: of its own, or by its establishment."""
        owner = {"kvk_nummer": organisation.kvk}
        self.add("EVENEMENT", owner, 100 + place, "verlopen", days=2)
        self.add("STANDPLAATS", owner | {"vestigingsnummer": organisation.vestiging}, 300, "actief")

    def add(
        self,
        code: str,
        owner: Wire,
        ago: int,
        status: str,
        *,
        zaak: str | None = None,
        data: Wire | None = None,
        days: int | None = None,
    ) -> None:
        """A product of one owner, granted so many days ago, for so many days."""
        serial = len(self.producten)
        uuid = uuid_for("product", serial)
        start = self.today - timedelta(days=ago)
        end = start + timedelta(days=days) if days else None
        aanbod = next(a for a in AANBOD if a.code == code)
        named = {"url": zaak, "urn": None}
        self.producten[uuid] = {
            "url": f"{OWN}producten/{uuid}",
            "uuid": uuid,
            "naam": "",
            "start_datum": start.isoformat(),
            "eind_datum": end.isoformat() if end else None,
            "aanmaak_datum": f"{start.isoformat()}T08:00:00.000000Z",
            "update_datum": f"{start.isoformat()}T08:00:00.000000Z",
            "producttype": _nested(self.typen[code]),
            "gepubliceerd": True,
            "eigenaren": [_owner(uuid, owner)],
            "documenten": [],
            "zaken": [named] if zaak else [],
            "taken": [],
            "status": status,
            "prijs": aanbod.prijs,
            "frequentie": aanbod.frequentie,
            "verbruiksobject": None,
            "dataobject": data,
            "aanvraag_zaak_urn": None,
            "aanvraag_zaak_url": zaak,
        }


def _owner(product: str, owner: Wire) -> Wire:
    numbers = {"bsn": "", "kvk_nummer": "", "vestigingsnummer": "", "klantnummer": ""}
    return {"uuid": uuid_for("eigenaar", product), **numbers, **owner}


def _type(aanbod: Aanbod, cases: Cases) -> Wire:
    thema = {
        "uuid": uuid_for("thema", aanbod.thema),
        "naam": aanbod.thema,
        "beschrijving": "",
        "gepubliceerd": True,
        "aanmaak_datum": MADE,
        "update_datum": MADE,
        "hoofd_thema": uuid_for("thema", "Alle producten"),
    }
    desk = {
        "uuid": uuid_for("locatie", "raadhuis"),
        "naam": "Raadhuis",
        "email": "",
        "telefoonnummer": "0609990000",
        "straat": "Raadhuisplein",
        "huisnummer": "9",
        "postcode": "8995AA",
        "stad": "Weidevaart",
    }
    gemeente = {**desk, "uuid": uuid_for("organisatie", "gemeente"), "naam": "Gemeente Weidevaart"}
    gemeente["code"] = "0999"
    return {
        "uuid": uuid_for("producttype", aanbod.code),
        "uniforme_product_naam": aanbod.naam.lower(),
        "doelgroep": aanbod.doelgroep,
        "themas": [thema],
        "locaties": [desk],
        "organisaties": [gemeente],
        "eigenaar": None,
        "contacten": [
            {
                "uuid": uuid_for("contact", aanbod.code),
                "organisatie": gemeente,
                "naam": "Publieksbalie",
                "email": "",
                "telefoonnummer": "0609990000",
                "rol": "",
            }
        ],
        "prijzen": [
            {
                "uuid": uuid_for("prijs", aanbod.code),
                "prijsopties": [
                    {
                        "uuid": uuid_for("prijsoptie", aanbod.code),
                        "bedrag": aanbod.prijs,
                        "beschrijving": "Leges",
                    }
                ],
                "prijsregels": [],
                "actief_vanaf": "2026-01-01",
            }
        ],
        "links": [
            {
                "uuid": uuid_for("link", aanbod.code),
                "naam": "Meer hierover",
                "url": f"https://weidevaart.example/producten/{aanbod.code.lower()}",
            }
        ],
        "acties": [],
        "bestanden": [],
        "naam": aanbod.naam,
        "samenvatting": aanbod.samenvatting,
        "taal": "nl",
        "externe_codes": [],
        "parameters": [],
        "verbruiksobject_schema": None,
        "dataobject_schema": None,
        "gepubliceerd": aanbod.gepubliceerd,
        "publicatie_start_datum": "2025-01-06" if aanbod.gepubliceerd else None,
        "publicatie_eind_datum": None,
        "aanmaak_datum": MADE,
        "update_datum": MADE,
        "code": aanbod.code,
        "toegestane_statussen": ["in_aanvraag", "actief", "verlopen"],
        "keywords": aanbod.naam.lower().split(),
        "interne_opmerkingen": "Alleen voor medewerkers.",
        "zaaktypen": [{"url": url, "urn": None} for url in _zaaktypen(aanbod, cases)],
        "verzoektypen": [],
        "processen": [],
    }


def _zaaktypen(aanbod: Aanbod, cases: Cases) -> list[str]:
    """The address of the version of the zaaktype that holds now."""
    found = [
        uuid
        for uuid, zaaktype in cases.catalogue.resources["zaaktypen"].items()
        if zaaktype["identificatie"] == aanbod.zaaktype and zaaktype["eindeGeldigheid"] is None
    ]
    return [catalogi_url("zaaktypen", uuid) for uuid in found[-1:]]


def _nested(producttype: Wire) -> Wire:
    """A producttype as a product carries it."""
    names = (
        "uuid code naam keywords uniforme_product_naam toegestane_statussen gepubliceerd "
        "publicatie_start_datum publicatie_eind_datum aanmaak_datum update_datum themas taal"
    )
    return {name: producttype[name] for name in names.split()}


def _content(producttype: Wire) -> list[Wire]:
    texts = {"Voorwaarden": "U woont in Weidevaart.", "Aanvragen": "Vraag aan bij de balie."}
    return [
        {
            "uuid": uuid_for("content", producttype["code"], label),
            "taal": "nl",
            "content": text,
            "aanvullende_informatie": "",
            "labels": [label],
        }
        for label, text in texts.items()
    ]
