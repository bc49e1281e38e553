"""Recalling: a kept run as a finished run again, from nothing but its folder; nothing is counted."""

import csv
import io
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from samrit.formula import round_half_up
from samrit.problems import Where, problem
from samrit.results import Run, Table, as_csv
from samrit.schemes.errors import SchemesError
from samrit.schemes.evaluating import evaluate
from samrit.schemes.kept import cells_of, materials_of, measures_of
from samrit.schemes.running import SchemeRun
from samrit.schemes.tables import run_tables

EXPLAINED = ("scores.csv", "payments.csv")
WORDS = "note"
DECIMALS = 6
"""Another version of the code may write more or fewer places of a number that does not end."""


def recall(run: Run) -> SchemeRun:
    """The run with its scores and payments as they are kept.

    Raises SchemesError when the kept pack or inputs cannot be read, and when this version of the code gives other
    scores or payments than the run has: an explanation of other figures would be none.
    """
    materials = materials_of(run)
    with measures_of(run):
        evaluation = evaluate(materials)
    done = SchemeRun(run, materials, *materials.days, cells_of(run), evaluation, (), ())
    made = run_tables(done.pack.id, done.cells, evaluation, done.inputs.adjustments, None)
    for name in EXPLAINED:
        if not _says(made[name], run.table(name)):
            facts = {"run": run.id, "code": run.manifest.get("code", "-")}
            raise SchemesError(problem("schemes.explain.other_code", Where(file=name), **facts))
    return done


def _says(made: Table, kept: list[dict[str, str]]) -> bool:
    """Whether a table says what a kept one says, row by row; how it is worded in the notes does not matter."""
    rows = list(csv.DictReader(io.StringIO(as_csv(*made).decode())))
    return len(rows) == len(kept) and all(map(_is_same, rows, kept))


def _is_same(row: Mapping[str, str], kept: Mapping[str, str]) -> bool:
    return all(
        row[name] == kept.get(name) or _number(row[name]) == _number(kept.get(name)) for name in row if name != WORDS
    )


def _number(text: str | None) -> Decimal | str | None:
    """The number that a cell holds, as far as versions must agree; a text that is none is itself."""
    try:
        return text and round_half_up(Decimal(text), DECIMALS)
    except InvalidOperation:
        return text
