"""Whatever a source answers, the caller gets GraphQL with known codes and nothing of the source.

Each way of being hostile is tried on every source of some scenarios, and values of every kind in
places that are chosen anew by the name of each scenario.
"""

import gzip
import json
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

import httpx
import pytest

from tests.app import Call
from tests.scenarios.scenario import read_scenario
from tests.scenarios.test_scenarios import FILES
from tests.security.twisting import Place, Twist, answered, asking, places, replaced

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

CANARY = "Kanariepietje"
TRACE = (
    f'<html><h1>500</h1><pre>Traceback (most recent call last):\\n  File "/srv/{CANARY}.py"\\n'
    f"psycopg.OperationalError: password={CANARY} host=10.0.0.5</pre></html>"
)
PROBLEM = json.dumps(
    {
        "type": f"https://10.0.0.5/{CANARY}",
        "title": f"Traceback {CANARY}",
        "detail": f"psycopg: no person {CANARY} at 10.0.0.5",
        "code": f"{CANARY} met een spatie",
        "invalidParams": [{"name": f"{CANARY} {{}}", "reason": CANARY}],
    }
)
JSON = {"content-type": "application/json"}
DRIPS = 50
"""How often a dripping source gives something before the test would go on without an end."""


class Dripping(httpx.AsyncByteStream):
    """A body that never comes to its end: the source goes away in the middle of it."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for _ in range(DRIPS):
            yield b" "
        raise httpx.ReadError(CANARY)


class Pouring(httpx.AsyncByteStream):
    """A body that is larger than anybody reads, made as it is read."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        chunk = b" " * 1_000_000
        for _ in range(1_000):
            yield chunk


def _raised(error: Exception) -> Twist:
    def twist(call: Call, original: httpx.Response) -> httpx.Response:
        raise error

    return twist


def _content(change: Callable[[bytes], bytes], status: int = 200, **headers: str) -> Twist:
    named = {**JSON, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return lambda call, original: httpx.Response(
        status, stream=httpx.ByteStream(change(original.content)), headers=named
    )


def _twice(content: bytes) -> bytes:
    """The same object, and behind it every name of it again with something else."""
    value = json.loads(content)
    if not isinstance(value, dict):
        return content
    again = ",".join(f"{json.dumps(name)}:{json.dumps(CANARY)}" for name in value)
    return content.rstrip()[:-1] + b"," + again.encode() + b"}"


BOMB = gzip.compress(gzip.compress(b"0" * 10_000_000))
HOSTILE: Mapping[str, tuple[Twist, frozenset[str]]] = {
    name: (twist, frozenset(codes.split()))
    for name, twist, codes in (
        (
            "a page with a stack trace, 500",
            _content(lambda _: TRACE.encode(), 500, content_type="text/html"),
            "BRON_FOUT",
        ),
        (
            "a page with a stack trace, 200",
            _content(lambda _: TRACE.encode(), content_type="text/html"),
            "BRON_FOUT",
        ),
        (
            "a page that says 404",
            _content(lambda _: TRACE.encode(), 404, content_type="text/html"),
            "BRON_FOUT",
        ),
        ("a page that says it is JSON", _content(lambda _: TRACE.encode()), "BRON_FOUT"),
        (
            "secrets in a problem, 400",
            _content(lambda _: PROBLEM.encode(), 400),
            "BRON_FOUT INVOER NIET_GEVONDEN",
        ),
        ("secrets in a problem, 401", _content(lambda _: PROBLEM.encode(), 401), "BRON_FOUT"),
        ("secrets in a problem, 403", _content(lambda _: PROBLEM.encode(), 403), "BRON_FOUT"),
        ("secrets in a problem, 500", _content(lambda _: PROBLEM.encode(), 500), "BRON_FOUT"),
        (
            "secrets in a problem, 503",
            _content(lambda _: PROBLEM.encode(), 503, retry_after="9999"),
            "BRON_ONBEREIKBAAR",
        ),
        (
            "secrets in a problem, 429",
            _content(lambda _: PROBLEM.encode(), 429, retry_after="9999"),
            "QUOTA",
        ),
        (
            "a redirect",
            _content(lambda _: b"", 302, location=f"https://kwaad.test/{CANARY}"),
            "BRON_FOUT",
        ),
        (
            "a redirect for ever",
            _content(lambda _: b"", 308, location="https://bronnen.test/admin"),
            "BRON_FOUT",
        ),
        (
            "a redirect to another scheme",
            _content(lambda _: b"", 307, location="gopher://127.0.0.1"),
            "BRON_FOUT",
        ),
        (
            "a redirect to another port",
            _content(lambda _: b"", 301, location="https://bronnen.test:8443/"),
            "BRON_FOUT",
        ),
        (
            "a redirect with a user",
            _content(lambda _: b"", 303, location="https://bronnen.test@kwaad.test"),
            "BRON_FOUT",
        ),
        ("a bomb", _content(lambda _: BOMB, content_encoding="gzip, gzip"), "BRON_FOUT"),
        ("a bomb of another kind", _content(lambda _: BOMB, content_encoding="br"), "BRON_FOUT"),
        (
            "an encoding that it is not",
            _content(lambda was: was, content_encoding="deflate"),
            "BRON_FOUT",
        ),
        (
            "more than it is long",
            _content(lambda was: was, content_length="99999999999"),
            "BRON_FOUT",
        ),
        (
            "without an end",
            lambda call, original: httpx.Response(200, stream=Pouring(), headers=JSON),
            "BRON_FOUT",
        ),
        (
            "drop by drop",
            lambda call, original: httpx.Response(200, stream=Dripping(), headers=JSON),
            "BRON_ONBEREIKBAAR",
        ),
        ("Latin-1", _content(lambda was: was[:-1] + b',"x":"Jos\xe9"}'), "BRON_FOUT"),
        ("UTF-16", _content(lambda was: was.decode().encode("utf-16")), "BRON_FOUT"),
        ("a mark before it", _content(lambda was: b"\xef\xbb\xbf" + was), "BRON_FOUT"),
        (
            "another charset",
            _content(lambda was: was, content_type="application/json; charset=latin-1"),
            "BRON_FOUT",
        ),
        ("half of it", _content(lambda was: was[: len(was) // 2]), "BRON_FOUT"),
        ("nothing", _content(lambda _: b""), "BRON_FOUT"),
        ("twice the same", _content(lambda was: was + was), "BRON_FOUT"),
        ("NaN", _content(lambda was: was[:-1] + b',"x":NaN}'), "BRON_FOUT"),
        ("a number without an end", _content(lambda was: was[:-1] + b',"x":1e999}'), "BRON_FOUT"),
        ("nested 100,000 deep", _content(lambda _: b'{"results":' + b"[" * 100_000), "BRON_FOUT"),
        ("every name twice", _content(_twice), "*"),
        ("a list of nothing", _content(lambda _: b"[]"), "*"),
        ("an empty object", _content(lambda _: b"{}"), "*"),
        ("null", _content(lambda _: b"null"), "*"),
        ("a number", _content(lambda _: b"5"), "*"),
        ("a text", _content(lambda _: json.dumps(CANARY).encode()), "*"),
        ("no connection", _raised(httpx.ConnectError(CANARY)), "BRON_ONBEREIKBAAR"),
        ("no answer", _raised(httpx.ReadTimeout(CANARY)), "BRON_TIMEOUT"),
        ("a broken protocol", _raised(httpx.RemoteProtocolError(CANARY)), "BRON_ONBEREIKBAAR"),
        ("what nobody foresaw", _raised(RuntimeError(CANARY)), "BRON_FOUT"),
    )
}
"""By name what is done to an answer, and the codes of which an error then has one; `*` for any."""
SOME = ["zgw/zaak-met-documenten", "brp/partner_and_children", "bag/free_text", "hr/op_rsin",
        "klant/contacts_of_a_person", "objecten/zaak-met-vergunningen", "woz/value_of_a_year",
        "producten/person_and_products", "pdok/the_chosen_address",
        "brk/property_of_a_person"]  # fmt: skip
SCENARIOS = [path for path in FILES if f"{path.parent.name}/{path.stem}" in SOME]


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: f"{path.parent.name}/{path.stem}")
async def test_a_hostile_source(path: Path) -> None:
    """Its text is in no error, every error has a code that says what was wrong, none is a 500."""
    wrong: list[str] = []
    async with asking(read_scenario(path)) as asked:
        sources = sorted({call.source for call, _ in asked.answers})
        for name, (twist, codes) in HOSTILE.items():
            for source in sources:
                asked.afresh()
                answer = await asked.twisted(_only(source, twist))
                found = [*asked.astray(), *asked.misanswered(answer, CANARY, "10.0.0.5")]
                told = {each["extensions"]["code"] for each in answer.json().get("errors", [])}
                if source == sources[0] and "*" not in codes and not told & codes:
                    found.append(f"codes {sorted(told)}")
                wrong += [f"{source}, {name}: {each}" for each in found]

    assert wrong == []


def _only(source: str, twist: Twist) -> Twist:
    return lambda call, was: twist(call, was) if call.source == source else was


VALUES: Mapping[str, Callable[[Any], Any]] = {
    "null": lambda _: None,
    "true": lambda _: True,
    "a number": lambda _: 17,
    "a fraction": lambda _: -0.5,
    "a number of 300 digits": lambda _: 10**299,
    "a text": lambda _: CANARY,
    "no text": lambda _: "",
    "a long text": lambda _: CANARY * 10_000,
    "half a surrogate pair": lambda _: "\ud800",
    "control characters": lambda _: "a\x00\x1b[31m\u202e",
    "a list of it": lambda was: [was],
    "a list": lambda _: [],
    "a list of everything": lambda _: [None, 1, CANARY, [], {}],
    "an object": lambda _: {},
    "it in an object": lambda was: {"waarde": was},
    "it a hundred times": lambda was: [was] * 100,
    "deep": lambda _: _nested(200),
    "names of a class": lambda _: {"__class__": CANARY, "__proto__": {"a": 1}},
    "a BSN": lambda _: "999990020",
    "a uuid": lambda _: "00000000-0000-4000-8000-000000000000",
    "a date that is none": lambda _: "2026-02-31",
    "an infinite date": lambda _: "999999-12-31T99:99:99+99:99",
}
"""What a source may write where something else should stand."""
TRIES = 6


def _nested(depth: int) -> Any:
    value: Any = CANARY
    for level in range(depth):
        value = [value] if level % 2 else {"a": value}
    return value


@pytest.mark.parametrize("folder", sorted({path.parent for path in FILES}), ids=lambda f: f.name)
async def test_a_value_of_another_kind(folder: Path) -> None:
    """At any place, the whole answer too: a field may fail, with a code; nothing goes astray."""
    chance = Random(crc32(folder.name.encode()))
    wrong: list[str] = []
    for path in sorted(folder.glob("*.md")):
        async with asking(read_scenario(path)) as asked:
            found = sorted(
                {place for call, value in asked.answers for place, _ in places(call, value)}
            )
            for place in chance.sample(found, min(TRIES, len(found))):
                name = chance.choice(sorted(VALUES))
                answer = await asked.twisted(_valued(place, VALUES[name]))
                written = json.dumps(VALUES[name](None))
                mistakes = [*asked.astray(written), *asked.misanswered(answer, CANARY)]
                wrong += [f"{path.stem}, {'.'.join(place)}, {name}: {each}" for each in mistakes]

    assert wrong == []


def _valued(place: Place, change: Callable[[Any], Any]) -> Twist:
    def twist(call: Call, original: httpx.Response) -> httpx.Response:
        if "json" not in original.headers.get("content-type", ""):
            return original
        return answered(original, replaced(call, original.json(), place, change))

    return twist
