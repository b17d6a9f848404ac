"""Nobody who guesses is told what there is: no suggestion, no name of the schema, no introspection.

Each guess is near something that exists. The answer holds nothing of what would have been right,
and the same code for what nearly exists as for what does not at all.
"""

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from gateway.settings import Settings
from tests.app import Outdoors, Running, Setup, gateway_for, sandbox, token
from tests.security.soak.exchange import Exchange

pytestmark = pytest.mark.anyio

B = "query($b: Bsn!)"
PERSOON = "persoon(burgerservicenummer: $b)"
GUESSES: Mapping[str, tuple[str, Mapping[str, Any], str, str, str]] = {
    "field": (f"{B}{{{PERSOON}{{%s}}}}", {}, "leeftyd", "xqzw", "leeftijd"),
    "field of the root": ("{%s{edges{node{uuid}}}}", {}, "zakn", "xqzw", "zaken"),
    "field in a fragment": (
        f"{B}{{{PERSOON}{{...A}}}} fragment A on Persoon{{%s}}", {}, "leeftyd", "xqzw", "leeftijd",
    ),
    "argument": (f"{B}{{persoon(%s: $b){{leeftijd}}}}", {}, "burgerservicenumer", "xqzw",
                 "burgerservicenummer"),
    "argument of a directive": (
        "{zaken{totalCount @include(%s: true)}}", {}, "iff", "xqzw", '"if"',
    ),
    "directive": ("{zaken{totalCount @%s(if: true)}}", {}, "deprecate", "xqzw", "deprecated"),
    "type of a variable": ("query($b: %s!){zaak(uuid: $b){uuid}}", {}, "Uid", "Xqzw", "Uuid"),
    "type of a fragment": ("{zaken{...A}} fragment A on %s{totalCount}", {}, "ZaakConnectio",
                           "Xqzw", "ZaakConnection"),
    "type of an inline fragment": ("{... on %s{totalCount}}", {}, "Quer", "Xqzw", "Query"),
    "member of an interface": (
        "query($u: Uuid!){zaak(uuid: $u){zaakobjecten{... on %s{uuid}}}}",
        {},
        "ZaakobjectAdre",
        "Xqzw",
        "ZaakobjectAdres",
    ),
    "fragment": (
        "{zaken{...%s}} fragment Lijst on ZaakConnection{totalCount}", {}, "Lijs", "Xqzw", "Lijst",
    ),
    "enum value": (
        "{zaken(volgorde: %s){totalCount}}", {}, "STARTDATUM_AFLOPENT", "XQZW",
        "STARTDATUM_AFLOPEND",
    ),
    "enum value in a variable": (
        "query($v: ZaakVolgorde){zaken(volgorde: $v){totalCount}}",
        {"v": "%s"},
        "STARTDATUM_AFLOPENT",
        "XQZW",
        "STARTDATUM_AFLOPEND",
    ),
    "field of an input": (
        "{zaken(filter: {%s: true}){totalCount}}", {}, "opem", "xqzw", "open",
    ),
    "field of an input in a variable": (
        "query($f: ZaakFilter){zaken(filter: $f){totalCount}}",
        {"f": {"%s": True}},
        "opem",
        "xqzw",
        "open",
    ),
    "variable": (
        "query($uuid: Uuid!){zaak(uuid: $%s){uuid}}", {}, "uuidd", "xqzw", "\"uuid\"",
    ),
    "subscription": ("subscription($u: Uuid!){%s(uuid: $u){uuid}}", {}, "zaakGewijzig", "xqzw",
                     "zaakGewijzigd"),
    "missing argument": ("{%s{leeftijd}}", {}, "persoon", "xqzw", "burgerservicenummer"),
    "missing selection": (f"{B}{{{PERSOON}{{%s}}}}", {}, "naam", "xqzw", "NaamPersoon"),
}  # fmt: skip
"""By what is guessed: a document with a hole, variables, a near guess, one that is near nothing,
and what would be right.
"""
INTROSPECTION = {
    "schema": "{__schema{types{name}}}",
    "type": '{__type(name: "Persoon"){fields{name}}}',
    "type by a variable": "query($n: String!){__type(name: $n){name}}",
    "under another name": "{a: __schema{b: types{c: name}}}",
    "beside a question": "{zaken(first: 1){totalCount} __schema{queryType{name}}}",
    "in an inline fragment": "{... on Query{__schema{types{name}}}}",
    "in an inline fragment without a type": "{...{__schema{types{name}}}}",
    "in a fragment": "{...A} fragment A on Query{__schema{types{name}}}",
    "in a fragment in a fragment": (
        '{...A} fragment A on Query{...B} fragment B on Query{__type(name: "Query"){name}}'
    ),
    "included": "{__schema @include(if: true){types{name}}}",
    "skipped": "{__schema @skip(if: true){types{name}} __typename}",
    "skipped by a variable": "query($s: Boolean! = true){__schema @skip(if: $s){types{name}}}",
    "in a subscription": "subscription{__schema{types{name}}}",
    "in a fragment nobody uses": "{__typename} fragment A on Query{__schema{types{name}}}",
}
NAMES = ("Persoon", "burgerservicenummer", "Zaak", "Did you mean", "bedoel")


@pytest.fixture
async def app() -> AsyncIterator[Running]:
    """The application as in production."""
    outdoors = Outdoors(sandbox(), lambda _: None)
    gateway = gateway_for(Setup(), outdoors, Settings)
    async with gateway.running():
        yield Running(None, outdoors, gateway, token())  # type: ignore[arg-type]


async def told(
    app: Running, query: str, variables: Mapping[str, Any], accept: str
) -> tuple[int, list[str], str]:
    """Status, codes and text of an answer."""
    headers = {
        "authorization": f"Bearer {app.token}",
        "content-type": "application/json",
        "accept": accept,
    }
    body = json.dumps({"query": query, "variables": variables}).encode()
    reply = await Exchange("/graphql", headers, body).with_(app.gateway.asgi)
    text = reply.content.decode()
    whole = next((line[6:] for line in text.splitlines() if line.startswith("data: {")), text)
    found = json.loads(whole)
    assert list(found) == ["errors"]
    return reply.status, [each["extensions"]["code"] for each in found["errors"]], whole


ACCEPTED = ("application/graphql-response+json", "application/json", "text/event-stream")


def _filled(variables: Mapping[str, Any], guess: str) -> Any:
    return json.loads(json.dumps(variables).replace("%s", guess))


@pytest.mark.parametrize("accept", ACCEPTED)
@pytest.mark.parametrize("guess", GUESSES)
async def test_a_guess_is_not_helped(guess: str, accept: str, app: Running) -> None:
    document, variables, near, far, right = GUESSES[guess]
    found = await told(app, document.replace("%s", near), _filled(variables, near), accept)
    missed = await told(app, document.replace("%s", far), _filled(variables, far), accept)

    assert found[0] == missed[0]
    assert set(found[1]) == set(missed[1]) or "missing" in guess
    for _, codes, text in (found, missed):
        assert set(codes) <= {"VALIDATIE", "INVOER", "ALLEEN_LEZEN", "GEEN_ABONNEMENT"}
        assert not [each for each in (right, "Did you mean", "bedoelde u") if each in text]
    assert app.outdoors.calls == []


@pytest.mark.parametrize("accept", ACCEPTED)
@pytest.mark.parametrize("form", INTROSPECTION)
async def test_the_schema_is_not_told(form: str, accept: str, app: Running) -> None:
    """In no form; with one code where it is asked for, whatever is asked beside it."""
    document = INTROSPECTION[form]
    _, codes, text = await told(app, document, {"n": "Persoon"} if "$n" in document else {}, accept)

    assert set(codes) <= {"INTROSPECTIE_UIT", "ALLEEN_LEZEN", "GEEN_ABONNEMENT"}
    assert not [each for each in NAMES if each in text]
    assert app.outdoors.calls == []
