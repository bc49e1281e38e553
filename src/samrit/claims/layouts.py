"""The kinds of files that are known beside the 43 and the logs, and the columns of each: data in `spec/`."""

import hashlib
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import Field

from samrit.authored import Model, read
from samrit.claims.errors import ClaimsError
from samrit.problems import nearest, problem

RULES_VERSION = 1
"""Raised when the same bytes become other rows."""
PERSON, PID = "person", "pid"
"""The columns that say who it was; at least one is filled. They stay in the vault: views hold a keyed hash."""
UPDATED = "updated_at"
"""The column that tells the later of two lines with one key."""


class CellType(StrEnum):
    """What a cell may say; see `samrit.claims.cells`."""

    TEXT = "text"
    HOSPITAL = "hospital"
    RIGHT = "right"
    CODES = "codes"
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"
    MONEY = "money"


class Form(StrEnum):
    """What a form must say in a cell, else it bounces: anything, or a number above zero."""

    FILLED = "filled"
    POSITIVE = "positive"


class Column(Model):
    """A column: needed = a line without it is nothing; header = a file without it is not of the kind.

    form, one_of: what a complete form says there; a line that does not say it bounces.
    """

    name: str
    type: CellType
    needed: bool = False
    header: bool = False
    form: Form | None = None
    one_of: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    th: str
    en: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names that a header may give it, the own one first."""
        return (self.name, *self.aliases)

    @property
    def may_bounce(self) -> bool:
        """True for a cell that a complete form fills in."""
        return self.form is not None or bool(self.one_of)


class Layout(Model):
    """A kind of file: its id on the command line, names, key, columns.

    number: its place in row ids, never used again for another kind. table: the name by which the SQL of views reads its
    standing lines. facts: the view that they feed.
    """

    kind: str
    number: int = Field(ge=0, lt=8)
    table: str
    facts: str
    th: str
    en: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns as written in the spec."""
        return tuple(column.name for column in self.columns)

    @property
    def is_form(self) -> bool:
        """True when lines are forms that bounce while they are incomplete."""
        return any(column.may_bounce for column in self.columns)


@cache
def layouts() -> tuple[Layout, ...]:
    """All kinds, in order of their numbers."""
    return tuple(sorted((read(path, Layout, path.name) for path in _specs()), key=lambda of: of.number))


def layout(kind: str) -> Layout:
    """The kind of that id. Raises ClaimsError with the nearest good id.

    >>> layout("cervical").key
    ('hospital', 'person', 'pid', 'day')
    """
    known = {of.kind: of for of in layouts()}
    if kind not in known:
        near = nearest(kind, known) or "-"
        raise ClaimsError(problem("claims.kind.unknown", id=kind, near=near, good=", ".join(known)))
    return known[kind]


@cache
def rules_hash() -> str:
    """Hash of everything that decides how the bytes of a file become rows: the layouts and the version of the rules."""
    text = "".join(f"{path.name}\n{path.read_text(encoding='utf-8')}\n" for path in _specs())
    return hashlib.sha256(f"rules {RULES_VERSION}\n{text}".encode()).hexdigest()[:16]


def _specs() -> list[Path]:
    return sorted(Path(str(resources.files("samrit.claims").joinpath("spec"))).glob("*.yaml"))
