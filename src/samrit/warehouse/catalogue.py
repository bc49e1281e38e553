"""The curated views: what each holds, column by column, and the SQL that makes it (files in `views/`).

event   one Parquet file per facility, from that facility's standing rows and links
person  one Parquet file per snapshot, needs all facilities
claim   one Parquet file per hospital, from its claims and registry lines alone
log     one Parquet file per snapshot, from the standing calls of one kind of log
plain   SQL over other views, nothing stored
input   registered when counting, from the inputs of a run
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from importlib import resources
from pathlib import Path

from pydantic import Field
from sqlglot import exp, parse_one

from samrit.authored import Model, read
from samrit.f43 import table, table_names


class Kind(StrEnum):
    """How a view comes about."""

    EVENT = "event"
    PERSON = "person"
    CLAIM = "claim"
    LOG = "log"
    PLAIN = "plain"
    INPUT = "input"


class Words(Model):
    """Thai and English."""

    th: str
    en: str


class ViewColumn(Model):
    """One column: name, DuckDB type, whether it may be NULL, what it means."""

    name: str
    type: str
    null: bool = False
    th: str
    en: str


class Description(Model):
    """The YAML beside a view's SQL. repeats_lines: one received line may stand in several rows of an event view."""

    view: str
    kind: Kind
    grain: Words
    about: Words
    unreliable: Words | None = None
    columns: tuple[ViewColumn, ...] = Field(min_length=1)
    repeats_lines: bool = False


@dataclass(frozen=True)
class View:
    """One curated view. `reads` are the tables of the standard and the other views that its SQL names."""

    description: Description
    sql: str
    reads: frozenset[str]

    @property
    def name(self) -> str:
        return self.description.view

    @property
    def kind(self) -> Kind:
        return self.description.kind

    @cached_property
    def hash(self) -> str:
        """Changes with the SQL or a column."""
        return hashlib.sha256(f"{self.sql}\n{self.description.model_dump_json()}".encode()).hexdigest()[:16]

    @property
    def empty_select(self) -> str:
        """SQL of the view with no rows: what a part of a measure is bound against."""
        columns = ", ".join(f'CAST(NULL AS {c.type}) AS "{c.name}"' for c in self.description.columns)
        return f"SELECT {columns} WHERE false"


@cache
def views() -> dict[str, View]:
    """All curated views, every view after those that it reads."""
    folder = Path(str(resources.files("samrit.warehouse").joinpath("views")))
    found = {view.name: view for view in (_view(path) for path in sorted(folder.glob("*.yaml")))}
    ordered: dict[str, View] = {}
    while len(ordered) < len(found):
        for name, view in found.items():
            if name not in ordered and all(r in ordered for r in view.reads if r in found):
                ordered[name] = view
    return ordered


def _view(path: Path) -> View:
    description = read(path, Description, path.name)
    text = path.with_suffix(".sql")
    sql = text.read_text(encoding="utf-8") if text.exists() else ""
    return View(description, sql, _reads(sql) if sql else frozenset())


def _reads(sql: str) -> frozenset[str]:
    tree = parse_one(sql, dialect="duckdb")
    made = {cte.alias for cte in tree.find_all(exp.CTE)}
    named = {t.name for t in tree.find_all(exp.Table)} - made
    return frozenset(named)


def tables_read(view: View) -> list[str]:
    """The tables of the standard that a view reads."""
    return [name for name in table_names() if name in view.reads]


@cache
def columns_read(name: str) -> tuple[str, ...]:
    """The columns of a table of the standard that views read, in the printed order; () when no view reads the table.

    A name counts for every table of the view, so the answer may hold a column too many, never one too few.
    """
    named: set[str] = set()
    for view in views().values():
        if name in view.reads:
            named |= {column.name for column in parse_one(view.sql, dialect="duckdb").find_all(exp.Column)}
    if not named:
        return ()
    linking = {"CID"} if name == "PERSON" else set()
    wanted = named | linking | {"PID"}
    return tuple(column for column in table(name).column_names if column in wanted)
