"""Which media types are read and written."""

import pytest

from gateway.edge.negotiate import EVENTS, GRAPHQL_JSON, JSON, answer_type, is_json, wants_events


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ([], JSON),
        (["*/*"], JSON),
        (["application/*"], JSON),
        ([JSON], JSON),
        ([GRAPHQL_JSON], GRAPHQL_JSON),
        (["Application/GraphQL-Response+JSON"], GRAPHQL_JSON),
        ([f"{GRAPHQL_JSON}, {JSON}"], GRAPHQL_JSON),
        ([f"{JSON}, {GRAPHQL_JSON}"], GRAPHQL_JSON),
        ([JSON, GRAPHQL_JSON], GRAPHQL_JSON),
        ([f"{GRAPHQL_JSON}; charset=utf-8, {JSON}; charset=utf-8"], GRAPHQL_JSON),
        ([f"{GRAPHQL_JSON};q=0.8, {JSON};q=0.9"], JSON),
        ([f"{GRAPHQL_JSON};q=0.9, {JSON};q=0.8"], GRAPHQL_JSON),
        ([f"{GRAPHQL_JSON}, */*"], GRAPHQL_JSON),
        ([f"{JSON}, */*"], JSON),
        ([f"{JSON};q=0.5, */*"], GRAPHQL_JSON),
        ([f"{JSON};q=0, */*"], GRAPHQL_JSON),
        ([f"{GRAPHQL_JSON};q=0, */*;q=0.1"], JSON),
        (["text/html, application/*;q=0.1"], JSON),
        ([f"{JSON};charset=utf-16, {GRAPHQL_JSON};q=0.1"], GRAPHQL_JSON),
        (["text/html"], None),
        ([""], None),
        ([f"{JSON};q=0"], None),
        (["*/*;q=0.000"], None),
        ([f"{JSON};q=2"], None),
        ([f"{JSON};q=nan"], None),
        (["application/*;q=0, */*"], None),
    ],
)
def test_the_answer_is_in_what_the_client_wants_most(
    accept: list[str], expected: str | None
) -> None:
    """GraphQL's own where named, application/json for a wildcard, None where neither will do."""
    assert expected == answer_type(accept)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ([EVENTS], True),
        ([f"{EVENTS}, */*;q=0.1"], True),
        ([EVENTS, "multipart/mixed"], True),
        ([f"{EVENTS};q=0"], False),
        ([f"{EVENTS}, {JSON};q=0"], True),
        ([f"{EVENTS}, {JSON}"], False),
        ([EVENTS, GRAPHQL_JSON], False),
        (["text/*"], False),
        (["*/*"], False),
        ([], False),
    ],
)
def test_a_stream_of_events_is_for_who_names_it_and_no_json(
    accept: list[str], expected: bool
) -> None:
    assert expected is wants_events(accept)


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ([JSON], True),
        (["Application/JSON;charset=UTF-8"], True),
        (['application/json; charset="utf-8"'], True),
        (["application/json;"], True),
        ([], False),
        ([""], False),
        ([JSON, JSON], False),
        (["application/json; charset=latin1"], False),
        (["application/json; x=y"], False),
        (["text/json"], False),
        ([GRAPHQL_JSON], False),
    ],
)
def test_only_json_in_utf_8_is_read(content_type: list[str], expected: bool) -> None:
    """One content type, and no other encoding."""
    assert expected is is_json(content_type)
