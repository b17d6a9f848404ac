"""Which purpose a request is for, and how sure its login is, over HTTP at the real application."""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx
import pytest

from gateway.assurance import Level
from gateway.operation.failures import refused
from gateway.tenants import Dienst, Purpose
from sandbox.showcase import BAKKERIJ_KVK, BURGER_BSN, DRAWING_DOCUMENT, PARTNER_BSN
from tests.app import BRP, Running, Setup, facts, running, token

pytestmark = pytest.mark.anyio

NAME = """query ($b: Bsn!) { persoon(burgerservicenummer: $b) {
  naam { geslachtsnaam } reisdocumenten { reisdocumentnummer }
} }"""
OWN = """{ mijn { persoon {
  naam { geslachtsnaam } reisdocumenten { reisdocumentnummer }
} } }"""
SEARCH = "{ zaken(first: 1) { totalCount } }"
HEADERS = {name: {"x-doelbinding": "TEST"} for name in BRP}
NAMES = frozenset({"persoon.naam", "persoon.basis", "vraag.persoon-raadplegen"})
NARROW = Purpose("smal", "Alleen namen.", NAMES, frozenset({"medewerker"}), HEADERS, open=True)
SURE = Purpose(
    "zeker",
    "Zeker weten.",
    NAMES,
    frozenset({"burger"}),
    HEADERS,
    level=Level.SUBSTANTIEEL,
    open=True,
)


async def asked(
    app: Running, bearer: str, *purposes: str, query: str = NAME, **extensions: bool
) -> httpx.Response:
    """The answer about the citizen of the sandbox, with these headers to choose a purpose."""
    headers = [("authorization", f"Bearer {bearer}"), ("accept", "application/json")]
    headers += [("Bronpoort-Doelbinding", purpose) for purpose in purposes]
    variables = {"b": BURGER_BSN} if "$b" in query else {}
    body = {"query": query, "variables": variables, "extensions": extensions}
    return await app.client.post("/graphql", json=body, headers=headers)


def refusal(answer: httpx.Response) -> tuple[int, str, str]:
    """Status, code, and the error that the challenge names."""
    (error,) = answer.json()["errors"]
    assert "data" not in answer.json()
    challenge = answer.headers["www-authenticate"]
    return answer.status_code, error["extensions"]["code"], challenge.partition("error=")[2]


def hidden(answer: httpx.Response) -> Mapping[str, Sequence[Any]]:
    """By label why it was not shown: the level that it takes, if that would help."""
    return {
        error["extensions"]["label"]: error["extensions"].get("betrouwbaarheid")
        for error in answer.json().get("errors", ())
    }


async def test_the_request_chooses_among_the_purposes_of_its_token() -> None:
    """One token, remembered: what it was last used for does not stick to it."""
    both = token(doelbinding=["test", "smal"])
    async with running(Setup(purposes=[NARROW])) as app:
        answers = [await asked(app, both, purpose) for purpose in ("smal", "test") * 2]

    documents = {"persoon.reisdocumenten": None}
    assert [{*hidden(answer)} & {*documents} for answer in answers] == [{*documents}, set()] * 2


async def test_several_purposes_and_no_choice_is_a_bad_request() -> None:
    async with running(Setup(purposes=[NARROW])) as app:
        both = token(doelbinding=["test", "smal"])
        none, twice = await asked(app, both), await asked(app, both, "smal", "smal")

    expected = (400, "INVOER", '"invalid_request"')
    assert [refusal(none), refusal(twice)] == [expected, expected]
    assert app.outdoors.calls == []


@pytest.mark.parametrize("purpose", ["onbekend", "test", "", "smal,test", "*", "SMAL"])
async def test_a_purpose_that_the_token_lacks_is_forbidden(purpose: str) -> None:
    """Also one that the municipality has; and the answer does not repeat it."""
    async with running(Setup(purposes=[NARROW])) as app:
        answer = await asked(app, token(doelbinding="smal"), purpose)

    assert refusal(answer) == (403, "NIET_GEAUTORISEERD", '"insufficient_scope"')
    assert app.outdoors.calls == []


async def test_one_purpose_need_not_be_chosen_but_may() -> None:
    async with running(Setup(purposes=[NARROW])) as app:
        one = token(doelbinding=["smal"])
        assert hidden(await asked(app, one)) == hidden(await asked(app, one, "smal"))


async def test_a_link_opens_for_the_purpose_that_it_was_shown_for() -> None:
    """Which the request for it must choose as well."""
    link = f'{{ document(uuid: "{DRAWING_DOCUMENT}") {{ download }} }}'
    wide = Purpose("breed", "Alles.", facts().labels, frozenset({"medewerker"}), HEADERS)
    both = token(doelbinding=["test", "breed"])

    async def opened(path: str, *purposes: str) -> httpx.Response:
        headers = [("authorization", f"Bearer {both}")]
        headers += [("Bronpoort-Doelbinding", purpose) for purpose in purposes]
        return await app.client.get(path, headers=headers)

    async with running(Setup(purposes=[wide])) as app:
        answer = await asked(app, both, "test", query=link)
        path = answer.json()["data"]["document"]["download"]
        found = [await opened(path, "test"), await opened(path, "breed"), await opened(path)]

    assert [answer.status_code for answer in found] == [200, 404, 400]
    assert found[2].headers["content-type"].startswith("application/problem+json")
    assert found[2].json()["code"] == "INVOER"


async def test_a_purpose_may_ask_for_a_surer_login() -> None:
    """RFC 9470: the client can have the citizen log in again."""
    async with running(Setup(purposes=[SURE])) as app:
        low = await asked(app, token(BURGER_BSN, doelbinding="zeker", acr="midden"), query=OWN)
        unsaid = await asked(app, token(BURGER_BSN, doelbinding="zeker"), query=OWN)
        calls = len(app.outdoors.calls)
        sure = token(BURGER_BSN, doelbinding="zeker", acr="substantieel")
        high = await asked(app, sure, query=OWN)

    expected = (401, "NIET_GEAUTORISEERD", '"insufficient_user_authentication"')
    assert [refusal(low), refusal(unsaid)] == [expected, expected]
    assert low.json()["errors"][0]["extensions"]["betrouwbaarheid"] == "substantieel"
    assert calls == 0
    assert high.json()["data"]["mijn"]["persoon"]["naam"] is not None


@pytest.mark.parametrize(("level", "seen"), [("midden", False), ("hoog", True)])
async def test_a_label_may_ask_for_a_surer_login(level: str, seen: bool) -> None:
    purpose = Purpose(
        "mijn",
        "Eigen gegevens.",
        NAMES | {"persoon.reisdocumenten"},
        frozenset({"burger"}),
        HEADERS,
        label_levels={"persoon.naam": (Level.HOOG,)},
        open=True,
    )
    query = OWN.replace("reisdocumenten { reisdocumentnummer }", "leeftijd")
    bearer = token(BURGER_BSN, doelbinding="mijn", acr=level)
    async with running(Setup(purposes=[purpose])) as app:
        partial = await asked(app, bearer, query=query)
        strict = await asked(app, bearer, query=query, strikt=True)

    told = {error["extensions"].get("betrouwbaarheid") for error in strict.json().get("errors", ())}
    named = [
        error
        for error in partial.json().get("errors", ())
        if error["extensions"]["label"] == "persoon.naam"
    ]
    assert (partial.json()["data"]["mijn"]["persoon"]["naam"] is not None) is seen
    assert [each["extensions"]["betrouwbaarheid"] for each in named] == ([] if seen else ["hoog"])
    assert [each["message"] for each in named] == ([] if seen else [refused("x", "hoog").message])
    assert ("hoog" in told) is not seen


@pytest.mark.parametrize(
    "claims",
    [
        {"soort": "bedrijf", "kvkNummer": BAKKERIJ_KVK},
        {"soort": "gemachtigde", "machtiging": {"kvkNummer": BAKKERIJ_KVK, "diensten": ["al"]}},
    ],
    ids=["company", "for a company"],
)
async def test_a_company_asks_about_nobody(claims: Mapping[str, Any]) -> None:
    """What is not its own and not open is refused, whatever labels there are."""
    everything = Dienst("al", "Alles.", frozenset({"al"}), facts().labels)
    async with running(Setup(diensten={"al": everything})) as app:
        person = await asked(app, token(**claims))
        search = await asked(app, token(**claims), query=SEARCH)
        assert app.outdoors.calls == []

    assert (person.json()["data"], search.json()["data"]) == ({"persoon": None}, {"zaken": None})
    assert {error["extensions"]["code"] for error in person.json()["errors"]} == {
        "NIET_GEAUTORISEERD"
    }


async def test_a_representative_asks_about_whom_they_act_for() -> None:
    """And for no more than was granted; who that is, nobody names."""
    service = Dienst("namen", "Namen.", frozenset({"urn:namen"}), NAMES)
    mandate = {"bsn": BURGER_BSN, "diensten": ["urn:namen"]}
    own = token(soort="gemachtigde", machtiging=mandate)
    other = token(soort="gemachtigde", machtiging={**mandate, "bsn": PARTNER_BSN})
    ungranted = token(soort="gemachtigde", machtiging={**mandate, "diensten": ["urn:anders"]})
    async with running(Setup(diensten={"namen": service})) as app:
        theirs = await asked(app, own, query=OWN)
        others = await asked(app, other, query=OWN)
        calls = len(app.outdoors.calls)
        refusals = [await asked(app, own), await asked(app, ungranted, query=OWN)]

    asked_for = [call.body["burgerservicenummer"] for call in app.outdoors.calls]
    assert theirs.json()["data"]["mijn"]["persoon"]["naam"] is not None
    assert others.json()["data"]["mijn"]["persoon"]["naam"] is not None
    assert "persoon.reisdocumenten" in hidden(theirs)
    assert [answer.json()["data"] for answer in refusals] == [
        {"persoon": None},
        {"mijn": {"persoon": None}},
    ]
    assert asked_for == [[BURGER_BSN], [PARTNER_BSN]]
    assert calls == 2


async def test_a_token_anywhere_else_than_in_the_header_is_no_token() -> None:
    """RFC 6750 knows two other places; NL GOV OAuth forbids them."""
    bearer = token()
    body = {"query": "{__typename}", "access_token": bearer}
    cookie = {"cookie": f"access_token={bearer}"}
    async with running(Setup()) as app:
        answers = [
            await app.client.post(f"/graphql?access_token={bearer}", json=body),
            await app.client.post("/graphql", json=body, headers={"x-access-token": bearer}),
            await app.client.post("/graphql", json=body, headers=cookie),
            await app.client.post(
                "/graphql", json=body, headers=[("authorization", f"Bearer {bearer}")] * 2
            ),
        ]

    assert [answer.status_code for answer in answers] == [401] * 4
    assert {answer.headers["www-authenticate"] for answer in answers} == {"Bearer"}
