"""The sandbox's Locatieserver fits our own description of 3.1 (the official one is not beside us).

What a document holds is not described but in its example, that of an address; beside that the
sandbox has the properties of a perceel that others read, and invents none.
"""

from typing import Any

import pytest

from resolvers.pdok.reads import KNOWN, PARTS_OF_PERCEEL, SUGGESTED
from sandbox.showcase import HOME_LOCATIE, HOME_PERCEEL
from tests.contract.described import description
from tests.contract.nullable import misfits, query_parameters
from tests.sandbox.token_client import ask

pytestmark = pytest.mark.anyio

SPEC = "pdok-locatieserver/3.1-derived.yaml"
NOT_IN_EXAMPLE = {"huisletter", "huisnummertoevoeging", *PARTS_OF_PERCEEL}


def example(path: str) -> dict[str, Any]:
    """The document in the example of an answer."""
    get = description(SPEC)["paths"][path]["get"]
    content = get["responses"]["200"]["content"]["application/json"]
    doc: dict[str, Any] = content["example"]["response"]["docs"][0]
    return doc


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("suggest", {"q": "raadhuisplein"}),
        ("suggest", {"q": "nergenshuizen"}),
        ("free", {"q": "weidevaart", "fq": "type:weg"}),
        ("lookup", {"id": HOME_LOCATIE}),
        ("lookup", {"id": HOME_PERCEEL}),
    ],
)
async def test_answers(path: str, parameters: dict[str, str]) -> None:
    """The envelope, and no property that the example of an address does not have."""
    answer = (await ask("pdok", path, **parameters)).json()
    names = {name for doc in answer["response"]["docs"] for name in doc}
    envelope = {**answer, "response": {**answer["response"], "docs": []}}

    assert misfits(SPEC, "Antwoord", envelope) == []
    assert names <= set(example("/free")) | NOT_IN_EXAMPLE


def test_what_the_gateway_asks_is_described() -> None:
    """Parameters, and the properties that it names."""
    assert {"q", "fl", "rows", "fq"} <= query_parameters(SPEC, "/suggest")
    assert {"id", "fl"} <= query_parameters(SPEC, "/lookup")
    assert set(KNOWN) <= set(example("/free")) | NOT_IN_EXAMPLE
    assert set(SUGGESTED) == set(example("/suggest"))
