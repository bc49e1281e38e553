"""A chain: an append-only file of JSON lines; every line holds the hash of the line before it, so none can vanish."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from samrit.objects.files import canonical

FIRST = "0" * 64


@dataclass(frozen=True)
class Chain:
    """The lines of one file, oldest first."""

    path: Path

    def append(self, body: Mapping[str, Any]) -> None:
        """Add a line, synced to disk before this returns. The lock stands beside the file."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(self.path.with_suffix(".lock")):
            lines = self._lines()
            before = hashlib.sha256(lines[-1]).hexdigest() if lines else FIRST
            with self.path.open("ab") as stream:
                stream.write((b"" if self._ends_whole() else b"\n") + canonical({**body, "before": before}) + b"\n")
                stream.flush()
                os.fsync(stream.fileno())

    def entries(self) -> list[dict[str, Any]]:
        """The whole lines; a torn one (a writer was killed) is left out here and told by `broken_at`."""
        made = []
        for line in self._lines():
            try:
                made.append(json.loads(line))
            except ValueError:
                continue
        return made

    def broken_at(self) -> int | None:
        """The number of the first line that is torn or whose chain is broken (1 = first), or None."""
        before = FIRST
        for number, line in enumerate(self._lines(), start=1):
            try:
                body = json.loads(line)
            except ValueError:
                return number
            if body.get("before") != before:
                return number
            before = hashlib.sha256(line).hexdigest()
        return None

    def _lines(self) -> list[bytes]:
        return self.path.read_bytes().splitlines() if self.path.exists() else []

    def _ends_whole(self) -> bool:
        """False when a killed writer left half a line: the next starts on its own, and the half stays in the chain."""
        if not self.path.exists() or not self.path.stat().st_size:
            return True
        with self.path.open("rb") as stream:
            stream.seek(-1, os.SEEK_END)
            return stream.read(1) == b"\n"
