"""What is published of an objecttype: labels, filters and links as its file says."""

from typing import get_args

import pytest

from resolvers.objecten.links import ELSEWHERE
from schema.language.links import Linked, Own
from schema.objecten import LinkKind, Verband
from schema.objecten_typen import own_names
from tests.objecten.asking import assembled, made, objecttype

NAMED = {"naam": {"type": "string"}, "geheim": {"type": "string"}, "bsn": {"type": "string"}}


def person(**more: object) -> Verband:
    given = {"back": "dingen", "back_text": "De dingen.", "back_label": "object.ding"}
    return Verband(("bsn",), "persoon", "eigenaar", "De eigenaar.", "vraag.x", **{**given, **more})  # type: ignore[arg-type]


def test_a_property_with_a_label_of_its_own_cannot_be_searched() -> None:
    """Who may not see it could find out what it is by asking."""
    found = made(NAMED, person(), labels={("geheim",): "object.geheim"})

    assert {key[0] for key in found.filters} == {"naam", "naam_bevat", "naam_in"}


def test_labels_reach_what_is_inside() -> None:
    inside = {"type": "object", "properties": {"x": {"type": "string"}}}
    facts = assembled(objecttype({"g": inside}, labels={("g",): "object.geheim"}))

    assert facts.types["Ding"].fields["g"].label == "object.geheim"
    assert facts.types["DingG"].label == "object.geheim"
    assert "object.geheim" in facts.labels


def test_links_go_both_ways_under_their_own_labels() -> None:
    facts = assembled(objecttype(NAMED, person(back_label="object.van-persoon")))

    assert facts.types["Ding"].fields["eigenaar"].label == "vraag.x"
    assert facts.types["Persoon"].fields["dingen"].label == "object.van-persoon"
    assert facts.types["Query"].fields["dingenVanPersoon"].label == "object.van-persoon"


@pytest.mark.parametrize(
    ("kind", "name", "own"),
    [
        ("persoon", "dingen", Own.BSN),
        ("bedrijf", "dingenVanBedrijf", Own.KVK_NUMMER),
        ("vestiging", "dingenVanVestiging", Own.VESTIGINGSNUMMER),
        ("zaak", None, None),
    ],
)
def test_who_is_named_by_an_object_finds_it_as_their_own(
    kind: LinkKind, name: str | None, own: Own | None
) -> None:
    """Under the label of the way back, by their own number."""
    link = Verband(("bsn",), kind, "daar", "Daar.", "object.daar", "dingen", "Hier.", "object.hier")
    fields = assembled(objecttype(NAMED, link)).types["Mijn"].fields
    found = [each for each in fields if each.startswith("dingen")]

    assert found == ([] if name is None else [name])
    if name is not None:
        linked = fields[name].kind
        assert isinstance(linked, Linked)
        assert linked.hops[0].own is own
        assert fields[name].label == "object.hier"


@pytest.mark.parametrize("kind", get_args(LinkKind))
def test_every_kind_of_link_goes_both_ways(kind: LinkKind) -> None:
    link = Verband(("bsn",), kind, "daar", "Daar.", "object.daar", "dingen", "Hier.", "object.hier")
    facts = assembled(objecttype(NAMED, link))

    there = facts.types["Ding"].fields["daar"]
    assert there.label == "object.daar"
    assert facts.types[there.type_name].fields["dingen"].label == "object.hier"
    assert set(ELSEWHERE) == set(get_args(LinkKind))


def test_an_object_leads_to_the_zaken_about_it_and_back() -> None:
    facts = assembled(objecttype({**NAMED, "dossiers": {"type": "string"}}, zaken="dossiers"))

    assert facts.types["Ding"].fields["dossiers"].type_name == "ObjectZaakConnection"
    assert facts.types["Ding"].fields["dataDossiers"].type_name == "str"
    assert facts.types["ZaakobjectOverige"].fields["ding"].type_name == "Ding"
    assert facts.types["ZaakobjectOverige"].fields["ding"].label == "zaak.object"


def test_names_in_a_schema_give_way() -> None:
    """To what every object has, to links, to words of Python, to each other and to other types."""
    odd = {"uuid": {"type": "string"}, "from": {"type": "string"}, "a b": {"type": "string"},
           "a_b": {"type": "string"}, "eigenaar": {"type": "string"}, "bsn": {"type": "string"},
           "filter": {"type": "object", "properties": {"x": {"type": "boolean"}}}}  # fmt: skip
    facts = assembled(objecttype(odd, person()))

    assert set(facts.types["Ding"].fields) == {
        "uuid", "record", "dataUuid", "dataFrom", "aB", "dataAB", "dataEigenaar", "bsn", "filter",
        "eigenaar",
    }  # fmt: skip
    assert facts.types["Ding"].fields["filter"].type_name == "ObjectDingFilter"


def test_the_address_of_a_zaak_is_not_shown() -> None:
    link = Verband(("zaak",), "zaak", "zaak", "De zaak.", "object.ding", is_url=True)
    facts = assembled(objecttype({"naam": {"type": "string"}, "zaak": {"type": "string"}}, link))

    assert facts.types["Ding"].fields["zaak"].type_name == "Zaak"
    assert not any(name.startswith("zaak") for name in facts.types["DingFilter"].fields)


def test_own_names_are_those_that_are_published() -> None:
    facts = assembled(objecttype(NAMED))

    assert {name for name in facts.types if name.startswith("Ding")} == set(
        own_names(objecttype(NAMED))
    )
