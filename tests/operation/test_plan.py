"""What an operation needs: steps, the paths of each read, and what is refused."""

import pytest

from gateway.operation.plan import Why
from gateway.source.read import Fields
from tests.operation.asking import fields_of, lines, planned, wanted, without

MENS = "query($b: Bsn!) { mens(bsn: $b) { %s } }"


def test_each_kind_of_field_asks_for_what_it_needs() -> None:
    """Copied its path, derived its needs, linked its key; a link opens a step below."""
    query = MENS % "leeftijd naam { volledig roepnaam } bezit { gewicht } partner { bsn }"

    assert lines(planned(query)) == [
        "mens op_nummer: bsn leeftijd naam.achternaam naam.extra.roepnaam naam.voornaam partner",
        "  mens.bezit dingen_van: maten.gewicht",
        "  mens.partner op_nummer: bsn",
    ]


def test_what_is_selected_twice_is_merged() -> None:
    """Repeated, through inline and named fragments, at any depth."""
    query = """query($b: Bsn!) {
      mens(bsn: $b) { naam { voornaam } partner { leeftijd } ...A }
      mens(bsn: $b) { naam { achternaam } ... { partner { bsn } } }
    }
    fragment A on Mens { naam { ...B } partner { naam { ...B } } }
    fragment B on Naam { extra { titel } }"""

    assert lines(planned(query)) == [
        "mens op_nummer: naam.achternaam naam.extra.titel naam.voornaam partner",
        "  mens.partner op_nummer: bsn leeftijd naam.extra.titel",
    ]


def test_aliases_are_steps_of_their_own() -> None:
    """The same link under two names may lead on to different things."""
    query = MENS % "een: partner { leeftijd } twee: partner { bsn partner { bsn } }"

    assert lines(planned(query)) == [
        "mens op_nummer: partner",
        "  mens.een op_nummer: leeftijd",
        "  mens.twee op_nummer: bsn partner",
        "    mens.twee.partner op_nummer: bsn",
    ]


def test_an_object_comes_with_what_every_step_that_may_still_meet_it_needs() -> None:
    """Then nothing is asked twice, at another level or by another read of the resource."""
    plan = planned(
        "query($b: Bsn!) { mens(bsn: $b) { leeftijd partner { bsn } }"
        " mensenGezocht { edges { node { kleur } } totalCount } }"
    )

    assert wanted(plan, "mens") == ("bsn", "kleur", "leeftijd", "partner")
    assert wanted(plan, "mensenGezocht") == ("bsn", "kleur", "leeftijd", "partner")


def test_an_object_comes_without_what_only_the_steps_above_it_need() -> None:
    """They are done: the partner is not asked for what only the person is asked for."""
    plan = planned(
        "query($b: Bsn!) { mens(bsn: $b) { leeftijd partner { bsn partner { kleur } } } }"
    )

    assert wanted(plan, "mens") == ("bsn", "kleur", "leeftijd", "partner")
    assert wanted(plan, "mens", "partner") == ("bsn", "kleur", "partner")
    assert wanted(plan, "mens", "partner", "partner") == ("kleur",)


def test_what_one_of_a_group_wants_is_asked_of_its_own_objects_only() -> None:
    plan = planned(
        "query($b: Bsn!, $c: Bsn!) { een: mens(bsn: $b) { leeftijd }"
        " twee: mens(bsn: $c) { kleur } }"
    )
    group = frozenset(step.number for step in plan.steps)
    (first, second) = (frozenset({step.number}) for step in plan.steps)

    assert plan.needs.fields(group, group).paths == ("kleur", "leeftijd")
    assert plan.needs.fields(group, first).paths == ("leeftijd",)
    assert plan.needs.fields(group, second).paths == ("kleur",)


def test_the_paths_of_a_connection_are_those_of_its_nodes() -> None:
    """Edges and page information are the machine's; a link on the edge asks through the node."""
    query = (
        MENS % "vrienden { edges { soort node { leeftijd } bezit { id } } pageInfo { endCursor } }"
    )

    assert fields_of(planned(query), "mens", "vrienden") == Fields(
        ("bsn", "leeftijd"), {"bezit": Fields(("eigenaar", "id"), {})}
    )


def test_a_read_is_told_which_links_are_selected_below() -> None:
    """For a source that can send them along."""
    query = MENS % "bezit { verslag { dingen { naam } } eigenaar { bsn } }"
    fields = fields_of(planned(query), "mens")

    assert list(fields.links) == ["bezit"]
    below = fields.links["bezit"]
    assert sorted(below.links) == ["eigenaar", "verslag"]
    assert below.links["verslag"].paths == ("dingen",)
    assert sorted(below.links["verslag"].links) == ["dingen"]


def test_through_asks_for_the_key_of_its_next_hop() -> None:
    """And the condition of a link for both its sides."""
    assert lines(planned(MENS % "besproken { naam } gereedschap { id }")) == [
        "mens op_nummer: bsn rol verslag",
        "  mens.besproken verslagen: dingen",
        "    mens.besproken op_kenmerk: naam",
        "  mens.gereedschap dingen_van: id rol",
    ]


def test_the_discriminator_is_always_asked_for() -> None:
    """Of an object, of each in a list, and of those inside the options."""
    query = MENS % "verblijf { __typename ... on Huis { kamers { pronkstuk { __typename } } } }"

    assert lines(planned(query)) == [
        "mens op_nummer: verblijf.kamers.pronkstuk.type verblijf.soort"
    ]


def test_the_options_path_is_asked_for_whatever_the_fragment_is_on() -> None:
    """On the option, on the interface, on a union that it is in."""
    assert lines(
        planned(MENS % "vondst { ... on Vondst { ... on Ding { id } } ... on Dier { poten } }")
    ) == ["mens op_nummer: vondst.id vondst.poten vondst.type"]


@pytest.mark.parametrize(
    ("selected", "paths"),
    [
        ("__typename", ""),
        ("naam { __typename }", " naam"),
        ("naam { __typename voornaam }", " naam.voornaam"),
        ("naam { __typename } naam { voornaam }", " naam.voornaam"),
        ("naam { extra { __typename } }", " naam.extra"),
        ("verblijven { __typename }", " verblijven.soort"),
    ],
)
def test_only_a_type_name_asks_whether_the_object_is_there(selected: str, paths: str) -> None:
    """And no more than that when something inside is asked for anyhow."""
    assert lines(planned(MENS % selected)) == [f"mens op_nummer:{paths}"]


def test_skip_and_include() -> None:
    """Literal or by variable, on fields, fragments and spreads, both at once."""
    query = """query($b: Bsn!, $x: Boolean!, $y: Boolean!) {
      mens(bsn: $b) {
        a: leeftijd @skip(if: true)
        kleur @include(if: $x)
        kleuren @skip(if: $x)
        ... @include(if: $y) { bijnamen partner { bsn } }
        ...F @skip(if: $x) @include(if: $y)
      }
    }
    fragment F on Mens { naam { voornaam } }"""

    assert lines(planned(query, x=True, y=False)) == ["mens op_nummer: kleur"]
    assert lines(planned(query, x=False, y=True)) == [
        "mens op_nummer: bijnamen kleuren naam.voornaam partner",
        "  mens.partner op_nummer: bsn",
    ]


def test_a_fragment_that_is_left_out_at_one_place_stands_at_another() -> None:
    """Leaving a spread out is no visit of its fragment."""
    query = MENS % "...F @skip(if: true) ...F" + "fragment F on Mens { kleur }"

    assert lines(planned(query)) == ["mens op_nummer: kleur"]


def test_what_is_refused_is_neither_asked_for_nor_followed() -> None:
    """By the label of the field, or of the type that it gives; said once, without indices."""
    plan = planned(
        "query($b: [Bsn!]!)"
        " { mensen(bsns: $b) { bsn naam { voornaam } partner { leeftijd } kleur } }",
        without("mens.bsn", "mens.naam", "mens.partner"),
    )

    assert lines(plan) == ["mensen op_nummer: kleur"]
    assert [(found.path, found.label) for found in plan.refusals] == [
        (("mensen", "bsn"), "mens.bsn"),
        (("mensen", "naam"), "mens.naam"),
        (("mensen", "partner"), "mens.partner"),
    ]
    assert plan.refused == {("Mens", "bsn"), ("Mens", "naam"), ("Mens", "partner")}
    assert plan.labels == ("mens.basis", "vraag.mens")


def test_a_refusal_says_where_in_the_document() -> None:
    """Counted from 1."""
    (found,) = planned(MENS % "\n  bsn", without("mens.bsn")).refusals

    assert found.location is not None
    assert (found.location.line, found.location.column) == (2, 3)


def test_a_question_is_refused_by_the_label_of_the_question_or_of_its_type() -> None:
    """Through a connection too; nothing is planned below it."""
    query = "{ mensenGezocht { edges { node { bsn } } } }"

    for label in ("vraag.zoeken", "mens.basis"):
        plan = planned(query, without(label))
        assert lines(plan) == []
        assert [(one.path, one.label) for one in plan.refusals] == [(("mensenGezocht",), label)]


def test_a_field_is_refused_for_one_type_and_seen_for_another() -> None:
    """The same name in two options has two labels."""
    query = MENS % "verblijf { ... on Boot { nummer } ... on Huis { n: nummer } }"
    plan = planned(query, without("mens.bootnummer"))

    assert lines(plan) == ["mens op_nummer: verblijf.nummer verblijf.soort"]
    assert plan.refused == {("Boot", "nummer")}


def test_a_link_on_an_interface_is_refused_for_each_option_and_told_once() -> None:
    """Each option has a field of its own; the client asked for one."""
    plan = planned(MENS % "verblijf { eigenaar { bsn } }", without("verblijf.eigenaar"))

    assert [found.path for found in plan.refusals] == [("mens", "verblijf", "eigenaar")]
    assert {name for name, _ in plan.refused} == {"Huis", "Boot", "Ergens"}
    assert lines(plan) == ["mens op_nummer: verblijf.soort"]


def test_a_link_on_an_interface_is_one_step() -> None:
    """For all options alike, and of its own for an option of which more is asked."""
    alike = MENS % "verblijf { eigenaar { bsn } }"
    more = MENS % "verblijf { eigenaar { bsn } ... on Boot { eigenaar { leeftijd } } }"

    assert lines(planned(alike))[1:] == ["  mens.verblijf.eigenaar op_nummer: bsn"]
    assert lines(planned(more))[1:] == [
        "  mens.verblijf.eigenaar op_nummer: bsn",
        "  mens.verblijf.eigenaar op_nummer: bsn leeftijd",
    ]


def test_one_name_for_two_links() -> None:
    """Conflicting only to the eye: no object is of both types."""
    query = (
        MENS % "vondst { ... on Ding { x: eigenaar { bsn } } ... on Dier { x: baas { kleur } } }"
    )

    assert lines(planned(query)) == [
        "mens op_nummer: vondst.baas vondst.eigenaar vondst.type",
        "  mens.vondst.x op_nummer: bsn",
        "  mens.vondst.x op_nummer: kleur",
    ]


OWN = """query($b: Bsn!) {
  mens(bsn: $b) { bezit { id } } ding(id: "boek") { id }
  dier(id: "leeuw") { naam baas { bsn } } vondsten { __typename }
  mijn { mens { bezit { id } } ... on Mijn { u: uitspraken { jaar } } }
}"""


def test_a_citizen_starts_from_what_is_theirs_or_from_open_data() -> None:
    """Whatever the labels say, and only at the root: by their own number nowhere else either."""
    plan = planned(OWN, closed=True)

    assert [".".join(step.response_path) for step in plan.steps] == [
        "dier", "dier.baas", "vondsten", "mijn.mens", "mijn.mens.bezit", "mijn.u",
    ]  # fmt: skip
    assert [(found.path, found.why) for found in plan.refusals] == [
        (("mens",), Why.NOT_MINE),
        (("ding",), Why.NOT_MINE),
    ]


def test_who_may_ask_for_anybody_has_nothing_of_their_own() -> None:
    """Each field of `mijn` is refused, and nothing else."""
    plan = planned(OWN)

    assert [step.fact.parent for step in plan.steps if step.parent is None] == ["Query"] * 4
    assert [(found.path, found.why) for found in plan.refusals] == [
        (("mijn", "mens"), Why.NOBODYS),
        (("mijn", "u"), Why.NOBODYS),
    ]


def test_a_label_is_lacked_before_anything_else() -> None:
    """A surer login would give it; that is told first."""
    plan = planned(OWN, without("mens.bezit", "vraag.mens"), closed=True)

    assert [(found.path, found.label, found.why) for found in plan.refusals] == [
        (("mens",), "vraag.mens", Why.LABEL),
        (("ding",), "ding.basis", Why.NOT_MINE),
        (("mijn", "mens"), "vraag.mens", Why.LABEL),
        (("mijn", "u"), "vraag.mens", Why.LABEL),
    ]


def test_a_plan_tells_that_it_asks_for_what_is_somebodys_own() -> None:
    """Whatever came of it: such an answer is nobody else's."""
    assert planned(OWN, closed=True).asks_own
    assert planned("{ mijn { __typename } }").asks_own
    assert not planned('{ dier(id: "leeuw") { naam } }', closed=True).asks_own


def test_introspection_needs_nothing() -> None:
    """It is a field of the root and no step."""
    plan = planned('{ __typename __schema { queryType { name } } __type(name: "Mens") { name } }')

    assert (plan.steps, plan.refusals) == ((), ())


def test_steps_are_numbered_parents_first() -> None:
    """What binds, fetches and explains relies on it."""
    plan = planned(MENS % "partner { bezit { eigenaar { bsn } } } besproken { eigenaar { bsn } }")

    for number, step in enumerate(plan.steps):
        assert step.number == number
        assert step.parent is None or step.parent.number < number
        assert step.depth == (0 if step.parent is None else step.parent.depth + 1)
