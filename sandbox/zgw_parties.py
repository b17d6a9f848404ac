"""Who takes part in a zaak, as a rol says it: the betrokkene's type and numbers; at startup.

Open Zaak writes what is not known of a betrokkene as an empty string, and which number identifies
an organisation differs between municipalities: the RSIN, the KVK number, or the KVK number in the
field `annIdentificatie`. All three occur here.
"""

from dataclasses import dataclass
from random import Random

from sandbox.identifiers import passes_elfproef
from sandbox.wire import Wire

GESLACHT = {"M": "m", "V": "v", "O": "o"}


@dataclass(frozen=True, slots=True)
class Party:
    """A betrokkene: its type, its identificatie in wire form, and whom to contact, if known."""

    kind: str
    identification: Wire
    contact: Wire | None = None

    @property
    def bsn(self) -> str:
        """The BSN of a natuurlijk persoon, or an empty string."""
        return str(self.identification.get("inpBsn", ""))


def natuurlijk_persoon(person: Wire, address: Wire | None) -> Party:
    """A person of the BRP, with the address where they live."""
    name = person.get("naam", {})
    gender = person.get("geslacht", {}).get("code", "")
    return Party(
        "natuurlijk_persoon",
        _persoon(
            inpBsn=person["burgerservicenummer"],
            geslachtsnaam=name.get("geslachtsnaam", ""),
            voorvoegselGeslachtsnaam=name.get("voorvoegsel", ""),
            voorletters=name.get("voorletters", "")[:20],
            voornamen=name.get("voornamen", ""),
            geslachtsaanduiding=GESLACHT.get(gender, ""),
            geboortedatum=person.get("geboorte", {}).get("datum", {}).get("datum", ""),
            verblijfsadres=_verblijfsadres(address) if address else None,
        ),
    )


def alleen_bsn(person: Wire) -> Party:
    """A person of whom the zaaksysteem keeps nothing but the BSN."""
    return Party("natuurlijk_persoon", _persoon(inpBsn=person["burgerservicenummer"]))


def zonder_bsn(name: str) -> Party:
    """Someone who did not log in: a name and no number at all, or (empty name) nobody known."""
    return Party("natuurlijk_persoon", _persoon(geslachtsnaam=name))


def _persoon(**known: object) -> Wire:
    return {
        "inpBsn": "",
        "anpIdentificatie": "",
        "inpA_nummer": "",
        "geslachtsnaam": "",
        "voorvoegselGeslachtsnaam": "",
        "voorletters": "",
        "voornamen": "",
        "geslachtsaanduiding": "",
        "geboortedatum": "",
        "verblijfsadres": None,
        "subVerblijfBuitenland": None,
        **known,
    }


def _verblijfsadres(address: Wire) -> Wire:
    return {
        "aoaIdentificatie": address["nummeraanduidingIdentificatie"],
        "wplWoonplaatsNaam": address["woonplaatsNaam"],
        "gorOpenbareRuimteNaam": address["openbareRuimteNaam"],
        "aoaPostcode": address.get("postcode", ""),
        "aoaHuisnummer": address["huisnummer"],
        "aoaHuisletter": address.get("huisletter", ""),
        "aoaHuisnummertoevoeging": address.get("huisnummertoevoeging", ""),
        "inpLocatiebeschrijving": "",
    }


@dataclass(frozen=True, slots=True)
class Organisatie:
    """An invented organisation: name, RSIN, KVK number, vestigingsnummer and legal form."""

    naam: str
    rsin: str
    kvk: str
    vestiging: str
    rechtsvorm: str


NAMEN = (
    ("Bakkerij De Gouden Korenaar B.V.", "besloten_vennootschap"),
    ("Stichting Zomerfeest Weidevaart", "stichting"),
    ("Vereniging Dorpsbelang Aldemeer", "vereniging"),
    ("Jachthaven De Lisdodde B.V.", "besloten_vennootschap"),
    ("VvE Gruttohof", "vereniging_van_eigenaars"),
    ("Aannemersbedrijf Zilverhoek V.O.F.", "vennootschap_onder_firma"),
    ("Café 't Achterom", "vennootschap_onder_firma"),
    ("Zonneweide Energie Coöperatie", "overig_privaatrechtelijke_rechtspersoon"),
    ("Muziekvereniging Excelsior Weidevaart", "vereniging"),
    ("Woonstichting Polderrand", "stichting"),
    ("Rietlanden Vastgoed N.V.", "naamloze_vennootschap"),
    ("Veehouderij Hoofdweg Maatschap", "maatschap"),
)


def _rsins() -> list[str]:
    return [n for n in (f"{888_800_000 + i}" for i in range(400)) if passes_elfproef(n)]


ORGANISATIES = tuple(
    Organisatie(naam, rsin, f"{99_900_100 + i * 7}", f"0000999{i:05d}", vorm)
    for i, ((naam, vorm), rsin) in enumerate(zip(NAMEN, _rsins(), strict=False))
)


def niet_natuurlijk_persoon(organisation: Organisatie, rng: Random) -> Party:
    """An organisation, identified by whichever number the form that made the zaak filled in."""
    numbers = rng.choices(
        (
            {"innNnpId": organisation.rsin},
            {"innNnpId": organisation.rsin, "kvkNummer": organisation.kvk},
            {"kvkNummer": organisation.kvk},
            {"annIdentificatie": organisation.kvk},
        ),
        (5, 3, 1, 1),
    )[0]
    identification: Wire = {
        "innNnpId": "",
        "annIdentificatie": "",
        "kvkNummer": "",
        "vestigingsNummer": "",
        "statutaireNaam": organisation.naam,
        "innRechtsvorm": organisation.rechtsvorm if rng.random() < 0.6 else "",
        "bezoekadres": "",
        "verblijfsadres": None,
        "subVerblijfBuitenland": None,
    }
    return Party("niet_natuurlijk_persoon", identification | numbers, _contact(rng))


def vestiging(organisation: Organisatie, rng: Random) -> Party:
    """One establishment of an organisation."""
    return Party(
        "vestiging",
        {
            "vestigingsNummer": organisation.vestiging,
            "handelsnaam": [organisation.naam],
            "verblijfsadres": None,
            "subVerblijfBuitenland": None,
            "kvkNummer": organisation.kvk if rng.random() < 0.7 else "",
        },
        _contact(rng),
    )


def _contact(rng: Random) -> Wire | None:
    if rng.random() < 0.5:
        return None
    return {
        "emailadres": "",
        "functie": "Contactpersoon",
        "telefoonnummer": "",
        "naam": "J. Voorbeeld",
    }


MEDEWERKERS = (
    ("m.devries", "Vries", "M.", "de"),
    ("a.yilmaz", "Yilmaz", "A.", ""),
    ("s.hoekstra", "Hoekstra", "S.", ""),
    ("p.vandenberg", "Berg", "P.", "van den"),
    ("f.eltantawi", "Tantawi", "F.", "el"),
    ("", "Balie Weidevaart", "", ""),
)
AFDELINGEN = (
    ("9990010", "Publiekszaken", "Raadhuis"),
    ("9990020", "Vergunningen en toezicht", "Raadhuis"),
    ("9990030", "Werk en inkomen", ""),
    ("9990040", "Beheer openbare ruimte", "Gemeentewerf"),
)


def medewerker(rng: Random) -> Party:
    """An employee; the shared account of the desk has no number."""
    number, name, initials, prefix = rng.choices(MEDEWERKERS, (6, 6, 6, 6, 6, 1))[0]
    return Party(
        "medewerker",
        {
            "identificatie": number,
            "achternaam": name,
            "voorletters": initials,
            "voorvoegselAchternaam": prefix,
        },
    )


def organisatorische_eenheid(rng: Random) -> Party:
    """A department."""
    number, name, building = rng.choice(AFDELINGEN)
    return Party(
        "organisatorische_eenheid",
        {"identificatie": number, "naam": name, "isGehuisvestIn": building},
    )
