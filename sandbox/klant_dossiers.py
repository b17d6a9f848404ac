"""The customers of the fictional municipality and its contacts with them, made at first use.

Klantinteracties API 0.9.0, in wire form by uuid, oldest first. They are persons and zaken of the
same world; a quarter of the adults, and the organisations that take part in zaken. What is not
known of somebody is an empty string.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from sandbox.cases import Cases
from sandbox.showcase import (
    BURGER_BSN,
    CONFIDENTIAL_BSN,
    GRANDMOTHER_BSN,
    LONE_PARENT_BSN,
    PARTNER_BSN,
)
from sandbox.token_api import OWN, reference
from sandbox.wire import Wire
from sandbox.world import World
from sandbox.zgw_links import uuid_for
from sandbox.zgw_parties import AFDELINGEN, MEDEWERKERS, ORGANISATIES, Organisatie

SHARE = 0.25
ALWAYS = (BURGER_BSN, PARTNER_BSN, GRANDMOTHER_BSN, CONFIDENTIAL_BSN, LONE_PARENT_BSN)
CHANNELS = ("telefoon", "balie", "e-mail", "chat", "brief")
SUBJECTS = (
    "Vraag over een paspoort",
    "Vraag over afval",
    "Verhuizing doorgeven",
    "Openingstijden",
    "Klacht over geluid",
)
ZAAK_CODES = ("zaak", "open-zaak", "uuid")
RESOURCES = (
    "partijen",
    "digitaleadressen",
    "klantcontacten",
    "betrokkenen",
    "onderwerpobjecten",
    "bijlagen",
    "internetaken",
    "actoren",
    "vertegenwoordigingen",
    "rekeningnummers",
)


@dataclass(frozen=True, slots=True)
class Klanten:
    """Everything the API has: objects by uuid, by resource."""

    resources: Mapping[str, Mapping[str, Wire]]


def build_klanten(world: World, cases: Cases, seed: int = 1) -> Klanten:
    """The customers of a world and its zaken; the same arguments give the same ones."""
    shelf = Klantenkast(world, Random(f"klanten {seed}"))
    zaken = _zaken_of_persons(cases)
    for number in range(len(MEDEWERKERS)):
        shelf.employee(number)
    for number in range(len(AFDELINGEN)):
        shelf.department(number)
    for bsn in _customers(world, shelf.rng):
        customer = shelf.person(world.persons[bsn])
        if bsn not in ALWAYS:
            for zaak in [*zaken.get(bsn, ())[:2], None][: shelf.rng.randint(0, 2)]:
                shelf.small_talk(customer, zaak)
    shelf.organisations()
    _family(shelf, cases, zaken)
    return Klanten(shelf.resources)


def _customers(world: World, rng: Random) -> Iterator[str]:
    yield from ALWAYS
    for bsn, person in world.persons.items():
        adult = person.get("leeftijd", 0) >= 18 and "overlijden" not in person
        if adult and bsn not in ALWAYS and rng.random() < SHARE:
            yield bsn


def _zaken_of_persons(cases: Cases) -> dict[str, list[Wire]]:
    found: dict[str, list[Wire]] = {}
    for rol in cases.rollen.values():
        bsn = rol["betrokkeneIdentificatie"].get("inpBsn")
        if bsn:
            found.setdefault(bsn, []).append(cases.zaken[rol["zaak"].rpartition("/")[2]])
    return found


def _family(shelf: "Klantenkast", cases: Cases, zaken: Mapping[str, list[Wire]]) -> None:
    """What the family at Raadhuisplein 1 has had to do with the municipality."""
    mother, grandmother = shelf.customer(BURGER_BSN), shelf.customer(GRANDMOTHER_BSN)
    mine = {zaak["omschrijving"]: zaak for zaak in zaken.get(BURGER_BSN, ())}
    shelf.address(mother, "email", "sanne@weidevaart.example", preferred=True)
    shelf.address(mother, "telefoonnummer", "0600000018")
    shelf.account(mother, "NL00TEST0000000018")
    shelf.represents(mother, grandmother)
    permit, parking = (
        mine.get("Dakkapel aan de voorzijde"),
        mine.get("Parkeervergunning tweede auto"),
    )
    passport = shelf.contact(mother, "balie", "Vraag over paspoort", 80)
    shelf.about(passport, ("product", "open-product", "code"), "PASPOORT")
    if parking:
        spoken = shelf.contact(mother, "telefoon", "Wanneer komt mijn vergunning?", 70)
        shelf.about(spoken, ZAAK_CODES, parking["uuid"])
    if permit:
        called = shelf.contact(mother, "telefoon", "Tekening van de dakkapel", 20)
        shelf.about(called, ZAAK_CODES, permit["uuid"])
        shelf.task(called, "Terugbellen over de tekening", done=False)
        shelf.document(called, _drawing(cases, permit))
        mailed = shelf.contact(mother, "e-mail", "Nieuwe tekening van de dakkapel", 15)
        shelf.about(mailed, ZAAK_CODES, permit["uuid"])
        shelf.follows(mailed, called)
    shelf.contact(mother, "balie", "Parkeerkaart voor moeder", 5, role="vertegenwoordiger")
    dirty = shelf.contact(shelf.customer(LONE_PARENT_BSN), "telefoon", "Stand van zaken", 9)
    shelf.about(dirty, ZAAK_CODES, next(iter(cases.zaken.values()))["identificatie"])


@dataclass(slots=True)
class Klantenkast:
    """The cupboard in which customers and contacts are put while they are made."""

    world: World
    rng: Random
    resources: dict[str, dict[str, Wire]] = field(
        default_factory=lambda: {name: {} for name in RESOURCES}
    )

    def put(self, resource: str, *name: object, **properties: object) -> Wire:
        """A new object with a uuid that follows from its name."""
        uuid = uuid_for(resource, *name)
        made: Wire = {"uuid": uuid, "url": f"{OWN}{resource}/{uuid}", **properties}
        self.resources[resource][uuid] = made
        return made

    def customer(self, bsn: str) -> Wire:
        """A person who is a customer already."""
        return self.resources["partijen"][uuid_for("partijen", bsn)]

    # ---- customers --------------------------------------------------------------------------

    def person(self, person: Wire) -> Wire:
        """Somebody of the BRP as a customer."""
        bsn, name = person["burgerservicenummer"], person.get("naam", {})
        called = {
            "voorletters": name.get("voorletters", "")[:10],
            "voornaam": name.get("voornamen", "").partition(" ")[0],
            "voorvoegselAchternaam": name.get("voorvoegsel", "")[:10],
            "achternaam": name.get("geslachtsnaam", ""),
        }
        full = " ".join(part for part in list(called.values())[1:] if part)
        partij = self._partij(
            bsn,
            soort="persoon",
            identificatie={"contactnaam": called, "volledigeNaam": full},
            geheim=bool(person.get("geheimhoudingPersoonsgegevens")),
        )
        self._identify(partij, "natuurlijk_persoon", "brp", "bsn", bsn)
        home = person.get("verblijfplaats", {}).get("nummeraanduidingIdentificatie")
        if home in self.world.addresses:
            partij["bezoekadres"] = _adres(self.world.addresses[home])
        if bsn not in ALWAYS and self.rng.random() < 0.6:
            self.address(partij, "telefoonnummer", f"060{self.rng.randrange(10**7):07d}")
        return partij

    def organisations(self) -> None:
        """The organisations that take part in zaken, each with one establishment.

        One vestigingsnummer is that of two: it went along when the company was taken over.
        """
        for place, organisation in enumerate(ORGANISATIES):
            whole = self._organisation(organisation, organisation.kvk)
            self._identify(whole, "niet_natuurlijk_persoon", "hr", "rsin", organisation.rsin)
            self._establishment(organisation, organisation.kvk)
            self.address(whole, "email", f"info{place}@weidevaart.example", preferred=True)
            if place == 0:
                self._establishment(organisation, ORGANISATIES[1].kvk)
                self._contact_person(whole)

    def _organisation(self, organisation: Organisatie, kvk: str) -> Wire:
        partij = self._partij(kvk, soort="organisatie", identificatie={"naam": organisation.naam})
        self._identify(partij, "niet_natuurlijk_persoon", "hr", "kvk_nummer", kvk)
        return partij

    def _establishment(self, organisation: Organisatie, kvk: str) -> None:
        partij = self._partij(
            organisation.vestiging,
            kvk,
            soort="organisatie",
            identificatie={"naam": organisation.naam},
        )
        above = self._identify(partij, "niet_natuurlijk_persoon", "hr", "kvk_nummer", kvk)
        below = self._identify(
            partij, "vestiging", "hr", "vestigingsnummer", organisation.vestiging
        )
        below["subIdentificatorVan"] = {"uuid": above["uuid"], "url": above["url"]}

    def _contact_person(self, employer: Wire) -> None:
        name = {"voorletters": "J.", "voornaam": "Jo", "voorvoegselAchternaam": "de"}
        self._partij(
            "contactpersoon",
            soort="contactpersoon",
            identificatie={
                "uuid": uuid_for("contactpersoon", employer["uuid"]),
                "werkteVoorPartij": {"uuid": employer["uuid"], "url": employer["url"]},
                "contactnaam": {**name, "achternaam": "Voorbeeld"},
                "volledigeNaam": "Jo de Voorbeeld",
            },
        )

    def _partij(
        self, *name: str, soort: str, identificatie: Wire, geheim: bool | None = False
    ) -> Wire:
        return self.put(
            "partijen",
            *name,
            nummer=f"{len(self.resources['partijen']) + 1:010d}",
            interneNotitie="" if self.rng.random() < 0.9 else "Belt liever 's middags.",
            betrokkenen=[],
            categorieRelaties=[],
            digitaleAdressen=[],
            voorkeursDigitaalAdres=None,
            vertegenwoordigden=[],
            rekeningnummers=[],
            voorkeursRekeningnummer=None,
            partijIdentificatoren=[],
            soortPartij=soort,
            indicatieGeheimhouding=geheim,
            voorkeurstaal="nld",
            indicatieActief=True,
            bezoekadres=None,
            correspondentieadres=None,
            partijIdentificatie=identificatie,
        )

    def _identify(
        self, partij: Wire, objecttype: str, register: str, kind: str, number: str
    ) -> Wire:
        uuid = uuid_for("partij-identificatoren", partij["uuid"], kind)
        made = {
            "uuid": uuid,
            "url": f"{OWN}partij-identificatoren/{uuid}",
            "identificeerdePartij": reference("partijen", partij["uuid"]),
            "anderePartijIdentificator": "",
            "partijIdentificator": {
                "codeObjecttype": objecttype,
                "codeSoortObjectId": kind,
                "objectId": number,
                "codeRegister": register,
            },
            "subIdentificatorVan": None,
        }
        partij["partijIdentificatoren"].append(made)
        return made

    def address(self, partij: Wire, kind: str, text: str, *, preferred: bool = False) -> None:
        """A digital address of a customer."""
        made = self._digital(kind, text, preferred, partij=reference("partijen", partij["uuid"]))
        named = reference("digitaleadressen", made["uuid"])
        partij["digitaleAdressen"].append(named)
        if preferred:
            partij["voorkeursDigitaalAdres"] = named

    def _digital(
        self,
        kind: str,
        text: str,
        preferred: bool,
        partij: Wire | None = None,
        betrokkene: Wire | None = None,
    ) -> Wire:
        return self.put(
            "digitaleadressen",
            kind,
            text,
            len(self.resources["digitaleadressen"]),
            verstrektDoorBetrokkene=betrokkene,
            verstrektDoorPartij=partij,
            adres=text,
            soortDigitaalAdres=kind,
            isStandaardAdres=preferred,
            omschrijving="",
            referentie="",
            verificatieDatum=self._before(400)[:10] if preferred else None,
        )

    def account(self, partij: Wire, iban: str) -> None:
        """The bank account that a customer likes to use."""
        made = self.put(
            "rekeningnummers", iban, partij=reference("partijen", partij["uuid"]), iban=iban, bic=""
        )
        named = reference("rekeningnummers", made["uuid"])
        partij["rekeningnummers"].append(named)
        partij["voorkeursRekeningnummer"] = named

    def represents(self, partij: Wire, other: Wire) -> None:
        """One customer acts for another."""
        self.put(
            "vertegenwoordigingen",
            partij["uuid"],
            other["uuid"],
            vertegenwoordigendePartij=reference("partijen", partij["uuid"]),
            vertegenwoordigdePartij=reference("partijen", other["uuid"]),
        )
        other["vertegenwoordigden"].append(reference("partijen", partij["uuid"]))

    # ---- the municipality's side ------------------------------------------------------------

    def employee(self, number: int) -> Wire:
        """An employee who has customers to talk to."""
        login, name, initials, prefix = MEDEWERKERS[number]
        full = " ".join(part for part in (initials, prefix, name) if part)
        return self._actor(
            full,
            "medewerker",
            login,
            {"functie": "Klantadviseur", "emailadres": "", "telefoonnummer": "0609990000"},
        )

    def department(self, number: int) -> Wire:
        """A department that gets tasks."""
        login, name, _ = AFDELINGEN[number]
        return self._actor(
            name,
            "organisatorische_eenheid",
            login,
            {"omschrijving": "", "emailadres": "", "faxnummer": "", "telefoonnummer": ""},
        )

    def _actor(self, name: str, kind: str, login: str, identificatie: Wire) -> Wire:
        known = {
            "objectId": login,
            "codeObjecttype": "mdw",
            "codeRegister": "handmatig",
            "codeSoortObjectId": "idf",
        }
        return self.put(
            "actoren",
            name,
            naam=name,
            soortActor=kind,
            indicatieActief=True,
            actoridentificator=known if login else None,
            actorIdentificatie=identificatie,
        )

    # ---- contacts ---------------------------------------------------------------------------

    def small_talk(self, partij: Wire, zaak: Wire | None) -> None:
        """A contact about a zaak, or about nothing that is registered."""
        subject = zaak["omschrijving"] if zaak else self.rng.choice(SUBJECTS)
        contact = self.contact(
            partij, self.rng.choice(CHANNELS), subject[:200], self.rng.randrange(1, 700)
        )
        if zaak:
            self.about(contact, ZAAK_CODES, zaak["uuid"])
        if self.rng.random() < 0.3:
            self.task(contact, "Terugbellen", done=self.rng.random() < 0.6)

    def contact(
        self, partij: Wire, channel: str, subject: str, days: int, role: str = "klant"
    ) -> Wire:
        """A contact with one customer, so many days ago, with an employee."""
        serial = len(self.resources["klantcontacten"]) + 1
        employees = list(self.resources["actoren"].values())[: len(MEDEWERKERS)]
        contact = self.put(
            "klantcontacten",
            serial,
            gingOverOnderwerpobjecten=[],
            hadBetrokkenActoren=[self.rng.choice(employees)],
            omvatteBijlagen=[],
            hadBetrokkenen=[],
            leiddeTotInterneTaken=[],
            nummer=f"{serial:010d}",
            referentienummer=None,
            kanaal=channel,
            onderwerp=subject,
            inhoud="De klant vroeg hoe het ermee staat.",
            reactie="",
            indicatieContactGelukt=True,
            hoofdOnderwerpType="",
            verdereActieOndernomen=False,
            taal="nld",
            vertrouwelijk=False,
            plaatsgevondenOp=self._before(days),
            metadata={},
        )
        self._take_part(contact, partij, role)
        return contact

    def _take_part(self, contact: Wire, partij: Wire, role: str) -> None:
        name = partij["partijIdentificatie"]
        made = self.put(
            "betrokkenen",
            contact["uuid"],
            wasPartij=reference("partijen", partij["uuid"]),
            hadKlantcontact=reference("klantcontacten", contact["uuid"]),
            digitaleAdressen=[],
            bezoekadres=None,
            correspondentieadres=None,
            contactnaam=name.get("contactnaam"),
            volledigeNaam=name.get("volledigeNaam", ""),
            rol=role,
            organisatienaam=name.get("naam", ""),
            initiator=True,
        )
        named = reference("betrokkenen", made["uuid"])
        contact["hadBetrokkenen"].append(named)
        partij["betrokkenen"].append(named)
        if contact["kanaal"] == "e-mail":
            address = self._digital("email", "eenmalig@weidevaart.example", False, betrokkene=named)
            made["digitaleAdressen"].append(reference("digitaleadressen", address["uuid"]))

    def about(self, contact: Wire, codes: tuple[str, str, str], number: str) -> None:
        """What a contact was about: kind of object, register, kind of number, and the number."""
        kind, register, sort = codes
        self._subject(
            contact,
            None,
            {
                "objectId": number,
                "codeObjecttype": kind,
                "codeRegister": register,
                "codeSoortObjectId": sort,
            },
        )

    def follows(self, contact: Wire, earlier: Wire) -> None:
        """A contact was about an earlier one."""
        self._subject(contact, reference("klantcontacten", earlier["uuid"]), None)

    def _subject(self, contact: Wire, earlier: Wire | None, named: Wire | None) -> None:
        made = self.put(
            "onderwerpobjecten",
            contact["uuid"],
            len(contact["gingOverOnderwerpobjecten"]),
            klantcontact=reference("klantcontacten", contact["uuid"]),
            wasKlantcontact=earlier,
            onderwerpobjectidentificator=named,
        )
        contact["gingOverOnderwerpobjecten"].append(reference("onderwerpobjecten", made["uuid"]))

    def document(self, contact: Wire, number: str) -> None:
        """A document that was sent along, by its uuid."""
        made = self.put(
            "bijlagen",
            contact["uuid"],
            wasBijlageVanKlantcontact=reference("klantcontacten", contact["uuid"]),
            bijlageidentificator={
                "objectId": number,
                "codeObjecttype": "document",
                "codeRegister": "open-zaak",
                "codeSoortObjectId": "uuid",
            },
        )
        contact["omvatteBijlagen"].append(reference("bijlagen", made["uuid"]))

    def task(self, contact: Wire, what: str, *, done: bool) -> None:
        """Something that a department has to do after a contact."""
        serial = len(self.resources["internetaken"]) + 1
        departments = list(self.resources["actoren"])[len(MEDEWERKERS) :]
        owner = reference("actoren", departments[serial % len(departments)])
        made = self.put(
            "internetaken",
            serial,
            nummer=f"{serial:010d}",
            referentienummer=None,
            gevraagdeHandeling=what,
            aanleidinggevendKlantcontact=reference("klantcontacten", contact["uuid"]),
            toegewezenAanActor=owner,
            toegewezenAanActoren=[owner],
            toelichting="",
            status="verwerkt" if done else "te_verwerken",
            toegewezenOp=contact["plaatsgevondenOp"],
            afgehandeldOp=contact["plaatsgevondenOp"] if done else None,
        )
        contact["leiddeTotInterneTaken"].append(reference("internetaken", made["uuid"]))

    def _before(self, days: int) -> str:
        morning = datetime.combine(self.world.today, datetime.min.time()) + timedelta(hours=10)
        return (morning - timedelta(days=days)).isoformat() + "Z"


def _drawing(cases: Cases, permit: Wire) -> str:
    """The document that is the drawing of a permit that was asked for."""
    filed = cases.papers.zaakinformatieobjecten.values()
    mine = [each for each in filed if each["zaak"] == permit["url"]]
    drawing = next(each for each in mine if each["titel"].startswith("Bouwtekening"))
    return str(drawing["informatieobject"]).rpartition("/")[2]


def _adres(address: Wire) -> Wire:
    letter, code = address.get("huisletter", ""), address.get("postcode", "")
    return {
        "nummeraanduidingId": address["nummeraanduidingIdentificatie"],
        "straatnaam": address["openbareRuimteNaam"],
        "huisnummer": address["huisnummer"],
        "huisnummertoevoeging": letter + address.get("huisnummertoevoeging", ""),
        "postcode": f"{code[:4]} {code[4:]}" if code else "",
        "stad": address["woonplaatsNaam"],
        "adresregel1": "",
        "adresregel2": "",
        "adresregel3": "",
        "land": "nl",
    }
