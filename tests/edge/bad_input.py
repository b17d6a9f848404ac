"""Every class of bad input that needs no particular schema, as data: what is sent, what comes back.

For whoever tests an application, be it with a stand-in for the operation or the whole. A case is
sent with a valid token. Whatever it is, the answer holds errors with the expected code and no
`data`, repeats no canary, and no source is asked.
"""

import gzip
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

CANARY: Final = "Kanariepietje"
CANARY_BSN: Final = "999990019"
JSON: Final = "application/json"
GRAPHQL_JSON: Final = "application/graphql-response+json"


@dataclass(frozen=True, slots=True)
class BadInput:
    """One request and what it gets.

    `status` is for a client that accepts GraphQL's own media type, and `json_status` for one that
    accepts only application/json: 200 where the question itself is wrong, the same where HTTP is.
    `accept` replaces both, `chunked` sends the body without its length, `suffix` follows the
    address, and `allow` is the expected header of that name.
    """

    name: str
    status: int
    code: str
    content: bytes = b""
    json_status: int | None = None
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": JSON})
    suffix: str = ""
    accept: str | None = None
    chunked: bool = False
    allow: str | None = None

    def request(self, media_type: str) -> dict[str, Any]:
        """The arguments of `httpx.AsyncClient.request`, but for the address and the token."""
        headers = {**self.headers, "Accept": self.accept or media_type}
        content = _chunks(self.content) if self.chunked else self.content
        return {"method": self.method, "headers": headers, "content": content}

    def expected_status(self, media_type: str) -> int:
        """The status where this media type is accepted."""
        if media_type == JSON and self.json_status is not None:
            return self.json_status
        return self.status


async def _chunks(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 65_536):
        yield content[start : start + 65_536]


def body(query: object, **members: object) -> bytes:
    """A request's body with this query."""
    return json.dumps({"query": query, **members}).encode()


def _wire(name: str, content: bytes) -> BadInput:
    return BadInput(name, 400, "INVOER", content)


def _question(name: str, code: str, query: str, **members: object) -> BadInput:
    return BadInput(name, 400, code, body(query, **members), json_status=200)


def _typed(name: str, content_type: str) -> BadInput:
    return BadInput(
        name, 415, "MEDIATYPE", body("{__typename}"), headers={"Content-Type": content_type}
    )


def _method(method: str) -> BadInput:
    content = b"" if method == "HEAD" else body("{__typename}")
    return BadInput(f"B10 {method}", 405, "METHODE", content, method=method, allow="POST")


_NUMBER: Final = '{"query":"{__typename}","variables":{"x":%s}}'
_VARIABLES: Final = '{"query":"{__typename}","variables":%s}'
_FIELDS: Final = " ".join(f"{CANARY}{number}" for number in range(201))
_FAN_OUT: Final = "{...F0}" + "".join(
    f"fragment F{number} on Query{{...F{number + 1} ...F{number + 1}}}" for number in range(29)
)

NOT_JSON: Final = [
    _wire("B1 empty body", b""),
    _wire("B1 no JSON", CANARY.encode()),
    _wire("B1 truncated", b'{"query":"{__typename}","variables":{"bsn":"999990019"'),
    _wire("B1 something after it", b'{"query":"{__typename}"} {}'),
    _wire("B1 control character in a string", b'{"query":"{__typename}\x01"}'),
    _wire("B2 string", b'"{__typename}"'),
    _wire("B2 number", b"5"),
    _wire("B2 null", b"null"),
    _wire("B2 array of scalars", b"[1,2]"),
    _wire("B3 invalid UTF-8", b'{"query":"{__typename}","x":"\xff\xfe"}'),
    _wire("B3 byte order mark", b"\xef\xbb\xbf" + body("{__typename}")),
    _wire("B3 UTF-16 with a mark", '{"query":"{__typename}"}'.encode("utf-16")),
    _wire("B3 UTF-16 without a mark", '{"query":"{__typename}"}'.encode("utf-16-le")),
    _wire("B4 33 deep", (_VARIABLES % ('{"a":' * 31 + "[1]" + "}" * 31)).encode()),
    _wire("B4 200,000 deep", b"[" * 200_000),
    _wire("B4 200,000 deep, in an object", b'{"query":' + b'{"a":' * 150_000),
    _wire("B5 number of 5,000 digits", (_NUMBER % ("9" * 5_000)).encode()),
    _wire("B5 more than 64 bits", (_NUMBER % 2**63).encode()),
    _wire("B5 NaN", (_NUMBER % "NaN").encode()),
    _wire("B5 Infinity", (_NUMBER % "-Infinity").encode()),
    _wire("B5 1e999", (_NUMBER % "1e999").encode()),
    _wire("a name twice", b'{"query":"{__typename}","query":"{Kanariepietje}"}'),
    _wire("a name twice, deep", (_VARIABLES % '{"a":{"b":1,"b":2}}').encode()),
    _wire("B30 half a surrogate pair", (_VARIABLES % r'{"a":"\ud800"}').encode()),
    _wire("B30 half a surrogate pair in a name", (_VARIABLES % r'{"\udfff":1}').encode()),
]
NOT_READ: Final = [
    BadInput("B6 declared", 413, "LIMIET", body("{__typename}", x=CANARY * 100_000)),
    BadInput("B6 chunked", 413, "LIMIET", body("{__typename}", x=CANARY * 100_000), chunked=True),
    BadInput("B7 missing", 415, "MEDIATYPE", body("{__typename}"), headers={}),
    _typed("B7 text", "text/plain"),
    _typed("B7 form", "application/x-www-form-urlencoded"),
    _typed("B7 multipart", "multipart/form-data; boundary=x"),
    _typed("B7 GraphQL", "application/graphql"),
    _typed("B7 another charset", "application/json; charset=iso-8859-1"),
    _typed("B7 another parameter", "application/json; profile=x"),
    _typed("B7 two in one", "application/json, text/plain"),
    BadInput(
        "B8 gzip bomb",
        415,
        "MEDIATYPE",
        gzip.compress(b" " * 10_000_000),
        headers={"Content-Type": JSON, "Content-Encoding": "gzip"},
    ),
    BadInput(
        "B8 identity",
        415,
        "MEDIATYPE",
        body("{__typename}"),
        headers={"Content-Type": JSON, "Content-Encoding": "identity"},
    ),
    BadInput(
        "B9 GET",
        405,
        "METHODE",
        method="GET",
        suffix="?query={__typename}",
        headers={},
        allow="POST",
    ),
    BadInput(
        "B9 GET with a mutation",
        405,
        "METHODE",
        method="GET",
        suffix="?query=mutation{__typename}",
        headers={},
        allow="POST",
    ),
    BadInput(
        "B9 HEAD", 405, "METHODE", method="HEAD", suffix="?query={a}", headers={}, allow="POST"
    ),
    *(_method(method) for method in ("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS")),
    BadInput("B11 other", 406, "MEDIATYPE", body("{__typename}"), accept="text/html"),
    BadInput(
        "B11 all refused", 406, "MEDIATYPE", body("{__typename}"), accept="application/json;q=0"
    ),
    BadInput("B11 unreadable", 406, "MEDIATYPE", body("{__typename}"), accept="*/*;q=veel"),
    BadInput(
        "B12 headers over 16 kB",
        431,
        "LIMIET",
        body("{__typename}"),
        headers={"Content-Type": JSON, "X-Groot": CANARY * 1_300},
    ),
    BadInput(
        "B12 over 64 headers",
        431,
        "LIMIET",
        body("{__typename}"),
        headers={"Content-Type": JSON, **{f"X-{number}": CANARY for number in range(64)}},
    ),
    BadInput("B12 URL over 8 kB", 414, "LIMIET", body("{__typename}"), suffix="?x=" + CANARY * 700),
]
NOT_SHAPED: Final = [
    _wire("B13 no query", b'{"quer":"{Kanariepietje}"}'),
    _wire("B13 null", body(None)),
    _wire("B13 number", body(7)),
    _wire("B13 list", body([CANARY])),
    _wire("B14 variables a list", body("{__typename}", variables=[CANARY])),
    _wire("B14 variables a string", body("{__typename}", variables="{}")),
    _wire("B14 variables false", body("{__typename}", variables=False)),
    _wire("B14 extensions a list", body("{__typename}", extensions=[CANARY])),
    _wire("B14 extensions a number", body("{__typename}", extensions=0)),
    _wire("B14 strikt no boolean", body("{__typename}", extensions={"strikt": CANARY})),
    BadInput(
        "B14 strikt empty in a header",
        400,
        "INVOER",
        body("{__typename}"),
        headers={"Content-Type": JSON, "Bronpoort-Strikt": ""},
    ),
    _wire("B15 operationName a number", body("{__typename}", operationName=5)),
    _wire("B16 batch", b'[{"query":"{__typename}"},{"query":"{__typename}"}]'),
    _wire("B16 empty batch", b"[]"),
]
NOT_ASKABLE: Final = [
    _question("B15 more than one operation", "LIMIET", "query A{__typename} query B{__typename}"),
    _question("B17 syntax error", "SYNTAX", f"{{ {CANARY}("),
    _question("B17 empty", "SYNTAX", ""),
    _question("B17 NUL", "SYNTAX", "{\x00}"),
    _question("B18 characters", "LIMIET", "{__typename}" + " " * 15_000),
    _question("B18 tokens", "LIMIET", "{" + f"{CANARY} " * 1_000 + "}"),
    _question("B18 brackets", "LIMIET", f"{{{CANARY}(x:" + "[" * 100 + "]" * 100 + ")}"),
    _question("B19 depth", "LIMIET", f"{{{CANARY}" * 11 + "}" * 11),
    _question("B20 aliases", "LIMIET", "{" + " ".join(f"a{n}:{CANARY}" for n in range(16)) + "}"),
    _question("B21 root fields", "LIMIET", "{" + " ".join(f"a{n}" for n in range(11)) + "}"),
    _question("B21 fields", "LIMIET", f"{{a{{{_FIELDS}}}}}"),
    _question(
        "B22 directives",
        "LIMIET",
        "{" + " ".join(f"a{n % 9}@skip(if:true)@include(if:true)" for n in range(11)) + "}",
    ),
    _question("B22 duplicate", "VALIDATIE", "{__typename @skip(if:false) @skip(if:false)}"),
    _question("B22 unknown", "VALIDATIE", f"{{__typename @{CANARY}}}"),
    _question(
        "B23 circular", "VALIDATIE", "{...A} fragment A on Query{...B} fragment B on Query{...A}"
    ),
    _question("B23 circular, itself", "VALIDATIE", "{...A} fragment A on Query{...A}"),
    _question("B24 fan-out", "LIMIET", _FAN_OUT + "fragment F29 on Query{__typename}"),
    _question(
        "B24 fragments", "LIMIET", "{a}" + " ".join(f"fragment F{n} on Q{{a}}" for n in range(31))
    ),
    _question("a mutation", "ALLEEN_LEZEN", "mutation{__typename}"),
    _question("a subscription", "ALLEEN_LEZEN", "subscription{__typename}"),
    _question("a definition", "VALIDATIE", f"type {CANARY}{{a:Int}}"),
]
WITHOUT_INTROSPECTION: Final = [
    _question("B25 __schema", "INTROSPECTIE_UIT", "{__schema{types{name}}}"),
    _question("B25 __type", "INTROSPECTIE_UIT", f'{{__type(name:"{CANARY}"){{name}}}}'),
    _question(
        "B25 in a fragment",
        "INTROSPECTIE_UIT",
        "{...A} fragment A on Query{... on Query{__schema{types{name}}}}",
    ),
]

ALL: Final = [*NOT_JSON, *NOT_READ, *NOT_SHAPED, *NOT_ASKABLE, *WITHOUT_INTROSPECTION]
"""For an application without introspection."""
