"""Product and second opinion on random worlds: `python proofs/second_opinion.py [--seeds 40] [--first 0] [--write]`.

Every measure of `tests/second_opinion`, every period of each world, by facility and by contracting unit: A, B and
value; and every row read, voided or set aside. Prints each difference and the agreement table, measure by measure;
exit 1 when there is a difference. --write puts the result into docs/proofs/second_opinion.md.
"""

import argparse
import os
import platform
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from second_opinion.measures import MEASURES
from second_opinion.samrit_adapter import Product
from second_opinion.worlds import LEVELS, YEARS, ask, build_world, differences_of_reading, values_of

FIGURES = 3
"""A, B and value of a row."""
PAGE = Path(__file__).parent.parent / "docs" / "proofs" / "second_opinion.md"


@dataclass
class Compared:
    """What was compared so far, and the differences.

    By measure: worlds, tables of results, their lines, things that count as (A, B), lines that differ.
    """

    a: Counter[str] = field(default_factory=Counter)
    b: Counter[str] = field(default_factory=Counter)
    tables: Counter[str] = field(default_factory=Counter)
    lines: Counter[str] = field(default_factory=Counter)
    worlds: Counter[str] = field(default_factory=Counter)
    differing: Counter[str] = field(default_factory=Counter)
    zips: int = 0
    rows: int = 0
    differences: list[str] = field(default_factory=list)


def main() -> int:
    """Compare, print, perhaps write the page; 1 when there is a difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=40)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    seeds, compared, before = range(args.first, args.first + args.seeds), Compared(), time.process_time()
    for seed in seeds:
        known = len(compared.differences)
        with tempfile.TemporaryDirectory(prefix="samrit-proof-") as folder:
            compare(seed, Path(folder), compared)
        for difference in compared.differences[known:]:
            sys.stdout.write(difference + "\n")
    report = "\n".join(shown(compared, seeds, time.process_time() - before))
    sys.stdout.write(report + "\n")
    if args.write:
        PAGE.write_text(page(report, args.seeds, args.first), encoding="utf-8")
    return int(bool(compared.differences))


def compare(seed: int, folder: Path, compared: Compared) -> None:
    """One world: counts at every level and period, then the reading."""
    world = build_world(seed, folder)
    right = ask(world)
    compared.zips += len(world.zips)
    compared.rows += sum(read for read, _, _ in right.reading[0].values())
    with Product(world.zips, world.organisations, world.logs, world.zones, world.agreements) as product:
        for measure in MEASURES:
            compared.worlds[measure] += 1
            for (days, level), counted in product.counts(measure, world.periods, LEVELS, together=seed % 2 == 0):
                expected = values_of(measure, right.counts[measure, days, level])
                compared.tables[measure] += 1
                compared.lines[measure] += len(expected)
                if level == "facility":
                    compared.a[measure] += sum(a for a, _, _ in expected.values())
                    compared.b[measure] += sum(b for _, b, _ in expected.values())
                for org in sorted(expected.keys() | counted.keys()):
                    if expected.get(org) != counted.get(org):
                        when = f"{days[0]}..{days[1]} census {days[2]}"
                        compared.differing[measure] += 1
                        compared.differences.append(
                            f"seed {seed} {measure} {when} by {level} {org}: "
                            f"second opinion {expected.get(org)}, product {counted.get(org)}"
                        )
        compared.differences += [
            f"seed {seed} reading: {what}" for what in differences_of_reading(*right.reading, *product.reading())
        ]


def shown(of: Compared, seeds: range, cpu: float) -> Iterator[str]:
    """The result as lines of Markdown."""
    yield "| what | |"
    yield "|---|--:|"
    yield f"| worlds (seeds {seeds.start} to {seeds.stop - 1}) | {len(seeds):,} |"
    yield f"| zips in them | {of.zips:,} |"
    yield f"| rows read in both, one by one kept, voided or aside | {of.rows:,} |"
    yield f"| tables of results compared: world x measure x period x level | {of.tables.total():,} |"
    yield f"| lines in them: A, B and value of an organisation | {of.lines.total():,} |"
    yield f"| **differences** | **{len(of.differences):,}** |"
    yield f"| CPU seconds | {cpu:,.0f} |"
    yield ""
    yield "| measure | worlds | tables | rows compared | figures compared | A | B | differences |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for measure in MEASURES:
        numbers = (of.worlds, of.tables, of.lines, Counter({measure: FIGURES * of.lines[measure]}), of.a, of.b)
        cells = " | ".join(f"{number[measure]:,}" for number in (*numbers, of.differing))
        yield f"| `{measure}` | {cells} |"
    totals = (of.tables.total(), of.lines.total(), FIGURES * of.lines.total())
    yield f"| **all** | {len(seeds)} | {' | '.join(f'{n:,}' for n in totals)} | | | **{of.differing.total():,}** |"


def page(report: str, seeds: int, first: int) -> str:
    """The page: result, what was asked, and how far it reaches."""
    now = datetime.now(tz=UTC).date().isoformat()
    periods = "\n".join(f"| {start} | {end} | {census} |" for year in YEARS for start, end, census in year)
    return f"""# The second opinion: every computed item counted twice

Written by `python proofs/second_opinion.py --seeds {seeds} --first {first} --write` on {now}: {platform.machine()},
{os.cpu_count()} cores, Python {platform.python_version()}. Every row is invented.

`tests/second_opinion` reads zips and counts measures in plain Python, slowly, from the definition book alone; it shares
no code with the product. Both are given the same random worlds and must agree on every line and on every row kept,
voided or set aside.

## Result
{report}

A table is one period at one level; a row of it is an organisation with its A, B and value: three figures. A and B
are sums over facilities and periods, so that a person who counts in two periods counts twice; of the case-mix index, A
is the sum of weights.

## What was asked
{len(MEASURES)} measures: the computed items of qof-2557 (16) and nhso-2552 (7), KPI 067 (2), the case-mix index of
KPI 066 and the referrals of KPI 074, by facility and by contracting unit.
A world is built around the first of its periods; the others ask it something else.

| from | to | census day |
|---|---|---|
{periods}

Even seeds ask for all periods of a world in one call, odd seeds for one at a time: two ways through the product.

## What the worlds hold
Four hundred people each, beside the limits: birthdays at every age limit on the census day, a day off, and on 29
February; doses before birth, at the second birthday, after the period; registers beside the start of the period and the
census day; screenings split over rows; codes with points, in lower case, longer and shorter than those of the lists;
stays with strokes and injuries, without diagnosis, diagnoses without stay; stays that follow each other on one day,
after 28 days and after 29, that overlap, begin together, end in death or transfer; visits of unknown facilities and
unknown people; the same rows sent again, corrected, spoilt, tied.

About a hundred and fifty wrong readings of the book are made one after the other in
`tests/second_opinion/mistakes*.py`; a test fails when one of them does not change a result of the worlds of the suite.
So agreement means something.

## What this does not show
Both opinions read the same book: where the book is wrong, both are. Large amounts, other levels than these two, and
typed-in items are tested elsewhere.
"""


if __name__ == "__main__":
    sys.exit(main())
