"""The writer of a plan's answers: it walks the first time, and compiles the second (operation)."""

from typing import Any

from gateway.operation.plan import Plan
from gateway.operation.writer.compiled import Compiled, compiled
from gateway.operation.writer.run import Located, Run
from gateway.operation.writer.selected import Tree
from gateway.operation.writer.walk import written_object
from schema.language.facts import Facts


class Writer:
    """Writes the data of answers to one plan; kept with it."""

    __slots__ = ("_compiled", "_facts", "_plan", "_tree", "_uses")

    def __init__(self, facts: Facts, plan: Plan) -> None:
        self._facts = facts
        self._plan = plan
        self._tree = Tree(facts, plan)
        self._compiled: Compiled | None = None
        self._uses = 0

    def data(self, run: Run) -> Any:
        """The data; None where a null went all the way up. What went wrong is in the run."""
        self._uses += 1
        if self._uses == 2:  # what is asked once is not worth it
            self._compiled = compiled(self._tree)
        if self._compiled is not None:
            run.fast = self._compiled.functions(run)
        try:
            return written_object(run, self._tree.root, {}, None)
        except Located as error:
            run.errors.append(error)
            return None

    def source(self) -> str | None:
        """The Python that answers to this plan are written with from the second on, if any."""
        made = self._compiled or compiled(self._tree)
        return made.source if made is not None else None


def writer_of(facts: Facts, plan: Plan) -> Writer:
    """The one kept with the plan."""
    known = plan.kept.writer
    if not isinstance(known, Writer):
        known = plan.kept.writer = Writer(facts, plan)
    return known
