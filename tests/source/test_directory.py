"""The names of sources: which kind and which system, and what belongs together."""

import pytest

from gateway.source.directory import Directory, is_system, parted

FAMILIES = {
    "brp": "brp", "brp-bewoning": "brp",
    "zaken": "zgw", "catalogi": "zgw",
    "klant": "klant",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("zaken", ("zaken", "")),
        ("zaken-sociaal", ("zaken", "sociaal")),
        ("zaken-sociaal-2", ("zaken", "sociaal-2")),
        ("brp-bewoning", ("brp-bewoning", "")),
        ("brp-bewoning-oud", ("brp-bewoning", "oud")),
        ("brp-oud", ("brp", "oud")),
        ("zaken-", ("zaken", "")),
        ("zakenx", None),
        ("onbekend-zaken", None),
        ("", None),
    ],
)
def test_a_name_is_a_kind_and_a_system(name: str, found: tuple[str, str] | None) -> None:
    """A whole name that is known goes first, and then the longest beginning that is."""
    assert parted(name, FAMILIES) == found


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("sociaal", True), ("2", True), ("a-b", True), ("a" * 32, True),
        ("a" * 33, False), ("", False), ("-a", False), ("Sociaal", False), ("so_ciaal", False),
        ("sociaal\n", False), ("é", False),
    ],
)  # fmt: skip
def test_what_a_system_may_be_called(text: str, good: bool) -> None:
    """Lower case, digits and dashes, 32 at the most."""
    assert is_system(text) is good


def test_names_in_the_order_of_the_file() -> None:
    """By kind; a kind that is not there is known by its own name."""
    directory = Directory(("zaken-b", "brp", "zaken", "zaken-a"), FAMILIES)

    assert directory.names("zaken") == ("zaken-b", "zaken", "zaken-a")
    assert directory.names("brp") == ("brp",)
    assert directory.names("klant") == ("klant",)
    assert directory.kind("zaken-b") == "zaken"
    assert directory.several == {"zaken"}


def test_one_of_each_is_not_several() -> None:
    """Whatever it is called."""
    directory = Directory(("zaken-b", "catalogi"), FAMILIES)

    assert directory.names("zaken") == ("zaken-b",)
    assert directory.several == frozenset()


@pytest.mark.parametrize(
    ("name", "kind", "found"),
    [
        ("zaken", "catalogi", "catalogi"),
        ("zaken-b", "catalogi", "catalogi-b"),
        ("catalogi-b", "zaken", "zaken-b"),
        ("zaken-b", "zaken", "zaken-b"),
        ("zaken-c", "catalogi", None),
        ("zaken-b", "klant", None),
        ("brp", "zaken", None),
        ("onbekend", "zaken", None),
    ],
)
def test_what_is_of_one_system(name: str, kind: str, found: str | None) -> None:
    """Within a registry only: a customer system is not the one of the zaken."""
    names = ("zaken", "zaken-b", "zaken-c", "catalogi", "catalogi-b", "klant", "klant-b", "brp")

    assert Directory(names, FAMILIES).beside(name, kind) == found


@pytest.mark.parametrize(
    ("name", "kind", "found"),
    [
        ("zaken", "catalogi", None),
        ("zaken-b", "catalogi", "catalogi-b"),
        ("catalogi-c", "zaken", "zaken-c"),
        ("zaken-b", "klant", None),
        ("brp", "zaken", None),
    ],
)
def test_what_a_system_lacks(name: str, kind: str, found: str | None) -> None:
    """By the name that it would have; of another registry nothing is lacking."""
    names = ("zaken", "zaken-b", "catalogi", "catalogi-c", "klant", "brp")

    assert Directory(names, FAMILIES).lacking(name, kind) == found


def test_how_many_a_question_may_go_to() -> None:
    """From nothing or another registry to all, within a registry to one."""
    directory = Directory(("zaken", "zaken-b", "catalogi", "brp"), FAMILIES)

    assert directory.fan_out("zaken", None) == 2
    assert directory.fan_out("zaken", "brp") == 2
    assert directory.fan_out("zaken", "catalogi") == 1
    assert directory.fan_out("zaken", "zaken") == 1
    assert directory.fan_out("klant", None) == 1
