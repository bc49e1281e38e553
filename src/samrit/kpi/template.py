"""Template: a KPI as its page says it - title, unit, letters, formula, operator, targets - with worked cases.

Files are JSON (or YAML) in the layout of the shipped ones; every mistake is told with its line.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pydantic import Field, field_validator

from samrit.authored import AuthoredError, Marks, Model, UnfitError, read_marked
from samrit.formula import LETTERS, Formula, FormulaError, check_formula
from samrit.formula import parse as parse_formula
from samrit.kpi.banding import BandOf, check_bands
from samrit.kpi.errors import KpiError
from samrit.kpi.judging import Operator, Target, Targets
from samrit.kpi.rounds import Round
from samrit.problems import Problem, Problems, Where, nearest, problem

SHIPPED = Path(__file__).parent / "templates"
ENDS = 2
YEAR_DIGITS = 4


class VariableOf(Model):
    """A letter of the formula: its unit and what it counts."""

    unit: str = ""
    definition: str = ""


class FormulaOf(Model):
    """The formula as it is written, and how it is known: printed, inferred from printed numbers, or a usual reading."""

    text: str
    provenance: str = ""


class Written(Model):
    """A template file. Targets: round -> number, or year -> round -> number, [from, to] under `between`; null: none.

    tests: letters (and references such as "prev(A)") -> number, `value` the result to so many decimals as it has (null:
    no value), `round`, `passes`, `score`, `note`. Where a test gives a value and no letters, the value is judged.
    """

    id: str
    source: str = ""
    fiscal_year: int
    code: str = "-"
    name_th: str
    name_en: str = ""
    level: str
    result_unit: str = ""
    variables: dict[str, VariableOf]
    formula: FormulaOf
    operator: Operator
    targets: dict[str, Any] = Field(default_factory=dict)
    kind: str = ""
    quirks: tuple[str, ...] = ()
    tests: tuple[dict[str, Any], ...] = ()
    bands: tuple[tuple[Decimal | None, Decimal | None, Decimal], ...] = ()
    max_value: Decimal | None = None

    @field_validator("variables", mode="before")
    @classmethod
    def _pairs(cls, written: Any) -> Any:
        """A letter may be written as [unit, definition]."""
        if not isinstance(written, Mapping):
            return written
        for letter in written:
            if letter not in LETTERS:
                raise UnfitError(problem("kpi.letter", found=letter))
        return {letter: _variable(of) for letter, of in written.items()}


@dataclass(frozen=True)
class Template:
    """A template that was read: the file, its formula, targets and bands, and the marks of its places."""

    written: Written
    formula: Formula
    targets: Targets
    bands: tuple[BandOf, ...]
    marks: Marks
    warnings: tuple[Problem, ...] = ()

    @property
    def id(self) -> str:
        """The id of the template."""
        return self.written.id


def shipped_templates() -> tuple[Path, ...]:
    """The files of the templates that come with the program, by name."""
    return tuple(sorted(SHIPPED.glob("*.json")))


def read_template(path: Path, name: str = "") -> Template:
    """The template of a file. Raises KpiError with every mistake: form, formula, units, letters, targets, bands.

    `name` is what problems call the file (default: its path).
    """
    try:
        read = read_marked(path, Written, name)
    except AuthoredError as error:
        raise KpiError(*error.problems) from error
    written, marks, found = read.model, read.marks, Problems()
    formula = _formula(written, marks, found)
    targets = _targets(written, marks, found)
    bands = tuple(BandOf(*band) for band in written.bands)
    try:
        check_bands(bands)
    except KpiError as error:
        found.extend(_placed(error.problems, marks.at("bands")))
    if formula is None or found.has_errors:
        raise KpiError(*found)
    return Template(written, formula, targets, bands, marks, tuple(found))


def _variable(written: Any) -> Any:
    if isinstance(written, list) and len(written) == ENDS:
        return {"unit": written[0] or "", "definition": written[1] or ""}
    return written


def _formula(written: Written, marks: Marks, found: Problems) -> Formula | None:
    where = marks.at("formula", "text")
    try:
        formula = parse_formula(written.formula.text, where=where)
    except FormulaError as error:
        found.extend(error.problems)
        return None
    found.extend(check_formula(formula, {letter: of.unit for letter, of in written.variables.items()}, where))
    return formula


def _targets(written: Written, marks: Marks, found: Problems) -> Targets:
    """Rounds of the template's own year, or of several years."""
    several = all(len(key) == YEAR_DIGITS and key.isdigit() for key in written.targets)
    of_years: Mapping[str, Any] = written.targets if several else {str(written.fiscal_year): written.targets}
    by_year: dict[int, dict[Round, Target]] = {}
    for year, rounds in of_years.items():
        at = ("targets", year) if several else ("targets",)
        if not isinstance(rounds, Mapping):
            found.add("kpi.targets.form", marks.at(*at), found=rounds)
            continue
        by_year[int(year)] = {
            each: target
            for key, text in rounds.items()
            if (each := _round(key, marks.at(*at, key), found)) is not None
            and (target := _target(text, written.operator, marks.at(*at, key), found)) is not None
        }
    return Targets(by_year)


def _round(key: str, where: Where, found: Problems) -> Round | None:
    if key in {each.value for each in Round}:
        return Round(key)
    found.add("kpi.round", where, found=key, near=nearest(key, [each.value for each in Round]) or "M3, M6, M9, M12")
    return None


def _target(text: Any, operator: Operator, where: Where, found: Problems) -> Target | None:
    if text is None:
        return None
    ends = text if isinstance(text, list) else [text]
    numbers = [_number(end) for end in ends]
    wanted = ENDS if operator is Operator.BETWEEN else 1
    if len(numbers) != wanted or None in numbers:
        found.add("kpi.target.form", where, found=text, operator=operator.value)
        return None
    try:
        return Target(*(number for number in numbers if number is not None))
    except KpiError as error:
        found.extend(_placed(error.problems, where))
        return None


def _number(text: Any) -> Decimal | None:
    try:
        number = Decimal(text)
    except (InvalidOperation, TypeError, ValueError):
        return None
    return number if number.is_finite() else None


def _placed(problems: tuple[Problem, ...], where: Where) -> Iterator[Problem]:
    """The same problems at a place."""
    for one in problems:
        yield replace(one, where=where)
