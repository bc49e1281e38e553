"""Load logs: receive, then publish everything received so far, logs and packages, as `samrit.warehouse.load` does."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samrit.logs import LogKind
from samrit.problems import Problem, problem
from samrit.warehouse.home import Home
from samrit.warehouse.loading import Progress, Published, publish_received
from samrit.warehouse.logs.receiving import ReceivedLog, receive_log
from samrit.warehouse.snapshot import Snapshot


@dataclass(frozen=True)
class LoadedLogs:
    """What a load of logs did: each file, what was wrong, the snapshot that is now current (None: nothing ever was).

    rows: SHA-256 -> read, kept, rejected, superseded (also told by another file); read is the sum of the others.
    """

    kind: str
    received: tuple[ReceivedLog, ...]
    snapshot: Snapshot | None
    rows: dict[str, dict[str, int]]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is to be said, file by file."""
        nothing = () if self.snapshot else (problem("logs.load.nothing"),)
        return (*nothing, *(p for received in self.received for p in received.problems))

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `samrit logs load`."""
        return {
            "logs": [self._log(received) for received in self.received],
            "snapshot": self.snapshot.id if self.snapshot else None,
            "problems": [p.as_dict() for p in self.problems],
        }

    def _log(self, received: ReceivedLog) -> dict[str, Any]:
        sha256 = received.receipt.sha256 if received.receipt else None
        rows = self.rows.get(sha256, {}) if sha256 else {}
        return {"sha256": sha256, "file": received.file, "kind": self.kind, "status": received.status, "rows": rows}


def load_logs(
    home: Home, kind: LogKind, paths: Sequence[Path], progress: Progress = lambda stage, done, total: None
) -> LoadedLogs:
    """Receive logs of a kind and publish the snapshot of everything received so far."""
    with home.writing():
        received = []
        for number, path in enumerate(paths, start=1):
            received.append(receive_log(home, kind, path))
            progress("receive", number, len(paths))
        made = publish_received(home, progress)
    return LoadedLogs(kind.id, tuple(received), made.snapshot if made else None, _rows(kind.id, made) if made else {})


def _rows(kind: str, made: Published) -> dict[str, dict[str, int]]:
    kept = {sha256: n for s in made.standing_logs if s.kind == kind for sha256, n in s.kept().items()}
    return {
        log.receipt.sha256: {
            "read": log.read,
            "kept": kept.get(log.receipt.sha256, 0),
            "rejected": log.aside,
            "superseded": log.read - log.aside - kept.get(log.receipt.sha256, 0),
        }
        for log in made.parsed_logs
        if log.receipt.kind == kind
    }
