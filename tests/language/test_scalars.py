"""What a client may send for each scalar, what it is told when refused, what a source may give."""

from typing import Any

import pytest
from graphql import GraphQLScalarType
from hypothesis import given
from hypothesis import strategies as st

from schema.language.scalars import (
    MAX_TEXT,
    SCALARS,
    JsonObject,
    ScalarSpec,
    definition,
    elfproef,
)
from tests.registry import shared_facts

BY_NAME = {spec.name: spec for spec in SCALARS.values()}

GOOD: dict[str, list[tuple[Any, Any]]] = {
    "Bsn": [("999990019", "999990019"), ("ref_" + "Aa0-_" * 40, "ref_" + "Aa0-_" * 40)],
    "Rsin": [("999990019", "999990019")],
    "Reisdocumentnummer": [("NX1234567", "NX1234567")],
    "KvkNummer": [("01234567", "01234567")],
    "Vestigingsnummer": [("012345678901", "012345678901")],
    "Gemeentecode": [("0999", "0999")],
    "Postcode": [("1234AB", "1234AB"), ("1234 AB", "1234AB")],
    "Huisnummer": [(1, 1), (99_999, 99_999)],
    "Huisletter": [("a", "a"), ("Z", "Z")],
    "Huisnummertoevoeging": [("1", "1"), ("bis", "bis"), ("A1b2", "A1b2")],
    "AdresseerbaarObjectId": [("0999010000000001", "0999010000000001")],
    "NummeraanduidingId": [("0999200000000001", "0999200000000001")],
    "PandId": [("0999100000000001", "0999100000000001")],
    "OpenbareRuimteId": [("0999300000000001", "0999300000000001")],
    "WoonplaatsId": [("3560", "3560")],
    "KadastraalOnroerendeZaakId": [("1", "1"), ("9" * 15, "9" * 15)],
    "KadastraleAanduiding": [
        (text, text) for text in ("Weidevaart A 12", "WDV00 AB 12345", "'s-Hertogenbosch A 1 A9999")
    ],
    "WozObjectId": [("099900000001", "099900000001")],
    "Datum": [("2026-02-28", "2026-02-28"), ("2024-02-29", "2024-02-29")],
    "DatumIncompleet": [("2026", "2026"), ("2026-12", "2026-12"), ("2026-12-31", "2026-12-31")],
    "Tijdstip": [
        ("2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z"),
        ("2026-01-31T12:00Z", "2026-01-31T12:00Z"),
        ("2026-01-31T23:59:59.123456+02:00", "2026-01-31T23:59:59.123456+02:00"),
    ],
    "Duur": [(text, text) for text in ("P30D", "P1Y2M3W4D", "PT5M", "P1DT2H3M4S")],
    "Jaar": [("2026", "2026")],
    "Uuid": [("3FA85F64-5717-4562-B3FC-2C963F66AFA6", "3fa85f64-5717-4562-b3fc-2c963f66afa6")],
    "Getal": [(0, 0), (-1.5, -1.5), (999_999_999_999_999, 999_999_999_999_999)],
    "Zoektekst": [("Dorpsstraat 1", "Dorpsstraat 1"), ("é'" * 128, "é'" * 128), ("a/b%", "a/b%")],
    "Identificatie": [("ZAAK-2026-0001", "ZAAK-2026-0001"), ("a.b_c:d", "a.b_c:d")],
    "Cursor": [("Mw==", "Mw=="), ("c3", "c3"), ("-_" * 512, "-_" * 512)],
    "Geometrie": [],
    "JsonObject": [],
    "PersoonRef": [],
    "Downloadlink": [],
}

STRANGE: list[Any] = [
    None,
    "",
    " ",
    "\x00",
    "\n",
    "\ud800",
    "x" * 10_000,
    1.5,
    True,
    -1,
    [],
    {},
    b"1",
    ["999990019"],
    {"a": 1},
    float("nan"),
    10**40,
]

BAD: dict[str, list[Any]] = {
    "Bsn": [
        *("999990018", "000000000", "99999001", "9999900190", "999 990 019", 999990019),
        *("ref_", "ref_a b", "ref_" + "a" * 201, "ref_a\n", "REF_a", "ref-a"),
    ],
    "Rsin": ["123456789", "000000000"],
    "Reisdocumentnummer": ["nx1234567", "NX123456", "NX12345678", "NX-123456"],
    "KvkNummer": ["1234567", "123456789", "1234567a", 12345678],
    "Vestigingsnummer": ["01234567890", "0123456789012"],
    "Gemeentecode": ["999", "09990", 999],
    "Postcode": ["0234AB", "1234ab", "1234  AB", "1234\tAB", "1234A", "12345AB"],
    "Huisnummer": [0, -1, 100_000, "1", 1.0, True],
    "Huisletter": ["ab", "1", "é"],
    "Huisnummertoevoeging": ["abcde", "a b", "é", "-"],
    "AdresseerbaarObjectId": ["0999040000000001", "0999100000000001", "099901000000000"],
    "NummeraanduidingId": ["0999010000000001"],
    "PandId": ["0999200000000001"],
    "OpenbareRuimteId": ["0999200000000001"],
    "WoonplaatsId": ["356", "35600"],
    "KadastraalOnroerendeZaakId": ["1" * 16, "1a", 12],
    "KadastraleAanduiding": [
        "Weidevaart",
        "Weidevaart J 12",
        "Weidevaart A 012",
        "Weidevaart A 123456",
        "Weidevaart/x A 12",
        "Weidevaart A 12 B3",
        "x" * 80 + " A 12",
    ],
    "WozObjectId": ["09990000001", "0999000000001"],
    "Datum": ["2026-02-29", "2026-13-01", "0000-01-01", "26-01-01", "2026-1-1", "20260131"],
    "DatumIncompleet": ["2026-13", "2026-02-30", "26", "2026-", "0000"],
    "Tijdstip": [
        "2026-01-31",
        "2026-01-31T12:00:00",
        "2026-01-31T25:00:00Z",
        "2026-01-31T12:00:00+99:99",
        "2026-01-31T120000Z",
        "2026-01-31T12:00:00.1234567Z",
        "2026-01-31 12:00:00Z",
    ],
    "Duur": ["P", "PT", "P1YT", "30D", "P1.5D", "P-1D", "P1D2Y", f"P{'9' * 10}D"],
    "Jaar": ["26", "02026"],
    "Uuid": ["3fa85f64", "3fa85f6457174562b3fc2c963f66afa6", "g" * 36],
    "Getal": [10**15, float("inf"), float("-inf"), "1"],
    "Zoektekst": ["x" * (MAX_TEXT + 1), "\t", "a\u2028b"],
    "Identificatie": ["a/b", "a\\b", "a%2fb", "..", "a..b", "x" * (MAX_TEXT + 1)],
    "Cursor": ["a b", "=", "a===", "é", "x" * 1025, "../x"],
    "Geometrie": ["{}", {"type": "Point"}],
    "JsonObject": ["{}", {"a": 1}],
    "PersoonRef": ["ref_x", "999990019"],
    "Downloadlink": ["/documenten/x", ["a"]],
}

UNSAFE = [
    *(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))),
    *"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\ufeff",
    "\ud800",
    "\udbff",
    "\udc00",
    "\udfff",
]
UNICODE_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")  # noqa: RUF001


def test_every_scalar_is_in_these_tables() -> None:
    """A new scalar comes with what it takes and what it refuses."""
    assert BY_NAME.keys() == GOOD.keys() == BAD.keys()


@pytest.mark.parametrize(
    ("name", "sent", "used"), [(name, *pair) for name in GOOD for pair in GOOD[name]]
)
def test_what_is_accepted(name: str, sent: Any, used: Any) -> None:
    """The value that is used is the one sent, written in one way."""
    assert BY_NAME[name].accepts(sent) == used


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        (name, value)
        for name in BAD
        for value in (*BAD[name], *STRANGE)
        if name != "Getal" or value not in (1.5, -1)
    ],
)
def test_what_is_refused(name: str, sent: Any) -> None:
    """Refused with `ValueError`, whatever it is."""
    with pytest.raises(ValueError):  # the refusal says nothing on purpose
        BY_NAME[name].accepts(sent)


@pytest.mark.parametrize("name", [name for name in GOOD if GOOD[name]])
def test_no_other_digits_and_nothing_around_it(name: str) -> None:
    """Digits are ASCII, and a good value with something before or behind it is no good value."""
    good = GOOD[name][0][0]
    if not isinstance(good, str):
        return
    for strange in (good.translate(UNICODE_DIGITS), good.translate(FULL_WIDTH)):
        if strange != good and name not in ("Zoektekst", "Identificatie"):
            _refused(name, strange)
    for strange in (good + "\n", "\n" + good, good + "\x00", "\u202e" + good, good + "\ud800"):
        _refused(name, strange)


@pytest.mark.parametrize("name", ["Zoektekst", "Identificatie"])
@pytest.mark.parametrize("unsafe", UNSAFE)
def test_free_text_holds_no_character_that_is_not_seen(name: str, unsafe: str) -> None:
    """Control, direction, line separator and surrogate characters are refused at any place."""
    for text in (unsafe, f"a{unsafe}", f"{unsafe}a", f"a{unsafe}b"):
        _refused(name, text)


def _refused(name: str, value: Any) -> None:
    with pytest.raises(ValueError):
        BY_NAME[name].accepts(value)


@given(st.text(alphabet="0123456789", min_size=9, max_size=9))
def test_the_elfproef_finds_any_one_wrong_digit(number: str) -> None:
    """Changing one digit of a good number gives a bad one, which is what the check is for."""
    if not elfproef(number):
        return
    for place, digit in enumerate(number):
        other = str((int(digit) + 1) % 10)
        changed = number[:place] + other + number[place + 1 :]

        assert not elfproef(changed)


@pytest.mark.parametrize("spec", SCALARS.values(), ids=lambda spec: spec.name)
def test_a_refusal_never_holds_the_value(spec: ScalarSpec) -> None:
    """The message says what is expected, in Dutch, and ends as a sentence."""
    assert spec.refusal == f"Verwacht voor {spec.name}: {spec.expected}."
    assert spec.description.endswith(".")


def test_who_a_person_is_is_sensitive() -> None:
    """What names one person may stand in no document."""
    sensitive = {spec.name for spec in SCALARS.values() if spec.sensitive}

    assert sensitive == {"Bsn", "Reisdocumentnummer"}


def scalar(name: str) -> GraphQLScalarType:
    """The scalar as it is published."""
    made = shared_facts().schema.type_map[name]
    assert isinstance(made, GraphQLScalarType)
    return made


@pytest.mark.parametrize("value", ["geen datum", "", 17, 1.5, True])
def test_a_single_value_of_a_source_is_passed_on_as_it_is(value: Any) -> None:
    """Sources break their own patterns; the client gets what is registered."""
    assert scalar("Datum").serialize(value) == value


@pytest.mark.parametrize("value", [{"geheim": 1}, ["geheim"], [], {}])
def test_what_stands_inside_a_value_of_a_source_is_not(value: Any) -> None:
    """An object where one value is published would show what was never published."""
    with pytest.raises(TypeError) as caught:
        scalar("Datum").serialize(value)

    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize(("depth", "written"), [(64, True), (65, False), (950, False)])
def test_what_a_source_nests_too_deep_is_that_field_s_error(depth: int, written: bool) -> None:
    """Writing it as JSON would fail the whole answer."""
    value: Any = "kern"
    for level in range(depth):
        value = {"a": value} if level % 2 else [value]
    serialize = definition(SCALARS[JsonObject]).serialize
    assert serialize is not None

    if written:
        assert serialize(value) is value
    else:
        with pytest.raises(TypeError):
            serialize(value)
