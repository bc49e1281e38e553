"""A run of the real pack on a handful of counts that were made up here: two units, a few items, known to the satang.

Unit 90001 has 100,000 people and unit 90002 has 50,000, so a rate in baht x people is easy to work out by hand.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from python_calamine import CalamineWorkbook

from samrit.problems import Problem
from samrit.reference import Period
from samrit.results import Cell, Run
from samrit.schemes import (
    Counted,
    Materials,
    Pack,
    Payee,
    RunInputs,
    SchemeRun,
    Standing,
    TrendLine,
    Winner,
    evaluate,
    read_pack,
)

NEAR, FAR = "90001", "90002"
PAYEES = (
    Payee(NEAR, "4201", "เมืองใกล้", "Near", {"uc": 100_000}),
    Payee(FAR, "4202", "เมืองไกล", "Far", {"uc": 50_000}),
)
PERIOD = Period.parse("2013-04-01..2014-02-28")
RUN_ID, SNAPSHOT = "0123456789abcdef", "fedcba9876543210"
COUNTS: dict[tuple[str, str], Counted] = {
    ("1.1", NEAR): Counted(85, 100, Decimal(85)),  # at least 80: score 5
    ("1.1", FAR): Counted(64, 100, Decimal(64)),  # below 65: score 1
    ("1.2", NEAR): Counted(0, 0, None),  # nobody to count
    ("2.2", NEAR): Counted(3, 300, Decimal(1)),  # a value without bands
    ("2.2", FAR): Counted(1, 200, Decimal("0.5")),
    ("3.1", NEAR): Counted(Decimal(70), Decimal(100), Decimal(70), Standing.TYPED_IN),  # at least 70: score 4
}
PLACES = ((NEAR, "90001", 50, 60), (NEAR, "90101", 35, 40), (FAR, "90102", 64, 100), ("99999", "90199", 7, 9))


def pack_with(**changes: str) -> Pack:
    """The FY2557 pack; the dots of a path are written as two underscores."""
    return read_pack("qof-2557", {path.replace("__", "."): value for path, value in changes.items()})


def make_run(
    pack: Pack | None = None,
    payees: Sequence[Payee] = PAYEES,
    counts: Mapping[tuple[str, str], Counted] = COUNTS,
    *,
    whole: str = "42",
    period: Period = PERIOD,
    trend: tuple[TrendLine, ...] = (),
    winners: Sequence[Winner] = (),
    warnings: tuple[Problem, ...] = (),
    inputs: Mapping[str, Mapping[str, str]] | None = None,
) -> SchemeRun:
    """A finished run without a snapshot."""
    pack = pack or read_pack("qof-2557")
    cells = [
        Cell("anc_five_visits", period, facility, unit, "2", "20-24", letter, amount)
        for unit, facility, a, b in PLACES
        for letter, amount in (("a", a), ("b", b))
    ]
    manifest = {"snapshot": SNAPSHOT, "code": "0.1.0+abc", "inputs": dict(inputs or {})}
    given = RunInputs(winners=tuple(winners))
    materials = Materials(pack, tuple(payees), whole, counts, given, period=period, census_day=date(2013, 10, 1))
    run = Run(RUN_ID, Path("nowhere"), manifest)
    return SchemeRun(run, materials, *materials.days, {"1.1": cells}, evaluate(materials), trend, warnings)


def read_rows(path: Path, sheet: str) -> list[list[object]]:
    """The rows of a sheet as a spreadsheet program sees them."""
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def find_row(rows: list[list[object]], first: str, after: int = 0) -> list[object]:
    """The first row from `after` on that starts with a text."""
    return next(row for row in rows[after:] if str(row[0]).startswith(first))


def satang(cell: object) -> int:
    """A cell of baht as satang; the cell must be a number."""
    assert isinstance(cell, float | int), cell
    return round(cell * 100)


def all_text(path: Path) -> str:
    """Every cell of every sheet as one text."""
    book = CalamineWorkbook.from_path(str(path))
    names = book.sheet_names
    return "\n".join(str(cell) for name in names for row in book.get_sheet_by_name(name).to_python() for cell in row)
