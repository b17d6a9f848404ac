"""What a notification drops, per channel: of which source, which resources and lists."""

from collections.abc import Iterable

import pytest

from gateway.notifying import kanalen, kinds
from gateway.source.notices import Notice, Notices
from gateway.source.settings import SourceSettings
from gateway.source.tags import Tag

ONE = "11111111-1111-4111-8111-111111111111"
TWO = "22222222-2222-4222-8222-222222222222"
ROOT = "https://zgw.test"
SOURCES = {
    name: SourceSettings(address=f"{ROOT}/{path}")
    for name, path in {
        "zaken": "zaken/api/v1",
        "zaken-sociaal": "sociaal/zaken/api/v1",
        "catalogi": "catalogi/api/v1",
        "documenten": "documenten/api/v1",
        "documenten-sociaal": "sociaal/documenten/api/v1",
        "besluiten": "besluiten/api/v1",
        "objecten": "objecten/api/v2",
        "objecttypen": "objecttypen/api/v2",
    }.items()
}
DOCUMENTS = (
    ("documenten", "lijst:objectinformatieobjecten", ""),
    ("documenten-sociaal", "lijst:objectinformatieobjecten", ""),
)
BESLUITEN = (("besluiten", "lijst:besluiten", ""),)

Short = tuple[str, str, str]


def told(tags: Iterable[Tag]) -> set[Short]:
    """Tags of municipality 0999 as source, kind and id."""
    found = set(tags)
    assert {tag.tenant for tag in found} <= {"0999"}
    return {(tag.source, tag.kind, tag.id) for tag in found}


def dropped(kanaal: str, main: str, resource: str, own: str, actie: str = "create") -> set[Short]:
    """What a notification drops, its addresses below the root of all."""
    notices = Notices("0999", SOURCES, kinds(SOURCES), kanalen())
    return told(notices.tags(Notice(kanaal, f"{ROOT}/{main}", resource, f"{ROOT}/{own}", actie)))


def of(source: str, name: str, path: str, *more: Short) -> set[Short]:
    """A resource with the first uuid, its lists, and more."""
    return {(source, f"resource:{name}", ONE), (source, f"lijst:{path}", ""), *more}


@pytest.mark.parametrize(
    ("resource", "own", "actie", "more"),
    [
        ("zaak", f"zaken/{ONE}", "create", ()),
        ("zaak", f"zaken/{ONE}", "update", ()),
        ("zaak", f"zaken/{ONE}", "destroy", (*DOCUMENTS, *BESLUITEN)),
        ("rol", f"rollen/{TWO}", "create", ()),
        ("rol", f"rollen/{TWO}", "destroy", ()),
        ("status", f"statussen/{TWO}", "create", (("zaken", "resource:status", TWO),)),
        ("resultaat", f"resultaten/{TWO}", "create", (("zaken", "resource:resultaat", TWO),)),
        ("zaakobject", f"zaakobjecten/{TWO}", "create", ()),
        ("zaakeigenschap", f"zaken/{ONE}/zaakeigenschappen/{TWO}", "update", ()),
        ("zaakinformatieobject", f"zaakinformatieobjecten/{TWO}", "create", DOCUMENTS),
        ("zaakbesluit", f"zaken/{ONE}/besluiten/{TWO}", "create", BESLUITEN),
        ("iets_nieuws", "iets/geheel/anders", "hernoemd", ()),
    ],
)
def test_zaken(resource: str, own: str, actie: str, more: tuple[Short, ...]) -> None:
    """The zaak goes whatever of it changed, and every list: also that of somebody's zaken."""
    found = dropped("zaken", f"zaken/api/v1/zaken/{ONE}", resource, f"zaken/api/v1/{own}", actie)

    assert found == of("zaken", "zaak", "zaken", *more)


def test_each_system_by_its_own_address() -> None:
    """What belongs to another kind may be in any of its systems."""
    base = "sociaal/zaken/api/v1"
    found = dropped("zaken", f"{base}/zaken/{ONE}", "rol", f"{base}/rollen/{TWO}")

    assert found == of("zaken-sociaal", "zaak", "zaken")


def test_what_changed_stands_elsewhere() -> None:
    """Then what it is about still goes."""
    found = dropped("zaken", f"zaken/api/v1/zaken/{ONE}", "status", f"elders/statussen/{TWO}")

    assert found == of("zaken", "zaak", "zaken")


@pytest.mark.parametrize(
    ("resource", "actie", "more"),
    [
        ("besluit", "create", ()),
        ("besluit", "destroy", DOCUMENTS),
        ("besluitinformatieobject", "create", DOCUMENTS),
    ],
)
def test_besluiten(resource: str, actie: str, more: tuple[Short, ...]) -> None:
    main = f"besluiten/api/v1/besluiten/{ONE}"

    assert dropped("besluiten", main, resource, main, actie) == of(
        "besluiten", "besluit", "besluiten", *more
    )


@pytest.mark.parametrize("resource", ["enkelvoudiginformatieobject", "gebruiksrechten"])
def test_documenten(resource: str) -> None:
    path = "enkelvoudiginformatieobjecten"
    main = f"documenten/api/v1/{path}/{ONE}"

    assert dropped("documenten", main, resource, main) == of(
        "documenten", "enkelvoudiginformatieobject", path
    )


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("zaaktypen", "zaaktype"),
        ("besluittypen", "besluittype"),
        ("informatieobjecttypen", "informatieobjecttype"),
    ],
)
def test_the_catalogue(path: str, name: str) -> None:
    main = f"catalogi/api/v1/{path}/{ONE}"

    assert dropped(path, main, name, main, "update") == of("catalogi", name, path)


def test_what_hangs_under_a_zaaktype() -> None:
    main, own = f"catalogi/api/v1/zaaktypen/{ONE}", f"catalogi/api/v1/statustypen/{TWO}"

    assert dropped("zaaktypen", main, "statustype", own) == of(
        "catalogi", "zaaktype", "zaaktypen", ("catalogi", "resource:statustype", TWO)
    )


def test_objecten() -> None:
    main = f"objecten/api/v2/objects/{ONE}"

    assert dropped("objecten", main, "object", main) == of("objecten", "object", "objecten")


@pytest.mark.parametrize(
    ("kanaal", "main"),
    [
        ("test", f"zaken/api/v1/zaken/{ONE}"),
        ("zaken", f"besluiten/api/v1/besluiten/{ONE}"),
        ("zaken", f"zaken/api/v1/rollen/{ONE}"),
        ("zaken", "zaken/api/v1/zaken/../zaken"),
        ("zaken", f"zaken/api/v1/zaken/{ONE}/"),
        ("zaken", f"zaken/api/v2/zaken/{ONE}"),
        ("objecten", f"objecttypen/api/v2/objecttypes/{ONE}"),
        ("zaaktypen", f"catalogi/api/v1/besluittypen/{ONE}"),
    ],
)
def test_nothing(kanaal: str, main: str) -> None:
    assert dropped(kanaal, main, "zaak", main) == set()


def test_the_kind_of_a_source() -> None:
    """The longest name that is known: of `brp-historie` there is a kind of its own."""
    found = kinds(["zaken", "zaken-sociaal", "brp-historie", "brp", "besluiten-a-b"])

    assert found == {
        "zaken": "zaken",
        "zaken-sociaal": "zaken",
        "brp-historie": "brp-historie",
        "brp": "brp",
        "besluiten-a-b": "besluiten",
    }
