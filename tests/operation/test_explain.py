"""What an operation would ask of whom, as a client reads it."""

import json

import pytest

from gateway.operation.bind import bind
from gateway.operation.explain import explain
from gateway.operation.identity import Identity
from gateway.operation.limits import Limits
from gateway.operation.prepare import Documents
from gateway.source.keep import Keep
from gateway.source.policy import Policy
from sandbox.showcase import BURGER_BSN
from tests.app import Setup, running
from tests.operation.asking import Desk, bound, planned, without
from tests.registry import ANNA, shared_facts


def allowed(keep: Keep) -> Keep:
    """For a municipality that keeps no personal data."""
    return Policy().effective(keep, "0999")


def test_an_explanation() -> None:
    """Steps in order, estimates, sources, labels and cost."""
    query = """query($b: [Bsn!]!) { mensen(bsns: $b) {
      leeftijd gekleurd(kleur: ROOD) { naam } besproken { id }
    } }"""
    found = explain(shared_facts(), bound(query, b=[ANNA] * 4), allowed)

    assert found["stappen"][0] == {
        "stap": 1,
        "na": None,
        "veld": "Query.mensen",
        "pad": ["mensen"],
        "bron": "mensen",
        "vraag": "op_nummer",
        "argumenten": [],
        "gekozenOp": None,
        "sleutel": "$bsns",
        "sleutelsPerAanroep": 3,
        "verwachteSleutels": 4,
        "verwachteAanroepen": 2,
        "paden": ["bsn", "leeftijd", "verslag"],
        "labels": ["vraag.mens", "mens.basis"],
        "bewaren": {"klasse": "persoonsgegevens", "seconden": 0, "tussen": "request"},
    }
    assert [
        (step["stap"], step["na"], step["veld"], step["vraag"], step["sleutel"], step["gekozenOp"])
        for step in found["stappen"][1:]
    ] == [
        (2, 1, "Mens.gekleurd", "dingen_van", "bsn", "kleur"),
        (3, 1, "Mens.besproken", "verslagen", "verslag", None),
        (4, 3, "Mens.besproken", "op_kenmerk", "dingen", None),
    ]
    assert found["stappen"][2]["bewaren"] == {
        "klasse": "referentiegegevens",
        "seconden": 60,
        "tussen": "tenant",
    }
    assert found["bronnen"] == {
        "mensen": {"stappen": 1, "verwachteAanroepen": 2},
        "dingen": {"stappen": 2, "verwachteAanroepen": 6},
        "open": {"stappen": 1, "verwachteAanroepen": 4},
    }
    assert found["labels"] == [
        "ding.basis",
        "mens.basis",
        "mens.bezit",
        "verslag.dingen",
        "vraag.mens",
    ]
    assert found["geweigerd"] == []
    assert found["kosten"] == bound(query, b=[ANNA] * 4).cost


def test_what_is_refused_is_explained() -> None:
    """With its place and the label that is lacking."""
    query = "query($b: Bsn!) { mens(bsn: $b) { bsn } }"
    documents = Documents(shared_facts(), Limits(), introspection=True)
    operation = documents.prepare(query).operation(None)
    plan = planned(query, without("mens.bsn"))
    variables = documents.variables(operation, {"b": ANNA})
    found = explain(shared_facts(), bind(shared_facts(), plan, variables), allowed)

    assert found["geweigerd"] == [{"pad": ["mens", "bsn"], "veld": "Mens.bsn", "label": "mens.bsn"}]
    assert found["labels"] == ["mens.basis", "vraag.mens"]


@pytest.mark.anyio
async def test_what_is_somebodys_own_is_explained_without_its_number() -> None:
    """By the kind of number; who has none asks for nothing."""
    desk = Desk()
    query = "{ mijn { mens { leeftijd } bedrijfsbezit { naam } } }"
    answer = await desk.answer(query, own=Identity(ANNA), explain=True)

    assert desk.calls() == []
    assert ANNA not in json.dumps(answer.body)
    first, second = answer.body["extensions"]["uitleg"]["stappen"]
    assert (first["veld"], first["sleutel"]) == ("Mijn.mens", "eigen burgerservicenummer")
    assert (first["verwachteSleutels"], second["verwachteSleutels"]) == (1, 0)
    assert second["sleutel"] == "eigen KVK-nummer"
    assert second["verwachteAanroepen"] == 0


@pytest.mark.anyio
@pytest.mark.parametrize("seconds", [0, 90])
async def test_how_long_it_may_be_kept_is_what_this_municipality_says(seconds: int) -> None:
    """And not what the read would allow: of personal data that is nothing without a reason."""
    policy = Policy(personal={"0999": seconds})
    async with running(Setup()) as app:
        app.gateway._cache.policy = policy
        answer = await app.ask(
            "query ($bsn: Bsn!) { persoon(burgerservicenummer: $bsn) { leeftijd } }",
            {"bsn": BURGER_BSN},
            uitleg=True,
        )

    (step,) = answer.json()["extensions"]["uitleg"]["stappen"]
    assert step["bewaren"]["seconden"] == seconds
