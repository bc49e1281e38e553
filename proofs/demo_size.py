"""How large may a demo be? `python proofs/demo_size.py DIR [--people 640000] [--truth DIR] [--write]`.

Writes a demo of the whole province of Loei, then reads its zips once to count rows. Prints CPU seconds and peak memory
of the writing, zips, bytes and rows of each table. --write puts the result into docs/proofs/demo.md.
"""

import argparse
import os
import platform
import resource
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from samrit.demo import write_demo
from samrit.demo.kinds import DECIDED, KINDS
from samrit.f43 import table_of_entry

PAGE = Path(__file__).parent.parent / "docs" / "proofs" / "demo.md"
MOST_MEMORY_MIB = 4096
MOST_CPU_SECONDS = 360


@dataclass(frozen=True)
class Measured:
    """What one run cost and gave: CPU and wall seconds, peak memory in MiB, zips, senders, bytes, rows by table."""

    people: int
    cpu: float
    wall: float
    memory: int
    zips: int
    senders: int
    zip_bytes: int
    text_bytes: int
    rows: Counter[str]


def main() -> int:
    """Run, print, perhaps write the page; 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--people", type=int, default=640_000)
    parser.add_argument("--truth", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    measured = measure(args.folder, args.people, args.truth)
    report = "\n".join(shown(measured, truth=args.truth is not None))
    sys.stdout.write(report + "\n")
    if args.write:
        PAGE.write_text(page(report), encoding="utf-8")
    return int(measured.memory > MOST_MEMORY_MIB or measured.cpu > MOST_CPU_SECONDS)


def measure(folder: Path, people: int, truth: Path | None) -> Measured:
    """Write the demo and count what came out; cost is that of writing alone."""
    wall, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    paths = write_demo(folder, people=people, truth=truth)
    after = resource.getrusage(resource.RUSAGE_SELF)
    wall = time.perf_counter() - wall
    rows: Counter[str] = Counter()
    text_bytes = 0
    for path in paths:
        for name, count, size in _entries(path):
            text_bytes += size
            table = table_of_entry(name)
            if table:
                rows[table] += count
    return Measured(
        people,
        after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        wall,
        after.ru_maxrss // 1024,
        len(paths),
        len({path.name.split("_")[1] for path in paths}),
        sum(path.stat().st_size for path in paths),
        text_bytes,
        rows,
    )


def _entries(path: Path) -> Iterator[tuple[str, int, int]]:
    """(name, rows without the header, bytes) of each entry of a zip."""
    with zipfile.ZipFile(path) as package:
        for info in package.infolist():
            with package.open(info) as entry:
                count = sum(chunk.count(b"\n") for chunk in iter(lambda: entry.read(1 << 20), b""))
            yield info.filename, max(count - 1, 0), info.file_size


def shown(of: Measured, *, truth: bool) -> Iterator[str]:
    """The result as lines of Markdown."""
    yield "| what | |"
    yield "|---|--:|"
    yield f"| people | {of.people:,} |"
    yield f"| CPU seconds, one core{', with truth' if truth else ''} | {of.cpu:,.0f} |"
    yield f"| seconds on the clock (shared machine) | {of.wall:,.0f} |"
    yield f"| peak memory, MiB | {of.memory:,} |"
    yield f"| facilities that send | {of.senders:,} |"
    yield f"| zips | {of.zips:,} |"
    yield f"| bytes of zips | {of.zip_bytes:,} |"
    yield f"| bytes of text in them | {of.text_bytes:,} |"
    yield f"| rows | {of.rows.total():,} |"
    yield ""
    yield "| table | rows |"
    yield "|---|--:|"
    for table, count in sorted(of.rows.items()):
        yield f"| {table} | {count:,} |"


def page(report: str) -> str:
    """The page: result, what is in a demo, how its truth is laid out, and every kind of dirt with its rate."""
    now = datetime.now(tz=UTC).date().isoformat()
    memory = _memory_gib()
    return f"""# A demo of a whole province: size, truth and dirt

Written by `python proofs/demo_size.py DIR --write` on {now}: {platform.machine()}, {_cores()} cores,
{memory} GiB of memory, Python {platform.python_version()}. Every row is invented; nobody in it is real.

## What one run costs
{report}

Rows are those of all zips, so rows that are sent again count again. A facility is written, sent and let go before the
next one begins; only what people do at a facility that is still to come waits in memory.

## What is in it
- Loei: 138 facilities that send (1 general and 13 community hospitals, 121 subdistrict hospitals, 3 others); people by
  district as registered on 31 December 2013, by age and sex as in `src/samrit/demo/data`.
- Live births: 8.2 per 1,000 people and year, the crude birth rate of 2021 of the assumption table; the births of 2013
  are not in the reference data.
- People go to their own unit, to the hospital of their district, to the general hospital, now and then to a unit or
  hospital of another district; some move within the province, some live elsewhere than registered, some leave or die.
- Districts differ in every item of qof-2557 (`traits.py`), so that they land in different bands.

## The truth: `samrit demo DIR --truth DIR2`
- `planted.csv` (kind, table, column, package, entry, line): a row for every fault and every zip in which it stands.
  Line 1 is the header, line 0 the entry as a whole, or a visit that was not sent.
- `kinds.csv` (kind, table, column, places): how often each was planted.
- `twin/`: the same people and events in packages of the same names, without any fault: one spelling, UTF-8, every
  number right, one home for a person, every visit sent, no row twice in a package.
- `expected.csv` (item, org, a, b): what the generator knows of each contracting unit. Right for the twin.

Later packages of the twin still repeat rows of earlier ones, late entries come late, and a code may stand in DIAGNOSIS
without a line in CHRONIC: that is what data are like, not a fault.

`expected.csv` holds the 16 computed items of qof-2557 under the names of their measures, and the people behind them
(only b): thai_residents, uc_persons, registered_dm, registered_ht, deliveries. It is counted from the lives that were
invented, not from rows; a test loads the twin and compares all 16 items, A and B, of every contracting unit.

The difference between the counts on the dirty packages and `expected.csv` is the price of the dirt. One cause is large:
a citizen number that is wrong or blank cuts what happened at one facility off from the home at another. With 60,000
people the districts show 29 to 66 instead of 35 to 90 in depression access (a hospital service),
while home visits, written down at home, stay within a point or two.

## Dirt
From 20,000 people on, kinds come at these rates; below, rare ones are raised to 5,000 of a million. "counted": in 108
export zips of 2014-2015 (4.45 million rows). "assumed": told by loaders and provincial offices without a number.

| kind | table | column | rows of a million | standing |
|---|---|---|--:|---|
{chr(10).join(_kinds())}

The rate is one of the rows that qualify: for citizen numbers the rows of Thais or of others, of visitors, and those
that no kind before it has touched. Kinds that belong to no single row:

| kind | what |
|---|---|
{chr(10).join(f"| {kind} | {what} |" for kind, what in DECIDED.items())}
"""


def _kinds() -> Iterator[str]:
    for kind in KINDS:
        standing = "counted" if kind.counted else "assumed"
        yield f"| {kind.name} | {kind.table} | {' '.join(kind.columns)} | {kind.rate:,} | {standing} |"


def _cores() -> int:
    return os.cpu_count() or 1


def _memory_gib() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30))


if __name__ == "__main__":
    sys.exit(main())
