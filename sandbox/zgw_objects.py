"""What a zaak is about, as a zaakobject says it: type, identification and URL; at startup.

A zaakobject is written by whichever application made the zaak and is checked by nobody, so a small
part of the identifications here is wrong in the ways that occur: a lost leading zero, a space,
another kind of BAG object, a word. `object` is a URL or empty (Zaken API 1.5.1, resource
ZAAKOBJECT); with it a zaak can be found by its object, by objectIdentificatie it cannot.
"""

from random import Random

from sandbox.wire import Wire
from sandbox.zgw_parties import Party

BAG_BASE = "https://api.bag.kadaster.nl/lvbag/individuelebevragingen/v2"


def adres(address: Wire, bag_base: str, *, with_url: bool) -> Wire:
    """An adres of the BAG; with a URL also findable by it."""
    number_id = address["nummeraanduidingIdentificatie"]
    return {
        "object": f"{bag_base}/adressen/{number_id}" if with_url else "",
        "objectType": "adres",
        "objectTypeOverige": "",
        "objectTypeOverigeDefinitie": None,
        "relatieomschrijving": "Locatie",
        "objectIdentificatie": {
            "identificatie": number_id,
            "wplWoonplaatsNaam": address["woonplaatsNaam"],
            "gorOpenbareRuimteNaam": address["openbareRuimteNaam"],
            "huisnummer": address["huisnummer"],
            "huisletter": address.get("huisletter", ""),
            "huisnummertoevoeging": address.get("huisnummertoevoeging", ""),
            "postcode": address.get("postcode", ""),
        },
    }


def pand(pand_id: str, bag_base: str, *, with_url: bool) -> Wire:
    """A pand of the BAG; with a URL also findable by it."""
    return {
        "object": f"{bag_base}/panden/{pand_id}" if with_url else "",
        "objectType": "pand",
        "objectTypeOverige": "",
        "objectTypeOverigeDefinitie": None,
        "relatieomschrijving": "",
        "objectIdentificatie": {"identificatie": pand_id},
    }


def perceel(identificatie: str, aanduiding: str) -> Wire:
    """A perceel of the Kadaster; it has no URL that applications agree on."""
    named = {"kadastraleIdentificatie": identificatie, "kadastraleAanduiding": aanduiding}
    return _without_url("kadastrale_onroerende_zaak", named)


def woz_object(number: str) -> Wire:
    """A WOZ-object; it has no URL that applications agree on."""
    named = {"wozObjectNummer": number, "aanduidingWozObject": None}
    return _without_url("woz_object", named)


def _without_url(kind: str, identification: Wire) -> Wire:
    return {
        "object": "",
        "objectType": kind,
        "objectTypeOverige": "",
        "objectTypeOverigeDefinitie": None,
        "relatieomschrijving": "",
        "objectIdentificatie": identification,
    }


def persoon(party: Party) -> Wire:
    """A natuurlijk persoon whom the zaak is about."""
    return {
        "object": "",
        "objectType": "natuurlijk_persoon",
        "objectTypeOverige": "",
        "objectTypeOverigeDefinitie": None,
        "relatieomschrijving": "Betreft",
        "objectIdentificatie": dict(party.identification),
    }


def overige(kind: str, data: Wire, url: str = "") -> Wire:
    """An object of a kind that the standard has no name for, with data of its own; with the URL of
    an object of the Objects API also findable by it.
    """
    return {
        "object": url,
        "objectType": "overige",
        "objectTypeOverige": kind,
        "objectTypeOverigeDefinitie": None,
        "relatieomschrijving": "",
        "objectIdentificatie": {"overigeData": data},
    }


def spoiled(zaakobject: Wire, rng: Random) -> Wire:
    """The same adres or pand as a careless application writes it, and without URL."""
    good = zaakobject["objectIdentificatie"]["identificatie"]
    bad = rng.choice(
        (good[1:], f" {good}", f"{good[:4]}-{good[4:]}", "0999010000000001", "onbekend", "")
    )
    identification = zaakobject["objectIdentificatie"] | {"identificatie": bad}
    return zaakobject | {"object": "", "objectIdentificatie": identification}
