"""What `bronpoort check` finds out about each source, and that it asks nothing about anybody."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from gateway.checking import Finding, check_sources
from gateway.configuration import Configuration
from gateway.source.surroundings import Surroundings
from gateway.source.upstreams import Upstreams
from gateway.tenants import Purpose
from resolvers import REGISTRIES
from resolvers.zgw.probe import NIL
from sandbox.cases import build_cases
from sandbox.zgw import zgw_routes
from schema.language.links import Advice, Capability
from tests.app import HOST, NOW, PATHS, Call, Outdoors, Setup, gateway_for, sandbox, world

pytestmark = pytest.mark.anyio

AS_IT_IS: Mapping[str, Mapping[str, Any]] = {
    "bag": {"uitgebreid_op_pand": True, "adressen_op_straat": True},
    "zaken": {"variant": "openzaak"},
    "catalogi": {"variant": "openzaak"},
    "documenten": {"variant": "openzaak"},
    "besluiten": {"variant": "openzaak"},
}
"""The dialect of the sandbox's registries."""
ALL = tuple(PATHS)
ZGW = ("zaken", "catalogi", "documenten", "besluiten")
Page = dict[str, Any]
KVK_FILTER = "rol__betrokkeneIdentificatie__nietNatuurlijkPersoon__kvkNummer"
OTHER = "https://zaken.elders.example/catalogi/api/v1"


async def findings(setup: Setup) -> tuple[list[Finding], Sequence[Call]]:
    """What is found of the file, and what was asked for it."""
    found, calls = await everything(setup)
    return [each for each in found if not isinstance(each.text, Capability)], calls


async def everything(setup: Setup) -> tuple[list[Finding], Sequence[Call]]:
    """The same, and what each source is and can do."""
    outdoors = Outdoors(setup.sandbox or sandbox(), setup.answering)
    configuration = gateway_for(setup, outdoors).configuration

    async def no_pause(seconds: float) -> None:
        """A second attempt follows at once."""

    around = Surroundings(now=lambda: NOW, sleep=no_pause)
    return await check_sources(configuration, Upstreams(around, lambda _: outdoors)), outdoors.calls


async def remarks(
    source: str,
    dialect: Mapping[str, Any] | None = None,
    answering: Callable[[Call], httpx.Response | None] = lambda call: None,
    app: Starlette | None = None,
    **source_settings: Any,
) -> list[str]:
    """What is wrong with one source; nothing if it is good."""
    setup = Setup(
        sources=(source,),
        dialect={source: AS_IT_IS.get(source, {}) if dialect is None else dialect},
        answering=answering,
        sandbox=app,
        source_settings=source_settings,
    )
    found, _ = await findings(setup)
    assert [each.source for each in found if each.source != source] == []
    return [each.text for each in found if not each.good]


async def able(
    source: str,
    dialect: Mapping[str, Any] | None = None,
    answering: Callable[[Call], httpx.Response | None] = lambda call: None,
    app: Starlette | None = None,
) -> list[str]:
    """What one source is said to be and to be able to."""
    dialects = {source: AS_IT_IS.get(source, {}) if dialect is None else dialect}
    setup = Setup(sources=(source,), dialect=dialects, answering=answering, sandbox=app)
    found, _ = await everything(setup)
    told = [each for each in found if isinstance(each.text, Capability)]
    assert [each for each in told if not each.line().startswith(f"0999 {source}: kan: ")] == []
    return [each.text for each in told]


def always(*given: Any, **named: Any) -> Callable[[Call], httpx.Response]:
    """A world in which every question gets this answer."""
    return lambda call: httpx.Response(*given, **named)


@pytest.fixture(scope="module")
def standard() -> Starlette:
    """The ZGW APIs with what the standard has and no more."""
    return Starlette(routes=zgw_routes(build_cases(world()), dialect="standard",
                                       now=lambda: NOW))  # fmt: skip


def test_every_source_has_a_probe() -> None:
    for registry in REGISTRIES:
        assert set(registry.probes) == set(registry.sources)


async def test_a_slow_source_has_the_time_that_its_file_gives_it() -> None:
    """For all that a probe asks, where that is more than a probe has anyway."""
    seconds = 0.0

    def slowly(call: Call) -> None:
        nonlocal seconds
        seconds += 3

    async def late(**given: float) -> bool:
        setup = Setup(sources=("zaken",), dialect=AS_IT_IS, source_settings=given)
        outdoors = Outdoors(sandbox(), slowly)
        around = Upstreams(Surroundings(clock=lambda: seconds), lambda _: outdoors)
        found = await check_sources(gateway_for(setup, outdoors).configuration, around)
        return any("niet op tijd" in each.text for each in found)

    assert await late()
    assert not await late(timeout=60)


async def test_all_is_well_with_the_sandbox() -> None:
    found, _ = await findings(Setup(dialect=AS_IT_IS))

    good = "bereikbaar, aangemeld, dialect klopt"
    assert [each.line() for each in found] == [f"0999 {name}: goed: {good}" for name in ALL]


async def test_no_question_is_about_anybody() -> None:
    """A BSN, a person or a zaak is in none of them."""
    _, calls = await findings(Setup(dialect=AS_IT_IS))

    brp = [call for call in calls if call.source == "brp"]
    nobody = {"type": "RaadpleegMetBurgerservicenummer", "burgerservicenummer": []}
    assert [(call.line, call.body) for call in brp] == [("brp POST personen", nobody)] * 2
    nobodys = {"rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn": "000000000"}
    for call in calls:
        if call.source != "zaken":
            continue
        if call.method == "GET":
            assert dict(call.params) == nobodys
        else:
            assert call.body == nobodys or call.body["uuid__in"] == [NIL]
    assert len(calls) <= 3 * len(ALL)


async def test_a_source_that_ignores_whose_zaken_are_asked() -> None:
    """Such a source would show a citizen everybody's."""

    def everybody(call: Call) -> httpx.Response | None:
        if call.source != "zaken" or "uuid__in" in (call.body or {}):
            return None
        page: dict[str, Any] = {"count": 7, "next": None, "previous": None, "results": []}
        return httpx.Response(200, json=page)

    found, _ = await findings(Setup(dialect=AS_IT_IS, answering=everybody))

    assert [one.good for one in found if one.source == "zaken"] == [False]
    assert any("BSN" in one.text for one in found if one.source == "zaken")


async def test_the_purpose_is_told_to_a_source_that_wants_to_hear_it() -> None:
    _, calls = await findings(Setup(sources=("brp",)))

    assert [call.headers.get("x-doelbinding") for call in calls] == ["TEST", None]


async def test_every_purpose_that_has_headers_for_a_source_is_tried() -> None:
    """The sandbox refuses a question without a purpose; another header is one as well."""
    outdoors = Outdoors(sandbox(), lambda call: None)
    (tenant,) = gateway_for(Setup(sources=("brp",)), outdoors).configuration.tenants.values()

    def purpose(code: str, **headers: str) -> Purpose:
        made = {"brp": {name.replace("_", "-"): value for name, value in headers.items()}}
        return Purpose(code, "Toetsen.", frozenset(), frozenset({"medewerker"}), made)

    purposes = (
        purpose("goed", x_doelbinding="A"),
        purpose("ook-goed", x_doelbinding="A"),
        purpose("fout", x_anders="A"),
        Purpose("open", "Toetsen.", frozenset(), frozenset({"medewerker"}), {}),
        replace(purpose("zoekt", x_doelbinding="A"), search_headers={"brp": {"x-doelbinding": ""}}),
    )
    asked = replace(tenant, purposes={each.code: each for each in purposes})
    upstreams = Upstreams(Surroundings(now=lambda: NOW), lambda _: outdoors)

    found = await check_sources(Configuration({"0999": asked}, ()), upstreams)

    said = "weigert ons (status 403, autorisation); kijk `credentials` en `headers` na"
    assert [each.text for each in found] == [
        f"bij doelbinding fout: {said}",
        f"bij doelbinding zoekt (zoeken): {said}",
        "BRP Personen bevragen, versie niet genoemd",
        "headers bij een doelbinding: x-doelbinding (nodig)",
    ]
    assert len(outdoors.calls) == 4


async def test_which_headers_a_supplier_wants_to_hear() -> None:
    """Their names differ; one that is not missed may still stand in its log."""
    outdoors = Outdoors(sandbox(), versioned)
    (tenant,) = gateway_for(Setup(sources=("brp",)), outdoors).configuration.tenants.values()
    headers = {"brp": {"x-doelbinding": "A", "x-gebruiker": "b"}}
    purpose = replace(tenant.purposes["test"], headers=headers)
    asked = replace(tenant, purposes={"test": purpose})
    upstreams = Upstreams(Surroundings(now=lambda: NOW), lambda _: outdoors)

    found = await check_sources(Configuration({"0999": asked}, ()), upstreams)

    assert [each.line().partition(": ")[2] for each in found] == [
        "goed: bereikbaar, aangemeld, dialect klopt",
        "kan: BRP Personen bevragen 2.7.0",
        "kan: headers bij een doelbinding: x-doelbinding (nodig), "
        "x-gebruiker (antwoordt ook zonder)",
    ]
    assert [sorted(call.headers.keys() & headers["brp"].keys()) for call in outdoors.calls] == [
        ["x-doelbinding", "x-gebruiker"],
        ["x-gebruiker"],
        ["x-doelbinding"],
    ]


def versioned(call: Call) -> httpx.Response | None:
    """A BRP that names its version, and refuses whoever does not say what for."""
    told = "x-doelbinding" in call.headers
    problem = {"code": "paramsValidation" if told else "autorisation"}
    return httpx.Response(400 if told else 403, json=problem, headers={"api-version": "2.7.0"})


async def test_what_is_wrong_whatever_the_purpose_is_said_once() -> None:
    outdoors = Outdoors(sandbox(), always(503, json={}))
    (tenant,) = gateway_for(Setup(sources=("brp",)), outdoors).configuration.tenants.values()
    one = tenant.purposes["test"]
    two = replace(one, code="twee", headers={"brp": {"x-doelbinding": "TWEE"}})
    asked = replace(tenant, purposes={"test": one, "twee": two})

    found = await check_sources(
        Configuration({"0999": asked}, ()), Upstreams(transport=lambda _: outdoors)
    )

    assert [each.text.partition(";")[0] for each in found] == ["niet bereikbaar (status 503)"]


# ---- what no source may do ------------------------------------------------------------------

HTML = {"content-type": "text/html"}
ANSWERS: Mapping[str, tuple[httpx.Response, str]] = {
    "refused": (
        httpx.Response(401, json={"code": "authentication", "title": "Niet voor u, 999990019"}),
        "weigert ons (status 401, authentication); kijk `credentials` en `headers` na",
    ),
    "forbidden": (
        httpx.Response(403, json={"code": "invalid-jwt-signature"}),
        "weigert ons (status 403, invalid-jwt-signature); kijk `credentials` en `headers` na",
    ),
    "another place": (
        httpx.Response(404, text="<p>niets</p>", headers=HTML),
        "op dit adres staat geen API (status 404 en geen JSON); kijk `address` na",
    ),
    "a page": (
        httpx.Response(200, text="<p>Log in</p>", headers=HTML),
        "antwoordt met iets anders dan JSON (status 200); kijk `address` na, "
        "en of er een aanmeldpagina of proxy voor staat",
    ),
    "half of JSON": (
        httpx.Response(200, text='{"a": [', headers={"content-type": "application/json"}),
        "antwoordt met JSON die niet te lezen is",
    ),
    "an error": (
        httpx.Response(500, json={"code": "serverError"}),
        "antwoordt onverwacht (status 500, serverError)",
    ),
    "too many": (
        httpx.Response(429, json={}),
        "krijgt te veel vragen (status 429); probeer het later opnieuw",
    ),
}


@pytest.mark.parametrize("source", ALL)
@pytest.mark.parametrize("what", ANSWERS)
async def test_each_kind_of_failure_has_its_own_sentence(source: str, what: str) -> None:
    given, expected = ANSWERS[what]
    answer = always(given.status_code, content=given.content, headers=given.headers)

    assert await remarks(source, answering=answer) == [expected]


async def test_a_source_that_is_not_there() -> None:
    def gone(call: Call) -> httpx.Response:
        raise httpx.ConnectError("no such name: bronnen.test")

    expected = (
        "niet bereikbaar (ConnectError); kijk `address` en `tls` na, "
        "en of het netwerk de verbinding toelaat"
    )
    assert await remarks("bag", answering=gone) == [expected]


async def test_a_source_that_does_not_answer() -> None:
    def slow(call: Call) -> httpx.Response:
        raise httpx.ReadTimeout("too slow")

    assert await remarks("bag", answering=slow, timeout=3.0) == [
        "antwoordt niet op tijd, binnen 3 seconden (`timeout`)"
    ]


async def test_a_token_that_is_not_given() -> None:
    """The token endpoint is no source, so what it says is told apart."""
    credentials = {
        "soort": "client-credentials",
        "token_url": f"{HOST}/token",
        "client_id": "wij",
        "secret": "env:BRP",
    }
    setup = Setup(sources=("brp",), source_settings={"credentials": credentials})
    configuration = gateway_for(setup, Outdoors(sandbox(), setup.answering)).configuration
    refusing = httpx.MockTransport(lambda _: httpx.Response(401, json={"error": "no"}))

    (found,) = await check_sources(configuration, Upstreams(transport=lambda _: refusing))

    expected = "krijgt geen token om zich aan te melden (status 401); kijk `credentials` na"
    assert (found.good, found.text) == (False, expected)


# ---- per registry ---------------------------------------------------------------------------

ELSEWHERE = {
    "bag": "hier staat geen `adressen`; laat `address` eindigen op het pad van de API, "
    "zoals .../lvbag/individuelebevragingen/v2",
    "brp": "hier staat geen `personen`; laat `address` eindigen op het pad waar `/personen` "
    "achter komt, zoals .../haalcentraal/api/brp",
    "brp-bewoning": "hier staat geen `bewoningen`; laat `address` eindigen op het pad waar "
    "`/bewoningen` achter komt, zoals .../haalcentraal/api/bewoning",
    "brp-historie": "hier staat geen `verblijfplaatshistorie`; laat `address` eindigen op het pad "
    "waar `/verblijfplaatshistorie` achter komt, zoals .../haalcentraal/api/brphistorie",
    "brp-reisdocumenten": "hier staat geen `reisdocumenten`; laat `address` eindigen op het pad "
    "waar `/reisdocumenten` achter komt, zoals .../haalcentraal/api/reisdocumenten",
    "kvk": "hier staat geen `v2/zoeken`; laat `address` eindigen op het pad waar `/v2/zoeken` en "
    "`/v1/basisprofielen` achter komen, zoals .../api",
    "zaken": "hier staat geen `zaken/_zoek`; laat `address` eindigen op .../zaken/api/v1",
    "catalogi": "hier staat geen `catalogussen`; laat `address` eindigen op .../catalogi/api/v1",
    "brk": "hier staat geen `kadastraalonroerendezaken`; laat `address` eindigen op het pad van de "
    "API, zoals .../bevragen/v2",
    "woz": "hier staat geen `wozobjecten`; laat `address` eindigen op het pad van de API, "
    "zoals .../lvwoz/huidigebevragingen/v1",
    "documenten": "hier staat geen `enkelvoudiginformatieobjecten/_zoek`; laat `address` eindigen "
    "op .../documenten/api/v1",
    "besluiten": "hier staat geen `besluiten`; laat `address` eindigen op .../besluiten/api/v1",
    "notificaties": "hier staat geen `kanaal`; laat `address` eindigen op het pad van de API, "
    "zoals .../api/v1",
    "klant": "hier staat geen `partijen`; laat `address` eindigen op .../klantinteracties/api/v1",
    "producten": "hier staat geen `producten`; laat `address` eindigen op .../producten/api/v1",
    "producttypen": "hier staat geen `producttypen`; laat `address` eindigen op "
    ".../producttypen/api/v1",
    "objecten": "hier staat geen `objects`; laat `address` eindigen op het pad van de API, "
    "zoals .../api/v2",
    "objecttypen": "hier staat geen `objecttypes`; laat `address` eindigen op het pad van de API, "
    "zoals .../api/v2",
    "pdok": "hier staat geen `lookup`; laat `address` eindigen op het pad van de API, "
    "zoals .../bzk/locatieserver/search/v3_1",
}


@pytest.mark.parametrize("source", ALL)
async def test_a_path_that_the_source_itself_does_not_know(source: str) -> None:
    assert await remarks(source, answering=always(404, json={})) == [ELSEWHERE[source]]


BAG_FLAGS = {
    "uitgebreid_op_pand": ("adressenuitgebreid", "pandIdentificatie"),
    "adressen_op_straat": ("adressen", "openbareRuimteIdentificatie"),
}
"""What each flag says that can be asked: the path, and what it is asked by."""


def bag_unable(status: int, *flags: str) -> Callable[[Call], httpx.Response | None]:
    """A BAG that answers the question of each of these flags with this status."""

    def answer(call: Call) -> httpx.Response | None:
        questions = [BAG_FLAGS[flag] for flag in flags]
        known = not any(call.path == path and key in dict(call.params) for path, key in questions)
        return None if known else httpx.Response(status, json={})

    return answer


@pytest.mark.parametrize("flag", BAG_FLAGS)
@pytest.mark.parametrize("is_told", [True, False])
async def test_a_bag_that_can_do_more_than_the_file_says(flag: str, is_told: bool) -> None:
    """That is no mistake: it only takes more calls. Not told is the same as `false`."""
    dialect = {other: other != flag for other in BAG_FLAGS if is_told or other != flag}
    (found,), _ = await findings(Setup(sources=("bag",), dialect={"bag": dialect}))

    assert found.good
    assert found.line().startswith("0999 bag: LET OP: ")
    assert found.text.endswith(f"zet `dialect.{flag}` op true")


@pytest.mark.parametrize("flag", BAG_FLAGS)
async def test_a_bag_that_can_do_less_than_the_file_says(flag: str) -> None:
    (found,) = await remarks("bag", answering=bag_unable(400, flag))

    assert found.endswith(f"zet `dialect.{flag}` op false")
    assert await remarks("bag", {}, bag_unable(400, *BAG_FLAGS)) == []


@pytest.mark.parametrize("flag", BAG_FLAGS)
async def test_a_bag_that_does_not_tell_what_it_can_do(flag: str) -> None:
    assert await remarks("bag", answering=bag_unable(404, flag)) == []


async def test_a_bag_that_brings_nothing_along() -> None:
    """It is only asked where the file says that it does."""

    def unable(call: Call) -> httpx.Response | None:
        return httpx.Response(400, json={}) if "expand" in dict(call.params) else None

    expanding = {**AS_IT_IS["bag"], "expand": "altijd"}

    assert await remarks("bag", answering=unable) == []
    assert await remarks("bag", expanding) == []
    assert await remarks("bag", expanding, unable) == [
        "kan `expand` niet aan; zet `dialect.expand` op nooit"
    ]


async def test_a_brp_that_answers_a_question_about_nobody() -> None:
    empty = {"type": "RaadpleegMetBurgerservicenummer", "personen": []}

    (found,) = await remarks("brp", answering=always(200, json=empty))

    assert found.endswith("dit is geen BRP Personen bevragen versie 2")


async def test_a_brp_that_refuses_for_another_reason() -> None:
    (found,) = await remarks("brp", answering=always(400, json={"code": "unsupportedCombi"}))

    assert found.startswith("weigert een lege vraag anders")


@pytest.mark.parametrize("source", ZGW)
async def test_an_open_zaak_that_the_file_calls_standard(source: str) -> None:
    expected = "kent `pageSize`, zoals Open Zaak; zet `dialect.variant` op openzaak"

    assert await remarks(source, {}) == [expected]


@pytest.mark.parametrize("source", ZGW)
async def test_a_standard_source_that_the_file_calls_open_zaak(
    source: str, standard: Starlette
) -> None:
    (found,) = await remarks(source, app=standard)

    assert found.startswith("weigert `pageSize` en is dus geen Open Zaak")
    assert await remarks(source, {"variant": "standaard"}, app=standard) == []


@pytest.mark.parametrize("variant", ["standaard", "openzaak"])
async def test_a_source_that_accepts_any_parameter_proves_nothing(variant: str) -> None:
    page: Page = {"count": 0, "next": None, "previous": None, "results": []}

    assert await remarks("zaken", {"variant": variant}, always(200, json=page)) == []


@pytest.mark.parametrize("source", ZGW)
async def test_a_page_size_that_is_not_used_or_not_possible(
    source: str, standard: Starlette
) -> None:
    unused = await remarks(source, {"paginagrootte": 50}, app=standard)
    too_long = await remarks(source, {"variant": "openzaak", "paginagrootte": 501})

    assert unused == [
        "`dialect.paginagrootte` werkt alleen met `dialect.variant` openzaak; haal haar weg"
    ]
    assert too_long == ["`dialect.paginagrootte` moet 1 tot en met 500 zijn"]
    assert await remarks(source, {"variant": "openzaak", "paginagrootte": 500}) == []


async def test_whether_zaken_can_expand(standard: Starlette) -> None:
    def older(call: Call) -> httpx.Response | None:
        return httpx.Response(400, json={}) if "expand" in (call.body or {}) else None

    always_expand = {"variant": "openzaak", "expand": "altijd"}
    assert await remarks("zaken", always_expand) == []
    assert await remarks("zaken", {"expand": "altijd"}, app=standard) == []
    assert await remarks("zaken", always_expand, older) == [
        "kan `expand` niet aan; zet `dialect.expand` op nooit"
    ]


def zaken_of(version: str) -> Starlette:
    """The standard's Zaken API, of this version."""
    routes = zgw_routes(build_cases(world(), count=1), dialect="standard",
                        version=version, now=lambda: NOW)  # fmt: skip
    return Starlette(routes=routes)


@pytest.mark.parametrize("version", ["1.6.0", "1.7.0"])
async def test_zaken_that_let_fields_be_chosen(version: str) -> None:
    """Whoever does not use it is advised to."""
    app = zaken_of(version)
    (found,), _ = await findings(Setup(sources=("zaken",), sandbox=app))

    assert await remarks("zaken", {"veldselectie": True}, app=app) == []
    assert isinstance(found.text, Advice)
    assert found.text.endswith("zet `dialect.veldselectie` op true")


NO_FIELDS = (
    "laat geen velden kiezen (`fields` in `zaken/_zoek`, van de standaard vanaf 1.6); "
    "zet `dialect.veldselectie` op false"
)


async def test_zaken_that_let_no_fields_be_chosen(standard: Starlette) -> None:
    """They refuse, or pass over what they do not know; then their version tells."""

    def refusing(call: Call) -> httpx.Response | None:
        return httpx.Response(400, json={}) if "fields" in (call.body or {}) else None

    choosing = {"veldselectie": True}
    openzaak = {"variant": "openzaak", **choosing}
    assert await remarks("zaken", choosing, app=standard) == [NO_FIELDS]
    assert await remarks("zaken", openzaak) == [NO_FIELDS]
    assert await remarks("zaken", choosing, refusing, zaken_of("1.7.0")) == [NO_FIELDS]


async def test_zaken_that_do_not_tell_whether_fields_can_be_chosen() -> None:
    """Any name is taken, and no version is named: nothing is said of it, nor of `expand`."""
    page: Page = {"count": 0, "next": None, "previous": None, "results": []}

    assert await remarks("zaken", {"veldselectie": True}, always(200, json=page)) == []
    told = await able("zaken", {"veldselectie": True}, always(200, json=page))
    assert told == [
        "Zaken API, versie niet genoemd; zoekt op BSN in `_zoek`; zoekt op BSN in de lijst"
    ]


async def test_whatever_fields_are_taken_the_version_tells() -> None:
    page: Page = {"count": 0, "next": None, "previous": None, "results": []}
    newer = always(200, json=page, headers={"api-version": "1.6.1"})
    older = always(200, json=page, headers={"api-version": "1.5.1-rc1"})

    assert await remarks("zaken", {"veldselectie": True}, newer) == []
    assert await remarks("zaken", {"veldselectie": True}, older) == [NO_FIELDS]


async def test_what_zaken_can_do(standard: Starlette) -> None:
    """Whatever the file says."""
    found = "zoekt op BSN in `_zoek`; zoekt op BSN in de lijst; `expand`"

    assert await able("zaken") == [
        f"Zaken API 1.5.1; bladzijden tot 500 (`pageSize`, zoals Open Zaak); {found}; "
        "niet: `fields`"
    ]
    assert await able("zaken", {}, app=standard) == [
        f"Zaken API 1.5.1; vaste bladzijden; {found}; niet: `fields`"
    ]
    assert await able("zaken", {}, app=zaken_of("1.7.0")) == [
        f"Zaken API 1.7.0; vaste bladzijden; {found}; `fields`"
    ]


async def test_zaken_that_are_found_by_bsn_in_a_search_only() -> None:
    def listless(call: Call) -> httpx.Response | None:
        return httpx.Response(400, json={}) if call.path == "zaken" else None

    (told,) = await able("zaken", answering=listless)

    assert "zoekt op BSN in `_zoek`; niet: zoekt op BSN in de lijst" in told


TOLD = {
    "bag": "BAG individuele bevragingen 2.9.2; uitgebreide adressen op pand; "
    "adressen op openbare ruimte; `expand`",
    "brk": "BRK bevragen 2.0.0",
    "woz": "WOZ bevragen 1.0.0",
    "catalogi": "Catalogi API 1.3.1; bladzijden tot 500 (`pageSize`, zoals Open Zaak)",
    "documenten": "Documenten API 1.4.2; bladzijden tot 500 (`pageSize`, zoals Open Zaak); "
    "`_zoek` op uuid",
    "besluiten": "Besluiten API 1.1.0; bladzijden tot 500 (`pageSize`, zoals Open Zaak)",
    "objecten": "Objects API, versie niet genoemd (4.0 of later, objecttypen ernaast)",
}


@pytest.mark.parametrize("source", ALL)
async def test_every_source_is_told_what_it_is(source: str) -> None:
    """And what it can do, where that differs between sources."""
    told = await able(source)

    assert len(told) >= 1
    assert TOLD.get(source, told[0]) == told[0]


async def test_whether_zaken_are_found_by_where_the_kvk_number_is(standard: Starlette) -> None:
    def ignoring(call: Call) -> httpx.Response | None:
        page: Page = {"count": 1, "next": None, "previous": None, "results": []}
        return httpx.Response(200, json=page) if call.body and KVK_FILTER in call.body else None

    expected = (
        "zoekt niet op het gegeven in `dialect.kvk_nummer_in`, zodat bij een bedrijf zaken van "
        "anderen zouden staan; haal de vlag weg"
    )
    for name in ("kvkNummer", "innNnpId", "annIdentificatie"):
        assert await remarks("zaken", {"variant": "openzaak", "kvk_nummer_in": name}) == []
    assert await remarks("zaken", {"kvk_nummer_in": "innNnpId"}, app=standard) == []
    assert await remarks("zaken", {"kvk_nummer_in": "kvkNummer"}, app=standard) == [expected]
    openzaak = {"variant": "openzaak", "kvk_nummer_in": "kvkNummer"}
    assert await remarks("zaken", openzaak, ignoring) == [expected]


async def test_whether_zaken_are_found_by_where_a_vestigingsnummer_is(standard: Starlette) -> None:
    """The standard has it of a vestiging only."""
    for name in ("vestiging", "nietNatuurlijkPersoon"):
        assert await remarks("zaken", {"variant": "openzaak", "vestigingsnummer_in": name}) == []
    (found,) = await remarks(
        "zaken", {"vestigingsnummer_in": "nietNatuurlijkPersoon"}, app=standard
    )

    assert found.startswith("zoekt niet op het gegeven in `dialect.vestigingsnummer_in`")
    assert await remarks("zaken", {"vestigingsnummer_in": "vestiging"}, app=standard) == []


async def test_zaken_that_ignore_what_they_are_asked() -> None:
    page: Page = {"count": 1, "next": None, "previous": None, "results": [{}]}

    assert await remarks("zaken", answering=always(200, json=page)) == [
        "antwoordt onverwacht (a filter on uuid is ignored)"
    ]


async def test_addresses_in_the_dialect_of_zaken() -> None:
    dialect = {"variant": "openzaak", "catalogi_url": "zaken.example", "bag_url": "ftp://x.example"}

    assert await remarks("zaken", dialect) == [
        "`dialect.catalogi_url` is geen adres als http(s)://naam/pad",
        "`dialect.bag_url` is geen adres als http(s)://naam/pad",
    ]


async def test_where_the_catalogi_are_must_be_known() -> None:
    page: Page = {"count": 0, "next": None, "previous": None, "results": []}
    elsewhere = f"{HOST}/zaak-api"

    (found,) = await remarks("zaken", {}, always(200, json=page), address=elsewhere)
    given = {"catalogi_url": OTHER}

    assert found.startswith("waar de zaaktypen staan blijkt niet uit `address`")
    assert await remarks("zaken", given, always(200, json=page), address=elsewhere) == []


def writing(base: str) -> Callable[[Call], httpx.Response]:
    """A Catalogi API that writes its own addresses so, and knows no parameters."""
    url = f"{base}/catalogussen/0e1a3b9c-6d0f-4a55-9e10-4a4d0f7ad0aa"
    page: Page = {"count": 1, "next": None, "previous": None, "results": [{"url": url}]}
    return lambda call: httpx.Response(400 if call.params else 200, json=page)


async def test_a_source_that_calls_itself_otherwise() -> None:
    (unknown,) = await remarks("catalogi", {}, writing(OTHER))
    (second,) = await remarks("catalogi", {}, writing(OTHER), canonical=[f"{HOST}/x", OTHER])

    start = f"noemt zichzelf {OTHER}; zet dat adres "
    assert unknown.startswith(start + "in `canonical` van bronnen.catalogi")
    assert second.startswith(start + "vooraan in `canonical` van bronnen.catalogi")
    assert await remarks("catalogi", {}, writing(OTHER), canonical=[OTHER]) == []


@pytest.mark.parametrize("base", ["/relatief", "https://u:p@x.example", "javascript:alert(1)//"])
async def test_a_source_whose_own_addresses_are_none(base: str) -> None:
    expected = "schrijft haar eigen adressen niet als http(s)://naam/pad, zodat verbanden ontbreken"

    assert await remarks("catalogi", {}, writing(base)) == [expected]


async def test_a_municipality_without_catalogi_is_no_mistake() -> None:
    page: Page = {"count": 0, "next": None, "previous": None, "results": []}

    assert await remarks("catalogi", {}, always(200, json=page)) == []


async def test_where_the_zaken_of_besluiten_are_must_be_known() -> None:
    page: Page = {"count": 0, "next": None, "previous": None, "results": []}
    elsewhere = f"{HOST}/besluit-api"

    (found,) = await remarks("besluiten", {}, always(200, json=page), address=elsewhere)
    given = {"zaken_url": "https://zaken.elders.example/zaken/api/v1"}

    assert found.startswith("waar de zaken staan blijkt niet uit `address`")
    assert await remarks("besluiten", given, always(200, json=page), address=elsewhere) == []
    assert await remarks("besluiten", {"variant": "openzaak", "zaken_url": "zaken.example"}) == [
        "`dialect.zaken_url` is geen adres als http(s)://naam/pad"
    ]


@pytest.mark.parametrize("source", ["documenten", "besluiten"])
async def test_a_source_that_ignores_what_is_asked_for(source: str) -> None:
    page: Page = {"count": 1, "next": None, "previous": None, "results": [{}]}
    (found,) = await remarks(source, answering=always(200, json=page))

    assert found.startswith("antwoordt onverwacht (a filter on ")


@pytest.mark.parametrize("source", ["documenten", "besluiten"])
async def test_no_existing_document_or_besluit_is_asked_for(source: str) -> None:
    """Every question is about the uuid that nobody has."""
    setup = Setup(sources=(source,), dialect={source: AS_IT_IS[source]})
    _, calls = await findings(setup)

    assert calls
    assert [call for call in calls if NIL not in f"{call.body} {call.params}"] == []


# ---- the decision point -----------------------------------------------------------------------


async def decided(answer: httpx.Response) -> tuple[list[Finding], Sequence[Call]]:
    """What is found of a decision point that answers so."""
    setup = Setup(
        sources=("bag",),
        dialect=AS_IT_IS,
        decision_point={"address": "https://beslist.test"},
        answering=lambda call: answer if call.path.endswith("/evaluation") else None,
    )
    found, calls = await findings(setup)
    asked = [call for call in calls if call.path.endswith("/evaluation")]
    return [each for each in found if each.source == "beslispunt"], asked


@pytest.mark.parametrize(("decision", "said"), [(True, "ja"), (False, "nee")])
async def test_a_decision_point_that_decides_is_good(decision: bool, said: str) -> None:
    """Whatever it decides on a question that asks nothing."""
    (found,), (call,) = await decided(httpx.Response(200, json={"decision": decision}))

    text = f"bereikbaar, aangemeld, beslist (op een proefvraag die niets vraagt: {said})"
    assert found.line() == f"0999 beslispunt: goed: {text}"
    assert call.body["subject"]["id"] == call.body["resource"]["id"] == "bronpoort-check"
    assert (call.body["context"]["velden"], call.body["context"]["argumenten"]) == ([], [])


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (httpx.Response(200, json={}), "antwoordt zonder `decision` (true of false); kijk"),
        (httpx.Response(401), "weigert ons (status 401); kijk `credentials` en `headers` na"),
        (httpx.Response(302, headers={"location": "/"}), "antwoordt onverwacht (status 302"),
        (
            httpx.Response(200, json={"decision": True, "context": {"obligations": [1]}}),
            "verbindt verplichtingen (`obligations`) aan een ja",
        ),
    ],
)
async def test_one_that_does_not_is_wrong(answer: httpx.Response, text: str) -> None:
    (found,), _ = await decided(answer)

    assert not found.good
    assert found.text.startswith(text)
