"""Questions to the warm cube against counting from the views: one measure for one district.

    python benchmarks/cube.py HOME [--questions 200] [--counted 20] [--measures ID ...]

HOME is written to (the cube is kept there): give it a copy. The cube of a year with all its spans is made, or found
warm; then random questions are asked inside this process: a measure, a district that has people, a span, whole or in
parts by sex, age band or contracting unit. Some of them, spread over all, are also counted from the views without any
memory; each must be the same to the last figure. Wall times hold on a quiet machine only; CPU seconds are of all
threads of this process.
"""

import argparse
import random
import time
from datetime import date
from pathlib import Path

from measured import machine

from samrit.measures import Compiled, Cube, Engine, When, compile_measure, count, make_cube, measure, measure_names
from samrit.reference import FiscalYear, OrgLevel, Span, shipped_register, spans_of
from samrit.results import roll_up_inside
from samrit.warehouse import Home, open_snapshot

PERIOD, CENSUS = FiscalYear(2557).assessment_year, date(2013, 10, 1)
CUTS = (None, None, "sex", "age_band", "contracting_unit")
AIM_MS = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--counted", type=int, default=20)
    parser.add_argument("--measures", nargs="+", default=list(measure_names()))
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    snapshot, register, chance = open_snapshot(Home(args.home)), shipped_register(), random.Random(args.seed)
    print(machine())
    compiled = {name: compile_measure(of, of.parameters) for name in args.measures for of in (measure(name),)}
    cuts = spans_of(PERIOD)
    with Engine(snapshot, register) as engine:
        before = time.process_time(), time.perf_counter()
        cube = make_cube(engine, list(compiled.values()), (cut for _, cut in cuts), CENSUS)
        made = time.process_time() - before[0]
        again = time.process_time()
        make_cube(engine, list(compiled.values()), (cut for _, cut in cuts), CENSUS)
        found = time.process_time() - again
        size = sum(file.stat().st_size for file in cube.files.values()) / 2**10
        print(
            f"cube {cube.name}: {len(compiled)} measures, {len(cube.periods)} periods, {cube.count_rows():,} rows, "
            f"{size:,.0f} KiB; made or found {made:.1f} CPU s, found again {found:.2f} CPU s"
        )
        districts = sorted({register.parents(f, CENSUS).get(OrgLevel.DISTRICT, "") for f in snapshot.facilities} - {""})
        asked = [
            (chance.choice(list(compiled)), chance.choice(districts), chance.choice(list(Span)), chance.choice(CUTS))
            for _ in range(args.questions)
        ]
        taken = [ask(cube, cuts, *question) for question in asked]
        say("asked of the warm cube", [times for times, _ in taken])
        step = max(1, args.questions // max(1, args.counted))
        times, different = [], 0
        for question, (_, answers) in list(zip(asked, taken, strict=True))[::step]:
            spent, lines = counted(engine, compiled[question[0]], cuts, register, question)
            times.append(spent)
            different += lines != answers
        say("counted from the views", times)
        print(f"counted the same: {len(times) - different} of {len(times)}")


def ask(cube: Cube, cuts, name: str, district: str, span: Span, by):
    """CPU and wall seconds of one question, and its answers."""
    before = time.process_time(), time.perf_counter()
    answers = cube.ask(name, [cut for of_span, cut in cuts if of_span is span], OrgLevel.DISTRICT, district, by)
    return (time.process_time() - before[0], time.perf_counter() - before[1]), [(x.cut, x.line) for x in answers]


def counted(engine: Engine, compiled: Compiled, cuts, register, question):
    """The same question answered from the views."""
    _, district, span, by = question
    before = time.process_time(), time.perf_counter()
    whens = [When(cut, CENSUS) for of_span, cut in cuts if of_span is span]
    parts = {}
    for cell in count(engine, compiled, whens, remember=False):
        parts.setdefault(getattr(cell, by) if by else "", []).append(cell)
    lines = [
        (cut, line)
        for cut, cells in parts.items()
        for line in roll_up_inside(cells, OrgLevel.DISTRICT, district, register, CENSUS)
    ]
    spent = (time.process_time() - before[0], time.perf_counter() - before[1])
    return spent, sorted(lines, key=lambda part: (part[1].period, part[1].org, part[0]))


def say(what: str, times: list[tuple[float, float]]) -> None:
    """p50 and p95 of CPU and wall time in milliseconds."""
    for kind, column in (("CPU", 0), ("wall", 1)):
        found = sorted(spent[column] * 1000 for spent in times)
        p50, p95 = (found[min(len(found) - 1, int(len(found) * share))] for share in (0.5, 0.95))
        aim = f", aim p95 < {AIM_MS} ms" if "cube" in what and kind == "wall" else ""
        print(f"{what}, {len(found)} questions, {kind} ms: p50 {p50:.1f}, p95 {p95:.1f}, most {found[-1]:.1f}{aim}")


if __name__ == "__main__":
    main()
