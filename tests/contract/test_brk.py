"""The sandbox's BRK answers fit the official description of BRK bevragen 2.0.0."""

from typing import Any

import pytest

from sandbox import brk_trees as trees
from sandbox import showcase
from sandbox.brk_selection import Tree
from tests.contract.described import description, faults, keys, property_names, told
from tests.sandbox.kadaster import ZAKEN, ask_brk, ask_brk_of_person, kadaster

pytestmark = pytest.mark.anyio

SPEC = "brk/2.0.0.yaml"
HOME = f"{ZAKEN}/{showcase.HOME_ZAAK}"
SEIZED = f"{ZAKEN}/{showcase.SEIZED_ZAAK}"
EXPAND = "zakelijkGerechtigden,privaatrechtelijkeBeperkingen"


def _lapsed() -> str:
    zaken = kadaster().register.zaken.items()
    return next(key for key, zaak in zaken if zaak.get("indicatieVervallen"))


def _leased() -> str:
    rights = kadaster().register.rights.items()
    return next(key for key, held in rights if any(r["type"] == "erfpachter" for r in held))


def _deed() -> str:
    deeds: list[str] = kadaster().register.zaken[showcase.HOME_ZAAK]["stukIdentificaties"]
    return deeds[0]


QUESTIONS: list[tuple[str, str, dict[str, Any]]] = [
    (ZAKEN, "KadastraalOnroerendeZaakHalCollectie", {"postcode": "8995AA", "huisnummer": 1}),
    (
        ZAKEN,
        "KadastraalOnroerendeZaakHalCollectie",
        {
            "kadastraleAanduiding": "Weidevaart A 11",
            "inclusiefKadastraalOnroerendeZakenUitSplitsing": "true",
            "expand": EXPAND,
        },
    ),
    (
        ZAKEN,
        "KadastraalOnroerendeZaakHalCollectie",
        {"nummeraanduidingIdentificatie": showcase.HOME_NUMMERAANDUIDING, "expand": EXPAND},
    ),
    (
        ZAKEN,
        "KadastraalOnroerendeZaakHalCollectie",
        {"persoon__identificatie": showcase.KADASTER_PERSOON},
    ),
    (HOME, "KadastraalOnroerendeZaakHal", {"expand": EXPAND}),
    (f"{ZAKEN}/{_lapsed()}", "KadastraalOnroerendeZaakHal", {}),
    (f"{HOME}/zakelijkgerechtigden", "ZakelijkGerechtigdeHalCollectie", {"type": "eigenaar"}),
    (f"{ZAKEN}/{_leased()}/zakelijkgerechtigden", "ZakelijkGerechtigdeHalCollectie", {}),
    (f"{HOME}/hypotheken", "HypotheekHalCollectie", {}),
    (f"{HOME}/hypotheken/{showcase.HOME_ZAAK}1", "HypotheekHal", {}),
    (f"{SEIZED}/beslagen", "BeslagHalCollectie", {}),
    (
        f"{HOME}/privaatrechtelijkebeperkingen",
        "PrivaatrechtelijkeBeperkingHalCollectie",
        {},
    ),
    (
        "/publiekrechtelijkebeperkingen",
        "PubliekrechtelijkeBeperkingHalCollectie",
        {"kadastraalOnroerendeZaakIdentificatie": showcase.HOME_ZAAK},
    ),
    (f"/stukken/{_deed()}", "StukHal", {"expand": "stukdelen"}),
    (f"/stukdelen/AKR1.{showcase.HOME_ZAAK}-1", "StukdeelHal", {}),
    (
        f"/kadasternatuurlijkpersonen/{showcase.KADASTER_PERSOON}",
        "KadasterNatuurlijkPersoonHal",
        {},
    ),
    (
        f"/kadasternietnatuurlijkpersonen/{showcase.KADASTER_BANK}",
        "KadasterNietNatuurlijkPersoonHal",
        {},
    ),
    (
        "/kadasternietnatuurlijkpersonen",
        "KadasterNietNatuurlijkPersoonHalCollectie",
        {"q": "stichting"},
    ),
]


@pytest.mark.parametrize(("path", "schema", "parameters"), QUESTIONS)
async def test_answers(path: str, schema: str, parameters: dict[str, Any]) -> None:
    """Every endpoint, with everything expanded where it can be."""
    answer = await ask_brk(path, **parameters)
    assert answer.status_code == 200, answer.text

    assert [told(fault) for fault in faults(SPEC, schema, answer.json())] == []
    assert set(keys(answer.json())) <= property_names(SPEC)
    assert not schema.endswith("Collectie") or answer.json()["_embedded"]


async def test_by_person() -> None:
    """The BSN is in the body; what is found has no rights with it."""
    answer = await ask_brk_of_person({"burgerservicenummer": showcase.BURGER_BSN})
    (found,) = answer.json()["_embedded"]["kadastraalOnroerendeZaken"]
    schema = "KadastraalOnroerendeZaakHalCollectie"

    assert [told(fault) for fault in faults(SPEC, schema, answer.json())] == []
    assert found["identificatie"] == showcase.HOME_ZAAK
    assert "zakelijkGerechtigdeIdentificaties" not in found


@pytest.mark.parametrize(
    ("path", "parameters", "status"),
    [
        (ZAKEN, {}, 400),
        (ZAKEN, {"postcode": "8995AA", "nummeraanduidingIdentificatie": "0" * 16}, 400),
        (HOME, {"fields": "onbekend"}, 400),
        (f"{ZAKEN}/1", {}, 404),
        ("/stukken/1", {}, 404),
    ],
)
async def test_errors(path: str, parameters: dict[str, Any], status: int) -> None:
    """Errors fit the description."""
    answer = await ask_brk(path, **parameters)
    schema = "BadRequestFoutbericht" if status == 400 else "Foutbericht"

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert [told(fault) for fault in faults(SPEC, schema, answer.json())] == []


def test_every_record() -> None:
    """Every object and every right of the municipality fits its schema."""
    register = kadaster().register
    zaken = list(register.zaken.values())[::9]
    rights = [right for held in list(register.rights.values())[::9] for right in held]
    wrong = [f for zaak in zaken for f in faults(SPEC, "KadastraalOnroerendeZaak", zaak)]
    wrong += [f for right in rights for f in faults(SPEC, "ZakelijkGerechtigde", right)]

    assert [told(fault) for fault in wrong] == []


@pytest.mark.parametrize(
    ("schema", "tree"),
    [
        ("KadastraalOnroerendeZaak", trees.ZAAK),
        ("ZakelijkGerechtigde", trees.GERECHTIGDE),
        ("Hypotheek", trees.HYPOTHEEK),
        ("Beslag", trees.BESLAG),
        ("Aantekening", trees.PRIVAAT),
        ("PubliekrechtelijkeBeperking", trees.PUBLIEK),
        ("Stuk", trees.STUK),
        ("Stukdeel", trees.STUKDEEL),
        ("KadasterNatuurlijkPersoon", trees.NATUURLIJK),
        ("KadasterNietNatuurlijkPersoon", trees.NIET_NATUURLIJK),
    ],
)
def test_fields_may_name_what_there_is(schema: str, tree: Tree) -> None:
    """The paths that the sandbox takes are those of the description."""
    described = _paths(SPEC, {"$ref": f"#/components/schemas/{schema}"})
    geometry = {p for p in described if p.endswith((".type", ".coordinates")) and "Perceel" in p}
    geometry |= {p for p in described if p.startswith("plaatscoordinaten.")}

    assert set(_flat(tree)) == described - geometry


def _flat(tree: Tree, prefix: str = "") -> list[str]:
    return [
        path
        for name, inner in tree.items()
        for path in (f"{prefix}{name}", *_flat(inner, f"{prefix}{name}."))
    ]


def _paths(spec: str, schema: Any, prefix: str = "") -> set[str]:
    schemas = description(spec)["components"]["schemas"]
    found: set[str] = set()
    todo = [schema]
    while todo:
        each = todo.pop()
        while "$ref" in each:
            each = schemas[each["$ref"].rsplit("/", 1)[-1]]
        todo += each.get("allOf", [])
        mapped = each.get("discriminator", {}).get("mapping", {}).values()
        for reference in mapped:
            todo += [part for part in schemas[reference.rsplit("/", 1)[-1]]["allOf"]
                     if "$ref" not in part]  # fmt: skip
        if "items" in each:
            todo.append(each["items"])
        for name, inner in each.get("properties", {}).items():
            found.add(f"{prefix}{name}")
            found |= _paths(spec, inner, f"{prefix}{name}.")
    return found
