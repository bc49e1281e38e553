"""Load claims files: receive, then publish everything received so far, as `samrit.warehouse.load` does."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samrit.claims import Layout
from samrit.problems import Problem, problem
from samrit.warehouse.claims.receiving import ReceivedClaims, receive_claims
from samrit.warehouse.home import Home
from samrit.warehouse.loading import Progress, Published, publish_received
from samrit.warehouse.snapshot import Snapshot


@dataclass(frozen=True)
class LoadedClaims:
    """What a load did: each file, what was wrong, the snapshot that is now current (None: nothing ever was).

    rows: SHA-256 -> read, kept, rejected, superseded (a later line of the key stands); read is the sum of the others.
    """

    kind: str
    received: tuple[ReceivedClaims, ...]
    snapshot: Snapshot | None
    rows: dict[str, dict[str, int]]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is to be said, file by file."""
        nothing = () if self.snapshot else (problem("claims.load.nothing"),)
        return (*nothing, *(p for received in self.received for p in received.problems))

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `samrit claims load`."""
        return {
            "files": [self._file(received) for received in self.received],
            "snapshot": self.snapshot.id if self.snapshot else None,
            "problems": [p.as_dict() for p in self.problems],
        }

    def _file(self, received: ReceivedClaims) -> dict[str, Any]:
        sha256 = received.receipt.sha256 if received.receipt else None
        rows = self.rows.get(sha256, {}) if sha256 else {}
        return {"sha256": sha256, "file": received.file, "kind": self.kind, "status": received.status, "rows": rows}


def load_claims(
    home: Home, of: Layout, paths: Sequence[Path], progress: Progress = lambda stage, done, total: None
) -> LoadedClaims:
    """Receive files of a kind and publish the snapshot of everything received so far."""
    with home.writing():
        received = []
        for number, path in enumerate(paths, start=1):
            received.append(receive_claims(home, of, path))
            progress("receive", number, len(paths))
        made = publish_received(home, progress)
    return LoadedClaims(of.kind, tuple(received), made.snapshot if made else None, _rows(of.kind, made) if made else {})


def _rows(kind: str, made: Published) -> dict[str, dict[str, int]]:
    kept: dict[str, int] = {}
    for standing in made.claims.standings:
        for sha256, count in standing.kept.get(kind, {}).items():
            kept[sha256] = kept.get(sha256, 0) + count
    counted = {}
    for file in made.claims.parsed:
        if file.receipt.kind == kind:
            stands = kept.get(file.receipt.sha256, 0)
            counted[file.receipt.sha256] = {
                "read": file.read,
                "kept": stands,
                "rejected": file.aside,
                "superseded": file.read - file.aside - stands,
            }
    return counted
