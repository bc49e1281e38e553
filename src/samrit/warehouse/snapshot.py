"""Snapshots: an immutable list of packages, logs, claims, facilities and view files, published under the next number.

The snapshot id is a hash of the set of files received and of the spec, not of the key: two homes can compare, and
loading the same files again changes nothing. Readers hold a number; the newest is current; nobody sees half a load.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from samrit.claims import rules_hash as claims_rules_hash
from samrit.f43 import spec_hash
from samrit.logs import rules_hash
from samrit.objects import canonical, name_of, numbers, take_next_number
from samrit.problems import problem
from samrit.warehouse.errors import WarehouseError
from samrit.warehouse.home import Home
from samrit.warehouse.receipt import Receipt

ID_LENGTH = 16


@dataclass(frozen=True)
class Snapshot:
    """A published snapshot.

    facilities: HOSPCODE -> names of its standing rows and links; views: view -> paths inside the home, sorted;
    logs: kind -> SHA-256 of its files, names of its standing calls and links;
    claims: {} or files (kind -> SHA-256), hospitals (HOSPCODE -> names of standing lines and links), precedence.
    """

    home: Home
    number: int
    id: str
    packages: tuple[Receipt, ...]
    facilities: dict[str, dict[str, str]]
    views: dict[str, tuple[str, ...]]
    logs: dict[str, dict[str, Any]]
    claims: dict[str, Any] = field(default_factory=dict)

    @property
    def newest(self) -> date | None:
        """The day of the newest package by its name; None without packages, or when the stamp is no day."""
        try:
            return date.fromisoformat(max((p.stamp[:8] for p in self.packages), default=""))
        except ValueError:
            return None

    @property
    def log_count(self) -> int:
        """How many logs the snapshot was made from."""
        return sum(len(of["files"]) for of in self.logs.values())

    @property
    def claims_count(self) -> int:
        """How many files of claims and registries the snapshot was made from."""
        return sum(len(files) for files in self.claims.get("files", {}).values())

    def files(self, view: str) -> list[Path]:
        """The Parquet files of a view."""
        return [self.home.path / name for name in self.views.get(view, ())]


def snapshot_id(packages: list[Receipt], logs: dict[str, dict[str, Any]], claims: dict[str, Any] | None = None) -> str:
    """The id of the set of packages, logs and claims under the present spec and precedence of sources."""
    parts: list[object] = [sorted((p.name, p.sha256) for p in packages), spec_hash()]
    if logs:
        parts += [{kind: of["files"] for kind, of in logs.items()}, rules_hash()]
    if claims:
        parts += [claims["files"], claims_rules_hash(), claims["precedence"]]
    return name_of("snapshot", *parts)[:ID_LENGTH]


def publish(
    home: Home,
    packages: list[Receipt],
    facilities: dict[str, dict[str, str]],
    view_files: dict[str, list[str]],
    logs: dict[str, dict[str, Any]],
    claims: dict[str, Any] | None = None,
) -> Snapshot:
    """Publish a snapshot, or give the current one when nothing differs. Call under the writers' lock."""
    body: dict[str, Any] = {
        "snapshot": snapshot_id(packages, logs, claims),
        "spec": spec_hash(),
        "packages": [p.identity for p in packages],
        "facilities": facilities,
        "views": {name: sorted(files) for name, files in view_files.items()},
        "logs": logs,
        **({"claims": claims} if claims else {}),
    }
    current = latest(home)
    if current and _body(home, current.number) == body:
        return current
    number = take_next_number(home.snapshots, lambda n: canonical({"number": n, **body}))
    return _read(home, number)


def latest(home: Home) -> Snapshot | None:
    """The newest snapshot, or None before the first load."""
    published = numbers(home.snapshots)
    return _read(home, published[-1]) if published else None


def snapshots(home: Home) -> list[Snapshot]:
    """All published snapshots, oldest first."""
    return [_read(home, number) for number in numbers(home.snapshots)]


def open_snapshot(home: Home, wanted: str = "") -> Snapshot:
    """The snapshot of that number or id (its newest publication), or the current one. Raises WarehouseError."""
    every = snapshots(home)
    if not every:
        raise WarehouseError(problem("warehouse.snapshot.none"))
    if not wanted:
        return every[-1]
    for snapshot in reversed(every):
        if wanted in {snapshot.id, str(snapshot.number)}:
            return snapshot
    raise WarehouseError(problem("warehouse.snapshot.unknown", wanted=wanted))


def _body(home: Home, number: int) -> dict[str, Any]:
    body: dict[str, Any] = json.loads((home.snapshots / f"{number:08d}.json").read_bytes())
    body.pop("number")
    return body


def _read(home: Home, number: int) -> Snapshot:
    body = _body(home, number)
    return Snapshot(
        home,
        number,
        body["snapshot"],
        tuple(Receipt(**p) for p in body["packages"]),
        body["facilities"],
        {name: tuple(files) for name, files in body["views"].items()},
        body.get("logs", {}),  # a snapshot of the time before there were logs
        body.get("claims", {}),
    )
