"""Small logs for tests."""

from collections.abc import Iterable
from pathlib import Path

from samrit.logs import log_kind
from samrit.warehouse import Home, LoadedLogs, load_logs

EXCHANGE, IDENTITY = log_kind("data-exchange"), log_kind("smart-health-id")
HEADER = "timestamp,hospcode,topic,success,person"


def write_log(folder: Path, name: str, lines: Iterable[str], header: str = HEADER) -> Path:
    """A CSV with that header and those lines."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("".join(f"{line}\n" for line in (header, *lines)), encoding="utf-8")
    return path


def load(home: Home, *paths: Path) -> LoadedLogs:
    """Data-exchange logs loaded; nothing may be refused."""
    loaded = load_logs(home, EXCHANGE, paths)
    assert {received.status for received in loaded.received} <= {"loaded", "duplicate"}, loaded.problems
    return loaded
