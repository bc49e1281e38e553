"""Count: the things that a compiled measure names, placed on the census day and added up as cells."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from samrit.measures.compiling import Compiled
from samrit.measures.engine import Engine
from samrit.measures.errors import MeasuresError
from samrit.measures.gathering import gather, rows_sql
from samrit.measures.placing import name_of_band, placed_sql, places_sql, summed_sql
from samrit.measures.planning import Form, Plan, When
from samrit.measures.remembering import Rows, keep, recall
from samrit.objects import name_of
from samrit.problems import Where, problem
from samrit.results import Cell

MOST_AT_ONCE = 13


def count(
    engine: Engine, compiled: Compiled, whens: Sequence[When], form: Form | None = None, *, remember: bool = True
) -> list[Cell]:
    """The cells of a measure for one or many periods, sorted; none when no period is asked for.

    form: None takes the literal form for one period and key tables for many. remember: what was counted before from the
    same text, parameters and files is not counted again. Raises MeasuresError when a counted thing has two places or no
    id, and when one period is asked for with two census days (cells do not tell those apart).
    """
    whens = sorted(set(whens))
    if not whens:
        return []
    if len({when.period for when in whens}) < len(whens):
        raise MeasuresError(problem("measures.count.period_twice", Where(file=compiled.measure.place)))
    if len(whens) > MOST_AT_ONCE:  # a bound on memory; every period is counted alike, so parts may be put together
        parts = [whens[at : at + MOST_AT_ONCE] for at in range(0, len(whens), MOST_AT_ONCE)]
        return [cell for part in parts for cell in count(engine, compiled, part, form, remember=remember)]
    plan = Plan(compiled, whens, form or (Form.LITERAL if len(whens) == 1 else Form.LATERAL))
    return _cells(plan, _remembered(engine, plan) if remember else _count(engine, plan))


def _remembered(engine: Engine, plan: Plan) -> Rows:
    """The sums of a plan, counted now or before."""
    name = _name(engine, plan)
    found = recall(engine, name)
    if found is None:
        found = _count(engine, plan)
        keep(engine, name, found)
    return found


def _name(engine: Engine, plan: Plan) -> str:
    """The hash of everything that the sums are made from: texts, parameters, days, files, register."""
    parts = [
        rows_sql(part, keys.days, plan.form, lines=False, treating=plan.by_row) for part, keys in plan.parts.values()
    ]
    reads = plan.compiled.a.reads | plan.compiled.b.reads
    final = summed_sql(plan, placed_sql(plan, places_sql(plan), lines=False))
    return name_of("count", parts, final, engine.state_of(reads, plan.census_days))


def _count(engine: Engine, plan: Plan) -> Rows:
    """Letter, number of the way, and what makes a cell: one row per way and place, sorted."""
    engine.place_facilities(plan.census_days)
    gather(engine, plan, lines=False)
    return engine.rows(summed_sql(plan, placed_sql(plan, places_sql(plan, engine.share), lines=False)))


def _cells(plan: Plan, found: Rows) -> list[Cell]:
    """The sums of each way as cells of every period that takes them, sorted."""
    rows: dict[tuple[str, int], Rows] = {}
    for letter, no, facility, unit, sex, band, amount in found:
        rows.setdefault((letter, no), []).append((facility, unit, sex, name_of_band(band), letter, amount))
    of = plan.compiled.measure.id
    with _without_collector():
        return [
            Cell(of, when.period, *row)
            for when, a_no, b_no in zip(plan.whens, plan.a_of, plan.b_of, strict=True)
            # sorted as rows: cells of one measure and period are ordered by what follows, and rows compare faster
            for row in sorted(rows.get(("a", a_no), []) + rows.get(("b", b_no), []))
        ]


@contextmanager
def _without_collector() -> Iterator[None]:
    """Many small values that cannot form circles are made here; looking for circles among them takes a third of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
