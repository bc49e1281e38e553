"""Worked cases as tests: each case becomes real 43-file zips, is loaded into a home of its own, counted and compared.

Both forms of many periods are run: the one period must be the same by the literal form and by key tables.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from samrit.formula import Formula, parse, round_half_up
from samrit.logs import log_kind
from samrit.measures.case_reading import read_cases
from samrit.measures.case_report import Found, different, say_differences, say_rows
from samrit.measures.cases import Case, write_logs, write_packages
from samrit.measures.compiling import compile_measure
from samrit.measures.counting import count
from samrit.measures.definition import Measure, Value, measure, measure_ids, measure_names
from samrit.measures.engine import Engine
from samrit.measures.mistakes import case_files as files_of
from samrit.measures.planning import Form, When
from samrit.problems import SamritError
from samrit.reference import Grouping, OrgLevel, Period, ReferralNetwork, Register, Zone, facility_row
from samrit.results import Cell, Line, roll_up
from samrit.warehouse import Home, Snapshot, load, load_logs

PLACES = 4


@dataclass(frozen=True)
class Outcome:
    """What became of one case: passed, failed (then why) or skipped (a measure that is not there)."""

    case: Case
    status: str
    why: str = ""


def case_files(measure_id: str) -> list[Path]:
    """The case files of a measure: every YAML in its folder but measure.yaml."""
    return files_of(measure(measure_id))


def check_files(files: Iterable[Path], of: Measure | None = None) -> Iterator[Outcome]:
    """Run every case of the files. `of`: as in `check`. Raises CasesError for a file that cannot be read."""
    for file in files:
        for case in read_cases(file):
            yield check(case, of)


def check(case: Case, of: Measure | None = None) -> Outcome:
    """Run one case end to end in a home that is thrown away.

    of: the measure that cases of its id are about, though it may stand in no pack.
    """
    named = of if of and case.measure == of.id else of.named(case.measure) if of and case.measure in of.names else None
    if named is None and case.measure not in {*measure_ids(), *measure_names()}:
        return Outcome(case, "skipped", case.measure)
    with tempfile.TemporaryDirectory(prefix="samrit-case-") as folder:
        try:
            why = _compare(case, named or measure(case.measure), Path(folder))
        except SamritError as error:
            why = str(error)
    return Outcome(case, "failed" if why else "passed", why)


def _compare(case: Case, of: Measure, folder: Path) -> str:
    when = When(Period(*case.period), case.census_day)
    parameters = of.with_parameters(case.params)
    compiled = compile_measure(of, parameters)
    snapshot, register = load_case(case, folder)
    with Engine(snapshot, register, network_of(case)) as engine:
        cells = count(engine, compiled, [when], Form.LITERAL)
        if cells != count(engine, compiled, [when], Form.LATERAL):
            return "literal form and key tables differ"
        wrong = difference(case, of, parameters, cells, register)
        if not wrong or snapshot is None:
            return wrong
        orgs = different(case.expect, _found(case, of, parameters, cells, register))
        return f"{wrong}\n{say_rows(case, engine, compiled, when, snapshot, orgs)}"


def load_case(case: Case, folder: Path) -> tuple[Snapshot | None, Register]:
    """The rows of a case written as zips and logs and loaded into a home in `folder`, and its organisation register.

    None: the case has no row.
    """
    packages = folder / "packages"
    packages.mkdir()
    write_packages(case, packages)
    home = Home(folder / "home")
    snapshot = load(home, [packages]).snapshot
    for kind, log in write_logs(case, folder / "logs"):
        snapshot = load_logs(home, log_kind(kind), [log]).snapshot
    return snapshot, Register(map(facility_row, case.organisation))


def network_of(case: Case) -> ReferralNetwork:
    """The zones and agreements of a case."""
    zones = (Zone(row["group"], row["hospcode"], row["zone"]) for row in case.zones)
    return ReferralNetwork(tuple(sorted(zones)), tuple((row["from"], row["to"]) for row in case.agreements))


def difference(
    case: Case, of: Measure, parameters: Mapping[str, Value], cells: Iterable[Cell], register: Register
) -> str:
    """How the cells differ from what the case expects, in words; '' when they do not."""
    return say_differences(case.expect, _found(case, of, parameters, cells, register))


def _found(
    case: Case, of: Measure, parameters: Mapping[str, Value], cells: Iterable[Cell], register: Register
) -> dict[str, Found]:
    level = Grouping.SERVICE_LEVEL if case.by == "level" else OrgLevel(case.by)
    lines = roll_up(cells, level, register, case.census_day)
    return {line.org: (line.a, line.b, value_of(of, line, parameters)) for line in lines}


def value_of(of: Measure, line: Line, parameters: Mapping[str, Value] | None = None) -> Decimal | None:
    """The value of a line by the measure's formula, half up to four places; None when it is undefined.

    parameters: the numbers that the formula may name beside A and B (default: those of the measure).
    """
    known = of.parameters if parameters is None else parameters
    numbers = {name: value for name, value in known.items() if isinstance(value, int | Decimal)}
    value = formula_of(of).evaluate({**numbers, "A": Decimal(line.a), "B": Decimal(line.b)})
    return None if value is None else round_half_up(value, PLACES)


def formula_of(of: Measure) -> Formula:
    """The parsed default formula of a measure: A, B and the measure's own numbers."""
    return parse(of.definition.formula, named=[n for n, v in of.parameters.items() if isinstance(v, int | Decimal)])
