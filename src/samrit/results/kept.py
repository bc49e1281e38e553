"""The kept runs of a home: list them, find one by the beginning of its id, see which are frozen.

Freezing says: this run is the official one. It changes no byte of the run; the say-so goes into a hash-chained
history, so that it cannot vanish, and names the hash of the manifest, so that nobody can slip in another run.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from samrit.objects import Chain
from samrit.problems import problem
from samrit.results.errors import ResultsError
from samrit.results.runs import MANIFEST, Run, read_run

HISTORY = "history.jsonl"
SHORTEST = 4


@dataclass(frozen=True)
class Frozen:
    """Who froze a run, when and why; `manifest` is the SHA-256 of the manifest at that moment.

    `about`: scheme, period and area: of each only one frozen run is in force. `replaces`: the run that was before.
    """

    run: str
    scheme: str
    at: str
    user: str
    reason: str
    manifest: str
    about: str
    replaces: str = ""


def list_runs(runs: Path) -> list[Run]:
    """The kept runs, sorted by scheme, snapshot and id."""
    found = [read_run(path.parent) for path in runs.glob(f"[!.]*/{MANIFEST}")]
    return sorted(found, key=lambda run: (str(run.manifest.get("scheme")), str(run.manifest.get("snapshot")), run.id))


def find_run(runs: Path, text: str) -> Run:
    """The run whose id starts with the text (four characters at least). Raises ResultsError for none or several."""
    found = [run for run in list_runs(runs) if run.id.startswith(text)] if len(text) >= SHORTEST else []
    if len(found) != 1:
        ids = ", ".join(run.id for run in found or list_runs(runs)) or "-"
        raise ResultsError(problem("results.run.several" if found else "results.run.unknown", run=text, ids=ids))
    return found[0]


def freeze(runs: Path, run: Run, user: str, reason: str, moment: datetime, replaces: str = "") -> Frozen:
    """Say that a run is final.

    Raises ResultsError for a damaged run, no reason, a run that is frozen already, and when another run of the same
    scheme, period and area is in force and `replaces` does not name it: nobody is paid twice by mistake.
    """
    damaged = run.damaged()
    if damaged:
        raise ResultsError(problem("results.run.damaged", run=run.id, files=", ".join(damaged)))
    if not reason.strip():
        raise ResultsError(problem("results.freeze.reason"))
    if frozen_of(runs, run.id):
        raise ResultsError(problem("results.freeze.again", run=run.id))
    about = about_of(run)
    other = in_force(runs, about)
    if (other.run if other else "") != replaces:
        told = "results.freeze.other" if other else "results.freeze.nothing"
        raise ResultsError(problem(told, run=run.id, other=other.run if other else replaces))
    at = moment.isoformat(timespec="seconds")
    made = Frozen(
        run.id, str(run.manifest.get("scheme", "")), at, user, reason.strip(), _manifest_hash(run), about, replaces
    )
    Chain(runs / HISTORY).append({"what": "frozen", **made.__dict__})
    return made


def frozen_runs(runs: Path) -> list[Frozen]:
    """All that was frozen, oldest first. Raises ResultsError when the history is torn or was changed."""
    history = Chain(runs / HISTORY)
    line = history.broken_at()
    if line is not None:
        raise ResultsError(problem("results.history.broken", line=line))
    names = Frozen.__dataclass_fields__
    return [Frozen(**{name: e[name] for name in names}) for e in history.entries() if e["what"] == "frozen"]


def about_of(run: Run) -> str:
    """What a run is about: scheme, period, area."""
    said = run.manifest.get("parameters", {})
    return f"{run.manifest.get('scheme', '')} {said.get('period', '')} {said.get('org', '')}".strip()


def in_force(runs: Path, about: str) -> Frozen | None:
    """The frozen run that is in force for a scheme, period and area: the last one; None when there is none."""
    return next((f for f in reversed(frozen_runs(runs)) if f.about == about), None)


def frozen_of(runs: Path, run_id: str) -> Frozen | None:
    """Who froze that run; None: nobody did."""
    return next((f for f in frozen_runs(runs) if f.run == run_id), None)


def replaced_by(runs: Path, run_id: str) -> Frozen | None:
    """The frozen run that took the place of that run; None: nothing did."""
    return next((f for f in frozen_runs(runs) if f.replaces == run_id), None)


def check_run(runs: Path, run: Run) -> None:
    """Raises ResultsError when files of the run changed since it was kept, or its manifest since it was frozen."""
    frozen = frozen_of(runs, run.id)
    damaged = [*run.damaged(), *([MANIFEST] if frozen and frozen.manifest != _manifest_hash(run) else [])]
    if damaged:
        raise ResultsError(problem("results.run.damaged", run=run.id, files=", ".join(damaged)))


def _manifest_hash(run: Run) -> str:
    return hashlib.sha256((run.folder / MANIFEST).read_bytes()).hexdigest()
