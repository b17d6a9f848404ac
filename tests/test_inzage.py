"""What a municipality's file says of what is shown: read without mercy."""

from pathlib import Path

import pytest

from gateway.advice import remarks
from gateway.app import families, known_inzage, known_sources, published, several_sources
from gateway.configuration import Configuration
from gateway.doelbindingen import rights_of
from gateway.mistakes import ConfigurationError
from gateway.tenants import Tenant, load_tenants
from schema.catalogi import RolOmschrijvingGeneriek, Vertrouwelijkheidaanduiding
from schema.documenten import DocumentStatus

FILE = """code = "0999"
naam = "Weidevaart"
oin = "00000009990000000000"
[bronnen.zaken]
address = "https://zaken.test"
credentials = { soort = "geen" }
[doelbindingen.mijn]
omschrijving = "Eigen zaken"
soorten = ["burger", "gemachtigde"]
labels = ["persoon.zaken", "zaak.basis", "document.basis"]
[doelbindingen.open]
omschrijving = "Open data"
soorten = ["burger"]
labels = ["adres.basis"]
[diensten.hulp]
omschrijving = "Hulp"
labels = ["zaak.basis"]
"""
AT = len(FILE.splitlines()) + 2


def loaded(directory: Path, more: str = "") -> Tenant:
    (directory / "0999.toml").write_text(FILE + more, encoding="utf-8")
    labels, sources = published().labels, known_sources()
    return load_tenants(directory, labels, sources, {}, {}, known_inzage=known_inzage())["0999"]


def test_what_a_file_says(tmp_path: Path) -> None:
    said = """[doelbindingen.mijn.inzage]
vertrouwelijkheid = "intern"
zaaktypen = ["B1", "B2"]
[diensten.hulp.inzage]
zaaktypen = ["*"]
"""
    tenant = loaded(tmp_path, said)

    limits = {("vertrouwelijkheid", "intern"), ("zaaktypen", frozenset({"B1", "B2"}))}
    assert tenant.purposes["mijn"].insight == limits
    assert tenant.purposes["open"].insight == frozenset()
    assert tenant.diensten["hulp"].insight == {"zaaktypen": frozenset({"*"})}


def test_a_service_that_says_nothing_shows_none(tmp_path: Path) -> None:
    assert loaded(tmp_path).diensten["hulp"].insight == {"zaaktypen": frozenset()}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('vertrouwelijk = "intern"', "onbekende naam (bedoelde u: vertrouwelijkheid?)"),
        ('vertrouwelijkheid = "Intern"', "kies uit openbaar, beperkt_openbaar"),
        ("vertrouwelijkheid = 3", "kies uit openbaar, beperkt_openbaar"),
        ('vertrouwelijkheid = ["intern"]', "kies uit openbaar, beperkt_openbaar"),
        ("zaaktypen = []", "moet een lijst met minstens één tekst zijn"),
        ('zaaktypen = "B1"', "moet een lijst met minstens één tekst zijn"),
        ("zaaktypen = [1]", "moet een lijst met minstens één tekst zijn"),
        ('zaaktypen = ["*"]', "* kan hier niet; noem ze elk"),
        ('zaaktypen_niet = [" "]', "moet een regel tekst zijn"),
        (f'zaaktypen = ["{"B" * 101}"]', "heeft hoogstens 100 tekens"),
        ('eigen_rollen = ["behandelaar", "baas"]', "kies uit adviseur, behandelaar"),
        ('documentstatussen = ["concept"]', "kies uit definitief, gearchiveerd"),
    ],
)
def test_what_it_may_not_say(tmp_path: Path, line: str, reason: str) -> None:
    """With the line, and what it should be."""
    with pytest.raises(ConfigurationError) as refused:
        loaded(tmp_path, f"[doelbindingen.mijn.inzage]\n{line}\n")

    (mistake,) = refused.value.mistakes
    assert str(mistake).startswith(f"0999.toml:{AT}: doelbindingen.mijn.inzage.")
    assert reason in str(mistake)


@pytest.mark.parametrize("line", ['vertrouwelijkheid = "intern"', 'zaaktypen = ["*", "B1"]'])
def test_what_a_service_has_no_say_in(tmp_path: Path, line: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        loaded(tmp_path, f"[diensten.hulp.inzage]\n{line}\n")

    assert str(refused.value.mistakes[0]).startswith(f"0999.toml:{AT}: diensten.hulp.inzage.")


def test_what_is_left_unsaid_is_told(tmp_path: Path) -> None:
    """Of who sees only what is their own, and of what their labels are about."""
    found = remarks([loaded(tmp_path)], families(), several_sources(), known_inzage())
    said = """[doelbindingen.mijn.inzage]
vertrouwelijkheid = "intern"
[diensten.hulp.inzage]
zaaktypen = ["*"]
"""
    none = remarks([loaded(tmp_path, said)], families(), several_sources(), known_inzage())

    assert [each.line() for each in found] == [
        "0999 doelbindingen.mijn: LET OP: zegt geen `inzage.vertrouwelijkheid`; voor wie alleen "
        "het eigene ziet, is dat dan zaakvertrouwelijk",
        "0999 diensten.hulp: LET OP: noemt geen `inzage.zaaktypen`; wie daarvoor gemachtigd is, "
        "ziet er niets van",
    ]
    assert none == []


def test_what_is_shown_stands_in_the_report(tmp_path: Path) -> None:
    """What the file says, and what holds without it; not of what a purpose is not about."""
    said = '[doelbindingen.mijn.inzage]\nzaaktypen_niet = ["B9", "B1"]\n'
    configuration = Configuration({"0999": loaded(tmp_path, said)}, ())
    written = rights_of(configuration, published(), None, known_inzage()).written("markdown")
    mijn, _, openly = written.partition("open\n")

    assert "(hun `identificatie`). inzage.zaaktypen_niet: B1, B9." in mijn
    assert "Voor wie alleen het eigene ziet: zaakvertrouwelijk." in mijn
    assert "Voor wie alleen het eigene ziet: definitief, gearchiveerd." in mijn
    assert "het eigene ziet:" not in openly


def test_the_words_are_those_of_the_standard() -> None:
    known = known_inzage()

    levels = tuple(str(each.value) for each in Vertrouwelijkheidaanduiding)
    assert known["vertrouwelijkheid"].values == levels
    assert known["vertrouwelijkheid_documenten"].values == levels
    assert set(known["eigen_rollen"].values or ()) == {
        str(r.value) for r in RolOmschrijvingGeneriek
    }
    statuses = {str(each.value) for each in DocumentStatus}
    assert set(known["documentstatussen"].values or ()) == {*statuses, "onbekend"}


def test_the_guide_names_them_all() -> None:
    guide = (Path(__file__).parents[1] / "docs" / "gemeente-instellen.md").read_text("utf-8")

    assert [name for name in known_inzage() if f"| `{name}` |" not in guide] == []
