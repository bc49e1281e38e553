"""Worked cases as tests: each case becomes real 43-file zips, is loaded into a home of its own, counted and compared.

Both forms of many periods are run: the one period must be the same by the literal form and by key tables.
"""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from samrit.formula import Formula, parse, round_half_up
from samrit.measures.cases import Case, Expected, read_cases, write_packages
from samrit.measures.compiling import compile_measure
from samrit.measures.counting import Form, When, count
from samrit.measures.definition import Measure, catalogue_folder, measure, measure_ids
from samrit.measures.engine import Engine
from samrit.problems import SamritError
from samrit.reference import FacilityRow, OrgLevel, Period, Register
from samrit.results import Line, roll_up
from samrit.warehouse import Home, load

PLACES = 4


@dataclass(frozen=True)
class Outcome:
    """What became of one case: passed, failed (then why) or skipped (a measure that is not there)."""

    case: Case
    status: str
    why: str = ""


def case_files(measure_id: str) -> list[Path]:
    """The shipped case files of a measure: every YAML in its folder but measure.yaml."""
    folder = catalogue_folder() / measure_id
    return sorted(f for f in folder.glob("*.yaml") if f.name != "measure.yaml")


def check_files(files: Iterable[Path]) -> Iterator[Outcome]:
    """Run every case of the files. Raises CasesError for a file that cannot be read."""
    for file in files:
        for case in read_cases(file):
            yield check(case)


def check(case: Case) -> Outcome:
    """Run one case end to end in a home that is thrown away."""
    if case.measure not in measure_ids():
        return Outcome(case, "skipped", case.measure)
    with tempfile.TemporaryDirectory(prefix="samrit-case-") as folder:
        try:
            why = _compare(case, Path(folder))
        except SamritError as error:
            why = str(error)
    return Outcome(case, "failed" if why else "passed", why)


def _compare(case: Case, folder: Path) -> str:
    of = measure(case.measure)
    packages = folder / "packages"
    packages.mkdir()
    write_packages(case, packages)
    snapshot = load(Home(folder / "home"), [packages]).snapshot
    register = _register(case)
    when = When(Period(*case.period), case.census_day)
    compiled = compile_measure(of, of.with_parameters(case.params))
    with Engine(snapshot, register) as engine:
        cells = count(engine, compiled, [when], Form.LITERAL)
        if cells != count(engine, compiled, [when], Form.LATERAL):
            return "literal form and key tables differ"
    level = OrgLevel(case.by)
    found = {line.org: _values(of, line) for line in roll_up(cells, level, register, case.census_day)}
    return _difference(case.expect, found)


def _values(of: Measure, line: Line) -> tuple[int, int, Decimal | None]:
    return line.a, line.b, value_of(of, line)


def value_of(of: Measure, line: Line) -> Decimal | None:
    """The value of a line by the measure's formula, half up to four places; None when it is undefined."""
    value = formula_of(of).evaluate({"A": Decimal(line.a), "B": Decimal(line.b)})
    return None if value is None else round_half_up(value, PLACES)


def formula_of(of: Measure) -> Formula:
    """The parsed default formula of a measure."""
    return parse(of.definition.formula)


def _difference(expect: dict[str, Expected], found: dict[str, tuple[int, int, Decimal | None]]) -> str:
    wrong = []
    for org in sorted(set(expect) | set(found)):
        if org not in expect:
            wrong.append(f"{org}: found {found[org]}, expected nothing")
            continue
        wanted = (expect[org].a, expect[org].b, expect[org].value)
        if org not in found:
            wrong.append(f"{org}: expected {wanted}, found nothing")
        elif found[org] != wanted:
            wrong.append(f"{org}: expected {wanted}, found {found[org]}")
    return "; ".join(wrong)


def _register(case: Case) -> Register:
    lists = ("sends_43", "smart_health_id_target")
    return Register(
        FacilityRow(**{name: cell for name, cell in row.items() if name not in lists}) for row in case.organisation
    )
