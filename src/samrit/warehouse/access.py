"""The access log: every look at persons leaves a line; each line holds the hash of the line before it."""

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from filelock import FileLock

from samrit.objects import canonical
from samrit.problems import problem
from samrit.warehouse.errors import WarehouseError
from samrit.warehouse.home import Home

FIRST = "0" * 64


@dataclass(frozen=True)
class Access:
    """Who looked at which persons, when and why. No person is named, only what was asked and how many were shown."""

    moment: datetime
    user: str
    action: str
    asked: dict[str, str]
    shown: int
    reason: str


def log_access(home: Home, access: Access) -> None:
    """Add a line before anything is shown. Raises WarehouseError without a reason."""
    if not access.reason.strip():
        raise WarehouseError(problem("warehouse.access.reason"))
    with FileLock(home.vault / "access.lock"):
        lines = home.access_log.read_bytes().splitlines() if home.access_log.exists() else []
        body = {
            "at": access.moment.isoformat(timespec="seconds"),
            "user": access.user,
            "action": access.action,
            "asked": access.asked,
            "shown": access.shown,
            "reason": access.reason,
            "before": hashlib.sha256(lines[-1]).hexdigest() if lines else FIRST,
        }
        with home.access_log.open("ab") as stream:
            stream.write((b"" if _ends_whole(home) else b"\n") + canonical(body) + b"\n")
            stream.flush()
            os.fsync(stream.fileno())


def _ends_whole(home: Home) -> bool:
    """False when a killed writer left half a line: the next line starts on its own, and the half stays in the chain."""
    return (
        not home.access_log.exists() or not home.access_log.stat().st_size or home.access_log.read_bytes()[-1:] == b"\n"
    )


def broken_at(home: Home) -> int | None:
    """The number of the first line that is torn or whose chain is broken (1 = first), or None."""
    before = FIRST
    lines = home.access_log.read_bytes().splitlines() if home.access_log.exists() else []
    for number, line in enumerate(lines, start=1):
        try:
            body: dict[str, Any] = json.loads(line)
        except ValueError:
            return number
        if body["before"] != before:
            return number
        before = hashlib.sha256(line).hexdigest()
    return None
