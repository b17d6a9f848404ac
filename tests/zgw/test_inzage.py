"""Who is shown which zaken and documents: through the whole gateway, over a source that believes
everybody.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import httpx
import pytest

from gateway.tenants import Dienst, Purpose
from sandbox.second_system import SYSTEM
from sandbox.showcase import PERMIT_ZAAK
from tests.app import HOST, PATHS, SECOND, Call, Running, Setup, facts, running, token
from tests.zgw.zaaksysteem import (
    ANDER,
    BIJSTAND,
    BRANCH,
    BURGER,
    KVK,
    PARKEREN,
    RSIN,
    UNKNOWN,
    Zaaksysteem,
    bedrijf,
    medewerker,
    paper,
    persoon,
    url,
    uuid,
    vestiging,
)

pytestmark = pytest.mark.anyio

MINE = """query($first: Int! = 20, $after: Cursor) {
  mijn { zaken(first: $first, after: $after) { %s } }
}"""
LIST = (
    MINE % "totalCount pageInfo { hasNextPage endCursor } edges { cursor node { identificatie } }"
)
ONE = "query($uuid: Uuid!) { mijn { zaak(uuid: $uuid) { identificatie %s } } }"
ALL = "{ zaken { totalCount edges { node { identificatie } } } }"
COMPANY = {"soort": "bedrijf", "kvkNummer": KVK, "rsin": RSIN}
PAPERS = (
    ONE
    % """documenten { titel } zaakinformatieobjecten { titel document { titel } }
  besluiten { documenten { titel } besluitinformatieobjecten { document { titel } } }"""
)


def purpose_of(made: Setup) -> Purpose:
    """The one purpose of a setup."""
    (purpose,) = made.purposes or ()
    return purpose


def setup(there: Zaaksysteem, claims: Mapping[str, Any] | None = None, **said: Any) -> Setup:
    """The municipality with this zaaksysteem, and a purpose that says this under `inzage`."""
    limits = {n: frozenset(s) if isinstance(s, list) else s for n, s in said.items()}
    kinds = frozenset({"medewerker", "burger", "bedrijf", "gemachtigde"})
    purpose = Purpose(
        "test", "Toetsen.", facts().labels, kinds, {}, open=True,  # type: ignore[arg-type]
        insight=frozenset(limits.items()),
    )  # fmt: skip
    return Setup(
        purposes=[purpose],
        answering=there.answering,
        dialect={"zaken": {"variant": "openzaak"}},
        claims={"soort": "burger", "bsn": BURGER} if claims is None else claims,
    )


async def shown(there: Zaaksysteem, claims: Mapping[str, Any] | None = None, **said: Any) -> Any:
    """The numbers of the zaken that a caller is shown one by one, of all that there are."""
    found = []
    async with running(setup(there, claims, **said)) as app:
        for key in there.zaken:
            answer = (await app.ask(ONE % "", {"uuid": key})).json()
            assert "errors" not in answer, answer
            zaak = answer["data"]["mijn"]["zaak"]
            found += [] if zaak is None else [zaak["identificatie"]]
    return found


async def listed(app: Running, **variables: Any) -> tuple[list[str], Any]:
    """The numbers on a page of the caller's own zaken, and the page."""
    answer = (await app.ask(LIST, variables)).json()
    assert "errors" not in answer, answer
    page = answer["data"]["mijn"]["zaken"]
    return [edge["node"]["identificatie"] for edge in page["edges"]], page


# ---- whose --------------------------------------------------------------------------------------


async def test_a_list_of_a_source_that_ignores_whose_it_was_asked_for() -> None:
    """Every zaak of everybody comes; of each it is asked who takes part, once."""
    there = Zaaksysteem()
    there.zaak(1, persoon())
    there.zaak(2, persoon(ANDER), medewerker())
    there.zaak(3)
    async with running(setup(there)) as app:
        found, page = await listed(app)

    assert found == ["ZAAK-1"]
    assert page["totalCount"] is None
    assert there.calls == ["zaken POST zaken/_zoek", *["zaken GET rollen"] * 3]


@pytest.mark.parametrize(
    ("rol", "expected"),
    [
        (persoon(), True),
        (persoon(generic="mede_initiator"), True),
        (persoon(generic="belanghebbende"), True),
        (persoon(generic="klantcontacter"), False),
        (persoon(generic="adviseur"), False),
        (persoon(generic=""), False),
        (persoon(ANDER), False),
        (persoon(""), False),
        (persoon(f" {BURGER} "), True),
        (persoon(eindeGeldigheid="2026-01-01"), False),
        (persoon(eindeGeldigheid="9999-12-31"), True),
        (persoon(eindeGeldigheid=20991231), False),
        (persoon(beginGeldigheid="2026-01-01"), True),
        (persoon(beginGeldigheid="9999-12-31"), False),
        (persoon(beginGeldigheid=20260101), False),
        (persoon(indicatieMachtiging="gemachtigde"), False),
        (persoon(indicatieMachtiging="machtiginggever"), True),
        (persoon() | {"betrokkeneType": "medewerker"}, False),
        (persoon() | {"betrokkeneIdentificatie": None}, False),
        (persoon() | {"betrokkeneIdentificatie": [BURGER]}, False),
        (bedrijf(innNnpId=BURGER), False),
    ],
)
async def test_which_rol_makes_it_the_zaak_of_a_citizen(rol: Any, expected: bool) -> None:
    there = Zaaksysteem()
    there.zaak(1, medewerker(), rol)

    assert await shown(there) == (["ZAAK-1"] if expected else [])


@pytest.mark.parametrize(
    ("rol", "whole", "branch"),
    [
        (bedrijf(kvkNummer=KVK), True, False),
        (bedrijf(kvkNummer=KVK, vestigingsNummer=BRANCH), True, True),
        (bedrijf(vestigingsNummer=BRANCH), False, True),
        (bedrijf(kvkNummer="99900107", vestigingsNummer=BRANCH), False, False),
        (bedrijf(innNnpId=RSIN), True, False),
        (bedrijf(innNnpId=RSIN, vestigingsNummer="000099900017"), True, False),
        (bedrijf(innNnpId=RSIN, vestigingsNummer=BRANCH), True, True),
        (bedrijf(innNnpId="888800010", vestigingsNummer=BRANCH), False, False),
        (bedrijf(kvkNummer="99900107"), False, False),
        (bedrijf(), False, False),
        (vestiging(vestigingsNummer=BRANCH), False, True),
        (vestiging(vestigingsNummer=BRANCH, kvkNummer=KVK), True, True),
        (vestiging(vestigingsNummer="000099900017", kvkNummer=KVK), True, False),
        (persoon(KVK), False, False),
    ],
)
async def test_which_rol_makes_it_the_zaak_of_a_company(
    rol: Any, whole: bool, branch: bool
) -> None:
    """Who logged in for one branch is shown that branch, and nothing of the whole company."""
    there = Zaaksysteem()
    there.zaak(1, rol)

    assert await shown(there, COMPANY) == (["ZAAK-1"] if whole else [])
    assert await shown(there, {**COMPANY, "vestigingsnummer": BRANCH}) == (
        ["ZAAK-1"] if branch else []
    )


async def test_a_kvk_nummer_where_the_rsin_stands() -> None:
    """Is no other RSIN, where the municipality writes it there."""
    there = Zaaksysteem()
    there.zaak(1, bedrijf(innNnpId=KVK, vestigingsNummer=BRANCH))
    there.zaak(2, bedrijf(innNnpId="99900107", vestigingsNummer=BRANCH))
    asked = setup(there, {**COMPANY, "vestigingsnummer": BRANCH})
    asked.dialect = {"zaken": {"variant": "openzaak", "kvk_nummer_in": "innNnpId"}}
    async with running(asked) as app:
        found = [
            (await app.ask(ONE % "", {"uuid": uuid(n)})).json()["data"]["mijn"]["zaak"]
            for n in (1, 2)
        ]

    assert found == [{"identificatie": "ZAAK-1"}, None]


async def test_a_municipality_decides_which_rollen_make_it_ones_own() -> None:
    there = Zaaksysteem()
    there.zaak(1, persoon(generic="initiator"))
    there.zaak(2, persoon(generic="adviseur"))

    assert await shown(there, eigen_rollen=["adviseur"]) == ["ZAAK-2"]


@pytest.mark.parametrize("more", ["", "documenten { titel } rollen { uuid }"])
async def test_anothers_zaak_and_one_that_is_not_there_are_alike(more: str) -> None:
    """In every byte, and in what is asked: who takes part, and nothing more."""
    there = Zaaksysteem()
    foreign = there.zaak(1, persoon(ANDER), papers=[1])
    there.document(1)
    bodies, asked = [], []
    async with running(setup(there)) as app:
        for key in (foreign, UNKNOWN):
            there.calls.clear()
            answer = await app.ask(ONE % more, {"uuid": key})
            bodies.append((answer.status_code, answer.content, dict(answer.headers)))
            asked.append(list(there.calls))

    assert bodies[0] == bodies[1]
    assert json.loads(bodies[0][1]) == {"data": {"mijn": {"zaak": None}}}
    assert asked == [["zaken GET rollen"]] * 2


@pytest.mark.parametrize("status", [400, 404])
async def test_a_source_that_refuses_to_tell_of_what_is_not_there(status: int) -> None:
    """Proves nothing, and that is no failure."""
    there = Zaaksysteem(fails={"zaken GET rollen": status})
    there.zaak(1, persoon())

    assert await shown(there) == []
    assert there.calls == ["zaken GET rollen"]


@pytest.mark.parametrize("status", [403, 412, 500, 503])
async def test_a_proof_that_cannot_be_had(status: int) -> None:
    """Fails the field, whose zaak it may be, and the zaak itself is not asked for."""
    there = Zaaksysteem(fails={"zaken GET rollen": status})
    mine = there.zaak(1, persoon())
    async with running(setup(there)) as app:
        bodies = [
            (await app.ask(ONE % "", {"uuid": key})).content for key in (mine, uuid(2), UNKNOWN)
        ]
        page = (await app.ask(LIST)).json()

    assert bodies[0] == bodies[1] == bodies[2]
    assert json.loads(bodies[0])["data"] == {"mijn": {"zaak": None}}
    assert json.loads(bodies[0])["errors"][0]["extensions"]["bron"] == "zaken"
    assert page["data"] == {"mijn": {"zaken": None}}
    assert page["errors"][0]["extensions"]["code"] != "NIET_GEVONDEN"
    assert not [line for line in there.calls if line.startswith("zaken GET zaken/")]


async def test_who_takes_part_is_asked_once() -> None:
    """Though the question asks it too; and of the rollen only the caller's and the staff's show."""
    there = Zaaksysteem()
    there.zaak(1, persoon(), persoon(ANDER, "belanghebbende"), medewerker(), bedrijf(kvkNummer=KVK))
    async with running(setup(there)) as app:
        query = MINE % "edges { rollen { uuid } node { rollen { __typename } } }"
        answer = (await app.ask(query)).json()

    (edge,) = answer["data"]["mijn"]["zaken"]["edges"]
    names = [rol["__typename"] for rol in edge["node"]["rollen"]]
    assert names == ["RolNatuurlijkPersoon", "RolMedewerker"]
    assert len(edge["rollen"]) == 1
    assert there.calls == ["zaken POST zaken/_zoek", "zaken GET rollen"]


async def test_the_zaken_beside_ones_own() -> None:
    """A hoofdzaak, deelzaken and other zaken of others lead to the same as what is not there; of
    deelzaken not even how many there are.
    """
    there = Zaaksysteem()
    own, foreign = there.zaak(2, persoon()), there.zaak(3, persoon(ANDER))
    urls = [url("zaken", "zaken", key) for key in (own, foreign, UNKNOWN)]
    related = [{"url": each, "aardRelatie": "vervolg"} for each in urls]
    mine = there.zaak(1, persoon(), hoofdzaak=urls[1], deelzaken=urls, relevanteAndereZaken=related)
    more = """hoofdzaak { identificatie } deelzaken { identificatie }
      relevanteAndereZaken { zaak { identificatie } }"""
    async with running(setup(there)) as app:
        answer = (await app.ask(ONE % more, {"uuid": mine})).json()

    zaak = answer["data"]["mijn"]["zaak"]
    assert zaak["hoofdzaak"] is None
    assert zaak["deelzaken"] == [{"identificatie": "ZAAK-2"}]
    others = [each["zaak"] for each in zaak["relevanteAndereZaken"]]
    assert others == [{"identificatie": "ZAAK-2"}, None, None]
    told = {(json.dumps(error["extensions"]), error["message"]) for error in answer["errors"]}
    assert len(told) == 1
    assert [error["path"][-2:] for error in answer["errors"]] == [
        ["zaak", "hoofdzaak"], [1, "zaak"], [2, "zaak"],
    ]  # fmt: skip
    assert there.calls.count("zaken GET rollen") == 4
    assert there.calls.count("zaken POST zaken/_zoek") == 0  # one of them is left to ask for


async def test_what_a_zaak_is_about_names_nobody_else() -> None:
    """Persons and companies other than the caller are not there; things are."""
    there = Zaaksysteem()
    mine = there.zaak(1, persoon())
    there.objecten[mine] = [
        {"objectType": "natuurlijk_persoon", "objectIdentificatie": {"inpBsn": ANDER}},
        {"objectType": "natuurlijk_persoon", "objectIdentificatie": {"inpBsn": BURGER}},
        {"objectType": "niet_natuurlijk_persoon", "objectIdentificatie": {"innNnpId": RSIN}},
        {"objectType": "huishouden", "objectIdentificatie": {"nummer": "1"}},
        {"objectType": "overige", "objectIdentificatie": {"overigeData": {}}},
    ]
    async with running(setup(there)) as app:
        answer = (await app.ask(ONE % "zaakobjecten { __typename }", {"uuid": mine})).json()

    names = [each["__typename"] for each in answer["data"]["mijn"]["zaak"]["zaakobjecten"]]
    assert names == ["ZaakobjectNatuurlijkPersoon", "ZaakobjectOverige"]


# ---- how far ------------------------------------------------------------------------------------


LEVELS = ("openbaar", "zaakvertrouwelijk", "vertrouwelijk", "zeer_geheim", "", None, "iets", 3)


def confidential() -> Zaaksysteem:
    """The citizen's own zaken, of each confidentiality one."""
    there = Zaaksysteem()
    for number, level in enumerate(LEVELS, start=1):
        there.zaak(number, persoon(), vertrouwelijkheidaanduiding=level)
    return there


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, [1, 2]),
        ({"vertrouwelijkheid": "openbaar"}, [1]),
        ({"vertrouwelijkheid": "vertrouwelijk"}, [1, 2, 3]),
        ({"vertrouwelijkheid": "zeer_geheim"}, [1, 2, 3, 4]),
    ],
)
async def test_how_confidential_a_zaak_may_be(said: Any, expected: list[int]) -> None:
    """What does not say it, or says something else, is more confidential than anything."""
    assert await shown(confidential(), **said) == [f"ZAAK-{number}" for number in expected]


async def test_an_employee_without_limits_sees_all_in_as_many_calls_as_ever() -> None:
    there = confidential()
    async with running(setup(there, {})) as app:
        found = (await app.ask(ALL)).json()["data"]["zaken"]

    assert found["totalCount"] == len(found["edges"]) == len(LEVELS)
    assert there.calls == ["zaken POST zaken/_zoek"]


async def test_an_employee_of_a_purpose_with_limits() -> None:
    """Is held to them without anybody being asked who takes part."""
    there = Zaaksysteem()
    there.zaak(1)
    there.zaak(2, vertrouwelijkheidaanduiding="geheim")
    there.zaak(3, zaaktype=url("catalogi", "zaaktypen", BIJSTAND))
    there.zaak(4, zaaktype=url("catalogi", "zaaktypen", UNKNOWN))
    limits = {"vertrouwelijkheid": "vertrouwelijk", "zaaktypen_niet": ["B0500"]}
    async with running(setup(there, {}, **limits)) as app:
        found = (await app.ask(ALL)).json()["data"]["zaken"]

    assert found == {"totalCount": None, "edges": [{"node": {"identificatie": "ZAAK-1"}}]}
    assert sorted(there.calls) == sorted(
        [
            "zaken POST zaken/_zoek",
            *(f"catalogi GET zaaktypen/{each}" for each in (PARKEREN, BIJSTAND, UNKNOWN)),
        ]
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"zaaktypen": ["B0101"]}, [1]),
        ({"zaaktypen": ["B0101", "B0500"]}, [1, 2]),
        ({"zaaktypen": ["B9999"]}, []),
        ({"zaaktypen_niet": ["B0101"]}, [2]),
        ({"zaaktypen": ["B0101", "B0500"], "zaaktypen_niet": ["B0500"]}, [1]),
    ],
)
async def test_of_which_zaaktypen(said: Any, expected: list[int]) -> None:
    """One whose zaaktype the catalogus does not have is of none that may be seen."""
    there = Zaaksysteem()
    for number, kind in enumerate((PARKEREN, BIJSTAND, UNKNOWN), start=1):
        there.zaak(number, persoon(), zaaktype=url("catalogi", "zaaktypen", kind))
    there.zaak(4, persoon(), zaaktype="https://elders.test/zaaktypen/1")

    assert await shown(there, **said) == [f"ZAAK-{number}" for number in expected]


@pytest.mark.parametrize(
    ("said", "of_purpose", "expected"),
    [
        ({"zaaktypen": frozenset({"B0101"})}, {}, [1]),
        ({"zaaktypen": frozenset({"*"})}, {}, [1, 2]),
        ({"zaaktypen": frozenset()}, {}, []),
        ({"zaaktypen": frozenset({"B0101", "B0500"})}, {"zaaktypen": ["B0500"]}, [2]),
    ],
)
async def test_who_acts_for_another_sees_the_zaaktypen_of_the_service(
    said: Any, of_purpose: Any, expected: list[int]
) -> None:
    there = Zaaksysteem()
    there.zaak(1, persoon())
    there.zaak(2, persoon(), zaaktype=url("catalogi", "zaaktypen", BIJSTAND))
    mandate = {"bsn": BURGER, "diensten": ["hulp"]}
    made = setup(there, {"soort": "gemachtigde", "machtiging": mandate}, **of_purpose)
    dienst = Dienst("hulp", "Hulp.", frozenset({"hulp"}), facts().labels, said)
    made.diensten = {"hulp": dienst, "ander": Dienst("ander", "", frozenset({"x"}), frozenset())}
    found = []
    async with running(made) as app:
        for key in there.zaken:
            zaak = (await app.ask(ONE % "", {"uuid": key})).json()["data"]["mijn"]["zaak"]
            found += [] if zaak is None else [zaak["identificatie"]]

    assert found == [f"ZAAK-{number}" for number in expected]


# ---- pages --------------------------------------------------------------------------------------


async def test_a_page_does_not_tell_what_is_kept_back() -> None:
    """It is filled from what follows, and its cursors say nothing."""
    there = Zaaksysteem()
    for number in range(1, 13):
        there.zaak(number, persoon(BURGER if number % 3 == 0 else ANDER))
    async with running(setup(there)) as app:
        first, page = await listed(app, first=3)
        second, rest = await listed(app, first=3, after=page["pageInfo"]["endCursor"])

    assert (first, second) == (["ZAAK-3", "ZAAK-6", "ZAAK-9"], ["ZAAK-12"])
    assert (page["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)
    assert len({len(edge["cursor"]) for edge in [*page["edges"], *rest["edges"]]}) == 1
    assert there.calls.count("zaken GET rollen") == 12 + 3
    assert there.calls.count("zaken POST zaken/_zoek") == 2


@pytest.mark.parametrize("first", [1, 2, 20])
@pytest.mark.parametrize("hidden", [0, 12, 19])
async def test_a_short_page_tells_no_more_than_a_long_one(first: int, hidden: int) -> None:
    """Before it are zaken that are kept from the caller, or none."""
    there = Zaaksysteem()
    for number in range(10, 10 + hidden):
        there.zaak(number, persoon(), vertrouwelijkheidaanduiding="geheim")
    there.zaak(1, persoon())
    async with running(setup(there)) as app:
        found, page = await listed(app, first=first)

    assert found == ["ZAAK-1"]
    assert page["pageInfo"]["hasNextPage"] is False
    assert there.calls.count("zaken POST zaken/_zoek") == 1


def far_apart() -> Zaaksysteem:
    """The citizen's own zaken, with more between them than one question looks at."""
    there = Zaaksysteem()
    there.zaak(1, persoon())
    for number in range(1000, 1450):
        there.zaak(number, persoon(ANDER))
    there.zaak(2, persoon())
    return there


@pytest.mark.parametrize("first", [5, 100])
async def test_a_list_in_which_much_is_kept_back_is_read_to_its_end(first: int) -> None:
    """What was looked at is given, with the place from where to read on; nothing fails."""
    there = far_apart()
    pages, rollen = [], []
    async with running(setup(there)) as app:
        after, more = None, True
        while more:
            there.calls.clear()
            found, page = await listed(app, first=first, after=after)
            pages.append(found)
            rollen.append(there.calls.count("zaken GET rollen"))
            after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]

    assert pages == [["ZAAK-1"], [], ["ZAAK-2"]]
    assert rollen == [200, 200, 52]


async def test_a_list_that_meets_the_limit_of_calls_is_read_on_as_well() -> None:
    """Of what could still be asked for the page is made."""
    there = far_apart()
    asked = setup(there)
    asked.settings = {"limits": {"calls": 50}}
    async with running(asked) as app:
        found, page = await listed(app)
        _, rest = await listed(app, after=page["pageInfo"]["endCursor"])

    assert found == ["ZAAK-1"]
    assert page["pageInfo"]["hasNextPage"] is rest["pageInfo"]["hasNextPage"] is True
    assert page["pageInfo"]["endCursor"] != rest["pageInfo"]["endCursor"] is not None


# ---- where it came from -------------------------------------------------------------------------


@pytest.mark.parametrize("claims", [{}, None])
async def test_where_it_came_from_tells_nothing_of_what_is_kept_back(claims: Any) -> None:
    """Of each source only that the question leads to it, however much was asked and judged."""
    bodies = set()
    query = ALL if claims == {} else LIST
    for hidden in (0, 3, 7):
        there = Zaaksysteem()
        for number in range(10, 10 + hidden):
            kind = url("catalogi", "zaaktypen", BIJSTAND)
            there.zaak(number, persoon(), zaaktype=kind)
        async with running(setup(there, claims, zaaktypen_niet=["B0500"])) as app:
            bodies.add((await app.ask(query, herkomst=True)).content)

    (body,) = bodies
    assert json.loads(body)["extensions"] == {"herkomst": {"zaken": {}}}


async def test_where_it_came_from_is_told_to_who_is_shown_all() -> None:
    there = Zaaksysteem()
    there.zaak(1)
    async with running(setup(there, {})) as app:
        told = (await app.ask(ALL, herkomst=True)).json()["extensions"]["herkomst"]

    assert told["zaken"]["aanroepen"] == 1


async def test_a_document_is_kept_by_nobody_that_can_be_told() -> None:
    """Whether another asked for it before, and in how many zaken it is."""
    there = Zaaksysteem()
    for number in (1, 2, 3):
        there.zaak(number, persoon(ANDER), papers=[1])
    there.document(1)
    asked = setup(there)
    asked.purposes = [*(asked.purposes or ()), replace(purpose_of(asked), code="balie")]
    staff = token(doelbinding="balie")
    query = "query($uuid: Uuid!) { document(uuid: $uuid) { zaken { identificatie } } }"
    async with running(asked) as app:
        mine, app.token = app.token, staff
        await app.ask(query, {"uuid": paper(1)})
        app.token = mine
        bodies = {
            (await app.ask(DOCUMENT, {"uuid": key}, herkomst=True)).content
            for key in (paper(1), UNKNOWN)
        }

    assert len(bodies) == 1


async def test_a_cursor_of_another_is_no_cursor() -> None:
    """Nor is one of the source itself."""
    there = Zaaksysteem()
    for number in range(1, 5):
        there.zaak(number, persoon(), persoon(ANDER))
    async with running(setup(there)) as app:
        _, page = await listed(app, first=2)
        app.token = token(ANDER)
        for cursor in (page["pageInfo"]["endCursor"], "Mg", "iets-anders"):
            answer = (await app.ask(LIST, {"first": 2, "after": cursor})).json()

            assert answer["data"] == {"mijn": {"zaken": None}}
            assert answer["errors"][0]["extensions"]["code"] == "INVOER"


# ---- documents ----------------------------------------------------------------------------------


def papers() -> tuple[Zaaksysteem, str]:
    """The citizen's zaak and besluit with documents of every kind, and the zaak's uuid."""
    there = Zaaksysteem()
    mine = there.zaak(1, persoon(), papers=range(1, 9))
    there.besluiten["b0000000-0000-4000-8000-000000000001"] = mine
    there.document(1)
    there.document(2, status="gearchiveerd", vertrouwelijkheidaanduiding="openbaar")
    there.document(3, status="in_bewerking")
    there.document(4, status="ter_vaststelling")
    there.document(5, status="")
    there.document(6, vertrouwelijkheidaanduiding="vertrouwelijk")
    there.document(7, vertrouwelijkheidaanduiding="")
    return there, mine


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, [1, 2]),
        ({"documentstatussen": ["in_bewerking", "onbekend"]}, [3, 5]),
        ({"vertrouwelijkheid": "vertrouwelijk"}, [1, 2, 6]),
        ({"vertrouwelijkheid_documenten": "openbaar"}, [2]),
        ({"vertrouwelijkheid": "geheim", "vertrouwelijkheid_documenten": "intern"}, [2]),
    ],
)
async def test_which_documents_of_ones_own_zaak(said: Any, expected: list[int]) -> None:
    """What tells of a document, with its title, is there where the document is."""
    there, mine = papers()
    async with running(setup(there, **said)) as app:
        zaak = (await app.ask(PAPERS, {"uuid": mine})).json()["data"]["mijn"]["zaak"]

    titles = [{"titel": f"stuk {number}"} for number in expected]
    assert zaak["documenten"] == titles
    assert zaak["zaakinformatieobjecten"] == [{**each, "document": each} for each in titles]
    (besluit,) = zaak["besluiten"]
    assert besluit["documenten"] == titles
    assert besluit["besluitinformatieobjecten"] == [{"document": each} for each in titles]
    assert sorted(there.calls) == sorted(
        [
            "zaken GET rollen",
            f"zaken GET zaken/{mine}",
            "zaken GET zaakinformatieobjecten",
            "besluiten GET besluiten",
            "besluiten GET besluitinformatieobjecten",
            "documenten POST enkelvoudiginformatieobjecten/_zoek",
        ]
    )


async def test_an_employee_sees_drafts() -> None:
    """Unless their purpose says otherwise."""
    there, mine = papers()
    query = "query($uuid: Uuid!) { zaak(uuid: $uuid) { zaakinformatieobjecten { titel } } }"
    async with running(setup(there, {})) as app:
        every = (await app.ask(query, {"uuid": mine})).json()["data"]["zaak"]
    async with running(setup(there, {}, documentstatussen=["definitief"])) as app:
        some = (await app.ask(query, {"uuid": mine})).json()["data"]["zaak"]

    assert len(every["zaakinformatieobjecten"]) == 8
    assert some["zaakinformatieobjecten"] == [{"titel": f"stuk {n}"} for n in (1, 6, 7)]


async def test_links_to_bytes_are_made_for_what_is_shown() -> None:
    """And open for whom they were made for only."""
    there, mine = papers()
    async with running(setup(there)) as app:
        query = ONE % "documenten { titel download }"
        found = (await app.ask(query, {"uuid": mine})).json()["data"]["mijn"]["zaak"]["documenten"]
        there.fails["documenten GET"] = 404
        there.calls.clear()
        answers = [
            (await app.client.get(each["download"], headers={"authorization": f"Bearer {who}"}))
            for each in found
            for who in (app.token, token(ANDER), token())
        ]

    assert [each["titel"] for each in found] == ["stuk 1", "stuk 2"]
    assert [each.status_code for each in answers] == [404] * 6
    download = "documenten GET enkelvoudiginformatieobjecten/{}/download"
    assert there.calls == [download.format(paper(1)), download.format(paper(2))]


DOCUMENT = "query($uuid: Uuid!) { mijn { document(uuid: $uuid) { titel } } }"


async def test_a_document_by_its_uuid() -> None:
    """Is there where a zaak of the caller's is that it belongs to. Another's document and one that
    is not there are alike in every byte and in what is asked, and are not asked for themselves.
    """
    there = Zaaksysteem()
    there.zaak(1, persoon(), papers=[1, 3])
    there.zaak(2, persoon(ANDER), papers=[2])
    there.zaak(3, persoon(ANDER), papers=[1])
    there.zaak(4, persoon(), papers=[4], vertrouwelijkheidaanduiding="geheim")
    for number in range(1, 5):
        there.document(number)
    there.document(3, status="in_bewerking")
    answers, asked = {}, {}
    async with running(setup(there)) as app:
        for name in (*map(paper, range(1, 5)), UNKNOWN):
            there.calls.clear()
            answers[name] = (await app.ask(DOCUMENT, {"uuid": name})).content
            asked[name] = list(there.calls)

    assert json.loads(answers[paper(1)])["data"]["mijn"] == {"document": {"titel": "stuk 1"}}
    assert {answers[paper(n)] for n in (2, 3, 4)} == {answers[UNKNOWN]}
    assert asked[paper(2)] == asked[UNKNOWN]
    assert asked[UNKNOWN] == ["documenten GET objectinformatieobjecten", "zaken GET rollen"]


VERSIES = """query($uuid: Uuid!) { mijn { zaak(uuid: $uuid) { documenten {
  versies { edges { node { versie } } } } } } }"""
IN_VERSIE = "query($uuid: Uuid!, $versie: Int) { %s(uuid: $uuid, versie: $versie) { %s } }"


def raised(there: Zaaksysteem, **last: Any) -> Any:
    """Answers as this zaaksysteem, where the first document has an open version before its last."""
    there.document(1, **{"versie": 2, **last})
    before = {
        **there.documenten[1],
        "versie": 1,
        "status": "definitief",
        "vertrouwelijkheidaanduiding": "openbaar",
    }

    def answering(call: Call) -> httpx.Response | None:
        numbered = call.source == "documenten" and dict(call.params).get("versie") == "1"
        if not numbered:
            return there.answering(call)
        there.calls.append(call.line)
        return httpx.Response(200, json=before)

    return answering


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ({}, [2, 1]),
        ({"vertrouwelijkheidaanduiding": "geheim"}, []),
        ({"status": "in_bewerking"}, []),
    ],
)
async def test_a_version_is_shown_where_the_last_one_is(last: Any, expected: list[int]) -> None:
    """What was raised or taken back is so in all its versions: to the citizen, and to an employee
    of a purpose with limits.
    """
    there = Zaaksysteem()
    mine = there.zaak(1, persoon(), papers=[1])
    limits = {"vertrouwelijkheid": "zaakvertrouwelijk", "documentstatussen": ["definitief"]}
    shown_one = {"versie": 1} if expected else None
    claims: Mapping[str, Any] | None
    for claims in (None, {}):
        asked = setup(there, claims, **limits)
        asked.answering = raised(there, **last)
        query = IN_VERSIE % ("document", "versie")
        async with running(asked) as app:
            if claims is None:
                query = query.replace("{ document", "{ mijn { document") + " }"
                papers = (await app.ask(VERSIES, {"uuid": mine})).json()["data"]["mijn"]["zaak"]
                found = [
                    edge["node"]["versie"]
                    for each in papers["documenten"]
                    if each is not None
                    for edge in each["versies"]["edges"]
                ]
                assert found == expected
            data = (await app.ask(query, {"uuid": paper(1), "versie": 1})).json()["data"]

        assert (data["mijn"] if claims is None else data)["document"] == shown_one


async def test_who_sees_all_versions_asks_for_no_other() -> None:
    there = Zaaksysteem()
    asked = setup(there, {})
    asked.answering = raised(there, vertrouwelijkheidaanduiding="geheim")
    query = IN_VERSIE % ("document", "versie versies(first: 2) { edges { node { versie } } }")
    async with running(asked) as app:
        answer = (await app.ask(query, {"uuid": paper(1), "versie": 1})).json()

    versions = [edge["node"]["versie"] for edge in answer["data"]["document"]["versies"]["edges"]]
    assert versions == [2, 1]
    assert len(there.calls) == 3


# ---- what is kept -------------------------------------------------------------------------------


async def test_what_one_is_shown_is_not_shown_to_another() -> None:
    """One gateway, one after the other, and again: each what is theirs, from what was kept."""
    there = Zaaksysteem()
    mine, others = there.zaak(1, persoon()), there.zaak(2, persoon(ANDER))
    query = "query($uuid: Uuid!) { zaak(uuid: $uuid) { identificatie } }"
    callers = [token(BURGER), token(), token(ANDER), token(BURGER), token()]
    seen = []
    async with running(setup(there)) as app:
        for who in callers:
            app.token = who
            staff = who in (callers[1], callers[4])
            for key in (mine, others):
                answer = (await app.ask(query if staff else ONE % "", {"uuid": key})).json()
                data = answer["data"] if staff else answer["data"]["mijn"]
                seen.append(data["zaak"] and data["zaak"]["identificatie"])

    citizen, staff_sees, other = ["ZAAK-1", None], ["ZAAK-1", "ZAAK-2"], [None, "ZAAK-2"]
    assert seen == [*citizen, *staff_sees, *other, *citizen, *staff_sees]


async def test_who_lost_their_rol_loses_what_was_kept() -> None:
    """The zaak is still kept; who takes part is asked anew."""
    there = Zaaksysteem()
    mine = there.zaak(1, persoon())
    async with running(setup(there)) as app:
        before = (await app.ask(ONE % "", {"uuid": mine})).json()
        there.rollen[mine] = [persoon(ANDER)]
        after = (await app.ask(ONE % "", {"uuid": mine})).json()

    assert before["data"]["mijn"]["zaak"] is not None
    assert after["data"]["mijn"]["zaak"] is None
    assert there.calls == ["zaken GET rollen", f"zaken GET zaken/{mine}", "zaken GET rollen"]


# ---- a source that is asked otherwise -----------------------------------------------------------


async def test_an_address_elsewhere_proves_nothing() -> None:
    """No address that a source wrote is asked for."""
    there = Zaaksysteem()
    strange = f"{HOST}.kwaad.test/zaken/api/v1/zaken/{uuid(1)}"
    mine = there.zaak(1, persoon(), hoofdzaak=strange)
    async with running(setup(there)) as app:
        answer = (await app.ask(ONE % "hoofdzaak { identificatie }", {"uuid": mine})).json()

    assert answer["data"]["mijn"]["zaak"]["hoofdzaak"] is None
    assert answer["errors"][0]["extensions"]["code"] == "BRON_FOUT"
    assert there.calls == ["zaken GET rollen", f"zaken GET zaken/{mine}"]


def in_any_order(value: Any) -> str:
    """As text, the same for lists in another order."""
    match value:
        case list():
            return f"[{','.join(sorted(map(in_any_order, value)))}]"
        case dict():
            return f"{{{','.join(f'{name}:{in_any_order(value[name])}' for name in value)}}}"
    return json.dumps(value)


@pytest.mark.parametrize(
    "dialect", [{"variant": "openzaak", "expand": "altijd"}, {"veldselectie": True}]
)
async def test_a_zaaksysteem_that_brings_along_what_is_asked(dialect: Any) -> None:
    """Also of chosen fields it brings what is needed to judge by, and nobody sees more or less."""
    query = (
        MINE
        % """edges { node { identificatie zaaktype { identificatie }
      documenten { titel } zaakobjecten { __typename } rollen { omschrijving }
      deelzaken { identificatie } } }"""
    )
    found = []
    for each in ({"variant": "openzaak"}, dialect):
        asked = Setup(own_bsn=BURGER, dialect={"zaken": each})
        async with running(asked) as app:
            found.append((await app.ask(query)).json())

    usual, brought = found
    assert len(usual["data"]["mijn"]["zaken"]["edges"]) == 4
    assert in_any_order(brought) == in_any_order(usual)


@pytest.mark.parametrize("own", [True, False])
async def test_two_zaaksystemen(own: bool) -> None:
    """Each is asked who takes part in what a client names; and each fills its part of a page."""
    asked = Setup(own_bsn=BURGER if own else "999990019", sources=(*PATHS, *SECOND))
    async with running(asked) as app:
        answers = [
            (await app.ask(ONE % "", {"uuid": key})).content for key in (PERMIT_ZAAK, UNKNOWN)
        ]
        lines = [call.line for call in app.outdoors.calls]
        numbers: list[str] = []
        page: Any = {"pageInfo": {"endCursor": None, "hasNextPage": True}}
        while page["pageInfo"]["hasNextPage"]:
            found, page = await listed(app, first=3, after=page["pageInfo"]["endCursor"])
            numbers += found

    assert json.loads(answers[1]) == {"data": {"mijn": {"zaak": None}}}
    assert (answers[0] == answers[1]) is not own
    rollen = ["zaken GET rollen", f"zaken-{SYSTEM} GET rollen"]
    if not own:
        assert sorted(lines) == sorted(rollen * 2)
    assert len(numbers) == len(set(numbers)) == (8 if own else len(numbers))
