"""The zaken of the fictional municipality hang together, and hold what a gateway must cope with."""

import re
from datetime import timedelta

import pytest

from sandbox.cases import build_cases
from sandbox.objecten_kast import build_objects
from sandbox.showcase import BURGER_BSN
from sandbox.wire import Wire
from sandbox.zgw_dossiers import CONFIDENTIALITY
from sandbox.zgw_links import object_url
from sandbox.zgw_objects import BAG_BASE
from tests.app import cases, world

ADRES = re.compile(r"[0-9]{4}20[0-9]{10}")


def own_zaken(bsn: str) -> list[Wire]:
    urls = {
        rol["zaak"]
        for rol in cases().rollen.values()
        if rol["betrokkeneIdentificatie"].get("inpBsn") == bsn
        and rol["omschrijvingGeneriek"] == "initiator"
    }
    return [zaak for zaak in cases().zaken.values() if zaak["url"] in urls]


def test_the_same_world_gives_the_same_cases() -> None:
    small = build_cases(world(), count=40)

    assert build_cases(world(), count=40) == small
    assert build_cases(world(), count=40, seed=2) != small


def test_there_are_some_2500_zaken_within_two_years() -> None:
    today = world().today
    dates = [zaak["startdatum"] for zaak in cases().zaken.values()]

    assert 2_500 <= len(dates) <= 2_900
    assert min(dates) >= (today - timedelta(days=730)).isoformat()
    assert max(dates) <= today.isoformat()


def test_a_citizen_gets_open_and_closed_zaken_and_one_with_a_deelzaak() -> None:
    zaken = own_zaken(BURGER_BSN)

    assert sum(zaak["einddatum"] is None for zaak in zaken) >= 3
    assert sum(zaak["einddatum"] is not None for zaak in zaken) >= 2
    assert any(zaak["deelzaken"] for zaak in zaken)
    assert any(zaak["relevanteAndereZaken"] for zaak in zaken)


def test_every_bsn_is_of_a_person_of_the_world() -> None:
    numbers = {rol["betrokkeneIdentificatie"].get("inpBsn") for rol in cases().rollen.values()}

    assert numbers - {None, ""} <= set(world().persons)


def test_every_kind_of_betrokkene_occurs_and_some_without_number() -> None:
    rollen = cases().rollen.values()
    unknown = [
        rol
        for rol in rollen
        if rol["betrokkeneType"] == "natuurlijk_persoon"
        and not rol["betrokkeneIdentificatie"]["inpBsn"]
    ]
    numbered = {
        name
        for rol in rollen
        for name in ("innNnpId", "annIdentificatie", "kvkNummer", "vestigingsNummer")
        if rol["betrokkeneIdentificatie"].get(name)
    }

    assert {rol["betrokkeneType"] for rol in rollen} == {
        "natuurlijk_persoon",
        "niet_natuurlijk_persoon",
        "vestiging",
        "medewerker",
        "organisatorische_eenheid",
    }
    assert unknown
    assert numbered == {"innNnpId", "annIdentificatie", "kvkNummer", "vestigingsNummer"}


def test_every_vertrouwelijkheidaanduiding_occurs() -> None:
    found = {zaak["vertrouwelijkheidaanduiding"] for zaak in cases().zaken.values()}

    assert found == set(CONFIDENTIALITY)


def test_an_adres_object_is_the_home_of_the_applicant_or_malformed() -> None:
    adressen = [o for o in cases().zaakobjecten.values() if o["objectType"] == "adres"]
    ids = [o["objectIdentificatie"]["identificatie"] for o in adressen]
    good = [number for number in ids if ADRES.fullmatch(number)]

    assert set(good) <= set(world().addresses)
    assert 0.9 < len(good) / len(ids) < 1


def test_most_bag_objects_have_a_url_and_only_correct_ones() -> None:
    bag = [o for o in cases().zaakobjecten.values() if o["objectType"] in ("adres", "pand")]
    with_url = [o for o in bag if o["object"]]
    folders = {"adres": "adressen", "pand": "panden"}

    assert len(with_url) > len(bag) * 0.6
    for known in with_url:
        number = known["objectIdentificatie"]["identificatie"]
        assert known["object"] == f"{BAG_BASE}/{folders[known['objectType']]}/{number}"


def test_the_base_of_bag_urls_is_a_parameter() -> None:
    made = build_cases(world(), count=30, bag_base="https://bag.example")
    named = [o for o in made.zaakobjecten.values() if o["objectType"] in ("adres", "pand")]
    urls = {o["object"] for o in named} - {""}

    assert urls
    assert all(url.startswith("https://bag.example/") for url in urls)


def test_some_zaken_are_about_a_melding_of_the_objects_api() -> None:
    meldingen = {object_url(uuid) for uuid in build_objects(world(), cases())}
    named = {o["object"] for o in cases().zaakobjecten.values() if o["objectType"] == "overige"}

    assert "" in named
    assert named - {""}
    assert named - {""} <= meldingen


def test_a_closed_zaak_has_a_result_and_its_last_status_is_the_eindstatus() -> None:
    types = cases().catalogue.resources["statustypen"]
    for zaak in cases().zaken.values():
        closed = zaak["einddatum"] is not None
        assert (zaak["resultaat"] is not None) is closed
        if zaak["status"] is not None:
            status = cases().statussen[zaak["status"].rpartition("/")[2]]
            statustype = types[status["statustype"].rpartition("/")[2]]
            assert statustype["isEindstatus"] is closed
            assert statustype["zaaktype"] == zaak["zaaktype"]


def test_statussen_of_a_zaak_are_in_order_and_one_is_the_last() -> None:
    by_zaak: dict[str, list[Wire]] = {}
    for status in cases().statussen.values():
        by_zaak.setdefault(status["zaak"], []).append(status)
    for statussen in by_zaak.values():
        moments = [status["datumStatusGezet"] for status in statussen]
        assert moments == sorted(set(moments))
        assert [s["indicatieLaatstGezetteStatus"] for s in statussen][-1]
        assert sum(s["indicatieLaatstGezetteStatus"] for s in statussen) == 1


def test_no_status_is_of_tomorrow() -> None:
    days = {status["datumStatusGezet"][:10] for status in cases().statussen.values()}

    assert max(days) <= world().today.isoformat()


def test_a_zaak_has_the_version_of_its_zaaktype_that_held_when_it_started() -> None:
    zaaktypen = cases().catalogue.resources["zaaktypen"]
    used = set()
    for zaak in cases().zaken.values():
        zaaktype = zaaktypen[zaak["zaaktype"].rpartition("/")[2]]
        used.add(zaaktype["url"])
        assert not zaaktype["concept"]
        assert zaaktype["beginGeldigheid"] <= zaak["startdatum"]
        assert zaak["startdatum"] <= (zaaktype["eindeGeldigheid"] or "9999")
    names = [z["identificatie"] for z in zaaktypen.values() if z["url"] in used]

    assert len(set(names)) == 9
    assert len(names) == 11


def test_a_deelzaak_and_its_hoofdzaak_name_each_other() -> None:
    by_url = {zaak["url"]: zaak for zaak in cases().zaken.values()}
    deelzaken = [zaak for zaak in by_url.values() if zaak["hoofdzaak"]]

    assert deelzaken
    for zaak in deelzaken:
        assert zaak["url"] in by_url[zaak["hoofdzaak"]]["deelzaken"]


@pytest.mark.parametrize("name", ["verlenging", "zaakgeometrie", "laatsteBetaaldatum"])
def test_what_is_rare_occurs(name: str) -> None:
    filled = [zaak for zaak in cases().zaken.values() if zaak[name] is not None]

    assert 0 < len(filled) < len(cases().zaken)


def test_what_was_not_filled_in_is_an_empty_string() -> None:
    zaken = cases().zaken.values()

    assert {zaak["communicatiekanaal"] for zaak in zaken} == {""}
    assert "" in {zaak["betalingsindicatie"] for zaak in zaken}
    assert any(zaak["opschorting"]["indicatie"] for zaak in zaken)
    assert any(zaak["kenmerken"] for zaak in zaken)
