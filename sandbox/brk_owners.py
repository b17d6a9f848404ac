"""Who owns what in the sandbox: drawn from who lives there, at the first question to BRK or WOZ.

An owner is a person of the BRP, an organisation with an RSIN, or somebody whom only the Kadaster
knows. Nobody of them exists.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sandbox.wire import Wire
from sandbox.world import World
from sandbox.zgw_parties import ORGANISATIES, Organisatie

NATUURLIJK = "ingeschreven_natuurlijk_persoon"
NIET_NATUURLIJK = "ingeschreven_niet_natuurlijk_persoon"
KADASTER_NATUURLIJK = "kadaster_natuurlijk_persoon"
KADASTER_NIET_NATUURLIJK = "kadaster_niet_natuurlijk_persoon"

HOUSING = next(each for each in ORGANISATIES if each.naam == "Woonstichting Polderrand")
ESTATE = next(each for each in ORGANISATIES if each.naam == "Rietlanden Vastgoed N.V.")
DOMAIN = "NL.IMKAD.Persoon"
BANK_ID, FOREIGN_ID, FOUNDATION_ID = "99971000", "99972000", "99973000"


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody in the BRK: the kind, the number that belongs to it, and the name."""

    kind: str
    identificatie: str
    omschrijving: str
    kvk: str = ""

    def wire(self) -> Wire:
        """As the BRK writes a person with a right."""
        return {
            "identificatie": self.identificatie,
            "omschrijving": self.omschrijving,
            "type": self.kind,
        }


BANK = Owner(KADASTER_NIET_NATUURLIJK, BANK_ID, "Zilverbank Hypotheken N.V.")
FOREIGNER = Owner(KADASTER_NATUURLIJK, FOREIGN_ID, "Hansje Erfundener")
FOUNDATION = Owner(KADASTER_NIET_NATUURLIJK, FOUNDATION_ID, "Stichting Het Oude Gemaal")


def _land(code: str, waarde: str) -> Wire:
    return {"code": code, "waarde": waarde}


NATURAL_PERSONS: Mapping[str, Wire] = {
    FOREIGN_ID: {
        "identificatie": FOREIGN_ID,
        "domein": DOMAIN,
        "omschrijving": FOREIGNER.omschrijving,
        "indicatieNietToonbareDiakriet": False,
        "beschikkingsbevoegdheid": {"code": "1", "waarde": "Onder bewind"},
        "woonadres": {
            "adresregel1": "Erfundener Weg 22",
            "adresregel2": "26999 LEER",
            "land": _land("9089", "Bondsrepubliek Duitsland"),
        },
        "postadres": {"postbusnummer": 12, "postcode": "8995AA", "woonplaats": "Weidevaart"},
        "geslachtsaanduiding": "vrouw",
        "naam": {
            "geslachtsnaam": "Erfundener",
            "voornamen": "Hansje",
            "aanschrijfwijze": "H. Erfundener",
            "aanhef": "Geachte mevrouw Erfundener",
            "gebruikInLopendeTekst": "mevrouw Erfundener",
        },
        "geboorte": {
            "plaats": "Leer",
            "datum": {"jaar": 1951, "maand": 6},
            "land": _land("9089", "Bondsrepubliek Duitsland"),
        },
        "overlijden": {
            "datum": {"datum": "2023-02-11", "jaar": 2023, "maand": 2, "dag": 11},
        },
        "heeftPartnerschap": [{"naam": {"geslachtsnaam": "Großkamp", "voornamen": "Uwe"}}],
        "landWaarnaarVertrokken": _land("9089", "Bondsrepubliek Duitsland"),
    }
}
OTHER_PERSONS: Mapping[str, Wire] = {
    BANK_ID: {
        "identificatie": BANK_ID,
        "domein": DOMAIN,
        "omschrijving": BANK.omschrijving,
        "woonadres": {"straat": "Kadeplein", "huisnummer": 9, "woonplaats": "Weidevaart"},
        "statutaireNaam": BANK.omschrijving,
        "statutaireZetel": "Weidevaart",
        "rechtsvorm": {"code": "11", "waarde": "Naamloze vennootschap"},
    },
    FOUNDATION_ID: {
        "identificatie": FOUNDATION_ID,
        "domein": DOMAIN,
        "omschrijving": FOUNDATION.omschrijving,
        "woonadres": {
            "straat": "Raadhuisplein",
            "huisnummer": 8,
            "postcode": "8995AB",
            "woonplaats": "Weidevaart",
        },
        "statutaireNaam": FOUNDATION.omschrijving,
        "statutaireZetel": "Zilverhoek",
        "rechtsvorm": {"code": "74", "waarde": "Stichting"},
    },
}


def owners_of(world: World, object_id: str, serial: int) -> tuple[Owner, ...]:
    """Who owns an adresseerbaar object: mostly who lives there, else an organisation."""
    if serial > 20:
        for every, owner in ((101, FOREIGNER), (29, FOUNDATION), (5, organisation(HOUSING))):
            if serial % every == 0:
                return (owner,)
    residents = tuple(_adults(world, object_id))
    return residents[:2] if residents else (organisation(ESTATE),)


def organisation(found: Organisatie) -> Owner:
    """An organisation of the Handelsregister as the BRK has it."""
    return Owner(NIET_NATUURLIJK, found.rsin, found.naam, found.kvk)


def municipality(world: World) -> Owner:
    """The municipality itself."""
    found = world.municipality
    return Owner(NIET_NATUURLIJK, found.rsin, f"Gemeente {found.name}")


def resident(world: World, object_id: str) -> Owner | None:
    """The first grown-up who lives in an object."""
    return next(_adults(world, object_id), None)


def _adults(world: World, object_id: str) -> Iterator[Owner]:
    """The first grown-up, and after that the partner if they live there together."""
    here = world.residents_of.get(object_id, [])
    grown = [bsn for bsn in here if world.persons[bsn].get("leeftijd", 0) >= 18]
    for first in grown[:1]:
        yield _person(world, first)
        partners = world.persons[first].get("partners", ())
        for bsn in (partner.get("burgerservicenummer") for partner in partners):
            if bsn in grown:
                yield _person(world, bsn)


def _person(world: World, bsn: str) -> Owner:
    return Owner(NATUURLIJK, bsn, world.persons[bsn]["naam"]["volledigeNaam"])
