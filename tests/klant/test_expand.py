"""Which names are asked to expand, and what came of it."""

from typing import Any

import pytest

from gateway.source.read import Fields
from resolvers.klant.expand import OF_CONTACT, OF_PARTIJ, came_along, expanding
from resolvers.klant.reads_partijen import (
    along_with_partijen,
    digitaal_adres,
    digitale_adressen_van_partij,
)
from tests.bag.asking import asked

NOTHING = Fields(())
PARTIJ = "4bf35628-d6fd-4815-9a76-e55c275986b9"
ADRES = "00000000-0000-4000-8000-000000000001"
OWN = {"uuid": ADRES, "verstrektDoorPartij": {"uuid": PARTIJ}}


def selecting(**links: Fields) -> Fields:
    """Fields with these links."""
    return Fields((), links)


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        (NOTHING, None),
        (selecting(andere=NOTHING), None),
        (selecting(zaken=NOTHING), "gingOverOnderwerpobjecten"),
        (
            selecting(gingOverOnderwerpobjecten=NOTHING, zaken=NOTHING),
            "gingOverOnderwerpobjecten",
        ),
        (
            selecting(hadBetrokkenen=selecting(wasPartij=selecting(digitaleAdressen=NOTHING))),
            "hadBetrokkenen,hadBetrokkenen.wasPartij",
        ),
        (
            selecting(omvatteBijlagen=NOTHING, hadBetrokkenen=selecting(digitaleAdressen=NOTHING)),
            "hadBetrokkenen,hadBetrokkenen.digitaleAdressen,omvatteBijlagen",
        ),
    ],
)
def test_exactly_what_the_links_need(fields: Fields, names: str | None) -> None:
    """A name above before those below it; nothing is asked of who does not want it."""
    wants = asked("klant", lambda _: {}, {"expand": "altijd"}).source
    does_not = asked("klant", lambda _: {}).source

    assert expanding(wants, fields, OF_CONTACT).get("expand") == names
    assert expanding(does_not, fields, OF_CONTACT) == {}


def test_a_partij_expands_its_addresses_only() -> None:
    """Contacts are asked with pages of their own."""
    wants = asked("klant", lambda _: {}, {"expand": "altijd"}).source
    fields = selecting(digitaleAdressen=NOTHING, klantcontacten=NOTHING)

    assert expanding(wants, fields, OF_PARTIJ) == {"expand": "digitaleAdressen"}


@pytest.mark.parametrize(
    ("holder", "found"),
    [
        ({}, None),
        ({"_expand": None}, None),
        ({"_expand": {}}, None),
        ({"_expand": {"x": []}}, []),
        ({"_expand": {"x": {"uuid": "1"}}}, [{"uuid": "1"}]),
    ],
)
def test_what_came_along(holder: dict[str, Any], found: Any) -> None:
    """A relation that was not expanded says nothing."""
    assert came_along(holder, "x") == found


@pytest.mark.parametrize(
    ("partij", "addresses"),
    [
        ({"digitaleAdressen": []}, []),
        ({"digitaleAdressen": [{"uuid": ADRES}]}, None),
        ({"digitaleAdressen": [{}], "_expand": {"digitaleAdressen": [OWN]}}, [OWN]),
        ({"digitaleAdressen": [{}], "_expand": {"digitaleAdressen": [OWN, {"uuid": ADRES}]}}, None),
    ],
)  # fmt: skip
def test_the_addresses_of_a_partij(partij: dict[str, Any], addresses: Any) -> None:
    """Known when expanded, if they are all of the partij, and when it says that it has none."""
    source = asked("klant", lambda _: {}).source
    also = along_with_partijen(source, [{"uuid": PARTIJ, **partij}])

    assert also[digitale_adressen_van_partij].get(PARTIJ) == addresses
    assert set(also.get(digitaal_adres, {})) == ({ADRES} if addresses else set())
