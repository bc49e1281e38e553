"""Run a pack on a snapshot: count every item, evaluate, and keep everything in a run folder.

A run is named by what went into it: snapshot, pack, code, inputs, parameters. The same run id has the same bytes; one
changed byte anywhere gives another id.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from samrit.formula import round_half_up
from samrit.measures import Engine, When, compile_measure, count, measure, value_of
from samrit.problems import Problem, problem
from samrit.reference import OrgLevel, Period, Register, format_day_th
from samrit.results import Cell, Line, Run, Table, code_hash, keep_run, roll_up
from samrit.schemes.errors import SchemesError
from samrit.schemes.evaluating import Evaluation, evaluate
from samrit.schemes.inputs import RunInputs
from samrit.schemes.pack import Pack, Standing
from samrit.schemes.payees import Payee
from samrit.schemes.scores import Counted, ScoreLine
from samrit.schemes.trend import TrendLine, trend_lines, trend_whens
from samrit.warehouse import Snapshot

SCORE_COLUMNS = ("scheme", "org", "item", "a", "b", "value", "score", "max_score", "weight", "points", "note")
PAYMENT_COLUMNS = ("scheme", "org", "component", "population", "amount_satang", "note")
CUBE_COLUMNS = (
    "item", "measure", "period_start", "period_end", "facility", "contracting_unit", "sex", "age_band", "letter",
    "amount",
)  # fmt: skip
TREND_COLUMNS = ("scheme", "item", "org", "span", "period_start", "period_end", "a", "b", "value")
REGISTER_AGE_DAYS = 90
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Asked:
    """What a run is asked for. org: a province ("42"), a region ("region:8"), a payee, or '' for all payees."""

    org: str = ""
    as_of: date | None = None
    trend: bool = False


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
    trend: tuple[TrendLine, ...]
    inputs: RunInputs
    whole: str
    warnings: tuple[Problem, ...]

    def total_of(self, item_code: str) -> tuple[int | None, int | None, Decimal | None]:
        """A, B and value (two places) of an item over all payees; None where nothing is known. Never an average."""
        orgs = {p.org for p in self.payees}
        counted = [s.counted for s in self.evaluation.scores if s.item == item_code and s.org in orgs]
        if not any(c.a is not None for c in counted) or any(c.a is None and c.value is not None for c in counted):
            return None, None, None  # nothing, or values that cannot be summed
        a, b = (sum(int(getattr(c, part) or 0) for c in counted) for part in ("a", "b"))
        item = self.pack.item(item_code)
        if not item.computed:
            return a, b, round_half_up(Decimal(a) * 100 / b, 2) if b else None
        of = measure(item.measure)
        value = value_of(of, Line(of.id, self.period, OrgLevel.COUNTRY, self.whole, a, b))
        return a, b, None if value is None else round_half_up(value, 2)


def run_scheme(
    pack: Pack,
    snapshot: Snapshot,
    register: Register,
    asked: Asked,
    inputs: RunInputs | None = None,
    other_inputs: Mapping[str, Mapping[str, str]] | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> SchemeRun:
    """Run a pack and keep the run in the snapshot's home.

    inputs: what was read beside the snapshot; other_inputs: papers of inputs that the caller applied itself (org).
    Raises SchemesError when no payee is meant, the day is before the period, or a rule needs a whole region.
    """
    inputs = inputs or RunInputs()
    payees = _payees(pack, inputs.populations or pack.payees, asked.org)
    period = _period(pack, asked.as_of)
    census_day = date.fromisoformat(pack.scheme.census_day)
    when = When(period, census_day)
    wanted = [when, *(trend_whens(period, census_day) if asked.trend else [])]
    counted = _count_items(pack, snapshot, register, wanted, progress)
    cells = {item: [c for c in of_item if c.period == period] for item, of_item in counted.items()}
    orgs = [p.org for p in payees]
    trend = trend_lines(pack, counted, period, register, census_day, orgs) if asked.trend else []
    counts = {**_counted(pack, cells, register, census_day), **_from_cube(pack, inputs, period), **inputs.entries}
    whole = asked.org if asked.org not in {"", *orgs} else "all"  # the sums never take the code of a unit
    evaluation = evaluate(pack, counts, payees, whole, inputs.winners)
    warnings = _warnings(snapshot, period)
    manifest: dict[str, Any] = {
        "scheme": pack.id,
        "pack": pack.hash,
        "changes": pack.changes,
        "snapshot": snapshot.id,
        "code": code_hash(),
        "inputs": {**dict(other_inputs or {}), **{file.kind: file.as_dict() for file in inputs.files}},
        "parameters": {
            "org": asked.org,
            "as_of": asked.as_of.isoformat() if asked.as_of else "",
            "period": str(period),
            "census_day": census_day.isoformat(),
            "trend": asked.trend,
        },
        "warnings": [w.as_dict() for w in warnings],
    }
    run = keep_run(snapshot.home.runs, manifest, _tables(pack, cells, evaluation, trend, with_trend=asked.trend))
    return SchemeRun(
        run, pack, period, census_day, payees, cells, evaluation, tuple(trend), inputs, whole, tuple(warnings)
    )


def _payees(pack: Pack, every: Sequence[Payee], org: str) -> tuple[Payee, ...]:
    region = pack.scheme.region.code
    if org in {"", f"region:{region}"} or (org == region and len(region) == 1):  # two digits are a province
        return tuple(every)
    code = org.removeprefix("province:")
    meant = tuple(p for p in every if code in {p.org, p.district_code, p.district_code[:2]})
    if not meant:
        raise SchemesError(problem("schemes.run.org", org=org, scheme=pack.id))
    return meant


def _period(pack: Pack, as_of: date | None) -> Period:
    """The period of the scheme, or the year to date: care delivered up to that day."""
    period = pack.scheme.period
    if as_of is None:
        return period
    if as_of < period.start:
        raise SchemesError(problem("schemes.run.as_of", day=as_of.isoformat(), start=period.start.isoformat()))
    return period.year_to(min(as_of, period.end))


def _count_items(
    pack: Pack, snapshot: Snapshot, register: Register, whens: Sequence[When], progress: Progress
) -> dict[str, list[Cell]]:
    cells: dict[str, list[Cell]] = {}
    items = [item for item in pack.scheme.items if item.computed]
    with Engine(snapshot, register) as engine:
        for number, item in enumerate(items, start=1):
            of = measure(item.measure)
            cells[item.item] = count(engine, compile_measure(of, of.parameters), whens)
            progress("count", number, len(items))
    return cells


def _counted(
    pack: Pack, cells: Mapping[str, list[Cell]], register: Register, census_day: date
) -> dict[tuple[str, str], Counted]:
    counts = {}
    for code, of_item in cells.items():
        of = measure(pack.item(code).measure)
        for line in roll_up(of_item, OrgLevel.CONTRACTING_UNIT, register, census_day):
            if line.org:
                counts[code, line.org] = Counted(line.a, line.b, value_of(of, line))
    return counts


def _from_cube(pack: Pack, inputs: RunInputs, period: Period) -> dict[tuple[str, str], Counted]:
    """Counts of units that were counted elsewhere; they stand in place of the snapshot's, unit by unit and item."""
    measures = {
        code: measure(pack.item(code).measure) for code in {c for c, _ in inputs.cube} if pack.item(code).computed
    }
    counts = {}
    for (code, org), (a, b) in inputs.cube.items():
        if code in measures:
            of = measures[code]
            value = value_of(of, Line(of.id, period, OrgLevel.CONTRACTING_UNIT, org, a, b))
        else:
            value = Decimal(a) * 100 / b if b else None
        counts[code, org] = Counted(a, b, value, Standing.TYPED_IN)
    return counts


def _warnings(snapshot: Snapshot, period: Period) -> list[Problem]:
    """A register much younger than the period has lost the people who moved or died since (DEFINITIONS S3.4)."""
    stamps = [p.stamp[:8] for p in snapshot.packages]
    if not stamps:
        return []
    try:
        newest = date.fromisoformat(max(stamps))
    except ValueError:
        return []
    days = (newest - period.end).days
    if days <= REGISTER_AGE_DAYS:
        return []
    return [problem("schemes.run.register_young", days=days, newest=newest, newest_th=format_day_th(newest))]


def _tables(
    pack: Pack,
    cells: Mapping[str, list[Cell]],
    evaluation: Evaluation,
    trend: Sequence[TrendLine],
    *,
    with_trend: bool,
) -> dict[str, Table]:
    tables: dict[str, Table] = {
        "cube.csv": (CUBE_COLUMNS, [_cube_row(code, c) for code, of_item in cells.items() for c in of_item]),
        "scores.csv": (SCORE_COLUMNS, [_score_row(pack.id, line) for line in evaluation.scores]),
        "payments.csv": (
            PAYMENT_COLUMNS,
            [(pack.id, p.org, p.component, p.population, p.amount, p.note) for p in evaluation.payments],
        ),
    }
    if with_trend:
        tables["trend.csv"] = (TREND_COLUMNS, [_trend_row(pack.id, line) for line in trend])
    return tables


def _cube_row(item: str, c: Cell) -> tuple[object, ...]:
    days = (c.period.start.isoformat(), c.period.end.isoformat())
    return (item, c.measure, *days, c.facility, c.contracting_unit, c.sex, c.age_band, c.letter, c.amount)


def _score_row(scheme: str, line: ScoreLine) -> tuple[object, ...]:
    of, scored = line.counted, line.scored
    value = None if of.value is None else round_half_up(of.value, 4)
    numbers = (_plain(scored.score), line.max_score, _plain(line.weight), _plain(line.points))
    return (scheme, line.org, line.item, of.a, of.b, value, *numbers, line.note)


def _trend_row(scheme: str, line: TrendLine) -> tuple[object, ...]:
    days = (line.period.start.isoformat(), line.period.end.isoformat())
    value = None if line.value is None else round_half_up(line.value, 4)
    return (scheme, line.item, line.org, line.span.value, *days, line.a, line.b, value)


def _plain(number: Decimal | None) -> str:
    return "" if number is None else format(number.normalize(), "f")
