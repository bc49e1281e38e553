"""A measure as its folder says: measure.yaml beside a.sql and b.sql. It knows no year, target, points or money."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from samrit.authored import AuthoredError, Model, read
from samrit.measures.errors import MeasuresError
from samrit.problems import Problem, Where, nearest, problem

NAME = re.compile(r"[a-z][a-z0-9_]*")
WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)", re.ASCII)
DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+", re.ASCII)
Scalar = int | Decimal | str


class CountedAt(StrEnum):
    """Where a row counts: at the person's home, where she was treated, or at the contracting unit of that facility."""

    HOME = "home_facility"
    TREATING = "treating_facility"
    CONTRACTING = "contracting_unit"

    @property
    def is_by_row(self) -> bool:
        """The row itself names its facility; nothing has to be known of the person."""
        return self is not CountedAt.HOME


class Words(Model):
    """Thai and English."""

    th: str
    en: str


class PartText(Words):
    """A or B in words: what is counted, in which unit; `part_of: b` makes A those of B by construction."""

    counts: str
    unit: str
    part_of: Literal["b"] | None = None


class Source(Model):
    """Who says so."""

    document: str
    at: str


class TableText(Model):
    """A small table as a parameter: column names and rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Definition(Model):
    """measure.yaml."""

    id: str
    title: Words
    why: Words
    a: PartText
    b: PartText
    formula: str
    better: Literal["higher", "lower", "neither"]
    counted_at: CountedAt
    parameters: dict[str, str | TableText] = Field(default_factory=dict)
    choices: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class TableValue:
    """The value of a table parameter: column names and rows of typed cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Scalar, ...], ...]


Value = Scalar | TableValue


@dataclass(frozen=True)
class Measure:
    """One indicator: definition, the SQL of its two parts, default parameters, and its folder."""

    definition: Definition
    a_sql: str
    b_sql: str
    parameters: dict[str, Value]
    folder: Path

    @property
    def id(self) -> str:
        return self.definition.id

    @property
    def place(self) -> str:
        """How problems name the folder."""
        return f"measures/catalogue/{self.id}"

    def with_parameters(self, given: dict[str, Any]) -> dict[str, Value]:
        """Default parameters with `given` laid over them. Raises MeasuresError for an unknown name or a wrong kind."""
        values = dict(self.parameters)
        for name, text in given.items():
            where = Where(file=f"{self.place}/measure.yaml", field=name)
            if name not in values:
                near = nearest(name, values) or "-"
                raise MeasuresError(problem("measures.parameter.unknown", where, name=name, near=near))
            value = table_of(values[name], text) if isinstance(values[name], TableValue) else typed_scalar(text)
            wrong_kind = (
                value is None
                or (isinstance(values[name], int) and not isinstance(value, int))
                or (isinstance(values[name], Decimal) and isinstance(value, str))
            )
            choices = self.definition.choices.get(name)
            if wrong_kind or (choices and value not in choices):
                expected = " | ".join(choices) if choices else type(values[name]).__name__
                raise MeasuresError(problem("measures.parameter.value", where, name=name, expected=expected))
            values[name] = value  # type: ignore[assignment]
        return values


def typed_scalar(text: Any) -> Scalar | None:
    """A whole number, a decimal or a text; a number written with leading zeros stays text.

    >>> typed_scalar("2"), typed_scalar("0.5"), typed_scalar("0100")
    (2, Decimal('0.5'), '0100')
    """
    if isinstance(text, int | Decimal) and not isinstance(text, bool):
        return text
    if not isinstance(text, str):
        return None
    if WHOLE.fullmatch(text):
        return int(text)
    return Decimal(text) if DECIMAL.fullmatch(text) else text


def table_of(like: Value, rows: Any) -> TableValue | None:
    """Rows as a table with the columns of `like`; None when they do not fit."""
    if isinstance(rows, TableValue) or not isinstance(like, TableValue):
        return rows if isinstance(rows, TableValue) else None
    if not isinstance(rows, list) or not rows or any(not isinstance(r, list) for r in rows):
        return None
    cells = tuple(tuple(typed_scalar(cell) for cell in row) for row in rows)
    if any(len(row) != len(like.columns) or None in row for row in cells):
        return None
    return TableValue(like.columns, cells)  # type: ignore[arg-type]


def read_measure(folder: Path) -> Measure:
    """The measure in a folder. Raises MeasuresError with every mistake, at file and line."""
    shown = f"measures/catalogue/{folder.name}"
    try:
        definition = read(folder / "measure.yaml", Definition, f"{shown}/measure.yaml")
    except AuthoredError as error:
        raise MeasuresError(*error.problems) from error
    problems: list[Problem] = []
    if definition.id != folder.name:
        problems.append(problem("measures.id", Where(file=f"{shown}/measure.yaml"), id=definition.id, name=folder.name))
    texts = {}
    for part in ("a", "b"):
        path = folder / f"{part}.sql"
        if path.is_file():
            texts[part] = path.read_text(encoding="utf-8")
        else:
            problems.append(problem("measures.sql.missing", Where(file=f"{shown}/{part}.sql")))
    parameters: dict[str, Value] = {}
    for name, text in definition.parameters.items():
        value = _default(text)
        if value is None or not NAME.fullmatch(name) or name in {"start", "end", "census"}:
            where = Where(file=f"{shown}/measure.yaml", field=name)
            problems.append(problem("measures.parameter.value", where, name=name, expected="name: value"))
        else:
            parameters[name] = value
    if problems:
        raise MeasuresError(*problems)
    return Measure(definition, texts["a"], texts["b"], parameters, folder)


def _default(text: str | TableText) -> Value | None:
    if isinstance(text, str):
        return typed_scalar(text)
    return table_of(TableValue(text.columns, ()), [list(row) for row in text.rows])


def catalogue_folder() -> Path:
    """Where the shipped measures are."""
    return Path(str(resources.files("samrit.measures").joinpath("catalogue")))


@cache
def measure_ids() -> tuple[str, ...]:
    """Ids of the shipped measures, sorted."""
    return tuple(sorted(f.parent.name for f in catalogue_folder().glob("*/measure.yaml")))


def measure(measure_id: str) -> Measure:
    """The shipped measure of that id. Raises MeasuresError with the nearest good name."""
    if measure_id not in measure_ids():
        near = nearest(measure_id, measure_ids()) or "-"
        raise MeasuresError(problem("measures.unknown", id=measure_id, near=near))
    return read_measure(catalogue_folder() / measure_id)
