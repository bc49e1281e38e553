"""The kinds of log that are known, and the columns of each (DEFINITIONS 067.1, 067.2)."""

import hashlib
from dataclasses import dataclass

from samrit.logs.errors import LogsError
from samrit.problems import nearest, problem

PERSON = "person"
"""The column that may name the person a call was about. It stays in the vault; views hold a keyed hash."""
RULES_VERSION = 1
"""Raised when the same bytes become other rows."""


@dataclass(frozen=True)
class LogKind:
    """A kind of log: its id on the command line, its names in Thai and English, the column that says what was called.

    Every kind has timestamp, hospcode and success beside `called`, and may have person.
    """

    id: str
    th: str
    en: str
    called: str

    @property
    def required(self) -> tuple[str, ...]:
        """Columns that a log of this kind must have."""
        return ("timestamp", "hospcode", self.called, "success")

    @property
    def never_blank(self) -> tuple[str, ...]:
        """Columns without which a line is no event."""
        return ("timestamp", "hospcode", self.called)

    @property
    def table(self) -> str:
        """The name by which the SQL of a view reads the standing lines of this kind."""
        return self.id.replace("-", "_")


_KINDS = {
    kind.id: kind
    for kind in (
        LogKind("data-exchange", "การแลกเปลี่ยนข้อมูลสุขภาพ", "calls of the health data exchange", "topic"),
        LogKind("smart-health-id", "การใช้ Smart Health ID", "calls of the Smart Health ID", "action"),
    )
}


def log_kinds() -> tuple[LogKind, ...]:
    """All kinds, in a fixed order."""
    return tuple(_KINDS.values())


def log_kind(kind_id: str) -> LogKind:
    """The kind of that id. Raises LogsError with the nearest good id.

    >>> log_kind("smart-health-id").called
    'action'
    """
    if kind_id not in _KINDS:
        near = nearest(kind_id, _KINDS) or "-"
        raise LogsError(problem("logs.kind.unknown", id=kind_id, near=near, good=", ".join(_KINDS)))
    return _KINDS[kind_id]


def rules_hash() -> str:
    """Hash of everything that decides how the bytes of a log become rows: the kinds and the version of the rules."""
    return hashlib.sha256(f"rules {RULES_VERSION}\n{_KINDS}".encode()).hexdigest()[:16]
