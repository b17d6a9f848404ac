"""Which media type a request is in and its answer may be in (per request).

From the GraphQL-over-HTTP draft ("Media Types") and RFC 9110 (8.3 and 12.5.1): requests are
`application/json` in UTF-8; answers are `application/graphql-response+json` where the client names
it, and else `application/json`.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

JSON: Final = "application/json"
GRAPHQL_JSON: Final = "application/graphql-response+json"
EVENTS: Final = "text/event-stream"

_QUALITY: Final = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)", re.ASCII)
_UTF_8: Final = frozenset({"utf-8", "utf8"})


def answer_type(accept: Sequence[str]) -> str | None:
    """The media type to answer in, from the values of `Accept`; None if neither is acceptable.

    Of types equally wanted, GraphQL's own goes first, and one that is named goes before one that
    only a wildcard covers: a client that says `*/*` or nothing may not know GraphQL's own.
    """
    return _answer_type(tuple(accept)) if accept else JSON


@lru_cache(64)
def _answer_type(accept: tuple[str, ...]) -> str | None:
    ranges = dict(_ranges(accept))
    wanted = [(*_want(type_, ranges), type_) for type_ in (GRAPHQL_JSON, JSON)]
    quality, named, type_ = max(wanted, key=lambda each: each[:2])
    if not quality:
        return None
    return type_ if named else JSON if wanted[1][0] == quality else type_


def wants_events(accept: Sequence[str]) -> bool:
    """Whether a stream of events is named and JSON is not: some clients name all that they know,
    for whatever they ask.
    """
    return bool(accept) and _wants_events(tuple(accept))


@lru_cache(64)
def _wants_events(accept: tuple[str, ...]) -> bool:
    ranges = dict(_ranges(accept))
    return bool(ranges.get(EVENTS)) and not any(map(ranges.get, (GRAPHQL_JSON, JSON)))


def is_json(content_type: Sequence[str]) -> bool:
    """Whether the values of `Content-Type` are one, and it is JSON in UTF-8 (RFC 8259, 8.1)."""
    return len(content_type) == 1 and _is_json(content_type[0])


@lru_cache(64)
def _is_json(content_type: str) -> bool:
    type_, parameters = _media_type(content_type)
    return type_ == JSON and all(
        name == "charset" and value in _UTF_8 for name, value in parameters.items()
    )


def _want(type_: str, ranges: dict[str, float]) -> tuple[float, bool]:
    """How much a type is wanted (0 to 1), and whether it is named; the closest range decides."""
    if type_ in ranges:
        return ranges[type_], True
    return ranges.get("application/*", ranges.get("*/*", 0.0)), False


def _ranges(accept: Sequence[str]) -> Iterator[tuple[str, float]]:
    for part in ",".join(accept).split(","):
        type_, parameters = _media_type(part)
        quality = parameters.get("q", "1")
        if parameters.get("charset", "utf-8") in _UTF_8 and _QUALITY.fullmatch(quality):
            yield type_, float(quality)


def _media_type(text: str) -> tuple[str, dict[str, str]]:
    """`Type/Sub; Name="Value"` as (type/sub, {name: value}), all in lower case."""
    type_, *parameters = (part.strip().lower() for part in text.split(";"))
    pairs = (part.partition("=") for part in parameters if part)
    return type_, {name.strip(): value.strip().strip('"') for name, _, value in pairs}
