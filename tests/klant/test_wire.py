"""What the reads make of objects of Klantinteracties."""

from typing import Any

import pytest

from gateway.source.errors import SourceFault, SourceRefusedQuestion
from resolvers.klant.wire import (
    bijlage_of,
    identifications,
    identified,
    onderwerpobject_of,
    partij_of,
    refers_to,
    uuid_key,
)
from tests.bag.asking import asked

UUID = "4bf35628-d6fd-4815-9a76-e55c275986b9"
OTHER = "00000000-0000-4000-8000-000000000001"


def number(kind: Any, value: Any) -> dict[str, Any]:
    """An identification as a partij has it."""
    return {"partijIdentificator": {"codeSoortObjectId": kind, "objectId": value}}


def source(dialect: dict[str, Any] | None = None) -> Any:
    """A source that is asked nothing."""
    return asked("klant", lambda _: {}, dialect).source


def test_a_partij_gets_its_numbers_beside_its_other_properties() -> None:
    """Each kind under its own name, None where there is none; the answer itself is not changed."""
    answer = {
        "uuid": UUID.upper(),
        "partijIdentificatoren": [number("kvk_nummer", " 99900100 "), number("rsin", "888800009")],
    }
    found = partij_of(source(), answer, UUID)

    assert {name: found[name] for name in ("kvkNummer", "rsin", "burgerservicenummer")} == {
        "kvkNummer": "99900100",
        "rsin": "888800009",
        "burgerservicenummer": None,
    }
    assert (found["uuid"], answer["uuid"]) == (UUID, UUID.upper())
    assert "kvkNummer" not in answer


@pytest.mark.parametrize(
    "items",
    [None, [None], [{}], [{"partijIdentificator": None}], [number("bsn", 999900018)],
     [number("bsn", "  ")], [number(None, "999900018")]],
)  # fmt: skip
def test_what_is_no_identification_is_passed_over(items: Any) -> None:
    """Applications write what they like there."""
    assert list(identifications({"partijIdentificatoren": items})) == []


@pytest.mark.parametrize(
    ("answer", "key"),
    [(None, None), ([], None), ({}, None), ({"uuid": 1}, None), ({"uuid": "x"}, None),
     ({"uuid": UUID}, OTHER)],
)  # fmt: skip
def test_what_is_not_the_object_that_was_asked_is_a_fault(answer: Any, key: str | None) -> None:
    """The subject of an answer is checked (rule 48)."""
    with pytest.raises(SourceFault):
        identified(source(), answer, key)


@pytest.mark.parametrize(
    ("dialect", "named", "zaak"),
    [
        ({}, {"codeObjecttype": "zaak", "codeRegister": "open-zaak"}, UUID),
        ({}, {"codeObjecttype": "zaak", "codeRegister": "elders"}, None),
        ({"zaak_register": ""}, {"codeObjecttype": "zaak", "codeRegister": "elders"}, UUID),
        ({"zaak_objecttype": "dossier"}, {"codeObjecttype": "zaak"}, None),
        ({}, None, None),
    ],
)
def test_when_an_onderwerpobject_is_a_zaak(
    dialect: dict[str, Any], named: dict[str, Any] | None, zaak: str | None
) -> None:
    """By the codes of the municipality; an empty one is left out of account."""
    codes = named and {**named, "codeSoortObjectId": "uuid", "objectId": UUID}
    answer = {"uuid": OTHER, "onderwerpobjectidentificator": codes}

    assert onderwerpobject_of(source(dialect), answer).get("zaak") == zaak


@pytest.mark.parametrize(
    ("dialect", "named", "document"),
    [
        ({}, {"codeObjecttype": "document", "codeRegister": "open-zaak"}, UUID),
        ({}, {"codeObjecttype": "zaak", "codeRegister": "open-zaak"}, None),
        ({}, {"codeObjecttype": "document", "codeRegister": "elders"}, None),
        ({"document_register": ""}, {"codeObjecttype": "document"}, UUID),
        ({"document_objecttype": "brief"}, {"codeObjecttype": "document"}, None),
        ({}, None, None),
    ],
)
def test_when_a_bijlage_is_a_document(
    dialect: dict[str, Any], named: dict[str, Any] | None, document: str | None
) -> None:
    """By the codes of the municipality, as an onderwerpobject is a zaak."""
    codes = named and {**named, "codeSoortObjectId": "uuid", "objectId": UUID}
    answer = {"uuid": OTHER, "bijlageidentificator": codes}

    assert bijlage_of(source(dialect), answer).get("document") == document


@pytest.mark.parametrize("value", [None, 7, "", "x", f"{UUID}/..", f" {UUID}"])
def test_only_a_uuid_is_a_key(value: Any) -> None:
    """What stands in a reference is not put into a path unseen."""
    with pytest.raises(SourceRefusedQuestion):
        uuid_key(source(), value)
    assert uuid_key(source(), UUID.upper()) == UUID


def test_a_reference_is_compared_by_uuid() -> None:
    """Whatever the address beside it."""
    item = {"wasPartij": {"uuid": UUID.upper(), "url": "https://elders.test/x"}, "ander": None}

    assert refers_to(item, "wasPartij", UUID)
    assert not refers_to(item, "wasPartij", OTHER)
    assert not refers_to(item, "ander", UUID)
