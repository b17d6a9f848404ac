"""Where somebody lives, as verblijfplaats and as address lines, written at startup.

Four types (BRP Personen 2.7): Adres, Locatie, VerblijfplaatsBuitenland, VerblijfplaatsOnbekend.
"""

from collections.abc import Mapping

from sandbox.municipality import WEIDEVAART
from sandbox.partial_date import wire
from sandbox.people import Abroad, AtAddress, AtLocation, Residence, Untraceable
from sandbox.tables import ADDRESS_FUNCTION, COUNTRIES, MUNICIPALITIES, NUMBER_HINT, entry
from sandbox.wire import Wire

RNI = "1999"


def residence_of(residence: Residence, addresses: Mapping[str, Wire]) -> Wire:
    """The verblijfplaats; `addresses` are BAG addresses by nummeraanduiding."""
    since = {
        "datumVan": wire(residence.since),
        "datumIngangGeldigheid": wire(residence.since),
    }
    match residence:
        case AtAddress():
            return _at_address(residence, addresses[residence.number_id]) | since
        case AtLocation():
            return {
                "type": "Locatie",
                "verblijfadres": {"locatiebeschrijving": residence.description},
                "functieAdres": entry(ADDRESS_FUNCTION, "W"),
            } | since
        case Abroad():
            lines = _numbered("regel", residence.lines)
            country = {"land": entry(COUNTRIES, residence.country)}
            return {"type": "VerblijfplaatsBuitenland", "verblijfadres": lines | country} | since
        case Untraceable():
            return {"type": "VerblijfplaatsOnbekend"} | since


def address_lines(residence: Residence, addresses: Mapping[str, Wire]) -> Wire:
    """adresregel1 to 3, and land abroad; nothing for an unknown residence."""
    match residence:
        case AtAddress():
            address = addresses[residence.number_id]
            hint = f"{NUMBER_HINT[residence.opposite]} " if residence.opposite else ""
            number = address["adresregel5"].removeprefix(address["openbareRuimteNaam"] + " ")
            lines = {
                "adresregel1": f"{address['korteNaam']} {hint}{number}",
                "adresregel2": address["adresregel6"],
            }
            return lines | (
                {"indicatieVastgesteldVerblijftNietOpAdres": True} if residence.gone else {}
            )
        case AtLocation():
            return {
                "adresregel1": residence.description,
                "adresregel2": WEIDEVAART.name.upper(),
            }
        case Abroad():
            lines = _numbered("adresregel", residence.lines)
            return lines | {"land": entry(COUNTRIES, residence.country)}
    return {}


def municipality_of(residence: Residence) -> Wire:
    """The municipality that keeps the record: the RNI's number for who lives abroad."""
    at_home = isinstance(residence, AtAddress | AtLocation)
    return entry(MUNICIPALITIES, WEIDEVAART.code if at_home else RNI)


def _at_address(residence: AtAddress, address: Wire) -> Wire:
    copied = ("huisnummer", "huisletter", "huisnummertoevoeging", "postcode")
    home: Wire = {
        "officieleStraatnaam": address["openbareRuimteNaam"],
        "korteStraatnaam": address["korteNaam"],
        **{name: address[name] for name in copied if name in address},
        "woonplaats": address["woonplaatsNaam"],
    }
    if residence.opposite:
        home["aanduidingBijHuisnummer"] = entry(NUMBER_HINT, residence.opposite)
    found: Wire = {
        "type": "Adres",
        "verblijfadres": home,
        "functieAdres": entry(ADDRESS_FUNCTION, "B" if residence.mail else "W"),
    }
    if not residence.outside_bag:
        found["adresseerbaarObjectIdentificatie"] = address["adresseerbaarObjectIdentificatie"]
        found["nummeraanduidingIdentificatie"] = residence.number_id
    if residence.gone:
        found["indicatieVastgesteldVerblijftNietOpAdres"] = True
    return found


def _numbered(name: str, lines: tuple[str, ...]) -> Wire:
    return {f"{name}{place}": line for place, line in enumerate(lines, start=1)}
