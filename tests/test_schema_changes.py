"""A client of the released schema is not broken unannounced; and what holds that can fail."""

import re
from dataclasses import fields

import pytest
from graphql import build_schema, find_breaking_changes

from tests.schema_changes import (
    CHANGELOG,
    CURRENT,
    FAREWELLS,
    NONE_YET,
    RELEASED,
    Farewell,
    bare,
    farewells,
    noted,
    release,
    unannounced,
    unlisted,
    untold,
)

BEFORE = '''
"""De vragen."""
type Query {
  """Dieren op naam."""
  dieren(naam: String, aantal: Int = 9, soort: Soort @deprecated(reason: "Gebruik naam.")): [Dier!]
  """Een dier."""
  dier(nummer: ID!): Dier
  oud: Oud @deprecated(reason: "Gebruik dier.")
}

interface Dier {
  naam: String!
  kleur: String @deprecated(reason: "Gebruik naam.")
}

type Hond implements Dier {
  naam: String!
  kleur: String @deprecated(reason: "Gebruik naam.")
  baas: String
}

type Kat implements Dier {
  naam: String!
  kleur: String @deprecated(reason: "Gebruik naam.")
}

type Oud {
  naam: String
  soort: Rest
}

enum Rest {
  ALLES
}

enum Soort {
  HOND
  KAT
  DRAAK @deprecated(reason: "Gebruik KAT.")
}
'''
DEPRECATED = (
    "Dier.kleur",
    "Query.dieren(soort:)",
    "Query.oud",
    "Soort.DRAAK",
)
GOING = tuple(Farewell(place, "Niemand vroeg erom.", "1.0.0") for place in DEPRECATED)


def changed(*changes: tuple[str, str]) -> str:
    """The released schema with these parts of its text replaced."""
    text = BEFORE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


# ---- the project's own schema ---------------------------------------------------------------


def test_the_schema_breaks_no_client_of_the_last_release() -> None:
    """Deprecate first, in a release; see CONTRIBUTING.md, and schema/afscheid.toml."""
    going = farewells(FAREWELLS.read_text(encoding="utf-8"))
    released, current = (each.read_text(encoding="utf-8") for each in (RELEASED, CURRENT))

    assert unannounced(released, current, going) == []
    assert unlisted(released, current, going) == []
    assert [each for each in going if not re.fullmatch(r"\d+\.\d+\.\d+", each.sinds)] == []


def test_the_changelog_tells_what_a_client_may_have_to_deal_with() -> None:
    unreleased = CHANGELOG.read_text(encoding="utf-8").split("\n## ")[1]
    released, current = (each.read_text(encoding="utf-8") for each in (RELEASED, CURRENT))

    assert untold(released, current, unreleased) == []


def test_the_released_schema_is_that_of_the_newest_release() -> None:
    """`make released` writes it."""
    first, _, rest = RELEASED.read_text(encoding="utf-8").partition("\n\n")

    assert first == f"# Uitgave: {release(CHANGELOG.read_text(encoding='utf-8'))}"
    assert rest == bare(rest)


def test_the_list_explains_its_own_keys() -> None:
    comment = FAREWELLS.read_text(encoding="utf-8").split("[[afscheid]]\n")[0]

    keys = re.findall(r"^#   ([a-z]+)  ", comment, re.M)
    assert keys == [field.name for field in fields(Farewell)]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("\n  persoon(", "\n  mens(", "Field Query.persoon was removed."),
        ("  huisletter: Huisletter\n", "", "Field Adres.huisletter was removed."),
        ("  PLAATS_INGETROKKEN\n", "", "Enum value StatusAdresseerbaarObject.PLAATS_INGETROKKEN"),
        ("  zaak(uuid: Uuid!", "  zaak(uuid: Uuid!, jaar: Int!", "argument Query.zaak(jaar:)"),
    ],
)
def test_the_published_schema_itself_can_break(old: str, new: str, said: str) -> None:
    """What the small schema below proves is true of the real one too."""
    released = RELEASED.read_text(encoding="utf-8")
    assert old in released

    assert said in " ".join(unannounced(released, released.replace(old, new), ()))


# ---- what breaks ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  baas: String\n", "", "Field Hond.baas was removed."),
        ("  baas: String\n", "  baas: Int\n", "Field Hond.baas changed type from String to Int."),
        (
            "interface Dier {\n  naam: String!",
            "interface Dier {\n  naam: String",
            "Field Dier.naam changed type from String! to String.",
        ),
        ("naam: String, ", "", "Argument Query.dieren(naam:) was removed."),
        (
            "dier(nummer: ID!)",
            "dier(nummer: ID!, jaar: Int!)",
            "A required argument Query.dier(jaar:) was added.",
        ),
        (
            "naam: String, ",
            "naam: String!, ",
            "Argument Query.dieren(naam:) has changed type from String to String!.",
        ),
        ("  KAT\n", "", "Enum value Soort.KAT was removed."),
        ("Kat implements Dier", "Kat", "Kat no longer implements interface Dier."),
        (
            "  oud: Oud",
            "  oud: Rest",
            "Field Query.oud changed type from Oud to Rest.",
        ),
    ],
)
def test_a_client_would_break(old: str, new: str, said: str) -> None:
    """Whatever is changed under its name; a deprecation that is not listed announces nothing."""
    assert said in unannounced(BEFORE, changed((old, new)), ())


@pytest.mark.parametrize(
    "changes",
    [
        (),
        (("  baas: String\n", "  baas: String!\n"),),
        (("  baas: String\n", "  baas: String\n  leeftijd: Int\n"),),
        (("naam: String, ", "naam: String, jaar: Int, "),),
        (("  KAT\n", "  KAT\n  VIS\n"),),
        (('"""Een dier."""', '"""Een ander dier."""'),),
        (("  baas: String\n", '  baas: String @deprecated(reason: "Gebruik naam.")\n'),),
    ],
)
def test_no_client_would_break(changes: tuple[tuple[str, str], ...]) -> None:
    """Adding is free, and so is telling what will go."""
    assert unannounced(BEFORE, changed(*changes), ()) == []


# ---- what was announced ---------------------------------------------------------------------

GONE = {
    "Dier.kleur": ('  kleur: String @deprecated(reason: "Gebruik naam.")\n', ""),
    "Query.dieren(soort:)": (', soort: Soort @deprecated(reason: "Gebruik naam.")', ""),
    "Query.oud": ('  oud: Oud @deprecated(reason: "Gebruik dier.")\n', ""),
    "Soort.DRAAK": ('  DRAAK @deprecated(reason: "Gebruik KAT.")\n', ""),
}


@pytest.mark.parametrize("place", DEPRECATED)
def test_what_the_release_deprecated_may_go(place: str) -> None:
    """When it is listed: that of an interface in all its types at once."""
    current = changed(GONE[place])
    (this,) = (each for each in GOING if each.plaats == place)

    assert unannounced(BEFORE, current, ()) != []
    assert unannounced(BEFORE, current, [this]) == []
    assert unlisted(BEFORE, current, GOING) == []


def test_a_type_goes_with_the_last_field_that_leads_to_it() -> None:
    """And with it what only it led to."""
    types = "type Oud {\n  naam: String\n  soort: Rest\n}\n\nenum Rest {\n  ALLES\n}\n\n"
    current = changed(GONE["Query.oud"], (types, ""))

    assert unannounced(BEFORE, current, GOING) == []
    assert unannounced(BEFORE, current, ()) == [
        "Oud was removed.",
        "Rest was removed.",
        "Field Query.oud was removed.",
    ]


def test_what_went_may_come_back_as_something_else() -> None:
    """Who heeded the warning asks for neither."""
    current = changed(("oud: Oud @deprecated", "oud: Rest @deprecated"))

    assert unannounced(BEFORE, current, GOING) == []


def test_what_the_release_did_not_deprecate_may_not_go() -> None:
    """However the list is written, or the schema of today."""
    going = (*GOING, Farewell("Hond.baas", "Honden hebben geen baas.", "1.1.0"))

    broken = unannounced(BEFORE, changed(("  baas: String\n", "")), going)

    assert broken == ["Field Hond.baas was removed."]


def test_the_list_and_the_deprecations_are_the_same() -> None:
    """Nothing goes that nobody reviewed; nothing stays listed that is gone."""
    new = changed(("  baas: String\n", '  baas: String @deprecated(reason: "Gebruik naam.")\n'))
    gone = changed(*GONE.values())
    wrong = Farewell("Kat.snor", "Schreven wij.", "1.0.0")
    half = changed(('kleur: String @deprecated(reason: "Gebruik naam.")\n}', "kleur: String\n}"))

    assert unlisted(BEFORE, BEFORE, GOING) == []
    assert unlisted(BEFORE, new, GOING) == ["Hond.baas is deprecated and not listed"]
    assert unlisted(BEFORE, gone, GOING) == []
    assert unlisted(gone, gone, GOING[:1]) == ["Dier.kleur is listed and not deprecated"]
    assert unlisted(BEFORE, BEFORE, (*GOING, wrong)) == ["Kat.snor is listed and not deprecated"]
    assert unlisted(half, half, GOING) == [
        "Dier.kleur is listed and not deprecated",
        "Kat.kleur is listed and not deprecated",
    ]


def test_an_entry_has_exactly_its_keys() -> None:
    entry = '[[afscheid]]\nplaats = "Hond.baas"\nwaarom = "Zo."\n'

    assert farewells(f'{entry}sinds = "1.0.0"') == (Farewell("Hond.baas", "Zo.", "1.0.0"),)
    for wrong in (entry, f'{entry}sinds = "1.0.0"\nreden = "Zo."'):
        with pytest.raises(TypeError):
            farewells(wrong)


# ---- what must be told ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  KAT\n", "  KAT\n  VIS\n", ["`Soort.VIS`"]),
        ("aantal: Int = 9", "aantal: Int = 20", ["`Query.dieren(aantal:)`"]),
        ("type Oud {", "type Oud implements Dier {\n  kleur: String", ["`Oud`", "`Dier`"]),
    ],
)
def test_the_changelog_names_what_a_client_may_not_know(
    old: str, new: str, told: list[str]
) -> None:
    """A value that a client's list lacks, a default that is another, a type among others."""
    current = changed((old, new))

    assert len(untold(BEFORE, current, "### Added")) == 1
    assert len(untold(BEFORE, current, f"- Nieuw: {', '.join(told[1:])}.")) == 1
    assert untold(BEFORE, current, f"- Nieuw: {', '.join(told)}.") == []


def test_an_argument_that_may_be_left_out_needs_no_telling() -> None:
    assert untold(BEFORE, changed(("naam: String, ", "naam: String, jaar: Int, ")), "") == []


# ---- the released schema --------------------------------------------------------------------


def test_the_released_schema_holds_all_that_can_break() -> None:
    """And no text that is only read."""
    schemas = build_schema(BEFORE), build_schema(bare(BEFORE))

    assert '"""' not in bare(BEFORE)
    assert find_breaking_changes(*schemas) == find_breaking_changes(*reversed(schemas)) == []
    assert unlisted(bare(BEFORE), bare(BEFORE), GOING) == []


def test_a_release_notes_the_schema_that_breaks_nobody() -> None:
    """Under its number; one that would break a client is not noted."""
    changelog = "## Unreleased\n\n## 1.2.0 - 2027-01-05\n"

    assert noted(BEFORE, BEFORE, GOING, changelog) == f"# Uitgave: 1.2.0\n\n{bare(BEFORE)}"
    with pytest.raises(ValueError, match=r"^Field Hond\.baas was removed\.$"):
        noted(BEFORE, changed(("  baas: String\n", "")), GOING, changelog)


def test_the_newest_release_of_the_changelog() -> None:
    assert release("# Changelog\n\n## Unreleased\n\n- Iets.\n") == NONE_YET
    assert release("## Unreleased\n\n## 1.2.0 - 2027-01-05\n\n## 1.1.0\n") == "1.2.0"
    assert release("## Unreleased\n\n## [1.2.0] - 2027-01-05\n") == "1.2.0"
