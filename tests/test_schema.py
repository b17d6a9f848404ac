"""The published contract: schema/schema.graphql is what the code publishes, and reads as Dutch."""

import re
from typing import Any

from graphql import build_schema

from gateway.app import published
from tests.paths import ROOT

FILE = ROOT / "schema" / "schema.graphql"


def test_the_contract_is_current() -> None:
    """`bronpoort schema -o schema/schema.graphql` writes it again."""
    assert published().sdl == FILE.read_text(encoding="utf-8")


def test_the_contract_is_a_schema() -> None:
    """Any GraphQL tool can read it."""
    schema = build_schema(FILE.read_text(encoding="utf-8"))

    assert schema.query_type is not None


def test_everything_is_described_in_dutch() -> None:
    """Every type, field, argument and enum value; English function words give a slip away."""
    schema = build_schema(FILE.read_text(encoding="utf-8"))
    builtin = {"String", "Int", "Float", "Boolean", "ID"}
    texts: dict[str, str | None] = {}
    reasons: dict[str, str] = {}

    def told(place: str, piece: Any) -> None:
        texts[place] = piece.description
        if piece.deprecation_reason is not None:
            reasons[place] = piece.deprecation_reason

    for name, made in schema.type_map.items():
        if name.startswith("__") or name in builtin:
            continue
        texts[name] = made.description
        for field_name, field in getattr(made, "fields", {}).items():
            told(f"{name}.{field_name}", field)
            for argument_name, argument in getattr(field, "args", {}).items():
                told(f"{name}.{field_name}({argument_name})", argument)
        for value_name, value in getattr(made, "values", {}).items():
            told(f"{name}.{value_name}", value)
    english = re.compile(r"\b(the|this|which|their|with|from|and)\b", re.I)

    assert [place for place, text in texts.items() if not text] == []
    assert [place for place, text in texts.items() if text and english.search(text)] == []
    assert [place for place, text in reasons.items() if english.search(text)] == []


def test_no_description_reads_as_code() -> None:
    """Markdown, which GraphiQL shows, takes a line that begins with four spaces for code."""
    schema = build_schema(FILE.read_text(encoding="utf-8"))
    described = [*schema.type_map.values()]
    texts = {made.name: made.description for made in described}
    for made in described:
        for kind in ("fields", "values"):
            for name, each in getattr(made, kind, {}).items():
                texts[f"{made.name}.{name}"] = each.description

    indented = [place for place, text in texts.items() if text and re.search("^ {4}", text, re.M)]
    assert indented == []


def test_no_address_of_a_source_is_published() -> None:
    """A client never sees where a registry is, nor a field that could hold it."""
    fields = [f"{t.name}.{f}" for t in published().types.values() for f in t.fields]

    assert [name for name in fields if name.endswith((".url", ".uri", ".href"))] == []
