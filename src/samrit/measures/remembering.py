"""Remembered counts: named by the hash of everything they are made from, kept beside the views; no person in them."""

import json
from typing import Any

from samrit.measures.engine import Engine
from samrit.objects import canonical, make_file

Rows = list[tuple[Any, ...]]


def recall(engine: Engine, name: str) -> Rows | None:
    """The rows counted before under that name, or None."""
    if engine.snapshot is None:
        return None
    path = engine.snapshot.home.counted / f"{name}.json"
    return [tuple(row) for row in json.loads(path.read_bytes())] if path.exists() else None


def keep(engine: Engine, name: str, rows: Rows) -> None:
    """Keep rows under a name; whoever asks for it again need not count."""
    if engine.snapshot is not None:
        path = engine.snapshot.home.counted / f"{name}.json"
        make_file(path, lambda aside: _write(aside, rows))


def _write(path: Any, rows: Rows) -> None:
    path.write_bytes(canonical([list(row) for row in rows]))
