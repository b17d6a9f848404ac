"""The sandbox's Objects and Objecttypes API fit the descriptions of Maykin Media.

Held to: Objects API 2.7.0 and Objecttypes API 2.2.2. Known deviations, all of which the application
itself has: `geometry`, `correctionFor` and `correctedBy` are null without being described so.
"""

from typing import Any

import pytest

from sandbox.objecten import TYPES_TOKEN
from sandbox.objecten_kast import LAADPAAL, MELDING, PARKEERVERGUNNING
from tests.contract.described import description, faults, told
from tests.sandbox.objecten_client import TYPE, get, search

pytestmark = pytest.mark.anyio

OBJECTS = "objects/2.7.0.yaml"
TYPES = "objecttypes/2.2.2.yaml"
NULLABLE = ("geometry", "correctionFor", "correctedBy", "endAt", "publishedAt", "next", "previous",
            "fields")  # fmt: skip


def fits(name: str, schema: str, answer: Any) -> None:
    wrong = [
        told(fault)
        for fault in faults(name, schema, answer)
        if not (fault.instance is None and fault.absolute_path[-1] in NULLABLE)
    ]
    assert wrong == []


@pytest.mark.parametrize("kind", [LAADPAAL, PARKEERVERGUNNING, MELDING])
async def test_lists_and_searches_of_objects(kind: str) -> None:
    listed = (await get("objects", type=TYPE + kind, pageSize="500")).json()
    searched = (await search({"type": TYPE + kind}, pageSize="500")).json()

    assert listed["count"] > 0
    assert listed["results"] == searched["results"]
    fits(OBJECTS, "PaginatedObjectList", listed)
    one = (await get(f"objects/{listed['results'][0]['uuid']}")).json()
    fits(OBJECTS, "Object", one)


async def test_permissions() -> None:
    fits(OBJECTS, "PaginatedPermissionList", (await get("permissions")).json())


@pytest.mark.parametrize(
    ("name", "version", "options"),
    [
        (OBJECTS, "ObjectTypeVersion", {}),
        (TYPES, "ObjectVersion", {"base": "/objecttypen/api/v2", "token": TYPES_TOKEN}),
    ],
)
async def test_objecttypes(name: str, version: str, options: dict[str, str]) -> None:
    types = (await get("objecttypes", **options)).json()
    versions = (await get(f"objecttypes/{LAADPAAL}/versions", **options)).json()

    fits(name, "PaginatedObjectTypeList", types)
    for each in versions["results"]:
        fits(name, version, each)


def test_the_parameters_that_we_send_are_described() -> None:
    """What the API does not know it ignores, so a wrong name would not be noticed."""
    paths = description(OBJECTS)["paths"]

    def known(path: str, method: str) -> set[str]:
        return {each["name"] for each in paths[path][method]["parameters"]}

    (_, body) = paths["/objects/search"]["post"]["requestBody"]["content"]["application/json"][
        "schema"
    ]["allOf"]
    listed = {"type", "data_attr", "date", "fields", "page", "pageSize", "Accept-Crs"}
    assert listed <= known("/objects", "get")
    assert {"page", "pageSize", "Content-Crs"} <= known("/objects/search", "post")
    assert {"type", "data_attrs"} <= set(body["properties"])
    assert "fields" in known("/objects/{uuid}", "get")
