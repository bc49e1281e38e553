"""Run a pack on a snapshot: count every item, evaluate, and keep everything in a run folder.

A run is named by what went into it: snapshot, pack, catalogue, code, inputs, parameters. The same run id has the same
bytes; one changed byte anywhere gives another id.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from samrit.formula import round_half_up
from samrit.measures import Engine, When, compile_measure, count, measure, value_of
from samrit.problems import problem
from samrit.reference import OrgLevel, Period, Register
from samrit.results import Cell, Line, Run, Table, code_hash, keep_run, roll_up
from samrit.schemes.errors import SchemesError
from samrit.schemes.evaluating import Counted, Evaluation, ScoreLine, evaluate
from samrit.schemes.pack import Pack, Payee
from samrit.warehouse import Snapshot

SCORE_COLUMNS = ("scheme", "org", "item", "a", "b", "value", "score", "max_score", "weight", "points", "note")
PAYMENT_COLUMNS = ("scheme", "org", "component", "population", "amount_satang", "note")
CUBE_COLUMNS = (
    "item", "measure", "period_start", "period_end", "facility", "contracting_unit", "sex", "age_band", "letter",
    "amount",
)  # fmt: skip
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class SchemeRun:
    """A finished run: its folder, what was counted and what it gave."""

    run: Run
    pack: Pack
    period: Period
    census_day: date
    payees: tuple[Payee, ...]
    cells: dict[str, list[Cell]]
    evaluation: Evaluation
    whole: str

    def total_of(self, item_code: str) -> tuple[int | None, int | None, Decimal | None]:
        """A, B and value of an item over all payees; None where it was not counted. Values are never averaged."""
        orgs = {p.org for p in self.payees}
        counted = [s.counted for s in self.evaluation.scores if s.item == item_code and s.org in orgs]
        if item_code not in self.cells:
            return None, None, None
        a = sum(int(c.a or 0) for c in counted)
        b = sum(int(c.b or 0) for c in counted)
        of = measure(self.pack.item(item_code).measure)
        value = value_of(of, Line(of.id, self.period, OrgLevel.COUNTRY, self.whole, a, b))
        return a, b, None if value is None else round_half_up(value, 2)


def run_scheme(
    pack: Pack,
    snapshot: Snapshot,
    register: Register,
    *,
    org: str = "",
    as_of: date | None = None,
    inputs: Mapping[str, str] | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> SchemeRun:
    """Run a pack and keep the run in the snapshot's home.

    org: a province ("42"), a payee, or '' for all payees; as_of: care delivered up to that day; inputs: kind -> SHA-256
    of what was read beside the snapshot. Raises SchemesError when no payee is meant or the day is before the period.
    """
    payees = _payees(pack, org)
    period = pack.scheme.period
    if as_of is not None and as_of < period.start:
        raise SchemesError(problem("schemes.run.as_of", day=as_of.isoformat(), start=period.start.isoformat()))
    if as_of is not None:
        period = period.year_to(min(as_of, period.end))
    census_day = date.fromisoformat(pack.scheme.census_day)
    cells = _count_items(pack, snapshot, register, When(period, census_day), progress)
    counts = _counted(pack, cells, register, census_day)
    whole = org or "all"
    evaluation = evaluate(pack, counts, payees, whole)
    manifest: dict[str, Any] = {
        "scheme": pack.id,
        "pack": pack.hash,
        "changes": pack.changes,
        "snapshot": snapshot.id,
        "code": code_hash(),
        "inputs": dict(inputs or {}),
        "parameters": {"org": org, "period": str(period), "census_day": census_day.isoformat()},
    }
    tables: dict[str, Table] = {
        "cube.csv": (CUBE_COLUMNS, _cube_rows(cells)),
        "scores.csv": (SCORE_COLUMNS, [_score_row(pack.id, line) for line in evaluation.scores]),
        "payments.csv": (
            PAYMENT_COLUMNS,
            [(pack.id, p.org, p.component, p.population, p.amount, p.note) for p in evaluation.payments],
        ),
    }
    run = keep_run(snapshot.home.runs, manifest, tables)
    return SchemeRun(run, pack, period, census_day, payees, cells, evaluation, whole)


def _payees(pack: Pack, org: str) -> tuple[Payee, ...]:
    meant = tuple(p for p in pack.payees if org in {"", p.org, p.district_code, p.district_code[:2]})
    if not meant:
        raise SchemesError(problem("schemes.run.org", org=org, scheme=pack.id))
    return meant


def _count_items(
    pack: Pack, snapshot: Snapshot, register: Register, when: When, progress: Progress
) -> dict[str, list[Cell]]:
    cells: dict[str, list[Cell]] = {}
    items = [item for item in pack.scheme.items if item.computed]
    with Engine(snapshot, register) as engine:
        for number, item in enumerate(items, start=1):
            of = measure(item.measure)
            cells[item.item] = count(engine, compile_measure(of, of.parameters), [when])
            progress("count", number, len(items))
    return cells


def _counted(
    pack: Pack, cells: dict[str, list[Cell]], register: Register, census_day: date
) -> dict[tuple[str, str], Counted]:
    counts = {}
    for code, of_item in cells.items():
        of = measure(pack.item(code).measure)
        for line in roll_up(of_item, OrgLevel.CONTRACTING_UNIT, register, census_day):
            if line.org:
                counts[code, line.org] = Counted(line.a, line.b, value_of(of, line))
    return counts


def _cube_rows(cells: dict[str, list[Cell]]) -> list[tuple[object, ...]]:
    return [
        (code, c.measure, c.period.start.isoformat(), c.period.end.isoformat(), c.facility, c.contracting_unit, c.sex,
         c.age_band, c.letter, c.amount)
        for code, of_item in cells.items()
        for c in of_item
    ]  # fmt: skip


def _score_row(scheme: str, line: ScoreLine) -> tuple[object, ...]:
    value = None if line.counted.value is None else round_half_up(line.counted.value, 4)
    return (
        scheme, line.org, line.item, line.counted.a, line.counted.b, value, line.scored.score, line.max_score,
        line.weight, _plain(line.points), line.note,
    )  # fmt: skip


def _plain(number: Decimal | None) -> str:
    return "" if number is None else format(number.normalize(), "f")
