"""Every class of bad input, at the whole application: its status and code, and no source asked."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from gateway.settings import Settings
from tests.app import NOW, Outdoors, Setup, gateway_for, sandbox, token
from tests.edge.bad_input import ALL, CANARY, CANARY_BSN, GRAPHQL_JSON, JSON, BadInput, body
from tests.edge.stand_in import serving

pytestmark = pytest.mark.anyio

PERSON = "query($bsn: Bsn!){persoon(burgerservicenummer: $bsn){naam{voornamen}}}"
ADDRESS = "query($id: NummeraanduidingId!){adres(identificatie: $id){huisnummer}}"
POSTCODE = (
    "query($postcode: Postcode!, $nummer: Huisnummer!){"
    "adressenOpPostcode(postcode: $postcode, huisnummer: $nummer){edges{node{huisnummer}}}}"
)
SEARCH = (
    "query($tekst: Zoektekst!, $first: Int!)"
    "{adressenZoeken(zoektekst: $tekst, first: $first){edges{node{huisnummer}}}}"
)
CASE = "query($id: Uuid!){zaak(uuid: $id){identificatie}}"
CASE_NUMBER = (
    "query($nummer: Identificatie!){zaakOpIdentificatie(identificatie: $nummer){identificatie}}"
)


def asked(name: str, query: str, variables: Mapping[str, Any], code: str = "INVOER") -> BadInput:
    """A well-formed request with variables that will not do."""
    return BadInput(name, 400, code, body(query, variables=variables), json_status=200)


def invalid(name: str, query: str, code: str = "VALIDATIE") -> BadInput:
    """A document that does not fit the schema."""
    return BadInput(name, 400, code, body(query), json_status=200)


AGAINST_THE_SCHEMA = [
    invalid("B26 unknown field", "{persoo(burgerservicenummer: $x){naam{voornamen}}}"),
    invalid("B26 unknown argument", "query($b: Bsn!){persoon(bsn: $b){naam{voornamen}}}"),
    invalid("B26 unknown type", "query($b: Persoo!){persoon(burgerservicenummer: $b){naam}}"),
    invalid("B26 no selection", PERSON.replace("{naam{voornamen}}", "")),
    invalid("B26 unknown fragment", f"{{...{CANARY}}}"),
    invalid(
        "B26 literal of another type",
        f'{{adressenZoeken(zoektekst:"x",first:"{CANARY}"){{totalCount}}}}',
    ),
    asked("B28 missing", PERSON, {}),
    asked("B28 null", PERSON, {"bsn": None}),
    asked("B28 number", PERSON, {"bsn": int(CANARY_BSN)}),
    asked("B28 object", PERSON, {"bsn": {"x": CANARY}}),
    asked("B28 list", PERSON, {"bsn": [CANARY_BSN]}),
    asked("B28 extra", PERSON, {"bsn": CANARY_BSN, "naam": CANARY}),
    asked("B29 BSN: elfproef", PERSON, {"bsn": "999990018"}),
    asked("B29 BSN: eight digits", PERSON, {"bsn": CANARY_BSN[:8]}),
    asked("B29 BSN: zeros", PERSON, {"bsn": "000000000"}),
    asked("B29 BSN: other digits", PERSON, {"bsn": "٩٩٩٩٩٠٠١٩"}),
    asked("B29 BSN: line end", PERSON, {"bsn": f"{CANARY_BSN}\n"}),
    asked("B29 id of another kind", ADDRESS, {"id": "0999100000000001"}),
    asked("B29 postcode", POSTCODE, {"postcode": "0123AB", "nummer": 1}),
    asked("B29 house number", POSTCODE, {"postcode": "8995AA", "nummer": 0}),
    asked("B29 first over 100", SEARCH, {"tekst": "plein", "first": 101}),
    asked("B29 first 0", SEARCH, {"tekst": "plein", "first": 0}),
    asked("B29 uuid", CASE, {"id": CANARY}),
    *(
        asked(f"B30 {kind}", SEARCH, {"tekst": f"{CANARY}{character}", "first": 1})
        for kind, character in {
            "NUL": "\0", "control": "\x1b", "bidi": "\u202e", "line end": "\n", "delete": "\x7f",
            "mark": "\ufeff", "C1": "\x85",
        }.items()
    ),
    asked("B30 over 256 characters", SEARCH, {"tekst": CANARY * 20, "first": 1}),
    asked("B30 blank", SEARCH, {"tekst": "  ", "first": 1}),
    *(
        asked(f"B30 in an id: {part}", CASE_NUMBER, {"nummer": f"{CANARY}{part}"})
        for part in ("/", "\\", "%2e", "..", "\u2066")
    ),
    asked("B30 path in an id", ADDRESS, {"id": "../../admin"}),
    invalid(
        "B31 literal",
        f'{{persoon(burgerservicenummer:"{CANARY_BSN}"){{naam{{voornamen}}}}}}',
        "INVOER",
    ),
    invalid(
        "B31 literal in a list",
        f'{{personen(burgerservicenummers:["{CANARY_BSN}"]){{naam{{voornamen}}}}}}',
        "INVOER",
    ),
    invalid(
        "B31 literal number of a document",
        f'{{reisdocument(reisdocumentnummer:"{CANARY_BSN}"){{soort{{code}}}}}}',
        "INVOER",
    ),
    invalid(
        "B31 default of a variable",
        PERSON.replace("$bsn: Bsn!", f'$bsn: Bsn! = "{CANARY_BSN}"'),
        "INVOER",
    ),
]  # fmt: skip
COSTLY = asked(
    "B27 cost",
    "query($tekst: Zoektekst!){adressenZoeken(zoektekst: $tekst, first: 100)"
    "{edges{node{bewoners{zaken(first: 100){edges{node{identificatie rollen{omschrijving}}}}}}}}}",
    {"tekst": "plein"},
    "LIMIET",
)


@dataclass(frozen=True, slots=True)
class Served:
    """The running application, and all that it asked outside."""

    client: httpx.AsyncClient
    outdoors: Outdoors


@pytest.fixture(scope="module")
async def served() -> AsyncIterator[Served]:
    """The real application on a real server, without introspection."""
    outdoors = Outdoors(sandbox(), lambda call: None)
    gateway = gateway_for(Setup(), outdoors, Settings)
    headers = {"Authorization": f"Bearer {token()}"}
    async with (
        gateway.running() as app,
        serving(app) as address,
        httpx.AsyncClient(base_url=address, headers=headers) as client,
    ):
        yield Served(client, outdoors)


@pytest.mark.parametrize("media_type", [GRAPHQL_JSON, JSON])
@pytest.mark.parametrize("case", [*ALL, *AGAINST_THE_SCHEMA, COSTLY], ids=lambda case: case.name)
async def test_bad_input(case: BadInput, media_type: str, served: Served) -> None:
    """Refused with its status and code, in full, without a value of it and without a call."""
    answer = await served.client.request(url="/graphql" + case.suffix, **case.request(media_type))

    assert case.expected_status(media_type) == answer.status_code
    assert served.outdoors.calls == []
    if case.method != "HEAD":
        found = answer.json()
        assert list(found) == ["errors"]
        assert {case.code} == {error["extensions"]["code"] for error in found["errors"]}
        assert "Did you mean" not in answer.text
    for canary in (CANARY, CANARY_BSN):
        assert canary not in answer.text + str(answer.headers)


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        f"Bearer {CANARY}",
        f"Basic {CANARY}",
        "Bearer " + "a" * 9_000,
        f"Bearer {token(exp=int(NOW) - 3_600, iat=int(NOW) - 7_200)}",
        f"Bearer {token(gemeente='0001')}",
        f"Bearer {token(doelbinding='anders')}",
        f"Bearer {token(aud='https://anders.test')}",
    ],
)
async def test_who_is_not_known_asks_nothing(authorization: str | None, served: Served) -> None:
    """Status 401 with a challenge, one and the same answer whatever was wrong."""
    headers = {"Content-Type": JSON, "Authorization": authorization or ""}
    if authorization is None:
        del served.client.headers["Authorization"]
        del headers["Authorization"]
    try:
        answer = await served.client.post(
            "/graphql", content=body(PERSON, variables={"bsn": CANARY_BSN}), headers=headers
        )
    finally:
        served.client.headers["Authorization"] = f"Bearer {token()}"

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert [error["extensions"]["code"] for error in answer.json()["errors"]] == ["NIET_AANGEMELD"]
    assert served.outdoors.calls == []


async def test_after_all_that_a_question_is_answered(served: Served) -> None:
    """Nothing above left the application in a bad state."""
    answer = await served.client.post("/graphql", json={"query": "{__typename}"})

    assert answer.json() == {"data": {"__typename": "Query"}}
