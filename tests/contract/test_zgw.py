"""The sandbox's ZGW answers fit the OpenAPI descriptions that Open Zaak publishes.

Held to: Zaken 1.5.1 and Catalogi 1.3.1 of Open Zaak. No property that is required may be missing
and none may be there that is not described. Known deviations, all of which Open Zaak itself has:


- the texts in `BLANK` are "" when not filled in, though described with a length or pattern;
- `eindeObject` of an open-ended type is null, though not described as nullable;
- a related object has an `_expand` of its own that the description does not mention.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.app import cases
from tests.paths import ROOT
from tests.sandbox.zgw_client import ZAKEN, get, search

pytestmark = pytest.mark.anyio

SPECS = ROOT.parent / "shared" / "specs"
ZAKEN_SPEC = SPECS / "zgw-zaken" / "openzaak-1.5.1.bundled.yaml"
CATALOGI_SPEC = SPECS / "zgw-catalogi" / "openzaak-1.3.1.yaml"
EXPAND = (
    "zaaktype,status,status.statustype,resultaat,resultaat.resultaattype,rollen,rollen.roltype,"
    "zaakobjecten,zaakinformatieobjecten,eigenschappen,eigenschappen.eigenschap,hoofdzaak,deelzaken"
)
BLANK = frozenset(
    {
        "innNnpId",
        "inpA_nummer",
        "inpBsn",
        "objectTypeOverige",
        "opdrachtgevendeOrganisatie",
        "rsin",
    }
)


@cache
def described(path: Path) -> Mapping[str, Any]:
    """An OpenAPI description; skips the test when it is absent."""
    if not path.exists():
        pytest.skip(f"{path.name} is not beside the project")
    with path.open() as stream:
        document: Mapping[str, Any] = yaml.load(stream, Loader=yaml.CSafeLoader)
    return document


@cache
def schemas(path: Path) -> Mapping[str, Any]:
    """The schemas of a description as JSON Schema 2020-12."""
    return {"components": {"schemas": _translated(described(path)["components"]["schemas"])}}


def _translated(node: Any) -> Any:
    """OpenAPI 3.0's `nullable` and `discriminator` in JSON Schema, known deviations allowed."""
    if isinstance(node, list):
        return [_translated(part) for part in node]
    if not isinstance(node, dict):
        return node
    schema = {name: _translated(part) for name, part in node.items() if name != "nullable"}
    if isinstance(schema.get("discriminator"), dict):
        schema = _chosen(schema)
    if isinstance(schema.get("properties"), dict):
        schema["properties"] = dict(_deviating(*known) for known in schema["properties"].items())
    return {"anyOf": [{"type": "null"}, schema]} if node.get("nullable") is True else schema


def _deviating(name: str, schema: Any) -> tuple[str, Any]:
    if name in BLANK:
        return name, {"anyOf": [{"const": ""}, schema]}
    return name, {"anyOf": [{"type": "null"}, schema]} if name == "eindeObject" else schema


def _chosen(schema: dict[str, Any]) -> dict[str, Any]:
    """A `oneOf` with a discriminator as one condition for each value of its property."""
    name = schema["discriminator"]["propertyName"]
    mapping = schema["discriminator"].get("mapping") or {
        option["$ref"].rpartition("/")[2]: option["$ref"] for option in schema["oneOf"]
    }
    conditions = [
        {
            "if": {"properties": {name: {"const": value}}, "required": [name]},
            "then": {"$ref": target},
        }
        for value, target in mapping.items()
    ]
    return {"type": "object", "required": [name], "allOf": conditions}


@cache
def validator(path: Path, schema: str) -> Draft202012Validator:
    """A validator for a named schema that allows no property beyond those described."""
    resource = DRAFT202012.create_resource(schemas(path))
    registry: Registry[Any] = Registry().with_resource("urn:oas", resource)
    reference = f"urn:oas#/components/schemas/{schema}"
    return Draft202012Validator(
        {"$ref": reference, "unevaluatedProperties": False}, registry=registry
    )


def faults(path: Path, schema: str, wire: object) -> list[str]:
    """What of an answer does not fit its description."""
    errors = validator(path, schema).iter_errors(wire)
    return [f"{error.json_path}: {error.message}" for error in errors]


def fits(path: Path, schema: str, *wires: object) -> None:
    for wire in wires:
        assert faults(path, schema, wire) == []


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("statussen", "PaginatedStatusList"),
        ("resultaten", "PaginatedResultaatList"),
        ("rollen", "PaginatedRolList"),
        ("zaakobjecten", "PaginatedZaakObjectList"),
    ],
)
async def test_lists_of_the_zaken_api(path: str, schema: str) -> None:
    for page in ("1", "2"):
        fits(ZAKEN_SPEC, schema, (await get(f"zaken/{path}", {"page": page})).json())


@pytest.mark.parametrize("expand", ["", EXPAND])
async def test_zaken_with_and_without_what_is_related(expand: str) -> None:
    asked = {"expand": expand, "pageSize": "120"}
    body = (await get("zaken/zaken", asked)).json()

    fits(ZAKEN_SPEC, "PaginatedExpandZaakList", body)
    fits(ZAKEN_SPEC, "ExpandZaak", *body["results"])


async def test_a_search() -> None:
    body = (await search({"startdatum__gt": "2026-06-01", "expand": EXPAND.split(",")})).json()

    fits(ZAKEN_SPEC, "PaginatedExpandZaakList", body)
    fits(ZAKEN_SPEC, "ExpandZaak", *body["results"])


@pytest.mark.parametrize(
    ("resource", "schema"),
    [
        ("zaken", "ExpandZaak"),
        ("statussen", "Status"),
        ("resultaten", "Resultaat"),
        ("rollen", "Rol"),
        ("zaakobjecten", "ZaakObject"),
    ],
)
async def test_details_of_the_zaken_api(resource: str, schema: str) -> None:
    for uuid in list(getattr(cases(), resource))[::300]:
        fits(ZAKEN_SPEC, schema, (await get(f"zaken/{resource}/{uuid}")).json())


@pytest.mark.parametrize(
    "kind",
    [
        "natuurlijk_persoon",
        "niet_natuurlijk_persoon",
        "vestiging",
        "medewerker",
        "organisatorische_eenheid",
    ],
)
async def test_rollen_of_every_kind(kind: str) -> None:
    body = (await get("zaken/rollen", {"betrokkeneType": kind})).json()

    assert body["count"] > 0
    fits(ZAKEN_SPEC, f"{kind}_RolSerializer", *body["results"])


@pytest.mark.parametrize("kind", ["adres", "pand", "overige", "natuurlijk_persoon"])
async def test_zaakobjecten_of_every_kind(kind: str) -> None:
    body = (await get("zaken/zaakobjecten", {"objectType": kind})).json()

    assert body["count"] > 0
    fits(ZAKEN_SPEC, f"{kind}_ZaakObjectSerializer", *body["results"])


async def test_zaakeigenschappen() -> None:
    for zaak in list(cases().zaken.values())[::100]:
        body = (await get(f"zaken/zaken/{zaak['uuid']}/zaakeigenschappen")).json()
        fits(ZAKEN_SPEC, "ZaakEigenschap", *body)


@pytest.mark.parametrize(
    ("resource", "schema"),
    [
        ("catalogussen", "Catalogus"),
        ("zaaktypen", "ZaakType"),
        ("statustypen", "StatusType"),
        ("resultaattypen", "ResultaatType"),
        ("roltypen", "RolType"),
        ("eigenschappen", "Eigenschap"),
    ],
)
async def test_the_catalogi_api(resource: str, schema: str) -> None:
    every = {} if resource == "catalogussen" else {"status": "alles"}
    body = (await get(f"catalogi/{resource}", every)).json()

    assert body["count"] > 0
    fits(CATALOGI_SPEC, f"Paginated{schema}List", body)
    fits(CATALOGI_SPEC, schema, *body["results"])


async def test_errors() -> None:
    wrong = (await get("zaken/zaken", {"startdatum": "x"})).json()
    absent = (await get("zaken/zaken/00000000-0000-4000-8000-000000000000")).json()

    fits(ZAKEN_SPEC, "ValidatieFout", wrong)
    fits(ZAKEN_SPEC, "FieldValidationError", *wrong["invalidParams"])
    fits(ZAKEN_SPEC, "Fout", absent)


@pytest.mark.parametrize(
    "path", ["/zaken", "/rollen", "/statussen", "/resultaten", "/zaakobjecten"]
)
async def test_every_described_filter_is_known(path: str) -> None:
    """Except the assurance level of a mandate, of which the sandbox has no data."""
    names = [
        known["name"]
        for known in described(ZAKEN_SPEC)["paths"][path]["get"]["parameters"]
        if known["in"] == "query" and not known["name"].endswith("machtiging__loa")
    ]
    for name in names:
        asked = {name: "1" if name in ("page", "pageSize") else "", "pageSize": "1"}
        answer = await get(f"{ZAKEN}{path}", asked)
        assert answer.status_code == 200, name


def test_a_misfit_is_noticed() -> None:
    wire = {"url": "x", "uuid": "x", "zaak": "x", "resultaattype": "x", "extra": 1}

    assert faults(ZAKEN_SPEC, "Resultaat", wire) != []
    assert faults(ZAKEN_SPEC, "Resultaat", {"url": "x"}) != []
