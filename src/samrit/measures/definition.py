"""A measure as its folder says: measure.yaml beside a.sql and b.sql. It knows no year, target, points or money."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field

from samrit.authored import AuthoredError, Model, read
from samrit.formula import FormulaError, parse
from samrit.measures.errors import MeasuresError
from samrit.problems import Problem, Where, nearest, problem

NAME = re.compile(r"[a-z][a-z0-9_]*")
WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)", re.ASCII)
DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+", re.ASCII)
PERIOD_WORDS = ("start", "end", "census")
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
            value = value_like(values[name], text)
            choices = self.definition.choices.get(name)
            if value is None or (choices and str(value) not in choices):
                expected = " | ".join(choices) if choices else kind_of(values[name])
                raise MeasuresError(problem("measures.parameter.value", where, name=name, expected=expected))
            values[name] = value
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


def value_like(like: Value, given: Any) -> Value | None:
    """A given value as the kind of `like`: whole number, decimal, text or table; None when it does not fit.

    >>> value_like("0100", "61"), value_like(2, "61"), value_like(2, "many")
    ('61', 61, None)
    """
    if isinstance(like, TableValue):
        return table_of(like, given)
    if isinstance(like, str):
        return given if isinstance(given, str) else None
    value = typed_scalar(given)
    fits = isinstance(value, int) or (isinstance(like, Decimal) and isinstance(value, Decimal))
    return value if fits else None


def kind_of(value: Value) -> str:
    """The kind of a value in words, for problems."""
    if isinstance(value, TableValue):
        return f"[[{', '.join(value.columns)}], ...]"
    kinds = {int: "จำนวนเต็ม / whole number", Decimal: "ทศนิยม / decimal", str: "ข้อความ / text"}
    return kinds[type(value)]


def table_of(like: Value, rows: Any) -> TableValue | None:
    """Rows as a table with the columns of `like`; None when they do not fit.

    A column has the kind that it has in `like`; where `like` has no rows, that of its first cell.
    """
    if not isinstance(like, TableValue):
        return None
    if isinstance(rows, TableValue):
        return rows if rows.columns == like.columns else None
    if not isinstance(rows, list) or not rows or any(not isinstance(r, list) for r in rows):
        return None
    if any(len(row) != len(like.columns) for row in rows):
        return None
    first = like.rows[0] if like.rows else tuple(typed_scalar(cell) for cell in rows[0])
    cells = tuple(
        tuple(None if kind is None else value_like(kind, cell) for kind, cell in zip(first, row, strict=True))
        for row in rows
    )
    if any(None in row for row in cells):
        return None
    return TableValue(like.columns, cells)  # type: ignore[arg-type]


def read_measure(folder: Path) -> Measure:
    """The measure in a folder. Raises MeasuresError with every mistake, at file and line."""
    shown = f"measures/catalogue/{folder.name}"
    path, name = folder / "measure.yaml", f"{shown}/measure.yaml"
    try:
        definition = read(path, Definition, name)
    except AuthoredError as error:
        raise MeasuresError(*error.problems) from error
    lines = _lines_of_keys(path)
    problems: list[Problem] = []
    if definition.id != folder.name:
        where = Where(file=name, line=lines[("id",)], field="id")
        problems.append(problem("measures.id", where, id=definition.id, name=folder.name))
    parameters: dict[str, Value] = {}
    for key, text in definition.parameters.items():
        value = _default(text)
        if value is None or not NAME.fullmatch(key) or key in PERIOD_WORDS:
            where = Where(file=name, line=lines["parameters", key], field=key)
            problems.append(problem("measures.parameter.value", where, name=key, expected="name: value"))
        else:
            parameters[key] = value
    problems += _wrong_choices(definition, parameters, lines, name)
    problems += _wrong_formula(definition, parameters, Where(file=name, line=lines[("formula",)], field="formula"))
    texts = {}
    for part in ("a", "b"):
        where = Where(file=f"{shown}/{part}.sql", line=1)
        try:
            texts[part] = (folder / f"{part}.sql").read_text(encoding="utf-8")
        except FileNotFoundError:
            problems.append(problem("measures.sql.missing", where))
        except (OSError, UnicodeDecodeError) as error:
            problems.append(problem("authored.unreadable", where, reason=type(error).__name__))
    if problems:
        raise MeasuresError(*problems)
    return Measure(definition, texts["a"], texts["b"], parameters, folder)


def _lines_of_keys(path: Path) -> dict[tuple[str, ...], int]:
    """The line of every key of a file that was read, and of the keys one level below."""
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    lines: dict[tuple[str, ...], int] = {}
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        lines[(key.value,)] = key.start_mark.line + 1
        if isinstance(value, yaml.MappingNode):
            lines |= {(key.value, inner.value): inner.start_mark.line + 1 for inner, _ in value.value}
    return lines


def _default(text: str | TableText) -> Value | None:
    if isinstance(text, str):
        return typed_scalar(text)
    names = text.columns
    if len(set(names)) < len(names) or not all(NAME.fullmatch(name) for name in names):
        return None
    return table_of(TableValue(names, ()), [list(row) for row in text.rows])


def _wrong_choices(
    definition: Definition, parameters: Mapping[str, Value], lines: Mapping[tuple[str, ...], int], name: str
) -> Iterator[Problem]:
    """Choices of a parameter that is not there, or that leave out its default."""
    for key, choices in definition.choices.items():
        where = Where(file=name, line=lines["choices", key], field=key)
        if key not in definition.parameters:
            near = nearest(key, definition.parameters) or "-"
            yield problem("measures.parameter.unknown", where, name=key, near=near)
        elif key in parameters and str(parameters[key]) not in choices:
            yield problem("measures.parameter.value", where, name=key, expected=" | ".join(choices))


def _wrong_formula(definition: Definition, parameters: Mapping[str, Value], where: Where) -> list[Problem]:
    """What is wrong with the formula: it knows A, B and the numbers among the parameters."""
    numbers = [name for name, value in parameters.items() if isinstance(value, int | Decimal)]
    try:
        names = parse(definition.formula, numbers, where).names
    except FormulaError as error:
        return list(error.problems)
    good = {"A", "B", *numbers}
    return [
        problem("measures.formula.name", where, name=n, good=", ".join(sorted(good))) for n in names if n not in good
    ]


def catalogue_folder() -> Path:
    """Where the shipped measures are."""
    return Path(str(resources.files("samrit.measures").joinpath("catalogue")))


@cache
def measure_ids() -> tuple[str, ...]:
    """Ids of the shipped measures, sorted."""
    return tuple(sorted(f.parent.name for f in catalogue_folder().glob("*/measure.yaml")))


@cache
def measure(measure_id: str) -> Measure:
    """The shipped measure of that id. Raises MeasuresError with the nearest good name."""
    if measure_id not in measure_ids():
        near = nearest(measure_id, measure_ids()) or "-"
        raise MeasuresError(problem("measures.unknown", id=measure_id, near=near))
    return read_measure(catalogue_folder() / measure_id)
