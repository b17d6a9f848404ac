"""How often the sources are asked for a whole page, counted against the sandbox."""

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.brp import brp_app
from sandbox.cases import build_cases
from sandbox.zgw import zgw_routes
from tests.app import Call, Setup, running, world
from tests.standard import standard_sandbox

pytestmark = pytest.mark.anyio

PAGE = """
query {
  zaken(first: 50, volgorde: STARTDATUM_AFLOPEND) {
    edges {
      node {
        identificatie
        zaaktype { omschrijving }
        status { datumStatusGezet statustype { omschrijving } }
        rollen {
          omschrijvingGeneriek
          roltype { uuid omschrijving }
          ... on RolNatuurlijkPersoon {
            betrokkeneIdentificatie { inpBsn }
            persoon { naam { volledigeNaam } }
          }
        }
      }
    }
  }
}
"""
CHOOSING = {"zaken": {"veldselectie": True}}
EXPANDING = {"zaken": {"variant": "openzaak", "expand": "altijd"}}


async def asked(
    query: str, dialect: Mapping[str, Mapping[str, Any]], sandbox: ASGIApp | None = None
) -> tuple[Any, list[Call]]:
    """The answer of a query, and the calls that it took."""
    limits = {"cost": 1_000_000, "persons": 100, "persons_per_minute": 1_000}
    setup = Setup(dialect=dialect, settings={"limits": limits}, sandbox=sandbox)
    async with running(setup) as app:
        response = await app.ask(query)
        return response.json(), app.outdoors.calls


def kinds(calls: list[Call]) -> Counter[str]:
    """Calls counted by source, method and resource."""
    return Counter(f"{c.source} {c.method} {c.path.partition('/')[0]}" for c in calls)


def nodes(body: Any) -> list[Any]:
    return [edge["node"] for edge in body["data"]["zaken"]["edges"]]


def bsns(body: Any) -> Iterator[str]:
    for node in nodes(body):
        for rol in node["rollen"]:
            bsn = rol.get("betrokkeneIdentificatie", {}).get("inpBsn")
            if bsn:
                yield bsn


def in_one_order(value: Any) -> Any:
    """The same value with every list sorted."""
    match value:
        case dict():
            return {name: in_one_order(item) for name, item in value.items()}
        case list():
            return sorted(map(in_one_order, value), key=repr)
    return value


async def test_a_page_of_fifty_zaken() -> None:
    """One question for the zaken, each type once, persons by twenty.

    Of what the source cannot give for several at once, no more than one question a zaak.
    """
    body, calls = await asked(PAGE, {})
    made = kinds(calls)
    zaken = nodes(body)

    assert "errors" not in body
    assert len(zaken) == 50
    assert made.pop("zaken POST zaken") == 1
    assert made.pop("zaken GET statussen") == sum(1 for zaak in zaken if zaak["status"])
    assert made.pop("zaken GET rollen") == 50
    types = {rol["roltype"]["uuid"] for zaak in zaken for rol in zaak["rollen"]}
    assert made.pop("catalogi GET roltypen") == len(types)
    for kind in ("zaaktypen", "statustypen"):
        made.pop(f"catalogi GET {kind}")
        paths = [call.path for call in calls if call.path.startswith(kind)]
        assert len(paths) == len(set(paths))
    assert made.pop("brp POST personen") == math.ceil(len(set(bsns(body))) / 20)
    assert not made


async def test_a_page_of_fifty_zaken_that_open_zaak_expands() -> None:
    """One question for everything but the persons."""
    body, calls = await asked(PAGE, EXPANDING)
    persons = math.ceil(len(set(bsns(body))) / 20)

    assert "errors" not in body
    assert kinds(calls) == {"zaken POST zaken": 1, "brp POST personen": persons}


async def test_expanding_changes_the_calls_and_not_the_answer() -> None:
    """What came along is what would have been asked, save for the order of lists under a zaak."""
    query = PAGE.replace(
        "identificatie\n",
        "identificatie resultaat { uuid resultaattype { omschrijving } } "
        "hoofdzaak { identificatie status { statustype { omschrijving } } } "
        "deelzaken { identificatie rollen { uuid roltype { omschrijving } } } "
        "zaakobjecten { __typename uuid } "
        "eigenschappen { naam waarde eigenschap { definitie } }\n",
        1,
    )
    expanded, few = await asked(query, EXPANDING)
    separate, many = await asked(query, {"zaken": {"variant": "openzaak"}})

    assert "errors" not in expanded
    assert in_one_order(expanded) == in_one_order(separate)
    assert len(few) < len(many)


@pytest.mark.parametrize("dialect", [{}, EXPANDING])
async def test_no_bsn_stands_in_an_address(dialect: Mapping[str, Mapping[str, Any]]) -> None:
    """Not in a path and not in a query string, whatever is asked."""
    body, calls = await asked(PAGE, dialect)
    found = set(bsns(body))

    assert found
    for call in calls:
        assert not [bsn for bsn in found if bsn in call.path or bsn in str(call.params)]


async def test_a_source_that_knows_the_standard_only() -> None:
    """It gets nothing that only Open Zaak has, expanded or not, and gives the same either way."""
    routes = zgw_routes(build_cases(world(), count=120), dialect="standard")
    strict = Starlette(routes=[*routes, Mount("/brp", brp_app(world()))])
    separate, _ = await asked(PAGE, {}, strict)
    expanded, calls = await asked(PAGE, {"zaken": {"expand": "altijd"}}, strict)

    assert "errors" not in separate
    assert in_one_order(separate) == in_one_order(expanded)
    assert kinds(calls)["zaken POST zaken"] == 1
    assert kinds(calls).keys() == {"zaken POST zaken", "brp POST personen"}


async def test_chosen_fields_change_the_calls_and_not_the_answer() -> None:
    """The standard from 1.6: one question where whole zaken take hundreds, and the same answer."""
    query = PAGE.replace(
        "identificatie\n",
        "identificatie laatstGemuteerd verlenging { duur } opschorting { eerdereOpschorting } "
        "kenmerken { bron } resultaat { resultaattype { omschrijving } } "
        "hoofdzaak { identificatie status { statustype { omschrijving } } } "
        "deelzaken { identificatie rollen { uuid roltype { omschrijving } } } "
        "zaakobjecten { uuid ... on ZaakobjectAdres { postcode } } "
        "eigenschappen { naam eigenschap { definitie } } zaakinformatieobjecten { titel }\n",
        1,
    )
    whole, many = await asked(query, {}, standard_sandbox("1.7.0"))
    chosen, few = await asked(query, CHOOSING, standard_sandbox("1.7.0"))

    assert "errors" not in whole
    assert in_one_order(whole) == in_one_order(chosen)
    assert kinds(few).keys() == {"zaken POST zaken", "brp POST personen"}
    assert kinds(few)["zaken POST zaken"] == 1
    assert len(many) > 200


async def test_nothing_of_a_zaak_is_sent_that_was_not_asked() -> None:
    """Neither of who takes part in it: no name, no address."""
    answers: list[bytes] = []

    class Listening:
        """The standard, with what it sends noted."""

        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            async def noted(message: Message) -> None:
                answers.append(message.get("body", b""))
                await send(message)

            await standard_sandbox("1.7.0")(scope, receive, noted)

    setup = Setup(dialect=CHOOSING, sandbox=Listening())
    async with running(setup) as app:
        await app.ask("{ zaken(first: 5) { edges { node { rollen { omschrijvingGeneriek } } } } }")

    (page,) = [json.loads(answer) for answer in answers if answer]
    rollen = [rol for zaak in page["results"] for rol in zaak["_expand"]["rollen"]]
    assert {name for zaak in page["results"] for name in zaak} == {"url", "rollen", "_expand"}
    assert {name for rol in rollen for name in rol} == {
        "url",
        "omschrijvingGeneriek",
        "betrokkeneType",
    }
