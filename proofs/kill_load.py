"""Proof: a load may be killed at any moment; nothing received is lost and nobody ever sees half a load.

    python proofs/kill_load.py --kills 100

Makes a small district (packages of several facilities) and loads it once in parts, unharmed: that is the truth. Then it
starts the same loads again and again in a process of their own and kills them with SIGKILL: after a delay, after a line
of progress, at the n-th step on disk (sync, rename, link, removal, new folder), or at the n-th such step after the last
view, when the snapshot is published and orphans are cleared. After every kill it checks that

- every package that the load had acknowledged has its receipt and its bytes,
- every published snapshot is one of the true ones, whole, readable, with the true rows in every view,
- and, at the end of each home, that one more load gives the true snapshot.

Prints a table and writes docs/proofs/kill.md. Ends with 1 when a check fails.
"""

# ruff: noqa: S311, S608, T201 - a proof prints, and its dice need not be secret

import argparse
import hashlib
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from builders import open_views, random_packages  # noqa: E402
from samrit.warehouse import Home, Snapshot, load, snapshots, views  # noqa: E402

MODES = ("delay", "line", "step", "publishing")
STEPS = ("fsync", "replace", "link", "unlink", "mkdir")
STAGES = ("before the first line", "receive", "parse", "stand", "views", "publish")
Said = dict[str, int]


@dataclass(frozen=True)
class Truth:
    """What each step of the clean load published: its packages in order, snapshot id, rows per view, cost."""

    packages: tuple[Path, ...]
    id: str
    rows: Said
    seconds: float
    lines: int
    steps: int
    steps_of_publishing: int


@dataclass
class Findings:
    """What was seen: kills by mode and by the stage they hit, checks made, failures in words."""

    kills: Counter[str] = field(default_factory=Counter)
    stages: Counter[str] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def check(self, name: str, true: bool, words: str = "") -> None:
        """Count a check; keep the words of a failed one."""
        self.checks[name] += 1
        if not true:
            self.failures.append(f"{name}: {words}")


def prove(kills: int, folder: Path, facilities: int, days: int, parts: int, seed: int = 43) -> Findings:
    """Kill `kills` loads of homes under `folder` and check after each; every home is used for `parts` kills."""
    dice = Random(seed)
    codes = [f"{10001 + n}" for n in range(facilities)]
    packages = random_packages(dice, folder / "packages", codes, days)
    dice.shuffle(packages)
    truths = find_truth(folder, packages, parts)
    findings = Findings()
    for number in range(kills):
        part = number % parts
        if part == 0:
            home = folder / f"home-{number}"
        kill_one(home, truths[part], MODES[(number + number // parts) % len(MODES)], dice, findings)
        check_home(home, truths[: part + 1], findings)
        if part == parts - 1 or number == kills - 1:
            finish(home, truths[-1], findings)
    return findings


def find_truth(folder: Path, packages: list[Path], parts: int) -> list[Truth]:
    """Load ever longer beginnings of the list of packages into one home, each in a process of its own, unharmed."""
    truths = []
    for part in range(1, parts + 1):
        some = packages[: len(packages) * part // parts]
        start = time.monotonic()
        ended = subprocess.run(child(folder / "truth", some, 0), capture_output=True, text=True, check=True)
        lines = ended.stderr.splitlines()
        seconds = time.monotonic() - start
        made = snapshots(Home(folder / "truth"))[-1]
        _, steps, last_steps = lines[-1].split()
        counts = (len(lines) - 1, int(steps), int(last_steps))
        truths.append(Truth(tuple(some), made.id, rows_of(made), seconds, *counts))
    return truths


def rows_of(snapshot: Snapshot) -> Said:
    """View -> a number that changes with any row of it (person ids are left out: they hang on the home's key)."""
    connection = open_views(snapshot)
    said = {}
    for name, view in views().items():
        columns = ", ".join(f'"{c.name}"' for c in view.description.columns if c.name != "person_id")
        rows = connection.execute(f"SELECT {columns} FROM {name} ORDER BY ALL").fetchall()
        said[name] = int.from_bytes(hashlib.sha256(repr(rows).encode()).digest()[:8], "big")
    return said


def child(home: Path, packages: list[Path] | tuple[Path, ...], die_at: int) -> list[str]:
    """The command of a load in a process of its own that kills itself at a step on disk.

    1, 2, ...: steps of the whole load; -1, -2, ...: steps after the last view was built; 0: never.
    """
    return [sys.executable, __file__, "--load", str(home), "--die-at", str(die_at), *map(str, packages)]


def kill_one(home: Path, truth: Truth, mode: str, dice: Random, findings: Findings) -> None:
    """Start a load and kill it; a load that was too fast is started again with a shorter time."""
    share = dice.random()
    while True:
        acknowledged, stage, killed = run_and_kill(home, truth, mode, share, dice)
        for path in acknowledged:
            findings.check("acknowledged package has receipt and bytes", is_received(home, path), path.name)
        if killed:
            findings.kills[mode] += 1
            findings.stages[stage] += 1
            return
        share /= 2


def run_and_kill(home: Path, truth: Truth, mode: str, share: float, dice: Random) -> tuple[list[Path], str, bool]:
    """Packages acknowledged before the end, the stage in which it came, and whether it came by the kill."""
    steps = {"step": 1 + int(share * truth.steps), "publishing": -1 - int(share * truth.steps_of_publishing)}
    die_at = steps.get(mode, 0)
    last_line = 1 + int(share * truth.lines) if mode == "line" else 10**9
    acknowledged: list[Path] = []
    stage = STAGES[0]
    with subprocess.Popen(child(home, truth.packages, die_at), stderr=subprocess.PIPE, text=True) as running:
        if mode == "delay":
            time.sleep(0.3 * truth.seconds + 0.7 * share * truth.seconds)
            running.send_signal(signal.SIGKILL)
        assert running.stderr is not None
        for number, line in enumerate(running.stderr, start=1):
            words = line.split()
            if words[0] == "receive":
                acknowledged.append(truth.packages[int(words[1]) - 1])
            if words[0] != "steps":
                stage = "publish" if words[0] == "views" and words[1] == words[2] else words[0]
            if number == last_line:
                time.sleep(dice.random() * 0.02)
                running.send_signal(signal.SIGKILL)
    return acknowledged, stage, running.returncode == -signal.SIGKILL


def is_received(home: Path, package: Path) -> bool:
    """True when the vault holds the bytes of a package and a receipt of its name."""
    digest = hashlib.sha256(package.read_bytes()).hexdigest()
    kept = home / "vault" / "packages" / f"{digest}.zip"
    papers = [json.loads(paper.read_bytes()) for paper in (home / "vault" / "receipts").glob("[!.]*.json")]
    named = any((p["name"], p["sha256"]) == (package.name.upper(), digest) for p in papers)
    return named and kept.read_bytes() == package.read_bytes()


def check_home(home: Path, truths: list[Truth], findings: Findings) -> None:
    """Every published snapshot is a true one and whole; numbers have no gap; receipts have their bytes."""
    at = Home(home)
    published = snapshots(at)
    findings.check(
        "numbers rise by one", [s.number for s in published] == list(range(1, len(published) + 1)), home.name
    )
    true = {t.id: t.rows for t in truths}
    for snapshot in published:
        words = f"{home.name} number {snapshot.number}"
        findings.check("published snapshot is a true one", snapshot.id in true, words)
        files = [f for name in snapshot.views for f in snapshot.files(name)]
        files += [at.standing / names["standing"] / "summary.json" for names in snapshot.facilities.values()]
        files += [at.links / f"{names['links']}.parquet" for names in snapshot.facilities.values()]
        files += [at.packages / f"{receipt.sha256}.zip" for receipt in snapshot.packages]
        findings.check("published snapshot has all its files", all(f.exists() for f in files), words)
        findings.check("published snapshot has the true rows", rows_of(snapshot) == true.get(snapshot.id), words)
    for paper in at.receipts.glob("[!.]*.json"):
        digest = json.loads(paper.read_bytes())["sha256"]
        content = (at.packages / f"{digest}.zip").read_bytes()
        findings.check("receipt has its bytes", hashlib.sha256(content).hexdigest() == digest, paper.name)


def finish(home: Path, truth: Truth, findings: Findings) -> None:
    """One more load, of everything: the true snapshot with the true rows, and nothing unfinished is left."""
    loaded = load(Home(home), list(truth.packages))
    findings.check("final load gives the true snapshot", loaded.snapshot.id == truth.id, home.name)
    findings.check("final load gives the true rows", rows_of(loaded.snapshot) == truth.rows, home.name)
    left = [f.name for f in home.rglob(".unfinished-*")]
    findings.check("final load leaves nothing unfinished", not left, ", ".join(left))


def load_and_die(home: Path, packages: list[Path], die_at: int) -> None:
    """Load with a line of progress per package and object on stderr; kill this process before a step (see `child`)."""
    steps, last_steps = 0, 0
    publishing = False

    def counted(step: Callable[..., Any]) -> Callable[..., Any]:
        def take(*args: Any, **kwargs: Any) -> Any:
            nonlocal steps, last_steps
            steps += 1
            last_steps += publishing
            if die_at and die_at in {steps, -last_steps}:
                os.kill(os.getpid(), signal.SIGKILL)
            return step(*args, **kwargs)

        return take

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))

    def progress(stage: str, done: int, total: int) -> None:
        nonlocal publishing
        publishing = stage == "views" and done == total
        print(stage, done, total, file=sys.stderr, flush=True)

    load(Home(home), packages, progress)
    print("steps", steps, last_steps, file=sys.stderr, flush=True)


def as_markdown(findings: Findings, facts: dict[str, str]) -> str:
    """The page docs/proofs/kill.md."""
    lines = [
        "# A load that is killed",
        "",
        "Written by `python proofs/kill_load.py`; the top of that file says what is done and checked.",
        "",
        *(f"- {name}: {value}" for name, value in facts.items()),
        "",
        "| killed by | loads | | killed during | loads |",
        "|---|---:|---|---|---:|",
    ]
    modes = {
        "delay": "a delay",
        "line": "a line of progress",
        "step": "the n-th step on disk",
        "publishing": "the n-th of publishing",
    }
    left = [(modes[m], str(findings.kills[m])) for m in MODES] + [("", "")] * (len(STAGES) - len(MODES))
    lines += [f"| {m} | {n} | | {s} | {findings.stages[s]} |" for (m, n), s in zip(left, STAGES, strict=True)]
    failed = Counter(words.partition(":")[0] for words in findings.failures)
    lines += ["", "| check | made | failed |", "|---|---:|---:|"]
    lines += [f"| {name} | {made} | {failed[name]} |" for name, made in sorted(findings.checks.items())]
    lines += [
        "",
        "A killed process is not a power cut: what the disk itself forgets is not tried here. The order of sync,",
        "rename and sync of the folder, which is meant for that, is a test (`tests/warehouse/test_objects.py`).",
    ]
    return "\n".join(lines) + "\n"


def facts_of_run(kills: int, packages: int, facilities: int, seconds: float) -> dict[str, str]:
    """Date, machine and size of a run."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "date": date.today().isoformat(),  # noqa: DTZ011 - the day of the run, for people
        "machine": f"{os.cpu_count()} cores, {memory:.0f} GiB memory, {platform.system()}",
        "Python": platform.python_version(),
        "district": f"{facilities} facilities, {packages} packages, loaded in four parts",
        "kills": f"{kills} in {seconds:.0f} seconds",
    }


def main() -> int:
    """Run the proof, or one load of it."""
    parser = argparse.ArgumentParser(description="Kill loads and check what is left.")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "proofs" / "kill.md")
    parser.add_argument("--load", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--die-at", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("packages", type=Path, nargs="*", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.load:
        load_and_die(asked.load, asked.packages, asked.die_at)
        return 0
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        findings = prove(asked.kills, Path(place), facilities=8, days=4, parts=4)
        packages = len(list((Path(place) / "packages").iterdir()))
    page = as_markdown(findings, facts_of_run(asked.kills, packages, 8, time.monotonic() - start))
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(page, encoding="utf-8")
    print(page)
    for words in findings.failures:
        print(words, file=sys.stderr)
    return 1 if findings.failures else 0


if __name__ == "__main__":
    sys.exit(main())
