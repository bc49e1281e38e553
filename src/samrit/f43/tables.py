"""The 52 tables of the standard as data: one file per table in `spec/`, read when first asked for.

A column is a date when its printed format is a date, whatever its printed type says (PERSON.BIRTH is printed as text).
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

import yaml

from samrit.problems import nearest

# Raised by one whenever the reader or the existence rules give another answer for the same bytes.
RULES_VERSION = 1


class ColumnType(StrEnum):
    """How a cell is read (DEFINITIONS S1.6, S1.7)."""

    TEXT = "text"
    DATE = "date"
    DATETIME = "datetime"
    NUMBER = "number"
    INTEGER = "integer"
    JSON = "json"


class Stands(StrEnum):
    """Which rows of a key stand (DEFINITIONS S2): the latest row, the latest block of a stay, or every row."""

    ROW = "row"
    BLOCK = "block"
    EVERY = "every"


@dataclass(frozen=True)
class Column:
    """One column: upper-case name, type, header names that mean it, caption."""

    name: str
    type: ColumnType
    aliases: tuple[str, ...] = ()
    th: str = ""
    required: bool = False
    width: int | None = None
    codes: str = ""


@dataclass(frozen=True)
class Table:
    """One table (file) of the standard."""

    name: str
    number: int
    title: str
    key: tuple[str, ...]
    stands: Stands
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names in the printed order."""
        return tuple(column.name for column in self.columns)

    @property
    def has_person(self) -> bool:
        """True when rows belong to a person (a PID column)."""
        return "PID" in self.column_names

    @property
    def needed_in_header(self) -> tuple[str, ...]:
        """Columns without which the whole entry falls aside (DEFINITIONS S1.4)."""
        if self.stands is Stands.EVERY:
            return ("HOSPCODE", "TABLENAME", "DATA_CORRECT")
        return (*self.key, "PID") if self.has_person and "PID" not in self.key else self.key

    @property
    def fatal_if_blank(self) -> tuple[str, ...]:
        """Columns that set a row aside when blank (DEFINITIONS S2.1); HOSPCODE has a rule of its own."""
        return () if self.stands is Stands.EVERY else self.needed_in_header

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError."""
        return next(c for c in self.columns if c.name == name) if name in self.column_names else _missing(name, self)

    def of_type(self, *types: ColumnType) -> tuple[Column, ...]:
        """Columns of the given types in the printed order."""
        return tuple(column for column in self.columns if column.type in types)


def _missing(name: str, of: Table) -> Column:
    raise KeyError(f"{of.name} has no column {name}; nearest: {nearest(name, of.column_names)}")


@cache
def table_names() -> tuple[str, ...]:
    """Names of all 52 tables, in the order of the standard."""
    return tuple(t.name for t in sorted(_all().values(), key=lambda t: t.number))


def table(name: str) -> Table:
    """The table of that upper-case name. Raises KeyError with the nearest name."""
    try:
        return _all()[name]
    except KeyError:
        raise KeyError(f"no table {name}; nearest: {nearest(name, _all())}") from None


def table_of_entry(entry: str) -> str | None:
    """The table that an entry of a package holds, or None: it is ignored (DEFINITIONS S1.2).

    >>> table_of_entry("F43_07487_20140410/charge_ipd_07487_20140410.txt")
    'CHARGE_IPD'
    """
    name = entry.replace("\\", "/").rsplit("/", 1)[-1].upper().removesuffix(".TXT")
    if name in _all():
        return name
    starts = [known for known in _all() if name.startswith(known + "_")]
    return max(starts, key=len, default=None)


@cache
def spec_hash() -> str:
    """Hash of everything that decides how bytes become rows: the spec files and the version of the rules."""
    digest = hashlib.sha256(f"rules {RULES_VERSION}\n".encode())
    for name, text in sorted(_texts().items()):
        digest.update(f"{name}\n{text}\n".encode())
    return digest.hexdigest()[:16]


@cache
def _texts() -> dict[str, str]:
    folder = resources.files("samrit.f43").joinpath("spec")
    return {f.name: f.read_text(encoding="utf-8") for f in folder.iterdir() if f.name.endswith(".yaml")}


@cache
def _all() -> dict[str, Table]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    read = (_table(yaml.load(text, Loader=loader)) for text in _texts().values())  # noqa: S506 (all text)
    return {t.name: t for t in read}


def _table(spec: dict[str, Any]) -> Table:
    return Table(
        name=spec["name"],
        number=int(spec["number"]),
        title=spec["title"],
        key=tuple(spec["key"]),
        stands=Stands(spec["stands"]),
        columns=tuple(_column(c) for c in spec["columns"]),
    )


def _column(spec: dict[str, Any]) -> Column:
    return Column(
        name=spec["name"],
        type=ColumnType(spec["type"]),
        aliases=tuple(spec.get("aliases", ())),
        th=spec.get("th", ""),
        required=spec.get("required") == "true",
        width=int(spec["width"]) if "width" in spec else None,
        codes=spec.get("codes", ""),
    )
