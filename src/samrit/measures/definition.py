"""A measure as its folder says: measure.yaml beside a.sql and b.sql. It knows no year, target, points or money."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field

from samrit.authored import AuthoredError, Model, read
from samrit.formula import FormulaError, parse
from samrit.measures.errors import MeasuresError
from samrit.measures.finding import Found, Shelf, site
from samrit.problems import Problem, Where, nearest, problem

NAME = re.compile(r"[a-z][a-z0-9_]*")
WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)", re.ASCII)
DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+", re.ASCII)
PERIOD_WORDS = ("start", "end", "census")
Scalar = int | Decimal | str
StandingName = Literal["printed", "reconstructed", "assumed", "typed_in", "computed"]
"""Where the default of a parameter comes from, in the words that packs use for their figures."""


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
    """A or B in words: what is counted, in which unit; `part_of: b` makes A those of B by construction.

    sums: weights are added up, an `amount` for each thing, instead of counting the things.
    """

    counts: str
    unit: str
    part_of: Literal["b"] | None = None
    sums: bool = False


class Source(Model):
    """Who says so."""

    document: str
    at: str


class Change(Words):
    """What changed in a measure, and the day on which (CE)."""

    on: date


class TableText(Model):
    """A small table as a parameter: column names and rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class NamedBy(Model):
    """A parameter whose values have names of their own: value -> what it adds to the title of the measure."""

    parameter: str
    names: dict[str, Words]


class Definition(Model):
    """measure.yaml.

    follow_up_days: the parameter that says for how many days after a period what happens still decides it.
    """

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
    named_by: NamedBy | None = None
    follow_up_days: str | None = None
    standing: dict[str, StandingName] = Field(default_factory=dict)
    sources: tuple[Source, ...]
    history: tuple[Change, ...] = ()


@dataclass(frozen=True)
class TableValue:
    """The value of a table parameter: column names and rows of typed cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Scalar, ...], ...]


Value = Scalar | TableValue


@dataclass(frozen=True)
class Measure:
    """One indicator: definition, the SQL of its two parts, default parameters, its folder.

    place: how problems name the folder.
    """

    definition: Definition
    a_sql: str
    b_sql: str
    parameters: dict[str, Value]
    folder: Path
    place: str

    @property
    def id(self) -> str:
        return self.definition.id

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

    @property
    def names(self) -> tuple[str, ...]:
        """The names that `measure` knows it by beside its id: one for each value of its `named_by` parameter."""
        by = self.definition.named_by
        return tuple(f"{self.id}_{value}" for value in by.names) if by else ()

    def named(self, name: str) -> "Measure":
        """The measure under one of its names: that id and title, the parameter set. Raises KeyError for another name.

        Its default parameters are those of the measure but for the one that the name says.
        """
        by = self.definition.named_by
        if by is None or name not in self.names:
            raise KeyError(name)
        value = name.removeprefix(f"{self.id}_")
        title, said = self.definition.title, by.names[value]
        words = Words(th=f"{title.th} {said.th}", en=f"{title.en}, {said.en}")
        definition = self.definition.model_copy(update={"id": name, "title": words, "named_by": None})
        return replace(self, definition=definition, parameters={**self.parameters, by.parameter: value})


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


def read_measure(folder: Path, place: str = "") -> Measure:
    """The measure in a folder; `place` is what problems call it. Raises MeasuresError with every mistake, and where."""
    shown = place or f"measures/catalogue/{folder.name}"
    path, name = folder / "measure.yaml", f"{shown}/measure.yaml"
    try:
        definition = read(path, Definition, name)
    except AuthoredError as error:
        raise MeasuresError(*error.problems) from error
    lines = lines_of_keys(path)
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
    problems += _wrong_names(definition, lines, name)
    problems += _wrong_follow_up(definition, parameters, Where(file=name, line=lines.get(("follow_up_days",), 0)))
    if definition.a.part_of and (definition.a.sums or definition.b.sums):
        problems.append(problem("measures.sums.part", Where(file=name, line=lines["a", "part_of"], field="part_of")))
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
    return Measure(definition, texts["a"], texts["b"], parameters, folder, shown)


def lines_of_keys(path: Path) -> dict[tuple[str, ...], int]:
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
    """Choices or a standing of a parameter that is not there, and choices that leave out its default."""
    for key in definition.standing:
        if key not in definition.parameters:
            where = Where(file=name, line=lines["standing", key], field=key)
            near = nearest(key, definition.parameters) or "-"
            yield problem("measures.parameter.unknown", where, name=key, near=near)
    for key, choices in definition.choices.items():
        where = Where(file=name, line=lines["choices", key], field=key)
        if key not in definition.parameters:
            near = nearest(key, definition.parameters) or "-"
            yield problem("measures.parameter.unknown", where, name=key, near=near)
        elif key in parameters and str(parameters[key]) not in choices:
            yield problem("measures.parameter.value", where, name=key, expected=" | ".join(choices))


def _wrong_names(definition: Definition, lines: Mapping[tuple[str, ...], int], name: str) -> Iterator[Problem]:
    """Names for other values than the choices of the parameter that they are names of."""
    by = definition.named_by
    if by is None:
        return
    where = Where(file=name, line=lines["named_by", "parameter"], field="parameter")
    if by.parameter not in definition.choices:
        near = nearest(by.parameter, definition.choices) or "-"
        yield problem("measures.parameter.unknown", where, name=by.parameter, near=near)
    elif set(by.names) != set(definition.choices[by.parameter]):
        expected = " | ".join(definition.choices[by.parameter])
        where = Where(file=name, line=lines["named_by", "names"], field="names")
        yield problem("measures.parameter.value", where, name=by.parameter, expected=expected)


def _wrong_follow_up(definition: Definition, parameters: Mapping[str, Value], where: Where) -> Iterator[Problem]:
    """A follow-up by a parameter that is not there, or that is no whole number of days."""
    key = definition.follow_up_days
    if key is None:
        return
    where = replace(where, field="follow_up_days")
    if key not in definition.parameters:
        near = nearest(key, definition.parameters) or "-"
        yield problem("measures.parameter.unknown", where, name=key, near=near)
    elif key in parameters and (not isinstance(days := parameters[key], int) or days < 0):
        yield problem("measures.parameter.value", where, name=key, expected=kind_of(0))


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


def measure_ids() -> tuple[str, ...]:
    """Ids of the shipped measures and of those of the site, sorted."""
    return site().names(Shelf.MEASURES)


def measure_names() -> tuple[str, ...]:
    """Every name that `measure` knows, sorted: ids, and where a parameter has names those in place of the bare id."""
    return tuple(sorted(name for measure_id in measure_ids() for name in _names_of(measure_id)))


def _names_of(measure_id: str) -> tuple[str, ...]:
    """The names of a measure; of one that cannot be read its id, so that it does not hide the others."""
    try:
        return measure(measure_id).names or (measure_id,)
    except MeasuresError:
        return (measure_id,)


def measure(measure_id: str) -> Measure:
    """The measure of that id, or of that name (`names`): an id with a value of its `named_by` parameter behind it.

    Raises MeasuresError: unknown with the nearest good name, an id of two, every mistake of the folder.
    """
    if measure_id not in measure_ids():
        for of in (i for i in measure_ids() if measure_id.startswith(f"{i}_")):
            if measure_id in measure(of).names:
                return measure(of).named(measure_id)
        near = nearest(measure_id, measure_ids()) or "-"
        raise MeasuresError(problem("measures.unknown", id=measure_id, near=near))
    return site().remembered(Shelf.MEASURES, measure_id, _read_found)


def _read_found(found: Found) -> Measure:
    return read_measure(found.path, found.place)
