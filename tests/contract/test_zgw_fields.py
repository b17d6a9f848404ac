"""Chosen fields of zaken, held to the standard's own Zaken API 1.7.0.

The gateway asks for nothing that the standard does not describe, and what the sandbox gives of it
is described. What is required of a whole object is not of one of which fields were chosen. Known
deviation: the standard forgets organisations and persons in `objectIdentificatie`.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from gateway.source.read import Fields
from resolvers.zgw.expand import EXPANSIONS, Expansion
from resolvers.zgw.fields import NOT_STANDARD, selection
from schema.language.declare import SOURCE_NAME, Copied, declaration_of
from schema.language.resolve import class_hints, shape_of
from schema.zaken import Zaak
from tests.bag.asking import asked
from tests.contract.described import description
from tests.sandbox.zgw_client import search

pytestmark = pytest.mark.anyio

SPEC = "zgw-zaken/vng-1.7.0.bundled.yaml"
NAMES: Mapping[str, Sequence[str]] = {
    "Zaak": ["Zaak"],
    "Status": ["Status"],
    "Resultaat": ["Resultaat"],
    "Rol": [
        "Rol",
        "natuurlijk_persoon_Rol",
        "niet_natuurlijk_persoon_Rol",
        "vestiging_Rol",
        "organisatorische_eenheid_Rol",
        "medewerker_Rol",
    ],
    "Zaakobject": [
        "ZaakObject",
        "adres_ZaakObject",
        "pand_ZaakObject",
        "openbare_ruimte_ZaakObject",
        "woonplaats_ZaakObject",
        "kadastrale_onroerende_zaak_ZaakObject",
        "woz_object_ZaakObject",
        "woz_waarde_ZaakObject",
        "overige_ZaakObject",
    ],
    "Zaakinformatieobject": ["ZaakInformatieObject"],
    "Zaakeigenschap": ["ZaakEigenschap"],
    "Zaaktype": ["ExtZtc_ZaakType"],
    "Statustype": ["ExtZtc_StatusType"],
    "Resultaattype": ["ExtZtc_ResultaatType"],
    "Roltype": ["ExtZtc_RolType"],
    "Eigenschap": ["ExtZtc_Eigenschap"],
}
"""By the published type, the standard's schemas of such an object."""
FORGOTTEN = "objectIdentificatie"
Node = Mapping[str, Any]
Registered = Registry[Any]


# ---- the description ----------------------------------------------------------------------------


@cache
def schemas() -> Node:
    """As JSON Schema, with nothing required."""
    lenient: Node = _lenient(description(SPEC)["components"]["schemas"])
    return lenient


def _lenient(node: Any) -> Any:
    if isinstance(node, list):
        return [_lenient(part) for part in node]
    if isinstance(node, str):
        return node.replace("#/components", "urn:standard#/components", 1)
    if not isinstance(node, Mapping):
        return node
    left_out = ("nullable", "discriminator") + (
        ("required",) if isinstance(node.get("required"), list) else ()
    )
    made = {name: _lenient(part) for name, part in node.items() if name not in left_out}
    if "oneOf" in made:  # alternatives were told apart by what they require
        made["anyOf"] = made.pop("oneOf")
    if made.get("type") == "string" and not made.keys().isdisjoint({"pattern", "minLength"}):
        made = {"anyOf": [{"const": ""}, made]}
    return {"anyOf": [{"type": "null"}, made]} if node.get("nullable") is True else made


def properties(nodes: Sequence[Node]) -> dict[str, list[Node]]:
    """What stands in objects that any of these schemas describes."""
    found: dict[str, list[Node]] = {}
    for node in nodes:
        if "$ref" in node:
            inner = properties([schemas()[node["$ref"].rpartition("/")[2]]])
        else:
            parts = [part for each in ("allOf", "anyOf", "oneOf") for part in node.get(each, ())]
            inner = properties([*parts, *([node["items"]] if "items" in node else [])])
            for name, schema in node.get("properties", {}).items():
                inner.setdefault(name, []).append(schema)
        for name, described in inner.items():
            found.setdefault(name, []).extend(described)
    return found


def described(gives: type) -> dict[str, list[Node]]:
    """What the standard has in the objects of a published type."""
    return properties([schemas()[name] for name in NAMES[gives.__name__]])


def fits(schema: Node, value: Any) -> bool:
    """Whether a value is as a schema says."""
    return Draft202012Validator(schema, registry=registry()).is_valid(value)


@cache
def registry() -> Registered:
    """Where references lead."""
    resource = DRAFT202012.create_resource({"components": {"schemas": schemas()}})
    made: Registered = Registry().with_resource("urn:standard", resource)
    return made


# ---- all that is published ----------------------------------------------------------------------


def paths_in(gives: type) -> Iterator[str]:
    """Every path that a question can lead to."""
    for each in (gives, *gives.__subclasses__()):
        declaration = declaration_of(each)
        assert declaration is not None
        yield from (".".join(path) for path in declaration.wire)
        for made in declaration.fields.values():
            if not isinstance(made.kind, Copied) or made.kind.path == SOURCE_NAME:
                continue
            path = ".".join(made.kind.path)
            inner = shape_of(class_hints(each)[made.attribute]).inner
            if declaration_of(inner) is None:
                yield path
            else:
                yield from (f"{path}.{rest}" for rest in paths_in(inner))


def everything(gives: type = Zaak, expansions: Sequence[Expansion] = EXPANSIONS) -> Fields:
    """The fields of a question for all of it."""
    links = {each.name: everything(each.gives, each.below) for each in expansions}
    return Fields(tuple(sorted(set(paths_in(gives)))), links)


def asked_for(fields: Fields) -> list[Any]:
    """The `fields` that the gateway sends."""
    return selection(asked("zaken", lambda _: {}, {"veldselectie": True}).source, fields)


def undescribed(
    wanted: list[Any], gives: type = Zaak, expansions: Sequence[Expansion] = EXPANSIONS
) -> Iterator[str]:
    """What a selection names and the standard does not."""
    known, relations = described(gives), {each.name: each for each in expansions}
    *names, below = wanted if isinstance(wanted[-1], dict) else [*wanted, {}]
    yield from (name for name in names if name not in known)
    for name, inner in below.items():
        if name in relations:
            yield from undescribed(inner, relations[name].gives, relations[name].below)
        elif name != FORGOTTEN:
            yield from (f"{name}.{rest}" for rest in _unknown(inner, known[name]))


def _unknown(wanted: list[Any], group: Sequence[Node]) -> Iterator[str]:
    known = properties(group)
    for item in wanted:
        names = item if isinstance(item, dict) else {item: []}
        for name, inner in names.items():
            if name not in known:
                yield name
            elif inner:
                yield from (f"{name}.{rest}" for rest in _unknown(inner, known[name]))


# ---- the tests ----------------------------------------------------------------------------------


def test_only_what_the_standard_describes_is_asked() -> None:
    assert list(undescribed(asked_for(everything()))) == []


@pytest.mark.parametrize("gives", list(NOT_STANDARD))
def test_nothing_is_left_out_that_the_standard_has(gives: type) -> None:
    known = described(gives)
    for path in NOT_STANDARD[gives]:
        name, _, rest = path.partition(".")
        assert name not in known if not rest else rest not in properties(known[name]), path


def test_the_question_itself() -> None:
    """`fields` is a list; the standard describes no more of it."""
    body = {"uuid__in": [], "fields": asked_for(everything())}

    for name, value in body.items():
        (schema,) = properties([schemas()["ZaakZoek"]])[name]
        assert fits(schema, value), name


async def test_what_the_sandbox_gives_is_described() -> None:
    """All of it at once, of a page of zaken: each object by itself, then what came along."""
    body = {"startdatum__gt": "2026-06-01", "fields": asked_for(everything())}
    answer = await search(body, dialect="standard", version="1.7.0")
    page = answer.json()

    assert answer.status_code == 200, answer.text
    assert answer.headers["api-version"] == "1.7.0"
    assert len(page["results"]) > 50
    assert [wrong for zaak in page["results"] for wrong in misfits(zaak)] == []


def misfits(
    wire: Mapping[str, Any], gives: type = Zaak, expansions: Sequence[Expansion] = EXPANSIONS
) -> Iterator[str]:
    """What of an object is not as the standard says."""
    known = described(gives)
    for name, value in wire.items():
        if name not in (FORGOTTEN, "_expand") and not any(
            fits(schema, value) for schema in known.get(name, ())
        ):
            yield f"{gives.__name__}.{name}: {value!r}"
    for each in expansions:
        brought = wire.get("_expand", {}).get(each.name, [])
        for item in brought if isinstance(brought, list) else [brought]:
            yield from misfits(item, each.gives, each.below)
