"""The machine against the reference, over everything that is published and the whole sandbox."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from random import Random
from typing import Any
from zlib import crc32

import httpx
import pytest
from graphql import FragmentDefinitionNode, OperationDefinitionNode, parse
from hypothesis import given, note
from hypothesis import strategies as st

from gateway.app import published
from gateway.auth.principal import Kind, Principal
from gateway.operation.fetch import Sources
from gateway.operation.identity import Identity
from gateway.operation.plan import make_plan
from gateway.source.ledger import Ledger
from gateway.source.read import Fields, Read
from resolvers import REGISTRIES
from sandbox import showcase
from schema.language.assemble import assemble
from tests.app import PATHS, Call, Outdoors, Setup, gateway_for
from tests.app import cases as known_cases
from tests.app import sandbox as usual_sandbox
from tests.app import world as known_world
from tests.differential.compare import (
    Asking,
    Dull,
    Machine,
    assert_alike,
    assert_equal,
    propagated,
)
from tests.differential.documents import Pools, Writer, Written
from tests.differential.pools import SENSITIVE, SHOWN, shown
from tests.differential.profile import examples
from tests.differential.reference import install_naively

pytestmark = pytest.mark.slow

MACHINE_FACTS = published()
DULL_FACTS = assemble(REGISTRIES)
install_naively(DULL_FACTS)
PATIENT = {"timeout": 60.0, "parallel": 100, "waiting": 10_000}
OPEN_ZAAK = {"zaken": {"variant": "openzaak"}, "catalogi": {"variant": "openzaak"}}
EXPANDING = {"zaken": {"variant": "openzaak", "expand": "altijd"}}
STUCK = 60.0
"""Seconds after which an example waits for something that never comes."""
DIALECTS: tuple[Mapping[str, Mapping[str, Any]], ...] = ({}, {}, OPEN_ZAAK, EXPANDING)
BSNS = [value for name, value in SHOWN.items() if name.endswith("_BSN")]


@cache
def sandbox() -> tuple[Any, Pools]:
    """The sandbox's registries, and what can be asked of them."""
    world, cases = known_world(), known_cases()
    addresses = list(world.addresses.values())[:: max(1, len(world.addresses) // 12)]
    panden = [pand for one in addresses for pand in one.get("pandIdentificaties", ())]
    zaken = (
        _sample(cases.zaken)
        + [
            uuid
            for uuid, zaak in cases.zaken.items()
            if zaak.get("hoofdzaak") or zaak.get("resultaat") is None
        ][:6]
    )
    people = [world.persons[bsn] for bsn in BSNS if bsn in world.persons]
    names = [one["naam"].get("geslachtsnaam") for one in people if "naam" in one]
    values: Mapping[str, list[Any]] = {
        "Bsn": BSNS,
        "NummeraanduidingId": [
            showcase.HOME_NUMMERAANDUIDING,
            showcase.NEVENADRES_NUMMERAANDUIDING,
            showcase.CARE_HOME_NUMMERAANDUIDING,
            *(one["nummeraanduidingIdentificatie"] for one in addresses),
            "0999200099999999",
        ],
        "PandId": [showcase.HOME_PAND, *panden, "0999100099999999"],
        "OpenbareRuimteId": _sample(world.public_spaces),
        "WoonplaatsId": [*world.places, "9999"],
        "Postcode": [showcase.HOME_POSTCODE, *(one["postcode"] for one in addresses)],
        "Huisnummer": [1, 2, 3, 5, 7, *(one["huisnummer"] for one in addresses)],
        "Huisletter": ["B", "a"],
        "Huisnummertoevoeging": ["1", "bis"],
        "Gemeentecode": ["0999", "0518"],
        "Zoektekst": ["Raadhuisplein", "Sanne", "Weid*", *filter(None, names)],
        "Datum": ["1984-03-12", "2020-01-01", "2026-01-01"],
        "Uuid": [*zaken, *_named("_UUID", "_DOCUMENT", "_BESLUIT", "PERMIT_ZAAK", "PARKING_ZAAK")],
        "Rsin": [world.municipality.rsin, *_named("_RSIN")],
        "WozObjectId": _named("WOZ_OBJECT"),
        "KadastraalOnroerendeZaakId": _named("HOME_ZAAK", "SEIZED_ZAAK", "SPLIT_ZAAK", "FLAT_ZAAK"),
        "Identificatie": [
            str(cases.zaken[zaken[0]]["identificatie"]),
            *_named("HOME_LOCATIE", "KADASTER_PERSOON", "KADASTER_BANK", "KADASTER_STICHTING"),
        ],
        "Cursor": ["Mg==", "Mg", "MA"],
        "Int": [1, 1, 2, 3, 5],
        "Boolean": [True, False],
        "Query.zaaktype(uuid:)": _sample(cases.catalogue.resources["zaaktypen"]),
        "ZaakFilter.zaaktype": _sample(cases.catalogue.resources["zaaktypen"]),
    }
    return usual_sandbox(), Pools({**shown(), **values}, SENSITIVE)


def _named(*endings: str) -> list[Any]:
    return [value for name, value in SHOWN.items() if name.endswith(endings)]


def _sample(things: Any, most: int = 10) -> list[Any]:
    keys = list(things)
    return keys[:: max(1, len(keys) // most)][:most]


# What nothing brings along: were it skipped because it came with something else, then only one of
# the two would meet the failure.
ALONE = {
    "bag": ("panden/", "nummeraanduidingen/", "openbareruimten/", "woonplaatsen/"),
    "zaken": ("rollen", "zaakobjecten"),
}


def failing(random: Random) -> Callable[[Call], httpx.Response | None]:
    """Sources that refuse everything, or some of what is asked for by itself.

    No failure is one that is tried again or opens a breaker: those depend on how many calls there
    are, which is what differs.
    """
    broken = {name: random.choice((400, 401, 404, 429)) for name in PATHS if random.random() < 0.03}
    seed = random.randrange(2**32)
    share = random.choice((0, 0, 0, 4))

    def answering(call: Call) -> httpx.Response | None:
        status = broken.get(call.source)
        mark = f"{call.path} {dict(call.params).get('zaak')}".encode()
        if status is None and share and call.path.startswith(ALONE.get(call.source, ())):
            status = 400 if crc32(mark, seed) % share == 0 else None
        if status is None:
            return None
        return httpx.Response(status, headers={"retry-after": "3600"}, json={"title": "Fout."})

    return answering


OWNERS = (
    Identity(showcase.BURGER_BSN),
    Identity(kvk_nummer=showcase.BAKKERIJ_KVK, rsin=showcase.BAKKERIJ_RSIN),
    Identity(kvk_nummer=showcase.BAKKERIJ_KVK, vestigingsnummer=showcase.BAKKERIJ_VESTIGING),
)
"""Who asks only for what is their own: a citizen, a company, and one branch of it."""


def callers(random: Random) -> Asking:
    """An employee who holds most labels, or one of the owners."""
    labels = sorted(MACHINE_FACTS.labels)
    lacking = random.sample(labels, random.choice((0, 0, 0, 0, 1, 3, 10)))
    own = random.choice((*[None] * 4, *OWNERS))
    return Asking(frozenset(labels) - set(lacking), own)


@given(st.randoms(use_true_random=True))
@examples(250)
def test_the_machine_answers_as_the_reference_does(random: Random) -> None:
    """Equal data, equal errors, and no more calls. Of who sees only what is their own, which calls
    prove first that the reference does not make: where every source answers, and uncounted.
    """
    app, pools = sandbox()
    writer = Writer(MACHINE_FACTS.schema, pools, random, fields_left=20, deepest=7)
    written = writer.written()
    asking = callers(random)
    answering = failing(random)
    dialect = random.choice(DIALECTS)
    note(f"{written.text}\n{written.variables}\n{asking}\n{dialect}")
    setup = Setup(
        own_bsn=asking.own.bsn if asking.own else None,
        dialect=dialect,
        answering=answering if asking.own is None and dialect is not EXPANDING else _as_asked,
        source_settings=PATIENT,
        sandbox=app,
    )

    asyncio.run(_compared(written, asking, setup))


async def _compared(written: Written, asking: Asking, setup: Setup) -> None:
    outdoors, elsewhere = _outdoors(setup), _outdoors(setup)
    gateway, other = gateway_for(setup, outdoors), gateway_for(setup, elsewhere)
    async with asyncio.timeout(STUCK), gateway.running(), other.running():
        machine = await Machine(MACHINE_FACTS, _opened(gateway, asking)).outcome(written, asking)
        dull = Dull(DULL_FACTS, _wanted(written, asking), _opened(other, asking))
        reference = await dull.outcome(written, asking)

    if setup.dialect is EXPANDING:
        # What a zaak brings along is in its own order, a list in that of the source.
        assert_alike(machine, reference)
    else:
        assert_equal(machine, reference)
    # That something is somebody's own is proven first, of which the reference knows nothing: of a
    # document that is not there it asks once, and the proof of it is two calls.
    if asking.own is None and not propagated(reference):
        ours, theirs = _per_source(outdoors), _per_source(elsewhere)
        assert ours <= theirs, (ours, theirs)


def _as_asked(call: object) -> None:
    """Every source answers."""


def _outdoors(setup: Setup) -> Outdoors:
    assert setup.sandbox is not None
    return Outdoors(setup.sandbox, setup.answering)


def _opened(gateway: Any, asking: Asking) -> Callable[[Ledger], Sources]:
    own = asking.own
    kind = Kind.MEDEWERKER if own is None else Kind.BURGER if own.bsn else Kind.BEDRIJF
    principal = Principal("urn:test", "u-1", "T. Toetser", "0999", "test", kind, own)
    opened: Callable[[Ledger], Sources] = gateway.caller(principal).open
    return opened


def _wanted(written: Written, asking: Asking) -> Mapping[Read, Fields]:
    """Of every read what the plan asks for, without what could be brought along.

    Sources with a selection of fields leave out a group of which nothing that was asked for is
    known, so whether it is null depends on what else is asked for. That the paths of a plan are
    right is tested on the invented registry.
    """
    document = parse(written.text)
    nodes = document.definitions
    (operation,) = (node for node in nodes if isinstance(node, OperationDefinitionNode))
    fragments = {
        node.name.value: node for node in nodes if isinstance(node, FragmentDefinitionNode)
    }
    closed = asking.own is not None
    plan = make_plan(MACHINE_FACTS, operation, fragments, written.coerced, asking.labels, closed)
    paths: dict[Read, set[str]] = {}
    for step in plan.steps:
        for other in plan.steps:
            if other.resource == step.resource:
                paths.setdefault(step.read, set()).update(plan.needs.own[other.number])
    return {each: Fields(tuple(sorted(found))) for each, found in paths.items()}


def _per_source(outdoors: Outdoors) -> Counter[str]:
    return Counter(call.source for call in outdoors.calls)
