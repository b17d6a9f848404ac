"""The companies of the sandbox belong to the same municipality as its persons, addresses, zaken."""

import pytest

from sandbox import showcase
from sandbox.identifiers import passes_elfproef
from sandbox.kvk_companies import YES, companies
from sandbox.world import build_world
from sandbox.zgw_parties import ORGANISATIES
from tests.app import world
from tests.sandbox.kvk_client import ask

pytestmark = pytest.mark.anyio

ALL = companies(world())
KNOWN = {company.number: company for company in ALL}


def test_numbers_are_of_one_company_and_one_vestiging() -> None:
    branches = [b["vestigingsnummer"] for company in ALL for b in company.branches]

    assert len(KNOWN) == len(ALL) > 80
    assert len(set(branches)) == len(branches)
    assert {len(number) for number in branches} == {12}
    assert {len(number) for number in KNOWN} == {8}
    assert all(passes_elfproef(c.owner["rsin"]) for c in ALL if "rsin" in c.owner)
    assert showcase.NERGENS_KVK not in KNOWN
    assert showcase.NERGENS_VESTIGING not in branches


def test_who_takes_part_in_zaken_is_a_company() -> None:
    for known in ORGANISATIES:
        company = KNOWN[known.kvk]

        assert company.profile["naam"] == known.naam
        assert company.owner["rsin"] == known.rsin
        assert company.branches[0]["vestigingsnummer"] == known.vestiging


def test_addresses_are_those_of_the_bag() -> None:
    addresses = [a for company in ALL for branch in company.branches for a in branch["adressen"]]
    placed = [address for address in addresses if "geoData" in address]

    assert len(placed) > 80
    for address in placed:
        geo = address["geoData"]
        known = world().addresses[geo["nummerAanduidingId"]]
        assert known["adresseerbaarObjectIdentificatie"] == geo["addresseerbaarObjectId"]
        assert (known["postcode"], known["huisnummer"]) == (
            address["postcode"],
            address["huisnummer"],
        )


def test_the_citizen_works_from_home() -> None:
    (branch,) = KNOWN[showcase.EENMANSZAAK_KVK].branches

    assert branch["vestigingsnummer"] == showcase.EENMANSZAAK_VESTIGING
    assert branch["adressen"][0]["geoData"]["nummerAanduidingId"] == showcase.HOME_NUMMERAANDUIDING


def test_of_a_shielded_address_nothing_is_known() -> None:
    (branch,) = KNOWN[showcase.AFGESCHERMD_KVK].branches

    assert branch["adressen"] == [{"type": "bezoekadres", "indAfgeschermd": YES}]


async def test_who_is_shielded_is_not_found_by_address() -> None:
    for company in ALL:
        addresses = [a for branch in company.branches for a in branch["adressen"]]
        if any(address["indAfgeschermd"] == YES for address in addresses):
            found = (await ask("/v2/zoeken", kvkNummer=company.number)).json()["resultaten"]
            assert all("adres" not in item for item in found)


async def test_house_number_and_postcode_are_shown_to_who_searched_by_them() -> None:
    by_number = await ask("/v2/zoeken", kvkNummer=showcase.EENMANSZAAK_KVK)
    by_place = await ask(
        "/v2/zoeken", postcode=showcase.HOME_POSTCODE, huisnummer=showcase.HOME_HUISNUMMER
    )

    def address(answer: dict[str, list[dict[str, dict[str, object]]]]) -> object:
        return answer["resultaten"][0]["adres"]["binnenlandsAdres"]

    shown = {"type": "bezoekadres", "straatnaam": "Raadhuisplein", "plaats": "Weidevaart"}
    assert address(by_number.json()) == shown
    assert address(by_place.json()) == {**shown, "huisnummer": 1, "postcode": "8995AA"}


async def test_what_ended_is_found_by_who_asks_for_it() -> None:
    number = showcase.OPGEHEVEN_KVK
    now = await ask("/v2/zoeken", kvkNummer=number)
    ever = await ask("/v2/zoeken", kvkNummer=number, inclusiefInactieveRegistraties="true")

    assert now.status_code == 404
    assert [item["actief"] for item in ever.json()["resultaten"]] == ["Nee"]


async def test_pages_lead_to_one_another() -> None:
    first = (await ask("/v2/zoeken", plaats="Weidevaart", resultatenPerPagina=40)).json()
    last = (await ask("/v2/zoeken", plaats="Weidevaart", resultatenPerPagina=40, pagina=3)).json()

    assert "vorige" not in first and "pagina=2" in first["volgende"]
    assert "volgende" not in last and "pagina=2" in last["vorige"]
    assert len(last["resultaten"]) == first["totaal"] - 80


def test_the_same_world_has_the_same_companies() -> None:
    assert companies(build_world()) == ALL
