"""What writing an answer costs (process): the writer's ways beside graphql-core's completion.

In one process, without a source: the objects are there already. graphql-core has it easy: they are
joined for it, and its own resolvers look names up in them.
"""

import argparse
import gc
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from graphql import ExecutionResult, build_schema, execute_sync

from bench import figures, posts
from bench.figures import Spread, number
from bench.others import Looked
from gateway.operation.bind import BoundPlan, bind
from gateway.operation.complete import complete
from gateway.operation.fetched import NO_KEY, TOGETHER, Fetched
from gateway.operation.limits import Limits
from gateway.operation.plan import make_plan
from gateway.operation.prepare import Documents
from gateway.operation.writer.compiled import compiled
from gateway.operation.writer.run import Run
from gateway.operation.writer.selected import Tree
from gateway.operation.writer.walk import written_object
from gateway.operation.writer.writer import Writers
from gateway.operation.written import written
from schema.language.facts import Facts

DOCUMENT = Path("docs/prestaties-schrijven.md")
NAMES = " ".join(f"veld{each}" for each in range(posts.WIDE))
WORK = {
    "100 berichten, 3 velden en de schrijver": "{ posts { id title body user { name } } }",
    "100 berichten, 2 velden": "{ posts { id title } }",
    "100 dingen, 20 velden, met een ding van 20 velden erin": (
        f"{{ breed {{ {NAMES} binnen {{ {NAMES} }} }} }}"
    ),
}
CORE, WALKED, COMPILED, BYTES = "graphql-core", "wandelaar", "gecompileerd", "met de bytes"
ENOUGH = 0.02
"""Seconds that one measurement takes at least."""

Once = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    rounds: int = 21
    enough: float = ENOUGH


SMALL = Size(rounds=2, enough=0.0)


@dataclass(frozen=True, slots=True)
class Result:
    """Of one piece of work: milliseconds each by contender, how many times as fast as graphql-core
    each was in the same round, and milliseconds that are spent once.
    """

    times: Mapping[str, Spread]
    ratios: Mapping[str, Spread]
    preparing: Spread
    compiling: Spread


def results(size: Size) -> Mapping[str, Result]:
    """All measurements."""
    facts = posts.facts()
    return {name: _measured(facts, query, size) for name, query in WORK.items()}


def _measured(facts: Facts, query: str, size: Size) -> Result:
    contenders = _contenders(facts, query)
    found: dict[str, list[float]] = defaultdict(list)
    for each in range(size.rounds):
        for name in Random(each).sample(list(contenders), len(contenders)):  # noqa: S311  # order
            found[name].append(_time(contenders[name], size.enough))
    ratios = {
        name: Spread.of([one / own for one, own in zip(found[CORE], times, strict=True)])
        for name, times in found.items()
    }
    preparing = [_time(partial(_bound, facts, query), 0) for _ in range(size.rounds)]
    tree = [Tree(facts, _bound(facts, query).plan) for _ in range(size.rounds)]
    compiling = [_time(partial(compiled, each), 0) for each in tree]
    return Result(
        {name: Spread.of(times) for name, times in found.items()},
        ratios,
        Spread.of(preparing),
        Spread.of(compiling),
    )


def _time(once: Once, enough: float) -> float:
    """Milliseconds that doing it takes, on average over as often as is enough."""
    gc.collect()
    times, began = 0, time.process_time()
    while True:
        once()
        times += 1
        if (taken := time.process_time() - began) >= enough:
            return 1000 * taken / times


def _contenders(facts: Facts, query: str) -> Mapping[str, Once]:
    bound, fetched = _bound(facts, query), _fetched()
    tree, writers = Tree(facts, bound.plan), Writers(facts)
    schema, joined = build_schema(facts.sdl), _joined()
    document = Documents(facts, Limits(), introspection=False).prepare(query).document

    def core() -> Any:
        result = execute_sync(schema, document, joined)
        assert isinstance(result, ExecutionResult)  # noqa: S101  # nothing in it is asynchronous
        return result.data

    def walked() -> Any:
        return written_object(Run(bound, fetched), tree.root, {}, None)

    def fast() -> Any:
        return complete(writers, {}, bound, fetched).data

    fast()
    fast()  # compiles
    every = {written({"data": each()}) for each in (core, walked, fast)}
    assert len(every) == 1  # noqa: S101  # or else there is nothing to compare
    return {CORE: core, WALKED: walked, COMPILED: fast, BYTES: lambda: written({"data": fast()})}


def _bound(facts: Facts, query: str) -> BoundPlan:
    documents = Documents(facts, Limits(), introspection=False)
    prepared = documents.prepare(query)
    operation = prepared.operation(None)
    plan = make_plan(facts, operation, {}, {}, frozenset({posts.OPEN}))
    return bind(facts, plan, documents.variables(operation, {}))


def _fetched() -> Fetched:
    tables: dict[Any, Any] = {
        (posts.posts, "{}", TOGETHER): {NO_KEY: posts.posted()},
        (posts.users, "{}", TOGETHER): posts.known(),
        (posts.wide, "{}", TOGETHER): {NO_KEY: posts.things()},
    }
    return Fetched(table=tables)


def _joined() -> Mapping[str, Any]:
    users = posts.known()
    joined = [{**post, "user": users[post["userId"]]} for post in posts.posted()]
    return {"posts": joined, "breed": posts.things()}


# ---- the document -------------------------------------------------------------------------------


def document(found: Mapping[str, Result], size: Size, where: str) -> str:
    """What was measured, in Dutch."""
    return f"""# Wat het schrijven van een antwoord kost

Geschreven door `make bench` (`python -m bench.completion`); niet met de hand aan te passen.

{where}

De objecten zijn er al: gemeten is alleen wat er van objecten een antwoord maakt, in één proces, om
en om in {size.rounds} ronden, in processortijd. *{CORE}* krijgt de objecten al samengevoegd en
zoekt er met zijn eigen resolvers in op naam. De *{WALKED}* volgt de specificatie stap voor stap: zo
gaat een vraag de eerste keer, en een object waarin iets niet klopt altijd. *{COMPILED.title()}* is
dezelfde vraag vanaf de tweede keer; *{BYTES}* is daarna ook de JSON ervan gemaakt, wat bij {CORE}
niet is meegeteld. Elk getal is een mediaan, met het kleinste en het grootste tussen haakjes; een
verhouding is die tussen twee tijden uit dezelfde ronde.

## Milliseconden per antwoord

{_times(found)}

## Hoeveel keer zo snel als {CORE}

{_ratios(found)}

## Wat één keer kost

Milliseconden per document: lezen, valideren en plannen bij de eerste vraag, compileren bij de
tweede.

{_once(found)}
"""


def _times(found: Mapping[str, Result]) -> str:
    names = (CORE, WALKED, COMPILED, BYTES)
    rows = [
        [work, *(result.times[name].written(3) for name in names)] for work, result in found.items()
    ]
    return figures.table(["werk", *names], rows)


def _ratios(found: Mapping[str, Result]) -> str:
    names = (WALKED, COMPILED, BYTES)
    rows = [
        [work, *(result.ratios[name].written(1) for name in names)]
        for work, result in found.items()
    ]
    return figures.table(["werk", *names], rows)


def _once(found: Mapping[str, Result]) -> str:
    rows = [
        [work, number(one.preparing.middle, 1), number(one.compiling.middle, 1)]
        for work, one in found.items()
    ]
    return figures.table(["werk", "voorbereiden", "compileren"], rows)


def main() -> None:
    """Measure and write the document."""
    parser = argparse.ArgumentParser(prog="python -m bench.completion", description=__doc__)
    parser.add_argument("--small", action="store_true", help="hardly anything, to see that it runs")
    parser.add_argument("--output", type=Path, default=DOCUMENT)
    given = parser.parse_args()
    size = SMALL if given.small else Size()
    before = Looked.now()
    given.output.write_text(document(results(size), size, figures.where(before)), encoding="utf-8")
    print(f"{given.output} written")


if __name__ == "__main__":
    main()
