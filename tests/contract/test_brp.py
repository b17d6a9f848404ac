"""The sandbox's BRP answers fit the official description of BRP Personen 2.7.0.

The description is stricter than real data: its pattern for a text of a value table has no slash,
so the official texts of Naamgebruik ("geslachtsnaam echtgenoot/geregistreerd partner") do not fit
it.
"""

import csv
from typing import Any

import pytest
from jsonschema.exceptions import ValidationError

from sandbox import showcase
from sandbox.brp_fields import TREES, Kind, allowed_paths
from tests.app import world
from tests.contract.described import SPECS, faults, keys, property_names, told
from tests.sandbox.registries import RAADPLEEG, ask_brp

pytestmark = pytest.mark.anyio

SPEC = "brp-personen/2.7.0.mock.yaml"
ALL_FIELDS = sorted(TREES[Kind.PERSOON])
SEARCHES: list[dict[str, Any]] = [
    {
        "type": "ZoekMetGeslachtsnaamEnGeboortedatum",
        "geslachtsnaam": "weidev*",
        "geboortedatum": "1985-04-12",
    },
    {
        "type": "ZoekMetNaamEnGemeenteVanInschrijving",
        "geslachtsnaam": "Klinkspoor",
        "voornamen": "Erik",
        "gemeenteVanInschrijving": "0999",
    },
    {
        "type": "ZoekMetPostcodeEnHuisnummer",
        "postcode": showcase.HOME_POSTCODE,
        "huisnummer": showcase.HOME_HUISNUMMER,
    },
    {
        "type": "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving",
        "straat": "*dhuisplein",
        "huisnummer": 11,
        "gemeenteVanInschrijving": "0999",
    },
    {
        "type": "ZoekMetNummeraanduidingIdentificatie",
        "nummeraanduidingIdentificatie": "0999200000000002",
        "inclusiefOverledenPersonen": True,
    },
    {
        "type": "ZoekMetAdresseerbaarObjectIdentificatie",
        "adresseerbaarObjectIdentificatie": showcase.HOME_OBJECT,
    },
]


def _is_known(fault: ValidationError) -> bool:
    path = [str(part) for part in fault.absolute_path]
    naamgebruik = path[-2:] == ["aanduidingNaamgebruik", "omschrijving"]
    return naamgebruik and fault.validator == "pattern"


async def _check(question: dict[str, Any]) -> int:
    answer = await ask_brp(question)
    assert answer.status_code == 200, answer.text
    found = faults(SPEC, f"{question['type']}Response", answer.json())

    assert [told(fault) for fault in found if not _is_known(fault)] == []
    assert set(keys(answer.json())) <= property_names(SPEC)
    return len(answer.json()["personen"])


async def test_whole_persons() -> None:
    """The showcase and a sample of everybody else, with every field there is."""
    everybody = list(world().persons)
    sample = everybody[:80] + everybody[80::40]

    for start in range(0, len(sample), 20):
        bsns = sample[start : start + 20]
        question = {"type": RAADPLEEG, "burgerservicenummer": bsns, "fields": ALL_FIELDS}

        assert await _check(question) == len(bsns)


@pytest.mark.parametrize("question", SEARCHES, ids=lambda question: question["type"])
async def test_searches(question: dict[str, Any]) -> None:
    """Every type of search, with every field its answer has."""
    kind = Kind.GEZAG_BEPERKT if "adresseerbaarObject" in str(question) else Kind.BEPERKT
    fields = sorted(TREES[kind])

    assert await _check(question | {"fields": fields}) > 0


@pytest.mark.parametrize("kind", list(Kind))
def test_fields(kind: Kind) -> None:
    """Accepted are the paths of the official list, save those below gezag, which 2.7 refuses."""
    assert allowed_paths(kind) == {p for p in _paths("fields", kind) if not p.startswith("gezag.")}
    assert _paths("fields-filtered", kind) <= allowed_paths(kind)


async def test_errors() -> None:
    """Errors fit the description, but for two patterns that real answers break as well:
    brackets in the name of a parameter, and a colon in the detail."""
    question = {"type": RAADPLEEG, "burgerservicenummer": ["1"] * 2, "fields": ["naam"]}
    answer = await ask_brp(question)
    found = faults(SPEC, "BadRequestFoutbericht", answer.json())
    broken = {(str(fault.absolute_path[-1]), fault.validator) for fault in found}

    assert answer.headers["content-type"] == "application/problem+json"
    assert broken <= {("name", "pattern"), ("reason", "pattern"), ("detail", "pattern")}


def _paths(name: str, kind: Kind) -> set[str]:
    path = SPECS / "brp-personen" / f"{name}-{kind}.csv"
    if not path.exists() and kind is Kind.GEZAG_BEPERKT and name == "fields-filtered":
        return _paths(name, Kind.BEPERKT) | {"gezag"}
    if not path.exists():
        pytest.skip(f"{path.name} is not beside the project")
    with path.open(encoding="utf-8") as stream:
        return {row["pad"] for row in csv.DictReader(stream)}
