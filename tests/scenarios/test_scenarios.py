"""Every scenario file, against the real application with the sandbox's registries outside."""

from collections import Counter
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.app import EVERYWHERE, Call, Running, Setup, as_persona, running
from tests.scenarios.scenario import ExpectedCall, Scenario, mistake_in, read_scenario
from tests.standard import standard_sandbox

pytestmark = pytest.mark.anyio

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*/*.md"))


@pytest.mark.parametrize("path", FILES, ids=[f"{p.parent.name}/{p.stem}" for p in FILES])
async def test_scenario(path: Path) -> None:
    """The response is as written, and exactly the listed calls are made."""
    scenario = read_scenario(path)
    async with running(setup_of(scenario)) as app:
        response = await asked(app, scenario)

    body = response.json()
    assert _differences(scenario.calls, app.outdoors.calls) == []
    if scenario.response is not None:
        assert scenario.response == body
    assert [wrong for claim in scenario.holds if (wrong := mistake_in(body, claim))] == []


def test_there_are_scenarios() -> None:
    """A folder that moved away must not make this file pass."""
    assert len(FILES) >= 20


def setup_of(scenario: Scenario) -> Setup:
    """The municipality and the caller of a scenario, and the answers that it has of its own."""
    caller = scenario.caller
    known = {"labels", "own_bsn", "strict", "provenance", "explain", "dialect", "sources"}
    known |= {"persona", "zaken", "second_system", "persons"}
    assert not caller.keys() - known, f"unknown in caller: {sorted(caller.keys() - known)}"
    if "persona" in caller:
        assert caller.keys() == {"persona"}, "a persona is asked for as the demo has it"
        return as_persona(caller["persona"], _answering(scenario.calls))
    setup = Setup(
        labels=caller.get("labels", ["*"]),
        own_bsn=str(caller["own_bsn"]) if caller.get("own_bsn") else None,
        dialect=caller.get("dialect", {}),
        answering=_answering(scenario.calls),
        settings={"limits": {"cost": 1_000_000, "persons": caller.get("persons", 20)}},
    )
    if caller.get("second_system"):
        setup.sources = tuple(EVERYWHERE)
    if "sources" in caller:
        setup.sources = caller["sources"]
    if "zaken" in caller:
        setup.sandbox = standard_sandbox(caller["zaken"])
    return setup


async def asked(app: Running, scenario: Scenario) -> httpx.Response:
    """What is answered to the question of a scenario."""
    caller = scenario.caller
    return await app.ask(
        scenario.query,
        scenario.variables,
        strikt=bool(caller.get("strict")),
        herkomst=bool(caller.get("provenance")),
        uitleg=bool(caller.get("explain")),
    )


def _answering(calls: tuple[ExpectedCall, ...]) -> Any:
    """Answers the calls for which the scenario has an answer of its own."""

    def answer(call: Call) -> httpx.Response | None:
        for expected in calls:
            if expected.answer is not None and _fits(expected, call):
                given = expected.answer
                headers: Mapping[str, str] = given.get("headers", {})
                status = given.get("status", 200)
                if "text" in given:
                    return httpx.Response(status, text=given["text"], headers=headers)
                return httpx.Response(status, json=given.get("json", {}), headers=headers)
        return None

    return answer


def _differences(expected: tuple[ExpectedCall, ...], made: list[Call]) -> list[str]:
    """What was asked and not listed, and what was listed and not asked."""
    left = list(made)
    wrong = []
    for wanted in sorted(expected, key=lambda call: call.body is None and call.params is None):
        fitting = _distinct(wanted, left)[: wanted.times]
        for call in fitting:
            left.remove(call)
        if len(fitting) != wanted.times:
            wrong.append(f"{wanted.line}: {len(fitting)} times instead of {wanted.times}")
    counted = Counter(f"{call.line} {dict(call.params)} {call.body}" for call in left)
    return wrong + [f"not listed, {times} times: {line}" for line, times in counted.items()]


def _distinct(wanted: ExpectedCall, left: list[Call]) -> list[Call]:
    """The calls that fit; of a line with `*`, each address once: asked twice is asked too much."""
    fitting = [call for call in left if _fits(wanted, call)]
    if "*" not in wanted.line:
        return fitting
    return list({(call.line, call.params): call for call in fitting}.values())


def _fits(wanted: ExpectedCall, call: Call) -> bool:
    if not fnmatchcase(call.line, wanted.line):
        return False
    if wanted.params is not None and _params(call) != {
        name: value if isinstance(value, list) else str(value)
        for name, value in wanted.params.items()
    }:
        return False
    return wanted.body is None or wanted.body == call.body


def _params(call: Call) -> dict[str, Any]:
    grouped: dict[str, list[str]] = {}
    for name, value in call.params:
        grouped.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in grouped.items()}
