"""What vendors deliver to the fictional municipalities (startup): sources, dialects, header names.

The municipalities share one gateway and differ as real ones do, also in what they do not have.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox.other_doors import NEWEST_STANDARD, STANDARD, SUPPLIER
from sandbox.second_system import BASE, SYSTEM


@dataclass(frozen=True, slots=True)
class Door:
    """One source as a vendor delivers it.

    `path` follows the vendor's address. `key` names the secret. In all texts of `more`, the rest of
    the source's table, `{code}`, `{naam}`, `{oin}` and `{base}` (the vendor's address) are filled
    in.
    """

    path: str
    key: str
    credentials: Mapping[str, str]
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offer:
    """What one vendor delivers: its sources by name.

    `headers` is what they hear wherever Weidevaart's hear anything of a purpose: `{doelbinding}`
    and the headers of Weidevaart are filled in as well. `front` is where the sandbox has this
    vendor's doors, before `path`.
    """

    vendor: str
    about: str
    doors: Mapping[str, Door]
    headers: Mapping[str, str] = field(default_factory=dict)
    front: str = ""


def _key(header: str) -> dict[str, str]:
    return {"soort": "api-key", "header": header}


_TOKEN = {"soort": "token"}
_JWT = {"soort": "zgw-jwt", "client_id": "bronpoort"}
_ZGW = ("zaken", "catalogi", "documenten", "besluiten")


def _zgw(more: Mapping[str, Any], **of_zaken: Any) -> dict[str, Door]:
    """The four ZGW APIs of one vendor, with these dialect flags; `of_zaken` are those of zaken."""
    return {
        name: Door(
            f"/{name}/api/v1",
            "zgw",
            _JWT,
            _dialect({**more, **of_zaken} if name == "zaken" else more),
        )
        for name in _ZGW
    }


def _beside(doors: Mapping[str, Door]) -> dict[str, Door]:
    """The same sources once more, of a second system of the same municipality."""
    return {
        f"{name}-{SYSTEM}": Door(f"{BASE}{door.path}", door.key, door.credentials, door.more)
        for name, door in doors.items()
    }


def _dialect(flags: Mapping[str, Any]) -> dict[str, Any]:
    return {"dialect": flags} if flags else {}


def _brp(header: str, *names: str, **more: Any) -> dict[str, Door]:
    return {name: Door(f"/{name}", "brp", _key(header), more) for name in names}


_NEWEST_BAG = {"uitgebreid_op_pand": True, "adressen_op_straat": True}
_OPENZAAK = {"variant": "openzaak"}
_ALL_HEADERS = {
    "x-doelbinding": "{x-doelbinding}",
    "x-verwerking": "Algemeen",
    "x-gebruiker": "{x-gebruiker}",
}
_KADASTER = _key("X-Api-Key")
_OBJECTTYPEN = "/objecttypen/api/v2"
_OLD_OBJECTS = {"objecttypen_url": f"{{base}}{_OBJECTTYPEN}", "veldselectie": False}

_ZAKEN = (
    Offer("openzaak", "Zaken: Open Zaak", _zgw(_OPENZAAK, paginagrootte=200)),
    Offer("zaakhuis", "Zaken: Zaakhuis, de ZGW-standaard", _zgw({}), front=STANDARD),
    Offer("openzaak", "Zaken: Open Zaak, met expand", _zgw(_OPENZAAK, expand="altijd")),
    Offer(
        "dossierstad",
        "Zaken: Dossierstad, de ZGW-standaard",
        _zgw({}, catalogi_url="{base}/catalogi/api/v1"),
        front=STANDARD,
    ),
    Offer(
        "zaakhuis",
        "Zaken: Zaakhuis, de ZGW-standaard 1.7, met veldselectie",
        _zgw({}, veldselectie=True),
        front=NEWEST_STANDARD,
    ),
    Offer(
        "openzaak",
        "Zaken: twee systemen van Open Zaak, een voor het sociaal domein",
        {**_zgw(_OPENZAAK), **_beside(_zgw(_OPENZAAK))},
    ),
    Offer(
        "openzaak",
        "Zaken: twee systemen van Open Zaak, het andere met expand",
        {**_zgw(_OPENZAAK), **_beside(_zgw(_OPENZAAK, expand="altijd"))},
    ),
)
_BRP = (
    Offer(
        "brp-poort",
        "BRP: via een gateway met x-doelbinding, alle vier de bronnen",
        _brp(
            "X-API-KEY",
            *("brp", "brp-bewoning", "brp-historie", "brp-reisdocumenten"),
            headers={"x-origin-oin": "{oin}", "x-toepassing": "bronpoort"},
        ),
        _ALL_HEADERS,
    ),
    Offer(
        "stadspoort",
        "BRP: via Stadspoort, met eigen namen van headers",
        _brp(
            "X-REQUEST-APPLICATION",
            *("brp", "brp-bewoning"),
            headers={"x-request-organization": "{naam}"},
        ),
        {"x-request-user": "{code}-{doelbinding}"},
        SUPPLIER,
    ),
    Offer(
        "brp-poort",
        "BRP: via een gateway met x-doelbinding, alleen personen",
        _brp(
            "X-API-KEY",
            "brp",
            headers={"x-origin-oin": "{oin}"},
            dialect={"buitenlandse_adressen": False},
        ),
        {"x-doelbinding": "{x-doelbinding}"},
    ),
)
_KADASTERS = (
    Offer(
        "kadaster",
        "BAG: de nieuwste; BRK",
        {
            "bag": Door("/bag", "bag", _KADASTER, _dialect(_NEWEST_BAG)),
            "brk": Door("/brk", "brk", _KADASTER),
        },
    ),
    Offer(
        "kadaster",
        "BAG: een oudere; BRK",
        {
            "bag": Door("/bag", "bag", _KADASTER, {"parallel": 20}),
            "brk": Door("/brk", "brk", _KADASTER, {"timeout": 8.0}),
        },
    ),
)
_WOZ = Offer("lv-woz", "WOZ: de landelijke voorziening", {"woz": Door("/woz", "woz", _KADASTER)})
_KLANT = tuple(
    Offer(vendor, about, {"klant": Door("/klantinteracties/api/v1", "klant", _TOKEN, more)})
    for vendor, about, more in (
        ("openklant", "Klant: Open Klant 2", {"parallel": 20}),
        ("klantwijs", "Klant: Open Klant 2, met expand", _dialect({"expand": "altijd"})),
    )
)
_OBJECTEN = (
    Offer(
        "objecten",
        "Objecten: 4.0, met de objecttypen erbij",
        {"objecten": Door("/objecten/api/v2", "objecten", _TOKEN)},
    ),
    Offer(
        "objectenhuis",
        "Objecten: voor 4.0, met de objecttypen elders",
        {
            "objecten": Door("/objecten/api/v2", "objecten", _TOKEN, _dialect(_OLD_OBJECTS)),
            "objecttypen": Door(_OBJECTTYPEN, "objecttypen", _TOKEN),
        },
    ),
)
_HR = tuple(
    Offer("kvk", about, {"kvk": Door("/kvk", "kvk", _key("apikey"), {"quota": quota})})
    for about, quota in (
        ("HR: een ruim contract", {"per_seconde": 100, "per_maand": 300_000}),
        ("HR: een klein contract", {"per_maand": 5_000}),
    )
)
_PRODUCTEN = Offer(
    "openproduct",
    "Producten: Open Product",
    {
        "producten": Door("/producten/api/v1", "producten", _TOKEN),
        "producttypen": Door("/producttypen/api/v1", "producten", _TOKEN),
    },
)
_PDOK = Offer("pdok", "PDOK", {"pdok": Door("/pdok", "", {"soort": "geen"}, {"timeout": 2.0})})

MARKET: Sequence[tuple[Sequence[Offer | None], int]] = (
    (_ZAKEN, 1),
    (_BRP, 1),
    (_KADASTERS, 3),
    ((_WOZ, _WOZ, _WOZ, _WOZ, None), 1),
    ((*_KLANT, None), 4),
    ((*_OBJECTEN, None), 2),
    (_HR, 5),
    ((_PRODUCTEN, None), 6),
    ((_PDOK,), 1),
)
"""Per registry the offers, None for a municipality without it, and how many municipalities in a row
take the same one.
"""
