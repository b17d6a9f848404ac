"""A report as tables, for people (Markdown) or for a spreadsheet (CSV) (process)."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Form = Literal["markdown", "csv"]
_FORMULA: Final = ("=", "+", "-", "@", "\t")
"""With which a spreadsheet takes a text for something to calculate."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (1 is the highest), text below it, and a table; rows have a cell for each column.

    In CSV only the rows count: each begins with `before`, what the headings say of it.
    """

    level: int
    heading: str
    text: Sequence[str] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    before: Sequence[str] = ()
    """Cells for the columns of the whole report that the headings tell."""


@dataclass(frozen=True, slots=True)
class Report:
    """Sections under each other; all tables of a report have the same columns.

    `before` names the columns of what the headings tell, for CSV.
    """

    before: Sequence[str]
    columns: Sequence[str]
    sections: Sequence[Section]

    def written(self, form: Form) -> str:
        """The report in this form."""
        return self._csv() if form == "csv" else "\n".join(self._markdown())

    def _csv(self) -> str:
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow([*self.before, *self.columns])
        for section in self.sections:
            for row in section.rows:
                writer.writerow([_harmless(cell) for cell in (*section.before, *row)])
        return out.getvalue()

    def _markdown(self) -> Iterator[str]:
        for section in self.sections:
            yield f"{'#' * section.level} {_cell(section.heading)}\n"
            for line in section.text:
                yield f"{_cell(line)}\n"
            if section.rows:
                yield from _table(self.columns, section.rows)
                yield ""


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table, without the columns that are empty in every row."""
    shown = [at for at in range(len(columns)) if any(row[at] for row in rows)]
    yield _row([columns[at] for at in shown])
    yield _row(["---"] * len(shown))
    for row in rows:
        yield _row([_cell(row[at]) for at in shown])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
