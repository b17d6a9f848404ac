"""The files of objecttypes: what is wrong in them is told with file, line and reason."""

from pathlib import Path

import pytest

from gateway.mistakes import ConfigurationError
from resolvers import objecten
from resolvers.objecten.definitions import load_objecttypes
from schema.brp_labels import RAADPLEGEN
from tests.objecten.asking import taken, write
from tests.paths import ROOT

SCHEMA = {
    "description": "Een boom.",
    "properties": {
        "soort": {"type": "string"},
        "bsn": {"type": "string"},
        "waar": {"properties": {"adres": {"type": "string"}}},
        "panden": {"type": "array", "items": {"type": "string"}},
    },
}
GOOD = """naam = "boom"
meervoud = "bomen"
uuid = "8FAED0FA-7864-4409-aa6d-533a37616a9e"
persoonlijk = ["soort"]
[labels]
"waar.adres" = "object.boom-adres"
[[verbanden]]
eigenschap = "bsn"
soort = "persoon"
naam = "eigenaar"
terug = "bomen"
"""


def reasons(directory: Path) -> list[str]:
    with pytest.raises(ConfigurationError) as refused:
        load_objecttypes(directory)
    return [str(mistake) for mistake in refused.value.mistakes]


def test_a_definition_and_its_schema_are_one_objecttype(tmp_path: Path) -> None:
    write(tmp_path, "boom", GOOD, SCHEMA)
    (boom,) = load_objecttypes(tmp_path)

    assert (boom.name, boom.plural, boom.text) == ("boom", "bomen", "Een boom.")
    assert boom.uuid == "8faed0fa-7864-4409-aa6d-533a37616a9e"
    assert (boom.label, boom.labels) == (
        "object.boom",
        {("waar", "adres"): "object.boom-adres"},
    )
    assert boom.personal == {("soort",), ("bsn",)}
    (link,) = boom.links
    assert (link.label, link.back, link.back_label) == (RAADPLEGEN, "bomen", "object.boom")


def test_a_directory_without_objecttypes_has_none(tmp_path: Path) -> None:
    assert load_objecttypes(tmp_path) == ()


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('"boom"', '"Boom"', "1: naam: een naam bestaat uit kleine letters, cijfers en streepjes"),
        ('"boom"', '"struik"', "1: naam: dit bestand heet struik.toml"),
        ('"bomen"\nuuid', '"boom"\nuuid', "2: meervoud: deze naam is al in gebruik"),
        ("uuid", "uid", "3: uid: onbekende sleutel (bedoelde u: uuid?)"),
        ("8FAED0FA", "8FAED", "3: uuid: dit is geen uuid"),
        ('["soort"]', '["kleur"]', "4: persoonlijk[0]: deze eigenschap staat niet in het schema"),
        ('["soort"]', '["soort"]\nopenbaar = true',
         "5: openbaar: wat naar een persoon wijst is niet openbaar"),
        ("waar.adres", "waar.x", "6: labels.waar.x: deze eigenschap staat niet in het schema"),
        ("object.boom-adres", "Boom", "6: labels.waar.adres: een label is als `object.laadpaal`: "
         "kleine letters, punten en streepjes"),
        ('"bsn"', '"nummer"',
         "8: verbanden[0].eigenschap: deze eigenschap staat niet in het schema"),
        ('"bsn"', '"waar"',
         "8: verbanden[0].eigenschap: dit is geen enkele waarde maar een object"),
        ('"bsn"', '"panden"', "11: verbanden[0].terug: in een lijst kan de bron niet zoeken"),
        ('"persoon"', '"boot"', "9: verbanden[0].soort: kies uit 'persoon', 'zaak', 'adres', "
         "'adresseerbaar-object', 'pand', 'kadastraal-onroerende-zaak', 'bedrijf' of 'vestiging'"),
        ('"eigenaar"', '"uuid"', "10: verbanden[0].naam: deze naam is hier al in gebruik"),
        ('"eigenaar"', '"de eigenaar"',
         "10: verbanden[0].naam: een naam van een veld is als `eersteAanvrager`"),
        ('["soort"]', '["soort"]\nzaken = "eigenaar"', "5: zaken: deze naam is hier al in gebruik"),
        ('"persoon"', '"persoon"\nvorm = "url"',
         "10: verbanden[0].vorm: alleen een zaak wordt met een url of een uuid genoemd"),
    ],
)  # fmt: skip
def test_mistakes_in_a_definition(tmp_path: Path, before: str, after: str, reason: str) -> None:
    assert before in GOOD
    write(tmp_path, "boom", GOOD.replace(before, after, 1), SCHEMA)

    assert reasons(tmp_path) == [f"objecttypen/boom.toml:{reason}"]


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ("{", "boom.json:1: geen geldige JSON"),
        ('{\n"a" 1}', "boom.json:2: geen geldige JSON"),
        ("[" * 100_000, "boom.json: geen leesbare JSON in UTF-8"),
        ("null", "boom.json: dit schema beschrijft geen object met eigenschappen"),
        ({"type": "string"}, "boom.json: dit schema beschrijft geen object met eigenschappen"),
    ],
)
def test_mistakes_in_a_schema(tmp_path: Path, schema: object, reason: str) -> None:
    write(tmp_path, "boom", GOOD, schema)

    assert reasons(tmp_path) == [f"objecttypen/{reason}"]


def test_a_schema_that_was_not_fetched_yet(tmp_path: Path) -> None:
    write(tmp_path, "boom", GOOD, SCHEMA)
    (tmp_path / "objecttypen" / "boom.json").unlink()

    assert reasons(tmp_path) == [
        "objecttypen/boom.json: het bestand is niet leesbaar; "
        "`bronpoort objecttypen ophalen` haalt het op"
    ]


@pytest.mark.parametrize(
    ("name", "plural", "back", "key", "taken_name"),
    [
        ("zaak", "dingen", "dingen", "naam", "Zaak"),
        ("ding", "zaken", "dingen", "meervoud", "zaken"),
        ("ding", "dingen", "zaken", "terug", "zaken"),
        ("ding", "dingen", "naam", "terug", "naam"),
        ("overige-data", "dingen", "dingen", "naam", "overigeData"),
    ],
)
def test_a_name_that_another_registry_has_is_refused(
    tmp_path: Path, name: str, plural: str, back: str, key: str, taken_name: str
) -> None:
    """Whoever wrote the definition chose it; a name in a JSON Schema gives way by itself."""
    toml = GOOD.replace('"boom"', f'"{name}"').replace('"bomen"\nuuid', f'"{plural}"\nuuid')
    toml = toml.replace('"]\n', '"]\nzaken = "zaken"\n', 1)
    write(tmp_path, name, toml.replace('terug = "bomen"', f'terug = "{back}"'), SCHEMA)
    found = load_objecttypes(tmp_path)
    with pytest.raises(ConfigurationError) as refused:
        objecten.registry(found, taken())

    reason = f"de naam {taken_name} is al in gebruik; kies een andere"
    assert f"objecttypen/{name}.toml: {key}: {reason}" in str(refused.value)


@pytest.mark.parametrize("folder", ["sandbox/gemeente", "deploy/voorbeeld"])
def test_the_definitions_that_come_along_are_good(folder: str) -> None:
    assert load_objecttypes(ROOT / folder) != ()
