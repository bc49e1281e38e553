"""Proof: a home that takes what arrives bit by bit is the home that is made of all of it at once.

    python proofs/incremental.py --sequences 200

Every sequence is a random world (proofs/changing_world.py) that changes several times. After each change the home that
lived through all of it is held against a new one, with the same person key, that loads everything in another order:

- snapshot id and the whole list of packages, facilities, logs and view files,
- the bytes of every view, of every table of standing rows and of every file of links,
- every row set aside and every cell voided,
- the cells of every measure, remembered in the one and counted anew in the other.

Then mistakes are planted, such as a facility whose view is not built again: the proof must see each of them.
Prints a table and writes docs/proofs/incremental.md with --write. Ends with 1 when a check fails.
"""

# ruff: noqa: T201, S311 - a proof prints, and its dice need not be secret

import argparse
import multiprocessing
import os
import platform
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from changing_world import Change, ChangingWorld

from samrit.claims import layout
from samrit.logs import log_kind
from samrit.measures import Engine, When, compile_measure, count, counting, measure, measure_ids
from samrit.measures.compiling import Compiled
from samrit.reference import Period
from samrit.results import Cell
from samrit.warehouse import Home, Snapshot, latest, load, load_claims, load_logs, loading, rejects
from samrit.warehouse.building import Builder
from second_opinion.samrit_adapter import register_of

ROOT = Path(__file__).resolve().parent.parent
PEOPLE, CHANGES = 24, 2
Mistake = Callable[[], AbstractContextManager[Any]]


@dataclass
class Findings:
    """What was seen: changes and checks by kind, counts made and recalled, failures in words."""

    changes: Counter[str] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    sequences: int = 0
    failures: list[str] = field(default_factory=list)

    def check(self, name: str, true: bool, words: str) -> None:
        """Count a check; keep the words of a failed one."""
        self.checks[name] += 1
        if not true:
            self.failures.append(f"{name}: {words}")

    def add(self, other: "Findings") -> None:
        """Take in what was seen elsewhere."""
        self.changes += other.changes
        self.checks += other.checks
        self.counts += other.counts
        self.sequences += other.sequences
        self.failures += other.failures


@dataclass
class Site:
    """A home and everything that it was given."""

    home: Home
    packages: list[Path] = field(default_factory=list)
    logs: list[tuple[str, Path]] = field(default_factory=list)
    claims: list[tuple[str, Path]] = field(default_factory=list)

    def take(self, change: Change) -> Snapshot:
        """Load what arrives."""
        self.packages += change.packages
        self.logs += change.logs
        self.claims += change.claims
        if change.packages:
            load(self.home, list(change.packages))
        for kind, path in change.logs:
            load_logs(self.home, log_kind(kind), [path])
        for kind, path in change.claims:
            load_claims(self.home, layout(kind), [path])
        found = latest(self.home)
        assert found is not None
        return found

    def anew(self, folder: Path, dice: Random) -> "Site":
        """Another home with the same key that takes all of it at once, in another order."""
        home = Home(folder)
        shutil.copytree(self.home.keys, home.keys, dirs_exist_ok=True)
        packages, claims = (tuple(dice.sample(of, len(of))) for of in (self.packages, self.claims))
        every = Change("everything", packages, tuple(self.logs), claims)
        other = Site(home)
        other.take(every)
        return other


def prove(
    seed: int, folder: Path, changes: int = CHANGES, people: int = PEOPLE, mistake: Mistake = nullcontext
) -> Findings:
    """One sequence in a folder; a mistake is made in the home that lives on, never in the new ones."""
    findings, dice = Findings(sequences=1), Random(f"order {seed}")
    world = ChangingWorld(seed, folder / "received", people)
    # the first `changes` of a deck that begins elsewhere for every seed: all kinds come equally often
    deck = [world.kinds[(seed * changes + at) % len(world.kinds)] for at in range(changes)]
    site = Site(Home(folder / "home"))
    with mistake():
        begun = site.take(world.begin())
        cells_of(begun, whens_of(world), register_of(world.organisations), remember=True)
        for number, kind in enumerate(dice.sample(deck, len(deck)), start=1):
            change = world.change(kind)
            findings.changes[kind] += 1
            compare(
                site,
                change,
                world,
                folder / f"home-{number}",
                dice,
                f"sequence {seed}, change {number} ({kind})",
                findings,
            )
            if findings.failures and mistake is not nullcontext:
                break
    return findings


def compare(
    site: Site, change: Change, world: ChangingWorld, folder: Path, dice: Random, words: str, findings: Findings
) -> None:
    """Take a change, make a new home of everything so far, and hold the two against each other."""
    register, whens = register_of(world.organisations), whens_of(world)
    before = site.take(change)
    with noted_counts(findings.counts):
        cells = cells_of(before, whens, register, remember=True)
    with (
        patch.multiple(loading, **RIGHT),
        patch.multiple(counting, **RIGHT_COUNTING),
        patch.object(Engine, "state_of", STATE),
    ):
        other = site.anew(folder, dice)
        anew = latest(other.home)
        assert anew is not None
        expected = cells_of(anew, whens, register, remember=False)
    findings.check("snapshot id", before.id == anew.id, words)
    findings.check("list of packages, facilities, logs and views", manifest(before) == manifest(anew), words)
    for kind, one, two in zip(("views", "standing rows", "links"), contents(before), contents(anew), strict=True):
        differing = [name for name in sorted({*one, *two}) if one.get(name) != two.get(name)]
        findings.check(f"bytes of the {kind}", not differing, f"{words}: {', '.join(differing[:3])}")
    aside = sorted(rejects(site.home)) == sorted(rejects(other.home))
    findings.check("rows aside and cells voided", aside, words)
    for name, found in cells.items():
        findings.check("cells of a measure", found == expected[name], f"{words}: {name}")
    findings.counts["cells"] += sum(map(len, cells.values()))
    shutil.rmtree(folder)


def whens_of(world: ChangingWorld) -> list[When]:
    """The year that the world is built around, with its census day, and the last month of that year."""
    start, end, census = world.periods[0]
    year = Period(start, end)
    return [When(year, census), When(year.months()[-1], census)]


@cache
def compiled(name: str) -> Compiled:
    """A measure with its own parameters."""
    return compile_measure(measure(name), measure(name).parameters)


def cells_of(snapshot: Snapshot, whens: list[When], register: Any, *, remember: bool) -> dict[str, list[Cell]]:
    """The cells of every measure."""
    with Engine(snapshot, register) as engine:
        return {name: count(engine, compiled(name), whens, remember=remember) for name in measure_ids()}


@contextmanager
def noted_counts(counts: Counter[str]) -> Iterator[None]:
    """Note how many measures and periods were counted, and how many were asked for."""
    really, recall = counting._count, counting.Memory.knows

    def noted(engine: Engine, plan: Any) -> Any:
        counts["counted"] += len(plan.whens)
        return really(engine, plan)

    def asked(memory: Any, whens: Any) -> Any:
        counts["asked for"] += len(whens)
        return recall(memory, whens)

    with patch.object(counting, "_count", noted), patch.object(counting.Memory, "knows", asked):
        yield


def manifest(snapshot: Snapshot) -> list[Any]:
    """All that a snapshot lists; not its number, which tells how often something changed."""
    packages = [receipt.identity for receipt in snapshot.packages]
    return [packages, snapshot.facilities, snapshot.views, snapshot.logs, snapshot.claims]


def contents(snapshot: Snapshot) -> tuple[dict[str, bytes], ...]:
    """Name -> bytes of every view file, file of standing rows or calls, and file of links."""
    home = snapshot.home
    files = [file for name in snapshot.views for file in snapshot.files(name)]
    named = [*snapshot.facilities.values(), *snapshot.logs.values()]
    folders = [home.standing / of["standing"] for of in snapshot.facilities.values()]
    standing = [file for folder in folders for file in sorted(folder.iterdir())]
    standing += [home.standing / f"{of['standing']}.parquet" for of in snapshot.logs.values()]
    links = [home.links / f"{of['links']}.parquet" for of in named]
    return tuple({home.relative(file): file.read_bytes() for file in of} for of in (files, standing, links))


# What must be right while a mistake is planted: the new home.
RIGHT = {"Builder": Builder, "link": loading.link, "stand": loading.stand, "receipts": loading.receipts}
RIGHT_COUNTING = {"Memory": counting.Memory}
STATE = Engine.state_of


class FacilityForgotten(Builder):
    """The views of one facility, the first that came, are built once and never again."""

    def event_view(self, view: Any, standing: Any, *rest: Any, **more: Any) -> Any:
        if FIRST.setdefault((self.home.path, "facility", ""), Path(standing.facility)).name != standing.facility:
            return super().event_view(view, standing, *rest, **more)
        made = FIRST.get((self.home.path, view.name, ""))
        if made is None or not made.exists():
            made = super().event_view(view, standing, *rest, **more)
            if made is not None:
                FIRST[self.home.path, view.name, ""] = made
        return made


class PeopleForgotten(Builder):
    """Who lives where is built once and never again."""

    def person_view(self, view: Any, *rest: Any, **more: Any) -> Any:
        made = FIRST.get((self.home.path, view.name, ""))
        if made is None or not made.exists():
            made = FIRST[self.home.path, view.name, ""] = super().person_view(view, *rest, **more)
        return made


FIRST: dict[tuple[Path, str, str], Path] = {}


def first_link(home: Home, standing: Any) -> Path:
    """The links of a facility as they were the first time."""
    made = FIRST.get((home.path, "links", standing.facility))
    if made is None or not made.exists():
        made = FIRST[home.path, "links", standing.facility] = RIGHT["link"](home, standing)
    return made


def stand_on_the_last(home: Home, facility: str, packages: Any) -> Any:
    """The standing rows of a facility from its last package alone, once it has two."""
    return RIGHT["stand"](home, facility, sorted(packages, key=lambda p: p.receipt)[-1:])


def early_receipts(home: Home) -> Any:
    """Only packages that are not older than the first that came."""
    every = RIGHT["receipts"](home)
    first = FIRST.setdefault((home.path, "first", ""), Path(every[0].stamp)) if every else Path()
    return [receipt for receipt in every if receipt.stamp >= first.name]


MISTAKES: dict[str, Mistake] = {
    "the views of one facility are not built again": lambda: patch.object(loading, "Builder", FacilityForgotten),
    "people and registrations are not built again": lambda: patch.object(loading, "Builder", PeopleForgotten),
    "who a patient is, is not asked again": lambda: patch.object(loading, "link", first_link),
    "only the last package of a facility stands": lambda: patch.object(loading, "stand", stand_on_the_last),
    "a package that is late is passed over": lambda: patch.object(loading, "receipts", early_receipts),
    "a count is remembered without its files": lambda: patch.object(Engine, "state_of", lambda *_: []),
}


def caught_at(mistake: Mistake, most: int = 30) -> tuple[int, str]:
    """How many sequences it takes until the proof sees a mistake, and what it says; 0 when it never does."""
    for seed in range(most):
        with tempfile.TemporaryDirectory(prefix="samrit-proof-") as folder:
            findings = prove(seed, Path(folder), mistake=mistake)
        if findings.failures:
            return seed + 1, findings.failures[0]
    return 0, ""


def prove_apart(seed: int) -> Findings:
    """One sequence in a folder of its own that is thrown away."""
    os.fsync = lambda descriptor: None  # type: ignore[assignment] - no power cut is tried here
    with tempfile.TemporaryDirectory(prefix="samrit-proof-") as folder:
        return prove(seed, Path(folder))


ASKED = """After every change every measure was asked for every period: {:,} figures of a measure in a period,
{:,} cells. {:,} of the figures were counted, the others ({:.0f} %) remembered."""


def shown(of: Findings, mistakes: dict[str, tuple[int, str]]) -> str:
    """The result as Markdown."""
    failed = Counter(words.partition(":")[0] for words in of.failures)
    lines = ["| change | times |", "|---|--:|", *(f"| {kind} | {n:,} |" for kind, n in sorted(of.changes.items()))]
    lines += ["", "| check after every change | made | failed |", "|---|--:|--:|"]
    lines += [f"| {name} | {made:,} | {failed[name]:,} |" for name, made in sorted(of.checks.items())]
    share = 100 * (1 - of.counts["counted"] / max(1, of.counts["asked for"]))
    said = (of.counts["asked for"], of.counts["cells"], of.counts["counted"], share)
    lines += ["", ASKED.format(*said)]
    lines += ["", "| planted mistake | seen in sequence | first words |", "|---|--:|---|"]
    lines += [f"| {what} | {number or 'never'} | {words} |" for what, (number, words) in mistakes.items()]
    return "\n".join(lines)


def page(report: str, of: Findings, cpu: float) -> str:
    """The page docs/proofs/incremental.md."""
    now = datetime.now(tz=UTC).date().isoformat()
    return f"""# Bit by bit is the same as all at once

Written by `python proofs/incremental.py --sequences {of.sequences} --write` on {now}: {platform.machine()},
{os.cpu_count()} cores, Python {platform.python_version()}, {cpu:,.0f} CPU seconds. The top of that
file says what is held against what; every row is invented.

Sequences: {of.sequences}, changes: {of.changes.total():,}, failures: **{len(of.failures)}**.

{report}

The worlds are those of the second opinion with {PEOPLE} people: rows beside the limits of the book, sent again,
corrected, spoilt and tied. A row that a later package does not hold still stands, for only DATA_CORRECT withdraws it;
of a block, such as the drugs of a stay, what was sent last stands.
"""


def main() -> int:
    """Run the sequences and the planted mistakes."""
    parser = argparse.ArgumentParser(description="Bit by bit against all at once.")
    parser.add_argument("--sequences", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    started, findings = os.times(), Findings()
    with multiprocessing.get_context("spawn").Pool(asked.processes) as pool:
        seeds = range(asked.first, asked.first + asked.sequences)
        for done, found in enumerate(pool.imap_unordered(prove_apart, seeds), start=1):
            findings.add(found)
            print(
                f"{done} of {asked.sequences}", *found.failures[:3], sep="\n" if found.failures else "", file=sys.stderr
            )
        seen = dict(zip(MISTAKES, pool.map(caught, MISTAKES), strict=True))
    ended = os.times()
    cpu = sum(ended[:4]) - sum(started[:4])
    report = shown(findings, seen)
    print(report)
    if asked.write:
        (ROOT / "docs" / "proofs" / "incremental.md").write_text(page(report, findings, cpu), encoding="utf-8")
    for words in findings.failures:
        print(words, file=sys.stderr)
    return int(bool(findings.failures) or not all(number for number, _ in seen.values()))


def caught(name: str) -> tuple[int, str]:
    """When a planted mistake is seen."""
    os.fsync = lambda descriptor: None  # type: ignore[assignment]
    return caught_at(MISTAKES[name])


if __name__ == "__main__":
    sys.exit(main())
