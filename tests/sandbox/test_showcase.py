"""The constants of the showcase name what they say they name, for every seed."""

import pytest

from sandbox import showcase
from sandbox.identifiers import passes_elfproef
from sandbox.world import World, build_world
from tests.app import world

BSNS = {name: bsn for name, bsn in vars(showcase).items() if name.endswith("_BSN")}


@pytest.fixture(params=(1, 7), scope="module")
def seeded(request: pytest.FixtureRequest) -> World:
    """The world of two seeds."""
    return world() if request.param == 1 else build_world(request.param)


def test_everybody_exists(seeded: World) -> None:
    """Every BSN has a person, save the one that nobody has."""
    nobody = BSNS["NOBODY_BSN"]

    assert passes_elfproef(nobody)
    assert [name for name, bsn in BSNS.items() if bsn not in seeded.persons] == ["NOBODY_BSN"]


def test_family(seeded: World) -> None:
    """Four at one address, three generations."""
    mother = seeded.persons[showcase.BURGER_BSN]
    children = [child["burgerservicenummer"] for child in mother["kinderen"]]
    parents = [parent["burgerservicenummer"] for parent in mother["ouders"]]

    assert mother["naam"]["volledigeNaam"] == "Sanne Maria Weidevinder"
    assert children == [showcase.DAUGHTER_BSN, showcase.SON_BSN]
    assert parents == [showcase.GRANDMOTHER_BSN, showcase.DECEASED_BSN]
    assert mother["partners"][0]["burgerservicenummer"] == showcase.PARTNER_BSN
    assert seeded.residents_of[showcase.HOME_OBJECT] == [
        showcase.BURGER_BSN,
        showcase.PARTNER_BSN,
        *children,
    ]
    assert seeded.addresses_at[(showcase.HOME_POSTCODE, showcase.HOME_HUISNUMMER)] == [
        showcase.HOME_NUMMERAANDUIDING
    ]
    assert seeded.objects_in[showcase.HOME_PAND] == [showcase.HOME_OBJECT]


def test_places(seeded: World) -> None:
    """The addresses with many residents and the one with none at home."""
    assert len(seeded.residents_of[showcase.CARE_HOME_OBJECT]) == 34
    assert len(seeded.residents_of[showcase.SHARED_OBJECT]) == 6
    assert seeded.residents_of[showcase.OFFICE_OBJECT] == [showcase.STATELESS_BSN]
    assert seeded.addresses[showcase.NEVENADRES_NUMMERAANDUIDING]["indicatieNevenadres"]
    assert (
        seeded.objects[showcase.CARE_HOME_OBJECT]["heeftAlsHoofdAdres"]
        == showcase.CARE_HOME_NUMMERAANDUIDING
    )


@pytest.mark.parametrize(
    ("bsn", "kind"),
    [
        (showcase.LONE_PARENT_BSN, "EenhoofdigOuderlijkGezag"),
        (showcase.GUARDIAN_BSN, "Voogdij"),
        (showcase.WARD_BSN, "Voogdij"),
        (showcase.INSTITUTION_WARD_BSN, "Voogdij"),
        (showcase.NO_CUSTODY_BSN, "TijdelijkGeenGezag"),
        (showcase.SHARED_CUSTODY_BSN, "GezamenlijkGezag"),
        (showcase.UNCLEAR_CUSTODY_BSN, "GezagNietTeBepalen"),
        (showcase.UNKNOWN_THIRD_BSN, "GezamenlijkGezag"),
    ],
)
def test_custody(bsn: str, kind: str) -> None:
    """Each has the authority that the constant promises."""
    assert world().persons[bsn]["gezag"][0]["type"] == kind


@pytest.mark.parametrize(
    ("bsn", "residence"),
    [
        (showcase.ABROAD_BSN, "VerblijfplaatsBuitenland"),
        (showcase.UNTRACEABLE_BSN, "VerblijfplaatsOnbekend"),
        (showcase.LOCATION_BSN, "Locatie"),
        (showcase.STATELESS_BSN, "Adres"),
    ],
)
def test_residences(bsn: str, residence: str) -> None:
    """Each lives in the kind of place that the constant promises."""
    assert world().persons[bsn]["verblijfplaats"]["type"] == residence


@pytest.mark.parametrize(
    ("bsn", "kind"),
    [
        (showcase.STATELESS_BSN, "Staatloos"),
        (showcase.TREATED_AS_DUTCH_BSN, "BehandeldAlsNederlander"),
        (showcase.FOUND_FOREIGN_BSN, "VastgesteldNietNederlander"),
        (showcase.NATIONALITY_UNKNOWN_BSN, "NationaliteitOnbekend"),
    ],
)
def test_nationalities(bsn: str, kind: str) -> None:
    """Each has the nationality that the constant promises."""
    assert [found["type"] for found in world().persons[bsn]["nationaliteiten"]] == [kind]


def test_oddities() -> None:
    """Secrecy, doubt, suspension, an address without BAG ids, an unknown sex."""
    persons = world().persons

    assert persons[showcase.CONFIDENTIAL_BSN]["geheimhoudingPersoonsgegevens"]
    assert persons[showcase.DOUBTED_BSN]["inOnderzoek"]["burgerservicenummer"]
    assert persons[showcase.DECEASED_BSN]["opschortingBijhouding"]["reden"]["code"] == "O"
    assert persons[showcase.MINISTERIAL_BSN]["opschortingBijhouding"]["reden"]["code"] == "M"
    assert persons[showcase.NON_RESIDENT_BSN]["opschortingBijhouding"]["reden"]["code"] == "R"
    assert persons[showcase.EU_CITIZEN_BSN]["europeesKiesrecht"]["aanduiding"]["code"] == "1"
    assert persons[showcase.UNKNOWN_SEX_BSN]["geslacht"]["code"] == "O"
    assert (
        "nummeraanduidingIdentificatie" not in persons[showcase.FOUND_FOREIGN_BSN]["verblijfplaats"]
    )
