"""The sandbox's bewoning, historie and reisdocumenten fit their official descriptions.

Errors fit but for two patterns that real answers break as well: brackets in the name of a
parameter, and punctuation in its reason.
"""

from typing import Any

import pytest

from sandbox import showcase
from tests.app import world
from tests.contract.described import faults, keys, property_names, told
from tests.sandbox.brp_beside import ask, bewoningen, document, documents_of, historie

pytestmark = pytest.mark.anyio

BEWONING, HISTORIE, REISDOCUMENTEN = (
    "brp-bewoning/2.1.0.mock.yaml",
    "brp-historie/2.0.0.mock.yaml",
    "brp-reisdocumenten/2.0.0.mock.yaml",
)
PEOPLE = [*list(world().persons)[:95], *list(world().persons)[95::45]]
OBJECTS = list(world().residents_of)[:14] + list(world().residents_of)[14::70]


def _check(spec: str, schema: str, answer: Any) -> None:
    assert [told(fault) for fault in faults(spec, schema, answer)] == []
    assert set(keys(answer)) <= property_names(spec)


async def test_bewoningen() -> None:
    """Of the showcase and a sample of all other objects, through the years."""
    for object_id in OBJECTS:
        found = await bewoningen(object_id, "1975-01-01", "2026-11-21")
        _check(BEWONING, "BewoningenQueryResponse", {"bewoningen": found})
        day = await bewoningen(object_id, "2022-01-01")
        _check(BEWONING, "BewoningenQueryResponse", {"bewoningen": day})


async def test_historie() -> None:
    """Of the showcase and a sample of everybody else."""
    for bsn in PEOPLE:
        whole = await historie(bsn, "1900-01-01", "2026-11-21")
        _check(HISTORIE, "VerblijfplaatshistorieQueryResponse", whole)
        assert whole["verblijfplaatsen"]


async def test_reisdocumenten() -> None:
    """By holder, and by number for one that is lost."""
    for bsn in PEOPLE:
        found = await documents_of(bsn)
        answer = {"type": "ZoekMetBurgerservicenummer", "reisdocumenten": found}
        _check(REISDOCUMENTEN, "ReisdocumentenQueryResponse", answer)
    lost = await document(showcase.VERMIST_PASPOORT)
    answer = {"type": "RaadpleegMetReisdocumentnummer", "reisdocumenten": lost}
    _check(REISDOCUMENTEN, "ReisdocumentenQueryResponse", answer)


@pytest.mark.parametrize(
    ("spec", "path", "kind"),
    [
        (BEWONING, "bewoningen", "BewoningMetPeriode"),
        (HISTORIE, "verblijfplaatshistorie", "RaadpleegMetPeildatum"),
        (REISDOCUMENTEN, "reisdocumenten", "RaadpleegMetReisdocumentnummer"),
    ],
)
async def test_errors(spec: str, path: str, kind: str) -> None:
    """A question that lacks everything but its type."""
    answer = await ask(path, {"type": kind})
    found = faults(spec, "BadRequestFoutbericht", answer.json())

    assert answer.headers["content-type"] == "application/problem+json"
    assert {(str(each.absolute_path[-1]), each.validator) for each in found} <= {
        ("name", "pattern"),
        ("reason", "pattern"),
        ("detail", "pattern"),
        ("name", "maxLength"),
    }
