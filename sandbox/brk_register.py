"""The Kadaster of the fictional municipality, made from its buildings at the first question.

Each pand stands on a perceel of its own; a pand with three homes or more is split into
appartementsrechten, which have the owners then. A ligplaats or standplaats is ground of the
municipality in erfpacht. What was demolished lies on a perceel that went over into the next one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sandbox.brk_owners import BANK, Owner, municipality, organisation, owners_of, resident
from sandbox.brk_owners import HOUSING as WOONSTICHTING
from sandbox.wire import Wire
from sandbox.world import World

GEMEENTE, CODE = "Weidevaart", "WDV00"
SECTIONS = {"9991": "A", "9992": "B", "9993": "C"}
SPLIT_FROM = 3
OBJECT_DOMAIN = "NL.IMKAD.KadastraalObject"
DEED_DOMAIN = "NL.IMKAD.TIAStuk"


@dataclass(slots=True)
class Register:
    """All records without links, by identification of the object that they are of.

    `units` says per adresseerbaar object which zaken it lies on, and who owns them.
    """

    world: World
    zaken: dict[str, Wire] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    rights: dict[str, list[Wire]] = field(default_factory=dict)
    mortgages: dict[str, list[Wire]] = field(default_factory=dict)
    seizures: dict[str, list[Wire]] = field(default_factory=dict)
    private: dict[str, list[Wire]] = field(default_factory=dict)
    public: dict[str, list[Wire]] = field(default_factory=dict)
    deeds: dict[str, Wire] = field(default_factory=dict)
    parts: dict[str, Wire] = field(default_factory=dict)
    at_number: dict[str, list[str]] = field(default_factory=dict)
    at_postcode: dict[str, list[str]] = field(default_factory=dict)
    of_person: dict[str, list[str]] = field(default_factory=dict)
    units: dict[str, list[tuple[str, tuple[Owner, ...]]]] = field(default_factory=dict)


@dataclass
class Kadaster:
    """The register of a world, made when somebody first asks."""

    world: World

    @cached_property
    def register(self) -> Register:
        """The register."""
        return build_register(self.world)


def build_register(world: World) -> Register:
    """The register of a world; the same for the same world."""
    register = Register(world)
    serial = 0
    for serial, (ground, objects) in enumerate(_plots(world), start=1):
        _enter_plot(register, serial, ground, objects)
    lapsed = [key for key, zaak in register.zaken.items() if zaak.get("indicatieVervallen")]
    for key in lapsed:
        _merge(register, key)
    return register


def _plots(world: World) -> Iterator[tuple[Wire, Sequence[str]]]:
    """Every piece of ground: what stands on it, and the objects in that."""
    for pand, record in world.panden.items():
        yield record, world.objects_in.get(pand, [])
    for object_id, record in world.objects.items():
        if record["type"] != "Verblijfsobject":
            yield record, [object_id]


def _enter_plot(register: Register, serial: int, ground: Wire, objects: Sequence[str]) -> None:
    world = register.world
    first = _addresses(world, objects[:1])
    section = SECTIONS.get(first[0]["woonplaatsIdentificatie"], "D") if first else "D"
    number = f"{section} {serial}"
    base = f"9998{serial:06d}"
    key = f"{base}0000"
    zaak = _zaak(key, "perceel", number, serial) | _ground(ground, serial)
    ended = ground["identificatie"] in world.ended
    split = len(objects) >= SPLIT_FROM
    if not split:
        zaak |= {"adressen": _locations(world, objects)} if objects else {}
        owners = owners_of(world, objects[0], serial) if objects else (municipality(world),)
        _enter(register, zaak, number, serial, _owning(register, ground, owners), objects)
        if ended:
            zaak["indicatieVervallen"] = True
        return
    zaak["gesplitstZakelijkRecht"] = "eigenaar"
    keys = [f"{base}{index:04d}" for index in range(1, len(objects) + 1)]
    zaak["bijbehorendeAppartementsrechten"] = [
        {"identificatie": part, "volgnummer": index, "indicatieSluimerend": False}
        for index, part in enumerate(keys, start=1)
    ]
    _enter(register, zaak, number, serial, [], [])
    for index, (part, object_id) in enumerate(zip(keys, objects, strict=True), start=1):
        _enter_flat(register, (key, part), f"{number} A{index}", serial * 10 + index, object_id)


def _enter_flat(
    register: Register, keys: tuple[str, str], number: str, serial: int, object_id: str
) -> None:
    ground, part = keys
    flat = _zaak(part, "appartementsrecht", number, serial) | {
        "adressen": _locations(register.world, [object_id]),
        "indicatieSluimerend": False,
        "bijbehorendeGrondpercelen": [{"identificatie": ground}],
        "isOntstaanUit": {
            "aard": {"code": "2", "waarde": "Splitsing in appartementsrechten"},
            "kadastraalOnroerendeZaken": [{"identificatie": ground, "type": "perceel"}],
        },
    }
    owners = owners_of(register.world, object_id, serial)
    _enter(register, flat, number, serial, [("eigenaar", owners)], [object_id])


def _owning(
    register: Register, ground: Wire, owners: tuple[Owner, ...]
) -> list[tuple[str, tuple[Owner, ...]]]:
    """The rights to a plot: in erfpacht where the municipality keeps the ground."""
    if ground.get("type") in ("Ligplaats", "Standplaats"):
        world = register.world
        user = resident(world, ground["identificatie"]) or organisation(WOONSTICHTING)
        return [("eigenaar", (municipality(world),)), ("erfpachter", (user,))]
    return [("eigenaar", owners)]


def _enter(
    register: Register,
    zaak: Wire,
    number: str,
    serial: int,
    rights: Sequence[tuple[str, tuple[Owner, ...]]],
    objects: Sequence[str],
) -> None:
    """A zaak with all that rests on it."""
    key = zaak["identificatie"]
    register.zaken[key] = zaak
    register.codes[f"{CODE} {number}"] = key
    register.codes[f"{GEMEENTE} {number}"] = key
    for place in zaak.get("adressen", ()):
        register.at_number.setdefault(place["nummeraanduidingIdentificatie"], []).append(key)
        register.at_postcode.setdefault(place["postcode"], []).append(key)
    deed, delivery, security = _deeds(register, zaak, serial)
    register.rights[key] = list(_rights(register, key, serial, rights, (deed, delivery)))
    if register.rights[key]:
        zaak["zakelijkGerechtigdeIdentificaties"] = [
            right["identificatie"] for right in register.rights[key]
        ]
    owner = rights[0][1][0] if rights else None
    _burden(register, zaak, serial, owner, (deed, security))
    for object_id in objects:
        owning = rights[-1][1]
        register.units.setdefault(object_id, []).append((key, owning))


def _zaak(key: str, kind: str, number: str, serial: int) -> Wire:
    return {
        "identificatie": key,
        "domein": OBJECT_DOMAIN,
        "type": kind,
        "kadastraleAanduiding": f"{GEMEENTE} {number}",
        "koopsom": {
            "koopsom": 150_000 + serial * 7_919 % 400_000,
            "koopjaar": _year(serial),
            "indicatieMetMeerObjectenVerkregen": False,
        },
        "aardCultuurBebouwd": {"code": "11", "waarde": "Wonen"},
    }


def _ground(ground: Wire, serial: int) -> Wire:
    """The shape of a perceel: the building with a strip of garden around it."""
    ring = ground["geometrie"]["coordinates"][0]
    west, south = (min(point[axis] for point in ring) - 2.0 for axis in (0, 1))
    east, north = (max(point[axis] for point in ring) + 2.0 for axis in (0, 1))
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return {
        "begrenzingPerceel": {
            "type": "Polygon",
            "coordinates": [[[round(x, 3), round(y, 3)] for x, y in corners]],
        },
        "plaatscoordinaten": {
            "type": "Point",
            "coordinates": [round((west + east) / 2, 3), round((south + north) / 2, 3)],
        },
        "perceelnummerRotatie": float(serial % 90),
        "perceelnummerVerschuiving": {"deltax": 0.5, "deltay": -0.5},
        "kadastraleGrootte": {
            "soortGrootte": {"code": "1", "waarde": "Vastgesteld"},
            "waarde": round((east - west) * (north - south)),
        },
    }


def _addresses(world: World, objects: Sequence[str]) -> list[Wire]:
    found = []
    for object_id in objects:
        record = world.objects[object_id]
        numbers = [record["heeftAlsHoofdAdres"], *record.get("heeftAlsNevenAdres", ())]
        found += [world.addresses[number] for number in numbers]
    return found


def _locations(world: World, objects: Sequence[str]) -> list[Wire]:
    """The addresses of objects as the BRK repeats them."""
    names = {"openbareRuimteNaam": "straat", "woonplaatsNaam": "woonplaats"}
    same = ("huisnummer", "huisletter", "huisnummertoevoeging", "postcode")
    ids = ("nummeraanduidingIdentificatie", "adresseerbaarObjectIdentificatie")
    return [
        {
            **{names.get(name, name): address[name] for name in (*names, *same, *ids)
               if name in address},
            "adresregel1": address["adresregel5"],
            "adresregel2": address["adresregel6"],
            "koppelingswijze": {"code": "BAG", "waarde": "Via de BAG"},
        }
        for address in _addresses(world, objects)
    ]  # fmt: skip


def _deeds(register: Register, zaak: Wire, serial: int) -> tuple[str, str, str]:
    """The deed of the last sale with its parts: the delivery and the mortgage."""
    year = zaak["koopsom"]["koopjaar"]
    deed = f"{year}0{serial % 9 + 1}15{int(zaak['identificatie']) % 10**9:09d}"
    delivery, security = (f"AKR1.{zaak['identificatie']}-{part}" for part in (1, 2))
    register.deeds[deed] = {
        "identificatie": deed,
        "domein": DEED_DOMAIN,
        "deelEnNummer": {
            "deel": f"{10_000 + serial}",
            "nummer": f"{serial % 200}",
            "registercode": {"code": "4", "waarde": "Hypotheken 4"},
            "soortRegister": {"code": "2", "waarde": "Onroerende zaken"},
        },
        "aard": {"code": "1", "waarde": "Akte van levering"},
        "status": {"code": "3", "waarde": "Ingeschreven"},
        "indicatieTekeningBijgevoegd": False,
        "equivalentieVerklaarder": {
            "voornamen": "Foekje",
            "geslachtsnaam": "Zegelstra",
            "standplaats": GEMEENTE,
        },
        "stukdeelIdentificaties": [delivery, security],
    }
    register.parts[delivery] = {
        "identificatie": delivery,
        "domein": "NL.IMKAD.Stukdeel",
        "aard": {"code": "502", "waarde": "Levering"},
        "bedragTransactiesomLevering": _amount(float(zaak["koopsom"]["koopsom"])),
        "omschrijvingKadastraleObjecten": zaak["kadastraleAanduiding"],
    }
    register.parts[security] = {
        "identificatie": security,
        "domein": "NL.IMKAD.Stukdeel",
        "aard": {"code": "520", "waarde": "Hypotheekstelling"},
    }
    zaak |= {"stukIdentificaties": [deed], "isVermeldInStukdeelIdentificaties": [delivery]}
    return deed, delivery, security


def _rights(
    register: Register,
    key: str,
    serial: int,
    rights: Sequence[tuple[str, tuple[Owner, ...]]],
    deed: tuple[str, str],
) -> Iterator[Wire]:
    based: dict[str, Any] = {
        "stukIdentificaties": [deed[0]],
        "isGebaseerdOpStukdeelIdentificaties": [deed[1]],
    }
    held = [(kind, owners, owner) for kind, owners in rights for owner in owners]
    for index, (kind, owners, owner) in enumerate(held, start=1):
        known = register.of_person.setdefault(owner.identificatie, [])
        if key not in known:
            known.append(key)
        right = {
            "identificatie": f"{key}8{index}",
            "type": kind,
            "aanvangsdatum": f"{_year(serial)}-0{serial % 9 + 1}-15",
            "tenaamstelling": _tenaamstelling(owners, owner) | based,
            "zakelijkRecht": dict(based),
            "persoon": owner.wire(),
        }
        if kind == "erfpachter":
            right["erfpachtCanon"] = {
                "soortErfpachtCanon": {"code": "1", "waarde": "Jaarlijks te betalen"},
                "jaarlijksBedrag": _amount(420.5),
                "betrefMeerOnroerendeZaken": False,
                "isGebaseerdOpStukdeelIdentificatie": deed[1],
            }
        yield right


def _tenaamstelling(owners: tuple[Owner, ...], owner: Owner) -> Wire:
    """The share of one owner; a couple has theirs together."""
    if len(owners) == 1:
        return {"aandeel": {"teller": 1, "noemer": 1}}
    (partner,) = (other for other in owners if other is not owner)
    return {
        "aandeel": {"teller": 1, "noemer": 2},
        "gezamenlijkAandeel": {"teller": 1, "noemer": 1},
        "burgerlijkeStaatTenTijdeVanVerkrijging": {"code": "2", "waarde": "Gehuwd"},
        "betrokkenPartner": partner.wire(),
    }


def _burden(
    register: Register, zaak: Wire, serial: int, owner: Owner | None, deed: tuple[str, str]
) -> None:
    """Mortgages, seizures and restrictions, each on some of the zaken."""
    key = zaak["identificatie"]
    own = (OBJECT_DOMAIN, deed)
    if owner is not None and owner.kind.endswith("_natuurlijk_persoon") and serial % 3 == 1:
        register.mortgages[key] = [_mortgage(f"{key}1", own)]
        zaak["hypotheekIdentificaties"] = [f"{key}1"]
    if serial % 41 == 2:
        register.seizures[key] = [_seizure(register, f"{key}2", own)]
        zaak["beslagIdentificaties"] = [f"{key}2"]
    if serial % 7 == 1:
        register.private[key] = [_private(f"{key}3", own)]
        zaak["privaatrechtelijkeBeperkingIdentificaties"] = [f"{key}3"]
    if serial % 11 == 1:
        register.public[key] = [_public(register, f"{key}4", own)]


def _mortgage(key: str, own: tuple[str, tuple[str, str]]) -> Wire:
    return _based(key, own) | {
        "hypotheekhouders": [BANK.wire()],
        "bedragZekerheidsstelling": _amount(310_000.0),
        "aandeelInBetrokkenRecht": {"teller": 1, "noemer": 1},
        "omschrijvingBetrokkenRecht": {"code": "2", "waarde": "Eigendom"},
        "betreftGedeelteVanPerceel": False,
        "aantekeningen": [
            {"aard": {"code": "30", "waarde": "Rangwisseling"}, "omschrijving": "Eerste in rang"}
        ],
    }


def _seizure(register: Register, key: str, own: tuple[str, tuple[str, str]]) -> Wire:
    return _based(key, own) | {
        "aard": {"code": "1", "waarde": "Executoriaal beslag"},
        "beslagleggers": [municipality(register.world).wire()],
        "bedragVordering": _amount(12_500.0),
        "omschrijvingBetrokkenRecht": {"code": "2", "waarde": "Eigendom"},
    }


def _private(key: str, own: tuple[str, tuple[str, str]]) -> Wire:
    return _based(key, own) | {
        "aard": {"code": "18", "waarde": "Kwalitatieve verplichting"},
        "omschrijving": "Pad naar de vaart vrijhouden",
    }


def _public(register: Register, key: str, own: tuple[str, tuple[str, str]]) -> Wire:
    return _based(key, own) | {
        "domein": "NL.IMKAD.PubliekrechtelijkeBeperking",
        "grondslag": {"code": "GWA", "waarde": "Gemeentewet: aanwijzing als monument"},
        "datumInWerking": "2012-05-01",
        "bevoegdGezag": municipality(register.world).wire(),
    }


def _based(key: str, own: tuple[str, tuple[str, str]]) -> Wire:
    domain, (deed, part) = own
    return {
        "identificatie": key,
        "domein": domain,
        "stukIdentificaties": [deed],
        "isGebaseerdOpStukdeelIdentificatie": part,
    }


def _year(serial: int) -> int:
    """The year of the last sale."""
    return 2005 + serial % 20


def _amount(som: float) -> Wire:
    return {"som": som, "valuta": {"code": "EUR", "waarde": "Euro"}}


def _merge(register: Register, key: str) -> None:
    """A lapsed perceel went over into the one that follows it."""
    keys: Mapping[str, int] = {each: at for at, each in enumerate(register.zaken)}
    order = list(keys)
    following = order[(keys[key] + 1) % len(order)]
    aard = {"code": "1", "waarde": "Vereniging"}
    other = register.zaken[following]
    register.zaken[key]["isOvergegaanIn"] = {
        "aard": aard,
        "kadastraalOnroerendeZaken": [{"identificatie": following, "type": other["type"]}],
    }
    other.setdefault(
        "isOntstaanUit",
        {
            "aard": aard,
            "kadastraalOnroerendeZaken": [{"identificatie": key, "type": "perceel"}],
        },
    )
