"""A kept run for its papers: scores and money as they are kept, its trend and its warnings; nothing is counted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from samrit.problems import Level, Problem, Where, problem
from samrit.reference import Period, Span
from samrit.reports.errors import ReportsError
from samrit.results import Run, read_amount
from samrit.schemes import SchemeRun, SchemesError, TrendLine, recall
from samrit.schemes.tables import run_tables

OTHER_CODE = "schemes.explain.other_code"


def run_of_folder(run: Run) -> SchemeRun:
    """A finished run from its folder. Raises ReportsError when this version of the code gives other scores or money."""
    try:
        done = recall(run)
    except SchemesError as error:
        if error.problems[0].code != OTHER_CODE:
            raise
        raise _other_code(run, error.problems[0].where.file) from error
    made = run_tables(done.pack.id, {}, done.evaluation, (), None)
    for name in ("instalments.csv", "ledger.csv"):  # money of the papers that no explanation needs
        rows = [[str(cell) for cell in row] for row in made[name][1]] if name in made else []
        if rows != [list(row.values()) for row in run.table(name)]:
            raise _other_code(run, name)
    warnings = tuple(_warning(said) for said in run.manifest.get("warnings", ()))
    return replace(done, trend=tuple(_trend(run)), warnings=warnings)


def _other_code(run: Run, file: str) -> ReportsError:
    facts = {"run": run.id, "code": run.manifest.get("code", "-")}
    return ReportsError(problem("reports.other_code", Where(file=file), **facts))


def _trend(run: Run) -> Iterator[TrendLine]:
    for row in run.table("trend.csv"):
        period = Period(*(date.fromisoformat(row[name]) for name in ("period_start", "period_end")))
        value = Decimal(row["value"]) if row["value"] else None
        yield TrendLine(
            row["item"], row["org"], Span(row["span"]), period, read_amount(row["a"]), read_amount(row["b"]), value
        )


def _warning(said: dict[str, Any]) -> Problem:
    where = Where(said["file"], said["entry"], said["line"] or 0, said["field"])
    return Problem(said["code"], Level(said["level"]), where, said["th"], said["en"], said["hint"])
