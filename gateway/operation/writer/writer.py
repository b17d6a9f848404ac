"""The writers of plans' answers: they walk the first time, and compile the second (operation)."""

from collections import OrderedDict
from typing import Any

from gateway.operation.plan import Plan
from gateway.operation.writer.compiled import Compiled, compiled, source_of
from gateway.operation.writer.run import Located, Run
from gateway.operation.writer.selected import Tree
from gateway.operation.writer.walk import written_object
from schema.language.facts import Facts

MOST_KEPT = 40_000
"""Fields of the answers whose writers are kept: three to four kB of memory each, once compiled."""


class Writer:
    """Writes the data of answers to one plan."""

    __slots__ = ("_compiled", "_uses", "plan", "tree")

    def __init__(self, facts: Facts, plan: Plan) -> None:
        self.plan = plan
        self.tree = Tree(facts, plan)
        self._compiled: Compiled | None = None
        self._uses = 0

    def data(self, run: Run) -> Any:
        """The data; None where a null went all the way up. What went wrong is in the run."""
        self._uses += 1
        if self._uses == 2:  # what is asked once is not worth it
            self._compiled = compiled(self.tree)
        if self._compiled is not None:
            run.fast = self._compiled.functions(run)
        try:
            return written_object(run, self.tree.root, {}, None)
        except Located as error:
            run.errors.append(error)
            return None
        finally:
            run.fast = None  # they hold the run: all of it would wait for the garbage collector

    def source(self) -> str | None:
        """The Python that answers to this plan are written with from the second on, if any."""
        return source_of(self.tree)


class Writers:
    """The writers of one schema, each kept with its plan; of all of them the last ones used."""

    def __init__(self, facts: Facts, most: int = MOST_KEPT) -> None:
        self._facts = facts
        self._most = most
        self._kept: OrderedDict[Writer, int] = OrderedDict()
        self._fields = 0

    def data(self, run: Run) -> Any:
        """As `Writer.data`, by the writer of the plan that is run."""
        writer = self.of(run.bound.plan)
        data = writer.data(run)
        self._keep(writer)
        return data

    def of(self, plan: Plan) -> Writer:
        """The writer of a plan, and of no other."""
        known = plan.kept.writer
        if not isinstance(known, Writer):
            known = plan.kept.writer = Writer(self._facts, plan)
        return known

    def _keep(self, writer: Writer) -> None:
        """Note that it was used, and forget those that were not for longest."""
        fields = len(writer.tree.members)
        self._fields += fields - self._kept.pop(writer, 0)
        self._kept[writer] = fields
        while self._fields > self._most and len(self._kept) > 1:
            forgotten, fields = self._kept.popitem(last=False)
            self._fields -= fields
            forgotten.plan.kept.writer = None
