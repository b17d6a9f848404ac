"""What the edge never does in production, at every address: checked on the real application."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from gateway.settings import Settings
from tests.app import Call, Outdoors, Setup, gateway_for, sandbox, token
from tests.edge.stand_in import serving

pytestmark = pytest.mark.anyio

PORTAL = "https://portaal.test"
CANARY = "Kanariepietje"
JSON = "application/json"
GRAPHQL = json.dumps({"query": "{__typename}"}).encode()
EXPECTED = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=31536000",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


@dataclass(frozen=True, slots=True)
class Served:
    """The running application, and all that it asked outside."""

    client: httpx.AsyncClient
    outdoors: Outdoors


def broken(call: Call) -> httpx.Response | None:
    """The BRP fails in a way that nobody foresaw, and says more than it should."""
    if call.source == "brp":
        raise RuntimeError(f"{CANARY} at {call.body}")
    return None


@pytest.fixture(scope="module")
async def served() -> AsyncIterator[Served]:
    """The application as in production, on a real server, with a portal that may ask."""
    outdoors = Outdoors(sandbox(), broken)
    gateway = gateway_for(Setup(settings={"cors_origins": (PORTAL,)}), outdoors, Settings)
    async with (
        gateway.running() as app,
        serving(app) as address,
        httpx.AsyncClient(base_url=address) as client,
    ):
        yield Served(client, outdoors)


@dataclass(frozen=True, slots=True)
class Sent:
    """A request and the status that it gets; `known` sends a good token with it."""

    status: int
    path: str = "/graphql"
    method: str = "POST"
    content: bytes = GRAPHQL
    headers: Mapping[str, str] = field(default_factory=lambda: {"content-type": JSON})
    known: bool = True

    def arguments(self) -> dict[str, Any]:
        """Of `httpx.AsyncClient.request`."""
        who = {"authorization": f"Bearer {token()}"} if self.known else {}
        body = self.content if self.method == "POST" else b""
        return {"method": self.method, "url": self.path, "content": body,
                "headers": {**self.headers, **who}}  # fmt: skip


GRAPHQL_JSON = {"content-type": JSON, "accept": "application/graphql-response+json"}
ADDRESSES = [
    Sent(200),
    Sent(400, content=b"{"),
    Sent(400, content=b'{"query":"{nee}"}', headers=GRAPHQL_JSON),
    Sent(400, content=b'{"documentId":"nee"}', headers=GRAPHQL_JSON),
    Sent(401, known=False),
    Sent(405, method="GET"),
    Sent(405, method="OPTIONS"),
    Sent(406, headers={"content-type": JSON, "accept": "image/png"}),
    Sent(413, content=b" " * 1_000_001),
    Sent(414, path="/graphql?" + "a" * 9_000),
    Sent(415, headers={"content-type": "text/plain"}),
    Sent(431, headers={"content-type": JSON, "x-groot": "a" * 17_000}),
]
ELSEWHERE = [
    Sent(401, path="/documenten/x", method="GET", known=False),
    Sent(404, path="/documenten/x", method="GET"),
    Sent(405, path="/documenten/x"),
    Sent(404, path="/", method="GET"),
    Sent(404, path="/graphiql/", method="GET"),
    Sent(404, path="/graphiql/config.json", method="GET"),
    Sent(404, path="/graphiql/token"),
    Sent(404, path="/graphql/", method="GET"),
    Sent(404, path="/../etc/passwd", method="GET"),
    Sent(414, path="/" + "a" * 9_000, method="GET"),
]
HEALTH = [
    Sent(200, path="/livez", method="GET"),
    Sent(200, path="/readyz", method="GET"),
]


@pytest.mark.parametrize(
    "sent", [*ADDRESSES, *ELSEWHERE, *HEALTH], ids=lambda s: f"{s.status} {s.path[:20]}"
)
async def test_every_answer_carries_the_headers_of_the_design_rules(
    sent: Sent, served: Served
) -> None:
    """And its version; none sets a cookie or says what made it."""
    answer = await served.client.request(**sent.arguments())

    assert answer.status_code == sent.status
    assert {name: answer.headers.get(name) for name in EXPECTED} == EXPECTED
    assert answer.headers["api-version"]
    assert not {"set-cookie", "x-powered-by"} & set(answer.headers)


@pytest.mark.parametrize("sent", ELSEWHERE, ids=lambda s: f"{s.status} {s.path[:20]}")
async def test_what_is_not_graphql_is_a_problem_document(sent: Sent, served: Served) -> None:
    answer = await served.client.request(**sent.arguments())
    problem = answer.json()

    assert answer.headers["content-type"] == "application/problem+json; charset=utf-8"
    assert problem.keys() >= {"type", "title", "status", "detail", "code"}
    assert problem["status"] == sent.status


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "text/plain"},
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-type": "multipart/form-data; boundary=x"},
        {"content-type": "text/plain; application/json"},
        {},
    ],
)
@pytest.mark.parametrize("known", [True, False])
async def test_what_a_foreign_page_can_send_without_asking_is_refused(
    headers: dict[str, str], known: bool, served: Served
) -> None:
    """The requests that need no preflight (Fetch, 2.2.2), before anything is read of them."""
    sent = Sent(415, headers={**headers, "origin": "https://kwaad.test"}, known=known)
    answer = await served.client.request(**sent.arguments())

    assert answer.status_code == 415
    assert "access-control-allow-origin" not in answer.headers


async def test_what_a_browser_keeps_is_no_proof_of_who_asks(served: Served) -> None:
    """A token counts in its header only: no cookie, no address, no body."""
    mine = token()
    body = json.dumps({"query": "{__typename}", "access_token": mine}).encode()
    cookies = {"cookie": f"token={mine}; authorization=Bearer {mine}"}
    for sent in (
        Sent(401, headers={"content-type": JSON, **cookies}, known=False),
        Sent(401, path=f"/graphql?access_token={mine}", known=False),
        Sent(401, content=body, known=False),
        Sent(401, headers={"content-type": JSON, "x-authorization": f"Bearer {mine}"}, known=False),
    ):
        assert (await served.client.request(**sent.arguments())).status_code == 401


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [(PORTAL, PORTAL), ("https://kwaad.test", None), ("null", None), (f"{PORTAL}.kwaad.test", None),
     ("http://portaal.test", None), (PORTAL.upper(), None)],
)  # fmt: skip
@pytest.mark.parametrize("sent", [ADDRESSES[0], ADDRESSES[1], ADDRESSES[4], ADDRESSES[8]])
async def test_only_a_named_site_may_read_the_answer(
    sent: Sent, origin: str, allowed: str | None, served: Served
) -> None:
    """Also of a refusal; never with the browser's own credentials, never all sites."""
    sent = Sent(sent.status, content=sent.content, headers={**sent.headers, "origin": origin},
                known=sent.known)  # fmt: skip
    answer = await served.client.request(**sent.arguments())

    assert answer.status_code == sent.status
    assert answer.headers.get("access-control-allow-origin") == allowed
    assert "access-control-allow-credentials" not in answer.headers
    assert allowed is None or "Origin" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("query", "right"),
    [
        ("{persoo{leeftijd}}", ["persoon("]),
        ("query($b: Bsn!){persoon(burgerservicenummer: $b){leeftyd}}", ["leeftijd"]),
        ("query($b: Bsn!){persoon(burgerservicenumer: $b){leeftijd}}", ["burgerservicenummer"]),
        ("{persoon{leeftijd}}", ["burgerservicenummer"]),
        ("query($b: Bns!){persoon(burgerservicenummer: $b){leeftijd}}", ["Bsn"]),
        ("query($b: Int!){persoon(burgerservicenummer: $b){leeftijd}}", ["Bsn"]),
        ("{zaken(first: 1, volgorde: STARTDATUM_AFLOPENT){totalCount}}", ["STARTDATUM_AFLOPEND"]),
        ("{zaken(filter: {identificati: \"x\"}){totalCount}}", ["identificatie"]),
        ("{... on Persoo{leeftijd}}", ["Persoon"]),
        ("{zaken(first: 1){totalCount @includ(if: true)}}", []),
        ("{__schema{types{name}}}", ["Persoon"]),
        ("{__type(name: \"Persoon\"){name}}", ["Persoon"]),
    ],
)  # fmt: skip
async def test_nobody_is_told_what_there_is(query: str, right: list[str], served: Served) -> None:
    """No suggestion in any form: what would have been right stands nowhere in the answer."""
    sent = Sent(400, content=json.dumps({"query": query}).encode(), headers=GRAPHQL_JSON)
    answer = await served.client.request(**sent.arguments())

    assert answer.status_code == 400
    assert "data" not in answer.json()
    assert [name for name in ("bedoelde u", "Did you mean", *right) if name in answer.text] == []


async def test_what_went_wrong_inside_is_not_told(served: Served) -> None:
    """The field is empty for a reason that is ours to tell; the text of the fault is not."""
    query = "query($b: Bsn!){persoon(burgerservicenummer: $b){leeftijd}}"
    content = json.dumps({"query": query, "variables": {"b": "999990019"}}).encode()
    answer = await served.client.request(**Sent(200, content=content).arguments())

    (error,) = answer.json()["errors"]
    assert error["extensions"]["code"] == "BRON_FOUT"
    assert CANARY not in answer.text
    assert "999990019" not in answer.text
