"""Inputs of a home that are not packages: dated, numbered, hashed, never overwritten (org register, populations ...).

inputs/<kind>/<number>.<ending> is the content, <number>.json says when it came and from which file.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from samrit.objects import canonical, numbers, put_file, take_next_number
from samrit.warehouse.home import Home


@dataclass(frozen=True)
class InputSet:
    """One input: its kind, number (1 = first), the day it came, the file it came from, the SHA-256 of its bytes."""

    kind: str
    number: int
    day: str
    file: str
    sha256: str
    path: Path

    def read(self) -> bytes:
        """The bytes as they were put."""
        return self.path.read_bytes()

    def as_dict(self) -> dict[str, str]:
        """What a run's manifest says of it."""
        return {"file": self.file, "sha256": self.sha256, "day": self.day}


def put_input(home: Home, kind: str, content: bytes, day: date, file: str) -> InputSet:
    """Keep an input as the newest of its kind; the same content again changes nothing. Holds the writers' lock."""
    with home.writing():
        current = current_input(home, kind)
        digest = hashlib.sha256(content).hexdigest()
        if current and current.sha256 == digest:
            return current
        folder = home.inputs / kind
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{digest}{Path(file).suffix.lower() or '.csv'}"
        put_file(path, content)
        paper = {"day": day.isoformat(), "file": file, "sha256": digest, "kept": path.name}
        number = take_next_number(folder, lambda n: canonical({"number": n, **paper}))
        return InputSet(kind, number, paper["day"], file, digest, path)


def current_input(home: Home, kind: str) -> InputSet | None:
    """The newest input of a kind, or None."""
    folder = home.inputs / kind
    published = numbers(folder) if folder.is_dir() else []
    if not published:
        return None
    paper = json.loads((folder / f"{published[-1]:08d}.json").read_bytes())
    return InputSet(kind, published[-1], paper["day"], paper["file"], paper["sha256"], folder / paper["kept"])
