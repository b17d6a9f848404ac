"""The fictional municipality is the same every time, and all of it hangs together."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from sandbox.identifiers import passes_elfproef
from sandbox.world import build_world
from tests.app import world

RELATIONS = ("kinderen", "ouders", "partners")


def _all(path: str) -> Counter[str]:
    """How often each value at a path occurs; lists are looked into."""
    found: Counter[str] = Counter()

    def walk(value: Any, names: list[str]) -> None:
        if isinstance(value, list):
            for entry in value:
                walk(entry, names)
        elif not names:
            found[str(value)] += 1
        elif names[0] in value:
            walk(value[names[0]], names[1:])

    for person in world().persons.values():
        walk(person, path.split("."))
    return found


def test_the_same_every_time() -> None:
    """The same seed gives the same world, another seed another."""
    again, other = build_world(), build_world(2)

    assert again == world()
    assert other.persons != world().persons
    assert list(other.persons)[:60] == list(world().persons)[:60]


def test_today_is_a_parameter() -> None:
    """Ages follow the day the world is built for."""
    later = build_world(today=date(2027, 11, 21))
    bsn = next(iter(world().persons))

    assert later.persons[bsn]["leeftijd"] == world().persons[bsn]["leeftijd"] + 1


def test_size() -> None:
    """Some three thousand people, who live in three places."""
    assert 2_800 < len(world().persons) < 3_800
    assert len(world().addresses) > 1_300
    assert len(world().places) == 3


def test_numbers() -> None:
    """BSNs start with 9999 and pass the elfproef, as does the RSIN; A-numbers are unique."""
    bsns = list(world().persons)

    assert all(bsn.startswith("9999") and passes_elfproef(bsn) for bsn in bsns)
    assert passes_elfproef(world().municipality.rsin)
    assert world().municipality.rsin not in bsns
    assert max(_all("aNummer").values()) == 1
    assert [
        bsn for bsn, person in world().persons.items() if person["burgerservicenummer"] != bsn
    ] == []


@pytest.mark.parametrize("number", ["", "12345678", "000000000", "999900007", "99990000é"])
def test_elfproef_refuses(number: str) -> None:
    """Not nine digits, all zero, or a wrong check digit."""
    assert not passes_elfproef(number)


@pytest.mark.parametrize("relation", RELATIONS)
def test_relatives_are_as_they_say(relation: str) -> None:
    """What a record says of a relative with a BSN is what the relative's own record says."""
    persons = world().persons
    known = [
        (relative, persons[relative["burgerservicenummer"]])
        for person in persons.values()
        for relative in person[relation]
        if "burgerservicenummer" in relative
    ]

    assert len(known) > 500
    for relative, own in known:
        for part, value in relative["naam"].items():
            assert part == "inOnderzoek" or own["naam"][part] == value
        assert _sure(relative["geboorte"]) == _sure(own["geboorte"])
        assert relative.get("geslacht", own["geslacht"]) == own["geslacht"]


def test_relations_are_mutual() -> None:
    """Whose child somebody is, is also that child's parent; partners have each other."""
    persons = world().persons
    for bsn, person in persons.items():
        for child in person["kinderen"]:
            parents = persons[child["burgerservicenummer"]]["ouders"]
            assert bsn in [parent.get("burgerservicenummer") for parent in parents]
        for partner in person["partners"]:
            if "burgerservicenummer" in partner and "ontbindingHuwelijkPartnerschap" not in partner:
                theirs = persons[partner["burgerservicenummer"]]["partners"]
                assert bsn in [each.get("burgerservicenummer") for each in theirs]


def test_some_relatives_are_not_registered() -> None:
    """Some relatives have no BSN, such as parents abroad."""
    without = [
        o for p in world().persons.values() for o in p["ouders"] if "burgerservicenummer" not in o
    ]

    assert len(without) > 500


def test_custody_is_of_people_who_exist() -> None:
    """Everyone in a gezagsrelatie resolves, and the minor is a minor."""
    persons = world().persons
    for person in persons.values():
        for relation in person["gezag"]:
            minor = persons[relation["minderjarige"]["burgerservicenummer"]]
            assert minor["leeftijd"] < 18
            assert relation in minor["gezag"]
            holders = [*relation.get("ouders", ()), *relation.get("derden", ())]
            holders += [relation[name] for name in ("ouder", "derde") if name in relation]
            for holder in holders:
                assert holder.get("type") == "OnbekendeDerde" or (
                    holder["burgerservicenummer"] in persons
                )


def test_residences_exist() -> None:
    """Every BAG identification in a person's record leads to that address."""
    for bsn, person in world().persons.items():
        residence = person["verblijfplaats"]
        number_id = residence.get("nummeraanduidingIdentificatie")
        if number_id is None:
            continue
        address = world().addresses[number_id]
        home = residence["verblijfadres"]
        object_id = residence["adresseerbaarObjectIdentificatie"]

        assert object_id == address["adresseerbaarObjectIdentificatie"]
        assert (home["postcode"], home["huisnummer"]) == (
            address["postcode"],
            address["huisnummer"],
        )
        assert bsn in world().residents_of[object_id]


def test_the_bag_hangs_together() -> None:
    """Every identification in a BAG record leads to a record, there and back."""
    w = world()
    for number_id, address in w.addresses.items():
        holder = w.objects[address["adresseerbaarObjectIdentificatie"]]
        numbers = [holder["heeftAlsHoofdAdres"], *holder.get("heeftAlsNevenAdres", ())]
        assert number_id in numbers
        assert address["indicatieNevenadres"] == (number_id != numbers[0])
        assert address.get("pandIdentificaties") == holder.get("maaktDeelUitVan")
        assert w.numberings[number_id]["ligtAan"] == address["openbareRuimteIdentificatie"]
        assert w.public_spaces[address["openbareRuimteIdentificatie"]]["ligtIn"] in w.places
    for pand, objects in w.objects_in.items():
        assert pand in w.panden
        assert all(object_id in w.objects for object_id in objects)


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("verblijfplaats.type", "Adres Locatie VerblijfplaatsBuitenland VerblijfplaatsOnbekend"),
        (
            "nationaliteiten.type",
            "Nationaliteit Staatloos BehandeldAlsNederlander VastgesteldNietNederlander "
            "NationaliteitOnbekend",
        ),
        (
            "gezag.type",
            "GezamenlijkOuderlijkGezag EenhoofdigOuderlijkGezag GezamenlijkGezag Voogdij "
            "TijdelijkGeenGezag GezagNietTeBepalen",
        ),
        ("gezag.derde.type", "BekendeDerde OnbekendeDerde"),
        ("geboorte.datum.type", "Datum JaarMaandDatum JaarDatum DatumOnbekend"),
        ("opschortingBijhouding.reden.code", "O E M R"),
        ("geslacht.code", "M V O"),
        ("naam.aanduidingNaamgebruik.code", "E N P V"),
        ("naam.adellijkeTitelPredicaat.soort", "predicaat titel"),
        ("partners.soortVerbintenis.code", "H P"),
        ("europeesKiesrecht.aanduiding.code", "1 2"),
        ("verblijfplaats.functieAdres.code", "W B"),
        ("geheimhoudingPersoonsgegevens", "True"),
        ("indicatieCurateleRegister", "True"),
        ("uitsluitingKiesrecht.uitgeslotenVanKiesrecht", "True"),
        ("immigratie.vanuitVerblijfplaatsOnbekend", "True"),
        ("verblijfplaats.indicatieVastgesteldVerblijftNietOpAdres", "True"),
        ("verblijfplaats.inOnderzoek.type", "True"),
        ("rni.categorie", "Persoon Verblijfplaats Nationaliteit"),
    ],
)
def test_everything_occurs(path: str, values: str) -> None:
    """Every kind of thing that a Persoon can say is said of somebody."""
    assert set(values.split()) <= _all(path).keys()


def test_bag_varieties() -> None:
    """Letters, additions, nevenadressen, shared panden, berths, ended and doubted records occur."""
    addresses = world().addresses.values()
    objects = world().objects.values()

    assert any("huisletter" in address for address in addresses)
    assert any("huisnummertoevoeging" in address for address in addresses)
    assert any(address["indicatieNevenadres"] for address in addresses)
    assert any(len(objects) > 3 for objects in world().objects_in.values())
    assert any(len(record.get("maaktDeelUitVan", ())) == 2 for record in objects)
    assert world().ended and world().doubts


def _sure(group: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in group.items() if name != "inOnderzoek"}
