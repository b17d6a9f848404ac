"""What is asked to be expanded, and under which keys it is known afterwards."""

from typing import Any

import pytest

from gateway.source.read import Fields
from gateway.source.source import Source
from resolvers.zgw.expand import came_along, is_at, known_empty, names_to_expand, tells_empty
from tests.bag.asking import asked

BASE = "http://zaken.test"


def source(**dialect: Any) -> Source:
    """Zaken that nobody asks anything here."""
    return asked("zaken", lambda _: {}, dialect).source


def selected(*links: str) -> Fields:
    """Fields with these links, a dot for one below another."""
    below: dict[str, list[str]] = {}
    for link in links:
        head, _, rest = link.partition(".")
        below.setdefault(head, []).extend([rest] if rest else [])
    return Fields((), {head: selected(*rests) for head, rests in below.items()})


def uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def wire(resource: str, number: int, **more: Any) -> dict[str, Any]:
    """An object of the source."""
    return {"url": f"{BASE}/{resource}/{uuid(number)}", **more}


def test_nothing_is_expanded_unless_the_source_is_said_to_bear_it() -> None:
    """It costs the source time."""
    assert names_to_expand(source(), selected("status.statustype")) == []


def test_every_step_on_the_way_is_named() -> None:
    """A name below another brings nothing unless the one above is named too."""
    names = names_to_expand(
        source(expand="altijd"), selected("status.statustype", "rollen", "hoofdzaak.status")
    )

    assert sorted(names) == [
        "hoofdzaak",
        "hoofdzaak.status",
        "rollen",
        "status",
        "status.statustype",
    ]


def test_what_cannot_be_expanded_is_not_named() -> None:
    """Statussen are no part of a zaak, and a hoofdzaak brings no eigenschappen along."""
    names = names_to_expand(
        source(expand="altijd"), selected("statussen", "hoofdzaak.eigenschappen", "rollen.persoon")
    )

    assert sorted(names) == ["hoofdzaak", "rollen"]


def test_keys_of_what_came_along() -> None:
    """One thing is known by its own uuid, what belongs to a zaak by that of the zaak; and none
    holds what it brought along itself.
    """
    statustype = wire("statustypen", 3)
    status = wire("statussen", 2, _expand={"statustype": statustype})
    rol = wire("rollen", 4)
    deel = wire("zaken", 5, rollen=[])
    zaak = wire(
        "zaken",
        1,
        _expand={"status": status, "rollen": [rol], "deelzaken": [deel]},
    )
    names = ["status", "status.statustype", "rollen", "deelzaken", "deelzaken.rollen", "resultaat"]

    along = [(found.name, found.key, found.value) for found in came_along(zaak, names)]
    assert along == [
        ("status", uuid(2), wire("statussen", 2)),
        ("statustype", uuid(3), statustype),
        ("rollen", uuid(1), [rol]),
        ("deelzaken", uuid(5), deel),
        ("rollen", uuid(5), []),
    ]


def test_a_list_that_did_not_come_is_still_to_be_asked() -> None:
    """The zaak has rollen, but they were not expanded."""
    zaak = wire("zaken", 1, rollen=[f"{BASE}/rollen/{uuid(4)}"], _expand={})

    assert list(came_along(zaak, ["rollen"])) == []


def test_a_zaak_of_open_zaak_says_what_it_has_none_of() -> None:
    """Then there is nothing to ask."""
    zaak = wire("zaken", 1, rollen=[], zaakobjecten=["x"], eigenschappen=[])

    assert [(found.name, found.key, found.value) for found in known_empty(zaak, uuid(1))] == [
        ("rollen", uuid(1), []),
        ("eigenschappen", uuid(1), []),
    ]
    assert (tells_empty(source(variant="openzaak")), tells_empty(source())) == (True, False)


def test_a_link_that_goes_through_what_can_be_expanded_names_it() -> None:
    """And once, if it is selected by itself as well; what is beyond it is of another source."""
    through = names_to_expand(source(expand="altijd"), selected("documenten.informatieobjecttype"))
    both = names_to_expand(
        source(expand="altijd"),
        selected("zaakinformatieobjecten.document", "documenten", "hoofdzaak.documenten"),
    )

    assert through == ["zaakinformatieobjecten"]
    assert sorted(both) == [
        "hoofdzaak",
        "hoofdzaak.zaakinformatieobjecten",
        "zaakinformatieobjecten",
    ]


UUID = "6b29a8c5-0000-4000-8000-000000000001"


@pytest.mark.parametrize(
    ("url", "same"),
    [
        (f"https://zaken.example/api/v1/statussen/{UUID}", True),
        (f"https://zaken.example/api/v1/statussen/{UUID.upper()}", True),
        (f"https://zaken.example/api/v1/statussen/{UUID}/", False),
        (f"https://zaken.example/api/v1/statussen/0{UUID}", False),
        (UUID, False),
        (None, False),
        (5, False),
    ],
)
def test_an_object_is_the_one_at_its_own_address(url: object, same: bool) -> None:
    assert is_at({"url": url}, UUID) is same
    assert not is_at({}, UUID)
