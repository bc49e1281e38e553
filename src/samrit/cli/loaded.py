"""What a load of single files did (logs, claims): said or as JSON, and its exit code."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import typer

from samrit.cli.shown import PROBLEMS_FOUND, out, show_json, show_problems, show_table
from samrit.problems import Level, Problem
from samrit.warehouse import Snapshot

STATUSES = {
    "loaded": "แฟ้มรับใหม่ / loaded",
    "duplicate": "แฟ้มซ้ำ / duplicate",
    "rejected": "แฟ้มปฏิเสธ / rejected",
}


class LoadedFiles(Protocol):
    """What a load of logs and a load of claims have alike."""

    @property
    def snapshot(self) -> Snapshot | None: ...
    @property
    def problems(self) -> Sequence[Problem]: ...
    def as_dict(self) -> dict[str, Any]: ...


def end_load(loaded: LoadedFiles, title: str, files: str, rows: Mapping[str, str], *, json: bool) -> None:
    """Say what a load did and end with 1 when there was an error. files: the key of the files in the JSON; rows: counts
    of rows -> words."""
    if json:
        show_json(loaded.as_dict())
    else:
        received = loaded.as_dict()[files]
        by_file = {of["sha256"]: of["rows"] for of in received if of["sha256"]}.values()  # a file twice counts once
        statuses = [(words, sum(of["status"] == status for of in received)) for status, words in STATUSES.items()]
        sums = [(words, f"{sum(counts[name] for counts in by_file):,}") for name, words in rows.items()]
        show_table(title, ["", "จำนวน / count"], [*statuses, *sums], (1,))
        say_snapshot(loaded.snapshot)
    show_problems(loaded.problems)
    if any(p.level is Level.ERROR for p in loaded.problems):
        raise typer.Exit(PROBLEMS_FOUND)


def say_snapshot(shot: Snapshot | None) -> None:
    """The snapshot that is now current."""
    said = f"{shot.id} (ที่ {shot.number})" if shot else "ยังไม่มี / none yet"
    out.print(f"ชุดข้อมูล / snapshot {said}", markup=False, highlight=False)
