"""Count: the things that a compiled measure names, placed on the census day and added up as cells."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from samrit.measures.compiling import Compiled
from samrit.measures.engine import Engine
from samrit.measures.engines import CountingEngine
from samrit.measures.errors import MeasuresError
from samrit.measures.gathering import gather, rows_sql
from samrit.measures.placing import name_of_band, summed_sql
from samrit.measures.planning import Form, Plan, When
from samrit.measures.remembering import Memory
from samrit.objects.remembered import Rows
from samrit.problems import Where, problem
from samrit.results import Cell, plain

MOST_AT_ONCE = 13


def count(
    engine: CountingEngine,
    compiled: Compiled,
    whens: Sequence[When],
    form: Form | None = None,
    *,
    remember: bool = True,
) -> list[Cell]:
    """The cells of a measure for one or many periods, sorted; none when no period is asked for.

    form: None takes the literal form for one period, and key tables for many where the engine takes them. remember:
    what DuckDB counted before from the same text, parameters and files is not counted again. Raises MeasuresError when
    a counted thing has two places or two amounts or no id, and when one period is asked for with two census days
    (cells do not tell those apart).
    """
    whens = sorted(set(whens))
    return _cells(compiled.measure.id, whens, count_pieces(engine, compiled, whens, form, remember=remember))


def count_pieces(
    engine: CountingEngine,
    compiled: Compiled,
    whens: Sequence[When],
    form: Form | None = None,
    *,
    remember: bool = True,
) -> dict[tuple[str, When], Rows]:
    """What `count` makes cells of: for each letter and period the sums of every place.

    A row: facility, contracting unit, sex, first year of the age band (None: unknown), amount. whens: sorted, no two
    alike.
    """
    if not whens:
        return {}
    if len({when.period for when in whens}) < len(whens):
        raise MeasuresError(problem("measures.count.period_twice", Where(file=compiled.measure.place)))
    memory = Memory(engine, compiled) if remember and isinstance(engine, Engine) else None
    asked = [when for when, known in zip(whens, memory.knows(whens), strict=True) if not known] if memory else whens
    counted: dict[tuple[str, When], Rows] = {}
    # a bound on memory; every period is counted alike, so parts may be put together
    for part in (asked[at : at + MOST_AT_ONCE] for at in range(0, len(asked), MOST_AT_ONCE)):
        plan = _plan(engine, compiled, part, form)
        counted |= _by_piece(plan, _count(engine, plan))
    if memory:
        for (letter, when), rows in counted.items():
            memory.keep(letter, when, rows)
        counted = {(letter, when): memory.recall(letter, when) or [] for when in whens for letter in "ab"}
    return counted


def _plan(engine: CountingEngine, compiled: Compiled, whens: Sequence[When], form: Form | None) -> Plan:
    plan = Plan(compiled, whens, form or (Form.LITERAL if len(whens) == 1 else Form.LATERAL))
    if form or plan.form is Form.LITERAL or all(engine.takes(text) for text in _key_tables(plan)):
        return plan
    return Plan(compiled, whens, Form.LITERAL)


def _key_tables(plan: Plan) -> Iterator[str]:
    """The texts of both parts with their key tables."""
    for part, keys in plan.parts.values():
        yield rows_sql(part, keys.days, plan.form, lines=False, treating=plan.by_row)


def _count(engine: CountingEngine, plan: Plan) -> Rows:
    """Letter, number of the way, and what makes a cell: one row per way and place, in no order."""
    engine.place_facilities(plan.census_days)
    gather(engine, plan, lines=False)
    found = engine.rows(summed_sql(plan, engine.share))
    if not plan.sums:
        return found
    sums = {letter: part.sums for letter, (part, _) in plan.parts.items()}
    # one column holds the sums of both letters: what only counts is a whole number again
    return [(letter, *row, plain(amount) if sums[letter] else int(amount)) for letter, *row, amount in found]


def _by_piece(plan: Plan, found: Rows) -> dict[tuple[str, When], Rows]:
    """The sums of each way under every letter and period that takes them."""
    ways: dict[tuple[str, int], Rows] = {}
    for letter, no, *row in found:
        ways.setdefault((letter, no), []).append(tuple(row))
    taken = (("a", plan.a_of), ("b", plan.b_of))
    return {(of, when): ways.get((of, no), []) for of, nos in taken for when, no in zip(plan.whens, nos, strict=True)}


def _cells(of: str, whens: Sequence[When], counted: Mapping[tuple[str, When], Rows]) -> list[Cell]:
    """The sums of each period as cells, sorted."""
    with _without_collector():
        # periods that take the same sums have the same list: it is named and sorted once
        distinct = {id(rows): (rows, letter) for (letter, _), rows in counted.items()}
        named = {key: _named(rows, letter) for key, (rows, letter) in distinct.items()}
        return [
            Cell._make((of, when.period, *row))
            for when in whens
            # sorted as rows: cells of one measure and period are ordered by what follows, and rows compare faster
            for row in sorted(named[id(counted["a", when])] + named[id(counted["b", when])])
        ]


def _named(rows: Rows, letter: str) -> Rows:
    """The rows of one letter as they stand in its cells, sorted."""
    return sorted((*place, sex, name_of_band(band), letter, amount) for *place, sex, band, amount in rows)


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
