"""The sandbox's documents and besluiten fit the OpenAPI descriptions that Open Zaak publishes.

Held to: Documenten 1.4.2, Besluiten 1.1.0 and Catalogi 1.3.1 of Open Zaak. Known deviations, both
of Open Zaak itself: an ondertekening or integriteit that is not there is an object of blanks, and a
besluit without vervalreden has a blank.
"""

from typing import Any

import pytest

from sandbox.showcase import DRAWING_DOCUMENT
from tests.app import cases
from tests.contract.test_zgw import CATALOGI_SPEC, SPECS, ZAKEN_SPEC, described, faults, fits
from tests.sandbox.zgw_client import get

pytestmark = pytest.mark.anyio

DOCUMENTEN_SPEC = SPECS / "zgw-documenten" / "openzaak-1.4.2.bundled.yaml"
BESLUITEN_SPEC = SPECS / "zgw-besluiten" / "openzaak-1.1.0.yaml"
DOCUMENTS = "documenten/enkelvoudiginformatieobjecten"


def filled(document: dict[str, Any]) -> dict[str, Any]:
    """The document with null for what is an object of blanks."""
    blanks = {
        name: None
        for name, marker in (("ondertekening", "soort"), ("integriteit", "algoritme"))
        if document[name][marker] == ""
    }
    return document | blanks


async def test_documents() -> None:
    for params in ({}, {"page": "2"}):
        body = (await get(DOCUMENTS, params)).json()
        body["results"] = [filled(document) for document in body["results"]]
        fits(DOCUMENTEN_SPEC, "PaginatedEnkelvoudigInformatieObjectList", body)
        fits(DOCUMENTEN_SPEC, "EnkelvoudigInformatieObject", *body["results"])


async def test_a_document_in_every_version() -> None:
    for version in ("1", "2", "3"):
        body = (await get(f"{DOCUMENTS}/{DRAWING_DOCUMENT}", {"versie": version})).json()
        fits(DOCUMENTEN_SPEC, "EnkelvoudigInformatieObject", filled(body))


async def test_what_documents_belong_to() -> None:
    for versions in list(cases().papers.documenten.values())[::500]:
        url = versions[0]["url"].replace(
            "zgw://documenten", "http://sandbox.example/documenten/api/v1"
        )
        body = (await get("documenten/objectinformatieobjecten", {"informatieobject": url})).json()
        assert body
        fits(DOCUMENTEN_SPEC, "ObjectInformatieObject", *body)


async def test_the_documents_of_zaken() -> None:
    for uuid in list(cases().papers.zaakinformatieobjecten)[::500]:
        body = (await get(f"zaken/zaakinformatieobjecten/{uuid}")).json()
        fits(ZAKEN_SPEC, "ZaakInformatieObject", body)


async def test_besluiten() -> None:
    body = (await get("besluiten/besluiten")).json()

    fits(BESLUITEN_SPEC, "PaginatedBesluitList", body)
    fits(BESLUITEN_SPEC, "Besluit", *body["results"])
    for besluit in body["results"][::20]:
        asked = {"besluit": besluit["url"]}
        documents = (await get("besluiten/besluitinformatieobjecten", asked)).json()
        fits(BESLUITEN_SPEC, "BesluitInformatieObject", *documents)
        references = (await get(f"{besluit['zaak']}/besluiten")).json()
        fits(ZAKEN_SPEC, "ZaakBesluit", *references)


@pytest.mark.parametrize(
    ("resource", "schema"),
    [("informatieobjecttypen", "InformatieObjectType"), ("besluittypen", "BesluitType")],
)
async def test_kinds_of_documents_and_besluiten(resource: str, schema: str) -> None:
    body = (await get(f"catalogi/{resource}")).json()

    assert body["count"] > 0
    fits(CATALOGI_SPEC, f"Paginated{schema}List", body)
    fits(CATALOGI_SPEC, schema, *body["results"])


@pytest.mark.parametrize(
    ("spec", "path", "api"),
    [
        (DOCUMENTEN_SPEC, "/enkelvoudiginformatieobjecten", "documenten"),
        (DOCUMENTEN_SPEC, "/objectinformatieobjecten", "documenten"),
        (BESLUITEN_SPEC, "/besluiten", "besluiten"),
        (BESLUITEN_SPEC, "/besluitinformatieobjecten", "besluiten"),
        (CATALOGI_SPEC, "/informatieobjecttypen", "catalogi"),
        (CATALOGI_SPEC, "/besluittypen", "catalogi"),
    ],
)
async def test_every_described_filter_is_known(spec: Any, path: str, api: str) -> None:
    parameters = described(spec)["paths"][path]["get"]["parameters"]
    names = [known["name"] for known in parameters if known["in"] == "query"]

    assert names
    for name in names:
        asked = {name: "1" if name in ("page", "pageSize") else ""}
        assert (await get(f"{api}{path}", asked)).status_code == 200, name


async def test_errors() -> None:
    wrong = (await get(DOCUMENTS, {"onbekend": "x"})).json()
    absent = (await get("besluiten/besluiten/00000000-0000-4000-8000-000000000000")).json()

    fits(DOCUMENTEN_SPEC, "ValidatieFout", wrong)
    fits(BESLUITEN_SPEC, "Fout", absent)


def test_a_misfit_is_noticed() -> None:
    assert faults(DOCUMENTEN_SPEC, "EnkelvoudigInformatieObject", {"url": "x"}) != []
    assert faults(BESLUITEN_SPEC, "Besluit", {"url": "x"}) != []
