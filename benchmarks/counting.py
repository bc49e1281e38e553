"""Counting against hand-written DuckDB over the same views, and twelve months against one period.

    python benchmarks/counting.py HOME

Each measure is counted by facility, contracting unit, sex and age band. Both sides use one locked connection with
shared intermediate tables, the way an analyst who knows DuckDB would write it; both must give the same A and B in every
cell.
"""

import sys
import time
from datetime import date
from pathlib import Path

from by_hand import BY_HAND, NOT_COUNTED, SHARED
from measured import machine

from samrit.measures import Engine, Form, When, compile_measure, count, measure, measure_ids
from samrit.measures.placing import name_of_band
from samrit.reference import FiscalYear, shipped_register
from samrit.results import Cell
from samrit.warehouse import Home, open_snapshot

PERIOD, CENSUS = FiscalYear(2557).assessment_year, date(2013, 10, 1)
RUNS = 3


def cpu_of(action) -> tuple[float, object]:
    before = time.process_time()
    result = action()
    return time.process_time() - before, result


def by_hand(engine: Engine, name: str, made: set[str]) -> list[tuple]:
    """Facility, contracting unit, sex, age band, A and B, hand-written; shared tables are made once."""
    for table, sql in SHARED.items():
        if table not in made:
            engine.make_table(table, sql)
            made.add(table)
    return engine.rows(BY_HAND[name])


def ours(engine: Engine, name: str) -> list[Cell]:
    of = measure(name)
    return count(engine, compile_measure(of, of.parameters), [When(PERIOD, CENSUS)], remember=False)


def figures_by_hand(rows: list[tuple]) -> dict[tuple, int]:
    """What the hand-written rows say of every cell; nothing where nothing counts."""
    return {
        (*place, name_of_band(band), letter): amount
        for *place, band, a, b in rows
        for letter, amount in (("a", a), ("b", b))
        if amount
    }


def figures_of(cells: list[Cell]) -> dict[tuple, int]:
    return {(c.facility, c.contracting_unit, c.sex, c.age_band, c.letter): c.amount for c in cells}


def all_by_hand(snapshot, register) -> dict[str, list[tuple]]:
    with Engine(snapshot, register) as engine:
        engine.place_facilities([CENSUS])
        made: set[str] = set()
        return {name: by_hand(engine, name, made) for name in BY_HAND}


def all_ours(snapshot, register) -> dict[str, list[Cell]]:
    with Engine(snapshot, register) as engine:
        return {name: ours(engine, name) for name in BY_HAND}


def all_periods(snapshot, register, whens: list[When], form: Form | None) -> float:
    with Engine(snapshot, register) as engine:
        for name in BY_HAND:
            of = measure(name)
            count(engine, compile_measure(of, of.parameters), whens, form, remember=False)
    return 0.0


def main() -> None:
    snapshot, register = open_snapshot(Home(Path(sys.argv[1]))), shipped_register()
    print(machine())
    print(f"snapshot {snapshot.id}, {len(snapshot.facilities)} facilities, {len(BY_HAND)} measures, {RUNS} runs")
    for name in measure_ids():
        if name not in BY_HAND:
            print(f"  left out: {name}: {NOT_COUNTED[name]}")
    hand, mine = [], []
    for _ in range(RUNS):
        seconds, theirs = cpu_of(lambda: all_by_hand(snapshot, register))
        hand.append(seconds)
        seconds, counted = cpu_of(lambda: all_ours(snapshot, register))
        mine.append(seconds)
        for name in BY_HAND:
            expected, found = figures_by_hand(theirs[name]), figures_of(counted[name])
            if expected != found:
                print(f"  {name}: DIFFERENT in {len(expected.items() ^ found.items())} cells")
    print(f"all measures, one year, CPU s: by hand {min(hand):.2f}, samrit {min(mine):.2f}, "
          f"ratio {min(mine) / min(hand):.2f}")  # fmt: skip
    year = [When(PERIOD, CENSUS)]
    months = [When(month, CENSUS) for month in PERIOD.months()]
    one = min(cpu_of(lambda: all_periods(snapshot, register, year, None))[0] for _ in range(RUNS))
    twelve = min(cpu_of(lambda: all_periods(snapshot, register, months, Form.LATERAL))[0] for _ in range(RUNS))
    literal = cpu_of(lambda: all_periods(snapshot, register, months, Form.LITERAL))[0]
    print(f"one period {one:.2f}, twelve months by key tables {twelve:.2f} (ratio {twelve / one:.2f}), "
          f"literal {literal:.2f} (ratio {literal / one:.2f})")  # fmt: skip


if __name__ == "__main__":
    main()
