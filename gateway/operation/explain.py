"""What an operation would ask of whom, without asking it (operation): the explanation of a plan."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gateway.operation.bind import BoundPlan
from gateway.operation.plan import Step
from gateway.source.keep import Keep
from gateway.source.read import Fields
from schema.language.facts import Facts

Keeping = Callable[[Keep], Keep]
"""What is left of how long a read may be kept, for the municipality of who asks."""


def explain(facts: Facts, bound: BoundPlan, keeping: Keeping) -> dict[str, Any]:
    """The plan as JSON: `stappen`, `bronnen`, `labels`, `geweigerd`, `kosten`.

    Numbers of keys, calls and objects are estimates, except where the client named the keys. A
    step's `paden` are the wire paths asked for the objects that it leads to, with those of the
    steps that ask together with it. No argument value is shown: only the names of the arguments.
    """
    plan = bound.plan
    return {
        "stappen": [_step(facts, bound, step, keeping) for step in plan.steps],
        "bronnen": _sources(bound, plan.steps),
        "labels": list(plan.labels),
        "geweigerd": [
            {"pad": list(found.path), "veld": f"{found.type_name}.{found.field_name}",
             "label": found.label}
            for found in plan.refusals
        ],
        "kosten": bound.cost,
    }  # fmt: skip


def _step(facts: Facts, bound: BoundPlan, step: Step, keeping: Keeping) -> dict[str, Any]:
    estimate = bound.estimates[step.number]
    arguments = bound.of(step).arguments
    made: dict[str, Any] = {
        "stap": step.number + 1,
        "na": step.parent.number + 1 if step.parent else None,
        "veld": f"{step.fact.parent}.{step.fact.name}",
        "pad": list(step.response_path),
        "bron": step.read.source,
        "vraag": step.read.name,
        "argumenten": sorted(name for name, value in arguments.items() if value is not None),
        "gekozenOp": _chosen(bound, step),
        "sleutel": _key(step),
        "sleutelsPerAanroep": step.read.batch or 1,
        "verwachteSleutels": estimate.keys,
        "verwachteAanroepen": estimate.calls,
        "paden": list(_wanted(bound, step).paths),
        "labels": list(facts.required(step.fact)),
        "bewaren": _keep(keeping(step.read.keep)),
    }
    return made


def _wanted(bound: BoundPlan, step: Step) -> Fields:
    own = bound.group(step)
    group = frozenset(each.number for each in bound.plan.steps if bound.group(each) == own)
    return bound.plan.needs.fields(group, group)


def _key(step: Step) -> str | None:
    if step.position == 0 and step.hop.argument is not None:
        return f"${step.hop.argument}"
    if step.hop.own is not None:
        return f"eigen {step.hop.own.value}"
    return ".".join(step.hop.key) if step.hop.key is not None else None


def _chosen(bound: BoundPlan, step: Step) -> str | None:
    """The wire path by which the link chooses among what was read, None when it takes all."""
    where = step.linked.where
    if where is None or (where.argument and bound.by_node[id(step.node)].chosen is None):
        return None
    return ".".join(where.item)


def _keep(keep: Keep) -> Mapping[str, Any]:
    return {"klasse": keep.data.value, "seconden": keep.fresh, "tussen": keep.between.value}


def _sources(bound: BoundPlan, steps: Sequence[Step]) -> dict[str, dict[str, int]]:
    made: dict[str, dict[str, int]] = {}
    for step in steps:
        source = made.setdefault(step.read.source, {"stappen": 0, "verwachteAanroepen": 0})
        source["stappen"] += 1
        source["verwachteAanroepen"] += bound.estimates[step.number].calls
    return made
